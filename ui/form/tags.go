package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// tagsField is a set of tags as chips, and behind them the text of the next.
// Its places are the chips by their index, and addRow for the text.
type tagsField struct{ attribute }

// tagRoom is the least room for typing behind the chips of a line.
const tagRoom = 14

const addTagHere = "add a tag…"

func (x tagsField) text(s *state, at spot) *string {
	if at.id == addRow {
		return &s.tagText
	}
	return nil
}

func (x tagsField) textSpot() spot { return spot{attr: x.Name, id: addRow} }

func (x tagsField) differs(f *Form) bool {
	return f.state.tagText != "" || slices.ContainsFunc(f.state.tags, func(t tag) bool { return t.new || t.going })
}

// rows break the chips into lines, which needs the room that a value has.
func (x tagsField) rows(f *Form) []row {
	var out []row
	lines := x.lines(f, f.valueWidth())
	for i, line := range lines {
		last := i == len(lines)-1
		c := cell{
			at: spot{attr: x.Name, id: line[0]}, label: " ",
			owns: func(s spot) bool { return s.attr == x.Name && slices.Contains(line, s.id) },
			value: func(width int, focus bool) (string, int) {
				return x.draw(f, line, width, focus)
			},
		}
		if last {
			c.at, c.stop = x.textSpot(), true
		}
		if i == 0 {
			c.label, c.mark = x.Label, signOf(x.differs(f))
		}
		out = append(out, row{cells: []cell{c}})
	}
	return out
}

// lines are the chips' indices by line; the last ends with addRow.
func (x tagsField) lines(f *Form, width int) [][]int {
	lines := [][]int{nil}
	used := 0
	put := func(id, w int) {
		n := len(lines) - 1
		if used > 0 && used+1+w > width {
			lines = append(lines, nil)
			n, used = n+1, 0
		}
		lines[n] = append(lines[n], id)
		used += w + 1
	}
	for i, t := range f.state.tags {
		put(i, safe.Width(chipText(t.text))+2)
	}
	put(addRow, tagRoom)
	return lines
}

// chipText is a tag as it is drawn; the empty tag is legal and needs a sign.
func chipText(tag string) string {
	if tag == "" {
		return `""`
	}
	return safe.Text(tag)
}

func (x tagsField) draw(f *Form, line []int, width int, focus bool) (string, int) {
	t := f.ctx.Theme
	var b strings.Builder
	used, cursor := 0, -1
	for _, id := range line {
		if used > 0 && used < width {
			b.WriteString(" ")
			used++
		}
		room := width - used
		if room <= 0 {
			break
		}
		if id == addRow {
			text := t.Faint.Render(safe.Cut(f.say(addTagHere), room))
			if focus && f.focus.id == addRow {
				text, cursor = f.drawText("", f.say(addTagHere), room, true)
				cursor += used
			} else if f.state.tagText != "" {
				text, _ = f.drawText(f.state.tagText, "", room, false)
			}
			b.WriteString(text)
			break
		}
		chip, style := f.state.tags[id], t.Chip
		before, after := " ", " "
		switch {
		case chip.going:
			before, style = f.minus(), t.ChipCut
		case chip.new:
			before, style = "+", t.ChipNew
		}
		if focus && f.focus.id == id {
			before, after = t.Glyphs.Cursor, before
			style = t.Selected.Inherit(t.Accent).Strikethrough(chip.going)
		}
		text := safe.Cut(before+chipText(chip.text)+after, room)
		b.WriteString(style.Render(text))
		used += safe.Width(text)
	}
	return b.String(), cursor
}

func (x tagsField) key(f *Form, m tea.KeyPressMsg) (bool, tea.Cmd) {
	if f.focus.id == addRow {
		return x.keyInText(f, m)
	}
	at, count := f.focus.id, len(f.state.tags)
	switch {
	case m.Code == tea.KeyLeft:
		x.goTo(f, max(at-1, 0))
	case m.Code == tea.KeyRight && at == count-1, m.Code == tea.KeyEnd:
		x.goTo(f, addRow)
	case m.Code == tea.KeyRight:
		x.goTo(f, at+1)
	case m.Code == tea.KeyHome:
		x.goTo(f, 0)
	case key.Matches(m, keys.Remove), m.Code == tea.KeyBackspace, key.Matches(m, keys.Toggle):
		x.remove(f, at)
	case m.Text != "":
		x.goTo(f, addRow)
		return x.keyInText(f, m)
	default:
		return false, nil
	}
	return true, nil
}

func (x tagsField) keyInText(f *Form, m tea.KeyPressMsg) (bool, tea.Cmd) {
	typed := f.state.tagText
	switch {
	case m.Text == "," && !inQuotes(typed), key.Matches(m, keys.Add) && strings.TrimSpace(typed) != "":
		return true, x.add(f, typed)
	case len(f.state.tags) > 0 && f.editor.AtStart() && (m.Code == tea.KeyLeft || m.Code == tea.KeyBackspace && typed == ""):
		x.goTo(f, len(f.state.tags)-1)
		return true, nil
	case f.editor.Takes(m):
		f.typed(m)
		return true, nil
	}
	return false, nil
}

