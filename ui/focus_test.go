package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// witness is a screen that remembers what it is told.
type witness struct {
	screen.Actions
	touched, focus, blur int
	heard                []tea.Msg
}

func (w *witness) Update(msg tea.Msg) tea.Cmd {
	w.heard = append(w.heard, msg)
	switch msg.(type) {
	case screen.Touched:
		w.touched++
	case tea.FocusMsg:
		w.focus++
	case tea.BlurMsg:
		w.blur++
	}
	return nil
}

func (*witness) Init() tea.Cmd       { return nil }
func (*witness) SetSize(_, _ int)    {}
func (*witness) View() string        { return "" }
func (*witness) Cursor() *tea.Cursor { return nil }
func (*witness) Title() string       { return "" }
func (*witness) Aside(int) string    { return "" }
func (*witness) Keys() keys.Help     { return keys.Help{} }
func (*witness) Typing() bool        { return true }
func (*witness) Unsaved() string     { return "" }

// Screens below the topmost hear of the focus and of keys as well: the list goes
// on watching beneath a form.
func TestAllScreensHearWhetherSomeoneIsThere(t *testing.T) {
	p := launch(t, 100, 30, demoImages(), nil)
	if !p.View().ReportFocus {
		t.Error("the terminal is not asked to tell of its focus")
	}
	now := uitest.Clock
	p.ctx.Now = func() time.Time { return now }
	low := &witness{}
	p.stack = append(p.stack, low, &witness{})
	uitest.Run(p, tea.BlurMsg{}, tea.FocusMsg{})
	if low.blur != 1 || low.focus != 1 {
		t.Errorf("told of %d blurs and %d focuses", low.blur, low.focus)
	}
	for range 300 { // a minute of keys
		uitest.Run(p, uitest.Keys("j"))
		now = now.Add(200 * time.Millisecond)
	}
	if low.touched < 5 || low.touched > 7 {
		t.Errorf("told %d times of keys within a minute", low.touched)
	}
	uitest.Run(p, tea.PasteMsg{Content: "x"})
	now = now.Add(time.Hour)
	uitest.Run(p, tea.PasteMsg{Content: "x"})
	if low.touched < 6 {
		t.Error("a paste is no one's")
	}
}
