package packed

import (
	"strconv"
	"strings"
)

// headDigits is how many digits of an id are open in a record. They are what
// parts one image from the others, and the id itself is where it takes long
// to look.
const headDigits = 8

// headOf is the number that the first digits of an id make; not ok for an id
// that does not begin with so many digits, as each UUID does.
func headOf(id string) (head uint32, ok bool) {
	if len(id) < headDigits {
		return 0, false
	}
	return digits(id[:headDigits])
}

// digits reads hexadecimal digits and nothing else, in whatever case.
func digits(s string) (uint32, bool) {
	if strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF", r) }) >= 0 {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 16, 32)
	return uint32(n), err == nil
}

// Beginning is how an id may begin; made by [BeginningOf].
type Beginning struct {
	text  string
	head  uint32 // its first digits
	shift int    // by how many bits a record has more of them
	hex   bool   // they are digits
}

// BeginningOf is for asking many images whether their ids begin with a text.
func BeginningOf(text string) Beginning {
	first := text[:min(len(text), headDigits)]
	b := Beginning{text: text, shift: 4 * (headDigits - len(first))}
	b.head, b.hex = digits(first)
	return b
}

// Begins reports whether an image's id begins so, be it in capitals or not: a
// server takes both, and keeps them.
func (s *Images) Begins(at int32, b Beginning) bool {
	r := s.record(at)
	if r.flags.has(headKnown) && b.text != "" {
		if !b.hex || r.head>>b.shift != b.head {
			return false
		}
		if len(b.text) <= headDigits {
			return true
		}
	}
	id := r.id()
	return len(id) >= len(b.text) && strings.EqualFold(id[:len(b.text)], b.text)
}

// IsID reports whether an image's id is all of this.
func (s *Images) IsID(at int32, b Beginning) bool {
	return int(s.record(at).idLen) == len(b.text) && s.Begins(at, b)
}
