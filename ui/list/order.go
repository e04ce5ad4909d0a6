package list

import (
	"cmp"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

// order is a way to sort the rows.
type order struct {
	name string // for the summary: "newest first"
	back string // the same, reversed
	// column is the heading that shows the arrow; "" for none.
	column string
	less   func(a, b *model.Image) int
}

// orders in the sequence in which the sort key walks through them. The first
// is the one in which the server sends its pages, so that rows only ever
// appear at the end while they arrive.
var orders = []order{
	{"newest first", "oldest first", "", func(a, b *model.Image) int { return b.CreatedAt.Compare(a.CreatedAt) }},
	{"by name", "by name, backwards", "NAME", func(a, b *model.Image) int { return compareFold(a.Name.Value, b.Name.Value) }},
	{"by status", "by status, backwards", "STATUS", func(a, b *model.Image) int { return cmp.Compare(statusRank(a.Status), statusRank(b.Status)) }},
	{"last changed first", "last changed last", "UPDATED", func(a, b *model.Image) int { return b.UpdatedAt.Compare(a.UpdatedAt) }},
	{"largest first", "smallest first", "SIZE", func(a, b *model.Image) int { return cmp.Compare(b.Size.Or(-1), a.Size.Or(-1)) }},
	{"by visibility", "by visibility, backwards", "VISIBILITY", func(a, b *model.Image) int {
		return cmp.Compare(visibilityRank(a.Visibility), visibilityRank(b.Visibility))
	}},
	{"by project", "by project, backwards", "PROJECT", func(a, b *model.Image) int { return cmp.Compare(a.Owner.Value, b.Owner.Value) }},
}

func compareFold(a, b string) int {
	if c := strings.Compare(strings.ToLower(a), strings.ToLower(b)); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

// statusRank puts first what needs a person: broken, then in motion, then
// waiting, then in order.
func statusRank(s model.Status) int {
	switch s {
	case model.StatusKilled:
		return 0
	case model.StatusSaving, model.StatusUploading, model.StatusImporting, model.StatusPendingDelete:
		return 1
	case model.StatusQueued:
		return 2
	case model.StatusDeactivated:
		return 3
	case model.StatusActive:
		return 4
	}
	return 5
}

// visibilityRank puts the widest audience first: what is public by mistake is
// what an administrator looks for.
func visibilityRank(v model.Visibility) int {
	for i, w := range model.Visibilities {
		if v == w {
			return len(model.Visibilities) - i
		}
	}
	return len(model.Visibilities) + 1
}
