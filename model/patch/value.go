package patch

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// PlainValue is an operation's value as it would be after a journey through
// JSON: string, bool, json.Number, nil, []any or map[string]any. It shares
// what is plain already.
func PlainValue(value any) (any, error) {
	switch v := value.(type) {
	case nil, string, bool, json.Number, []any, map[string]any:
		return v, nil
	case int:
		return json.Number(strconv.Itoa(v)), nil
	case int64:
		return json.Number(strconv.FormatInt(v, 10)), nil
	case []string:
		return plainList(v, func(s string) any { return s }), nil
	case model.Location:
		return v.Plain(), nil
	case []model.Location:
		return plainList(v, func(l model.Location) any { return l.Plain() }), nil
	case json.RawMessage:
		return jsontext.DecodePlain(v)
	}
	text, err := jsontext.Encode(value)
	if err != nil {
		return nil, fmt.Errorf("not a JSON value: %w", err)
	}
	return jsontext.DecodePlain(text)
}

func plainList[T any](list []T, plain func(T) any) []any {
	out := make([]any, len(list))
	for n, element := range list {
		out[n] = plain(element)
	}
	return out
}
