package form

import (
	"fmt"

	"github.com/glance-tui/glance-tui/ui/input"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// textField is a line of text: the name, the owner.
type textField struct{ attribute }

func (x textField) text(s *state, _ spot) *string { return &s.value(x.Name).Value }

func (x textField) reset(s, start *state, _ spot) { *x.text(s, spot{}) = *x.text(start, spot{}) }

func (x textField) differs(f *Form) bool {
	return *x.text(&f.state, spot{}) != *x.text(&f.start, spot{})
}

func (x textField) rows(f *Form) []row {
	return []row{{cells: []cell{{
		at: x.at(), stop: true, mark: signOf(x.differs(f)), label: x.Label,
		value: func(width int, focus bool) (string, int) {
			return f.drawText(*x.text(&f.state, spot{}), "none", width, focus)
		},
	}}}}
}

func (x textField) help(f *Form) string {
	if x.Name == "owner" {
		if name := f.ctx.Service.Session().ProjectNames[f.state.value(x.Name).Value]; name != "" {
			return fmt.Sprintf("%s Currently: %s.", x.Help, safe.Text(name))
		}
	}
	return x.Help
}

// count is how long the text is and may be, for the margin of the help line.
func (f *Form) count() string {
	if !f.editor.Focused() {
		return ""
	}
	described := f.schema().Attributes[f.focus.attr]
	limit := described.MaxLength
	if described.Items != nil {
		limit = described.Items.MaxLength
		if f.focus.part == partURL {
			limit = described.Items.Members["url"].MaxLength
		}
	}
	if limit == 0 || f.focus.part == partMetadata {
		return ""
	}
	return fmt.Sprintf("%d of %d", f.editor.Characters(), limit)
}

// drawText draws a text with the cursor where it has the focus, or a word for
// an empty one.
func (f *Form) drawText(value, empty string, width int, focus bool) (string, int) {
	t := f.ctx.Theme
	if focus && f.editor.Focused() {
		f.editor.Placeholder = empty
		return f.editor.View(t, width), f.editor.CursorX(width)
	}
	if value == "" {
		return t.Faint.Render(safe.Cut(empty, width)), -1
	}
	return input.Draw(t, t.Text, value, width), -1
}

// numberField is a whole number with its unit: min disk, min RAM.
type numberField struct{ textField }

// numberWidth holds the largest number and the cursor behind it.
const numberWidth = 11

func (x numberField) rows(f *Form) []row {
	rows := x.textField.rows(f)
	rows[0].cells[0].value = func(width int, focus bool) (string, int) {
		t := f.ctx.Theme
		value := *x.text(&f.state, spot{})
		room := min(max(safe.Width(safe.Text(value)), 1), numberWidth)
		if focus {
			room = min(room+1, numberWidth)
		}
		room = min(room, width)
		text, cursor := f.drawText(value, " ", room, focus)
		return safe.Cut(safe.Pad(text, room)+" "+t.Dim.Render(x.Unit), width), cursor
	}
	return rows
}
