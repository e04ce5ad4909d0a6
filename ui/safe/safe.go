// Package safe makes untrusted text fit for a terminal.
//
// Every string that comes from a server, a file or the clipboard passes Text
// before it is drawn. What could move the cursor, hide text, reverse its
// reading order or make the terminal disagree with us about its width becomes a
// visible replacement. (Tenants name the images that administrators look at;
// kubectl was open to this: CVE-2021-25743.)
package safe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

const (
	// maxMarks is how many combining marks of a kind one character may carry.
	// Real writing systems need up to four; more is a flood meant to draw over
	// other lines.
	maxMarks = 4
	// maxCluster is how many columns one character as a user sees it may take:
	// an Indic conjunct of six consonants is among the longest words know. An
	// endless one could be cut nowhere, and would push all else out of sight.
	maxCluster = 8
)

// Text gives s as one line that a terminal draws as it is: control
// characters as their pictures (␛, ␊), other invisible or reordering
// characters as ‹U+202E›, invalid UTF-8 as U+FFFD. Ordinary text in any script
// comes back unchanged, and without an allocation when it is plain ASCII. Of a
// flood of marks the first that is too many is shown, the others are left out.
func Text(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	each(s, func(char string, r rune, c class) {
		switch {
		case c == drawn:
			b.WriteString(char)
		case c != flood:
			replacement(&b, r)
		}
	})
	return b.String()
}

// Escape is Text with replacements of the caller's making, for formats that have
// escapes of their own. It leaves nothing out: escape is called for every
// character that a terminal must not get, line breaks among them, and with
// utf8.RuneError for a byte that is not UTF-8.
func Escape(s string, escape func(b *strings.Builder, r rune)) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	each(s, func(char string, r rune, c class) {
		if c == drawn {
			b.WriteString(char)
		} else {
			escape(&b, r)
		}
	})
	return b.String()
}

// EscapeBytes is Escape for bytes. What needs no escape is given back as it is,
// not copied.
func EscapeBytes(text []byte, escape func(b *strings.Builder, r rune)) []byte {
	if plain(text) {
		return text
	}
	return []byte(Escape(string(text), escape))
}

// class is how a character is drawn.
type class int

const (
	drawn class = iota
	hidden
	flood // a mark too many, behind one that was too many already
)

// each judges the characters of a text one after another.
func each(s string, take func(char string, r rune, c class)) {
	var marks, spacing int // on the base before
	base := false          // something to put a mark on
	for g := graphemes.FromString(s); g.Next(); {
		endless := Width(g.Value()) > maxCluster
		for at, cluster := 0, g.Value(); at < len(cluster); {
			r, n := utf8.DecodeRuneInString(cluster[at:])
			char := cluster[at : at+n]
			at += n
			c := hidden
			switch {
			case !drawable(r) || r == utf8.RuneError && n == 1:
				marks, spacing, base = 0, 0, false
			case unicode.In(r, unicode.Mn, unicode.Me):
				marks++
				c = mark(marks, base && !endless)
			case unicode.Is(unicode.Mc, r):
				spacing++
				c = mark(spacing, base && !endless)
			default:
				marks, spacing, base = 0, 0, r != ' '
				c = drawn
			}
			take(char, r, c)
		}
	}
}

// mark is what becomes of the nth mark of its kind on a base. One on nothing
// would join what is before the text.
func mark(n int, base bool) class {
	switch {
	case base && n <= maxMarks:
		return drawn
	case n <= maxMarks+1:
		return hidden
	}
	return flood
}

// Lines is Text for a text of several lines: line breaks stay, carriage
// returns before them go, tabs become spaces.
func Lines(s string) []string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = Text(strings.ReplaceAll(l, "\t", "    "))
	}
	return lines
}

func plain[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// drawable reports whether a terminal draws r in cells of its own (a mark: in
// those of its base), and in as many as we count.
func drawable(r rune) bool {
	switch {
	case r < ' ' || r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return false
	case r < 0x7f:
		return true
	case ignorable(r), unicode.Is(disputed, r), !unicode.Is(known, r):
		return false
	case unicode.Is(unicode.Zs, r): // the many spaces that are not a space
		return false
	}
	return unicode.IsGraphic(r) && !unicode.Is(unicode.Co, r)
}

// ignorable covers what is invisible by design: format characters (zero-width,
// bidirectional, tags), variation selectors, fillers, line separators.
func ignorable(r rune) bool {
	switch {
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return true
	case r == 0x034f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5,
		r == 0x2028, r == 0x2029, r == 0x3164, r == 0xffa0, r == 0x2800:
		return true
	}
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

func replacement(b *strings.Builder, r rune) {
	switch {
	case r == utf8.RuneError:
		b.WriteRune(utf8.RuneError)
	case r < ' ':
		b.WriteRune(0x2400 + r)
	case r == 0x7f:
		b.WriteRune(0x2421)
	default:
		fmt.Fprintf(b, "‹U+%04X›", r)
	}
}
