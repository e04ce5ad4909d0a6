package filter

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// Filter is a parsed search among images: terms that must all hold. The zero
// value lets every image pass. It is a value, safe for use by several
// goroutines.
type Filter struct {
	terms []filterTerm
}

// filterTerm is one condition; with not it must fail.
type filterTerm struct {
	match filterMatch
	not   bool
	free  string // the lower-cased word of a free term, else ""
	key   filterKey
	value filterValue
}

// freeReads are the attributes in which a free word is looked for.
var freeReads = []string{"name", "tags", "id"}

// knows reports whether what a term found in an image counts. Where the image does
// not know the attribute that the term is about, it is neither as the term says
// nor otherwise; a free word that was found was in a known one.
func (t *filterTerm) knows(img *model.Image) bool {
	reads := t.key.reads
	if t.free != "" {
		if !t.not {
			return true
		}
		reads = freeReads
	}
	for _, attribute := range reads {
		if !img.Knows(attribute) {
			return false
		}
	}
	return true
}

// filterMatch is a condition on one image. It must not allocate: the list
// asks it once per image and key press.
type filterMatch func(*model.Image, filterViewer) bool

// filterViewer is what a condition needs to know of whoever looks.
type filterViewer struct {
	projectID    string
	projectNames map[string]string
}

// Parse reads a filter as a user types it: words parted by spaces,
// each of them a term. [Terms] describes the forms. A word with a
// quotation mark at its front is always a free word; a closing quotation mark
// may be missing at the end.
//
// Ages count back from now. A fault is a [*Error]; the filter holds the
// terms that are right all the same, so that a list can go on narrowing while
// the user types.
func Parse(s string, now time.Time) (Filter, error) {
	var f Filter
	var fault error
	for _, w := range filterWords(s) {
		t, err := w.term(now)
		switch {
		case err != nil && fault == nil:
			fault = err
		case err == nil && t.match != nil:
			f.terms = append(f.terms, t)
		}
	}
	return f, fault
}

// Error says what is wrong with a filter.
type Error struct {
	// Term is the word at fault, as it was typed.
	Term string
	// Text says in words what is wrong with it, and what would be right.
	Text string
	// Begun reports whether the term is not wrong but has no end yet, such as
	// "status:". A list that filters while the user types says nothing then.
	Begun bool
}

// Error gives the term and what is wrong with it.
func (e *Error) Error() string { return e.Term + ": " + e.Text }

// Match reports whether an image passes the filter, as seen by a session
// ("owner:me" is its project). An image passes no term about an attribute that it
// does not know (see [model.Image.Knows]), turned around or not. It allocates nothing.
func (f Filter) Match(img *model.Image, session api.Session) bool {
	who := filterViewer{projectID: session.ProjectID, projectNames: session.ProjectNames}
	for i := range f.terms {
		if f.terms[i].match(img, who) == f.terms[i].not {
			return false
		}
	}
	if img.Unread != nil || !img.LocationsShown {
		return !slices.ContainsFunc(f.terms, func(t filterTerm) bool { return !t.knows(img) })
	}
	return true
}

// Empty reports whether the filter lets every image pass.
func (f Filter) Empty() bool { return len(f.terms) == 0 }

// Free lists the free words of the filter in lower case, those without "!",
// for showing where they matched.
func (f Filter) Free() []string {
	var words []string
	for _, t := range f.terms {
		if t.free != "" && !t.not {
			words = append(words, t.free)
		}
	}
	return words
}

// Keyed is the filter without its free words, for a caller that ranks those
// in its own way.
func (f Filter) Keyed() Filter {
	var keyed Filter
	for _, t := range f.terms {
		if t.free == "" || t.not {
			keyed.terms = append(keyed.terms, t)
		}
	}
	return keyed
}

// Reads is what of an image a filter looks at.
type Reads struct {
	// Properties are names, to be looked for in Properties and in Extra.
	Properties []string
	// Locations are only their URLs.
	Locations bool
	// Attributes are all others that a list shows: the image's own.
	Attributes bool
}

