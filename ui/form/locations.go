package form

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/input"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// locationsField is the list of locations. A row has the focus as a whole, to
// be moved, removed or opened; an open one is edited: its URL, then its
// metadata line by line. A URL is not typed into by accident: another URL
// means another location, and the data behind the old one is deleted.
type locationsField struct{ attribute }

// editsLocation reports whether the focus is within an open location.
func (f *Form) editsLocation() bool { return f.open != 0 && f.focus.part != fieldItself }

// hidesLocation reports whether a location goes where no one sees it.
func (f *Form) hidesLocation() bool {
	return !f.base.LocationsShown && f.locked(spot{attr: "locations"}) == ""
}

func (x locationsField) row(id int) spot { return spot{attr: x.Name, id: id} }

func (x locationsField) text(s *state, at spot) *string {
	l := s.locationRow(at.id)
	switch {
	case l == nil:
		return nil
	case at.part == partURL:
		return &l.url
	case at.part == partMetadata && at.line < len(l.metadata):
		return &l.metadata[at.line]
	case at.part == partMetadata:
		return &noText
	}
	return nil
}

// noText is the text of a line that does not exist yet; nothing is written
// to it (see lineForTyping).
var noText string

func (x locationsField) rows(f *Form) []row {
	count, order := 0, signOf(x.reordered(f))
	for _, l := range f.state.locations {
		if !l.going && !l.empty() {
			count++
		}
	}
	remark := fmt.Sprint(count)
	if order == changed {
		remark += "  reordered"
	}
	if why := f.locked(x.at()); why != "" {
		remark = f.ctx.Theme.Glyphs.Lock + " " + why
		switch {
		case f.base.LocationsShown && f.base.LocationsWithheld:
			remark = fmt.Sprintf("%d as last shown  %s", count, remark)
		case f.base.LocationsShown:
			remark = fmt.Sprint(count) + "  " + remark
		}
	}
	out := []row{heading(f, x.Label, remark, order)}
	for i := range f.state.locations {
		l := f.state.locations[i]
		if l.id == f.open {
			out = append(out, x.openRows(f, l)...)
			continue
		}
		out = append(out, row{cells: []cell{{
			at: x.row(l.id), stop: true, mark: x.mark(f, l),
			value: func(width int, _ bool) (string, int) { return x.draw(f, l, width), -1 },
		}}})
	}
	return append(out, x.lastRow(f))
}

// lastRow is where a location is added; where none can be, it keeps the reason
// within reach of the focus.
func (x locationsField) lastRow(f *Form) row {
	return row{cells: []cell{{
		at: x.row(addRow), stop: true,
		value: func(width int, _ bool) (string, int) {
			if why := f.locked(x.at()); why != "" {
				return f.ctx.Theme.Faint.Render(safe.Cut(f.say("cannot be changed"), width)), -1
			}
			return f.ctx.Theme.Faint.Render(safe.Cut(f.say("add a location…"), width)), -1
		},
	}}}
}

func (x locationsField) mark(f *Form, l location) sign {
	switch {
	case l.going:
		return going
	case l.from < 0:
		return added
	}
	old := x.inStart(&f.start, l)
	return signOf(old != nil && (old.url != l.url || !slices.Equal(nonEmpty(old.metadata), nonEmpty(l.metadata))))
}

func (x locationsField) inStart(start *state, l location) *location {
	for i := range start.locations {
		if start.locations[i].from == l.from && l.from >= 0 {
			return &start.locations[i]
		}
	}
	return nil
}

// reordered reports whether those that stay are in another order than on the
// server, or behind a new one.
func (x locationsField) reordered(f *Form) bool {
	last, afterNew := -1, false
	for _, l := range f.state.locations {
		switch {
		case l.going || l.empty():
		case l.from < 0:
			afterNew = true
		case l.from < last || afterNew:
			return true
		default:
			last = l.from
		}
	}
	return false
}

