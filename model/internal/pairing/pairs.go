package pairing

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
)

// Pairs says which locations of two lists are the same place: -1 for
// one that has no counterpart.
type Pairs struct {
	ToAfter, ToBefore []int
}

// Pair pairs the locations of two lists.
func Pair(before, after []model.Location) Pairs {
	p := Pairs{ToAfter: make([]int, len(before)), ToBefore: Match(before, after).Old}
	for n := range p.ToAfter {
		p.ToAfter[n] = -1
	}
	for m, n := range p.ToBefore {
		if n >= 0 {
			p.ToAfter[n] = m
		}
	}
	return p
}

// Reordered reports whether the survivors are in another order than before.
func (p Pairs) Reordered() bool {
	last := -1
	for _, m := range p.ToAfter {
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

// Move is a location that changes its place among the survivors, from its place
// in the old list to its place in the new one.
type Move struct{ From, To int }

// Moves is the fewest moves that explain the new order, in the order of the new
// list: all survivors but those of a longest run that keeps its order.
func (p Pairs) Moves() []Move {
	// ends[k] is the place in the new list where the run of length k+1 ends that
	// ends earliest in the old one; before[m] the place before m in its run.
	var ends []int
	before := make([]int, len(p.ToBefore))
	for m, n := range p.ToBefore {
		if n < 0 {
			continue
		}
		k, _ := slices.BinarySearchFunc(ends, n, func(end, n int) int { return p.ToBefore[end] - n })
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
	stays := make([]bool, len(p.ToBefore))
	if len(ends) > 0 {
		for m := ends[len(ends)-1]; m >= 0; m = before[m] {
			stays[m] = true
		}
	}
	var out []Move
	for m, n := range p.ToBefore {
		if n >= 0 && !stays[m] {
			out = append(out, Move{n, m})
		}
	}
	return out
}

// Without are the locations of the first list that have no counterpart.
func (p Pairs) Without(before []model.Location) []model.Location {
	var out []model.Location
	for n, l := range before {
		if p.ToAfter[n] < 0 {
			out = append(out, l)
		}
	}
	return out
}

// KeepsOrder reports whether the list still has the survivors in their order, with
// all that is new behind them.
func (p Pairs) KeepsOrder() bool {
	if p.Reordered() {
		return false
	}
	isNew := false
	for _, n := range p.ToBefore {
		if n >= 0 && isNew {
			return false
		}
		isNew = isNew || n < 0
	}
	return true
}
