package model

import "slices"

// locations merges the three lists, each location by itself.
func (m *merger) locations(base, mine, theirs Image) []Location {
	whole := func() {
		m.conflict(Field{Attr: "locations", Index: -1}, "locations",
			shownLocations(base), shownLocations(mine), shownLocations(theirs))
	}
	switch {
	case sameLocationLists(base.Locations, mine.Locations):
		return cloneLocations(theirs.Locations)
	case !theirs.LocationsShown:
		whole() // hidden meanwhile: no location can be changed
		return cloneLocations(theirs.Locations)
	case sameLocationLists(base.Locations, theirs.Locations):
		return cloneLocations(mine.Locations)
	}
	l := locationMerge{
		merger: m, base: base.Locations, mine: mine.Locations, theirs: theirs.Locations,
		toMine:   pairLocations(base.Locations, mine.Locations),
		toTheirs: pairLocations(base.Locations, theirs.Locations),
	}
	l.mergeOld()
	l.mergeNew()
	byMine, byTheirs := l.ordered(l.mineFirst()), l.ordered(l.theirsFirst())
	if !l.toMine.keepsOrder() {
		if !l.toTheirs.keepsOrder() && !slices.Equal(l.common(byMine), l.common(byTheirs)) {
			whole()
		}
		return l.pick(byMine)
	}
	return l.pick(byTheirs)
}

// keepsOrder is whether the list still has the survivors in their order, with
// all that is new behind them.
func (p locationPairs) keepsOrder() bool {
	if p.reordered() {
		return false
	}
	isNew := false
	for _, n := range p.toBefore {
		if n >= 0 && isNew {
			return false
		}
		isNew = isNew || n < 0
	}
	return true
}

// locationMerge decides for every location whether it stays and with which
// metadata. An entry is one location of the merged list before it has an
// order: an old one by its index in base, a new one by its index in mine or
// theirs.
type locationMerge struct {
	*merger
	base, mine, theirs []Location
	toMine, toTheirs   locationPairs
	entries            []mergedLocation
}

type mergedLocation struct {
	Location
	base, mine, theirs int // -1 where it is not
}

func (l *locationMerge) mergeOld() {
	for n, was := range l.base {
		entry := mergedLocation{base: n, mine: l.toMine.toAfter[n], theirs: l.toTheirs.toAfter[n]}
		switch {
		case entry.mine < 0 && entry.theirs < 0:
			continue
		case entry.mine < 0:
			if other := l.theirs[entry.theirs]; !EqualMetadata(was.Metadata, other.Metadata) {
				l.disagree(-1, was, wordAbsent, locationValue(other))
			}
			continue
		case entry.theirs < 0:
			ours := l.mine[entry.mine]
			if EqualMetadata(was.Metadata, ours.Metadata) {
				continue
			}
			l.disagree(entry.mine, was, locationValue(ours), wordAbsent)
			if was.HoldsData() {
				continue // its data is gone
			}
			entry.Location = ours
		default:
			entry.Location = l.mergeMetadata(was, entry)
		}
		l.entries = append(l.entries, entry)
	}
}

// mergeMetadata takes the metadata of the side that changed it.
func (l *locationMerge) mergeMetadata(was Location, at mergedLocation) Location {
	ours, other := l.mine[at.mine], l.theirs[at.theirs]
	if EqualMetadata(was.Metadata, ours.Metadata) {
		return other
	}
	if !EqualMetadata(was.Metadata, other.Metadata) && !EqualMetadata(ours.Metadata, other.Metadata) {
		l.disagree(at.mine, was, locationValue(ours), locationValue(other))
	}
	return ours
}

func (l *locationMerge) disagree(at int, was Location, mine, theirs string) {
	l.conflict(Field{Attr: "locations", Index: at}, "locations", locationValue(was), mine, theirs)
}

// mergeNew adds what either side added; one URL that both added is one
// location.
func (l *locationMerge) mergeNew() {
	taken := make([]bool, len(l.theirs))
	for n, ours := range l.mine {
		if l.toMine.toBefore[n] >= 0 {
			continue
		}
		entry := mergedLocation{Location: ours, base: -1, mine: n, theirs: -1}
		for m, other := range l.theirs {
			if l.toTheirs.toBefore[m] >= 0 || taken[m] || other.URL != ours.URL {
				continue
			}
			taken[m], entry.theirs = true, m
			if !EqualMetadata(ours.Metadata, other.Metadata) {
				l.conflict(Field{Attr: "locations", Index: n}, "locations", wordAbsent, locationValue(ours), locationValue(other))
			}
			break
		}
		l.entries = append(l.entries, entry)
	}
	for m, other := range l.theirs {
		if l.toTheirs.toBefore[m] < 0 && !taken[m] {
			l.entries = append(l.entries, mergedLocation{Location: other, base: -1, mine: -1, theirs: m})
		}
	}
}

// mineFirst and theirsFirst are the two ways to put the entries in order: as
// one list has them, with what only the other has behind.
func (l *locationMerge) mineFirst() func(mergedLocation) (int, int) {
	return func(e mergedLocation) (int, int) { return e.mine, e.theirs }
}

func (l *locationMerge) theirsFirst() func(mergedLocation) (int, int) {
	return func(e mergedLocation) (int, int) { return e.theirs, e.mine }
}

// ordered is the indexes of the entries in an order.
func (l *locationMerge) ordered(by func(mergedLocation) (int, int)) []int {
	order := make([]int, len(l.entries))
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(x, y int) int {
		x1, x2 := by(l.entries[x])
		y1, y2 := by(l.entries[y])
		switch {
		case x1 >= 0 && y1 >= 0:
			return x1 - y1
		case x1 >= 0:
			return -1
		case y1 >= 0:
			return 1
		}
		return x2 - y2
	})
	return order
}

// common is an order without what only one side has, to compare two of them.
func (l *locationMerge) common(order []int) []int {
	return slices.DeleteFunc(slices.Clone(order), func(n int) bool {
		return l.entries[n].mine < 0 || l.entries[n].theirs < 0
	})
}

func (l *locationMerge) pick(order []int) []Location {
	out := make([]Location, len(order))
	for n, at := range order {
		out[n] = l.entries[at].Clone()
	}
	return out
}
