package input

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

func TestLinesAreDrawn(t *testing.T) {
	for _, c := range []struct {
		name, value string
		lines       string
		x, y        int
	}{
		{"empty", "", "", 0, 0},
		{"one line", "abc", "abc", 3, 0},
		{"a break at the end", "abc\n", "abc|", 0, 1},
		{"several", "a\n\nbc", "a||bc", 2, 2},
		{"longer than the width", "abcdefghijk", "abcdefghi|jk", 2, 1},
		{"a carriage return shows", "a\r\nb", "a␍␊|b", 1, 1},
		{"wide letters", "日本語日本", "日本語日|本", 2, 1},
	} {
		f := focused(c.value)
		lines, x, y := f.ViewLines(dark, 10, 10)
		for n := range lines {
			lines[n] = strings.TrimRight(uitest.Plain(lines[n]), " ")
		}
		if got := strings.Join(lines, "|"); got != c.lines || x != c.x || y != c.y {
			t.Errorf("%s: %q with the cursor at %d, %d", c.name, got, x, y)
		}
	}
}

// Wherever the cursor goes in a text of lines, it is visible, and up after down
// leads to the same line.
func TestTheCursorStaysInSight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := focused(rapid.StringMatching(`([a-c日\n]{0,40}|(\n|\r\n|é){0,5}){0,3}`).Draw(t, "value"))
		width, height := rapid.IntRange(2, 12).Draw(t, "width"), rapid.IntRange(1, 6).Draw(t, "height")
		f.SetPosition(rapid.IntRange(0, 60).Draw(t, "position"))
		for range 10 {
			before := f.Position()
			switch rapid.IntRange(0, 3).Draw(t, "move") {
			case 0:
				f.MoveLine(-1, width)
				if f.Position() > before {
					t.Fatalf("up leads from %d to %d", before, f.Position())
				}
			case 1:
				f.MoveLine(+1, width)
				if f.Position() < before {
					t.Fatalf("down leads from %d to %d", before, f.Position())
				}
			case 2:
				f.MoveInLine(-1, width)
			case 3:
				f.MoveInLine(+1, width)
			}
			lines, x, y := f.ViewLines(dark, width, height)
			if x < 0 || x >= width || y < 0 || y >= len(lines) || len(lines) > height {
				t.Fatalf("the cursor is at %d, %d of %d lines", x, y, len(lines))
			}
			for _, l := range lines {
				if safe.Width(l) != width {
					t.Fatalf("%q is %d wide", l, safe.Width(l))
				}
			}
		}
	})
}
