package watch

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// ledger is a server's list of changes. It takes the time of a change before
// others can see it, and tells whole seconds.
type ledger struct {
	images map[string]entry
	dates  bool // it tells its own time
	read   int  // images that it gave
}

type entry struct{ told, seen time.Time }

func (l *ledger) changed(id string, at time.Time, delay time.Duration) {
	l.images[id] = entry{told: at.Add(-delay), seen: at}
}

// answer is what a Glance says: those that changed at q.from or later, the
// earliest change first.
func (l *ledger) answer(q window, now time.Time) api.Page {
	var p api.Page
	for id, e := range l.images {
		if !e.seen.After(now) && !e.told.Before(q.from) {
			p.Images = append(p.Images, model.Image{ID: id, UpdatedAt: e.told})
		}
	}
	slices.SortFunc(p.Images, func(a, b model.Image) int { return a.UpdatedAt.Compare(b.UpdatedAt) })
	if len(p.Images) >= q.limit {
		p.Images = p.Images[:q.limit]
		p.Marker = p.Images[q.limit-1].ID
	}
	for n := range p.Images {
		p.Images[n].UpdatedAt = truncateToSecond(p.Images[n].UpdatedAt)
	}
	if l.dates {
		p.Date = truncateToSecond(now)
	}
	l.read += len(p.Images)
	return p
}

// watcher asks a ledger, and knows what it was told.
type watcher struct {
	since
	*ledger
	now   time.Time
	known map[string]time.Time
	asked int
	again bool // the list had to be read again
}

func newWatcher(l *ledger, now time.Time) *watcher {
	w := &watcher{ledger: l, now: now, known: map[string]time.Time{}}
	p := l.answer(window{limit: mostAtOnce}, now)
	if n := len(p.Images); n > 0 {
		p.Images = p.Images[n-1:]
	}
	w.begin(p, 0, now)
	l.read = 0
	return w
}

func (w *watcher) look(after time.Duration) api.Page {
	w.now = w.now.Add(after)
	q := w.ask(w.now)
	p := w.answer(q, w.now)
	w.asked++
	if !w.took(q, p, w.now) {
		w.again = true
	}
	for _, img := range p.Images {
		w.known[img.ID] = img.UpdatedAt
	}
	return p
}

// Whatever changes when, however far the clocks of the hosts are apart within
// the skew, and however often it is looked: nothing is missed, what is known comes again only
// now and then, and in the end the answers are empty.
func TestNoChangeIsMissed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := start
		l := &ledger{images: map[string]entry{}, dates: rapid.Bool().Draw(t, "dates")}
		l.changed("old", now.Add(-time.Hour), 0)
		w := newWatcher(l, now)
		changes := map[string]time.Time{}
		total := 0
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			pause := time.Duration(rapid.IntRange(200, 8000).Draw(t, "pause")) * time.Millisecond
			for range rapid.SampledFrom([]int{0, 0, 1, 1, 2, 3, 30, 99, 100, 101, 450}).Draw(t, "changes") {
				id := fmt.Sprint(rapid.IntRange(0, 600).Draw(t, "image"))
				at := w.now.Add(time.Duration(rapid.Int64Range(1, int64(pause)).Draw(t, "at")))
				// Now and then by a host whose clock is behind.
				late := rapid.SampledFrom([]time.Duration{overlap, overlap, overlap, overlap, skew - time.Second}).Draw(t, "late")
				delay := time.Duration(rapid.IntRange(0, int(late/time.Millisecond)-1).Draw(t, "delay")) * time.Millisecond
				l.changed(id, at, delay)
				changes[id] = truncateToSecond(at.Add(-delay))
				total++
			}
			w.look(pause)
		}
		for range 30 {
			w.look(5 * time.Second)
		}
		for id, at := range changes {
			if got := w.known[id]; !got.Equal(at) {
				t.Fatalf("image %s changed at %v, known is %v", id, at, got)
			}
		}
		if p := w.look(5 * time.Second); len(p.Images) > 0 {
			t.Fatalf("%d images come for ever", len(p.Images))
		}
		if w.ledger.read > 8*total+200 {
			t.Fatalf("%d images were read for %d changes", w.ledger.read, total)
		}
	})
}

func TestManyChangesOfOneSecond(t *testing.T) {
	for _, n := range []int{99, 100, 101, 500, 999} {
		l := &ledger{images: map[string]entry{}, dates: true}
		w := newWatcher(l, start)
		for i := range n {
			l.changed(fmt.Sprint(i), start.Add(time.Second), 0)
		}
		for range 30 {
			w.look(5 * time.Second)
		}
		if len(w.known) != n || w.again || w.ledger.read > 2*n+2*atOnce || len(w.look(time.Minute).Images) != 0 {
			t.Errorf("of %d: %d known, %d read, the list again: %v", n, len(w.known), w.ledger.read, w.again)
		}
	}
}

func TestMoreChangesOfOneSecondThanAnAnswerHolds(t *testing.T) {
	l := &ledger{images: map[string]entry{}}
	w := newWatcher(l, start)
	for i := range 3000 {
		l.changed(fmt.Sprint(i), start.Add(time.Second), 0)
	}
	w.look(5 * time.Second)
	w.look(5 * time.Second)
	if !w.again {
		t.Error("the list is not read again")
	}
	l.changed("later", w.now.Add(time.Second), 0)
	for range 5 {
		w.look(5 * time.Second)
	}
	if w.known["later"].IsZero() || w.ledger.read > 3*mostAtOnce {
		t.Errorf("%d read, %v", w.ledger.read, w.known["later"])
	}
}

// An image whose time is in the future, since a clock was wrong once, keeps
// no one from seeing what changes now.
func TestAChangeFromTheFuture(t *testing.T) {
	for _, before := range []bool{true, false} {
		l := &ledger{images: map[string]entry{}, dates: true}
		future := func(now time.Time) { l.images["future"] = entry{told: now.Add(1000 * time.Hour), seen: now} }
		if before {
			future(start)
		}
		l.changed("old", start.Add(-time.Hour), 0)
		w := newWatcher(l, start)
		if !before {
			future(w.now)
		}
		for n := range 20 {
			l.changed(fmt.Sprint(n), w.now.Add(time.Second), 0)
			w.look(5 * time.Second)
			if w.known[fmt.Sprint(n)].IsZero() {
				t.Fatalf("change %d was missed (the other image was there before: %v)", n, before)
			}
		}
	}
}

// Without a newer change nothing comes again, also where the database keeps
// parts of seconds, which no one is told.
func TestAQuietListGivesNothing(t *testing.T) {
	l := &ledger{images: map[string]entry{}, dates: true}
	l.changed("a", start.Add(-300*time.Millisecond), 0)
	w := newWatcher(l, start)
	again := 0
	for n := range 60 {
		if p := w.look(5 * time.Second); n > 2 {
			again += len(p.Images)
		}
	}
	if again > 1 { // with the first wide window
		t.Errorf("it came %d times", again)
	}
}

func TestAnEmptyListIsWatchedToo(t *testing.T) {
	l := &ledger{images: map[string]entry{}}
	w := newWatcher(l, start)
	w.look(5 * time.Second)
	l.changed("first", w.now.Add(time.Second), 0)
	w.look(5 * time.Second)
	if w.known["first"].IsZero() {
		t.Error("the first image was missed")
	}
}
