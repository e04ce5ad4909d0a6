package draw

import (
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
)

func browser(items ...string) *Browser[string] {
	b := NewBrowser(func(s string) string { return s }, func(height int) int { return height / 3 })
	b.SetItems(items)
	b.SetSize(20, 9)
	return &b
}

func choose(b *Browser[string], names ...string) {
	for _, n := range names {
		b.Choose(keys.Press(n))
	}
}

func TestTheCursorOfABrowserStaysOnItsItem(t *testing.T) {
	b := browser("a", "b", "c", "d", "e")
	choose(b, "j", "j", "j")
	at := func(want string) {
		t.Helper()
		if got, _ := b.Chosen(); got != want {
			t.Errorf("on %q, not %q", got, want)
		}
		if inSight, n := b.InSight(); len(inSight) > 3 || inSight[n] != want {
			t.Errorf("visible are %q, chosen %d", inSight, n)
		}
	}
	at("d")
	b.SetItems([]string{"new", "a", "b", "c", "d", "e"})
	at("d")
	b.SetItems([]string{"a", "d"})
	at("d")
	b.SetItems([]string{"a"}) // it is gone
	at("a")
	b.SetItems(nil)
	if _, found := b.Chosen(); found {
		t.Error("nothing is chosen of nothing")
	}
	b.SetItems([]string{"x", "y"})
	at("x")
}

func TestABrowserFitsItsRoom(t *testing.T) {
	b := browser("a", "b", "c", "d", "e")
	for width := range 12 {
		for height := range 12 {
			b.SetSize(width, height)
			b.SetBelow(slices.Repeat([]string{strings.Repeat("x", b.Room())}, 5))
			rows, _ := b.InSight()
			for _, view := range []string{b.View(dark, rows), b.ViewNone([]string{strings.Repeat("n", b.Room())})} {
				lines := strings.Split(view, "\n")
				if len(lines) > max(1, height) || slices.ContainsFunc(lines, func(l string) bool { return safe.Width(l) > width }) {
					t.Errorf("%dx%d: %q", width, height, lines)
				}
			}
		}
	}
}
