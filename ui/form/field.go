package form

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// field is one attribute in the form: how it is drawn, and what the keys do
// in it. Its value lives in the form's state.
type field interface {
	// describes is the model's description of the attribute.
	describes() *model.Attribute
	// owns reports whether a place belongs to the field.
	owns(spot) bool
	// rows are its lines, in order.
	rows(*Form) []row
	// key takes a key at the focus; taken is false when it means nothing here.
	key(*Form, tea.KeyPressMsg) (taken bool, cmd tea.Cmd)
	// text is the text that is typed into at a place; nil where none is.
	text(*state, spot) *string
	// reset makes what is at the place as in start.
	reset(s, start *state, at spot)
	// hints are the keys that mean something at the focus.
	hints(*Form) []key.Binding
}

// paster is a field that takes a paste in its own way at some places.
type paster interface {
	paste(f *Form, content string) (taken bool)
}

// helper is a field that has more to say than its attribute's help.
type helper interface {
	help(*Form) string
}

// fieldsFor gives the fields that make sense for a session, in the order in
// which the model lists the attributes.
func fieldsFor(session api.Session) []field {
	var out []field
	for _, a := range model.Attributes() {
		if a.ByServer || a.Name == "owner" && session.RolesKnown && !session.IsAdmin {
			continue
		}
		b := attribute{a}
		switch a.Kind {
		case model.KindText:
			out = append(out, textField{b})
		case model.KindInteger:
			out = append(out, numberField{textField{b}})
		case model.KindBool:
			out = append(out, toggleField{b})
		case model.KindChoice:
			out = append(out, choiceField{b})
		case model.KindTags:
			out = append(out, tagsField{b})
		case model.KindLocations:
			out = append(out, locationsField{b})
		case model.KindProperties:
			out = append(out, propertiesField{b})
		}
	}
	return out
}

// attribute is what all fields share.
type attribute struct{ *model.Attribute }

func (a attribute) describes() *model.Attribute { return a.Attribute }
func (a attribute) owns(s spot) bool            { return s.attr == a.Name }
func (a attribute) at() spot                    { return spot{attr: a.Name} }
func (a attribute) text(*state, spot) *string   { return nil }
func (a attribute) hints(*Form) []key.Binding   { return nil }

func (a attribute) key(*Form, tea.KeyPressMsg) (bool, tea.Cmd) { return false, nil }

// sign is what the margin says of a row.
type sign int

const (
	same sign = iota
	changed
	added
	going
)

func signOf(differs bool) sign {
	if differs {
		return changed
	}
	return same
}

// row is one line of the form, of one cell or of two side by side, with room
// for faults beneath; or a filler, an empty line between groups.
type row struct {
	cells  []cell
	filler bool
}

// cell is one place in a row.
type cell struct {
	at   spot
	stop bool            // tab and the arrows stop at it
	owns func(spot) bool // places that it stands for; nil: its own alone
	mark sign
	// label is in the column of labels; where it is empty, the value begins
	// there, as the rows of lists do.
	label string
	// value draws the rest in at most width columns; focus reports whether one of
	// its places has it. cursor is the column of the terminal's cursor, -1 for
	// none.
	value func(width int, focus bool) (text string, cursor int)
}

func (c cell) has(s spot) bool {
	if c.owns != nil {
		return c.owns(s)
	}
	return c.at == s && s.attr != ""
}

// shows reports whether a fault at a place is drawn beneath the row.
func (r row) shows(s spot) bool {
	for _, c := range r.cells {
		if c.stop && (c.has(s) || c.at.attr == s.attr && c.at.id == s.id && c.at.part == fieldItself) {
			return true
		}
	}
	return false
}

// heading is a row that names the list beneath it.
func heading(f *Form, title, remark string, mark sign) row {
	return row{cells: []cell{{mark: mark, value: func(width int, _ bool) (string, int) {
		t := f.ctx.Theme
		return safe.Cut(t.Dim.Render(title)+"  "+t.Faint.Render(safe.Text(remark)), width), -1
	}}}}
}

// why draws the reason for a lock.
func (f *Form) why(reason string, width int) string {
	t := f.ctx.Theme
	return t.Faint.Render(safe.Cut(t.Glyphs.Lock+" "+safe.Text(reason), width))
}

// say is a sentence of ours with the arrows and dots that the terminal can draw.
func (f *Form) say(s string) string {
	if !f.ctx.Theme.Glyphs.Plain {
		return s
	}
	return plainly.Replace(s)
}

var plainly = strings.NewReplacer("…", "...", "←", "left", "→", "right", "↑", "up", "↓", "down")

// angles are the signs around what left and right change.
func (f *Form) angles() (left, right string) {
	if f.ctx.Theme.Glyphs.Plain {
		return "<", ">"
	}
	return "‹", "›"
}

func (f *Form) minus() string {
	if f.ctx.Theme.Glyphs.Plain {
		return "-"
	}
	return "−"
}
