package model

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// prettyWidth is the width within which Pretty keeps an operation on one line.
const prettyWidth = 72

// MarshalJSON writes an operation as it is sent: op, path and, but for a
// removal, value.
func (o Operation) MarshalJSON() ([]byte, error) {
	var w objectWriter
	w.field("op", o.Op)
	w.field("path", o.Path)
	if o.Op != OpRemove {
		w.field("value", o.sent())
	}
	return w.bytes()
}

// sent is the value with empty lists as [] and not null.
func (o Operation) sent() any {
	switch v := o.Value.(type) {
	case []string:
		if v == nil {
			return []string{}
		}
	case []Location:
		if v == nil {
			return []Location{}
		}
	}
	return o.Value
}

// JSON is the patch as it is sent (MediaTypeV21): compact, [] when empty. It
// panics when a Value is none that encoding/json can encode.
func (p Patch) JSON() []byte {
	if len(p) == 0 {
		return []byte("[]")
	}
	text, err := encode([]Operation(p))
	if err != nil {
		panic("model: an operation's value cannot be JSON: " + err.Error())
	}
	return text
}

// Pretty is the patch for people: the same JSON with an operation per line
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
	head := `  {"op": ` + string(mustEncode(o.Op)) + `, "path": ` + string(mustEncode(o.Path))
	b.WriteString(head)
	if o.Op == OpRemove {
		b.WriteByte('}')
		return
	}
	value := mustEncode(o.sent())
	spaced := spacedJSON(value)
	const comma = 1
	if oneLine := head + `, "value": ` + spaced + `}`; utf8.RuneCountInString(oneLine)+comma <= prettyWidth {
		b.WriteString(oneLine[len(head):])
		return
	}
	b.WriteString(",\n   \"value\": ")
	if utf8.RuneCountInString(`   "value": `+spaced+`}`)+comma <= prettyWidth || !isContainer(value) {
		b.WriteString(spaced)
	} else {
		// Errors are impossible: value is valid JSON.
		_ = json.Indent(b, value, "   ", "  ")
	}
	b.WriteByte('}')
}

// isContainer is whether the JSON is an object or a list.
func isContainer(text []byte) bool { return text[0] == '[' || text[0] == '{' }

// spacedJSON is compact JSON with a blank after each comma and colon.
func spacedJSON(text []byte) string {
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
	return string(out)
}

func mustEncode(value any) []byte {
	text, err := encode(value)
	if err != nil {
		panic("model: an operation's value cannot be JSON: " + err.Error())
	}
	return text
}
