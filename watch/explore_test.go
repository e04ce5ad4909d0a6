package watch

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// world is a watch, a server and a user, of whom all that can happen happens in
// any order: responses come late, fail, or show what was there when they were
// asked for.
type world struct {
	*Watch
	s      *server
	viewer *fakeViewer
	clock  time.Time
	asked  Asked
	trace  []string

	page, poll *request // in flight
	stale      []*request
	wake       *Wake
	continues  int

	leftAlone time.Time // until then the server wants no requests
	ended     time.Time // the last poll
	begun     time.Time
	failures  int       // of polls, one after another
	good      bool      // something of the present one was answered
	reloaded  bool      // since the last poll
	free      bool      // the pause may be shorter: the user came back, or wants it
	edit      time.Time // the last one
	edits     map[string]Asked
	moved     map[string]time.Time // images that were hidden or shown
	readings  map[string]map[Asked]model.Image
	held      map[int32]Asked // what was looked at already
	made      int
}

type request struct {
	Ask
	asked Asked
	page  api.Page // as it would have been answered at once
	err   error
}

func newWorld(n int) *world {
	s := &server{images: images(n)}
	w := &world{
		s: s, viewer: &fakeViewer{s: s, height: 3}, clock: start, edits: map[string]Asked{}, moved: map[string]time.Time{}, held: map[int32]Asked{},
		readings: map[string]map[Asked]model.Image{},
	}
	w.Watch = New(w.viewer, every, start)
	w.viewer.of = w.Watch
	return w
}

func (w *world) next() Asked { w.asked++; return w.asked }

// note remembers what a reading showed.
func (w *world) note(asked Asked, images ...model.Image) {
	for _, img := range images {
		if w.readings[img.ID] == nil {
			w.readings[img.ID] = map[Asked]model.Image{}
		}
		w.readings[img.ID][asked] = img
	}
}

// give gives an event to the watch, and holds what it does against the
// invariants.
func (w *world) give(ev Event) error {
	last, was := w.last, w.poll
	for _, e := range w.Step(w.clock, ev) {
		switch e := e.(type) {
		case Ask:
			r := &request{Ask: e, asked: w.next()}
			r.page, r.err = w.s.answer(e.Request)
			r.page.Images = slices.Clone(r.page.Images)
			if err := w.mayAsk(ev, e.Request); err != nil {
				return err
			}
			if e.Request.Kind != AskPage {
				w.poll = r
				continue
			}
			if w.page != nil {
				w.stale = append(w.stale, w.page)
			}
			w.page = r
		case Wake:
			w.wake = &e
			if e.After < 0 {
				return fmt.Errorf("a pause of %v", e.After)
			}
		case Continue:
			w.continues++
		case Deleted:
			for _, at := range e.Images {
				if err := w.mayBeDeleted(w.store.ID(at)); err != nil {
					return err
				}
			}
		}
	}
	if woken, ok := ev.(Woken); ok && woken.Tag != 0 && (w.poll != was || w.last != last) {
		if err := w.mayPoll(); err != nil {
			return err
		}
		w.polled()
	}
	return w.check()
}

// mayAsk holds a request against what a server and a user can expect.
func (w *world) mayAsk(ev Event, r Request) error {
	_, reloads := ev.(Reloaded)
	if w.clock.Before(w.leftAlone) {
		return fmt.Errorf("a request, though the server wants none until %v", w.leftAlone)
	}
	if r.Kind == AskPage {
		if w.page != nil && !reloads {
			return errors.New("two pages at once")
		}
		return nil
	}
	if w.poll != nil {
		return errors.New("two polls at once")
	}
	if b := w.Watch.blurred; !b.IsZero() && w.clock.Sub(b) >= blurredMost && w.clock.Sub(w.edit) > editMost {
		return fmt.Errorf("a poll %v after the focus was lost", w.clock.Sub(b))
	}
	return nil
}

