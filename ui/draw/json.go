package draw

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Bounds of what is laid out and drawn. Spaces before the lines of deep JSON take
// more room than itself.
const (
	longestIndent = 1 << 20
	largestIndent = 16 << 20 // bytes times levels
	largestDrawn  = 256 << 10
)

// Indent lays JSON out for reading, two spaces a level. What is not JSON (a
// proxy's page), or would take too much room, comes back as it is.
func Indent(src []byte) []byte {
	var b bytes.Buffer
	if len(src) > longestIndent || len(src)*model.DepthOf(src) > largestIndent || json.Indent(&b, bytes.TrimSpace(src), "", "  ") != nil {
		return src
	}
	return b.Bytes()
}

// JSON colors JSON and keeps its layout: one line for each of its own, and
// more where one is wider than width (they go on under it, indented). Lay out
// compact JSON by Indent first. What is not JSON is drawn as plain text.
func JSON(t *theme.Theme, src []byte, width int) []string {
	if width < 1 {
		return nil
	}
	f := flow{width: width}
	p := pensOf(t)
	for i, line := range strings.Split(strings.ReplaceAll(string(src), "\r\n", "\n"), "\n") {
		if i > 0 {
			f.end()
		}
		f.line(p, line)
	}
	f.end()
	return f.lines
}

// Document is JSON that is drawn again and again: it is colored once for each
// width and theme. The zero value is an empty one.
type Document struct {
	src   []byte
	lines []string
	width int
	dark  bool
}

// NewDocument takes JSON laid out for reading; see Indent.
func NewDocument(src []byte) *Document { return &Document{src: src} }

// Text is the document with its own escapes for what a terminal must not get.
func (d *Document) Text() string { return string(EscapeJSON(d.src)) }

// EscapeJSON replaces what a terminal must not get, but line breaks, by JSON's escapes.
func EscapeJSON(src []byte) []byte {
	return safe.EscapeBytes(src, func(b *strings.Builder, r rune) {
		switch {
		case r == '\n':
			b.WriteByte('\n')
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(b, `\u%04x`, r)
		}
	})
}

// Lines are the document's lines as JSON draws them.
func (d *Document) Lines(t *theme.Theme, width int) []string {
	if d.lines == nil || d.width != width || d.dark != t.Dark {
		src := d.src
		if len(src) > largestDrawn {
			src = bytes.ToValidUTF8(src[:largestDrawn], nil)
		}
		d.lines, d.width, d.dark = JSON(t, src, width), width, t.Dark
		if len(d.src) > largestDrawn {
			d.lines = append(d.lines, safe.Cut(t.Dim.Render(t.Glyphs.More+" cut here; a copy has all "+Bytes(int64(len(d.src)))), width))
		}
	}
	return d.lines
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

// bytesAColumn is more than a character of safe text can have in each of its
// columns, marks included: what is beyond need not be looked at.
const bytesAColumn = 32

// put appends safe text with a pen. What fits on a line of its own is not
// broken, nor is it parted from the tail columns that come after it.
func (f *flow) put(p pen, text string, tail int) {
	if w := widthUpTo(text, f.width) + tail; w > f.width-f.filled && w <= f.width-f.hang && f.filled > f.hang {
		f.goOn()
	}
	for text != "" {
		room := f.width - f.filled
		if w := widthUpTo(text, f.width); w <= room {
			p.write(&f.cur, text)
			f.filled += w
			return
		}
		head, rest := safe.Head(text, room)
		if head == "" {
			if f.filled <= f.hang { // not even one character fits: give up rather than loop
				return
			}
		} else {
			p.write(&f.cur, head)
			text = rest
		}
		f.goOn()
	}
}

// widthUpTo is the width of safe text, or just some number above limit.
func widthUpTo(text string, limit int) int {
	if len(text) > (limit+1)*bytesAColumn {
		return limit + 1
	}
	return safe.Width(text)
}

// goOn begins the next line of what does not fit on one.
func (f *flow) goOn() {
	f.end()
	f.cur.WriteString(strings.Repeat(" ", f.hang))
	f.filled = f.hang
}

// line draws one line of JSON. Its tokens are taken apart without a parser: a
// line is colored the same whether or not the whole is valid.
func (f *flow) line(p pens, s string) {
	s = strings.ReplaceAll(s, "\t", "    ")
	body := strings.TrimLeft(s, " ")
	indent := len(s) - len(body)
	f.hang = min(indent+4, f.width/2)
	f.put(p.text, strings.Repeat(" ", min(indent, f.width-1)), 0)
	for body != "" {
		n, with := p.token(body)
		text, tail := safe.Text(body[:n]), 0
		body = body[n:]
		if with != p.sign && with != p.text {
			tail = run(body, signs)
		}
		f.put(with, text, tail)
	}
}

// pen is a style taken apart: what to write before a text and after it. A body
// has many thousand tokens, and a style works out its sequences again each time.
type pen struct{ before, after string }

func penOf(s lipgloss.Style) pen {
	before, after, _ := strings.Cut(s.Render("x"), "x")
	return pen{before, after}
}

func (p pen) write(b *strings.Builder, text string) {
	b.WriteString(p.before)
	b.WriteString(text)
	b.WriteString(p.after)
}

// pens are those that JSON is drawn with.
type pens struct{ text, sign, key, str, other pen }

func pensOf(t *theme.Theme) pens {
	return pens{text: penOf(t.Text), sign: penOf(t.Dim), key: penOf(t.JSONKey), str: penOf(t.JSONString), other: penOf(t.JSONOther)}
}

const signs = "{}[]:,"

// token gives the length of the first token of s and its pen.
func (p pens) token(s string) (int, pen) {
	switch c := s[0]; {
	case c == '"':
		n := quoted(s)
		if strings.HasPrefix(strings.TrimLeft(s[n:], " "), ":") {
			return n, p.key
		}
		return n, p.str
	case strings.IndexByte(signs, c) >= 0:
		return run(s, signs), p.sign
	case c == ' ':
		return run(s, " "), p.text
	default:
		n := strings.IndexAny(s, "{}[]:, \"")
		if n < 0 {
			n = len(s)
		}
		switch word := s[:n]; {
		case word == "true", word == "false", word == "null", strings.Trim(word, "+-.0123456789eE") == "":
			return n, p.other
		}
		return n, p.text
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
