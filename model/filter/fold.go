package filter

import (
	"strings"
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
	// Capitals of k and i are outside ASCII too (the Kelvin sign, the dotted
	// I): those, and texts that begin outside it, are looked at letter by letter.
	if first >= utf8.RuneSelf || (first == 'k' || first == 'i') && !isASCII(s) {
		return containsFoldRunes(s, lower)
	}
	rest := lower[1:]
	if first < 'a' || first > 'z' {
		for {
			i := strings.IndexByte(s, first)
			if i < 0 {
				return false
			}
			s = s[i+1:]
			if hasPrefixFold(s, rest) {
				return true
			}
		}
	}
	for i := range len(s) {
		if s[i]|0x20 == first && hasPrefixFold(s[i+1:], rest) {
			return true
		}
	}
	return false
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
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
