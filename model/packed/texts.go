package packed

import (
	"encoding/hex"
	"hash/maphash"
	"strings"
)

// texts are those that many images share, each kept once and known by a
// number. Number 0 is null.
type texts struct {
	list []string
	at   map[string]uint32
	// once holds hashes of texts that were met a first time: only what comes
	// again gets a number, since a number costs more than a text of one image.
	once [1 << 12]uint64
	seed maphash.Seed
}

func newTexts() texts {
	return texts{list: []string{""}, at: map[string]uint32{}, seed: maphash.MakeSeed()}
}

// number is the number of a text, which gets one where it has none.
func (t *texts) number(s string) uint32 {
	if n, known := t.at[s]; known {
		return n
	}
	s = strings.Clone(s) // it may be a piece of something large
	n := uint32(len(t.list))
	t.list = append(t.list, s)
	t.at[s] = n
	return n
}

// shared is the number of a text that was met before; false for others.
func (t *texts) shared(s string) (uint32, bool) {
	if n, known := t.at[s]; known {
		return n, true
	}
	if len(s) > longestShared {
		return 0, false
	}
	h := maphash.String(t.seed, s)
	if slot := &t.once[h%uint64(len(t.once))]; *slot != h {
		*slot = h
		return 0, false
	}
	return t.number(s), true
}

// longestShared keeps large values from being looked at twice.
const longestShared = 256

// A packed text begins with a number: its form in the two lowest bits, and
// above them what the form needs.
const (
	formShared  = iota // the number of a shared text, 0 for null
	formPlain          // the length, then the text
	formHex            // the length in bytes of a text of hexadecimal digits, then the bytes
	formAround         // nothing; then two texts between which the image's id is
	formBits    = 2
	leastForHex = 16 // digits: shorter ones are not worth it
	leastID     = 8  // of an id that is looked for in texts
)

// form writes the beginning of a text.
func (w *writer) form(n, form uint64) { w.number(n<<formBits | form) }

// addText packs a text that may be null.
func (w *writer) addText(s string, set bool) {
	if !set {
		w.form(0, formShared)
		return
	}
	if n, ok := w.texts.shared(s); ok {
		w.form(uint64(n), formShared)
		return
	}
	if at := strings.Index(s, w.id); at >= 0 && len(w.id) >= leastID {
		w.form(0, formAround)
		w.addText(s[:at], true)
		w.addText(s[at+len(w.id):], true)
		return
	}
	w.addLiteral(s)
}

// addLiteral packs a text in such a way that reading it makes nothing new,
// but for digits.
func (w *writer) addLiteral(s string) {
	if isHex(s) {
		w.form(uint64(len(s)/2), formHex)
		w.out, _ = hex.AppendDecode(w.out, []byte(s))
		return
	}
	w.form(uint64(len(s)), formPlain)
	w.out = append(w.out, s...)
}

// isHex reports whether a text is an even number of lower-case hexadecimal digits,
// and long enough.
func isHex(s string) bool {
	if len(s) < leastForHex || len(s)%2 != 0 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// text reads a text; false for null.
func (r *reader) text() (string, bool) {
	n := r.number()
	switch n & (1<<formBits - 1) {
	case formPlain:
		return r.take(int(n >> formBits)), true
	case formHex:
		return hex.EncodeToString([]byte(r.take(int(n >> formBits)))), true
	case formAround:
		before, _ := r.text()
		after, _ := r.text()
		return before + r.id + after, true
	}
	return r.texts.list[n>>formBits], n>>formBits != 0
}

// skipText goes over a text.
func (r *reader) skipText() { r.rest = r.rest[behindText(r.rest, 0):] }

// behindText is the place behind the text at a place.
func behindText(s string, at int) int {
	n, at := numberAt(s, at)
	switch n & (1<<formBits - 1) {
	case formPlain, formHex:
		at += int(n >> formBits)
	case formAround:
		at = behindText(s, behindText(s, at))
	}
	return at
}
