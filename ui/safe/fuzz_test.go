package safe_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/test/hostile"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// holds is what is true of Text whatever it gets.
func holds(t interface {
	Helper()
	Fatalf(string, ...any)
}, s string) {
	t.Helper()
	out := safe.Text(s)
	if !utf8.ValidString(out) {
		t.Fatalf("not UTF-8: %q", out)
	}
	if said := hostile.Plain([]byte(out)); len(said) > 0 || strings.Contains(out, "\n") {
		t.Fatalf("%q comes out as %q: %q", s, out, said)
	}
	if again := safe.Text(out); again != out {
		t.Fatalf("not stable: %q then %q", out, again)
	}
	if strings.Trim(s, ascii) == "" && out != s {
		t.Fatalf("plain text changes: %q to %q", s, out)
	}
	if most := len("‹U+10FFFF›") * len(s); len(out) > most {
		t.Fatalf("%d bytes become %d", len(s), len(out))
	}
	if clusters, columns := ansi.StringWidth(out), safe.Width(out); clusters > columns {
		t.Fatalf("%d columns by clusters, %d by characters: %q", clusters, columns, out)
	}
	for _, width := range []int{0, 1, 2, 3, 7, 12, 40} {
		cuts(t, out, width)
	}
}

// ascii are the characters that need nothing done.
var ascii = func() string {
	var b strings.Builder
	for c := byte(' '); c < 0x7f; c++ {
		b.WriteByte(c)
	}
	return b.String()
}()

// cuts: whatever the edge falls on, a wide character or a mark, what is cut
// fits and stays safe.
func cuts(t interface {
	Helper()
	Fatalf(string, ...any)
}, out string, width int) {
	t.Helper()
	for what, got := range map[string]string{"Cut": safe.Cut(out, width), "CutMiddle": safe.CutMiddle(out, width), "Pad": safe.Pad(out, width), "PadLeft": safe.PadLeft(out, width)} {
		if w := safe.Width(got); w > width || strings.HasPrefix(what, "Pad") && w != width {
			t.Fatalf("%s to %d gives %d columns: %q of %q", what, width, w, got, out)
		}
		if said := hostile.Plain([]byte(got)); len(said) > 0 || safe.Text(got) != got {
			t.Fatalf("%s to %d gives %q: %q", what, width, got, said)
		}
	}
	for _, l := range safe.Wrap(out, width) {
		if safe.Width(l) > max(width, 2) { // a wide character does not fit a column
			t.Fatalf("wrapped at %d: %q of %q", width, l, out)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range hostile.Texts(nil) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { holds(t, s) })
}

func TestTextHoldsWhateverItGets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { holds(t, anyText().Draw(t, "text")) })
}
