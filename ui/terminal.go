package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/viewer"
)

// Log is what libraries said, made safe. The cli keeps it: nothing but frames may
// reach the terminal.
type Log interface{ Lines() []string }

// typing reports whether letters are text now.
func (m *Model) typing() bool {
	switch {
	case m.over != nil:
		return m.over.typing()
	case m.conn.active(), m.top() == nil:
		return false
	}
	return m.top().Typing()
}

// enhancements are what the terminal is asked to tell of keys: with ctrl and alt
// their place, so that they work on every layout. Letters are told with their place
// where they are commands; while text is typed they come as text.
func (m *Model) enhancements() tea.KeyboardEnhancements {
	places := m.tellsPlaces && !m.typing()
	return tea.KeyboardEnhancements{
		ReportAlternateKeys: true, ReportAllKeysAsEscapeCodes: places, ReportAssociatedText: places,
	}
}

// resumed says that the program goes on after it was stopped, or could not be.
type resumed struct{ err error }

// stop stops the program, with everything on disk first: no one knows whether it
// will go on.
func (m *Model) stop() tea.Cmd {
	if m.suspend == nil {
		return m.say(screen.Warning, "This program cannot be suspended here.")
	}
	m.suspending = tea.Exec(m.suspend, func(err error) tea.Msg { return resumed{err} })
	return nil
}

func (m *Model) tookResumed(msg resumed) tea.Cmd {
	if msg.err != nil {
		return m.say(screen.Warning, "Could not suspend: "+msg.err.Error()+".")
	}
	return m.broadcast(screen.Touched{})
}

// openLog shows what libraries said.
func (m *Model) openLog() tea.Cmd {
	var lines []string
	if m.log != nil {
		lines = m.log.Lines()
	}
	if len(lines) == 0 {
		return m.say(screen.Info, "The program log is empty.")
	}
	m.popTo(isViewer)
	return m.push(viewer.New(m.ctx, screen.Show{Title: "Program log", Documents: []screen.Document{{
		Name: "Log", What: "the program log", Text: strings.Join(lines, "\n"), File: "glance-tui.log",
	}}}))
}

// copied says where a text went that was to be copied.
type copied struct{ said, sequence string }

func (m *Model) copy(c screen.Copy) tea.Cmd {
	if m.ctx.Outside == nil {
		m.do(copied{"Sent " + c.What + " to the terminal's clipboard.", ansi.SetSystemClipboard(c.Text)})
		return nil
	}
	outside := m.ctx.Outside
	return func() tea.Msg {
		said, sequence := outside.Copy(c.Text)
		return copied{"Sent " + c.What + " to " + said, sequence}
	}
}

// apart are two keys that the terminal sent as one; see keys.EscapeThen.
func (m *Model) apart(msg tea.Msg) []tea.Msg {
	if k, ok := msg.(tea.KeyPressMsg); ok && !m.tellsPlaces {
		if then, two := keys.EscapeThen(k, m.typing()); two {
			return []tea.Msg{keys.Press("esc"), then}
		}
	}
	return []tea.Msg{msg}
}
