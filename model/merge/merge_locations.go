package merge

import (
	"math"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/internal/words"
)

// locations merges the three lists, each location by itself.
func (m *merger) locations(base, mine, theirs model.Image) []model.Location {
	whole := Conflict{
		Field: model.Field{Attr: "locations", Index: -1}, Label: "locations",
		Base: words.ShownLocations(base), Mine: words.ShownLocations(mine), Theirs: words.ShownLocations(theirs),
	}
	switch {
	case !mine.LocationsShown && len(mine.Locations) == 0, pairing.SameLocationLists(base.Locations, mine.Locations):
		return model.CloneLocations(theirs.Locations)
	case theirs.LocationsWithheld:
		return model.CloneLocations(mine.Locations) // to be changed once they are shown again
	case base.HidesLocations() && theirs.HidesLocations():
		return model.CloneLocations(mine.Locations) // to be added by a call
	case !theirs.LocationsShown:
		whole.Settled = true // hidden meanwhile, or not understood: no location can be changed
		m.conflict(whole)
		return model.CloneLocations(theirs.Locations)
	case pairing.SameLocationLists(base.Locations, theirs.Locations):
		return model.CloneLocations(mine.Locations)
	}
	l := locationMerge{
		merger: m, base: base.Locations, mine: mine.Locations, theirs: theirs.Locations,
		toMine:   pairing.Pair(base.Locations, mine.Locations),
		toTheirs: pairing.Pair(base.Locations, theirs.Locations),
	}
	l.mergeOld()
	l.mergeNew()
	byMine, byTheirs := l.ordered(mineFirst), l.ordered(theirsFirst)
	switch {
	case l.toMine.KeepsOrder():
		return l.pick(byTheirs)
	case l.toTheirs.KeepsOrder(), l.follows(byMine, theirsFirst):
		return l.pick(byMine)
	case l.follows(byTheirs, mineFirst):
		return l.pick(byTheirs)
	}
	switch m.conflict(whole) {
	case SideTheirs:
		return l.pick(byTheirs)
	case SideBase:
		return l.pick(l.ordered(baseFirst))
	}
	return l.pick(byMine)
}

// locationMerge decides for every location whether it stays and with which
// metadata. An entry is one location of the merged list before it has an
// order: an old one by its index in base, a new one by its index in mine or
// theirs.
type locationMerge struct {
	*merger
	base, mine, theirs []model.Location
	toMine, toTheirs   pairing.Pairs
	entries            []mergedLocation
}

type mergedLocation struct {
	model.Location
	base, mine, theirs int  // -1 where it is not
	gone               bool // decided against
}

func (l *locationMerge) mergeOld() {
	for n, was := range l.base {
		entry := mergedLocation{Location: was, base: n, mine: l.toMine.ToAfter[n], theirs: l.toTheirs.ToAfter[n]}
		switch {
		case entry.mine < 0 && entry.theirs < 0:
			continue
		case entry.mine < 0:
			entry.Location = l.theirs[entry.theirs]
			if model.EqualMetadata(was.Metadata, entry.Metadata) {
				continue
			}
			switch l.disagree(-1, was.URL, words.LocationValue(was), quote.WordAbsent, words.LocationValue(entry.Location)) {
			case SideMine:
				continue
			case SideBase:
				entry.Location = was
			}
		case entry.theirs < 0:
			ours := l.mine[entry.mine]
			if model.EqualMetadata(was.Metadata, ours.Metadata) {
				continue
			}
			if was.HoldsData() {
				l.dataGone(entry.mine, words.LocationValue(was), ours)
				continue
			}
			switch l.disagree(entry.mine, was.URL, words.LocationValue(was), words.LocationValue(ours), quote.WordAbsent) {
			case SideMine:
				entry.Location = ours
			case SideTheirs:
				continue
			}
		default:
			entry.Location = l.mergeMetadata(was, entry)
		}
		l.entries = append(l.entries, entry)
	}
}

