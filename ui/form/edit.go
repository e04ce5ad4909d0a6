package form

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// derived is what follows from the base and the state.
type derived struct {
	wanted  wanted
	faults  []fault // the state's own and the rules'
	patch   patch.Patch
	status  model.Status // predicted
	changed bool         // something differs from the base, sendable or not
	locked  map[string]string
	guard   string // why the whole image is read-only; "" when it is not
}

// recompute derives the edit again. It is called after every change.
func (f *Form) recompute() {
	w := f.state.wanted(f.base, f.allowsNull)
	e := derived{wanted: w, faults: w.faults, status: f.base.Status, locked: map[string]string{}}
	patch, faults := f.rules.CheckedDiff(f.base, w.image)
	for _, c := range faults {
		e.faults = append(e.faults, w.place(c))
	}
	slices.SortStableFunc(e.faults, func(a, b fault) int { return f.order(a.at) - f.order(b.at) })
	blocked := slices.ContainsFunc(e.faults, func(x fault) bool { return !x.warning })
	if !blocked {
		e.patch = patch
		e.status = f.rules.Predict(f.base, patch)
	}
	e.changed = blocked || len(patch) > 0 || len(w.faults) > 0
	for _, a := range model.Attributes() {
		if ok, why := f.rules.Editable(f.base, a.Name); !ok {
			e.locked[a.Name] = why
		}
	}
	if !f.anyway {
		e.guard = f.ctx.Service.Session().WhyNotEdit(f.base)
	}
	f.edit, f.touched = e, true
	f.pane.stale()
}

// wire is the edit as the pane shows it: one patch, but for a location that is
// added by a call of its own. parted reports whether it is sent in two requests.
func (f *Form) wire() (shown []rules.Request, parted bool) {
	parts := edit.Part(f.base, f.edit.patch, f.rules, false)
	parted = parts.Several()
	if parts.Partable {
		parts = edit.Part(f.base, f.edit.patch, f.rules, true)
	}
	return parts.Wire(), parted
}

// order is where a place is among the fields.
func (f *Form) order(at spot) int {
	return slices.IndexFunc(f.fields, func(x field) bool { return x.owns(at) })
}

// place puts a fault of the rules at its place in the form.
func (w *wanted) place(c model.Problem) fault {
	out := fault{
		at: spot{attr: c.Field.Attr}, field: c.Field.String(),
		text: c.Text, advice: c.Advice, warning: c.Warning,
	}
	switch c.Field.Attr {
	case "tags":
		out.at.id = addRow
	case "locations":
		out.at.id = addRow
		if i := c.Field.Index; i >= 0 && i < len(w.locations) {
			out.at.id, out.at.part = w.locations[i], partURL
			if c.Field.Part == "metadata" {
				out.at.part = partMetadata
			}
		}
	case "properties":
		out.at.id = addRow
		if id, found := w.properties[c.Field.Key]; found {
			out.at.id, out.at.part = id, partValue
			if c.Field.Part == "name" {
				out.at.part = partName
			}
		}
	}
	return out
}

// allowsNull reports whether an empty text can only mean null for a property.
func (f *Form) allowsNull(property string) bool {
	return f.rules.CheckPropertyValue(property, model.Null[string]()) == nil &&
		f.rules.CheckPropertyValue(property, model.Some("")) != nil
}

// barred is why the place with the focus cannot be changed: nothing of the image
// can, or this cannot.
func (f *Form) barred() string {
	if f.edit.guard != "" {
		return "read-only (" + keys.EditAnyway.Help().Key + " edits it anyway): " + f.edit.guard
	}
	return f.locked(f.focus)
}

// locked is why the place cannot be changed; "" when it can.
func (f *Form) locked(at spot) string {
	if at.attr == "properties" && at.id != addRow {
		return "" // those that are there can be changed even where none can be added
	}
	if at.attr == byServer {
		return "set by the server"
	}
	return f.edit.locked[at.attr]
}

// change applies a change to a copy of the state, remembers the old one, and
// derives all else. Changes of the same group are undone as one.
func (f *Form) change(g group, apply func(*state)) {
	next := f.state.clone()
	apply(&next)
	if next.equal(f.state) {
		return
	}
	f.hist.left(f.state, f.focus, g)
	f.state = next
	f.recompute()
}

