package jsontext

import (
	"bytes"
	"encoding/json"
)

// Plain is the location as plain JSON.

// DecodePlain reads JSON, numbers as json.Number.
func DecodePlain(text []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err = d.Decode(&value)
	return value, err
}

// IsType reports whether a plain value is of a type of JSON schemas; a whole
// number is an "integer" and a "number".
func IsType(value any, name string) bool {
	switch v := value.(type) {
	case nil:
		return name == "null"
	case string:
		return name == "string"
	case bool:
		return name == "boolean"
	case []any:
		return name == "array"
	case map[string]any:
		return name == "object"
	case json.Number:
		if name == "integer" {
			_, whole := Integer(v.String())
			return whole
		}
		return name == "number"
	case int, int64:
		return name == "integer" || name == "number"
	case float64:
		return name == "number" || name == "integer" && v == float64(int64(v))
	}
	return false
}