// mergeMetadata takes the metadata of the side that changed it.
func (l *locationMerge) mergeMetadata(was model.Location, at mergedLocation) model.Location {
	ours, other := l.mine[at.mine], l.theirs[at.theirs]
	switch {
	case model.EqualMetadata(was.Metadata, ours.Metadata):
		return other
	case model.EqualMetadata(was.Metadata, other.Metadata), model.EqualMetadata(ours.Metadata, other.Metadata):
		return ours
	}
	side := l.disagree(at.mine, was.URL, words.LocationValue(was), words.LocationValue(ours), words.LocationValue(other))
	return [...]model.Location{SideMine: ours, SideTheirs: other, SideBase: was}[side]
}

func (l *locationMerge) disagree(at int, url, was, mine, theirs string) Side {
	field := model.Field{Attr: "locations", Key: url, Index: at}
	return l.conflict(Conflict{Field: field, Label: "locations", Base: was, Mine: mine, Theirs: theirs})
}

// dataGone is a conflict about a location whose data someone deleted: there is
// nothing to decide.
func (l *locationMerge) dataGone(at int, was string, ours model.Location) {
	l.conflict(Conflict{Field: model.Field{Attr: "locations", Key: ours.URL, Index: at}, Label: "locations",
		Base: was, Mine: words.LocationValue(ours), Theirs: quote.WordAbsent, Settled: true})
}

// mergeNew adds what either side added; one URL that both added is one
// location.
func (l *locationMerge) mergeNew() {
	taken := make([]bool, len(l.theirs))
	for n, ours := range l.mine {
		if l.toMine.ToBefore[n] >= 0 {
			continue
		}
		if l.deleted(ours) {
			l.dataGone(n, quote.WordAbsent, ours)
			continue
		}
		entry := mergedLocation{Location: ours, base: -1, mine: n, theirs: -1}
		for m, other := range l.theirs {
			if l.toTheirs.ToBefore[m] >= 0 || taken[m] || other.URL != ours.URL {
				continue
			}
			taken[m], entry.theirs = true, m
			if !model.EqualMetadata(ours.Metadata, other.Metadata) {
				switch l.disagree(n, ours.URL, quote.WordAbsent, words.LocationValue(ours), words.LocationValue(other)) {
				case SideTheirs:
					entry.Location = other
				case SideBase:
					entry.gone = true
				}
			}
			break
		}
		l.entries = append(l.entries, entry)
	}
	for m, other := range l.theirs {
		if l.toTheirs.ToBefore[m] < 0 && !taken[m] {
			l.entries = append(l.entries, mergedLocation{Location: other, base: -1, mine: -1, theirs: m})
		}
	}
}

// deleted reports whether theirs deleted the data to which a location leads.
func (l *locationMerge) deleted(at model.Location) bool {
	here := func(o model.Location) bool { return o.URL == at.URL }
	return at.HoldsData() && slices.ContainsFunc(l.base, here) && !slices.ContainsFunc(l.theirs, here)
}

// precedence says where an entry stands by one list, -1 where it does not, and
// by another, which comes behind.
type precedence func(mergedLocation) (int, int)

func mineFirst(e mergedLocation) (int, int)   { return e.mine, e.theirs }
func theirsFirst(e mergedLocation) (int, int) { return e.theirs, e.mine }

// baseFirst puts what is new behind: theirs, then mine.
func baseFirst(e mergedLocation) (int, int) {
	if e.theirs >= 0 {
		return e.base, e.theirs - math.MaxInt32
	}
	return e.base, e.mine
}

// ordered is the indexes of the entries in an order.
func (l *locationMerge) ordered(by precedence) []int {
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

// follows reports whether an order has the entries of one list as that list has
// them. Old ones that only one side still has do not count: whether they stay
// may be undecided.
func (l *locationMerge) follows(order []int, list precedence) bool {
	last := -1
	for _, n := range order {
		e := l.entries[n]
		at, other := list(e)
		if at < 0 || e.base >= 0 && other < 0 {
			continue
		}
		if at < last {
			return false
		}
		last = at
	}
	return true
}

func (l *locationMerge) pick(order []int) []model.Location {
	out := make([]model.Location, 0, len(order))
	for _, at := range order {
		if e := l.entries[at]; !e.gone {
			out = append(out, e.Clone())
		}
	}
	return out
}
