package list

import (
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/watch"
)

// Marks change while only the marked are shown: what a filter on the way found
// does not hold any more.
func TestALetterLessKnowsTheMarks(t *testing.T) {
	s := fillable()
	r := newRows(s.Store(), api.Session{})
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

// A letter more asks only what matched before it.
func TestALetterMoreAsksOnlyWhatMatched(t *testing.T) {
	r := large(t, 600).rows // a sixth of them ubuntu
	for _, c := range []struct {
		before, after string
		all           bool
	}{{"u", "ub", false}, {"ub", "ubu status:", false}, {"ub", "u", true}, {"ub", "deb", true}, {"", "ub", false}} {
		r.matchAll()
		_ = r.filter(c.after, uitest.Clock)
		want := len(r.shown)
		_ = r.filter(c.before, uitest.Clock)
		for at := range r.scores {
			r.scores[at] = noMatch
		}
		if _ = r.filter(c.after, uitest.Clock); c.all && len(r.shown) != want || !c.all && len(r.shown) != 0 || want == 0 {
			t.Errorf("%q after %q: %d rows of %d", c.after, c.before, len(r.shown), want)
		}
	}
}
