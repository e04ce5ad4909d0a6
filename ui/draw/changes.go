package draw

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Changes draws what differs between two readings, one line each where that
// fits, in columns: label, before, arrow, after (in the style lit). Long ones
// take lines of their own, whole.
func Changes(t *theme.Theme, changes []merge.Change, lit lipgloss.Style, width int) []string {
	return ColumnsOf(changes, width).Draw(t, changes, lit)
}

// Columns are the widths that changes are drawn with. Lists of changes under
// several headings are in line when they share them.
type Columns struct{ labels, before, width int }

// longestValue is how many bytes of one value are drawn; the exchange and the
// raw JSON have all of it.
const longestValue = 1 << 10

func value(s string) string { return safe.Text(Clip(s, longestValue)) }

// ColumnsOf are the columns that fit all these changes.
func ColumnsOf(changes []merge.Change, width int) Columns {
	c := Columns{width: width}
	for _, ch := range changes {
		c.labels = max(c.labels, safe.Width(value(ch.Label)))
		if w := safe.Width(value(ch.Before)); w <= width/3 {
			c.before = max(c.before, w)
		}
	}
	c.labels = min(c.labels, max(8, width/4))
	return c
}

// Draw draws changes in the columns.
func (c Columns) Draw(t *theme.Theme, changes []merge.Change, lit lipgloss.Style) []string {
	if c.width < 1 {
		return nil
	}
	var out []string
	for _, ch := range changes {
		out = append(out, change(t, ch, lit, c.labels, c.before, c.width)...)
	}
	return out
}

func change(t *theme.Theme, c merge.Change, lit lipgloss.Style, labels, before, width int) []string {
	label := t.Dim.Render(safe.Pad(value(c.Label), labels)) + "  "
	arrow := t.Dim.Render(t.Glyphs.Arrow) + " "
	was, is := value(c.Before), value(c.After)
	room := width - labels - 2
	if safe.Width(was) <= before && before+2+safe.Width(arrow)+safe.Width(is) <= room {
		return []string{label + t.Text.Render(safe.Pad(was, before)) + "  " + arrow + lit.Render(is)}
	}
	hang := strings.Repeat(" ", labels+2)
	var out []string
	for _, l := range Para(t.Text, Clip(c.Before, longestValue), room) {
		out = append(out, safe.Cut(label+l, width))
		label = hang
	}
	under := safe.Width(arrow)
	for _, l := range Para(lit, Clip(c.After, longestValue), room-under) {
		out = append(out, safe.Cut(hang+arrow+l, width))
		arrow = strings.Repeat(" ", under)
	}
	return out
}
