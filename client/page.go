package client

import (
	"fmt"
	"io"
)

// pageReader cuts a page into its values while it arrives: it finds where each
// ends by its brackets and quotes. Whether a value is as it should be is for
// whoever decodes it to say.
type pageReader struct {
	r    io.Reader
	buf  []byte // what was read: up to at it is used up, but for the value that begins at from
	at   int
	from int // -1: none
}

// pageRoom is how much is read at a time; it grows with the longest value.
const pageRoom = 32 << 10

func newPageReader(r io.Reader) *pageReader {
	return &pageReader{r: r, buf: make([]byte, 0, pageRoom), from: -1}
}

// fill reads more behind what is there. The end of the answer is too early
// wherever more is asked for.
func (p *pageReader) fill() error {
	keep := p.at
	if p.from >= 0 {
		keep = p.from
		p.from = 0
	}
	if keep > 0 { // a long value is not to be gone over with each read
		p.buf = p.buf[:copy(p.buf, p.buf[keep:])]
		p.at -= keep
	}
	if len(p.buf) == cap(p.buf) {
		p.buf = append(p.buf, make([]byte, len(p.buf))...)[:len(p.buf)]
	}
	for range maxEmptyReads {
		n, err := p.r.Read(p.buf[len(p.buf):cap(p.buf)])
		p.buf = p.buf[:len(p.buf)+n]
		switch {
		case n > 0:
			return nil // an error comes again
		case err == io.EOF:
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
	}
	return io.ErrNoProgress
}

// maxEmptyReads is how often a reader may bring neither bytes nor an error.
const maxEmptyReads = 100

// peek is the next byte behind white space.
func (p *pageReader) peek() (byte, error) {
	for {
		for ; p.at < len(p.buf); p.at++ {
			switch c := p.buf[p.at]; c {
			case ' ', '\n', '\t', '\r':
			default:
				return c, nil
			}
		}
		if err := p.fill(); err != nil {
			return 0, err
		}
	}
}

// want takes one byte behind white space.
func (p *pageReader) want(c byte) error {
	got, err := p.peek()
	if err == nil && got != c {
		err = unexpected(got, fmt.Sprintf("%q", c))
	}
	p.at++
	return err
}

// more is whether another member of an object or an array comes, which ends
// with the bracket. It takes the comma or the bracket.
func (p *pageReader) more(first bool, end byte) (bool, error) {
	c, err := p.peek()
	switch {
	case err != nil:
		return false, err
	case c == end:
		p.at++
		return false, nil
	case first:
		return true, nil
	case c != ',':
		return false, unexpected(c, fmt.Sprintf("a comma or %q", end))
	}
	p.at++
	return true, nil
}

func unexpected(got byte, wanted string) error {
	return fmt.Errorf("expected %s in the response, got %q", wanted, got)
}

// value takes one value. What it gives is good until the next call.
func (p *pageReader) value() ([]byte, error) {
	first, err := p.peek()
	if err != nil {
		return nil, err
	}
	p.from = p.at
	switch first {
	case '"', '{', '[':
		err = p.closed()
	case ',', ':', '}', ']':
		err = unexpected(first, "a value")
	default:
		err = p.scalar()
	}
	raw := p.buf[max(p.from, 0):p.at]
	p.from = -1
	return raw, err
}

// tells is whether a byte can change whether a value is at its end.
var tells = [256]bool{'"': true, '\\': true, '{': true, '}': true, '[': true, ']': true}

// closed takes a text, an object or an array, up to what closes it.
func (p *pageReader) closed() error {
	depth, quoted, escaped := 0, false, false
	for {
		for p.at < len(p.buf) {
			c := p.buf[p.at]
			p.at++
			if !tells[c] && !escaped {
				continue
			}
			switch {
			case escaped:
				escaped = false
			case c == '\\':
				escaped = quoted
			case c == '"':
				quoted = !quoted
			case quoted:
				continue
			case c == '{' || c == '[':
				depth++
			case c == '}' || c == ']':
				depth--
			}
			if depth == 0 && !quoted {
				return nil
			}
		}
		if err := p.fill(); err != nil {
			return err
		}
	}
}

// scalar takes a number or a word, up to what follows it.
func (p *pageReader) scalar() error {
	for {
		for ; p.at < len(p.buf); p.at++ {
			switch p.buf[p.at] {
			case ',', ']', '}', ':', ' ', '\n', '\t', '\r', '"', '{', '[':
				return nil
			}
		}
		if err := p.fill(); err != nil {
			return err
		}
	}
}
