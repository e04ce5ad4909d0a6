package input

import (
	"sort"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/glance-tui/glance-tui/ui/safe"
)

// cell is one character of the text as the user sees it.
type cell struct {
	start, end int    // bytes of the value
	drawn      string // what the terminal gets
	width      int    // columns of drawn; 0 only for nothing drawn
	odd        bool   // drawn is a stand-in
}

// all gives the cells of the value, split when first asked for.
func (f *Field) all() []cell {
	if f.cells == nil && f.value != "" {
		f.cells = make([]cell, 0, len(f.value))
		each(f.value, func(c cell) bool {
			if f.Masked {
				c.drawn, c.width, c.odd = "*", 1, false
			}
			f.cells = append(f.cells, c)
			return true
		})
	}
	return f.cells
}

// each splits a text into cells until more says that it is enough.
func each(s string, more func(cell) bool) {
	// Plain ASCII is most of what there is and needs no tables.
	plain := func(i int) bool {
		return s[i] >= ' ' && s[i] < 0x7f && (i+1 == len(s) || s[i+1] < utf8.RuneSelf)
	}
	for i := 0; i < len(s); {
		if plain(i) {
			if !more(cell{i, i + 1, safe.Text(s[i : i+1]), 1, false}) {
				return
			}
			i++
			continue
		}
		g := graphemes.FromString(s[i:])
		if !g.Next() {
			return
		}
		raw := g.Value()
		drawn := safe.Text(raw)
		if !more(cell{i, i + len(raw), drawn, safe.Width(drawn), drawn != raw}) {
			return
		}
		i += len(raw)
	}
}

// byteAt is where the n-th cell begins in the value.
func (f *Field) byteAt(n int) int {
	if cells := f.all(); n < len(cells) {
		return cells[n].start
	}
	return len(f.value)
}

// cellAt is the first cell boundary at or behind a byte.
func (f *Field) cellAt(b int) int {
	cells := f.all()
	return sort.Search(len(cells), func(i int) bool { return cells[i].start >= b })
}

func (f *Field) word(n int) bool {
	c := f.cells[n]
	r, _ := utf8.DecodeRuneInString(f.value[c.start:c.end])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func (f *Field) wordLeft() int {
	n := min(f.at, len(f.all()))
	for n > 0 && !f.word(n-1) {
		n--
	}
	for n > 0 && f.word(n-1) {
		n--
	}
	return n
}

func (f *Field) wordRight() int {
	n, end := f.at, len(f.all())
	for n < end && !f.word(n) {
		n++
	}
	for n < end && f.word(n) {
		n++
	}
	return n
}
