package model

import (
	"encoding/json"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// Opt is a value that may be null in the API's JSON. Its zero value is null.
// It is comparable with == and safe to copy, unlike a pointer.
type Opt[T comparable] struct {
	// Value is meaningful only when Set is true; otherwise it is T's zero value.
	Value T
	// Set is false for null.
	Set bool
}

// Some is a value that is not null.
func Some[T comparable](v T) Opt[T] { return Opt[T]{Value: v, Set: true} }

// Null is the null of a type.
func Null[T comparable]() Opt[T] { return Opt[T]{} }

// MarshalJSON writes the value, or null.
func (o Opt[T]) MarshalJSON() ([]byte, error) { return jsontext.Encode(Nullable(o)) }

// UnmarshalJSON reads what MarshalJSON writes.
func (o *Opt[T]) UnmarshalJSON(text []byte) error {
	*o = Opt[T]{}
	if string(text) == "null" {
		return nil
	}
	o.Set = true
	return json.Unmarshal(text, &o.Value)
}

// Or gives the value, or instead where it is null.
func (o Opt[T]) Or(instead T) T {
	if o.Set {
		return o.Value
	}
	return instead
}