// mayPoll holds a pause against the poll before it.
func (w *world) mayPoll() error {
	least := min(soon, every)
	if !w.free {
		d := every
		if !w.anchored || w.changes[Visible].more || w.changes[Hidden].more || w.clock.Sub(w.edit) <= editMost+slowest {
			d = least // more was to be had, or something is changing
		}
		for range w.failures {
			d = min(2*d, slowest)
		}
		least = d
	}
	if !w.reloaded {
		least = max(least, share*min(slowest, w.ended.Sub(w.begun)))
	}
	if pause := w.clock.Sub(w.ended); !w.ended.IsZero() && pause < least {
		return fmt.Errorf("a poll after %v, not %v", pause, least)
	}
	w.begun, w.free, w.good = w.clock, false, false
	return nil
}

// mayBeDeleted holds that nothing is called deleted that was there all along.
// Between two lists an image can escape both, and is found with the next poll.
func (w *world) mayBeDeleted(id string) error {
	there := slices.ContainsFunc(w.s.images, func(i model.Image) bool { return i.ID == id })
	if there && w.clock.Sub(w.moved[id]) > time.Hour {
		return fmt.Errorf("%s is called deleted", id)
	}
	return nil
}

// check holds what must be so at any time.
func (w *world) check() error {
	switch w.State() {
	case Off:
		if w.on {
			return errors.New("it is off")
		}
	case Polling:
		if w.poll == nil || w.poll.Tag != w.Watch.request.tag {
			return errors.New("it waits for a response that no one asked for")
		}
	case Waiting:
		if w.wake == nil || w.wake.Tag != w.Watch.wake {
			return errors.New("it waits without a wake")
		}
	case Paused:
		if b := w.Watch.blurred; b.IsZero() || w.clock.Sub(b) < blurredMost {
			return errors.New("it is paused while the user is there")
		}
	}
	if w.State() == Off && w.page == nil {
		return errors.New("nothing is asked for at first")
	}
	if s := &w.scan; w.firstScan() && !s.done && s.tag == 0 && w.continues == 0 && w.State() == Off {
		return errors.New("the first scan does not go on")
	}
	live, counts := 0, map[model.Status]int{}
	for at := range int32(w.store.Len()) {
		id := w.store.ID(at)
		if w.store.asked[at] < w.edits[id] {
			return fmt.Errorf("%s is shown as before its edit", id)
		}
		if w.store.deleted[at] {
			continue
		}
		live++
		counts[w.store.Status(at)]++
		if w.held[at] == w.store.asked[at] {
			continue
		}
		w.held[at] = w.store.asked[at]
		shown := w.store.Image(at)
		if read, ok := w.readings[id][w.store.asked[at]]; !ok || !sameImage(&read, &shown) {
			return fmt.Errorf("%s is shown as no reading showed it", id)
		}
	}
	for _, s := range model.Statuses {
		if w.store.counts[s] != counts[s] {
			return fmt.Errorf("%d images are %s, counted are %d", counts[s], s, w.store.counts[s])
		}
	}
	if live != w.store.live {
		return fmt.Errorf("%d images, counted are %d", live, w.store.live)
	}
	return nil
}

// move is something that can happen.
type move struct {
	name string
	do   func() error
}

var (
	errNetwork = &api.Failure{Kind: api.FailedNetwork}
	errBusy    = &api.Failure{Kind: api.FailedServer, Wait: 2 * time.Minute, Exchange: api.Exchange{Code: 503}}
	errBad     = &api.Failure{Kind: api.FailedBadRequest, Exchange: api.Exchange{Code: 400}}
)

// answer gives the response to a request that is in flight.
func (w *world) answer(r **request, page api.Page, err error) error {
	q := *r
	*r = nil
	f := new(api.Failure)
	failed := errors.As(err, &f) && f.Kind != api.FailedNotFound
	if failed && f.Wait > 0 {
		w.leftAlone = later(w.leftAlone, w.clock.Add(f.Wait))
	}
	if q.Request.Kind != AskPage {
		switch {
		case !failed:
			w.good, w.failures = true, 0
		case !w.good:
			w.failures++
		}
	}
	w.note(q.asked, page.Images...)
	err = w.give(Responded{Tag: q.Tag, Asked: q.asked, Page: page, Err: err})
	if q.Request.Kind != AskPage {
		w.polled()
	}
	return err
}

