package safe

import (
	"unicode"

	"golang.org/x/text/unicode/rangetable"
)

// known are the characters of Unicode 13 (2020). Terminals count columns by
// tables of their own, which are years old; of what came later some draw
// nothing, some one column, some two.
var known = rangetable.Assigned("13.0.0")

// disputed are characters on whose width terminals do not agree: tables of
// different years, or what the renderer counts and a terminal draws. Each was
// measured with tmux; see TestTmuxDrawsEveryCharacterAsWide.
var disputed = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x1160, Hi: 0x11ff, Stride: 1}, // Hangul vowels and finals that combine: 0 or 1
		{Lo: 0x2630, Hi: 0x2637, Stride: 1}, // trigrams: wide since Unicode 16
		{Lo: 0x268a, Hi: 0x268f, Stride: 1}, // mono- and digrams: likewise
		{Lo: 0x302e, Hi: 0x302f, Stride: 1}, // Hangul tone marks: marks, or wide
		{Lo: 0x3248, Hi: 0x324f, Stride: 1}, // numbers on black squares: 1 or 2
		{Lo: 0x4dc0, Hi: 0x4dff, Stride: 1}, // hexagrams: wide since Unicode 16
		{Lo: 0xd7b0, Hi: 0xd7ff, Stride: 1}, // more Hangul that combines
	},
	R32: []unicode.Range32{
		{Lo: 0x16ff0, Hi: 0x16ff1, Stride: 1}, // Vietnamese reading marks: marks, or wide
		{Lo: 0x1d165, Hi: 0x1d172, Stride: 1}, // parts of notes, which combine
		{Lo: 0x1d300, Hi: 0x1d376, Stride: 1}, // Tai Xuan Jing and counting rods: wide since Unicode 16
		{Lo: 0x1f1e6, Hi: 0x1f1ff, Stride: 1}, // regional indicators: flags in pairs, or letters
		{Lo: 0x1f3fb, Hi: 0x1f3ff, Stride: 1}, // skin tones: joined by some
	},
}
