package wire

import (
	"cmp"
	"slices"
	"strings"
)

// scrolled is a screen after some of its lines were scrolled.
type scrolled struct {
	rows     [][]cell
	sequence string
	at       place

	top, bottom int // of the lines
	gain        int // in bytes, about
}

// scrolls are the scrollings of lines that bring most of them where they are
// wanted, the most promising first.
func (e *encoder) scrolls(rows [][]cell, at place) []scrolled {
	const most = 6
	var found []scrolled
	none := blank(e.width, 1)[0]
	stay, gone := make([]int, e.height), make([]int, e.height)
	for y := range stay {
		stay[y] = e.estimate(rows[y], y)
		gone[y] = stay[y] - e.estimate(none, y)
	}
	for by := 1 - e.height; by < e.height; by++ {
		if by == 0 {
			continue
		}
		gain := make([]int, e.height) // what a line saves by coming from that far below
		for y := range gain {
			if from := y + by; from >= 0 && from < e.height {
				gain[y] = stay[y] - e.estimate(rows[from], y)
			}
		}
		sum := func(a, b int) (sum int) {
			for y := a; y <= b; y++ {
				if from := y + by; from >= a && from <= b {
					sum += gain[y]
				} else {
					sum += gone[y]
				}
			}
			return sum
		}
		var best, down scrolled // of any lines, and of all below one: shorter to say
		for a := range e.height {
			for b := a + abs(by); b < e.height; b++ {
				if n := sum(a, b); n > best.gain {
					best = scrolled{gain: n, top: a, bottom: b}
				}
				if n := sum(a, b); b == e.height-1 && n > down.gain {
					down = scrolled{gain: n, top: a, bottom: b}
				}
			}
		}
		for _, s := range []scrolled{best, down, {gain: sum(0, e.height-1), bottom: e.height - 1}} {
			if s.gain > 0 {
				found = append(found, e.filled(s, rows, at, by)...)
			}
		}
	}
	slices.SortFunc(found, func(a, b scrolled) int { return cmp.Compare(b.gain, a.gain) })
	return found[:min(len(found), most)]
}

// filled is a scrolling with what it makes of the rows, in every way to say it.
func (e *encoder) filled(s scrolled, rows [][]cell, at place, by int) []scrolled {
	s.rows = slices.Clone(rows)
	for y := s.top; y <= s.bottom; y++ {
		if from := y + by; from >= s.top && from <= s.bottom {
			s.rows[y] = rows[from]
		} else {
			s.rows[y] = blank(e.width, 1)[0]
		}
	}
	var out []scrolled
	gain := s.gain
	for _, way := range e.scrollings(at, s.top, s.bottom, by) {
		s.sequence, s.at, s.gain = way.sequence, way.at, gain-len(way.sequence)
		out = append(out, s)
	}
	return out
}

func abs(n int) int { return max(n, -n) }

// scrollings are the ways to scroll lines of a part of the screen up by a
// number, down where that is negative: each leaves the cursor elsewhere.
func (e *encoder) scrollings(at place, top, bottom, by int) []scrolled {
	n, last := abs(by), e.height-1
	// Lines are taken out at one place and put in at another. What goes out at
	// the bottom of the screen need not be taken out.
	out, in := place{0, top}, place{0, bottom - n + 1}
	takeOut, putIn := times(n, "M"), times(n, "L")
	if by < 0 {
		out, in = in, out
	}
	var ways []scrolled
	add := func(sequence string, at place) { ways = append(ways, scrolled{sequence: sequence, at: at}) }
	switch {
	case bottom < last:
		add(e.moves.way(at, out)+takeOut+e.moves.way(out, in)+putIn, in)
	case by < 0:
		add(e.moves.way(at, in)+putIn, in)
	default:
		add(e.moves.way(at, out)+takeOut, out)
	}
	final := "S"
	if by < 0 {
		final = "T"
	}
	if top > 0 || bottom < last {
		// Or the part is made the region that scrolls, which sets the cursor home.
		first := ""
		if top > 0 {
			first = digits(top + 1)
		}
		add("\x1b["+first+";"+digits(bottom+1)+"r"+times(n, final)+"\x1b[r", place{})
		return ways
	}
	add(times(n, final), at)
	for _, x := range []int{0, at.x} {
		edge, one := place{x, last}, "\n"
		if by < 0 {
			edge, one = place{x, 0}, "\x1bM"
		}
		if x < e.width {
			add(e.moves.way(at, edge)+strings.Repeat(one, n), edge)
		}
	}
	return ways
}

// estimate is about what it costs to make a line of another.
func (e *encoder) estimate(row []cell, y int) int {
	cost, same, pen := 0, 8, style{}
	for x, c := range e.after.rows[y] {
		if row[x] == c {
			same++
			continue
		}
		if same > 8 {
			cost += 6 // a move
		} else {
			cost += same
		}
		same = 0
		if c.style != pen {
			cost += len(change(pen, c.style))
			pen = c.style
		}
		cost += len(c.text)
	}
	return cost
}
