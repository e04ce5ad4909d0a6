package list

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// Aside is the count of images by status, for the header.
func (l *List) Aside(width int) string {
	t := l.ctx.Theme
	if l.store.Live() == 0 {
		return ""
	}
	out := t.Dim.Render(draw.Count(l.store.Live(), "image"))
	if safe.Width(out) > width {
		return ""
	}
	for _, s := range l.byShare() {
		next := out + "  " + t.Status(s).Render(t.Glyphs.Status(s)) + t.Dim.Render(" "+humanize.Comma(int64(l.store.Counts()[s])))
		if safe.Width(next) > width {
			break
		}
		out = next
	}
	return out
}

// byShare lists the statuses that occur, the most frequent first.
func (l *List) byShare() []model.Status {
	var out []model.Status
	for s, n := range l.store.Counts() {
		if n > 0 {
			out = append(out, s)
		}
	}
	// Ties go by name, so that nothing flickers.
	slices.SortFunc(out, func(a, b model.Status) int {
		return cmp.Or(l.store.Counts()[b]-l.store.Counts()[a], cmp.Compare(a, b))
	})
	return out
}

// Rule is the line under the header: the share of each status, the widest
// first, every one at least a cell.
func (l *List) Rule(width int) string {
	t := l.ctx.Theme
	if l.store.Live() == 0 {
		return t.Faint.Render(strings.Repeat(t.Glyphs.Rule, width))
	}
	shares := l.byShare()
	cells := make([]int, len(shares))
	used := 0
	for i, s := range shares {
		cells[i] = max(1, l.store.Counts()[s]*width/l.store.Live())
		used += cells[i]
	}
	cells[0] += width - used
	var b strings.Builder
	for i, s := range shares {
		b.WriteString(t.Status(s).Render(strings.Repeat(t.Glyphs.Bar, max(0, cells[i]))))
	}
	return safe.Cut(b.String(), width)
}
