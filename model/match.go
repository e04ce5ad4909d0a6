package model

// matching pairs the locations that are wanted with those that are there.
type matching struct {
	// old is, for each wanted location, the index of the one that it was, or
	// -1 when it is new.
	old []int
	// gone are the indices of those that nobody wants, ascending.
	gone []int
	// added is how many are new.
	added int
}

// matchLocations pairs by URL and metadata first and by URL alone then: a URL
// may occur twice with different metadata, and a location that stays must not
// be taken for one that goes, as its data would be deleted.
func matchLocations(before, wanted []Location) matching {
	m := matching{old: make([]int, len(wanted)), added: len(wanted)}
	for n := range m.old {
		m.old[n] = -1
	}
	taken := make([]bool, len(before))
	m.pair(before, wanted, taken, sameLocation)
	m.pair(before, wanted, taken, func(a, b Location) bool { return a.URL == b.URL })
	for n, t := range taken {
		if !t {
			m.gone = append(m.gone, n)
		}
	}
	return m
}

func (m *matching) pair(before, wanted []Location, taken []bool, same func(a, b Location) bool) {
	for n, w := range wanted {
		if m.old[n] >= 0 {
			continue
		}
		for b, l := range before {
			if !taken[b] && same(l, w) {
				m.old[n], taken[b] = b, true
				m.added--
				break
			}
		}
	}
}

// inPlace is whether the wanted list is what is left of the old one in its
// order, followed by the new ones: then no operation need order it.
func (m *matching) inPlace(before, wanted []Location) bool {
	last := -1
	for n, old := range m.old {
		switch {
		case old < 0:
			last = len(before)
		case old < last:
			return false
		case !EqualMetadata(before[old].Metadata, wanted[n].Metadata):
			return false
		default:
			last = old
		}
	}
	return true
}

// sameLocationLists is whether two lists hold the same locations in the same order.
func sameLocationLists(a, b []Location) bool {
	if len(a) != len(b) {
		return false
	}
	for n := range a {
		if !sameLocation(a[n], b[n]) {
			return false
		}
	}
	return true
}
