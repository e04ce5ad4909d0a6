package form

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// frame is what was drawn last: View and Cursor are asked one after the other.
type frame struct {
	lines  []string
	cursor *tea.Cursor
	fresh  bool // nothing happened since
}

// SetSize is the room for View.
func (f *Form) SetSize(width, height int) {
	f.width, f.height = max(width, 1), max(height, 1)
	f.frame.fresh = false
}

// View draws fields, help and patch.
func (f *Form) View() string {
	f.compose()
	return draw.Fit(f.frame.lines, f.width, f.height)
}

// Cursor is the terminal's cursor, where a text has the focus.
func (f *Form) Cursor() *tea.Cursor {
	f.compose()
	c := f.frame.cursor
	if c == nil || f.edit.guard != "" || c.X >= f.width || c.Y >= f.height {
		return nil
	}
	at := *c // the root moves it to where the body is
	return &at
}

func (f *Form) compose() {
	if f.frame.fresh {
		return
	}
	g := f.geometry()
	f.pane.layout(f, g.pane)
	f.frame = frame{fresh: true}
	if f.pane.full {
		f.frame.lines = draw.Indented(f.pane.view(f), margin)
		return
	}
	if f.inLines && f.mayHaveLines() {
		f.frame.lines = f.linesView()
		return
	}
	lines := f.fieldLines(g)
	pane := f.pane.view(f)
	if !g.wide {
		f.frame.lines = append(lines, draw.Indented(pane, margin)...)
		return
	}
	bar := "│"
	if f.ctx.Theme.Glyphs.Plain {
		bar = "|"
	}
	bar = " " + f.ctx.Theme.Faint.Render(bar) + " "
	for i := range lines {
		lines[i] = safe.Pad(lines[i], g.fields.width) + bar
		if i < len(pane) {
			lines[i] += pane[i]
		}
	}
	f.frame.lines = lines
}

// fieldLines are the fields with their heading and the help beneath them; they
// put the cursor into the frame.
func (f *Form) fieldLines(g geometry) []string {
	all, focus := f.lines(g)
	f.follow(len(all), focus, g.fields.height)
	var out []string
	if g.fieldsHeading {
		out = append(out, " "+draw.Heading(f.ctx.Theme, "Image", f.base.ID, g.fields.width-margin))
	}
	for i := range g.fields.height {
		n := f.top + i
		if n >= len(all) {
			out = append(out, "")
			continue
		}
		text, x := all[n].draw()
		if x >= 0 {
			f.frame.cursor = tea.NewCursor(g.fields.x+x, g.fields.y+i)
			f.frame.cursor.Shape = tea.CursorBar
		}
		out = append(out, text)
	}
	return append(out, f.helpLines(g.help, len(all), g.fields.height)...)
}

// drawn is one line of the fields; x is the cursor's column, -1 for none.
type drawn struct{ draw func() (text string, x int) }

// lines are the rows with what is to be said beneath them. Such a line takes
// the room of the empty line that ends its group, so that most of what is
// below stays where it is. first and last of focus are the lines that should
// be on screen.
func (f *Form) lines(g geometry) (out []drawn, focus [2]int) {
	owed := 0
	for _, r := range f.rows() {
		if r.filler {
			if owed > 0 {
				owed = 0
				continue
			}
			out = append(out, drawn{func() (string, int) { return "", -1 }})
			continue
		}
		first := len(out)
		out = append(out, drawn{func() (string, int) { return f.drawRow(r, g) }})
		notes := f.notes(r, g)
		out = append(out, notes...)
		owed += len(notes)
		for _, c := range r.cells {
			if c.has(f.focus) {
				focus = [2]int{first, len(out) - 1}
			}
		}
	}
	return out, focus
}

func (f *Form) drawRow(r row, g geometry) (string, int) {
	t := f.ctx.Theme
	var b strings.Builder
	cursor := -1
	width := g.fields.width
	for i, c := range r.cells {
		from, to := 0, width
		if len(r.cells) > 1 {
			from, to = i*width/2, (i+1)*width/2
		}
		focus := c.has(f.focus)
		head := f.signs(c, focus)
		used := gutter
		if c.label != "" {
			w := g.labelWidth()
			if i > 0 {
				w = labelWide
			}
			style := t.Dim
			if focus {
				style = t.Text
			}
			head += style.Render(safe.Pad(c.label, w))
			used += w
		}
		room := max(0, to-from-used)
		text, x := c.value(room, focus)
		if x >= 0 && focus {
			cursor = from + used + x
		}
		cell := head + text
		if i < len(r.cells)-1 {
			cell = safe.Pad(cell, to-from)
		}
		b.WriteString(cell)
	}
	return safe.Cut(b.String(), width), cursor
}

// signs are the cursor's and the mark's columns.
func (f *Form) signs(c cell, focus bool) string {
	t := f.ctx.Theme
	at, mark := " ", " "
	if focus {
		at = t.Accent.Render(t.Glyphs.Cursor)
	}
	switch c.mark {
	case changed:
		mark = t.Changed.Render(t.Glyphs.Dot)
	case added:
		mark = t.Good.Render("+")
	case going:
		mark = t.Bad.Render(f.minus())
	}
	return " " + at + mark + " "
}