// typed gives a key or a paste to the text at the focus.
func (f *Form) typed(m tea.Msg) {
	before := f.editor.Value()
	if !f.editor.Update(m) {
		f.hist.endGroup()
		return
	}
	after := f.editor.Value()
	f.change(group{f.focus, len(after) > len(before)}, func(s *state) {
		*f.focused().text(s, f.focus) = after
	})
	if strings.HasSuffix(after, " ") {
		f.hist.endGroup()
	}
}

// travel goes back or forth in the history.
func (f *Form) travel(step func(moment) (moment, bool), otherwise string) tea.Cmd {
	m, ok := step(moment{f.state, f.focus})
	if !ok {
		return f.Remark(screen.Info, otherwise)
	}
	f.state = m.state
	f.recompute()
	f.focus = f.near(m.focus)
	f.load()
	return nil
}

// resetField makes the focused field the base's again.
func (f *Form) resetField() tea.Cmd {
	at := f.focus
	f.hist.endGroup()
	f.change(group{}, func(s *state) {
		f.focused().reset(s, &f.start, at)
		s.resetUnread(&f.start, at.attr)
	})
	f.focus = f.near(at)
	f.load()
	return nil
}

// resetAll makes every field the base's again.
func (f *Form) resetAll() tea.Cmd {
	if f.state.equal(f.start) {
		return f.Remark(screen.Info, "Nothing changed.")
	}
	f.hist.endGroup()
	f.change(group{}, func(s *state) {
		n := s.nextID
		*s = f.start.clone()
		s.nextID = n
	})
	f.focus = f.near(f.focus)
	f.load()
	return f.Remark(screen.Info, "All fields reset. Press ctrl+z to undo.")
}

// settle ends what is half done at the focus, as leaving it would.
func (f *Form) settle() { f.setFocus(f.focus) }

// setFocus moves the focus, after the place that had it was tidied: a tag
// being typed becomes a chip, rows left empty go.
func (f *Form) setFocus(to spot) {
	f.hist.endGroup()
	if f.focus.attr == "tags" && f.state.tagText != "" {
		f.change(group{}, func(s *state) { s.addTag(s.tagText) })
	}
	if tidy := f.state.tidied(to); !tidy.equal(f.state) {
		f.state = tidy
		f.recompute()
	}
	moved := to != f.focus
	f.focus = f.near(to)
	f.load()
	if moved {
		f.editor.SetPosition(len(f.editor.Value()))
	}
}

// tidied is the state without the rows that were opened and left empty.
func (s state) tidied(keep spot) state {
	c := s.clone()
	c.locations = slices.DeleteFunc(c.locations, func(l location) bool {
		return l.empty() && (keep.attr != "locations" || keep.id != l.id)
	})
	c.properties = slices.DeleteFunc(c.properties, func(p property) bool {
		return p.empty() && (keep.attr != "properties" || keep.id != p.id)
	})
	for i := range c.locations {
		if l := &c.locations[i]; keep.attr != "locations" || keep.id != l.id {
			l.metadata = nonEmpty(l.metadata)
		}
	}
	return c
}

// load puts the text at the focus into the editor. The cursor stays where the
// text is the one that is there already.
func (f *Form) load() {
	text := f.focused().text(&f.state, f.focus)
	if text == nil || f.locked(f.focus) != "" {
		f.editor.SetValue("")
		f.editor.Blur()
		return
	}
	if f.editor.Value() != *text {
		f.editor.SetValue(*text)
	}
	f.editor.Focus()
}

// focused is the field with the focus.
func (f *Form) focused() field {
	for _, x := range f.fields {
		if x.owns(f.focus) {
			return x
		}
	}
	return f.fields[0]
}

// firstBlocking is the first fault that keeps the edit from being sent, in the
// order of the form; nil when none does.
func (f *Form) firstBlocking() *fault {
	var blocking []*fault
	for i := range f.edit.faults {
		if !f.edit.faults[i].warning {
			blocking = append(blocking, &f.edit.faults[i])
		}
	}
	for _, r := range f.rows() {
		for _, b := range blocking {
			if r.shows(b.at) {
				return b
			}
		}
	}
	if len(blocking) > 0 {
		return blocking[0]
	}
	return nil
}
