package model

import "slices"

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

// move is a location that changes its place among the survivors, from its place
// in the old list to its place in the new one.
type move struct{ from, to int }

// moves is the fewest moves that explain the new order, in the order of the new
// list: all survivors but those of a longest run that keeps its order.
func (p locationPairs) moves() []move {
	// ends[k] is the place in the new list where the run of length k+1 ends that
	// ends earliest in the old one; before[m] the place before m in its run.
	var ends []int
	before := make([]int, len(p.toBefore))
	for m, n := range p.toBefore {
		if n < 0 {
			continue
		}
		k, _ := slices.BinarySearchFunc(ends, n, func(end, n int) int { return p.toBefore[end] - n })
		before[m] = -1
		if k > 0 {
			before[m] = ends[k-1]
		}
		if k == len(ends) {
			ends = append(ends, m)
		} else {
			ends[k] = m
		}
	}
	stays := make([]bool, len(p.toBefore))
	if len(ends) > 0 {
		for m := ends[len(ends)-1]; m >= 0; m = before[m] {
			stays[m] = true
		}
	}
	var out []move
	for m, n := range p.toBefore {
		if n >= 0 && !stays[m] {
			out = append(out, move{n, m})
		}
	}
	return out
}
