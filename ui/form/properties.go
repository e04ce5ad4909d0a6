package form

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/input"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// propertiesField is the custom properties, and behind them what only the
// server sets. A row's value has the focus first; left from its beginning
// leads to the name.
type propertiesField struct{ attribute }

// byServer is the attribute of the places of what only the server sets.
const byServer = "by server"

// Names take what the longest needs, within these bounds.
const (
	minNameWidth = 12
	nameShare    = 45 // per cent of the row
)

func (x propertiesField) owns(s spot) bool { return s.attr == x.Name || s.attr == byServer }

func (x propertiesField) place(id int, p part) spot { return spot{attr: x.Name, id: id, part: p} }

func (x propertiesField) text(s *state, at spot) *string {
	if at.attr == byServer {
		return nil
	}
	p := s.propertyRow(at.id)
	switch {
	case p == nil || p.going:
		return nil
	case at.part == partName:
		return &p.name
	}
	return &p.value
}

func (x propertiesField) rows(f *Form) []row {
	count, widest := 0, minNameWidth
	for _, p := range f.state.properties {
		if !p.going && !p.empty() {
			count++
		}
		widest = max(widest, safe.Width(safe.Text(p.name))+1)
	}
	out := []row{heading(f, x.Label, fmt.Sprint(count), same)}
	for i := range f.state.properties {
		p := f.state.properties[i]
		at := x.place(p.id, partValue)
		if p.new && f.focus == x.place(p.id, partName) {
			at.part = partName
		}
		out = append(out, row{cells: []cell{{
			at: at, stop: true, mark: x.mark(f, p),
			owns: func(s spot) bool { return s.attr == x.Name && s.id == p.id },
			value: func(width int, focus bool) (string, int) {
				return x.draw(f, p, min(widest, width*nameShare/100), width, focus)
			},
		}}})
	}
	out = append(out, row{cells: []cell{{
		at: x.place(addRow, fieldItself), stop: true,
		value: func(width int, _ bool) (string, int) {
			if why := f.locked(x.place(addRow, fieldItself)); why != "" {
				return f.why(why, width), -1
			}
			return f.ctx.Theme.Faint.Render(safe.Cut(f.say("add a property…"), width)), -1
		},
	}}})
	return append(out, x.serverRows(f)...)
}

func (x propertiesField) mark(f *Form, p property) sign {
	switch {
	case p.going:
		return going
	case p.new:
		return added
	}
	old := x.inStart(&f.start, p)
	return signOf(old != nil && (old.name != p.name || old.value != p.value))
}

func (x propertiesField) inStart(start *state, p property) *property {
	if p.new {
		return nil
	}
	i, found := slices.BinarySearchFunc(start.properties, p.from, func(o property, name string) int {
		return strings.Compare(o.from, name)
	})
	if !found {
		return nil
	}
	return &start.properties[i]
}

func (x propertiesField) draw(f *Form, p property, nameWidth, width int, focus bool) (string, int) {
	t := f.ctx.Theme
	room := max(0, width-nameWidth-1)
	if p.going {
		gone := t.Bad.Strikethrough(true)
		line := input.Draw(t, gone, p.name, min(nameWidth, width)) + " " + input.Draw(t, gone, p.value, room)
		return safe.Cut(line, width), -1
	}
	if focus && f.focus.part == partName {
		name, cursor := f.drawText(p.name, "name", min(nameWidth, width), true)
		value, _ := f.drawText(p.value, "value", room, false)
		return safe.Cut(name+" "+value, width), min(cursor, width-1)
	}
	name := t.Faint.Render(safe.Pad("name", min(nameWidth, width)))
	if p.name != "" {
		name = input.Draw(t, t.Dim, p.name, min(nameWidth, width))
	}
	empty := "empty"
	if v, found := f.base.Properties[p.name]; found && !v.Set && p.value == "" {
		empty = "null"
	}
	value, cursor := f.drawValue(p.value, empty, room, focus)
	if cursor >= 0 {
		cursor = min(cursor+nameWidth+1, width-1)
	}
	return safe.Cut(name+" "+value, width), cursor
}

