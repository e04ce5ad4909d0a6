package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// plainValue is an operation's value as it would be after a journey through
// JSON: string, bool, json.Number, nil, []any or map[string]any. It shares
// what is plain already.
func plainValue(value any) (any, error) {
	switch v := value.(type) {
	case nil, string, bool, json.Number, []any, map[string]any:
		return v, nil
	case int:
		return json.Number(strconv.Itoa(v)), nil
	case int64:
		return json.Number(strconv.FormatInt(v, 10)), nil
	case []string:
		return plainList(v, func(s string) any { return s }), nil
	case Location:
		return v.plain(), nil
	case []Location:
		return plainList(v, func(l Location) any { return l.plain() }), nil
	case json.RawMessage:
		return decodePlain(v)
	}
	text, err := encode(value)
	if err != nil {
		return nil, fmt.Errorf("not a JSON value: %w", err)
	}
	return decodePlain(text)
}

func plainList[T any](list []T, plain func(T) any) []any {
	out := make([]any, len(list))
	for n, element := range list {
		out[n] = plain(element)
	}
	return out
}

func (l Location) plain() map[string]any {
	metadata := l.Metadata
	if metadata == nil {
		metadata = map[string]any{}
	}
	return map[string]any{"url": l.URL, "metadata": metadata}
}

func decodePlain(text []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err = d.Decode(&value)
	return value, err
}

// isType reports whether a plain value is of a type of JSON schemas; a whole
// number is an "integer" and a "number".
func isType(value any, name string) bool {
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
			_, whole := wholeNumber(v.String())
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
