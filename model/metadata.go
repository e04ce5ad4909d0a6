package model

import (
	"encoding/json"
	"math/big"
)

// storeKey is the one member of a location's metadata that the server sets,
// from the URL, whatever is sent or left out (measured, multi-store).
const storeKey = "store"

// EqualMetadata reports whether two locations' metadata say the same: numbers
// by value, nil as {}, and without the member "store", which is the server's.
func EqualMetadata(a, b map[string]any) bool {
	if membersBeside(a, storeKey) != membersBeside(b, storeKey) {
		return false
	}
	for name, value := range a {
		if name == storeKey {
			continue
		}
		other, found := b[name]
		if !found || !equalValue(value, other) {
			return false
		}
	}
	return true
}

func membersBeside(object map[string]any, name string) int {
	n := len(object)
	if _, found := object[name]; found {
		n--
	}
	return n
}

// equalValue compares two JSON values as they stand after decoding or as a
// caller built them.
func equalValue(a, b any) bool {
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
	x, isNumber := number(a)
	y, ok := number(b)
	return isNumber && ok && x.Cmp(y) == 0
}

func equalObjects(a, b map[string]any) bool {
	if len(a) != len(b) {
		return false
	}
	for name, value := range a {
		other, found := b[name]
		if !found || !equalValue(value, other) {
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
		if !equalValue(a[n], b[n]) {
			return false
		}
	}
	return true
}

// onlyTexts is whether a value is built of strings alone: what the server's
// check of new metadata lets through (measured: a number, bool or null
// anywhere is answered with 500).
func onlyTexts(value any) bool {
	switch v := value.(type) {
	case string:
		return true
	case map[string]any:
		for _, member := range v {
			if !onlyTexts(member) {
				return false
			}
		}
		return true
	case []any:
		for _, element := range v {
			if !onlyTexts(element) {
				return false
			}
		}
		return true
	}
	return false
}

// number is the exact value of a JSON number.
func number(value any) (*big.Rat, bool) {
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
