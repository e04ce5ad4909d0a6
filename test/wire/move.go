package wire

import "strings"

// place is where a terminal's cursor is. In column width it waits behind the
// last one, where only an absolute move or a return is certain.
type place struct{ x, y int }

// moves are the shortest ways of a cursor; they are asked for again and again.
type moves struct {
	width  int
	inLine [][]string // from one column to another
	known  map[[2]place]string
}

func newMoves(width int) *moves {
	m := &moves{width: width, known: map[[2]place]string{}}
	for from := range width + 1 {
		m.inLine = append(m.inLine, make([]string, width+1))
		for to := range m.inLine[from] {
			m.inLine[from][to] = m.find(place{from, 1}, place{to, 1})
		}
	}
	return m
}

func (m *moves) way(from, to place) string {
	if from.y == to.y && from.y > 0 {
		return m.inLine[from.x][to.x]
	}
	k := [2]place{from, to}
	if s, ok := m.known[k]; ok {
		return s
	}
	s := m.find(from, to)
	m.known[k] = s
	return s
}

func (m *moves) find(from, to place) string {
	if from == to && from.x < m.width {
		return ""
	}
	best := absolute(to)
	try := func(s string) {
		if len(s) < len(best) {
			best = s
		}
	}
	down := vertical(from.y, to.y)
	try("\r" + down + m.along(0, to.x))
	if from.x < m.width {
		try(down + m.along(from.x, to.x))
	}
	return best
}

// absolute is the shortest form of CUP.
func absolute(to place) string {
	switch {
	case to.x == 0 && to.y == 0:
		return "\x1b[H"
	case to.x == 0:
		return "\x1b[" + digits(to.y+1) + "H"
	case to.y == 0:
		return "\x1b[;" + digits(to.x+1) + "H"
	}
	return "\x1b[" + digits(to.y+1) + ";" + digits(to.x+1) + "H"
}

// times is a sequence with a count that is left out where it is 1.
func times(n int, final string) string {
	if n == 1 {
		return "\x1b[" + final
	}
	return "\x1b[" + digits(n) + final
}

func vertical(from, to int) string {
	best := "\x1b[" + digits(to+1) + "d"
	try := func(s string) {
		if len(s) < len(best) {
			best = s
		}
	}
	switch n := to - from; {
	case n == 0:
		return ""
	case n > 0:
		try(times(n, "B"))
		try(strings.Repeat("\n", n))
	default:
		try(times(-n, "A"))
		try(strings.Repeat("\x1bM", -n))
	}
	return best
}

func (m *moves) along(from, to int) string {
	best := times(to+1, "G")
	try := func(s string) {
		if len(s) < len(best) {
			best = s
		}
	}
	switch n := to - from; {
	case n == 0:
		return ""
	case n > 0:
		try(times(n, "C"))
		tabs, at := 0, from
		for next := (at/8 + 1) * 8; next <= to && next < m.width; next = (at/8 + 1) * 8 {
			tabs, at = tabs+1, next
			rest := ""
			if at < to {
				rest = times(to-at, "C")
			}
			try(strings.Repeat("\t", tabs) + rest)
		}
		if next := (at/8 + 1) * 8; next < m.width && next > to { // over it and back
			try(strings.Repeat("\t", tabs+1) + strings.Repeat("\b", next-to))
		}
	default:
		try(times(-n, "D"))
		try(strings.Repeat("\b", -n))
	}
	return best
}
