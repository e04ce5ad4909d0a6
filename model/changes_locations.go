package model

// locationPairs says which locations of two lists are the same place: -1 for
// one that has no counterpart.
type locationPairs struct {
	toAfter, toBefore []int
}

func pairLocations(before, after []Location) locationPairs {
	p := locationPairs{toAfter: make([]int, len(before)), toBefore: matchLocations(before, after).old}
	for n := range p.toAfter {
		p.toAfter[n] = -1
	}
	for m, n := range p.toBefore {
		if n >= 0 {
			p.toAfter[n] = m
		}
	}
	return p
}

// reordered is whether the survivors stand in another order than before.
func (p locationPairs) reordered() bool {
	last := -1
	for _, m := range p.toAfter {
		if m < 0 {
			continue
		}
		if m < last {
			return true
		}
		last = m
	}
	return false
}
