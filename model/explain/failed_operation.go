package explain

import (
	"errors"
	"regexp"
	"slices"
	"sync"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// FailedOperation is the index of the operation that a refusal is about, or -1 when
// that cannot be told: the refusal is about the image, or about any of several
// operations. before is the image that the patch was sent for, code and detail
// are the server's status and message.
//
// What Apply makes of the patch decides where it is the same refusal, else what
// the message names.
func FailedOperation(r rules.Rules, before model.Image, p patch.Patch, code int, detail string) int {
	if code < 400 || code == 401 || len(p) == 0 {
		return -1
	}
	if at := predicted(r, before, p, code, detail); at >= 0 {
		return at
	}
	for _, c := range rejectionCauses() {
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
		if at := matching(r, before, p, c.about(m), c.sole); at >= 0 {
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
// several. The server applies operations in order and stops at the first
// that fails.
func matching(r rules.Rules, before model.Image, p patch.Patch, fits func(patch.Decoded, *rules.Walk) bool, sole bool) int {
	found := -1
	w := r.Walk(before)
	for n, o := range p {
		if e := patch.Decode(o); fits(e, w) {
			switch {
			case !sole:
				return n
			case found >= 0:
				return -1
			}
			found = n
		}
		_ = w.Advance(o)
	}
	return found
}

// predicted is where Apply stops with the same status, and with the same
// meaning.
func predicted(r rules.Rules, before model.Image, p patch.Patch, code int, detail string) int {
	r.CheckLocation = nil
	_, err := r.Apply(before, p)
	var refused *patch.Rejection
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

// rejectionCause ties a message to the operations that can cause it.
type rejectionCause struct {
	code int
	text *regexp.Regexp
	// about gets the groups of the pattern; nil where the image itself is at
	// fault.
	about fitting
	// sole is for what any of several operations can have caused.
	sole bool
}

// fitting makes the test of an operation from a message's groups. The walk
// is before the operation.
type fitting func(groups []string) func(patch.Decoded, *rules.Walk) bool

func causes(code int, pattern string, about fitting) rejectionCause {
	return rejectionCause{code: code, text: regexp.MustCompile(`(?is)` + pattern), about: about}
}

func causesOne(code int, pattern string, about fitting) rejectionCause {
	c := causes(code, pattern, about)
	c.sole = true
	return c
}

func named(groups []string) func(patch.Decoded, *rules.Walk) bool {
	return func(e patch.Decoded, _ *rules.Walk) bool { return len(groups) > 1 && e.Name == groups[1] }
}

// namedIn is named for operations of these verbs alone.
func namedIn(ops ...patch.Op) fitting {
	return func(groups []string) func(patch.Decoded, *rules.Walk) bool {
		same := named(groups)
		return func(e patch.Decoded, w *rules.Walk) bool { return slices.Contains(ops, e.Op) && same(e, w) }
	}
}

func attributeIs(name string) fitting {
	return func([]string) func(patch.Decoded, *rules.Walk) bool {
		return func(e patch.Decoded, _ *rules.Walk) bool { return e.Name == name }
	}
}

// addsURL is an operation that makes the server look at a URL.
func addsURL([]string) func(patch.Decoded, *rules.Walk) bool {
	return func(e patch.Decoded, w *rules.Walk) bool {
		return e.Name == "locations" && (e.Op == patch.OpAdd || e.Op == patch.OpReplace && len(w.Locations()) == 0)
	}
}

func addsThisURL(groups []string) func(patch.Decoded, *rules.Walk) bool {
	return func(e patch.Decoded, w *rules.Walk) bool {
		if e.Name != "locations" {
			return false
		}
		if l, ok := e.Location(); ok {
			return l.URL == groups[1]
		}
		list, _ := e.Locations()
		for _, l := range list {
			if l.URL == groups[1] && len(w.Locations()) == 0 {
				return true
			}
		}
		return false
	}
}

func locationVerb(ops ...patch.Op) fitting {
	return func([]string) func(patch.Decoded, *rules.Walk) bool {
		return func(e patch.Decoded, _ *rules.Walk) bool {
			return e.Name == "locations" && slices.Contains(ops, e.Op)
		}
	}
}

// removesLast is the removal that finds a single location.
func removesLast([]string) func(patch.Decoded, *rules.Walk) bool {
	return func(e patch.Decoded, w *rules.Walk) bool {
		return e.Name == "locations" && e.Op == patch.OpRemove && len(w.Locations()) == 1
	}
}

func emptiesList([]string) func(patch.Decoded, *rules.Walk) bool {
	return func(e patch.Decoded, _ *rules.Walk) bool {
		list, ok := e.Locations()
		return e.Name == "locations" && e.Op == patch.OpReplace && ok && len(list) == 0
	}
}

func becomes(v model.Visibility) fitting {
	return func([]string) func(patch.Decoded, *rules.Walk) bool {
		return func(e patch.Decoded, _ *rules.Walk) bool { return e.Name == "visibility" && e.Value == string(v) }
	}
}

func fourByteName([]string) func(patch.Decoded, *rules.Walk) bool {
	return func(e patch.Decoded, _ *rules.Walk) bool { return jsontext.HasFourByte(e.Name) }
}

func fourByteValue([]string) func(patch.Decoded, *rules.Walk) bool {
	return func(e patch.Decoded, _ *rules.Walk) bool { return jsontext.ValueHasFourByte(e.Value) }
}

// rejectionCauses are tried in order.
var rejectionCauses = sync.OnceValue(func() []rejectionCause {
	return []rejectionCause{
		causes(400, `on instance\[['"](.*?)['"]\]`, named),
		causesOne(400, `property names can't contain 4 byte`, fourByteName),
		causesOne(400, `can't contain 4 byte`, fourByteValue),
		causesOne(400, `invalid locations?$|store uri was malformed`, addsURL),
		causes(400, `the location (.+) already exists`, addsThisURL),
		causes(400, `original locations is not empty|cannot replace locations from a non-empty list`, locationVerb(patch.OpReplace)),
		causes(400, `invalid position for adding`, locationVerb(patch.OpAdd)),
		causes(400, `must be set prior to saving data`, locationVerb(patch.OpAdd, patch.OpReplace)),
		causes(400, `for parameter '(\w+)': cannot be a negative`, named),
		causes(400, `'(\w+)' value out of range`, named),

		causes(403, `cannot remove last location`, removesLast),
		causes(403, `cannot set locations to empty list`, emptiesList),
		causes(403, `to update locations if locations are invisible`, locationVerb(patch.OpReplace)),
		causes(403, `to add locations if locations are invisible`, locationVerb(patch.OpAdd)),
		causes(403, `to remove locations if locations are invisible`, locationVerb(patch.OpRemove)),
		causes(403, `attribute '?(.+?)'? (?:is read-only|is reserved|can be only replaced)`, named),
		causes(403, `property (.+) may not be removed`, namedIn(patch.OpRemove)),
		causes(403, `owner can't be updated`, attributeIs("owner")),
		causes(403, `publicize_image`, becomes(model.Public)),
		causes(403, `communitize_image`, becomes(model.Community)),
		causes(403, `delete_image_location`, locationVerb(patch.OpRemove)),
		causes(403, `set_image_location`, locationVerb(patch.OpAdd, patch.OpReplace)),
		causes(403, `do not own this image|modify_image|not permitted to modify`, nil),

		causes(404, ``, nil),

		causes(409, `property (.+) does not exist`, namedIn(patch.OpReplace, patch.OpRemove)),
		causes(409, `property (.+) already present`, namedIn(patch.OpAdd)),
		causes(409, `to add locations if image status`, locationVerb(patch.OpAdd)),
		causes(409, `to replace locations if image status`, locationVerb(patch.OpReplace)),
		causes(409, `to remove locations if image status`, locationVerb(patch.OpRemove)),

		causes(413, `image tags`, attributeIs("tags")),
		causes(413, `image properties`, nil),
	}
})
