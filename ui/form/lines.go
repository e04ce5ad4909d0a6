package form

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/input"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// The value of a property in lines: it takes the room of the fields while it is
// edited so. What is typed is in the state at once, as everywhere in the form.

// mayHaveLines reports whether the text at the focus can be of several lines.
func (f *Form) mayHaveLines() bool {
	p := f.state.propertyRow(f.focus.id)
	return f.focus.attr == "properties" && f.focus.part == partValue && p != nil && !p.going && f.barred() == ""
}

// linesKey takes a key while the value is edited in lines; taken is false for those
// that mean the same in the whole form.
func (f *Form) linesKey(m tea.KeyPressMsg) (taken bool) {
	width, _ := f.linesRoom()
	switch m.Code {
	case tea.KeyUp, tea.KeyDown, tea.KeyHome, tea.KeyEnd, tea.KeyEnter:
		defer f.hist.endGroup() // undo goes back to here
	}
	switch {
	case key.Matches(m, keys.ReviewEdit, keys.Undo, keys.Redo, keys.ResetField):
		return false
	case key.Matches(m, keys.KeepDraft, keys.InLines, keys.NextField, keys.PrevField) && m.Code != tea.KeyUp && m.Code != tea.KeyDown:
		f.inLines = false
		f.hist.endGroup()
	case m.Code == tea.KeyUp && m.Mod == 0:
		f.editor.MoveLine(-1, width)
	case m.Code == tea.KeyDown && m.Mod == 0:
		f.editor.MoveLine(+1, width)
	case m.Code == tea.KeyHome && m.Mod == 0:
		f.editor.MoveInLine(-1, width)
	case m.Code == tea.KeyEnd && m.Mod == 0:
		f.editor.MoveInLine(+1, width)
	case m.Code == tea.KeyEnter:
		f.hist.endGroup()
		f.insert("\n")
	case f.editor.Takes(m):
		f.typed(m)
	}
	return true
}

// insert puts text at the cursor as it is, line breaks included.
func (f *Form) insert(text string) {
	f.editor.Insert(text)
	after := f.editor.Value()
	f.change(group{f.focus, true}, func(s *state) { *f.focused().text(s, f.focus) = after })
}

// linesRoom is the room for the lines.
func (f *Form) linesRoom() (width, height int) {
	return max(2, f.width-2*margin), max(1, f.height-4)
}

// linesView draws them, and puts the cursor into the frame.
func (f *Form) linesView() []string {
	t := f.ctx.Theme
	p := f.state.propertyRow(f.focus.id)
	out := []string{draw.Heading(t, draw.Clip(p.name, 100), lineCount(f.editor.Value()), f.width-2*margin), ""}
	width, height := f.linesRoom()
	lines, x, y := f.editor.ViewLines(t, width, height)
	f.frame.cursor = tea.NewCursor(margin+x, len(out)+y)
	f.frame.cursor.Shape = tea.CursorBar
	out = append(out, lines...)
	for len(out) < f.height-1 {
		out = append(out, "")
	}
	return draw.Indented(append(out, t.Dim.Render(safe.Cut("enter makes a line break; ctrl+o goes back to the fields", width))), margin)
}

func lineCount(s string) string {
	if n := input.Lines(s); n > 1 {
		return fmt.Sprintf("%d lines", n)
	}
	return "1 line"
}

// drawValue draws the value of a property in one line, with how many it has.
func (f *Form) drawValue(value, empty string, width int, focus bool) (string, int) {
	if remark := "  " + lineCount(value); strings.Contains(value, "\n") && width > 2*len(remark) {
		text, cursor := f.drawText(value, empty, width-len(remark), focus)
		return safe.Pad(text, width-len(remark)) + f.ctx.Theme.Dim.Render(remark), cursor
	}
	return f.drawText(value, empty, width, focus)
}
