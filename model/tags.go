package model

import "slices"

// NormalTags is the set of tags in a fixed order: sorted, each once. The
// server keeps no order and drops doubles silently (measured). Never nil.
func NormalTags(tags []string) []string {
	out := append(make([]string, 0, len(tags)), tags...)
	slices.Sort(out)
	return slices.Compact(out)
}

// SameTags reports whether both are the same set.
func SameTags(a, b []string) bool {
	if slices.Equal(a, b) {
		return true
	}
	return slices.Equal(NormalTags(a), NormalTags(b))
}
