package merge

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/internal/quote"
)

// locations takes the locations one by one.
func (c *Comparison) locations(base, wanted, got model.Image) {
	asked, differs := changedLocations(base, wanted), changedLocations(got, wanted)
	unread := func(i model.Image) bool { return i.Unread["locations"] != nil }
	switch {
	case unread(got) && len(asked) > 0:
		c.Unknown = append(c.Unknown, asked...)
		return
	case unread(base) || unread(wanted) || unread(got):
		c.compareLocationList(asked, differs)
		return
	case base.CalledFor(wanted) && got.HidesLocations():
		c.calledLocation(got, asked)
		return
	case !got.ShowsLocations() || !wanted.LocationsShown:
		c.Unknown = append(c.Unknown, asked...)
		return
	}
	was, is := pairing.Pair(base.Locations, wanted.Locations), pairing.Pair(got.Locations, wanted.Locations)
	gone, extra := was.Without(base.Locations), is.Without(got.Locations)
	back := pairing.Match(gone, extra) // those that went and are there again, or still

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
		case a.After == quote.WordAbsent:
			c.keptIf(slices.Contains(back.Gone, nth), a)
			nth++
		default:
			c.keptIf(!is.Reordered(), a)
		}
	}
	nth = 0
	for _, d := range differs {
		ours := !was.KeepsOrder()
		switch {
		case d.Field.Index >= 0:
			ours = touched[d.Field.Index]
		case d.After == quote.WordAbsent:
			ours = back.Old[nth] >= 0
			nth++
		case pairing.SortedByServer(base.Locations, wanted.Locations, got.Locations):
			c.Sorted = true
			continue
		}
		if ours {
			c.NotApplied = append(c.NotApplied, d)
		} else {
			c.Others = append(c.Others, d.turned())
		}
	}
}

func (c *Comparison) keptIf(there bool, a Change) {
	if there {
		c.Applied = append(c.Applied, a)
	}
}

// compareLocationList is for a list that could not be read: it is one value then.
func (c *Comparison) compareLocationList(asked, differs []Change) {
	switch {
	case len(differs) == 0:
		c.Applied = append(c.Applied, asked...)
	case len(asked) > 0:
		c.NotApplied = append(c.NotApplied, differs...)
	default:
		for _, d := range differs {
			c.Others = append(c.Others, d.turned())
		}
	}
}

// calledLocation is for a location that was added by a call, on a server that
// hides it: the image leaves queued by it, and while the server is at work on it
// no one can tell.
func (c *Comparison) calledLocation(got model.Image, asked []Change) {
	switch {
	case got.Status != model.StatusQueued:
		c.Applied = append(c.Applied, asked...)
	case !got.TaskAtWork():
		c.NotApplied = append(c.NotApplied, asked...)
	}
}