func (x locationsField) draw(f *Form, l location, width int) string {
	t := f.ctx.Theme
	style := t.Link
	if l.going {
		style = t.Bad.Strikethrough(true)
	}
	meta := safe.Text(metadataBrief(l.metadata))
	metaWidth := min(safe.Width(meta), width/3)
	room := width - metaWidth - 2
	if room < 12 {
		room, metaWidth = width, 0
	}
	line := safe.Pad(style.Render(safe.CutMiddle(safe.Text(l.url), room)), room)
	if metaWidth > 0 {
		line += "  " + t.Dim.Render(safe.Cut(meta, metaWidth))
	}
	return safe.Cut(line, width)
}

// openRows are the lines of a location that is being edited.
func (x locationsField) openRows(f *Form, l location) []row {
	part := func(at spot, label, empty string, mark sign, value string) row {
		return row{cells: []cell{{
			at: at, stop: true, mark: mark, label: label,
			value: func(width int, focus bool) (string, int) { return f.drawText(value, empty, width, focus) },
		}}}
	}
	out := []row{part(spot{attr: x.Name, id: l.id, part: partURL}, "URL", f.say("http://…"), x.mark(f, l), l.url)}
	for n := range len(l.metadata) + 1 {
		at := spot{attr: x.Name, id: l.id, part: partMetadata, line: n}
		label, value := " ", ""
		if n == 0 {
			label = "Metadata"
		}
		if n < len(l.metadata) {
			value = l.metadata[n]
		}
		out = append(out, part(at, label, "key=value, or JSON", same, value))
	}
	return out
}

func (x locationsField) key(f *Form, m tea.KeyPressMsg) (bool, tea.Cmd) {
	switch at := f.focus; {
	case at.id == addRow:
		if m.Text == "" && !key.Matches(m, keys.Add) {
			return false, nil
		}
		x.spawn(f)
		if m.Text != "" && m.Text != " " {
			f.typed(m)
		}
		return true, nil
	case at.part == fieldItself:
		return x.keyOnRow(f, m)
	default:
		return x.keyInText(f, m)
	}
}

func (x locationsField) keyOnRow(f *Form, m tea.KeyPressMsg) (bool, tea.Cmd) {
	id := f.focus.id
	switch {
	case key.Matches(m, keys.Remove), m.Code == tea.KeyBackspace:
		x.remove(f, id)
	case key.Matches(m, keys.MoveUp), m.Text == "K":
		x.move(f, id, -1)
	case key.Matches(m, keys.MoveDown), m.Text == "J":
		x.move(f, id, +1)
	case key.Matches(m, keys.EditItem):
		if f.state.locationRow(id).going {
			return true, f.Remark(screen.Info, "This location is marked for removal. Press ctrl+k to restore it.")
		}
		f.setFocus(spot{attr: x.Name, id: id, part: partURL})
	default:
		return false, nil
	}
	return true, nil
}

func (x locationsField) keyInText(f *Form, m tea.KeyPressMsg) (bool, tea.Cmd) {
	at := f.focus
	l := f.state.locationRow(at.id)
	next := spot{attr: x.Name, id: at.id, part: partMetadata, line: at.line + 1}
	switch {
	case key.Matches(m, keys.Add) && at.part == partURL:
		next.line = len(nonEmpty(l.metadata))
		f.setFocus(next)
	case key.Matches(m, keys.Add) && f.editor.Value() == "":
		f.setFocus(x.row(at.id))
	case key.Matches(m, keys.Add):
		f.setFocus(next)
	case key.Matches(m, keys.Remove) && m.Code != tea.KeyDelete:
		x.removeText(f, at)
	case m.Code == tea.KeyBackspace && f.editor.Value() == "" && (at.part == partMetadata || l.from < 0):
		x.removeText(f, at)
	case f.editor.Takes(m):
		if m.Text != "" {
			x.lineForTyping(f)
		}
		f.typed(m)
	default:
		return false, nil
	}
	return true, nil
}

// removeText takes away what the focus is on while a location is open: the
// location at its URL, else the line of metadata.
func (x locationsField) removeText(f *Form, at spot) {
	if at.part == partURL {
		x.remove(f, at.id)
		return
	}
	f.hist.endGroup()
	f.change(group{}, func(s *state) {
		if l := s.locationRow(at.id); at.line < len(l.metadata) {
			l.metadata = slices.Delete(l.metadata, at.line, at.line+1)
		}
	})
	if at.line > 0 {
		at.line--
	}
	f.focus = f.near(at)
	f.load()
}

