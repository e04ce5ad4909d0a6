package client

import (
	"bufio"
	"html"
	"io"
	"strings"
)

// plainText turns markup into text and runs of blanks into one. Its work grows
// with the length of the text only, however the markup is nested or left open:
// what it looks for behind a place is searched for once.
func plainText(s string) string {
	s = s[:min(len(s), maxErrorBody)]
	p := page{text: s, lower: lowerASCII(s)}
	var out strings.Builder
	for at := 0; at < len(s); {
		open := strings.IndexByte(s[at:], '<')
		if open < 0 {
			out.WriteString(s[at:])
			break
		}
		out.WriteString(s[at : at+open])
		at += open
		switch end, blank := p.markup(at); {
		case end < 0:
			out.WriteByte('<')
			at++
		default:
			if blank {
				out.WriteByte(' ')
			}
			at = end
		}
	}
	text := html.UnescapeString(out.String())
	return strings.Join(strings.Fields(strings.ToValidUTF8(text, "\ufffd")), " ")
}

// page is a text with the places found in it.
type page struct {
	text, lower string
	found       map[string]int // the first behind the last place asked for; len(text) for none
	searched    int            // bytes gone over, for all that was looked for
}

// next is the end of the first occurrence of a text from a place on, -1 for
// none.
func (p *page) next(what string, from int) int {
	at, known := p.found[what]
	if !known || at < from {
		at = len(p.text)
		if n := strings.Index(p.lower[from:], what); n >= 0 {
			at = from + n
		}
		if p.found == nil {
			p.found = make(map[string]int)
		}
		p.found[what] = at
		p.searched += at - from
	}
	if at == len(p.text) {
		return -1
	}
	return at + len(what)
}

var (
	unseen = []string{"script", "style", "title"} // elements whose text is not shown
	breaks = []string{"br", "/p", "/h1", "/h2", "/h3", "/h4", "/h5", "/h6", "/div", "/li"}
)

// markup is the end of the markup that begins at a place, and whether it parts
// words; -1 where there is none.
func (p *page) markup(at int) (end int, blank bool) {
	inside := p.lower[at+1:]
	if strings.HasPrefix(inside, "!--") {
		if end := p.next("-->", at+4); end >= 0 {
			return end, true
		}
	}
	for _, name := range unseen {
		if rest, is := strings.CutPrefix(inside, name); !is || rest != "" && (rest[0] == '_' || letter(rest[0]) || digit(rest[0])) {
			continue
		}
		end := -1
		for _, closed := range unseen {
			if n := p.next("</"+closed+">", at); n >= 0 && (end < 0 || n < end) {
				end = n
			}
		}
		if end >= 0 {
			return end, true
		}
	}
	if inside == "" || !letter(inside[0]) && inside[0] != '/' && inside[0] != '!' {
		return -1, false
	}
	for _, name := range breaks {
		blank = blank || strings.HasPrefix(inside, name)
	}
	return p.next(">", at), blank
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

// lowerASCII keeps each byte at its place.
func lowerASCII(s string) string {
	b := []byte(s)
	for n, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[n] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// withoutMark leaves out a byte order mark, which some servers and proxies put
// before JSON and RFC 8259 (8.1) lets a reader ignore.
func withoutMark(from io.Reader) io.Reader { return &unmarked{from: bufio.NewReaderSize(from, 16)} }

type unmarked struct {
	from  *bufio.Reader
	begun bool
}

func (u *unmarked) Read(p []byte) (int, error) {
	if !u.begun {
		u.begun = true
		if mark, _ := u.from.Peek(3); string(mark) == "\ufeff" {
			_, _ = u.from.Discard(3)
		}
	}
	return u.from.Read(p)
}

// clip keeps at most n characters.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
