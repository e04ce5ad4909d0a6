package rules

import (
	"net/http"
	"strings"

	"github.com/glance-tui/glance-tui/model/patch"
)

// readChange reads the pointer and the value of an operation whose verb is known.
func readChange(o patch.Operation) (change, *patch.Rejection) {
	path, fault := patch.PointerTokens(o.Path)
	if fault != "" {
		return change{}, patch.Reject(http.StatusBadRequest, "%s", fault)
	}
	if len(path) != pathDepth(path[0], o.Op) {
		return change{}, patch.Reject(http.StatusBadRequest,
			"Invalid JSON pointer for this resource: '/%s'", strings.Join(path, "/"))
	}
	c := change{op: o.Op, path: path, v20: o.V20}
	if o.Op == patch.OpRemove {
		return c, nil
	}
	value, err := patch.PlainValue(o.Value)
	if err != nil {
		return change{}, patch.Reject(http.StatusBadRequest, "Malformed JSON in request body.")
	}
	c.value = value
	return c, nil
}

// ParsePatch reads the body of a PATCH as a current server with the default
// schema does. See [Rules.ParsePatch].
func ParsePatch(contentType string, body []byte) (patch.Patch, error) {
	return Rules{}.ParsePatch(contentType, body)
}

// ParsePatch reads the body of a PATCH in either media type and makes the
// checks that the server makes before it looks at the image: JSON, verbs,
// pointers, read-only and reserved names, values against the schema. The error
// is the *Rejection that the server answers (400, 403, 415, 500, as measured);
// nothing at all is changed then.
func (r Rules) ParsePatch(contentType string, body []byte) (patch.Patch, error) {
	return patch.Parse(contentType, body, r.checkRead)
}

// checkRead makes the checks of one operation that was read; valued reports whether
// it had a member of the name value.
func (r Rules) checkRead(o patch.Operation, valued bool) *patch.Rejection {
	c, refused := readChange(o)
	if refused != nil {
		return refused
	}
	if o.Op != patch.OpRemove && !valued {
		return patch.Reject(http.StatusBadRequest, `Operation "%s" requires a member named "value".`, o.Op)
	}
	return r.checkChange(c)
}
