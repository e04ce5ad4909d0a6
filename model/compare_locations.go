package model

import "slices"

// locations takes the locations one by one.
func (c *Comparison) locations(base, wanted, got Image) {
	asked, differs := changedLocations(base, wanted), changedLocations(got, wanted)
	unread := func(i Image) bool { return i.Unread["locations"] != nil }
	switch {
	case unread(got) && len(asked) > 0:
		c.Unknown = append(c.Unknown, asked...)
		return
	case unread(base) || unread(wanted) || unread(got):
		c.wholeLocations(asked, differs)
		return
	case base.calledFor(wanted) && got.HidesLocations():
		c.calledLocation(got, asked)
		return
	case !got.showsLocations() || !wanted.LocationsShown:
		c.Unknown = append(c.Unknown, asked...)
		return
	}
	was, is := pairLocations(base.Locations, wanted.Locations), pairLocations(got.Locations, wanted.Locations)
	gone, extra := was.without(base.Locations), is.without(got.Locations)
	back := matchLocations(gone, extra) // those that went and are there again, or still

	touched := make([]bool, len(wanted.Locations)) // came, or got other metadata
	missed := make([]bool, len(wanted.Locations))
	for _, d := range differs {
		if d.Field.Index >= 0 {
			missed[d.Field.Index] = true
		}
	}
	nth := 0
	for _, a := range asked {
		switch {
		case a.Field.Index >= 0:
			touched[a.Field.Index] = true
			c.keptIf(!missed[a.Field.Index], a)
		case a.After == wordAbsent:
			c.keptIf(slices.Contains(back.gone, nth), a)
			nth++
		default:
			c.keptIf(!is.reordered(), a)
		}
	}
	nth = 0
	for _, d := range differs {
		ours := !was.keepsOrder()
		switch {
		case d.Field.Index >= 0:
			ours = touched[d.Field.Index]
		case d.After == wordAbsent:
			ours = back.old[nth] >= 0
			nth++
		case sortedByServer(base.Locations, wanted.Locations, got.Locations):
			c.Sorted = true
			continue
		}
		if ours {
			c.Lost = append(c.Lost, d)
		} else {
			c.Foreign = append(c.Foreign, d.turned())
		}
	}
}

func (c *Comparison) keptIf(there bool, a Change) {
	if there {
		c.Kept = append(c.Kept, a)
	}
}

// wholeLocations is for a list that could not be read: it is one value then.
func (c *Comparison) wholeLocations(asked, differs []Change) {
	switch {
	case len(differs) == 0:
		c.Kept = append(c.Kept, asked...)
	case len(asked) > 0:
		c.Lost = append(c.Lost, differs...)
	default:
		for _, d := range differs {
			c.Foreign = append(c.Foreign, d.turned())
		}
	}
}

// calledLocation is for a location that was added by a call, on a server that
// hides it: the image leaves queued by it, and while the server is at work on it
// nobody can tell.
func (c *Comparison) calledLocation(got Image, asked []Change) {
	switch {
	case got.Status != StatusQueued:
		c.Kept = append(c.Kept, asked...)
	case !got.TaskAtWork():
		c.Lost = append(c.Lost, asked...)
	}
}

// without are the locations of the first list that have no counterpart.
func (p locationPairs) without(before []Location) []Location {
	var out []Location
	for n, l := range before {
		if p.toAfter[n] < 0 {
			out = append(out, l)
		}
	}
	return out
}
