// Package safe makes foreign text fit for a terminal.
//
// Every string that comes from a server, a file or the clipboard passes Text
// before it is drawn. What could move the cursor, hide text, reverse its
// reading order or make the terminal disagree with us about its width becomes a
// visible stand-in. (Tenants name the images that administrators look at;
// kubectl was open to this: CVE-2021-25743.)
package safe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many combining marks one character may carry. Real writing
// systems need up to four; more is a flood meant to draw over other lines.
const maxMarks = 4

// Text gives s as one line that a terminal draws as it stands: control
// characters as their pictures (␛, ␊), other invisible or reordering
// characters as ‹U+202E›, invalid UTF-8 as U+FFFD. Ordinary text in any script
// comes back unchanged, and without an allocation when it is plain ASCII.
func Text(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	marks, base := 0, false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if unicode.In(r, unicode.Mn, unicode.Me) && !ignorable(r) {
			if marks++; !base || marks > maxMarks {
				if marks <= maxMarks+1 {
					standIn(&b, r)
				}
				continue
			}
			b.WriteRune(r)
			continue
		}
		// A spacing mark on nothing would join what stands before the text.
		if !base && unicode.Is(unicode.Mc, r) {
			standIn(&b, r)
			continue
		}
		marks = 0
		base = r > ' ' && drawable(r)
		if drawable(r) && (r != utf8.RuneError || n > 1) {
			b.WriteRune(r)
		} else {
			standIn(&b, r)
		}
	}
	return b.String()
}

// Rune gives one character as Text would draw it alone.
func Rune(r rune) string {
	if r >= ' ' && r < 0x7f {
		return string(r)
	}
	return Text(string(r))
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

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// drawable reports whether a terminal draws r in its own cells, and in as many
// as we count.
func drawable(r rune) bool {
	switch {
	case r < ' ' || r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return false
	case ignorable(r):
		return false
	case r >= 0x1f3fb && r <= 0x1f3ff: // skin tones: joined by some terminals
		return false
	case r == ' ':
		return true
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

func standIn(b *strings.Builder, r rune) {
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

// Width is the number of terminal columns that text (safe, perhaps styled)
// takes.
func Width(s string) int { return ansi.StringWidth(s) }

// Cut shortens text (safe, perhaps styled) to at most width columns; what was
// cut shows as an ellipsis.
func Cut(s string, width int) string {
	if width <= 0 {
		return ""
	}
	if len(s) <= width && plain(s) {
		return s
	}
	return ansi.Truncate(s, width, "…")
}

// CutMiddle shortens text to width columns by leaving out its middle, for
// URLs and paths whose ends tell most. The text must not be styled.
func CutMiddle(s string, width int) string {
	w := Width(s)
	if w <= width {
		return s
	}
	if width < 8 {
		return Cut(s, width)
	}
	head := (width - 1) / 2
	tail := width - 1 - head
	return ansi.Truncate(s, head, "") + "…" + ansi.TruncateLeft(s, w-tail, "")
}

// Pad makes text exactly width columns wide: cut or filled with spaces on the
// right.
func Pad(s string, width int) string {
	if width <= 0 {
		return ""
	}
	s = Cut(s, width)
	return s + strings.Repeat(" ", max(0, width-Width(s)))
}

// PadLeft is Pad with the spaces on the left, for numbers.
func PadLeft(s string, width int) string {
	if width <= 0 {
		return ""
	}
	s = Cut(s, width)
	return strings.Repeat(" ", max(0, width-Width(s))) + s
}

// Wrap breaks text at spaces into lines of at most width columns, and inside
// words that are longer.
func Wrap(s string, width int) []string {
	if width < 1 {
		return nil
	}
	return strings.Split(ansi.Wrap(s, width, ""), "\n")
}
