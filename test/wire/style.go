package wire

import (
	"image/color"
	"strconv"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

func styleOf(s uv.Style) style {
	return style{
		fg: colorParameter(s.Fg, "3", "9"), bg: colorParameter(s.Bg, "4", "10"), ul: colorParameter(s.UnderlineColor, "5", ""),
		underline: s.Underline, attrs: s.Attrs,
	}
}

// colorParameter is the shortest parameter that sets a color: "34", "94", "38;5;n" or
// "38;2;r;g;b"; "" for the terminal's own.
func colorParameter(c color.Color, base, bright string) string {
	switch c := c.(type) {
	case nil:
		return ""
	case ansi.BasicColor:
		switch {
		case base == "5":
			return "58;5;" + digits(int(c))
		case c < 8:
			return base + digits(int(c))
		default:
			return bright + digits(int(c)-8)
		}
	case ansi.IndexedColor:
		return base + "8;5;" + digits(int(c))
	default:
		r, g, b, _ := c.RGBA()
		return base + "8;2;" + digits(int(r>>8)) + ";" + digits(int(g>>8)) + ";" + digits(int(b>>8))
	}
}

func digits(n int) string { return strconv.Itoa(n) }

var attributes = []struct {
	attr    uint8
	on, off string
}{
	{uv.AttrBold, "1", "22"}, {uv.AttrFaint, "2", "22"}, {uv.AttrItalic, "3", "23"}, {uv.AttrBlink, "5", "25"},
	{uv.AttrRapidBlink, "6", "25"}, {uv.AttrReverse, "7", "27"}, {uv.AttrConceal, "8", "28"}, {uv.AttrStrikethrough, "9", "29"},
}

// change is the shortest sequence that takes the pen from one style to
// another: only what differs, or all of it after a reset.
func change(from, to style) string {
	if from == to {
		return ""
	}
	if to == (style{}) {
		return "\x1b[m"
	}
	part := "\x1b[" + strings.Join(differing(from, to), ";") + "m"
	whole := "\x1b[;" + strings.Join(differing(style{}, to), ";") + "m"
	if len(whole) < len(part) {
		return whole
	}
	return part
}

func differing(from, to style) []string {
	var out []string
	kept := from.attrs
	off := map[string]bool{}
	for _, a := range attributes {
		if from.attrs&a.attr != 0 && to.attrs&a.attr == 0 {
			if !off[a.off] {
				out, off[a.off] = append(out, a.off), true
			}
		}
	}
	for _, a := range attributes {
		if off[a.off] {
			kept &^= a.attr
		}
	}
	for _, a := range attributes {
		if to.attrs&a.attr != 0 && kept&a.attr == 0 {
			out = append(out, a.on)
		}
	}
	if from.underline != to.underline {
		switch to.underline {
		case uv.UnderlineNone:
			out = append(out, "24")
		case uv.UnderlineSingle:
			out = append(out, "4")
		default:
			out = append(out, "4:"+digits(int(to.underline)))
		}
	}
	for _, c := range []struct{ from, to, off string }{{from.fg, to.fg, "39"}, {from.bg, to.bg, "49"}, {from.ul, to.ul, "59"}} {
		switch {
		case c.from == c.to:
		case c.to == "":
			out = append(out, c.off)
		default:
			out = append(out, c.to)
		}
	}
	return out
}

// blanks says whether a space in one style looks as one in another.
func (s style) blanks(as style) bool {
	return s.bg == as.bg && s.attrs&seenOnBlanks == as.attrs && s.underline == as.underline &&
		(as.attrs == 0 && as.underline == uv.UnderlineNone || s.fg == as.fg && s.ul == as.ul)
}
