package safe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Width is the number of terminal columns that text (safe, perhaps styled)
// takes: those of each character on its own, as xterm, tmux and most others
// draw it. A terminal that knows grapheme clusters (mode 2027) draws some Indic
// words narrower, none wider.
func Width(s string) int { return ansi.StringWidthWc(s) }

// Cut shortens text (safe, perhaps styled) to at most width columns; what was
// cut shows as an ellipsis. Styles stay, so that those begun are ended.
func Cut(s string, width int) string {
	if width <= 0 {
		return ""
	}
	if len(s) <= width && plain(s) || Width(s) <= width {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	left, cut := width-1, false // a column for the ellipsis
	for s != "" {
		if n := style(s); n > 0 {
			b.WriteString(s[:n])
			s = s[n:]
			continue
		}
		_, n := utf8.DecodeRuneInString(s)
		if !cut {
			if w := Width(s[:n]); w <= left {
				left -= w
				b.WriteString(s[:n])
			} else {
				cut = true
				b.WriteString("…")
			}
		}
		s = s[n:]
	}
	return b.String()
}

// style is the length of the style (a CSI of our own) that s begins with.
func style(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	for n := 2; n < len(s); n++ {
		if s[n] >= 0x40 {
			return n + 1
		}
	}
	return len(s)
}

// Head parts text (safe, not styled) where width columns are full. No mark is
// parted from its letter, and a wide character that does not fit goes to the
// rest; head is empty where not even one fits. It looks at no more of a long
// text than that.
func Head(s string, width int) (head, rest string) {
	for at := 0; at < len(s); {
		_, n := utf8.DecodeRuneInString(s[at:])
		if width -= Width(s[at : at+n]); width < 0 {
			return s[:at], s[at:]
		}
		at += n
	}
	return s, ""
}

// tail is as much of the end of text as fits, from a letter on.
func tail(s string, width int) string {
	from := len(s)
	for at := len(s); at > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:at])
		at -= n
		if width -= Width(s[at : at+n]); width < 0 {
			break
		}
		if !unicode.IsMark(r) {
			from = at
		}
	}
	return s[from:]
}

// CutMiddle shortens text to width columns by leaving out its middle, for
// URLs and paths whose ends tell most. The text must not be styled.
func CutMiddle(s string, width int) string {
	if Width(s) <= width {
		return s
	}
	if width < 8 {
		return Cut(s, width)
	}
	half := (width - 1) / 2
	head, _ := Head(s, half)
	return head + "…" + tail(s, width-1-half)
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

// Wrap breaks text (safe, not styled) at spaces and hyphens into lines of at
// most width columns, and inside words that are longer. A wide character that
// does not fit a single column is on a line of its own.
func Wrap(s string, width int) []string {
	if width < 1 {
		return nil
	}
	var out []string
	for _, l := range strings.Split(ansi.WrapWc(s, width, ""), "\n") {
		// It leaves some words longer than asked.
		for {
			head, rest := Head(l, width)
			if head == "" {
				_, n := utf8.DecodeRuneInString(l)
				head, rest = l[:n], l[n:]
			}
			out, l = append(out, head), rest
			if l == "" {
				break
			}
		}
	}
	return out
}
