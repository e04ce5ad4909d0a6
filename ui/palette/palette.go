// Package palette finds a command by a few letters of its name. Its commands
// are the key bindings of the screen it was opened on, so nothing is declared
// twice.
package palette

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Palette is a line to type in and the commands that match it.
type Palette struct {
	theme    *theme.Theme
	all      []key.Binding
	names    []string
	shown    []int
	typed    string
	selected int
}

// New offers every enabled binding of a screen, each once.
func New(t *theme.Theme, h keys.Help) *Palette {
	p := &Palette{theme: t}
	seen := map[string]bool{}
	for _, g := range h.Groups {
		for _, b := range g.Keys {
			name := b.Help().Desc
			if !b.Enabled() || name == "" || seen[name] {
				continue
			}
			seen[name] = true
			p.all = append(p.all, b)
			p.names = append(p.names, name)
		}
	}
	p.match()
	return p
}

// Key takes a key. done reports whether the palette is finished with: chosen is
// then the command, or nil when it was left.
func (p *Palette) Key(msg tea.KeyPressMsg) (done bool, chosen *key.Binding) {
	switch msg.String() {
	case "esc", "ctrl+c":
		return true, nil
	case "enter":
		if len(p.shown) == 0 {
			return false, nil
		}
		return true, &p.all[p.shown[p.selected]]
	case "up", "ctrl+p", "shift+tab":
		p.selected = max(0, p.selected-1)
	case "down", "ctrl+n", "tab":
		p.selected = min(max(0, len(p.shown)-1), p.selected+1)
	case "ctrl+u":
		p.typed = ""
		p.match()
	case "backspace":
		if r := []rune(p.typed); len(r) > 0 {
			p.typed = string(r[:len(r)-1])
			p.match()
		}
	default:
		if msg.Text != "" {
			p.typed += msg.Text
			p.match()
		}
	}
	return false, nil
}

func (p *Palette) match() {
	p.selected, p.shown = 0, p.shown[:0]
	if strings.TrimSpace(p.typed) == "" {
		for i := range p.all {
			p.shown = append(p.shown, i)
		}
		return
	}
	// What holds the letters as they are comes before what holds them apart.
	var apart []int
	for _, m := range fuzzy.Find(p.typed, p.names) {
		if strings.Contains(strings.ToLower(m.Str), strings.ToLower(p.typed)) {
			p.shown = append(p.shown, m.Index)
		} else {
			apart = append(apart, m.Index)
		}
	}
	p.shown = append(p.shown, apart...)
}

// View draws exactly width columns and at most height lines.
func (p *Palette) View(width, height int) string {
	width, height = max(1, width), max(3, height)
	t := p.theme
	lines := []string{
		safe.Pad(t.Accent.Render(":")+" "+t.Strong.Render(safe.Text(p.typed))+t.Accent.Render("▏"), width),
		t.Faint.Render(strings.Repeat(t.Glyphs.Rule, width)),
	}
	room := height - 3
	first := max(0, min(p.selected-room/2, len(p.shown)-room))
	for i := first; i < len(p.shown) && i < first+room; i++ {
		b := p.all[p.shown[i]]
		line := safe.Pad("  "+t.Text.Render(safe.Pad(b.Help().Desc, max(1, width-16)))+t.Dim.Render(b.Help().Key), width)
		if i == p.selected {
			name := safe.Cut(t.Glyphs.Cursor+" "+b.Help().Desc, max(1, width-16)+2)
			ground := min(theme.LongestGround, max(1, width-16)+2-safe.Width(name))
			name = t.Selected.Render(name + strings.Repeat(" ", ground))
			line = safe.Pad(safe.Pad(name, max(1, width-16)+2)+t.Dim.Render(b.Help().Key), width)
		}
		lines = append(lines, line)
	}
	if len(p.shown) == 0 {
		lines = append(lines, safe.Pad(t.Dim.Render("  no matching command"), width))
	}
	return strings.Join(lines, "\n")
}
