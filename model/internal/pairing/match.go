package pairing

import "github.com/glance-tui/glance-tui/model"

// Matching pairs the locations that are wanted with those that are there.
type Matching struct {
	// Old is, for each wanted location, the index of the one that it was, or
	// -1 when it is new.
	Old []int
	// Gone are the indices of those that no one wants, ascending.
	Gone []int
	// Added is how many are new.
	Added int
}

// Match pairs by URL and metadata first and by URL alone then: a URL
// may occur twice with different metadata, and a location that stays must not
// be taken for one that goes, as its data would be deleted.
func Match(before, wanted []model.Location) Matching {
	m := Matching{Old: make([]int, len(wanted)), Added: len(wanted)}
	for n := range m.Old {
		m.Old[n] = -1
	}
	taken := make([]bool, len(before))
	m.pair(before, wanted, taken, model.SameLocation)
	m.pair(before, wanted, taken, func(a, b model.Location) bool { return a.URL == b.URL })
	for n, t := range taken {
		if !t {
			m.Gone = append(m.Gone, n)
		}
	}
	return m
}

func (m *Matching) pair(before, wanted []model.Location, taken []bool, same func(a, b model.Location) bool) {
	for n, w := range wanted {
		if m.Old[n] >= 0 {
			continue
		}
		for b, l := range before {
			if !taken[b] && same(l, w) {
				m.Old[n], taken[b] = b, true
				m.Added--
				break
			}
		}
	}
}

// InPlace reports whether the wanted list is what is left of the old one in its
// order, followed by the new ones: then no operation need order it.
func (m *Matching) InPlace(before, wanted []model.Location) bool {
	last := -1
	for n, old := range m.Old {
		switch {
		case old < 0:
			last = len(before)
		case old < last:
			return false
		case !model.EqualMetadata(before[old].Metadata, wanted[n].Metadata):
			return false
		default:
			last = old
		}
	}
	return true
}

// SameLocationLists reports whether two lists hold the same locations in the same order.
func SameLocationLists(a, b []model.Location) bool {
	if len(a) != len(b) {
		return false
	}
	for n := range a {
		if !model.SameLocation(a[n], b[n]) {
			return false
		}
	}
	return true
}
