package draw

import (
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Conflicts puts what two sides changed differently side by side: what it was,
// what the server has now, and yours. Where the columns are too narrow for a
// value, the three stand one under another.
func Conflicts(t *theme.Theme, conflicts []model.Conflict, width int) []string {
	const gap = 2
	var w [4]int
	heads := [4]string{"", "WAS", "SERVER NOW", "YOURS"}
	cells := make([][4]string, len(conflicts))
	for n, c := range conflicts {
		cells[n] = [4]string{value(c.Label), value(c.Base), value(c.Theirs), value(c.Mine)}
	}
	total := -gap
	for i, head := range heads {
		w[i] = safe.Width(head)
		for _, c := range cells {
			w[i] = max(w[i], safe.Width(c[i]))
		}
		total += w[i] + gap
	}
	if total > width {
		return stacked(t, conflicts, width)
	}
	line := func(c [4]string) string {
		var cols []string
		for i, s := range c {
			cols = append(cols, safe.Pad(s, w[i]))
		}
		return strings.TrimRight(strings.Join(cols, strings.Repeat(" ", gap)), " ")
	}
	out := []string{t.Dim.Render(line(heads))}
	for _, c := range cells {
		out = append(out, line([4]string{t.Dim.Render(c[0]), t.Text.Render(c[1]), t.Changed.Render(c[2]), t.Good.Render(c[3])}))
	}
	return out
}

func stacked(t *theme.Theme, conflicts []model.Conflict, width int) []string {
	const labels = 10
	room := width - labels - 2 - 2
	var out []string
	for _, c := range conflicts {
		out = append(out, Para(t.Dim, c.Label, width)...)
		if room < 8 {
			out = append(out, Para(t.Good, c.Mine, width)...)
			continue
		}
		out = append(out, Indented(Rows(t, []Row{
			{"was", Para(t.Text, c.Base, room)},
			{"server now", Para(t.Changed, c.Theirs, room)},
			{"yours", Para(t.Good, c.Mine, room)},
		}, labels, width-2), 2)...)
	}
	return out
}
