package wire

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Smallest gives a short sequence that brings a terminal of xterm's kind from
// one screen to the other, from and to the default style. Within a line it is
// the shortest there is from writing, moving, erasing, repeating and one shift
// of the line's rest; from line to line, too, as far as lines are drawn from
// the top to the bottom. Lines are scrolled, and the screen is cleared, where
// that turns out shorter.
func Smallest(before, after Screen) []byte {
	e := newEncoder(after)
	at := place{before.X, before.Y}
	if at.x == e.width-1 {
		at.x++ // it may wait behind the last column: no one can tell
	}
	best := e.encode(before.rows, at, "")
	try := func(s string) {
		if len(s) < len(best) {
			best = s
		}
	}
	try(e.encode(blank(e.width, e.height), at, "\x1b[2J"))
	rows, prefix := before.rows, ""
	for range 3 {
		var next scrolled
		least := math.MaxInt
		for _, s := range e.scrolls(rows, at) {
			way := e.encode(s.rows, s.at, prefix+s.sequence)
			try(way)
			if len(way) < least {
				least, next = len(way), s
			}
		}
		if next.rows == nil {
			break
		}
		rows, at, prefix = next.rows, next.at, prefix+next.sequence
	}
	switch {
	case after.Cursor && !before.Cursor:
		best += "\x1b[?25h"
	case before.Cursor && !after.Cursor:
		best += "\x1b[?25l"
	}
	return []byte(best)
}

type encoder struct {
	width, height int
	after         Screen
	styles        []style
	ids           map[style]int
	pens          [][]string // change from one style to another
	moves         *moves
	nodes         []node
}

// node is a step of a way: what is written, and the step before.
type node struct {
	cost int
	text string
	from int
}

// state is a cursor with a pen at the end of a way.
type state struct {
	at   place
	pen  int
	node int
}

func newEncoder(after Screen) *encoder {
	e := &encoder{width: after.Width, height: after.Height, after: after, ids: map[style]int{}, moves: newMoves(after.Width)}
	e.know(style{})
	for _, row := range after.rows {
		for _, c := range row {
			e.know(c.style)
		}
	}
	e.pens = make([][]string, len(e.styles))
	for from := range e.styles {
		for to := range e.styles {
			e.pens[from] = append(e.pens[from], change(e.styles[from], e.styles[to]))
		}
	}
	return e
}

func (e *encoder) know(s style) {
	if _, ok := e.ids[s]; !ok {
		e.ids[s], e.styles = len(e.styles), append(e.styles, s)
	}
}

func (e *encoder) step(from int, text string) node {
	return node{e.nodes[from].cost + len(text), text, from}
}

func (e *encoder) keep(n node) int {
	e.nodes = append(e.nodes, n)
	return len(e.nodes) - 1
}

// prune drops ways that are so long that no style and no place makes up for it.
func (e *encoder) prune(in []state) []state {
	const worth = 28 // setting any style, and any move
	least := math.MaxInt
	for _, s := range in {
		least = min(least, e.nodes[s.node].cost)
	}
	return slices.DeleteFunc(in, func(s state) bool { return e.nodes[s.node].cost > least+worth })
}

// encode gives the whole sequence: prefix, which made rows of what was there
// and left the cursor at a place, and what makes the screen of rows.
func (e *encoder) encode(rows [][]cell, at place, prefix string) string {
	e.nodes = []node{{len(prefix), prefix, -1}}
	states := []state{{at, 0, 0}}
	var ends []state // of ways that left nothing to do below
	for y := range e.height {
		if slices.Equal(rows[y], e.after.rows[y]) {
			continue
		}
		l := newLine(e, rows[y], y)
		states = e.prune(l.encode(states))
		ends = append(ends, l.ends...)
	}
	best, least := -1, math.MaxInt
	for _, s := range append(ends, states...) {
		text := e.pens[s.pen][0]
		if e.after.Cursor {
			text += e.moves.way(s.at, place{e.after.X, e.after.Y})
		}
		if n := e.step(s.node, text); n.cost < least {
			best, least = e.keep(n), n.cost
		}
	}
	var parts []string
	for n := best; n >= 0; n = e.nodes[n].from {
		parts = append(parts, e.nodes[n].text)
	}
	slices.Reverse(parts)
	return strings.Join(parts, "")
}

// line is the search for the shortest way through one line.
type line struct {
	e      *encoder
	y      int
	before [][]cell // as it was, then with its rest shifted in some ways
	shifts []int    // how far to the left
	after  []cell
	first  int // the first cell that differs
	below  bool
	pens   []int // of the line's styles
	best   []int // by layer, column and pen: a node; 0 for none
	out    []int // by column and pen: a node after which all is done
	ends   []state
}

func newLine(e *encoder, before []cell, y int) *line {
	l := &line{e: e, y: y, after: e.after.rows[y], pens: []int{0}}
	for _, c := range l.after {
		if id := e.ids[c.style]; !slices.Contains(l.pens, id) {
			l.pens = append(l.pens, id)
		}
	}
	for l.first < e.width && before[l.first] == l.after[l.first] {
		l.first++
	}
	l.below = true // nothing is below
	for _, row := range e.after.rows[y+1:] {
		l.below = l.below && empty(row)
	}
	l.before, l.shifts = [][]cell{before}, []int{0}
	for _, n := range l.candidates(before) {
		l.before, l.shifts = append(l.before, shifted(before, n)), append(l.shifts, n)
	}
	l.out = make([]int, (e.width+1)*len(e.styles))
	l.best = make([]int, len(l.before)*len(l.out))
	return l
}

