package uitest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/aymanbagabas/go-udiff"
	"github.com/charmbracelet/x/ansi"
	_ "github.com/charmbracelet/x/exp/golden" // declares -update; twice would panic, and teatest brings it too

	"github.com/glance-tui/glance-tui/ui/safe"
)

// Golden compares what is drawn, without its styles, with
// testdata/<name>.golden. Spaces at the ends of lines do not count.
func Golden(t testing.TB, name, view string) {
	t.Helper()
	compare(t, name, Plain(view))
}

// GoldenStyled is Golden with the styles: each escape character is kept as ␛,
// so that the file is text and its difference readable.
func GoldenStyled(t testing.TB, name, view string) {
	t.Helper()
	compare(t, name, strings.ReplaceAll(trim(view), "\x1b", "␛"))
}

// Plain is a view as a user without colors reads it.
func Plain(view string) string { return trim(ansi.Strip(view)) }

// Drawn is what Shot needs of a screen.
type Drawn interface {
	SetSize(width, height int)
	View() string
	Cursor() *tea.Cursor
}

// Shot draws a screen at a size, fails the test where a line is too long, the
// view too high or the cursor outside, and gives the view with a last line
// that tells the cursor's place.
func Shot(t testing.TB, s Drawn, width, height int) string {
	t.Helper()
	s.SetSize(width, height)
	view := s.View()
	if why := Fits(view, width, height); why != "" {
		t.Errorf("at %dx%d: %s\n%s", width, height, why, Plain(view))
	}
	c := s.Cursor()
	if c == nil {
		return view + "\n[no cursor]"
	}
	if c.X < 0 || c.Y < 0 || c.X >= width || c.Y >= height {
		t.Errorf("at %dx%d: the cursor is outside: %d,%d", width, height, c.X, c.Y)
	}
	return fmt.Sprintf("%s\n[cursor at column %d, line %d]", view, c.X, c.Y)
}

// Fits says why a view does not fit into its room; "" when it does.
func Fits(view string, width, height int) string {
	lines := strings.Split(view, "\n")
	if len(lines) > height {
		return fmt.Sprintf("%d lines", len(lines))
	}
	for i, l := range lines {
		if w := safe.Width(l); w > width {
			return fmt.Sprintf("line %d is %d columns wide: %q", i, w, ansi.Strip(l))
		}
	}
	return ""
}

func compare(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	got = strings.TrimRight(got, "\n") + "\n"
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with -update)\n%s", err, got)
	}
	want := strings.ReplaceAll(string(b), "\r\n", "\n")
	if d := udiff.Unified("golden", "now", want, got); d != "" {
		t.Errorf("%s differs (if it is meant: -update)\n%s", path, d)
	}
}

func trim(view string) string {
	lines := strings.Split(view, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}
