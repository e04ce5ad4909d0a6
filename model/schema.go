package model

// Schema is what a deployment's /v2/schemas/image says of the attributes.
type Schema struct {
	Attributes map[string]SchemaAttribute
	// AdditionalProperties is whether clients may add custom properties.
	AdditionalProperties bool
}

// SchemaAttribute is one attribute's entry in the schema.
type SchemaAttribute struct {
	Types       []string // "string", "null", "integer", "boolean", "array", …
	Enum        []string // the non-null values of an enumeration, in its order
	MaxLength   int      // characters; 0 when unlimited
	Minimum     *int64
	Maximum     *int64
	Pattern     string
	ReadOnly    bool
	IsBase      bool // false for properties that the deployment itself declares
	Description string
}
