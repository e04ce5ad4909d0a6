package patch

// Op is the verb of one operation. Glance knows three of RFC 6902's six.
type Op string

// The operations that Glance takes (measured: test, move and copy are 400).
const (
	OpAdd     Op = "add"
	OpReplace Op = "replace"
	OpRemove  Op = "remove"
)

// Media types of a PATCH body (API reference, "Update image").
const (
	// MediaTypeV21 is the RFC 6902 form and the one to use.
	MediaTypeV21 = "application/openstack-images-v2.1-json-patch"
	// MediaTypeV20 is the older form, {"replace": "/name", "value": "x"}.
	MediaTypeV20 = "application/openstack-images-v2.0-json-patch"
)

// Operation is one step of a patch.
type Operation struct {
	Op   Op
	Path string // an RFC 6901 pointer as Glance reads it: "/name", "/locations/-"
	// Value is what encoding/json can encode: string, bool, int64, nil,
	// []string (tags), Location, []Location. Ignored for OpRemove. A patch
	// that was parsed holds plain JSON instead: string, bool, json.Number,
	// nil, []any, map[string]any. Apply takes both.
	Value any

	// V20 marks an operation read from the older media type, where an add
	// refuses what exists.
	V20 bool
}

// Patch is an ordered list of operations, applied one after another.
// A nil or empty patch changes nothing and is never worth sending.
type Patch []Operation

// RemovesLocations reports whether a location goes when the patch is applied:
// the server deletes the data behind it at once (measured).
func (p Patch) RemovesLocations() bool {
	for _, o := range p {
		if o.removesLocations() {
			return true
		}
	}
	return false
}

func (o Operation) removesLocations() bool {
	path, fault := PointerTokens(o.Path)
	if fault != "" || path[0] != "locations" {
		return false
	}
	if o.Op == OpRemove {
		return len(path) > 1
	}
	return o.Op == OpReplace && len(path) == 1 && isEmptyList(o.Value)
}

func isEmptyList(value any) bool {
	plain, err := PlainValue(value)
	list, isList := plain.([]any)
	return err == nil && isList && len(list) == 0
}
