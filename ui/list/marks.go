package list

// marks are the images that the user chose, by their index in the store.
type marks struct {
	on []bool
	n  int
}

func (m *marks) has(at int32) bool { return int(at) < len(m.on) && m.on[at] }

func (m *marks) set(at int32, on bool) {
	if m.has(at) == on {
		return
	}
	if more := int(at) + 1 - len(m.on); more > 0 {
		m.on = append(m.on, make([]bool, more)...)
	}
	m.on[at] = on
	if on {
		m.n++
	} else {
		m.n--
	}
}

func (m *marks) clear() { m.on, m.n = nil, 0 }
