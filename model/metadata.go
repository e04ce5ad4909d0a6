package model

import "github.com/glance-tui/glance-tui/model/internal/jsontext"

// StoreKey is the one member of a location's metadata that the server sets,
// from the URL, whatever is sent or left out (measured, multi-store).
const StoreKey = "store"

// EqualMetadata reports whether two locations' metadata say the same: numbers
// by value, nil as {}, and without the member "store", which is the server's.
func EqualMetadata(a, b map[string]any) bool {
	if MembersBeside(a, StoreKey) != MembersBeside(b, StoreKey) {
		return false
	}
	for name, value := range a {
		if name == StoreKey {
			continue
		}
		other, found := b[name]
		if !found || !jsontext.EqualValue(value, other) {
			return false
		}
	}
	return true
}

// MembersBeside counts the members of an object other than name.
func MembersBeside(object map[string]any, name string) int {
	n := len(object)
	if _, found := object[name]; found {
		n--
	}
	return n
}
