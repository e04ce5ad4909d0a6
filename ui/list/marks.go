package list

// marks are the images that the user chose, by their place in the store: a bit
// each, since all of very many can be marked by one key.
type marks struct {
	bits []uint64
	n    int
}

func (m *marks) has(at int32) bool {
	word := int(at / 64)
	return word < len(m.bits) && m.bits[word]&(1<<(at%64)) != 0
}

func (m *marks) set(at int32, on bool) {
	if m.has(at) == on {
		return
	}
	for int(at/64) >= len(m.bits) {
		m.bits = append(m.bits, 0)
	}
	m.bits[at/64] ^= 1 << (at % 64)
	if on {
		m.n++
	} else {
		m.n--
	}
}

func (m *marks) clear() { m.bits, m.n = nil, 0 }