// lineForTyping makes the line of metadata that is about to be typed into.
func (x locationsField) lineForTyping(f *Form) {
	at := f.focus
	if l := f.state.locationRow(at.id); at.part != partMetadata || at.line < len(l.metadata) {
		return
	}
	f.change(group{at: at, typing: true}, func(s *state) {
		l := s.locationRow(at.id)
		l.metadata = append(l.metadata, "")
	})
}

// spawn adds an empty location and opens it.
func (x locationsField) spawn(f *Form) {
	f.hist.endGroup()
	id := f.state.nextID
	f.change(group{at: spot{attr: x.Name, id: id, part: partURL}, typing: true}, func(s *state) {
		s.nextID++
		s.locations = append(s.locations, location{id: id, from: -1})
	})
	g := f.hist.group
	f.setFocus(spot{attr: x.Name, id: id, part: partURL})
	f.hist.group = g // the first letter belongs to it
}

// remove marks a location of the base as going, or brings it back; a new one
// goes at once.
func (x locationsField) remove(f *Form, id int) {
	f.hist.endGroup()
	at := slices.IndexFunc(f.state.locations, func(l location) bool { return l.id == id })
	f.change(group{}, func(s *state) {
		if s.locations[at].from < 0 {
			s.locations = slices.Delete(s.locations, at, at+1)
			return
		}
		s.locations[at].going = !s.locations[at].going
	})
	to := addRow
	if at < len(f.state.locations) {
		to = f.state.locations[at].id
	}
	f.setFocus(x.row(to))
}

func (x locationsField) move(f *Form, id, by int) {
	f.change(group{at: x.row(id)}, func(s *state) {
		at := slices.IndexFunc(s.locations, func(l location) bool { return l.id == id })
		if to := at + by; to >= 0 && to < len(s.locations) {
			s.locations[at], s.locations[to] = s.locations[to], s.locations[at]
		}
	})
}

// paste at the last row makes a location of every line.
func (x locationsField) paste(f *Form, content string) (taken bool) {
	if f.focus.id != addRow {
		x.lineForTyping(f)
		return false
	}
	lines := strings.FieldsFunc(content, func(r rune) bool { return r == '\n' || r == '\r' })
	if len(lines) < 2 {
		x.spawn(f)
		line, _ := input.OneLine(content)
		f.typed(tea.PasteMsg{Content: line})
		return true
	}
	f.hist.endGroup()
	f.change(group{}, func(s *state) {
		for _, l := range lines {
			if l = strings.TrimSpace(l); l != "" {
				s.locations = append(s.locations, location{id: s.nextID, from: -1, url: l})
				s.nextID++
			}
		}
	})
	return true
}

func (x locationsField) reset(s, start *state, at spot) {
	l := s.locationRow(at.id)
	if l == nil {
		s.locations = start.clone().locations
		return
	}
	old := x.inStart(start, *l)
	if old == nil {
		s.locations = slices.DeleteFunc(s.locations, func(o location) bool { return o.id == at.id })
		return
	}
	l.url, l.metadata, l.going = old.url, slices.Clone(old.metadata), old.going
}

func (x locationsField) hints(f *Form) []key.Binding {
	switch {
	case f.focus.id == addRow:
		return []key.Binding{keys.Add}
	case f.focus.part == fieldItself:
		return []key.Binding{keys.EditItem, keys.Remove, keys.MoveUp, keys.MoveDown}
	}
	return []key.Binding{keys.Remove}
}

func (x locationsField) help(f *Form) string {
	switch {
	case f.focus.id == addRow && f.hidesLocation():
		return "Type or paste one URL; it will be hidden and cannot be changed later."
	case f.focus.id == addRow:
		return x.Help + " Type or paste a URL here."
	case f.hidesLocation() && f.focus.part == partMetadata:
		return "This server hides locations and stores no metadata for them."
	case f.focus.part == partURL:
		return "enter: edit metadata; esc: done"
	case f.focus.part == partMetadata:
		return "One key=value per line, or one JSON object. The server sets “store”."
	}
	return "enter: edit; ctrl+k: remove or restore; alt+↑/↓: move"
}
