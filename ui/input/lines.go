package input

import (
	"strings"

	"github.com/glance-tui/glance-tui/ui/theme"
)

// The text of a field as several lines: each line break ends one, and one that is
// longer than the width goes on in the next.

// span is a line as it is drawn: its cells, from one up to another.
type span struct{ from, to int }

func (f *Field) breaks(n int) bool {
	c := f.all()[n]
	return strings.HasSuffix(f.value[c.start:c.end], "\n")
}

// spans parts the cells into lines of a width. A line break is the last cell of its
// line, and takes no room.
func (f *Field) spans(width int) []span {
	var out []span
	cells, from, used := f.all(), 0, 0
	for n, c := range cells {
		switch {
		case f.breaks(n):
			out = append(out, span{from, n + 1})
			from, used = n+1, 0
			continue
		case used+c.width > width && n > from:
			out = append(out, span{from, n})
			from, used = n, 0
		}
		used += c.width
	}
	return append(out, span{from, len(cells)})
}

// line is which of the spans has the cursor.
func (f *Field) line(spans []span) int {
	for n, s := range spans {
		if f.at < s.to {
			return n
		}
	}
	return len(spans) - 1
}

func (f *Field) column(s span) (x int) {
	for n := s.from; n < f.at; n++ {
		x += f.all()[n].width
	}
	return x
}

// Lines is how many lines a text has.
func Lines(s string) int { return strings.Count(s, "\n") + 1 }

// ViewLines draws the text in several lines, and gives the cursor's place among
// them; of too many those around the cursor.
func (f *Field) ViewLines(t *theme.Theme, width, height int) (lines []string, x, y int) {
	width, height = max(2, width), max(1, height)
	spans := f.spans(width - 1) // the cursor is behind a full line
	at := f.line(spans)
	first := max(0, min(at-height/2, len(spans)-height))
	for _, s := range spans[first:min(len(spans), first+height)] {
		to := s.to
		if to > s.from && f.all()[to-1].end-f.all()[to-1].start == 1 && f.breaks(to-1) {
			to-- // one with a carriage return is shown: it is in the value
		}
		lines = append(lines, draw(t, t.Text, f.all()[s.from:to], false, width))
	}
	return lines, min(f.column(spans[at]), width-1), at - first
}

// MoveLine moves the cursor up (-1) or down (+1) in the text as it is drawn at a
// width, or to the beginning or the end of the text where there is no such line.
func (f *Field) MoveLine(by, width int) {
	spans := f.spans(max(2, width) - 1)
	at := f.line(spans)
	x, to := f.column(spans[at]), at+by
	switch {
	case to < 0:
		f.at = 0
		return
	case to >= len(spans):
		f.at = len(f.all())
		return
	}
	s := spans[to]
	f.at = s.from
	for f.at < s.to && f.column(s) < x && !f.breaks(f.at) {
		f.at++
	}
	if f.at == s.to && to < len(spans)-1 && f.at > s.from {
		f.at-- // behind it is the next line
	}
}

// MoveInLine moves the cursor to the beginning (-1) or the end (+1) of its line.
func (f *Field) MoveInLine(to, width int) {
	spans := f.spans(max(2, width) - 1)
	n := f.line(spans)
	s := spans[n]
	f.at = s.from
	if to > 0 {
		f.at = s.to
		if n < len(spans)-1 && s.to > s.from {
			f.at--
		}
	}
}

// WithBreaks is a pasted text whose line breaks are line feeds, as they are in
// values: terminals send carriage returns. Those at its end go, since what is copied
// as a line has one.
func WithBreaks(s string) string {
	return strings.TrimRight(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
}
