package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// typedAhead is the keys and pastes that came while an answer was waited for.
type typedAhead struct {
	msgs []tea.Msg
	next bool          // they are for another screen than
	top  screen.Screen // the topmost one then
}

// waits is what the program waits for before keys can be handled.
func (m *Model) waits() screen.Waiting {
	if m.conn.active() {
		return screen.WaitsForNext
	}
	if w, ok := m.top().(screen.Waiter); ok {
		return w.Waits()
	}
	return screen.WaitsForNothing
}

// hold keeps a key or a paste for the screen that is waited for; false where
// none is, or where the key is for the waiting itself.
func (m *Model) hold(msg tea.Msg) bool {
	waits := m.waits()
	if m.over != nil || waits == screen.WaitsForNothing {
		return false
	}
	if k, ok := msg.(tea.KeyPressMsg); ok {
		k = keys.OnLayout(k, false)
		quits := m.conn.active() && len(m.ahead.msgs) == 0 && matches(k, keys.Quit)
		if matches(k, keys.Back, keys.Abort, keys.Redraw) || quits {
			return false
		}
	}
	m.ahead = typedAhead{append(m.ahead.msgs, msg), waits == screen.WaitsForNext, m.top()}
	return true
}

// nextAhead is the next of what was typed ahead, once the screen is there. Where
// it did not open, all is dropped: no one typed it for what is visible instead.
func (m *Model) nextAhead() (next tea.Msg, ok bool) {
	if len(m.ahead.msgs) == 0 {
		return nil, false
	}
	if waits := m.waits(); waits != screen.WaitsForNothing {
		m.ahead.next, m.ahead.top = waits == screen.WaitsForNext, m.top()
		return nil, false
	}
	if m.ahead.next == (m.ahead.top == m.top()) {
		m.dropAhead()
		return nil, false
	}
	next = m.ahead.msgs[0]
	m.ahead = typedAhead{msgs: m.ahead.msgs[1:], next: true} // whatever screen this one opens gets the rest
	return next, true
}

func (m *Model) dropAhead() { m.ahead = typedAhead{} }
