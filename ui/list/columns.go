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
	// attr is the attribute that it shows. Rows are filled with some only, see
	// watch.Store.Row and TestEveryColumnIsFilledIn.
	attr  string
	width int
	right bool // numbers are at the right
	// rank is when it is left out of a narrow window: the highest first.
	rank int
	// text is what is in a row and its style: the theme's own, see pen. The
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
	{"status", 14, false, 0, func(l *List, i *model.Image) (string, *lipgloss.Style) {
		return l.ctx.Theme.Glyphs.Status(i.Status) + " " + safe.Text(string(i.Status)), l.statusStyle(i.Status)
	}},
	{"name", nameMin, false, 0, nil},
	{"visibility", 10, false, 1, func(l *List, i *model.Image) (string, *lipgloss.Style) {
		style := &l.ctx.Theme.Dim
		if i.Visibility == model.Public || i.Visibility == model.Community {
			style = &l.ctx.Theme.Text
		}
		return safe.Text(string(i.Visibility)), style
	}},
	{"size", 9, true, 2, func(l *List, i *model.Image) (string, *lipgloss.Style) {
		return l.orDash(draw.Size(i.Size)), &l.ctx.Theme.Dim
	}},
	{"disk_format", 7, false, 4, func(l *List, i *model.Image) (string, *lipgloss.Style) {
		return l.orDash(safe.Text(i.DiskFormat.Value)), &l.ctx.Theme.Dim
	}},
	{"tags", 14, false, 5, func(l *List, i *model.Image) (string, *lipgloss.Style) {
		return l.orDash(safe.Text(strings.Join(i.Tags, " "))), &l.ctx.Theme.Dim
	}},
	{"owner", 12, false, 6, func(l *List, i *model.Image) (string, *lipgloss.Style) {
		name := cmp.Or(draw.ProjectName(i.Owner.Value, l.rows.session), i.Owner.Value)
		return l.orDash(safe.Text(name)), &l.ctx.Theme.Dim
	}},
	{"updated_at", 9, true, 3, func(l *List, i *model.Image) (string, *lipgloss.Style) {
		return l.orDash(draw.Age(i.UpdatedAt, l.ctx.Now())), &l.ctx.Theme.Dim
	}},
}

// heading is what is above a column.
func heading(attr string) string {
	a, _ := model.AttributeNamed(attr)
	return a.Column
}

// glyphOnly is the status where there is no room for its word.
var glyphOnly = column{"status", 1, false, 0, func(l *List, i *model.Image) (string, *lipgloss.Style) {
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

// layout is which columns are in a width, and how wide each is.
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
		if c.text == nil {
			w = max(1, w+spare)
		}
		widths = append(widths, w)
	}
	return cols, widths
}
