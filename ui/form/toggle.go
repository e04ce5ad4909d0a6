package form

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/keys"
)

// toggleField is yes or no: protected, hidden.
type toggleField struct{ attribute }

func (x toggleField) on(s *state) bool { return s.value(x.Name).Value == "true" }

func (x toggleField) set(s *state, on bool) { s.value(x.Name).Value = strconv.FormatBool(on) }

func (x toggleField) rows(f *Form) []row {
	return []row{{cells: []cell{{
		at: x.at(), stop: true, label: x.Label,
		mark: signOf(x.on(&f.state) != x.on(&f.start)),
		value: func(width int, focus bool) (string, int) {
			if why := f.locked(x.at()); why != "" {
				return f.why(yesNo(x.on(&f.state))+"  "+why, width), -1
			}
			chosen := 0
			if x.on(&f.state) {
				chosen = 1
			}
			return f.radio([]string{"no", "yes"}, chosen, width, focus), -1
		},
	}}}}
}

func (x toggleField) key(f *Form, m tea.KeyPressMsg) (bool, tea.Cmd) {
	now := x.on(&f.state)
	switch {
	case key.Matches(m, keys.Toggle):
		now = !now
	case m.Code == tea.KeyLeft, m.Text == "n":
		now = false
	case m.Code == tea.KeyRight, m.Text == "y":
		now = true
	default:
		return false, nil
	}
	f.change(group{}, func(s *state) { x.set(s, now) })
	return true, nil
}

func (x toggleField) reset(s, start *state, _ spot) { x.set(s, x.on(start)) }

func (x toggleField) hints(*Form) []key.Binding { return []key.Binding{keys.Toggle} }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
