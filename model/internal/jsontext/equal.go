package jsontext

import (
	"encoding/json"
	"math/big"
)

// EqualValue compares two JSON values as they are after decoding or as a
// caller built them.
func EqualValue(a, b any) bool {
	switch x := a.(type) {
	case nil:
		return b == nil
	case string:
		y, ok := b.(string)
		return ok && x == y
	case bool:
		y, ok := b.(bool)
		return ok && x == y
	case json.Number:
		if y, ok := b.(json.Number); ok && x == y {
			return true // even where it is too large to work out
		}
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && equalObjects(x, y)
	case []any:
		y, ok := b.([]any)
		return ok && equalArrays(x, y)
	}
	x, isNumber := Number(a)
	y, ok := Number(b)
	return isNumber && ok && x.Cmp(y) == 0
}

func equalObjects(a, b map[string]any) bool {
	if len(a) != len(b) {
		return false
	}
	for name, value := range a {
		other, found := b[name]
		if !found || !EqualValue(value, other) {
			return false
		}
	}
	return true
}

func equalArrays(a, b []any) bool {
	if len(a) != len(b) {
		return false
	}
	for n := range a {
		if !EqualValue(a[n], b[n]) {
			return false
		}
	}
	return true
}

// OnlyTexts reports whether a value is built of strings alone: what the server's
// check of new metadata lets through (measured: a number, bool or null
// anywhere is answered with 500).
func OnlyTexts(value any) bool {
	switch v := value.(type) {
	case string:
		return true
	case map[string]any:
		for _, member := range v {
			if !OnlyTexts(member) {
				return false
			}
		}
		return true
	case []any:
		for _, element := range v {
			if !OnlyTexts(element) {
				return false
			}
		}
		return true
	}
	return false
}

// Number is the exact value of a JSON number.
func Number(value any) (*big.Rat, bool) {
	switch n := value.(type) {
	case json.Number:
		return ratio(n.String())
	case int:
		return new(big.Rat).SetInt64(int64(n)), true
	case int64:
		return new(big.Rat).SetInt64(n), true
	case float64:
		r := new(big.Rat).SetFloat64(n)
		return r, r != nil
	}
	return nil, false
}

// EqualJSON reports whether two JSON texts mean the same.
func EqualJSON(a, b json.RawMessage) bool {
	x, errA := DecodePlain(a)
	y, errB := DecodePlain(b)
	return errA == nil && errB == nil && EqualValue(x, y)
}
