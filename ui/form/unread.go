package form

import (
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// unreadRow is the row of an attribute whose value the server gave in a form that
// is not understood: as it came, and why it cannot be changed.
func (f *Form) unreadRow(a model.Attribute, text string) row {
	return row{cells: []cell{{
		at: spot{attr: a.Name}, stop: true, label: a.Label,
		owns: func(s spot) bool { return s.attr == a.Name },
		value: func(width int, _ bool) (string, int) {
			value := f.ctx.Theme.Warn.Render(safe.Cut(safe.Text(text), max(1, width*2/3)))
			room := width - safe.Width(value) - 2
			if room < 1 {
				return value, -1
			}
			return value + "  " + f.why(f.locked(spot{attr: a.Name}), room), -1
		},
	}}}
}
