package model

import (
	"unicode"
	"unicode/utf8"
)

// containsFold reports whether s holds the lower-cased text anywhere, whatever
// the case of its letters. It allocates nothing.
func containsFold(s, lower string) bool {
	if lower == "" {
		return true
	}
	first := lower[0]
	if first >= utf8.RuneSelf {
		return containsFoldRunes(s, lower)
	}
	upper := first
	if first >= 'a' && first <= 'z' {
		upper -= 'a' - 'A'
	}
	for i := range len(s) {
		// A letter outside ASCII can be the capital of one inside it (the
		// Kelvin sign of "k"), so such places are looked at as well.
		if c := s[i]; (c == first || c == upper || c >= utf8.RuneSelf) && hasPrefixFold(s[i:], lower) {
			return true
		}
	}
	return false
}

func containsFoldRunes(s, lower string) bool {
	for i := range s {
		if hasPrefixFold(s[i:], lower) {
			return true
		}
	}
	return false
}

// hasPrefixFold reports whether s begins with the lower-cased text, whatever
// the case of its letters.
func hasPrefixFold(s, lower string) bool {
	for lower != "" {
		if s == "" {
			return false
		}
		if c := s[0]; c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			if c != lower[0] {
				return false
			}
			s, lower = s[1:], lower[1:]
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		l, m := utf8.DecodeRuneInString(lower)
		if unicode.ToLower(r) != l || r == utf8.RuneError && s[:n] != lower[:m] {
			return false
		}
		s, lower = s[n:], lower[m:]
	}
	return true
}
