package tty

import (
	"bytes"
	"unicode/utf8"
)

// kind is what a beginning without its end may become.
type kind int

const (
	whole    kind = iota // nothing is missing
	escape               // an escape alone: the key, or the beginning of a sequence
	sequence             // a sequence, or a letter of several bytes, without its end
)

const esc = 0x1b

// keyEscape is the escape key in a form that begins nothing else, so that
// whoever reads it need not wait for more.
const keyEscape = "\x1b[27u"

// longestSequence bounds a sequence: answers of terminals have some dozen bytes.
const longestSequence = 1024

// sequences cuts what a terminal sends into keys and answers, so that none is
// handed on in pieces: half a sequence would be taken for an escape and typed
// letters. What no reader would know is put into a form that it knows, or left
// out. The zero value is ready.
type sequences struct {
	held    []byte // a beginning without its end
	pasting bool   // between the marks of a paste, where bytes are text
	// unambiguous is a terminal that says it sends the escape key as a sequence of
	// its own (the kitty keyboard protocol): a bare escape begins something.
	unambiguous bool
	fences      int // answers to Fence
}

// Fence is a question that every terminal answers, and answers in order: with its
// answer all others to what was asked before have come.
const Fence = "\x1b[c"

// feed takes bytes as they came and appends to out what is complete.
func (s *sequences) feed(out, p []byte) []byte {
	b := append(s.held, p...)
	for len(b) > 0 {
		n, k := token(b)
		if k != whole {
			break
		}
		out = s.pass(out, b[:n])
		b = b[n:]
	}
	s.held = append([]byte(nil), b...)
	if len(s.held) > longestSequence {
		out = s.expire(out)
	}
	return out
}

// waiting is what kind of end the held beginning lacks.
func (s *sequences) waiting() kind {
	switch {
	case len(s.held) == 0:
		return whole
	case s.unambiguous || len(bytes.Trim(s.held, "\x1b")) > 0:
		return sequence
	}
	return escape
}

// expire gives up waiting for the end: what may be the escape key is one, and the
// beginning of a sequence is nothing. Within a paste it is text.
func (s *sequences) expire(out []byte) []byte {
	held := s.held
	s.held = nil
	switch {
	case s.pasting:
		return append(out, held...)
	case len(bytes.Trim(held, "\x1b")) == 0:
		for range held {
			out = append(out, keyEscape...)
		}
	}
	return out
}

// pass hands on one token.
func (s *sequences) pass(out, t []byte) []byte {
	switch {
	case string(t) == "\x1b[200~":
		s.pasting = true
	case string(t) == "\x1b[201~":
		s.pasting = false
	case s.pasting:
	case t[0] == esc && len(t) == 1:
		return append(out, keyEscape...)
	case isAnswer(t, 'u'):
		s.unambiguous = t[3] != '0'
	case isAnswer(t, 'c'):
		s.fences++
		return out
	case bytes.HasPrefix(t, []byte("\x1b[[")): // the text console of Linux
		if f := t[len(t)-1] - 'A'; f < 5 {
			return append(out, "\x1b[1"+string('1'+rune(f))+"~"...)
		}
		return out
	case len(t) > 3 && string(t[:2]) == "\x1b[" && t[len(t)-1] == '$': // rxvt with shift
		return append(append(out, t[:len(t)-1]...), ";2~"...)
	case len(t) > 1 && t[0] == esc && isBroken(t):
		return out
	}
	return append(out, t...)
}

// isAnswer reports whether a token is CSI ? … and the final byte.
func isAnswer(t []byte, final byte) bool {
	return len(t) > 4 && string(t[:3]) == "\x1b[?" && t[len(t)-1] == final
}

// isBroken reports whether a token is a sequence that something cut off.
func isBroken(t []byte) bool {
	switch t[1] {
	case '[', 'O':
		last := t[len(t)-1]
		return len(t) == 2 || last < 0x21 || last > 0x7e || t[1] == '[' && last < 0x40
	case ']', 'P', '_', '^', 'X':
		return !bytes.HasSuffix(t, []byte("\x1b\\")) && t[len(t)-1] != 0x07
	}
	return false
}

// token is the length of the first token of b. Where its end is not there yet the
// kind says what is missing.
func token(b []byte) (n int, k kind) {
	if b[0] != esc {
		if utf8.RuneStart(b[0]) && b[0] >= utf8.RuneSelf && !utf8.FullRune(b) {
			return 0, sequence
		}
		_, n := utf8.DecodeRune(b)
		return n, whole
	}
	if len(b) == 1 {
		return 0, escape
	}
	switch b[1] {
	case '[':
		return control(b)
	case 'O':
		for i := 2; i < len(b); i++ {
			if b[i] < '0' || b[i] > '9' {
				return cut(i, b[i] > 0x20 && b[i] < 0x7f)
			}
		}
		return 0, sequence
	case ']', 'P', '_', '^', 'X':
		return text(b)
	case esc: // alt and a sequence, or the key and another one
		if len(b) == 2 {
			return 0, escape
		}
		if b[2] == '[' || b[2] == 'O' {
			n, k := token(b[1:])
			return n + 1, k
		}
		return 1, whole
	}
	if n, k := token(b[1:]); k == whole { // alt and a key
		return n + 1, whole
	}
	return 0, sequence
}

// cut ends a token before or behind a byte: one that does not belong to it begins
// the next.
func cut(i int, belongs bool) (int, kind) {
	if belongs {
		i++
	}
	return i, whole
}

// control is the length of a sequence that begins with CSI.
func control(b []byte) (int, kind) {
	if len(b) > 2 && b[2] == '[' {
		if len(b) == 3 {
			return 0, sequence
		}
		return cut(3, b[3] >= 0x20 && b[3] < 0x7f)
	}
	i := 2
	for ; i < len(b) && b[i] >= 0x30 && b[i] <= 0x3f; i++ {
	}
	if i > 2 && i < len(b) && b[i] == '$' && len(bytes.Trim(b[2:i], "0123456789")) == 0 {
		return i + 1, whole
	}
	for ; i < len(b) && b[i] >= 0x20 && b[i] <= 0x2f; i++ {
	}
	if i == len(b) {
		return 0, sequence
	}
	return cut(i, b[i] >= 0x40 && b[i] <= 0x7e)
}

// text is the length of a sequence that holds text: up to BEL or ST, or to what
// ends any sequence.
func text(b []byte) (int, kind) {
	for i := 2; i < len(b); i++ {
		switch {
		case b[i] == 0x07 || b[i] == 0x18 || b[i] == 0x1a:
			return i + 1, whole
		case b[i] == esc && i+1 == len(b):
			return 0, sequence
		case b[i] == esc && b[i+1] == '\\':
			return i + 2, whole
		case b[i] == esc:
			return i, whole
		}
	}
	return 0, sequence
}
