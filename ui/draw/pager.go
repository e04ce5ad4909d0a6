package draw

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Pager shows a part of some lines. Where they do not all fit, its last line
// tells how many there are above and below. The zero value is an empty one.
type Pager struct {
	lines         []string
	top           int
	width, height int
}

// SetSize is the room of the view.
func (p *Pager) SetSize(width, height int) {
	p.width, p.height = width, height
	p.scroll(0)
}

// SetLines changes what is shown and stays at the same line, as far as there
// is one.
func (p *Pager) SetLines(lines []string) {
	p.lines = lines
	p.scroll(0)
}

// ToTop goes back to the first line.
func (p *Pager) ToTop() { p.top = 0 }

// Show scrolls as little as it takes to have the lines from first to before
// end visible; where they are too many, the first of them.
func (p *Pager) Show(first, end int) {
	if below := end - (p.top + p.visible()); below > 0 {
		p.scroll(below)
	}
	if p.top > first {
		p.scroll(first - p.top)
	}
}

// Scrolls reports whether there is more than fits.
func (p *Pager) Scrolls() bool { return len(p.lines) > p.height }

// Update scrolls by the keys that do so on every screen, and reports whether
// the key was one of them.
func (p *Pager) Update(k tea.KeyPressMsg) bool {
	switch {
	case key.Matches(k, keys.Up):
		p.scroll(-1)
	case key.Matches(k, keys.Down):
		p.scroll(1)
	case key.Matches(k, keys.PgUp):
		p.scroll(-max(1, p.height/2))
	case key.Matches(k, keys.PgDown):
		p.scroll(max(1, p.height/2))
	case key.Matches(k, keys.Top):
		p.scroll(-len(p.lines))
	case key.Matches(k, keys.Bottom):
		p.scroll(len(p.lines))
	default:
		return false
	}
	return true
}

func (p *Pager) scroll(by int) {
	p.top = max(0, min(p.top+by, len(p.lines)-p.visible()))
}

// visible is how many of the lines the view shows.
func (p *Pager) visible() int {
	if p.Scrolls() && p.height > 1 {
		return p.height - 1
	}
	return p.height
}

// View draws the lines visible, without filling the room below.
func (p *Pager) View(t *theme.Theme) string {
	if p.width < 1 || p.height < 1 {
		return ""
	}
	end := min(len(p.lines), p.top+p.visible())
	shown := p.lines[p.top:end:end]
	if p.Scrolls() && p.height > 1 {
		shown = append(shown, p.hint(t, len(p.lines)-end))
	}
	return Fit(shown, p.width, p.height)
}

func (p *Pager) hint(t *theme.Theme, below int) string {
	var parts []string
	if p.top > 0 {
		parts = append(parts, fmt.Sprintf("%s %d above", t.Glyphs.Up, p.top))
	}
	if below > 0 {
		parts = append(parts, fmt.Sprintf("%s %d more", t.Glyphs.Down, below))
	}
	return t.Dim.Render(safe.PadLeft(strings.Join(parts, "   ")+" ", p.width))
}

// ScrollKeys are the keys of a pager, for a screen's help.
func ScrollKeys() []key.Binding {
	return []key.Binding{keys.Up, keys.Down, keys.PgUp, keys.PgDown, keys.Top, keys.Bottom}
}