// notes are the faults and conflicts of a row, a line each.
func (f *Form) notes(r row, g geometry) []drawn {
	t := f.ctx.Theme
	var out []drawn
	put := func(style lipgloss.Style, sign, text string, labeled bool) {
		indent := gutter + 2
		if labeled {
			indent = gutter + g.labelWidth()
		}
		indent = min(indent, g.fields.width/2)
		out = append(out, drawn{func() (string, int) {
			return strings.Repeat(" ", indent) + style.Render(safe.Cut(sign+" "+safe.Text(text), max(0, g.fields.width-indent))), -1
		}})
	}
	labeled := len(r.cells) > 0 && r.cells[0].label != ""
	for _, x := range f.edit.faults {
		if !r.shows(x.at) {
			continue
		}
		if x.warning {
			put(t.Changed, t.Glyphs.Warn, x.text, labeled)
		} else {
			put(t.Bad, t.Glyphs.Fail, x.text, labeled)
		}
	}
	for _, c := range slices.Concat(f.openConflicts(), f.lost) {
		if r.shows(c.at) {
			put(t.Changed, t.Glyphs.Warn, c.text, labeled)
		}
	}
	return out
}

// follow scrolls so that the focus is on screen, with a line of context.
func (f *Form) follow(count int, focus [2]int, height int) {
	const context = 1
	if last := focus[1] + context; last >= f.top+height {
		f.top = last - height + 1
	}
	if first := focus[0] - context; first < f.top {
		f.top = first
	}
	f.top = max(0, min(f.top, count-height))
}

// helpLines say what the focus is about, and on the right how much is out of
// sight.
func (f *Form) helpLines(r rect, count, height int) []string {
	if r.height == 0 {
		return nil
	}
	t := f.ctx.Theme
	var marks []string
	if c := f.count(); c != "" {
		marks = append(marks, c)
	}
	if f.top > 0 {
		marks = append(marks, fmt.Sprintf("%s %d", t.Glyphs.Up, f.top))
	}
	if below := count - f.top - height; below > 0 {
		marks = append(marks, fmt.Sprintf("%s %d", t.Glyphs.Down, below))
	}
	right := strings.Join(marks, "  ")
	room := max(1, r.width-safe.Width(right)-3)
	text := safe.Wrap(f.say(safe.Text(f.help())), room)
	out := make([]string, r.height)
	for i := range out {
		if i < len(text) {
			line := text[i]
			if i == r.height-1 && len(text) > r.height {
				line += f.say("…")
			}
			out[i] = strings.Repeat(" ", r.x) + t.Dim.Render(safe.Cut(line, room))
		}
	}
	last := len(out) - 1
	out[last] = safe.Pad(out[last], r.x+r.width-safe.Width(right)-1) + t.Dim.Render(right)
	return out
}

// help is one sentence on the place with the focus; the way out of its fault
// comes first.
func (f *Form) help() string {
	for _, r := range f.rows() {
		for _, c := range r.cells {
			if !c.has(f.focus) {
				continue
			}
			for _, x := range f.edit.faults {
				if r.shows(x.at) && x.advice != "" {
					return sentence(x.advice)
				}
			}
		}
	}
	if why := f.barred(); why != "" {
		return sentence(why)
	}
	if h, ok := f.focused().(helper); ok {
		return h.help(f)
	}
	return f.focused().describes().Help
}

// sentence makes one of a clause of the model's.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + safe.Text(s[1:]) + "."
}

// Keys are what can be pressed at the focus.
func (f *Form) Keys() keys.Help {
	here := f.focused().hints(f)
	if f.barred() != "" {
		here = nil
	}
	send, anyway := keys.ReviewEdit, keys.EditAnyway
	send.SetEnabled(f.edit.guard == "")
	anyway.SetEnabled(f.edit.guard != "")
	leave := keys.KeepDraft
	switch { // in the footer room is dear, and the flash says that the draft is kept
	case f.pane.full:
		leave.SetHelp("esc", "to the fields")
	case f.editsLocation():
		leave.SetHelp("esc", "done")
	default:
		leave.SetHelp("esc", "back")
	}
	const first = 2 // of the hints are before what holds everywhere
	n := min(first, len(here))
	footer := append([]key.Binding{anyway, send}, here[:n]...)
	footer = append(append(footer, keys.NextField, leave), here[n:]...)
	footer = append(footer, keys.Undo, keys.ResetField, keys.TogglePane)
	if f.pane.full {
		footer = []key.Binding{send, leave, keys.PaneDown, keys.PaneUp, keys.Undo}
	}
	if f.inLines && f.mayHaveLines() {
		done := keys.InLines
		done.SetHelp(done.Help().Key, "back to the fields")
		footer = []key.Binding{done, send, keys.Undo, keys.ResetField}
	}
	return keys.Help{
		Footer: footer,
		Groups: []keys.Group{
			{Name: "The edit", Keys: []key.Binding{send, anyway, keys.Undo, keys.Redo, keys.ResetField, keys.ResetAll, keys.KeepDraft}},
			{Name: "Fields", Keys: []key.Binding{keys.NextField, keys.PrevField, keys.Choose, keys.Toggle}},
			{Name: "Tags, locations, properties", Keys: []key.Binding{keys.Add, keys.EditItem, keys.InLines, keys.Remove, keys.MoveUp, keys.MoveDown}},
			{Name: "The patch", Keys: []key.Binding{keys.TogglePane, keys.PaneDown, keys.PaneUp}},
		},
	}
}
