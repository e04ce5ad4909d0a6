package client

import (
	"bytes"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/glance-tui/glance-tui/model"
)

// shortestHidden is the length from which a secret is looked for in what a
// service says. Shorter ones may be ordinary words of an image ("ADMIN" was a
// usual token of test servers), and where a word is hidden it is given away.
const shortestHidden = 16

// longestHidden is how much of a secret is looked for, which bounds the search. The
// rest of a longer one is worth nothing.
const longestHidden = 4 << 10

// mostTokens is how many tokens are remembered: with those of an hour, half a
// day's.
const mostTokens = 12

// secrets are those of this run: the password and the like, and each token,
// also after it was replaced. A service, or a proxy, may send them back, in a
// header or as an image's name: what comes in passes here once, before anything
// else reads it, and model.Hidden stands in their place from then on.
//
// The texts are in a closure: fmt never looks into one.
type secrets struct {
	mu     sync.Mutex
	given  func() []string
	tokens func() []string
}

func newSecrets(given ...string) *secrets {
	all := slices.Clone(given)
	return &secrets{given: func() []string { return all }, tokens: func() []string { return nil }}
}

// add remembers a token.
func (s *secrets) add(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := s.tokens()
	if token == "" || slices.Contains(known, token) {
		return
	}
	known = append(slices.Clone(known[max(0, len(known)+1-mostTokens):]), token)
	s.tokens = func() []string { return known }
}

// needles are the forms in which the secrets may come, the longest first.
func (s *secrets) needles(withTokens bool) []string {
	s.mu.Lock()
	all := slices.Clone(s.given())
	if withTokens {
		all = append(all, s.tokens()...)
	}
	s.mu.Unlock()
	var found []string
	for _, secret := range all {
		if len(secret) >= shortestHidden {
			found = append(found, forms(secret[:min(len(secret), longestHidden)])...)
		}
	}
	slices.SortFunc(found, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(found)
}

// forms are a secret as it is and as it may be written within something else:
// in JSON (with and without escapes for what is not ASCII), a page, a URL. Most
// tokens have one form.
func forms(secret string) []string {
	var asJSON bytes.Buffer
	enc := json.NewEncoder(&asJSON)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(secret) // a text, always
	inJSON := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(asJSON.String()), `"`), `"`)
	inASCII := strings.TrimSuffix(strings.TrimPrefix(strconv.QuoteToASCII(secret), `"`), `"`)
	all := []string{secret, inJSON, inASCII, html.EscapeString(secret), url.QueryEscape(secret), url.PathEscape(secret)}
	slices.Sort(all)
	return slices.Compact(all)
}

// probe is a piece of a secret, which is enough to tell that there is none. It
// begins with a character that is rare in lists of images: the search for that
// one is as fast as memory, and mostly it is all there is to do.
func probe(needle []byte) []byte {
	const length = 12
	best := 0
	for at := range needle[:max(1, len(needle)-length)] {
		if rarity(needle[at]) > rarity(needle[best]) {
			best = at
		}
	}
	return needle[best:min(len(needle), best+length)]
}

func rarity(c byte) int {
	switch {
	case strings.IndexByte("QXZJKWYV", c) >= 0:
		return 3
	case c >= 'G' && c <= 'U': // not of dates in the ISO form, but for the T
		return 2
	case c >= 'A' && c <= 'Z', strings.IndexByte("qzjx", c) >= 0:
		return 1
	}
	return 0
}

// hide takes the secrets out of a text.
func (s *secrets) hide(text string) string { return s.replace(text, model.Hidden) }

func (s *secrets) replace(text, by string) string {
	for _, needle := range s.needles(true) {
		text = strings.ReplaceAll(text, needle, by)
	}
	return text
}

// hideAll takes short secrets out, too: for the words of the identity service,
// which is the one that gets them.
func (s *secrets) hideAll(text string) string {
	text = s.hide(text)
	s.mu.Lock()
	all := append(slices.Clone(s.given()), s.tokens()...)
	s.mu.Unlock()
	for _, secret := range all {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, model.Hidden)
		}
	}
	return text
}

// hideError keeps an error that errors.Is and errors.As may look at, unless its
// text holds a secret.
func (s *secrets) hideError(err error) error {
	if err == nil || s.hide(err.Error()) == err.Error() {
		return err
	}
	return hiddenError(s.hide(err.Error()))
}

type hiddenError string

func (e hiddenError) Error() string { return string(e) }

