package input

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// View draws the field in exactly width columns. Where the text goes on beyond
// an edge, that edge shows the theme's sign for more; with the focus the
// text is scrolled so that the cursor is visible.
func (f *Field) View(t *theme.Theme, width int) string {
	return f.Draw(t, t.Text, width)
}

// Draw is View with a style of the caller's for the text.
func (f *Field) Draw(t *theme.Theme, style lipgloss.Style, width int) string {
	if width <= 0 {
		return ""
	}
	if f.value == "" {
		return t.Faint.Render(safe.Pad(f.Placeholder, width))
	}
	if !f.focused && f.Masked {
		return draw(t, style, f.all(), false, width)
	}
	if !f.focused {
		return Draw(t, style, f.value, width)
	}
	f.follow(width)
	return draw(t, style, f.all()[f.scroll:], f.scroll > 0, width)
}

// CursorX is the cursor's column in the View of that width.
func (f *Field) CursorX(width int) int {
	if width <= 0 {
		return 0
	}
	f.follow(width)
	x := edge(f.scroll)
	for _, c := range f.all()[f.scroll:f.at] {
		x += c.width
	}
	return min(x, width-1)
}

// Draw draws untrusted text as a field without the focus does: in exactly width
// columns, from its beginning, stand-ins set apart. It reads no more of the
// text than it shows.
func Draw(t *theme.Theme, style lipgloss.Style, value string, width int) string {
	if width <= 0 {
		return ""
	}
	var cells []cell
	used := 0
	each(value, func(c cell) bool {
		cells = append(cells, c)
		used += c.width
		return used <= width
	})
	return draw(t, style, cells, false, width)
}

// edge is the room for the sign at the left edge.
func edge(scroll int) int {
	if scroll > 0 {
		return 1
	}
	return 0
}

// follow scrolls so that the cursor is visible and as much text as possible.
func (f *Field) follow(width int) {
	cells := f.all()
	if f.scroll > f.at {
		f.scroll = f.at
	}
	// From the cursor leftwards: how far can the left edge be? The cursor needs
	// its own cell, and one column is the right edge's sign unless it is at the
	// end.
	room := width - 1
	if f.at < len(cells) {
		room = width - max(cells[f.at].width, 1)
		if f.at+1 < len(cells) {
			room--
		}
	}
	first, used := f.at, 0
	for first > 0 && used+cells[first-1].width+edge(first-1) <= room {
		first--
		used += cells[first].width
	}
	f.scroll = max(f.scroll, first)
	// And how far must it be: no empty room at the right while text is hidden
	// at the left.
	last, used := len(cells), 1
	for last > 0 && used+cells[last-1].width+edge(last-1) <= width {
		last--
		used += cells[last].width
	}
	f.scroll = min(f.scroll, max(last, first))
}

func draw(t *theme.Theme, style lipgloss.Style, cells []cell, more bool, width int) string {
	var b, run strings.Builder
	odd := false
	flush := func() {
		if run.Len() == 0 {
			return
		}
		if odd {
			b.WriteString(t.Warn.Render(run.String()))
		} else {
			b.WriteString(style.Render(run.String()))
		}
		run.Reset()
	}
	x := 0
	if more {
		b.WriteString(t.Dim.Render(t.Glyphs.More))
		x = 1
	}
	total := x
	for _, c := range cells {
		if total += c.width; total > width {
			break
		}
	}
	room := width
	if total > width {
		room--
	}
	for _, c := range cells {
		if x+c.width > room {
			break
		}
		if c.odd != odd {
			flush()
			odd = c.odd
		}
		run.WriteString(c.drawn)
		x += c.width
	}
	flush()
	if total > width && x < width {
		b.WriteString(t.Dim.Render(t.Glyphs.More))
		x++
	}
	return b.String() + strings.Repeat(" ", max(0, width-x))
}