// Reads tells what of an image Match looks at. A caller that keeps images packed
// need not unpack more.
func (f Filter) Reads() Reads {
	var r Reads
	for _, t := range f.terms {
		switch t.key.term.Key {
		case "prop":
			r.Properties = append(r.Properties, t.value.property())
		case "location":
			r.Locations = true
		default:
			r.Attributes = true
		}
	}
	return r
}

// Query is what a server can be asked to leave out beforehand, as parameters of
// GET /v2/images. All images that match are in the answer, and others too:
// Match has the last word. It also asks for images that the server lists only
// on demand: hidden ones and other projects' community images.
func (f Filter) Query(session api.Session) url.Values {
	query := url.Values{}
	for _, t := range f.terms {
		if t.not || t.key.ask == nil {
			continue
		}
		// Given twice, only the last counts on the server: one is enough.
		if name, value := t.key.ask(t.value, session); value != "" && !query.Has(name) {
			query.Set(name, value)
		}
	}
	return query
}

// filterWord is one word of a filter, its quotation marks taken out.
type filterWord struct {
	typed  string // with quotation marks and "!"
	text   string // without
	not    bool
	colon  int // of the first colon outside quotation marks, in text; -1 without
	quoted int // where in text the first quoted character is; len(text)+1 without
}

// filterWords cuts a filter into words at spaces outside quotation marks.
// Inside them a backslash takes the next character as it is.
func filterWords(s string) []filterWord {
	var words []filterWord
	for {
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
		if s == "" {
			return words
		}
		w, rest := filterWordOf(s)
		words = append(words, w)
		s = rest
	}
}

func filterWordOf(s string) (filterWord, string) {
	w := filterWord{colon: -1, quoted: -1}
	var text strings.Builder
	inQuotes, escaped, end := false, false, len(s)
	for i, r := range s {
		if unicode.IsSpace(r) && !inQuotes {
			end = i
			break
		}
		switch {
		case escaped:
			text.WriteRune(r)
			escaped = false
		case r == '"':
			inQuotes = !inQuotes
			if w.quoted < 0 {
				w.quoted = text.Len()
			}
		case inQuotes && r == '\\':
			escaped = true
		case r == '!' && i == 0:
			w.not = true
		default:
			if r == ':' && !inQuotes && w.colon < 0 {
				w.colon = text.Len()
			}
			text.WriteRune(r)
		}
	}
	w.typed, w.text = s[:end], text.String()
	if w.quoted < 0 {
		w.quoted = len(w.text) + 1
	}
	return w, s[end:]
}

// term turns a word into a condition; none (match is nil) for a lone "!" or an
// empty pair of quotation marks.
func (w filterWord) term(now time.Time) (filterTerm, error) {
	if w.quoted == 0 || w.colon < 0 {
		if w.text == "" {
			return filterTerm{}, nil
		}
		word := strings.ToLower(w.text)
		return filterTerm{match: filterFree(word), not: w.not, free: word}, nil
	}
	name := strings.ToLower(w.text[:w.colon])
	named := filterKeysNamed(name)
	if len(named) != 1 {
		return filterTerm{}, &Error{Term: w.typed, Text: notOneFilterKey(name, named)}
	}
	k := named[0]
	v := filterValue{text: w.text[w.colon+1:], quoted: w.quoted - w.colon - 1}
	if v.text == "" && !v.isQuoted() {
		return filterTerm{}, &Error{Term: w.typed, Text: "say which, such as " + k.term.Form, Begun: true}
	}
	match, err := k.parse(v, now)
	if err != nil {
		err.Term = w.typed
		return filterTerm{}, err
	}
	return filterTerm{match: match, not: w.not, key: k, value: v}, nil
}

// filterFree matches a lower-cased word anywhere in the name or a tag, and at the
// beginning of the id. Inside of ids, which are UUIDs, words such as "add" occur by
// chance.
func filterFree(word string) filterMatch {
	return func(img *model.Image, _ filterViewer) bool {
		if containsFold(img.Name.Value, word) || hasPrefixFold(img.ID, word) {
			return true
		}
		for _, t := range img.Tags {
			if containsFold(t, word) {
				return true
			}
		}
		return false
	}
}
