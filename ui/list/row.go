package list

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// pen draws a line: what is written in one style after another in the same
// becomes one run, which is less work and fewer bytes. Styles are the same when
// their pointers are.
type pen struct {
	line  strings.Builder
	run   strings.Builder
	style *lipgloss.Style
}

func (p *pen) write(style *lipgloss.Style, text string) {
	if text != "" && style != p.style {
		p.flush()
		p.style = style
	}
	p.run.WriteString(text)
}

func (p *pen) flush() {
	if p.run.Len() > 0 {
		p.line.WriteString(p.style.Render(p.run.String()))
		p.run.Reset()
	}
}

// String ends the line.
func (p *pen) String() string {
	p.flush()
	return p.line.String()
}

// viewRow is one image. What a row costs on the wire is its text and each change
// of style: the name is in the terminal's own color, and what is behind it
// with its spaces in one other. The row under the cursor, and one that changed
// a moment ago, has a ground under its name and what is before it: a move of the
// cursor draws that much of two rows.
func (l *List) viewRow(row int, cols []column, widths []int) string {
	t := l.ctx.Theme
	at := l.rows.shown[row]
	img := l.store.Row(at)
	selected := row == l.cursor
	ground := &t.Text
	if _, lit := l.lit[img.ID]; selected {
		bold := t.Selected.Bold(true)
		ground = &bold
	} else if lit {
		ground = &t.Lit
	}
	on := func(s *lipgloss.Style) *lipgloss.Style {
		if ground == &t.Text {
			return s
		}
		over := s.Inherit(*ground)
		return &over
	}
	var p pen
	cursor, mark, signs := " ", " ", ground
	if selected {
		cursor, signs = t.Glyphs.Cursor, on(&t.Mark)
	}
	if l.marked.has(at) {
		mark, signs = t.Glyphs.Mark, on(&t.Mark)
	}
	p.write(signs, " "+cursor+mark+" ")
	named := false
	for i, c := range cols {
		space := strings.Repeat(" ", gap)
		if i == len(cols)-1 {
			space = ""
		}
		if c.text == nil {
			l.writeName(&p, img, widths[i], on, selected)
			p.write(&t.Dim, space)
			named = true
			continue
		}
		text, style := c.text(l, img)
		if raw, unread := img.UnreadText(c.attr); unread {
			text, style = safe.Text(raw), &t.Warn
		}
		spaces := &t.Dim
		if !named {
			style, spaces = on(style), ground
		}
		before, after := room(text, widths[i], c.right)
		p.write(spaces, before)
		p.write(style, safe.Cut(text, widths[i]))
		p.write(spaces, after+space)
	}
	return p.String()
}

// room is the spaces before and after a text that fill its column.
func room(text string, width int, right bool) (before, after string) {
	spaces := strings.Repeat(" ", max(0, width-safe.Width(text)))
	if right {
		return spaces, ""
	}
	return "", spaces
}

// writeName writes the name with what else one should know of the image at a
// glance: that it is protected or hidden, and that an edit of it waits.
func (l *List) writeName(p *pen, img *model.Image, width int, on func(*lipgloss.Style) *lipgloss.Style, selected bool) {
	t := l.ctx.Theme
	hidden, lock, draft := "", "", ""
	switch {
	case !img.Knows("os_hidden"):
		hidden = " hidden?"
	case img.Hidden:
		hidden = " hidden"
	}
	switch {
	case !img.Knows("protected"):
		lock = " " + t.Glyphs.Lock + "?"
	case img.Protected:
		lock = " " + t.Glyphs.Lock
	}
	if _, kept := l.ctx.Memory.Draft(img.ID); kept {
		draft = " " + t.Glyphs.Draft
	}
	suffix := hidden + lock + draft
	for _, less := range []string{lock + draft, draft, ""} { // the longest, and least urgent, goes first
		if safe.Width(suffix) > width/2 {
			suffix = less
		}
	}
	name := safe.Text(img.Name.Value)
	if raw, unread := img.UnreadText("name"); unread && raw != model.Missing {
		name = safe.Text(raw)
	}
	style, rest := on(&t.Text), on(&t.Dim)
	switch {
	case selected:
		rest = style
	case img.Hidden, name == "":
		style = rest
	}
	if name == "" {
		name = safe.Text(img.ID)
	}
	name = safe.Cut(name, width-safe.Width(suffix))
	spaces := max(0, width-safe.Width(name)-safe.Width(suffix))
	ground := min(spaces, theme.LongestGround)
	l.writeMatch(p, name, style)
	p.write(rest, suffix)
	p.write(style, strings.Repeat(" ", ground))
	p.write(&t.Text, strings.Repeat(" ", spaces-ground))
}

// writeMatch shows in a name which letters the filter's words found.
func (l *List) writeMatch(p *pen, name string, style *lipgloss.Style) {
	lower := strings.ToLower(name)
	if len(lower) == len(name) { // else case mapping moved the letters: no exact places
		for _, w := range l.rows.words() {
			if at := strings.Index(lower, w); at >= 0 {
				match := l.ctx.Theme.Match.Inherit(*style)
				p.write(style, name[:at])
				p.write(&match, name[at:at+len(w)])
				name = name[at+len(w):]
				break
			}
		}
	}
	p.write(style, name)
}
