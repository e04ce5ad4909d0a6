package wire

import (
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// Screen is what a user sees on a terminal, and where its cursor is.
type Screen struct {
	Width, Height int
	X, Y          int
	Cursor        bool // it is shown
	rows          [][]cell
}

// cell is a character with its style; the second half of a wide one is empty
// and has no width. What cannot be seen of a blank (its color, that it is
// bold) is left out, so that blanks are equal that look equal.
type cell struct {
	text  string
	width int
	style style
}

// style is a uv.Style that can be compared: uv's has colors of several types
// that may be the same color.
type style struct {
	fg, bg, ul string // what follows 3, 4 and 5 in the sequence
	underline  uv.Underline
	attrs      uint8
}

const seenOnBlanks = uv.AttrReverse | uv.AttrStrikethrough | uv.AttrBlink | uv.AttrRapidBlink

// Seen is what is on an emulated terminal now.
func Seen(e *vt.Emulator) Screen {
	at := e.CursorPosition()
	s := Screen{Width: e.Width(), Height: e.Height(), X: at.X, Y: at.Y, Cursor: !e.CursorHidden()}
	for y := range s.Height {
		row := make([]cell, s.Width)
		for x := range row {
			row[x] = seen(e.CellAt(x, y))
		}
		s.rows = append(s.rows, row)
	}
	return s
}

func seen(c *uv.Cell) cell {
	if c == nil {
		return cell{text: " ", width: 1}
	}
	out := cell{text: c.Content, width: c.Width, style: styleOf(c.Style)}
	switch {
	case c.Width == 0 && c.Content == "":
		out.style = style{}
	case c.Content == "" || c.Content == " ":
		out.text, out.width = " ", 1
		out.style.attrs &= seenOnBlanks
		if out.style.attrs == 0 && out.style.underline == uv.UnderlineNone {
			out.style.fg, out.style.ul = "", ""
		}
	}
	return out
}

// Difference says where two screens differ first; "" when they look the same.
func Difference(a, b Screen) string {
	if a.Width != b.Width || a.Height != b.Height {
		return "the size"
	}
	for y := range a.rows {
		for x := range a.rows[y] {
			if a.rows[y][x] != b.rows[y][x] {
				return "line " + digits(y+1) + ":\n" + a.line(y) + "\n" + b.line(y)
			}
		}
	}
	if a.Cursor != b.Cursor || a.Cursor && (a.X != b.X || a.Y != b.Y) {
		return "the cursor"
	}
	return ""
}

func (s Screen) line(y int) string {
	var b strings.Builder
	for _, c := range s.rows[y] {
		b.WriteString(c.text)
	}
	return b.String()
}

// blank is a screen of that size with nothing on it.
func blank(width, height int) [][]cell {
	rows := make([][]cell, height)
	for y := range rows {
		rows[y] = make([]cell, width)
		for x := range rows[y] {
			rows[y][x] = cell{text: " ", width: 1}
		}
	}
	return rows
}
