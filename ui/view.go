package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// The frame: a header and a rule above the screen, a flash and the keys below
// it. In a low window the frame gives way to the screen.
const (
	lowHeight  = 10 // below this: no rule, no flash line
	tinyHeight = 4  // below this: no frame at all
)

// bodyTop and bodyHeight say where the screen is.
func (m *Model) bodyTop() int {
	switch {
	case m.height < tinyHeight:
		return 0
	case m.height < lowHeight:
		return 1
	}
	return 2
}

func (m *Model) bodyHeight() int {
	switch {
	case m.height < tinyHeight:
		return max(1, m.height)
	case m.height < lowHeight:
		return m.height - 2
	}
	return m.height - 4
}

func (m *Model) resize() {
	for _, s := range m.stack {
		s.SetSize(max(1, m.width), m.bodyHeight())
	}
}

// ruler is a screen that draws the line under the header itself.
type ruler interface{ Rule(width int) string }

// View draws the frame and the topmost screen in it. While the terminal has not
// taken the last frame that one stays: on a slow line what comes meanwhile is drawn
// once, as it is then.
func (m *Model) View() tea.View {
	if m.output == nil || !m.output.Behind() {
		m.frame = m.draw()
	}
	return m.frame
}

func (m *Model) draw() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.ReportFocus = true
	v.WindowTitle = m.windowTitle()
	v.KeyboardEnhancements = m.enhancements()

	top := m.top()
	var body string
	switch {
	case m.conn.active() || top == nil:
		body = m.viewConnecting()
	default:
		body = top.View()
	}
	lines := fit(body, m.width, m.bodyHeight())
	if m.height >= tinyHeight {
		head := []string{m.viewHeader()}
		if m.height >= lowHeight {
			head = append(head, m.viewRule())
			lines = append(lines, m.viewFlash())
		}
		lines = append(head, lines...)
		lines = append(lines, m.viewKeys())
	}
	content := strings.Join(lines, "\n")
	if m.over != nil {
		content = m.over.draw(m, content)
	} else if top != nil && !m.conn.active() {
		if c := top.Cursor(); c != nil {
			c.Y += m.bodyTop()
			if c.X < m.width && c.Y < m.height {
				v.Cursor = c
			}
		}
	}
	if m.ctx.Theme.Glyphs.Plain {
		content = plain.Replace(content)
	}
	v.SetContent(content)
	return v
}

// fit makes exactly height lines, none wider than width.
func fit(body string, width, height int) []string {
	lines := strings.Split(body, "\n")
	if len(lines) > height {
		lines = lines[:height]
	}
	for i, l := range lines {
		if len(l) > width && safe.Width(l) > width {
			lines[i] = safe.Cut(l, width)
		}
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	return lines
}

// plain turns the signs that cutting and stand-ins leave behind into ASCII of
// the same width.
var plain = strings.NewReplacer("…", "~", "‹", "<", "›", ">")

func (m *Model) windowTitle() string {
	if top := m.top(); top != nil && top.Title() != "" {
		return "glance-tui: " + top.Title()
	}
	return "glance-tui"
}

func (m *Model) viewRule() string {
	if r, ok := m.top().(ruler); ok && !m.conn.active() {
		return r.Rule(m.width)
	}
	t := m.ctx.Theme
	return t.Faint.Render(strings.Repeat(t.Glyphs.Rule, m.width))
}

// viewKeys is as many keys as fit, in the screen's order, then help and quit.
func (m *Model) viewKeys() string {
	top := m.top()
	var show, always []key.Binding
	switch {
	case m.conn.active():
		always = []key.Binding{keys.Back, keys.Quit}
	case top != nil:
		show = top.Keys().Footer
		if top.Typing() {
			always = []key.Binding{keys.HelpTyping}
		} else {
			always = []key.Binding{keys.Palette, keys.Manual, keys.Quit}
		}
	}
	return m.keyLine(show, always)
}

func (m *Model) keyLine(show, always []key.Binding) string {
	t := m.ctx.Theme
	draw := func(b key.Binding) string {
		return t.Key.Render(b.Help().Key) + " " + t.KeyDesc.Render(b.Help().Desc)
	}
	end := ""
	for _, b := range always {
		end += "  " + draw(b)
	}
	line := " "
	for _, b := range show {
		if !b.Enabled() {
			continue
		}
		piece := draw(b)
		if line != " " {
			piece = "  " + piece
		}
		if safe.Width(line)+safe.Width(piece)+safe.Width(end) > m.width {
			break
		}
		line += piece
	}
	if line == " " {
		end = strings.TrimPrefix(end, "  ")
	}
	return safe.Cut(line+end, m.width)
}
