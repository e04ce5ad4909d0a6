package model

import (
	"errors"
	"regexp"
	"slices"
	"sync"
)

// Culprit is the index of the operation that a refusal is about, or -1 when
// that cannot be told: the refusal is about the image, or about any of several
// operations. before is the image that the patch was sent for, code and detail
// are the server's status and message.
//
// What Apply makes of the patch decides where it is the same refusal, else what
// the message names.
func (r Rules) Culprit(before Image, p Patch, code int, detail string) int {
	if code < 400 || code == 401 || len(p) == 0 {
		return -1
	}
	if at := r.foretold(before, p, code, detail); at >= 0 {
		return at
	}
	for _, c := range culprits() {
		if c.code != code {
			continue
		}
		m := c.text.FindStringSubmatch(detail)
		if m == nil {
			continue
		}
		if c.about == nil {
			return -1 // the image as a whole
		}
		if at := r.matching(before, p, c.about(m), c.sole); at >= 0 {
			return at
		}
		break
	}
	if len(p) == 1 && code < 500 {
		return 0
	}
	return -1
}

// matching is the first operation that fits, -1 for none; with sole also for
// several. The server carries operations out in order and stops at the first
// that fails.
func (r Rules) matching(before Image, p Patch, fits func(edit, *walk) bool, sole bool) int {
	found := -1
	w := r.walkFrom(before)
	for n, o := range p {
		if e := readEdit(o); fits(e, w) {
			switch {
			case !sole:
				return n
			case found >= 0:
				return -1
			}
			found = n
		}
		_ = w.advance(o)
	}
	return found
}

// foretold is where Apply stops with the same status, and with the same
// meaning.
func (r Rules) foretold(before Image, p Patch, code int, detail string) int {
	r.CheckLocation = nil
	_, err := r.Apply(before, p)
	var refused *Rejection
	if !errors.As(err, &refused) || refused.Code != code {
		return -1
	}
	_, theirs, _ := Describe(code, detail, "send the edit")
	_, ours, _ := Describe(code, refused.Message, "send the edit")
	if theirs != ours {
		return -1
	}
	return refused.Index
}

// culprit ties a message to the operations that can cause it.
type culprit struct {
	code int
	text *regexp.Regexp
	// about gets the groups of the pattern; nil where the image itself is at
	// fault.
	about fitting
	// sole is for what any of several operations can have caused.
	sole bool
}

// fitting makes the test of an operation from a message's groups. The walk
// stands before the operation.
type fitting func(groups []string) func(edit, *walk) bool

func causes(code int, pattern string, about fitting) culprit {
	return culprit{code: code, text: regexp.MustCompile(`(?is)` + pattern), about: about}
}

func causesOne(code int, pattern string, about fitting) culprit {
	c := causes(code, pattern, about)
	c.sole = true
	return c
}

func named(groups []string) func(edit, *walk) bool {
	return func(e edit, _ *walk) bool { return len(groups) > 1 && e.name == groups[1] }
}

// namedIn is named for operations of these verbs alone.
func namedIn(ops ...Op) fitting {
	return func(groups []string) func(edit, *walk) bool {
		same := named(groups)
		return func(e edit, w *walk) bool { return slices.Contains(ops, e.op) && same(e, w) }
	}
}

func attributeIs(name string) fitting {
	return func([]string) func(edit, *walk) bool {
		return func(e edit, _ *walk) bool { return e.name == name }
	}
}

// addsURL is an operation that makes the server look at a URL.
func addsURL([]string) func(edit, *walk) bool {
	return func(e edit, w *walk) bool {
		return e.name == "locations" && (e.op == OpAdd || e.op == OpReplace && len(w.locations()) == 0)
	}
}

func addsThisURL(groups []string) func(edit, *walk) bool {
	return func(e edit, w *walk) bool {
		if e.name != "locations" {
			return false
		}
		if l, ok := e.location(); ok {
			return l.URL == groups[1]
		}
		list, _ := e.locations()
		for _, l := range list {
			if l.URL == groups[1] && len(w.locations()) == 0 {
				return true
			}
		}
		return false
	}
}

func locationVerb(ops ...Op) fitting {
	return func([]string) func(edit, *walk) bool {
		return func(e edit, _ *walk) bool {
			return e.name == "locations" && slices.Contains(ops, e.op)
		}
	}
}

// removesLast is the removal that finds a single location.
func removesLast([]string) func(edit, *walk) bool {
	return func(e edit, w *walk) bool {
		return e.name == "locations" && e.op == OpRemove && len(w.locations()) == 1
	}
}

func emptiesList([]string) func(edit, *walk) bool {
	return func(e edit, _ *walk) bool {
		list, ok := e.locations()
		return e.name == "locations" && e.op == OpReplace && ok && len(list) == 0
	}
}

func becomes(v Visibility) fitting {
	return func([]string) func(edit, *walk) bool {
		return func(e edit, _ *walk) bool { return e.name == "visibility" && e.value == string(v) }
	}
}

func fourByteName([]string) func(edit, *walk) bool {
	return func(e edit, _ *walk) bool { return hasFourByte(e.name) }
}

func fourByteValue([]string) func(edit, *walk) bool {
	return func(e edit, _ *walk) bool { return valueHasFourByte(e.value) }
}

// culprits are tried in order.
var culprits = sync.OnceValue(func() []culprit {
	return []culprit{
		causes(400, `on instance\[['"](.*?)['"]\]`, named),
		causesOne(400, `property names can't contain 4 byte`, fourByteName),
		causesOne(400, `can't contain 4 byte`, fourByteValue),
		causesOne(400, `invalid locations?$|store uri was malformed`, addsURL),
		causes(400, `the location (.+) already exists`, addsThisURL),
		causes(400, `original locations is not empty|cannot replace locations from a non-empty list`, locationVerb(OpReplace)),
		causes(400, `invalid position for adding`, locationVerb(OpAdd)),
		causes(400, `must be set prior to saving data`, locationVerb(OpAdd, OpReplace)),
		causes(400, `for parameter '(\w+)': cannot be a negative`, named),
		causes(400, `'(\w+)' value out of range`, named),

		causes(403, `cannot remove last location`, removesLast),
		causes(403, `cannot set locations to empty list`, emptiesList),
		causes(403, `to update locations if locations are invisible`, locationVerb(OpReplace)),
		causes(403, `to add locations if locations are invisible`, locationVerb(OpAdd)),
		causes(403, `to remove locations if locations are invisible`, locationVerb(OpRemove)),
		causes(403, `attribute '?(.+?)'? (?:is read-only|is reserved|can be only replaced)`, named),
		causes(403, `property (.+) may not be removed`, namedIn(OpRemove)),
		causes(403, `owner can't be updated`, attributeIs("owner")),
		causes(403, `publicize_image`, becomes(Public)),
		causes(403, `communitize_image`, becomes(Community)),
		causes(403, `delete_image_location`, locationVerb(OpRemove)),
		causes(403, `set_image_location`, locationVerb(OpAdd, OpReplace)),
		causes(403, `do not own this image|modify_image|not permitted to modify`, nil),

		causes(404, ``, nil),

		causes(409, `property (.+) does not exist`, namedIn(OpReplace, OpRemove)),
		causes(409, `property (.+) already present`, namedIn(OpAdd)),
		causes(409, `to add locations if image status`, locationVerb(OpAdd)),
		causes(409, `to replace locations if image status`, locationVerb(OpReplace)),
		causes(409, `to remove locations if image status`, locationVerb(OpRemove)),

		causes(413, `image tags`, attributeIs("tags")),
		causes(413, `image properties`, nil),
	}
})
