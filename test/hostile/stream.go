package hostile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Stream judges every byte that a program wrote to a terminal: it takes the
// output apart as a terminal does and complains of each thing that is not on
// the short list of what the program itself has a use for. The list is
// here and not in the program, so that a new sequence is a decision.
//
// It answers complaints, each once, at most a few dozen; none means that
// nothing of what a tenant wrote was obeyed, hidden or drawn out of order.
func Stream(raw []byte) []string {
	c := complaints{}
	for rest := string(raw); rest != ""; {
		rest = c.next(rest)
	}
	return c.said
}

// Plain is Stream for what is no screen: the output of a command. No sequence
// at all is allowed, and of the control characters the line feed alone.
func Plain(raw []byte) []string {
	c := complaints{plain: true}
	for rest := string(raw); rest != ""; {
		rest = c.next(rest)
	}
	return c.said
}

// Styled is Stream for one line or view as a screen draws it: colors and line
// feeds, and nothing else.
func Styled(view string) []string {
	c := complaints{view: true}
	for rest := view; rest != ""; {
		rest = c.next(rest)
	}
	return c.said
}

type complaints struct {
	plain, view bool
	marks       int // on the character before
	said        []string
}

func (c *complaints) add(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	if !slices.Contains(c.said, s) && len(c.said) < 40 {
		c.said = append(c.said, s)
	}
}

// next judges what is in front and gives the rest.
func (c *complaints) next(s string) string {
	if s[0] == 0x1b {
		length, ok := sequence(s)
		c.sequence(s[:length], ok)
		return s[length:]
	}
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && n == 1:
		c.add("a byte that is not UTF-8: %q", s[:1])
	case r < ' ' && strings.ContainsRune(c.controls(), r):
	case hidesItself(r):
		c.add("%U (%q)", r, r)
	case unicode.In(r, unicode.Mn, unicode.Me):
		if c.marks++; c.marks > 4 {
			c.add("a flood of marks: %U", r)
		}
		return s[n:]
	}
	c.marks = 0
	return s[n:]
}

// controls are the control characters that may be outside of sequences.
func (c *complaints) controls() string {
	if c.plain || c.view {
		return "\n"
	}
	return "\r\n\b\t" // the renderer moves the cursor by them
}

// hidesItself reports whether a terminal would obey, hide or reorder by r rather
// than draw it. It is told from the tables of Unicode alone, not by package
// safe, which it judges.
func hidesItself(r rune) bool {
	switch {
	case r == ' ':
		return false
	case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Cs, unicode.Co, unicode.Zl, unicode.Zp, unicode.Zs):
		return true
	case unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return true
	}
	return r == 0x034f || r == 0x2800 || r&0xfffe == 0xfffe
}

// sequence is the length of the escape sequence that s begins with, and
// whether it is complete.
func sequence(s string) (length int, complete bool) {
	if len(s) < 2 {
		return len(s), false
	}
	switch s[1] {
	case '[':
		for n := 2; n < len(s); n++ {
			switch {
			case s[n] >= 0x40 && s[n] <= 0x7e:
				return n + 1, true
			case s[n] < 0x20 || s[n] > 0x7e:
				return n, false
			}
		}
		return len(s), false
	case ']', 'P', '_', '^', 'X':
		for n := 2; n < len(s); n++ {
			switch {
			case s[n] == '\a' && s[1] == ']':
				return n + 1, true
			case s[n] == 0x1b && n+1 < len(s) && s[n+1] == '\\':
				return n + 2, true
			case s[n] == 0x1b:
				return n, false
			}
		}
		return len(s), false
	}
	for n := 1; n < len(s); n++ {
		if s[n] < 0x20 || s[n] > 0x2f { // an intermediate goes on
			return n + 1, s[n] >= 0x30 && s[n] <= 0x7e
		}
	}
	return len(s), false
}

var (
	// What the renderer moves and clears with, and the modes it sets and asks
	// for: tab stops, cursor, wrapping, focus reports, alternate screen, bracketed paste, synchronized output,
	// grapheme clusters, and the keyboard's reports.
	moves = regexp.MustCompile(`^\x1b(?:M|\[(?:\d*(?:;\d+)?[ABCDEFGHJKLMPSTXZ@Ibdfr]|\?5W|\?(?:7|25|1004|1049|2004|2026|2027)(?:[hl]|\$p)|[=<>?]\d*(?:;\d*)?u|>4(?:;\d)?m|c|\d* q))$`)
	// The window's title, the question for the background, its reset.
	titles = regexp.MustCompile(`^\x1b\][02];(glance-tui[^\x00-\x1f]*)?(?:\a|\x1b\\)$`)
	asks   = regexp.MustCompile(`^\x1b\](?:11;\?|11[012])(?:\a|\x1b\\)$`)
	// The clipboard, which the copying keys fill; see Clipboard.
	clipboard = regexp.MustCompile(`^\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\a|\x1b\\)$`)
)

func (c *complaints) sequence(s string, complete bool) {
	switch {
	case !complete:
		c.add("an unfinished sequence: %q", s[:min(len(s), 40)])
	case c.plain:
		c.add("a sequence: %q", s[:min(len(s), 40)])
	case styles(s):
	case c.view:
		c.add("a sequence that is no style: %q", s[:min(len(s), 40)])
	case titles.MatchString(s):
		for _, said := range Plain([]byte(titles.FindStringSubmatch(s)[1])) {
			c.add("in the window's title: %s", said)
		}
	case moves.MatchString(s), asks.MatchString(s), clipboard.MatchString(s):
	default:
		c.add("the sequence %q", s[:min(len(s), 40)])
	}
}

var style = regexp.MustCompile(`^\x1b\[([\d;:]*)m$`)

// styles reports whether a sequence sets what the theme has: colors of 24 bits, or
// the 256 of older terminals, and a few attributes. Nothing in it conceals or
// blinks, or takes one of the sixteen colors that attacks like to use.
func styles(s string) bool {
	m := style.FindStringSubmatch(s)
	if m == nil {
		return false
	}
	params := strings.FieldsFunc(m[1], func(r rune) bool { return r == ';' || r == ':' })
	for n := 0; n < len(params); n++ {
		switch params[n] {
		case "0", "1", "4", "9", "22", "24", "29", "39", "49":
		case "38", "48":
			switch {
			case n+4 < len(params) && params[n+1] == "2":
				n += 4
			case n+2 < len(params) && params[n+1] == "5":
				n += 2
			default:
				return false
			}
		default:
			return false
		}
	}
	return true
}
