package list

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// column is one attribute in the rows. Widths do not depend on what the rows
// hold, so that nothing moves sideways while they come and go.
type column struct {
	title string
	width int
	right bool // numbers stand at the right
	// rank is when it is left out of a narrow window: the highest first.
	rank int
	// attr is the attribute that it shows.
	attr string
	// text is what stands in a row and its style: the theme's own, see pen. The
	// name has none, see writeName.
	text func(*List, *model.Image) (string, *lipgloss.Style)
}

const (
	gap      = 2 // between columns
	nameMin  = 20
	previewW = 44 // the least width of the preview
)

// columns in their order on the screen. The name takes what is left over.
var columns = []column{
	{"STATUS", 14, false, 0, "status", func(l *List, i *model.Image) (string, *lipgloss.Style) {
		return l.ctx.Theme.Glyphs.Status(i.Status) + " " + safe.Text(string(i.Status)), l.statusStyle(i.Status)
	}},
	{"NAME", nameMin, false, 0, "name", nil},
	{"VISIBILITY", 10, false, 1, "visibility", func(l *List, i *model.Image) (string, *lipgloss.Style) {
		style := &l.ctx.Theme.Dim
		if i.Visibility == model.Public || i.Visibility == model.Community {
			style = &l.ctx.Theme.Text
		}
		return safe.Text(string(i.Visibility)), style
	}},
	{"SIZE", 9, true, 2, "size", func(l *List, i *model.Image) (string, *lipgloss.Style) {
		return l.orDash(draw.Size(i.Size)), &l.ctx.Theme.Dim
	}},
	{"FORMAT", 7, false, 4, "disk_format", func(l *List, i *model.Image) (string, *lipgloss.Style) {
		return l.orDash(safe.Text(i.DiskFormat.Value)), &l.ctx.Theme.Dim
	}},
	{"TAGS", 14, false, 5, "tags", func(l *List, i *model.Image) (string, *lipgloss.Style) {
		return l.orDash(safe.Text(strings.Join(i.Tags, " "))), &l.ctx.Theme.Dim
	}},
	{"PROJECT", 12, false, 6, "owner", func(l *List, i *model.Image) (string, *lipgloss.Style) {
		name := cmp.Or(draw.ProjectName(i.Owner.Value, l.rows.session), i.Owner.Value)
		return l.orDash(safe.Text(name)), &l.ctx.Theme.Dim
	}},
	{"UPDATED", 9, true, 3, "updated_at", func(l *List, i *model.Image) (string, *lipgloss.Style) {
		return l.orDash(draw.Age(i.UpdatedAt, l.ctx.Now())), &l.ctx.Theme.Dim
	}},
}

// glyphOnly is the status where there is no room for its word.
var glyphOnly = column{"", 1, false, 0, "status", func(l *List, i *model.Image) (string, *lipgloss.Style) {
	return l.ctx.Theme.Glyphs.Status(i.Status), l.statusStyle(i.Status)
}}

func (l *List) statusStyle(s model.Status) *lipgloss.Style {
	style := l.ctx.Theme.Status(s)
	return &style
}

func (l *List) orDash(s string) string {
	if s == "" {
		return l.ctx.Theme.Glyphs.Dash
	}
	return s
}

// margin is the room left of the first column: cursor and mark.
const margin = 4

// layout is which columns stand in a width, and how wide each is.
func layout(width int) (cols []column, widths []int) {
	cols = slices.Clone(columns)
	total := func() int {
		n := margin
		for _, c := range cols {
			n += c.width + gap
		}
		return n - gap + 1
	}
	for total() > width {
		drop := -1
		for i, c := range cols {
			if c.rank > 0 && (drop < 0 || c.rank > cols[drop].rank) {
				drop = i
			}
		}
		if drop < 0 {
			cols[0] = glyphOnly
			break
		}
		cols = slices.Delete(cols, drop, drop+1)
	}
	spare := width - total()
	for _, c := range cols {
		w := c.width
		if c.title == "NAME" {
			w = max(1, w+spare)
		}
		widths = append(widths, w)
	}
	return cols, widths
}
