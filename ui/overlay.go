package ui

import (
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/ui/help"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/palette"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// overlay is above the screens and takes all keys while it is there.
type overlay interface {
	key(*Model, tea.KeyPressMsg) tea.Cmd
	draw(m *Model, below string) string
	// typing reports whether letters are text in it.
	typing() bool
}

// place lays a box over the middle of what is below it.
func place(m *Model, below, box string) string {
	w, h := lipgloss.Size(box)
	x, y := max(0, (m.width-w)/2), max(0, (m.height-h)/3)
	c := lipgloss.NewCompositor(
		lipgloss.NewLayer(below),
		lipgloss.NewLayer(box).X(x).Y(y).Z(1),
	)
	canvas := lipgloss.NewCanvas(max(1, m.width), max(1, m.height))
	return canvas.Compose(c).Render()
}

func (m *Model) box(content string) string {
	b := lipgloss.RoundedBorder()
	if m.ctx.Theme.Glyphs.Plain {
		b = lipgloss.ASCIIBorder()
	}
	return lipgloss.NewStyle().Border(b).
		BorderForeground(m.ctx.Theme.BoxFocus.GetForeground()).Padding(0, 1).Render(content)
}

// helpOverlay lists the keys of the topmost screen.
type helpOverlay struct{ view *help.Help }

func newHelpOverlay(m *Model) overlay {
	h := m.top().Keys()
	h.Groups = append(h.Groups, keys.Anywhere(m.top().Typing()))
	return helpOverlay{help.New(m.ctx.Theme, m.top().Title(), h)}
}

func (o helpOverlay) key(m *Model, msg tea.KeyPressMsg) tea.Cmd {
	if matches(msg, keys.Up, keys.Down, keys.PgDown, keys.PgUp) {
		o.view.Scroll(msg)
		return nil
	}
	m.over = nil
	return nil
}

func (helpOverlay) typing() bool { return false }

func (o helpOverlay) draw(m *Model, below string) string {
	return place(m, below, m.box(o.view.View(m.width-6, m.height-4)))
}

// paletteOverlay finds a command by its name.
type paletteOverlay struct{ view *palette.Palette }

func newPaletteOverlay(m *Model) overlay {
	h := m.top().Keys()
	h.Groups = append(h.Groups, keys.Anywhere(m.top().Typing()))
	return paletteOverlay{palette.New(m.ctx.Theme, h)}
}

func (o paletteOverlay) key(m *Model, msg tea.KeyPressMsg) tea.Cmd {
	done, chosen := o.view.Key(msg)
	if !done {
		return nil
	}
	m.over = nil
	if chosen == nil {
		return nil
	}
	if press, ok := keys.PressOf(*chosen); ok {
		return m.key(press)
	}
	return nil
}

func (paletteOverlay) typing() bool { return true }

func (o paletteOverlay) draw(m *Model, below string) string {
	return place(m, below, m.box(o.view.View(min(64, m.width-6), m.height-6)))
}

// ask is a question before something is lost.
type ask struct {
	question string
	yes      tea.Cmd
}

func newAsk(question string, yes tea.Cmd) overlay { return ask{question, yes} }

func (a ask) key(m *Model, msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case matches(msg, keys.Yes, keys.Abort):
		m.over = nil
		return a.yes
	case matches(msg, keys.No):
		m.over = nil
	}
	return nil
}

func (ask) typing() bool { return false }

func (a ask) draw(m *Model, below string) string {
	t := m.ctx.Theme
	lines := ""
	for _, l := range safe.Wrap(safe.Text(a.question), max(10, min(60, m.width-6))) {
		lines += t.Strong.Render(l) + "\n"
	}
	lines += "\n" + t.Key.Render("y") + t.KeyDesc.Render(" yes   ") + t.Key.Render("n") + t.KeyDesc.Render(" no")
	return place(m, below, m.box(lines))
}