func (l *line) index(layer, x, pen int) int {
	return (layer*(l.e.width+1)+x)*len(l.e.styles) + pen
}

func empty(row []cell) bool {
	return !slices.ContainsFunc(row, func(c cell) bool { return c != cell{text: " ", width: 1} })
}

// candidates are shifts that bring many cells where they are wanted.
func (l *line) candidates(before []cell) []int {
	if slices.ContainsFunc(before, func(c cell) bool { return c.width != 1 }) {
		return nil // half of a wide character would move
	}
	fits := func(n int) (count int) {
		for x := l.first; x < l.e.width; x++ {
			if at := x + n; at >= l.first && at < l.e.width && before[at] == l.after[x] && before[at].text != " " {
				count++
			}
		}
		return count
	}
	var out []int
	stay := fits(0)
	for n := -30; n <= 30; n++ {
		if n != 0 && fits(n) > stay {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Compare(fits(b), fits(a)) })
	return out[:min(len(out), 3)]
}

func shifted(row []cell, n int) []cell {
	out := make([]cell, len(row))
	for x := range out {
		out[x] = cell{text: " ", width: 1}
		if at := x + n; at >= 0 && at < len(row) {
			out[x] = row[at]
		}
	}
	return out
}

func (l *line) encode(in []state) []state {
	for _, s := range in {
		for _, x := range []int{0, l.first - 3, l.first - 2, l.first - 1, l.first} {
			if x >= 0 && l.after[x].width > 0 {
				l.reach(0, x, s.pen, l.e.step(s.node, l.e.moves.way(s.at, place{x, l.y})))
			}
		}
	}
	for x := range l.e.width {
		if l.after[x].width == 0 {
			continue
		}
		for layer := range l.before {
			for pen := range l.e.styles {
				if n := l.best[l.index(layer, x, pen)]; n > 0 {
					l.from(layer, x, pen, n)
				}
			}
		}
	}
	var out []state
	for k, n := range l.out {
		if n > 0 {
			out = append(out, state{place{k / len(l.e.styles), l.y}, k % len(l.e.styles), n})
		}
	}
	return out
}

// reach notes a way to a column, before which all is right.
func (l *line) reach(layer, x, pen int, n node) {
	k := l.index(layer, x, pen)
	if old := l.best[k]; old > 0 && l.e.nodes[old].cost <= n.cost {
		return
	}
	l.best[k] = l.e.keep(n)
	if x >= l.e.width || slices.Equal(l.before[layer][x:], l.after[x:]) {
		l.done(x, pen, n)
	}
}

// done notes a way at whose end the line is right.
func (l *line) done(x, pen int, n node) {
	k := l.index(0, x, pen)
	if old := l.out[k]; old == 0 || l.e.nodes[old].cost > n.cost {
		l.out[k] = l.e.keep(n)
	}
}

// from takes every step there is from a column.
func (l *line) from(layer, x, pen, node int) {
	e, before, c := l.e, l.before[layer], l.after[x]
	for _, q := range l.pens {
		s := e.styles[q]
		if c.style != s && (c.text != " " || !s.blanks(c.style)) {
			continue
		}
		change := e.pens[pen][q]
		l.reach(layer, x+c.width, q, e.step(node, change+c.text))
		if n := run(l.after[x:], c); n > 3 && c.width == 1 {
			l.reach(layer, x+n, q, e.step(node, change+c.text+times(n-1, "b")))
		}
	}
	for to := x; to < e.width && before[to] == l.after[to]; {
		to++
		if to < e.width && l.after[to].width > 0 {
			l.reach(layer, to, pen, e.step(node, e.moves.way(place{x, l.y}, place{to, l.y})))
		}
	}
	if c.text == " " && c.style == (style{bg: c.style.bg}) {
		l.erase(layer, x, pen, node)
	}
	if layer == 0 && e.styles[pen].bg == "" {
		l.shift(x, pen, node)
	}
}

func run(cells []cell, c cell) int {
	n := 0
	for n < len(cells) && cells[n] == c {
		n++
	}
	return n
}

func (l *line) erase(layer, x, pen, from int) {
	e, c := l.e, l.after[x]
	n := run(l.after[x:], c)
	for _, q := range l.pens {
		s := e.styles[q]
		if s.bg != c.style.bg {
			continue
		}
		change := e.pens[pen][q]
		if x+n == e.width {
			l.done(x, q, e.step(from, change+"\x1b[K"))
			if l.below && s.bg == "" {
				l.ends = append(l.ends, state{place{x, l.y}, q, e.keep(e.step(from, change+"\x1b[J"))})
			}
			continue
		}
		erased := change + times(n, "X")
		l.reach(layer, x+n, q, e.step(from, erased+e.moves.way(place{x, l.y}, place{x + n, l.y})))
		if slices.Equal(l.before[layer][x+n:], l.after[x+n:]) {
			l.done(x, q, e.step(from, erased))
		}
	}
}

// shift moves the rest of the line to the left, or to the right: then what
// comes into the gap is written at once.
func (l *line) shift(x, pen, from int) {
	for layer, n := range l.shifts {
		switch {
		case n > 0:
			l.reach(layer, x, pen, l.e.step(from, times(n, "P")))
		case n < 0 && x-n <= l.e.width:
			text, q := times(-n, "@"), pen
			for _, c := range l.after[x : x-n] {
				id := l.e.ids[c.style]
				text, q = text+l.e.pens[q][id]+c.text, id
			}
			if x-n == l.e.width || l.after[x-n].width > 0 {
				l.reach(layer, x-n, q, l.e.step(from, text))
			}
		}
	}
}
