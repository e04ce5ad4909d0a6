package model

import "slices"

// NormalTags is the set of tags in a fixed order: sorted, each once. The
// server keeps no order and drops doubles silently (measured). Never nil, and
// never the list given.
func NormalTags(tags []string) []string {
	out := append(make([]string, 0, len(tags)), tags...)
	if areNormal(out) {
		return out
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// SameTags reports whether both are the same set.
func SameTags(a, b []string) bool {
	switch {
	case slices.Equal(a, b):
		return true
	case areNormal(a) && areNormal(b):
		return false
	}
	return slices.Equal(NormalTags(a), NormalTags(b))
}

// areNormal reports whether tags are sorted, each once, as they are after decoding.
func areNormal(tags []string) bool {
	for n := 1; n < len(tags); n++ {
		if tags[n-1] >= tags[n] {
			return false
		}
	}
	return true
}
