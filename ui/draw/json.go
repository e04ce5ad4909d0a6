package draw

import (
	"bytes"
	"encoding/json"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Indent lays JSON out for reading, two spaces a level. What is not JSON (a
// proxy's page) comes back as it is.
func Indent(src []byte) []byte {
	var b bytes.Buffer
	if json.Indent(&b, bytes.TrimSpace(src), "", "  ") != nil {
		return src
	}
	return b.Bytes()
}

// JSON colours JSON and keeps its layout: one line for each of its own, and
// more where one is wider than width (they go on under it, indented). Lay out
// compact JSON by Indent first. What is not JSON is drawn as plain text.
func JSON(t *theme.Theme, src []byte, width int) []string {
	if width < 1 {
		return nil
	}
	f := flow{width: width}
	for i, line := range strings.Split(strings.ReplaceAll(string(src), "\r\n", "\n"), "\n") {
		if i > 0 {
			f.end()
		}
		f.line(t, line)
	}
	f.end()
	return f.lines
}

// flow fills lines with styled pieces and breaks them at the width.
type flow struct {
	width  int
	hang   int // indent of lines that go on
	lines  []string
	cur    strings.Builder
	filled int
}

func (f *flow) end() {
	f.lines = append(f.lines, f.cur.String())
	f.cur.Reset()
	f.filled = 0
}

// put appends safe text in a style.
func (f *flow) put(style lipgloss.Style, text string) {
	for text != "" {
		room := f.width - f.filled
		if w := safe.Width(text); w <= room {
			f.cur.WriteString(style.Render(text))
			f.filled += w
			return
		}
		head := head(text, room)
		if head == "" {
			if f.filled <= f.hang { // not even one character fits: give up rather than loop
				return
			}
		} else {
			f.cur.WriteString(style.Render(head))
			text = text[len(head):]
		}
		f.end()
		f.cur.WriteString(strings.Repeat(" ", f.hang))
		f.filled = f.hang
	}
}

// line draws one line of JSON. Its tokens are taken apart without a parser: a
// line is coloured the same whether or not the whole is valid.
func (f *flow) line(t *theme.Theme, s string) {
	s = strings.ReplaceAll(s, "\t", "    ")
	body := strings.TrimLeft(s, " ")
	indent := len(s) - len(body)
	f.hang = min(indent+4, f.width/2)
	f.put(t.Text, strings.Repeat(" ", min(indent, f.width-1)))
	for body != "" {
		n, style := token(t, body)
		f.put(style, safe.Text(body[:n]))
		body = body[n:]
	}
}

// token gives the length of the first token of s and its style.
func token(t *theme.Theme, s string) (int, lipgloss.Style) {
	switch c := s[0]; {
	case c == '"':
		n := quoted(s)
		if strings.HasPrefix(strings.TrimLeft(s[n:], " "), ":") {
			return n, t.JSONKey
		}
		return n, t.JSONString
	case strings.IndexByte("{}[]:,", c) >= 0:
		return run(s, "{}[]:,"), t.Dim
	case c == ' ':
		return run(s, " "), t.Text
	default:
		n := strings.IndexAny(s, "{}[]:, \"")
		if n < 0 {
			n = len(s)
		}
		switch word := s[:n]; {
		case word == "true", word == "false", word == "null", strings.Trim(word, "+-.0123456789eE") == "":
			return n, t.JSONOther
		}
		return n, t.Text
	}
}

// quoted is the length of the string that s begins with, its quotes included;
// all of s when it never ends.
func quoted(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

func run(s, set string) int {
	return len(s) - len(strings.TrimLeft(s, set))
}
