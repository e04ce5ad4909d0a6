package rules

import (
	"net/http"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// change is an operation that passed the checks which the server makes on all
// operations before it applies the first.
type change struct {
	op    patch.Op
	path  []string // one token, or two for a single location
	value any      // plain; nil for a removal
	v20   bool
	index int // of the operation in its patch
}

// root is the attribute or property that the operation is about.
func (c change) root() string { return c.path[0] }

// changes checks a whole patch as the server does before it applies anything.
// The error is of the first operation that fails.
func (r Rules) changes(p patch.Patch) ([]change, *patch.Rejection) {
	out := make([]change, 0, len(p))
	for n, o := range p {
		c, refused := r.change(o)
		if refused != nil {
			refused.Index = n
			return nil, refused
		}
		c.index = n
		out = append(out, c)
	}
	return out, nil
}

// change checks one operation, in the server's order: verb, pointer, depth,
// value, attribute, schema.
func (r Rules) change(o patch.Operation) (change, *patch.Rejection) {
	if refused := patch.CheckVerb(o.Op); refused != nil {
		return change{}, refused
	}
	c, refused := readChange(o)
	if refused != nil {
		return change{}, refused
	}
	return c, r.checkChange(c)
}

// checkChange asks whether a client may touch the attribute and whether the
// value fits the schema.
func (r Rules) checkChange(c change) *patch.Rejection {
	if refused := checkAttribute(c.root()); refused != nil {
		return refused
	}
	if message := r.checkValue(c); message != "" {
		return patch.Reject(http.StatusBadRequest, "%s", message)
	}
	return nil
}

// CheckVerb rejects an operation that Glance does not have.

// pathDepth is how many tokens a pointer must have: only locations are added
// and removed one by one.
func pathDepth(root string, op patch.Op) int {
	if root == "locations" && op != patch.OpReplace {
		return 2
	}
	return 1
}

// checkAttribute refuses what no client can touch.
func checkAttribute(name string) *patch.Rejection {
	if model.IsReadOnly(name) {
		return patch.Reject(http.StatusForbidden, "Attribute '%s' is read-only.", name)
	}
	if model.IsRefused(name) {
		return patch.Reject(http.StatusForbidden, "Attribute '%s' is reserved.", name)
	}
	return nil
}

// checkValue holds the value against the schema; the result is the server's
// message, empty when the value is fine.
func (r Rules) checkValue(c change) string {
	if c.op == patch.OpRemove {
		return ""
	}
	if name := r.schema().lacking(c.root()); name != "" {
		return (&violation{keyword: "required", name: name}).Message()
	}
	attribute, allowed := r.schema().attribute(c.root())
	if !allowed {
		return schemaFault + unexpectedMember(c.root())
	}
	if len(c.path) > 1 {
		if attribute.Items == nil {
			return ""
		}
		attribute = *attribute.Items
	}
	if v := attribute.Check(c.value); v != nil {
		return v.Message()
	}
	return ""
}
