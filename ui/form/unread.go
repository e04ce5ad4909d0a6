package form

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// unreadRow is the row of an attribute whose value the server gave in a form that
// is not understood: as it came, and why it cannot be changed.
func (f *Form) unreadRow(a *model.Attribute, text string) row {
	at := spot{attr: a.Name}
	if a.Kind == model.KindTags || a.Kind == model.KindLocations || a.Kind == model.KindProperties {
		at.id = addRow // the place that such a field always has
	}
	return row{cells: []cell{{
		at: at, stop: true, label: a.Label,
		owns: func(s spot) bool { return s.attr == a.Name },
		value: func(width int, _ bool) (string, int) {
			value := f.ctx.Theme.Warn.Render(safe.Cut(safe.Text(text), max(1, width*2/3)))
			room := width - safe.Width(value) - 2
			if room < 1 {
				return value, -1
			}
			return value + "  " + f.why(f.locked(at), room), -1
		},
	}}}
}

// unreadText is the value of an attribute that the server gave in a form that is
// not understood, while nothing else is wanted instead.
func (f *Form) unreadText(attribute string) (text string, unread bool) {
	if !slices.Contains(f.state.unread, attribute) {
		return "", false
	}
	return f.base.UnreadText(attribute)
}

func unreadNames(i model.Image) []string { return slices.Sorted(maps.Keys(i.Unread)) }

// wantUnread leaves of the base's values that are not known those that the state
// does not replace: it may have been typed before one reading of the image was
// not understood.
func (s state) wantUnread(i *model.Image) {
	maps.DeleteFunc(i.Unread, func(name string, _ json.RawMessage) bool { return !slices.Contains(s.unread, name) })
	if len(i.Unread) == 0 {
		i.Unread = nil
	}
}

// resetUnread makes an attribute unknown again where it is in start.
func (s *state) resetUnread(start *state, attribute string) {
	if slices.Contains(start.unread, attribute) && !slices.Contains(s.unread, attribute) {
		s.unread = append(slices.Clone(s.unread), attribute)
		slices.Sort(s.unread)
	}
}

// reloaded is a reading that reload asked for.
type reloaded struct {
	form  *Form
	image model.Image
	asked screen.Asked
}

// reload reads the image once more: a value may be understood again, and the edit
// of it is sent only then. A failure says nothing: the fault that stays does.
func (f *Form) reload() tea.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), schemaTimeout)
	f.stopReading = cancel
	service, id, asked := f.ctx.Service, f.base.ID, f.ctx.Ask()
	return func() tea.Msg {
		defer cancel()
		image, err := service.Get(ctx, id)
		if err != nil {
			return nil
		}
		return reloaded{f, image, asked}
	}
}
