package jsontext

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// PythonText is a plain value as the server prints it in a message.
func PythonText(value any) string {
	switch v := value.(type) {
	case nil:
		return "None"
	case string:
		return PythonQuoted(v)
	case bool:
		if v {
			return "True"
		}
		return "False"
	case []any:
		return "[" + Joined(v, PythonText) + "]"
	case map[string]any:
		return "{" + Joined(SortedKeys(v), func(name string) string {
			return PythonQuoted(name) + ": " + PythonText(v[name])
		}) + "}"
	case json.Number:
		return v.String()
	}
	return fmt.Sprint(value)
}

// PythonQuoted is a text as Python prints it.
func PythonQuoted(s string) string {
	inner := strconv.Quote(s)
	inner = strings.ReplaceAll(inner[1:len(inner)-1], `\"`, `"`)
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		return `"` + inner + `"`
	}
	return "'" + strings.ReplaceAll(inner, "'", `\'`) + "'"
}

// Joined joins what text makes of each element with commas.
func Joined[T any](list []T, text func(T) string) string {
	parts := make([]string, len(list))
	for n, element := range list {
		parts[n] = text(element)
	}
	return strings.Join(parts, ", ")
}
