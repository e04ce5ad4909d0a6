package jsontext

// Scanner walks through a JSON text once, without a value in between for each
// part of it: a list of very many images is decoded while its pages arrive. It
// takes nothing that encoding/json does not, and gives up where something is
// out of the ordinary; whoever asks has encoding/json do it then.
type Scanner struct {
	Text []byte
	at   int
}

// deepest is how many values may be within one another.
const deepest = 100

// peek is the next byte behind white space, 0 at the end.
func (s *Scanner) peek() byte {
	for ; s.at < len(s.Text); s.at++ {
		switch c := s.Text[s.at]; c {
		case ' ', '\n', '\t', '\r':
		default:
			return c
		}
	}
	return 0
}

// take takes one byte behind white space.
func (s *Scanner) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.at++
	return true
}

// AtEnd reports whether nothing but white space is left.
func (s *Scanner) AtEnd() bool { return s.peek() == 0 && s.at == len(s.Text) }

// Object gives each member of an object to f: the name as it is between
// its quotes, and the value as it is there. It gives up on names that do
// not mean themselves, and where f does.
func (s *Scanner) Object(depth int, f func(name, value []byte) bool) bool {
	if !s.take('{') {
		return false
	}
	if s.take('}') {
		return true
	}
	for {
		name, ok := s.string()
		if !ok || !isPlainText(name) || !s.take(':') {
			return false
		}
		value, ok := s.value(depth)
		if !ok || !f(name, value) {
			return false
		}
		if s.take('}') {
			return true
		}
		if !s.take(',') {
			return false
		}
	}
}

// Array gives each element of an array to f, as object does.
func (s *Scanner) Array(depth int, f func(value []byte) bool) bool {
	if !s.take('[') {
		return false
	}
	if s.take(']') {
		return true
	}
	for {
		value, ok := s.value(depth)
		if !ok || !f(value) {
			return false
		}
		if s.take(']') {
			return true
		}
		if !s.take(',') {
			return false
		}
	}
}

// value takes one value of any kind.
func (s *Scanner) value(depth int) (raw []byte, ok bool) {
	if depth >= deepest {
		return nil, false
	}
	c := s.peek()
	from := s.at
	switch c {
	case '"':
		_, ok = s.string()
	case '{':
		ok = s.Object(depth+1, func(_, _ []byte) bool { return true })
	case '[':
		ok = s.Array(depth+1, func([]byte) bool { return true })
	case 't':
		ok = s.word("true")
	case 'f':
		ok = s.word("false")
	case 'n':
		ok = s.word("null")
	default:
		ok = s.number()
	}
	return s.Text[from:s.at], ok
}

func (s *Scanner) word(w string) bool {
	if len(s.Text)-s.at < len(w) || string(s.Text[s.at:s.at+len(w)]) != w {
		return false
	}
	s.at += len(w)
	return true
}

// string takes a text and gives what is between its quotes.
func (s *Scanner) string() (inner []byte, ok bool) {
	if !s.take('"') {
		return nil, false
	}
	from := s.at
	for at, text := from, s.Text; at < len(text); at++ {
		if !endsText[text[at]] {
			continue
		}
		s.at = at
		switch text[at] {
		case '"':
			s.at++
			return text[from:at], true
		case '\\':
			if !s.escape() {
				return nil, false
			}
			at = s.at - 1
		default:
			return nil, false // a control character
		}
	}
	return nil, false
}

// endsText are the bytes that a text cannot simply contain.
var endsText = func() (ends [256]bool) {
	for c := range ' ' {
		ends[c] = true
	}
	ends['"'], ends['\\'] = true, true
	return ends
}()

// escape takes a backslash and what belongs to it.
func (s *Scanner) escape() bool {
	rest := s.Text[s.at:]
	if len(rest) < 2 {
		return false
	}
	switch rest[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		s.at += 2
		return true
	case 'u':
		if len(rest) < 6 {
			return false
		}
		for _, c := range rest[2:6] {
			if !isDigit(c) && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
				return false
			}
		}
		s.at += 6
		return true
	}
	return false
}

// number takes a number in JSON's spelling.
func (s *Scanner) number() bool {
	s.optional("-")
	switch {
	case s.optional("0"):
	case !s.digits():
		return false
	}
	if s.optional(".") && !s.digits() {
		return false
	}
	if s.optional("eE") {
		s.optional("+-")
		return s.digits()
	}
	return true
}

// optional takes the next byte if it is one of these.
func (s *Scanner) optional(of string) bool {
	if s.at == len(s.Text) {
		return false
	}
	for _, c := range []byte(of) {
		if s.Text[s.at] == c {
			s.at++
			return true
		}
	}
	return false
}

// digits takes one digit or more.
func (s *Scanner) digits() bool {
	from := s.at
	for s.at < len(s.Text) && isDigit(s.Text[s.at]) {
		s.at++
	}
	return s.at > from
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