// polled notes when a poll has ended.
func (w *world) polled() {
	if w.poll == nil {
		w.ended, w.reloaded = w.clock, false
	}
}

func (w *world) moves() []move {
	var m []move
	add := func(name string, do func() error) { m = append(m, move{name, do}) }
	responses := func(name string, r **request) {
		if *r == nil {
			return
		}
		add(name, func() error { p, err := w.s.answer((*r).Request); return w.answer(r, p, err) })
		add(name+" as it was", func() error { return w.answer(r, (*r).page, (*r).err) })
		add(name+" fails", func() error { return w.answer(r, api.Page{}, errNetwork) })
		add(name+" is busy", func() error { return w.answer(r, api.Page{}, errBusy) })
		add(name+" is bad", func() error { return w.answer(r, api.Page{}, errBad) })
	}
	responses("page", &w.page)
	responses("poll", &w.poll)
	if n := len(w.stale); n > 0 {
		add("stale page", func() error {
			q := w.stale[n-1]
			w.stale = w.stale[:n-1]
			return w.give(Responded{Tag: q.Tag, Asked: q.asked, Page: q.page})
		})
	}
	if w.wake != nil {
		tag, due := w.wake.Tag, w.due
		add("wake", func() error { w.clock = later(w.clock, due); w.wake = nil; return w.give(Woken{tag}) })
	}
	if w.continues > 0 {
		add("continue", func() error { w.continues--; return w.give(Continued{}) })
	}
	add("time", func() error { w.clock = w.clock.Add(700 * time.Millisecond); return w.give(Woken{}) })
	add("minutes", func() error { w.clock = w.clock.Add(6 * time.Minute); return w.give(Woken{}) })
	add("key", func() error { w.free = w.free || !w.Watch.blurred.IsZero(); return w.give(UserActive{}) })
	add("focus", func() error { w.free = true; return w.give(Focused{}) })
	add("blur", func() error { return w.give(Blurred{}) })
	add("reload", func() error {
		w.free, w.reloaded, w.failures, w.leftAlone = true, true, 0, time.Time{}
		return w.give(Reloaded{})
	})
	return m
}

// others are moves of others at the server, and of the user among the images.
func (w *world) others(r *rand.Rand) []move {
	var m []move
	add := func(name string, do func() error) { m = append(m, move{name, do}) }
	add("created", func() error {
		w.made++
		img := images(1)[0]
		img.ID, img.CreatedAt, img.UpdatedAt = fmt.Sprintf("made-%d", w.made), w.clock, truncateToSecond(w.clock)
		w.s.images = slices.Insert(w.s.images, 0, img)
		return nil
	})
	if len(w.s.images) == 0 {
		return m
	}
	n := r.IntN(len(w.s.images))
	img := w.s.images[n]
	add("renamed", func() error { w.s.touch(n, w.clock, rename); return nil })
	add("renamed by a slow clock", func() error { w.s.touch(n, w.clock.Add(-20*time.Second), rename); return nil })
	add("deleted", func() error { w.s.drop(img.ID); return nil })
	add("hidden or shown", func() error {
		w.moved[img.ID] = w.clock.Add(24 * time.Hour)
		w.s.touch(n, w.clock, func(i *model.Image) { i.Hidden = !i.Hidden })
		return nil
	})
	edited := func(status model.Status) func() error {
		return func() error {
			w.s.touch(n, w.clock, func(i *model.Image) { rename(i); i.Status = status })
			asked := w.next()
			w.edit, w.edits[img.ID] = w.clock, asked
			w.note(asked, w.s.images[n])
			return w.give(EditSent{w.s.images[n], asked})
		}
	}
	add("edited", edited(img.Status))
	add("edited and moving", edited(model.StatusSaving))
	add("read by a screen", func() error {
		asked := w.next()
		w.note(asked, img)
		return w.give(ImageRead{img, asked})
	})
	add("opened", func() error { w.viewer.open = img.ID; return nil })
	add("closed", func() error { w.viewer.open = ""; return nil })
	add("scrolled", func() error { w.viewer.cursor = n; return nil })
	return m
}