// serverRows are what the answer held besides; they can be looked at.
func (x propertiesField) serverRows(f *Form) []row {
	var names []string
	for name := range f.base.Extra {
		switch name {
		case "self", "file", "schema": // addresses of the API, the same for every image
		default:
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	out := []row{{filler: true}, heading(f, "Set by the server", "", same)}
	for i, name := range names {
		value := strings.Trim(string(f.base.Extra[name]), `"`)
		out = append(out, row{cells: []cell{{
			at: spot{attr: byServer, id: i}, stop: true,
			value: func(width int, _ bool) (string, int) {
				t := f.ctx.Theme
				nameWidth := min(max(minNameWidth, safe.Width(safe.Text(name))+1), width*nameShare/100)
				line := input.Draw(t, t.Faint, name, nameWidth) + " " + input.Draw(t, t.Faint, value, max(0, width-nameWidth-1))
				return safe.Cut(line, width), -1
			},
		}}})
	}
	return out
}

func (x propertiesField) key(f *Form, m tea.KeyPressMsg) (bool, tea.Cmd) {
	at := f.focus
	if at.id == addRow {
		if m.Text == "" && !key.Matches(m, keys.Add) {
			return false, nil
		}
		x.spawn(f)
		if m.Text != "" && m.Text != " " {
			f.typed(m)
		}
		return true, nil
	}
	p := f.state.propertyRow(at.id)
	typing := !p.going
	switch {
	case key.Matches(m, keys.InLines) && f.mayHaveLines():
		f.inLines = true
	case key.Matches(m, keys.Remove) && (!typing || m.Code != tea.KeyDelete):
		x.remove(f, at.id)
	case !typing:
		return false, nil
	case at.part != partName && m.Code == tea.KeyLeft && f.editor.AtStart():
		f.setFocus(x.place(at.id, partName))
	case at.part == partName && m.Code == tea.KeyRight && f.editor.AtEnd(),
		at.part == partName && (key.Matches(m, keys.Add) || m.Code == tea.KeyTab && m.Mod == 0):
		f.setFocus(x.place(at.id, partValue))
		if m.Code == tea.KeyRight {
			f.editor.SetPosition(0)
		}
	case at.part == partValue && p.new && m.Code == tea.KeyTab && m.Mod == tea.ModShift:
		f.setFocus(x.place(at.id, partName))
	case m.Code == tea.KeyBackspace && p.new && p.empty():
		x.remove(f, at.id)
	default:
		return false, nil
	}
	return true, nil
}

// spawn adds an empty property and begins with its name.
func (x propertiesField) spawn(f *Form) {
	f.hist.endGroup()
	id := f.state.nextID
	at := x.place(id, partName)
	f.change(group{at: at, typing: true}, func(s *state) {
		s.nextID++
		s.properties = append(s.properties, property{id: id, new: true})
	})
	g := f.hist.group
	f.setFocus(at)
	f.hist.group = g
}

// remove marks a property of the base as going, or brings it back; a new one
// goes at once.
func (x propertiesField) remove(f *Form, id int) {
	f.hist.endGroup()
	at := slices.IndexFunc(f.state.properties, func(p property) bool { return p.id == id })
	f.change(group{}, func(s *state) {
		if s.properties[at].new {
			s.properties = slices.Delete(s.properties, at, at+1)
			return
		}
		s.properties[at].going = !s.properties[at].going
	})
	to := x.place(addRow, fieldItself)
	if at < len(f.state.properties) {
		to = x.place(f.state.properties[at].id, partValue)
	}
	f.setFocus(to)
}

// paste of name=value lines at the last row makes a property of each.
func (x propertiesField) paste(f *Form, content string) (taken bool) {
	if f.focus.id != addRow {
		return false
	}
	lines := strings.FieldsFunc(content, func(r rune) bool { return r == '\n' || r == '\r' })
	if len(lines) == 0 || slices.ContainsFunc(lines, func(l string) bool { return !strings.Contains(l, "=") }) {
		x.spawn(f)
		return false
	}
	f.hist.endGroup()
	f.change(group{}, func(s *state) {
		for _, l := range lines {
			name, value, _ := strings.Cut(l, "=")
			s.setProperty(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	})
	return true
}

// setProperty gives the property of a name a value, and adds it where there is
// none.
func (s *state) setProperty(name, value string) {
	for i := range s.properties {
		if p := &s.properties[i]; p.name == name {
			p.value, p.going = value, false
			return
		}
	}
	s.properties = append(s.properties, property{id: s.nextID, new: true, name: name, value: value})
	s.nextID++
}

func (x propertiesField) reset(s, start *state, at spot) {
	p := s.propertyRow(at.id)
	if p == nil {
		s.properties = start.clone().properties
		return
	}
	old := x.inStart(start, *p)
	if old == nil {
		s.properties = slices.DeleteFunc(s.properties, func(o property) bool { return o.id == at.id })
		return
	}
	p.name, p.value, p.going = old.name, old.value, false
}

func (x propertiesField) hints(f *Form) []key.Binding {
	if f.focus.attr == byServer {
		return nil
	}
	if f.focus.id == addRow {
		return []key.Binding{keys.Add}
	}
	if f.focus.part == partValue && !f.state.propertyRow(f.focus.id).going {
		return []key.Binding{keys.Remove, keys.InLines}
	}
	return []key.Binding{keys.Remove}
}

func (x propertiesField) help(f *Form) string {
	switch {
	case f.focus.attr == byServer:
		return "Set by the server."
	case f.focus.id == addRow:
		if !f.schema().AdditionalProperties {
			return safe.Text("This server allows only: " + strings.Join(f.rules.DeclaredProperties(), ", ") + ".")
		}
		return x.Help + " Type a name, or paste lines of name=value."
	case f.state.propertyRow(f.focus.id).going:
		return "Press ctrl+k to restore it."
	}
	name := f.state.propertyRow(f.focus.id).name
	described := f.schema().Attributes[name].Description
	if choices := f.rules.Choices(name); len(choices) > 0 {
		described = strings.TrimSpace("One of " + strings.Join(choices, ", ") + ". " + described)
	}
	if described != "" {
		return safe.Text(described)
	}
	return "← at the start of the value: edit the name; ctrl+k: remove"
}

// schema is the deployment's schema, or the usual one until that is known.
func (f *Form) schema() *rules.Schema {
	if f.rules.Schema != nil {
		return f.rules.Schema
	}
	return rules.DefaultSchema()
}
