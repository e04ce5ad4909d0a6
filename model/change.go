package model

import (
	"fmt"
	"net/http"
	"strings"
)

// change is an operation that passed the checks which the server makes on all
// operations before it applies the first.
type change struct {
	op    Op
	path  []string // one token, or two for a single location
	value any      // plain; nil for a removal
	v20   bool
	index int // of the operation in its patch
}

// root is the attribute or property that the operation is about.
func (c change) root() string { return c.path[0] }

// changes checks a whole patch as the server does before it applies anything.
// The error is of the first operation that fails.
func (r Rules) changes(p Patch) ([]change, *Rejection) {
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
func (r Rules) change(o Operation) (change, *Rejection) {
	if refused := checkVerb(o.Op); refused != nil {
		return change{}, refused
	}
	c, refused := o.change()
	if refused != nil {
		return change{}, refused
	}
	return c, r.checkChange(c)
}

// change reads the pointer and the value of an operation whose verb is known.
func (o Operation) change() (change, *Rejection) {
	path, fault := pointerTokens(o.Path)
	if fault != "" {
		return change{}, reject(http.StatusBadRequest, "%s", fault)
	}
	if len(path) != pathDepth(path[0], o.Op) {
		return change{}, reject(http.StatusBadRequest,
			"Invalid JSON pointer for this resource: '/%s'", strings.Join(path, "/"))
	}
	c := change{op: o.Op, path: path, v20: o.v20}
	if o.Op == OpRemove {
		return c, nil
	}
	value, err := plainValue(o.Value)
	if err != nil {
		return change{}, reject(http.StatusBadRequest, "Malformed JSON in request body.")
	}
	c.value = value
	return c, nil
}

// checkChange asks whether a client may touch the attribute and whether the
// value fits the schema.
func (r Rules) checkChange(c change) *Rejection {
	if refused := checkAttribute(c.root()); refused != nil {
		return refused
	}
	if message := r.checkValue(c); message != "" {
		return reject(http.StatusBadRequest, "%s", message)
	}
	return nil
}

const knownVerbs = "add, remove, replace"

func checkVerb(op Op) *Rejection {
	switch op {
	case OpAdd, OpReplace, OpRemove:
		return nil
	case "":
		return reject(http.StatusBadRequest, "Unable to find `op` in JSON Schema change. "+
			"It must be one of the following: %s.", knownVerbs)
	}
	return reject(http.StatusBadRequest, "Invalid operation: `%s`. "+
		"It must be one of the following: %s.", op, knownVerbs)
}

// pathDepth is how many tokens a pointer must have: only locations are added
// and removed one by one.
func pathDepth(root string, op Op) int {
	if root == "locations" && op != OpReplace {
		return 2
	}
	return 1
}

// checkAttribute refuses what no client can touch.
func checkAttribute(name string) *Rejection {
	if isReadOnly(name) {
		return reject(http.StatusForbidden, "Attribute '%s' is read-only.", name)
	}
	if isRefused(name) {
		return reject(http.StatusForbidden, "Attribute '%s' is reserved.", name)
	}
	return nil
}

// checkValue holds the value against the schema; the result is the server's
// message, empty when the value is fine.
func (r Rules) checkValue(c change) string {
	if c.op == OpRemove {
		return ""
	}
	if name := r.schema().lacking(c.root()); name != "" {
		return (&violation{keyword: "required", name: name}).message()
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
	if v := attribute.check(c.value); v != nil {
		return v.message()
	}
	return ""
}

// reject is a refusal that is about no particular operation yet.
func reject(code int, format string, arguments ...any) *Rejection {
	return &Rejection{Code: code, Message: fmt.Sprintf(format, arguments...), Index: -1}
}

// serverError is the answer where the server's code breaks.
func serverError() *Rejection {
	return reject(http.StatusInternalServerError, "The server has either erred or is "+
		"incapable of performing the requested operation.")
}
