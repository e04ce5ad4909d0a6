package form

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/keys"
)

// toggleField is yes or no: protected, hidden.
type toggleField struct{ attribute }

func (x toggleField) value(s *state) *bool {
	if x.Name == "protected" {
		return &s.protected
	}
	return &s.hidden
}

func (x toggleField) rows(f *Form) []row {
	return []row{{cells: []cell{{
		at: x.at(), stop: true, label: x.Label,
		mark: signOf(*x.value(&f.state) != *x.value(&f.start)),
		value: func(width int, focus bool) (string, int) {
			if why := f.locked(x.at()); why != "" {
				return f.why(yesNo(*x.value(&f.state))+"  "+why, width), -1
			}
			chosen := 0
			if *x.value(&f.state) {
				chosen = 1
			}
			return f.radio([]string{"no", "yes"}, chosen, width, focus), -1
		},
	}}}}
}

func (x toggleField) key(f *Form, m tea.KeyPressMsg) (bool, tea.Cmd) {
	now := *x.value(&f.state)
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
	f.change(group{}, func(s *state) { *x.value(s) = now })
	return true, nil
}

func (x toggleField) reset(s, start *state, _ spot) { *x.value(s) = *x.value(start) }

func (x toggleField) hints(*Form) []key.Binding { return []key.Binding{keys.Toggle} }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
