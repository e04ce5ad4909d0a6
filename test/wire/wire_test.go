package wire

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"
)

// draw makes a view of random lines: words in styles, gaps, wide letters, and
// often lines of the view before, moved.
func draw(t *rapid.T, width, height int, before []string) []string {
	piece := rapid.Custom(func(t *rapid.T) string {
		text := rapid.SampledFrom([]string{"active", "queued", "a", "--------------", "                ", "日本", "ü", "●", "image-017", " "}).Draw(t, "text")
		style := rapid.SampledFrom([]string{"", "", "1", "38;5;246", "38;2;1;2;3", "31;4", "7", "48;5;17", "1;38;5;80;48;2;36;52;77", "2;9", "94;101", "22;3"}).Draw(t, "style")
		if style == "" {
			return text
		}
		return "\x1b[" + style + "m" + text + "\x1b[m"
	})
	lines := make([]string, height)
	by := rapid.IntRange(-3, 3).Draw(t, "by")
	for y := range lines {
		if from := y + by; from >= 0 && from < len(before) && rapid.IntRange(0, 9).Draw(t, "kept") > 0 {
			lines[y] = before[from]
			continue
		}
		lines[y] = strings.Join(rapid.SliceOfN(piece, 0, 5).Draw(t, "pieces"), "")
	}
	return lines
}

func replay(t testing.TB, e *vt.Emulator, b []byte) Screen {
	t.Helper()
	if _, err := e.Write(b); err != nil {
		t.Fatal(err)
	}
	return Seen(e)
}

// story is a terminal's size and what it is to show, view after view.
type story struct {
	width, height int
	views         []tea.View
}

var stories = rapid.Custom(func(t *rapid.T) story {
	s := story{width: rapid.IntRange(20, 60).Draw(t, "width"), height: rapid.IntRange(4, 12).Draw(t, "height")}
	var lines []string
	for range 3 {
		lines = draw(t, s.width, s.height, lines)
		v := tea.View{Content: strings.Join(lines, "\n")}
		if rapid.Bool().Draw(t, "cursor") {
			v.Cursor = tea.NewCursor(rapid.IntRange(0, s.width-1).Draw(t, "x"), rapid.IntRange(0, s.height-1).Draw(t, "y"))
		}
		s.views = append(s.views, v)
	}
	return s
})

// play has each change of a story written by Bubble Tea's renderer and by
// Smallest from the same screen, and gives both to look.
func (s story) play(t testing.TB, look func(step int, smallest, written []byte, ours, theirs Screen)) {
	renderer := NewRenderer(s.width, s.height, colorprofile.TrueColor)
	var stream []byte
	terminal := func() *vt.Emulator { // as the renderer left it
		e := vt.NewEmulator(s.width, s.height)
		replay(t, e, stream)
		return e
	}
	for step, v := range s.views {
		e := terminal()
		written := renderer.Write(v)
		stream = append(stream, written...)
		wanted := Seen(terminal())
		smallest := Smallest(Seen(e), wanted)
		look(step, smallest, written, replay(t, e, smallest), wanted)
	}
}

func TestSmallestMakesTheScreen(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		stories.Draw(r, "story").play(t, func(step int, smallest, _ []byte, ours, theirs Screen) {
			if diff := Difference(ours, theirs); diff != "" {
				r.Fatalf("step %d: %q makes another screen: %s", step, smallest, diff)
			}
		})
	})
}

// Smallest is no proof that nothing is shorter. What is known to be is written
// by Bubble Tea's renderer, about once in some thousand changes; not in these.
func TestSmallestIsNoLongerThanWhatIsWritten(t *testing.T) {
	for seed := range 80 {
		stories.Example(seed).play(t, func(step int, smallest, written []byte, _, _ Screen) {
			if step > 0 && len(smallest) > len(written) {
				t.Errorf("story %d, step %d: %d bytes, and %d are written:\n%q\n%q", seed, step, len(smallest), len(written), smallest, written)
			}
		})
	}
}

func TestSmallestKnowsItsMeans(t *testing.T) {
	rows := func(from int) string {
		var out []string
		for n := range 8 {
			out = append(out, fmt.Sprintf("image-%03d is %d bytes large", from+n, (from+n)*7919))
		}
		return strings.Join(out, "\r\n")
	}
	for _, c := range []struct {
		name, before, after string
		least               string
	}{
		{"nothing", "abc", "abc", ""},
		{"a letter", "abc", "abd", "\bd"},
		{"end of a line", "a long line of text", "a", "\x1b[2G\x1b[K"},
		{"all of it", "a long line\r\nand another", "", "\x1b[2J"},
		{"a color is dropped", "\x1b[1;38;5;80mabc", "abc", "\rabc"},
		{"many letters", "", "-----------------------", "-\x1b[22b"},
		{"a letter comes in", "bcdefghijklmnopqrstu", "abcdefghijklmnopqrstu", "\r\x1b[@a"},
		{"a letter goes", "abcdefghijklmnopqrstu", "bcdefghijklmnopqrstu", "\r\x1b[P"},
		{"lines scroll", rows(1), rows(2), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, wanted := vt.NewEmulator(40, 8), vt.NewEmulator(40, 8)
			before, after := replay(t, e, []byte(c.before+"\x1b[?25l\x1b[m")), replay(t, wanted, []byte(c.after+"\x1b[?25l\x1b[m"))
			got := Smallest(before, after)
			if diff := Difference(replay(t, e, got), after); diff != "" {
				t.Errorf("%q makes another screen: %s", got, diff)
			}
			if c.least != "" && len(got) > len(c.least) || c.least == "" && len(got) > 45 {
				t.Errorf("%q is longer than %q", got, c.least)
			}
		})
	}
}
