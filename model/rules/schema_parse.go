package rules

import (
	_ "embed"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// defaultSchema is the answer of a Glance 25 with the schema file that comes
// with it.
//
//go:embed schema_image.json
var defaultSchema []byte

var parsedDefault = sync.OnceValue(func() *Schema {
	s, err := ParseSchema(defaultSchema)
	if err != nil {
		panic("model: the default schema does not parse: " + err.Error())
	}
	return s
})

// DefaultSchema is the schema of a Glance as it is installed. It is shared: do
// not change it.
func DefaultSchema() *Schema { return parsedDefault() }

// DefaultSchemaJSON is the answer to GET /v2/schemas/image that DefaultSchema
// was read from. The result is the caller's.
func DefaultSchemaJSON() []byte { return slices.Clone(defaultSchema) }

// ParseSchema reads the answer to GET /v2/schemas/image. It fails only when
// that is no JSON object with an object "properties"; within it, whatever has
// an unknown shape says nothing.
func ParseSchema(data []byte) (*Schema, error) {
	var document struct {
		Properties           map[string]json.RawMessage `json:"properties"`
		AdditionalProperties json.RawMessage            `json:"additionalProperties"`
		Required             json.RawMessage            `json:"required"`
	}
	if err := json.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	if document.Properties == nil {
		return nil, errors.New(`the schema has no "properties"`)
	}
	s := &Schema{
		Attributes:           parseMembers(document.Properties),
		AdditionalProperties: string(document.AdditionalProperties) != "false",
		Required:             parseTexts(document.Required),
	}
	return s, nil
}

func parseMembers(members map[string]json.RawMessage) map[string]SchemaAttribute {
	out := make(map[string]SchemaAttribute, len(members))
	for name, raw := range members {
		out[name] = parseAttribute(raw)
	}
	return out
}

// parseAttribute reads each keyword by itself, so that one of unknown shape
// spoils no other.
func parseAttribute(raw json.RawMessage) SchemaAttribute {
	var keywords map[string]json.RawMessage
	_ = json.Unmarshal(raw, &keywords) // anything else has no keywords
	a := SchemaAttribute{
		Types:     parseTypes(keywords["type"]),
		Enum:      parseTexts(keywords["enum"]),
		MinLength: parseLength(keywords["minLength"]),
		MaxLength: parseLength(keywords["maxLength"]),
		Minimum:   parseBound(keywords["minimum"]),
		Maximum:   parseBound(keywords["maximum"]),
		ReadOnly:  string(keywords["readOnly"]) == "true",
		IsBase:    string(keywords["is_base"]) != "false",
		Required:  parseTexts(keywords["required"]),
		Closed:    string(keywords["additionalProperties"]) == "false",
	}
	a.Pattern, _ = jsontext.DecodeText(keywords["pattern"])
	a.Description, _ = jsontext.DecodeText(keywords["description"])
	if items := keywords["items"]; len(items) > 0 && items[0] == '{' {
		element := parseAttribute(items)
		a.Items = &element
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(keywords["properties"], &members) == nil && members != nil {
		a.Members = parseMembers(members)
	}
	return a
}

// parseTypes reads "string" as well as ["null", "string"].
func parseTypes(raw json.RawMessage) []string {
	if one, ok := jsontext.DecodeText(raw); ok {
		return []string{one}
	}
	return parseTexts(raw)
}

// parseTexts is the strings of a list, without its other elements.
func parseTexts(raw json.RawMessage) []string {
	var elements []json.RawMessage
	if json.Unmarshal(raw, &elements) != nil {
		return nil
	}
	var out []string
	for _, e := range elements {
		if s, ok := jsontext.DecodeText(e); ok {
			out = append(out, s)
		}
	}
	return out
}

func parseLength(raw json.RawMessage) int {
	if n, ok := jsontext.Integer(string(raw)); ok && n > 0 && n <= 1<<31-1 {
		return int(n)
	}
	return 0
}

func parseBound(raw json.RawMessage) *int64 {
	if n, ok := jsontext.Integer(string(raw)); ok {
		return &n
	}
	return nil
}