// goTo moves within the field; a text being typed stays.
func (x tagsField) goTo(f *Form, id int) {
	f.hist.endGroup()
	f.focus = spot{attr: x.Name, id: id}
	f.load()
}

func (x tagsField) add(f *Form, typed string) tea.Cmd {
	text, some := readTag(typed)
	known := some && slices.ContainsFunc(f.state.tags, func(t tag) bool { return t.text == text && !t.going })
	f.hist.endGroup()
	f.change(group{}, func(s *state) { s.addTag(typed) })
	f.load()
	if known {
		return f.Remark(screen.Info, draw.Around(f.width, "Tag ", chipText(text), " already exists."))
	}
	return nil
}

// A tag can be typed in quotation marks, in which a comma is a letter like any
// other and a backslash takes the next letter as it is.

// readTag is the tag that a text stands for; none for nothing but blanks.
func readTag(typed string) (tag string, some bool) {
	typed = strings.TrimSpace(typed)
	if tag, rest, closed := quoted(typed); closed && rest == "" {
		return tag, true
	}
	return typed, typed != ""
}

// inQuotes reports whether a text ends inside of quotation marks.
func inQuotes(typed string) bool {
	typed = strings.TrimSpace(typed)
	_, _, closed := quoted(typed)
	return strings.HasPrefix(typed, `"`) && !closed
}

// quoted takes a text in quotation marks off the front of another.
func quoted(s string) (text, rest string, closed bool) {
	inner, opened := strings.CutPrefix(s, `"`)
	var out strings.Builder
	for escaped := false; opened && inner != ""; {
		_, n := utf8.DecodeRuneInString(inner)
		letter := inner[:n]
		inner = inner[n:]
		switch {
		case !escaped && letter == `"`:
			return out.String(), inner, true
		case !escaped && letter == `\`:
			escaped = true
		default:
			out.WriteString(letter)
			escaped = false
		}
	}
	return "", s, false
}

// readTags are the parts of a text between commas and line breaks, but for those
// in quotation marks.
func readTags(s string) []string {
	var parts []string
	for s != "" {
		s = strings.TrimLeft(s, " \t\n\r,")
		end := 0
		if _, rest, closed := quoted(s); closed {
			end = len(s) - len(rest)
		}
		if n := strings.IndexAny(s[end:], ",\n\r"); n >= 0 {
			end += n
		} else {
			end = len(s)
		}
		if part := s[:end]; part != "" {
			parts = append(parts, part)
		}
		s = s[end:]
	}
	return parts
}

// addTag makes a chip of a text, brings back one that was going, and leaves
// one that is there.
func (s *state) addTag(typed string) {
	s.tagText = ""
	text, some := readTag(typed)
	if !some {
		return
	}
	for i := range s.tags {
		if s.tags[i].text == text {
			s.tags[i].going = false
			return
		}
	}
	s.tags = append(s.tags, tag{text: text, new: true})
}

// remove marks a tag of the base as going, or brings it back; a new one goes
// at once.
func (x tagsField) remove(f *Form, at int) {
	f.change(group{}, func(s *state) {
		if s.tags[at].new {
			s.tags = slices.Delete(s.tags, at, at+1)
			return
		}
		s.tags[at].going = !s.tags[at].going
	})
	if n := len(f.state.tags); at >= n {
		at = n - 1 // addRow when none is left
	}
	x.goTo(f, at)
}

// paste takes several tags at once, parted by commas or line breaks.
func (x tagsField) paste(f *Form, content string) (taken bool) {
	if !strings.ContainsAny(content, ",\n\r") {
		x.goTo(f, addRow)
		return false
	}
	parts := readTags(f.state.tagText + content)
	f.hist.endGroup()
	f.change(group{}, func(s *state) {
		for _, p := range parts {
			s.addTag(p)
		}
	})
	x.goTo(f, addRow)
	said := "Pasted as " + draw.Count(len(parts), "tag") + "."
	if len(parts) > 1 {
		said += ` Quotation marks keep a comma in a tag: "a,b".`
	}
	f.Flash(screen.Info, said)
	return true
}

func (x tagsField) reset(s, start *state, at spot) {
	if at.id == addRow {
		s.tags, s.tagText = slices.Clone(start.tags), ""
		return
	}
	if at.id < len(s.tags) && s.tags[at.id].new {
		s.tags = slices.Delete(s.tags, at.id, at.id+1)
	} else if at.id < len(s.tags) {
		s.tags[at.id].going = false
	}
}

func (x tagsField) hints(f *Form) []key.Binding {
	if f.focus.id == addRow {
		return []key.Binding{keys.Add}
	}
	return []key.Binding{keys.Remove}
}

func (x tagsField) help(f *Form) string {
	if f.focus.id == addRow {
		return x.Help + " Press enter or comma to add a tag; in quotes, a comma is part of it."
	}
	return "ctrl+k: remove the tag, or restore a removed one"
}
