package rules

import "slices"

// Schema is what a deployment's /v2/schemas/image says of the attributes.
type Schema struct {
	Attributes map[string]SchemaAttribute
	// AdditionalProperties reports whether clients may add custom properties.
	AdditionalProperties bool
	// Required are the names that an image must have. Servers of 2026 hold
	// each add and replace of a PATCH against it by itself, so that only a
	// change of the one required name passes (measured).
	Required []string
}

// SchemaAttribute is one attribute's entry in the schema, or one level of it.
type SchemaAttribute struct {
	Types       []string // "string", "null", "integer", "boolean", "array", …; empty means any
	Enum        []string // the non-null values of an enumeration, in its order
	MinLength   int      // characters
	MaxLength   int      // characters; 0 when unlimited
	Minimum     *int64
	Maximum     *int64
	Pattern     string // a regular expression, searched for anywhere in the text
	ReadOnly    bool
	IsBase      bool // false for properties that the deployment itself declares
	Description string

	// Items describes the elements of an array; nil means anything.
	Items *SchemaAttribute
	// Members describes the members of an object.
	Members map[string]SchemaAttribute
	// Required are the members that an object must have.
	Required []string
	// Closed reports whether an object may have no other members.
	Closed bool
}

// schema is the schema in force.
func (r Rules) schema() *Schema {
	if r.Schema != nil {
		return r.Schema
	}
	return DefaultSchema()
}

// LacksHidden reports whether the schema of a server describes images without
// os_hidden, the only attribute of clients that came later (2018): a PATCH would
// be refused, as for a property that is no text. A schema without a name
// describes no images at all, and says nothing.
func (s *Schema) LacksHidden() bool {
	if s == nil {
		return false
	}
	_, describes := s.Attributes["name"]
	_, has := s.Attributes["os_hidden"]
	return describes && !has
}

// DeclaredProperties are the names of the properties that the deployment itself
// describes and that a client can set, sorted.
func (r Rules) DeclaredProperties() []string {
	var names []string
	for name, a := range r.schema().Attributes {
		if !a.IsBase && !a.ReadOnly && checkAddress(name) == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// lacking is the first required name that a change of one name alone does not
// hold, "" when there is none.
func (s *Schema) lacking(name string) string {
	for _, required := range s.Required {
		if required != name {
			return required
		}
	}
	return ""
}

// attribute finds what the schema says of a name. Names that it does not list
// are custom properties: text, if the deployment allows any.
func (s *Schema) attribute(name string) (SchemaAttribute, bool) {
	if a, found := s.Attributes[name]; found {
		return a, true
	}
	return customProperty, s.AdditionalProperties
}

var customProperty = SchemaAttribute{Types: []string{"string"}}

// allowsNull reports whether null is a value of the attribute.
func (a *SchemaAttribute) allowsNull() bool { return a.allowsType("null") }

func (a *SchemaAttribute) allowsType(name string) bool {
	if len(a.Types) == 0 {
		return true
	}
	for _, t := range a.Types {
		if t == name {
			return true
		}
	}
	return false
}
