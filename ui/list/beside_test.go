package list

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/ui/screen"

	"github.com/glance-tui/glance-tui/ui/uitest"
)

// wide is a list with the selected image beside it, in which waiting is up to
// the test.
func wide(t *testing.T) *List {
	t.Helper()
	l, _ := start(t, &server{images: images(100)})
	l.ctx.Options.Still = false
	l.SetSize(120, 22)
	return l
}

// besides gives the name that is next to the rows.
func besides(l *List) string {
	line := strings.Split(uitest.Plain(l.View()), "\n")[1]
	_, name, _ := strings.Cut(line, "│")
	return strings.TrimSpace(name)
}

func press(l *List, names ...string) {
	for _, k := range uitest.Keys(names...) {
		l.Update(k)
	}
}

func rest(l *List) { l.Update(restMsg{l.beside.n}) }

func TestTheImageBesideFollowsWhenTheSelectionRests(t *testing.T) {
	l := wide(t)
	if got := besides(l); got != "image-000" {
		t.Fatalf("beside the rows at first: %q", got)
	}
	press(l, "j")
	early := restMsg{l.beside.n}
	press(l, "j")
	l.Update(early) // the selection went on
	if got := besides(l); got != "image-000" {
		t.Errorf("beside the rows while the selection moves: %q", got)
	}
	rest(l)
	if got := besides(l); got != "image-002" {
		t.Errorf("beside the rows when it rests: %q", got)
	}
	press(l, "j", "k") // there and back: nothing to wait for
	if l.beside.awaits != "" {
		t.Errorf("waits for %q", l.beside.awaits)
	}
}

func TestNothingStandsBesideRowsThatScroll(t *testing.T) {
	l := wide(t)
	press(l, "ctrl+d", "ctrl+d")
	rest(l)
	press(l, "ctrl+d")
	if got := besides(l); got != "" {
		t.Errorf("beside rows that scroll: %q", got)
	}
	rest(l)
	if got := besides(l); got != "image-030" {
		t.Errorf("beside the rows when they rest: %q", got)
	}
}

func TestTheImageBesideShowsItsChangesAtOnce(t *testing.T) {
	l := wide(t)
	img, _ := l.current()
	img = img.Clone()
	img.Name.Value = "renamed"
	l.Update(screen.ImageSeen{Image: img, Asked: l.ctx.Ask()})
	if got := besides(l); got != "renamed" {
		t.Errorf("beside the rows: %q", got)
	}
}

func TestAWindowThatGrowsShowsTheImageAtOnce(t *testing.T) {
	l, _ := start(t, &server{images: images(100)})
	l.ctx.Options.Still = false
	press(l, "j")
	l.SetSize(120, 22)
	if got := besides(l); got != "image-001" {
		t.Errorf("beside the rows: %q", got)
	}
	press(l, "/", "9", "9", "9")
	if strings.Contains(l.View(), "│") {
		t.Error("something is next to no rows")
	}
}
