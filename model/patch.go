package model

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
	// []string (tags), Location, []Location. Ignored for OpRemove.
	Value any
}

// Patch is an ordered list of operations, applied one after another.
// A nil or empty patch changes nothing and is never worth sending.
type Patch []Operation