func (w *world) do(name string, what func() error) error {
	w.trace = append(w.trace, name)
	return what()
}

// settle lets half an hour pass in which all goes well and the user is there, and
// holds what is known against the server.
func (w *world) settle() error {
	w.viewer.open = ""
	for end := w.clock.Add(30 * time.Minute); w.clock.Before(end); {
		var m move
		for _, is := range w.moves() {
			if is.name == "page" || is.name == "poll" || is.name == "continue" || m.name == "" && is.name == "wake" {
				m = is
			}
		}
		if m.name == "" {
			m = move{"key", func() error { w.clock = w.clock.Add(time.Minute); return w.give(UserActive{}) }}
		}
		if err := m.do(); err != nil {
			return fmt.Errorf("at %s: %w", m.name, err)
		}
		if err := w.give(UserActive{}); err != nil {
			return err
		}
	}
	for _, img := range w.s.images {
		at, known := w.store.Find(img.ID)
		if !known || w.store.deleted[at] {
			return fmt.Errorf("%s is not known", img.ID)
		}
		if got := w.store.Image(at); !sameImage(&got, &img) {
			return fmt.Errorf("%s is %v, not %v", img.ID, got.Name, img.Name)
		}
	}
	if w.store.live != len(w.s.images) {
		return fmt.Errorf("%d images are known, there are %d", w.store.live, len(w.s.images))
	}
	return nil
}

// beginning is a world of the size and with the server that a seed is for.
func beginning(seed int) *world {
	w := newWorld([]int{0, 1, 3, 12, 60}[seed%5])
	switch {
	case len(w.s.images) > 12:
	case seed%7 == 1:
		w.s.old = true
	case seed%7 == 2:
		w.s.old, w.s.refusal = true, errBad
	}
	return w
}

// random goes so many random steps from a beginning.
func random(seed, steps int, visit func(*world)) (*world, error) {
	r := rand.New(rand.NewPCG(uint64(seed), 1))
	w := beginning(seed)
	err := w.do("start", func() error { return w.give(Started{}) })
	for n := 0; n < steps && err == nil; n++ {
		moves := w.moves()
		if r.IntN(3) == 0 {
			moves = w.others(r)
		}
		m := moves[r.IntN(len(moves))]
		if strings.Contains(m.name, " is ") && r.IntN(4) > 0 {
			continue // such failures are rare
		}
		err = w.do(m.name, m.do)
		if err == nil && visit != nil {
			visit(w)
		}
	}
	return w, err
}

var (
	runs  = flag.Int("runs", 120, "how many random orders of events there are")
	depth = flag.Int("depth", 4, "how many events deep all orders are explored")
)

// Whatever happens in whatever order, no rule is broken, and when all goes well
// again what is known is what is there.
func TestRandomOrdersOfEvents(t *testing.T) {
	if testing.Short() {
		*runs /= 5
	}
	for seed := range *runs {
		w, err := random(seed, 120, nil)
		if err == nil {
			err = w.settle()
		}
		if err != nil {
			t.Fatalf("seed %d: after %s: %v", seed, strings.Join(w.trace, ", "), err)
		}
	}
}

// The first events in all orders.
func TestAllOrdersOfEvents(t *testing.T) {
	depth := *depth
	if testing.Short() {
		depth--
	}
	n := 0
	var explore func(path []int)
	explore = func(path []int) {
		w := newWorld(2)
		err := w.do("start", func() error { return w.give(Started{}) })
		for _, step := range path {
			if m := w.moves()[step]; err == nil {
				err = w.do(m.name, m.do)
			}
		}
		if err == nil && len(path) == depth {
			if n++; n%100 == 0 {
				err = w.settle()
			}
		}
		if err != nil {
			t.Fatalf("after %s: %v", strings.Join(w.trace, ", "), err)
		}
		if len(path) < depth {
			for step := range w.moves() {
				explore(append(slices.Clone(path), step))
			}
		}
	}
	explore(nil)
	t.Logf("%d orders of %d events", n, depth)
}
