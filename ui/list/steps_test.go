package list

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/watch"
)

// Marks change while only the marked are shown: what a filter on the way found
// does not hold any more.
func TestALetterLessKnowsTheMarks(t *testing.T) {
	s := fillable()
	r := newRows(s.Store(), model.Session{})
	var marked marks
	for _, id := range []string{"1", "2"} {
		at := s.tell(watch.ImageRead{Image: model.Image{ID: id, Name: model.Some("ubuntu")}})
		r.update(at...)
		marked.set(at[0], true)
	}
	r.showOnly(&marked)
	for _, text := range []string{"u", "ub"} {
		_ = r.filter(text, uitest.Clock)
	}
	marked.set(0, false)
	for _, text := range []string{"u", "", "ub"} {
		if _ = r.filter(text, uitest.Clock); len(r.shown) != 1 {
			t.Errorf("%q: %d rows", text, len(r.shown))
		}
	}
	marked.set(0, true)
	if _ = r.filter("ubu", uitest.Clock); len(r.shown) != 2 {
		t.Errorf("%d rows when it is marked again", len(r.shown))
	}
}

// typist types filters into a list and counts what they are asked of.
type typist struct {
	*rows
	asked int
}

func (y *typist) types(text string) int {
	y.asked = 0
	f, _ := model.ParseFilter(text, uitest.Clock)
	to, base, done := y.steps.to(f, newMatcher(y.store.Images, y.session, f))
	if y.steps = to; !done {
		to.now().ask(y.len(), base, func(m *matcher, at int32) int8 {
			y.asked++
			return m.closeness(at)
		})
	}
	return y.asked
}

// A letter more asks only what may match, a letter less nothing at all.
func TestALetterAsksOnlyWhatItMust(t *testing.T) {
	const n = 6000 // a sixth of them ubuntu
	y := &typist{rows: large(t, n).rows}
	for _, c := range []struct {
		text string
		most int
	}{
		{"w", n}, {"wi", n / 2}, {"win", n / 3}, {"win ", 0}, {"win k", n / 3}, {"win k8", n / 10}, {"win k", 0}, {"win ", 0},
		{"win status:", 0}, {"win status:q", n / 3}, {"win status:qu", n / 3}, {"win status:", 0}, {"win", 0}, {"wi", 0}, {"w", 0}, {"", 0},
		{"prop:os_distro", n}, {"prop:os_distro=~w", n}, {"prop:os_distro=~wi", n / 5}, {"prop:os_distro=~w", 0},
	} {
		if got := y.types(c.text); got > c.most {
			t.Errorf("%q was asked of %d images, more than %d", c.text, got, c.most)
		}
	}
}

// However much is typed, what it found on the way takes a bounded room.
func TestAFilterKeepsFewSteps(t *testing.T) {
	y := &typist{rows: large(t, 500).rows}
	text := strings.Repeat("ubuntu ", 2*mostSteps)
	for range 3 {
		for n := range text {
			y.types(text[:n+1])
			if len(y.steps) > mostSteps || cap(y.steps) > 2*mostSteps {
				t.Fatalf("%d steps, room for %d", len(y.steps), cap(y.steps))
			}
		}
		for n := len(text); n >= 0; n-- {
			y.types(text[:n])
		}
		y.choose()
		if len(y.shown) != 500 {
			t.Fatalf("%d rows without a filter", len(y.shown))
		}
	}
}