// hideHeader takes the secrets out of a header, but for the token that a login
// gives.
func (s *secrets) hideHeader(h http.Header) {
	for name, values := range h {
		by := model.Hidden
		switch name {
		case subjectToken:
			continue
		case "Location":
			by = hiddenInURL
		}
		for n, v := range values {
			values[n] = s.replace(v, by)
		}
	}
}

// hiddenInURL is model.Hidden where a host may stand.
const hiddenInURL = "hidden-by-glance-tui"

// reader takes the secrets out of what it reads.
func (s *secrets) reader(from io.Reader, withTokens bool) io.Reader {
	needles := s.needles(withTokens)
	if len(needles) == 0 {
		return from
	}
	h := &hidingReader{from: from}
	for _, needle := range needles {
		h.needles = append(h.needles, []byte(needle))
		h.probes = append(h.probes, probe([]byte(needle)))
	}
	return h
}

// hidingReader replaces needles in a stream. JSON can write any character as an
// escape: those of ASCII are written plainly first, which JSON takes for the
// same.
type hidingReader struct {
	from    io.Reader
	needles [][]byte
	probes  [][]byte // of each

	left  []byte // an escape that is not complete, not searched yet
	text  []byte // was searched: given away up to given, fit to be given up to ready
	given int
	ready int
	err   error // from the reader, once all is given away
}

func (h *hidingReader) Read(p []byte) (int, error) {
	for h.given == h.ready {
		if h.err != nil {
			return 0, h.err
		}
		kept := len(h.left) + len(h.text) - h.given
		n, err := h.from.Read(p)
		if kept == 0 && h.clean(p[:n]) { // as nearly all is
			return n, err
		}
		h.take(p[:n], err)
		if n == 0 && err == nil {
			return 0, nil
		}
	}
	n := copy(p, h.text[h.given:h.ready])
	h.given += n
	return n, nil
}

// clean is whether a text can be given as it is, whatever follows.
func (h *hidingReader) clean(text []byte) bool {
	return bytes.IndexByte(text, '\\') < 0 && !slices.ContainsFunc(h.probes, func(probe []byte) bool { return bytes.Contains(text, probe) }) && h.begun(text) == 0
}

// take searches what was read, and keeps back what may be the beginning of a
// needle.
func (h *hidingReader) take(fresh []byte, err error) {
	h.err = err
	h.text = append(h.text[:0], h.text[h.given:]...)
	h.left = append(h.left, fresh...)
	var used int
	h.text, used = appendPlain(h.text, h.left, err != nil)
	h.left = append(h.left[:0], h.left[used:]...)
	for n, needle := range h.needles {
		if bytes.Contains(h.text, h.probes[n]) {
			h.text = bytes.ReplaceAll(h.text, needle, []byte(model.Hidden))
		}
	}
	h.given, h.ready = 0, len(h.text)
	if err == nil {
		h.ready -= h.begun(h.text)
	}
}

// begun is the length of what may be the beginning of a needle at the end of a
// text.
func (h *hidingReader) begun(text []byte) int {
	most := 0
	for _, needle := range h.needles {
		tail := text[max(0, len(text)-len(needle)+1):]
		for {
			at := bytes.IndexByte(tail, needle[0])
			if at < 0 || len(tail)-at <= most {
				break
			}
			tail = tail[at:]
			if bytes.HasPrefix(needle, tail) {
				most = len(tail)
				break
			}
			tail = tail[1:]
		}
	}
	return most
}

// appendPlain appends JSON to out with the escapes of printable ASCII written
// plainly, and tells how much of it was used: not an escape that is not
// complete, unless it is the last.
func appendPlain(out, text []byte, last bool) (_ []byte, used int) {
	for {
		at := bytes.IndexByte(text[used:], '\\')
		if at < 0 {
			return append(out, text[used:]...), len(text)
		}
		out = append(out, text[used:used+at]...)
		used += at
		escape := text[used:]
		length := 2
		if len(escape) > 1 && escape[1] == 'u' {
			length = 6
		}
		if len(escape) < length {
			if !last {
				return out, used
			}
			return append(out, escape...), len(text)
		}
		out = appendEscape(out, escape[:length])
		used += length
	}
}

func appendEscape(out, escape []byte) []byte {
	if escape[1] == '/' {
		return append(out, '/')
	}
	if len(escape) < 6 {
		return append(out, escape...)
	}
	code, err := strconv.ParseUint(string(escape[2:]), 16, 16)
	switch {
	case err != nil || code < ' ' || code > '~':
		return append(out, escape...)
	case code == '"' || code == '\\':
		return append(out, '\\', byte(code))
	}
	return append(out, byte(code))
}
