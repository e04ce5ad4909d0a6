package patch

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// prettyWidth is the width within which Pretty keeps an operation on one line.
const prettyWidth = 72

// Pretty is the patch for users: the same JSON with an operation per line
// where it fits in 72 columns, and on several lines where it does not.
func (p Patch) Pretty() []byte {
	if len(p) == 0 {
		return []byte("[]")
	}
	var b bytes.Buffer
	b.WriteString("[\n")
	for n, o := range p {
		o.writePretty(&b)
		if n < len(p)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteByte(']')
	return b.Bytes()
}

func (o Operation) writePretty(b *bytes.Buffer) {
	head := `  {"op": ` + string(jsontext.MustEncode(o.Op)) + `, "path": ` + string(jsontext.MustEncode(o.Path))
	b.WriteString(head)
	if o.Op == OpRemove {
		b.WriteByte('}')
		return
	}
	value := jsontext.MustEncode(o.sent())
	const inLine, comma = `, "value": `, 1
	if used := utf8.RuneCountInString(head + inLine); fits(value, used+len("}")+comma) {
		b.WriteString(inLine)
		b.Write(SpacedJSON(value))
		b.WriteByte('}')
		return
	}
	const label = `   "value": `
	b.WriteString(",\n" + label)
	writeFitted(b, value, 3, utf8.RuneCountInString(label), len("},"))
	b.WriteByte('}')
}

// writeFitted writes compact JSON on the rest of the line, of which "used"
// columns are taken and "behind" are needed after it; or, where it does not
// fit, a member or element per line.
func writeFitted(b *bytes.Buffer, text []byte, indent, used, behind int) {
	parts := splitJSON(text)
	if len(parts) == 0 || fits(text, used+behind) {
		b.Write(SpacedJSON(text))
		return
	}
	margin := "\n" + strings.Repeat(" ", indent)
	b.WriteByte(text[0])
	for n, part := range parts {
		b.WriteString(margin + "  " + part.label)
		writeFitted(b, part.value, indent+2, indent+2+utf8.RuneCountInString(part.label), len(","))
		if n < len(parts)-1 {
			b.WriteByte(',')
		}
	}
	b.WriteString(margin)
	b.WriteByte(text[len(text)-1])
}

// fits reports whether compact JSON, spaced, has room in a line of which so many
// columns are taken.
func fits(text []byte, taken int) bool {
	return len(text) <= prettyWidth*utf8.UTFMax && taken+utf8.RuneCount(SpacedJSON(text)) <= prettyWidth
}

// part is an element of a list, or a member of an object with its name.
type part struct {
	label string // `"name": `, empty in a list
	value []byte
}

// splitJSON cuts a compact list or object at its own commas; anything else has
// no parts.
func splitJSON(text []byte) []part {
	if len(text) <= 2 || text[0] != '[' && text[0] != '{' {
		return nil
	}
	var parts []part
	begin, colon, depth, quoted := 1, 0, 0, false
	for n := 1; n < len(text); n++ {
		c := text[n]
		switch {
		case quoted && c == '\\':
			n++
		case c == '"':
			quoted = !quoted
		case quoted:
		case depth == 0 && (c == ',' || n == len(text)-1):
			parts = append(parts, newPart(text, begin, colon, n))
			begin, colon = n+1, 0
		case depth == 0 && c == ':':
			colon = n
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		}
	}
	return parts
}

func newPart(text []byte, begin, colon, end int) part {
	if colon == 0 {
		return part{value: text[begin:end]}
	}
	return part{label: string(text[begin:colon+1]) + " ", value: text[colon+1 : end]}
}

// SpacedJSON is compact JSON with a blank after each comma and colon.
func SpacedJSON(text []byte) []byte {
	if text[0] == '"' {
		return text
	}
	out := make([]byte, 0, len(text)+16)
	quoted := false
	for n := 0; n < len(text); n++ {
		c := text[n]
		out = append(out, c)
		switch {
		case quoted && c == '\\':
			n++
			out = append(out, text[n])
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == ':'):
			out = append(out, ' ')
		}
	}
	return out
}
