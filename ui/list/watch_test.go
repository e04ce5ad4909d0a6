package list

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// every is how often the lists of these tests look.
const every = 5 * time.Second

// hours is a list whose time only the test moves, and which waits for nothing
// else: what is due happens when it is due.
type hours struct {
	*List
	*demotest.Clock
	t    testing.TB
	due  time.Time
	ring func(time.Time) tea.Msg
	msgs []tea.Msg
	// looking runs with each tick, before it is taken.
	looking func()
}

func newHours(t testing.TB, s screen.Service) *hours {
	h := newHoursAt(t, s, demotest.NewClock())
	h.msgs = uitest.Start(h.List, 100, 24)
	return h
}

// newHoursAt is newHours by a clock that others go by as well; it does not
// begin to read.
func newHoursAt(t testing.TB, s screen.Service, clock *demotest.Clock) *hours {
	h := &hours{t: t, Clock: clock, looking: func() {}}
	ctx := uitest.Context(s)
	ctx.Now = clock.Now
	ctx.Options.Refresh = every
	h.List = New(ctx)
	h.after = func(d time.Duration, ring func(time.Time) tea.Msg) tea.Cmd {
		h.due, h.ring = h.Now().Add(d), ring
		return nil
	}
	return h
}

func (h *hours) give(msg tea.Msg) { h.msgs = append(h.msgs, uitest.Run(h.List, msg)...) }

// until moves the clock to a time that lies ahead.
func (h *hours) until(at time.Time) {
	if d := at.Sub(h.Now()); d > 0 {
		h.Advance(d)
	}
}

// pass lets time pass.
func (h *hours) pass(d time.Duration) {
	h.t.Helper()
	end := h.Now().Add(d)
	for n := 0; h.ring != nil && !h.due.After(end); n++ {
		if n > 1+int(d/time.Second) {
			h.t.Fatalf("%d looks in %v", n, d)
		}
		h.looking()
		h.until(h.due)
		ring := h.ring
		h.ring = nil
		h.give(ring(h.Now()))
	}
	h.until(end)
}

func (h *hours) flashes() []string {
	var out []string
	for _, m := range h.msgs {
		if f, ok := m.(screen.Flash); ok {
			out = append(out, f.Text)
		}
	}
	return out
}

// touch changes an image on the server.
func (s *server) touch(n int, now time.Time, how func(*model.Image)) {
	img := s.images[n].Clone()
	how(&img)
	img.UpdatedAt = now.Truncate(time.Second)
	s.images[n] = img
}

// image is what the list knows of an image.
func (h *hours) image(n int) model.Image {
	at, known := h.store.images.Find(images(n + 1)[n].ID)
	if !known || h.store.gone[at] {
		return model.Image{}
	}
	return h.store.images.Image(at)
}

func rename(i *model.Image) { i.Name = model.Some(i.Name.Value + "x") }

func (s *server) requests() int { return s.pages + s.changes + s.gets + len(s.asked) }

func TestWatchFindsChanges(t *testing.T) {
	s := &server{images: images(40)}
	h := newHours(t, s)
	h.pass(time.Minute)
	s.touch(7, h.Now(), func(i *model.Image) { i.Status = model.StatusActive })
	h.pass(2 * every)
	if got := h.image(7).Status; got != model.StatusActive {
		t.Errorf("status %s", got)
	}
	if got := h.flashes(); len(got) != 1 || !strings.Contains(got[0], "image-007 went") {
		t.Errorf("said %q", got)
	}
	s.touch(8, h.Now(), rename)
	h.pass(every)
	s.touch(8, s.images[8].UpdatedAt, rename) // again within the same second, after it was looked
	h.pass(2 * every)
	if got := h.image(8).Name.Value; got != "image-008xx" {
		t.Errorf("name %q", got)
	}
}

func TestWatchFindsWhatIsHidden(t *testing.T) {
	s := &server{images: images(40)}
	s.images[3].Hidden = true
	h := newHours(t, s)
	h.pass(time.Minute)
	s.touch(3, h.Now(), rename)
	s.touch(4, h.Now(), func(i *model.Image) { i.Hidden = true })
	h.pass(turns * every)
	if got := h.image(3).Name.Value; got != "image-003x" {
		t.Errorf("name %q", got)
	}
	h.pass(turns * every)
	if !h.image(4).Hidden {
		t.Error("the image that was hidden is not known as hidden")
	}
	s.touch(4, h.Now(), func(i *model.Image) { i.Hidden = false })
	h.pass(2 * every)
	if h.image(4).Hidden || h.image(4).ID == "" {
		t.Error("it is still hidden")
	}
}

// Changes that come while the first pages are read are not missed, though the
// page with the image was read before.
func TestWatchBeginsWithTheFirstPage(t *testing.T) {
	s := &server{images: images(40)}
	h := newHours(t, s)
	s.touch(2, h.Now(), rename)
	h.pass(2 * every)
	if got := h.image(2).Name.Value; got != "image-002x" {
		t.Errorf("name %q", got)
	}
}

// A name of any length leaves room for what happened.
func TestNewsOfAnImageWithALongName(t *testing.T) {
	s := &server{images: images(40)}
	h := newHours(t, s)
	h.SetSize(80, 24)
	h.pass(time.Minute)
	long := func(i *model.Image) { i.Name = model.Some(strings.Repeat("x", 200)) }
	born := images(1)[0]
	born.ID, born.CreatedAt = "00000000-0000-4000-8000-00000000cafe", h.Now()
	s.images = append([]model.Image{born}, s.images...)
	s.touch(0, h.Now(), long)
	h.pass(2 * every)
	s.touch(0, h.Now(), func(i *model.Image) { i.Status = model.StatusKilled })
	h.pass(2 * every)
	s.drop(born.ID)
	h.pass(time.Minute)
	said := h.flashes()
	for n, want := range []string{"x appeared, queued", "x went queued → killed", "x is gone from the server"} {
		if n >= len(said) || !strings.HasSuffix(said[n], want) || safe.Width(said[n]) > 78 {
			t.Errorf("said %q, want %q at the end", said, want)
			break
		}
	}
}

func TestManyNewsAreCounted(t *testing.T) {
	s := &server{images: images(60)}
	h := newHours(t, s)
	h.pass(time.Minute)
	for n := range 60 {
		s.touch(n, h.Now(), func(i *model.Image) { i.Status = model.StatusDeactivated })
	}
	h.pass(2 * every)
	said, counted := h.flashes(), 0
	for _, line := range said { // one for each question that brought some
		n := 0
		if _, err := fmt.Sscanf(line, "the status of %d images changed", &n); err != nil {
			t.Errorf("said %q", line)
		}
		counted += n
	}
	if counted != 60 || len(said) > 4 {
		t.Errorf("said %q", said)
	}
}

// A quiet list costs two requests per pause: one for what is in sight, and one of
// each other kind in turn.
func TestEachKindOfLookHasItsTurn(t *testing.T) {
	s := &server{images: images(40)}
	h := newHours(t, s)
	h.give(screen.Touched{})
	before := s.requests()
	h.pass(2 * time.Minute)
	if got := s.requests() - before; got < 45 || got > 49 {
		t.Errorf("%d requests in two minutes", got)
	}
	if n := s.changes; n < 19 || n > 21 {
		t.Errorf("changes were asked for %d times in two minutes", n)
	}
}

func TestFailuresAreRareAndEnd(t *testing.T) {
	s := &server{images: images(40)}
	h := newHours(t, s)
	h.pass(time.Minute)
	s.fail = &model.Failure{Kind: model.FailedNetwork, Means: "nothing answers", Err: errors.New("refused")}
	before := s.requests()
	h.pass(10 * time.Minute)
	if got := s.requests() - before; got > 15 {
		t.Errorf("%d requests in ten minutes of failures", got)
	}
	if !strings.Contains(uitest.Plain(h.View()), "nothing answers") {
		t.Error("it is not said")
	}
	s.touch(7, h.Now(), rename)
	s.fail = nil
	h.pass(2 * time.Minute)
	if h.trouble() != nil || h.image(7).Name.Value != "image-007x" {
		t.Errorf("%v, name %q", h.trouble(), h.image(7).Name.Value)
	}
}

func TestAServerThatAsksToBeLeftAlone(t *testing.T) {
	s := &server{images: images(40)}
	h := newHours(t, s)
	h.pass(time.Minute)
	s.fail = &model.Failure{Kind: model.FailedServer, Means: "overloaded", Wait: 5 * time.Minute}
	h.pass(2 * every)
	before := s.requests()
	h.pass(4 * time.Minute)
	if got := s.requests() - before; got != 0 {
		t.Errorf("%d requests while it wants none", got)
	}
	if v := uitest.Plain(h.View()); !strings.Contains(v, "tries again at ") {
		t.Errorf("it is not said when:\n%s", v)
	}
	s.fail = nil
	uitest.Run(h.List, uitest.Keys("ctrl+r"))
	h.pass(every)
	if got := s.requests() - before; got < 4 || h.trouble() != nil {
		t.Errorf("%d requests after ctrl+r, %v", got, h.trouble())
	}
}

// A page that fails in the middle is asked for again, and not the whole list.
func TestAPageThatFailsIsAskedForAgain(t *testing.T) {
	s := &server{images: images(450)}
	fail := &model.Failure{Kind: model.FailedServer, Means: "broken"}
	s.failAt = 3
	s.failWith = fail
	h := newHours(t, s)
	if len(h.rows.shown) != firstPage+pageSize {
		t.Fatalf("%d rows", len(h.rows.shown))
	}
	h.pass(time.Minute)
	if len(h.rows.shown) != 450 || s.pages != 6 || h.trouble() != nil { // four, one that failed, one of the hidden
		t.Errorf("%d rows, %d pages, %v", len(h.rows.shown), s.pages, h.trouble())
	}
}

// The image at the edge of a page is deleted before the next is asked for: a
// server does not go on from it, and then the one before it serves.
func TestAMarkerThatIsGone(t *testing.T) {
	s := &server{images: images(250)}
	s.failAt = 2
	s.failWith = &model.Failure{Kind: model.FailedBadRequest, Means: "no such marker", Exchange: model.Exchange{Code: 400}}
	h := newHours(t, s)
	h.pass(time.Minute)
	if len(h.rows.shown) != 250 || h.walk.narrow || h.trouble() != nil {
		t.Errorf("%d rows, narrow %v, %v", len(h.rows.shown), h.walk.narrow, h.trouble())
	}
}

// More changes of one second than an answer holds: the list is read again, page
// by page, and nothing is lost.
func TestTooManyChangesAtOnce(t *testing.T) {
	s := &server{images: images(2500)}
	h := newHours(t, s)
	h.pass(time.Minute)
	for n := range s.images {
		s.touch(n, h.Now(), rename)
	}
	h.pass(5 * time.Minute)
	for n := range s.images {
		if got := h.image(n).Name.Value; !strings.HasSuffix(got, "x") {
			t.Fatalf("image %d is %q", n, got)
		}
	}
}

// A server before 2016 cannot tell what changed: it answers as if nothing had,
// refuses, or breaks. Its list is read again and again.
func TestAServerThatCannotTellWhatChanged(t *testing.T) {
	for _, refusal := range []error{nil, &model.Failure{Kind: model.FailedBadRequest}, &model.Failure{Kind: model.FailedServer}} {
		s := &server{images: images(30), old: true, refusal: refusal}
		h := newHours(t, s)
		h.pass(2 * time.Minute)
		s.touch(7, h.Now(), rename)
		s.images = slices.Delete(s.images, 12, 13)
		h.pass(4 * time.Minute)
		if got := h.image(7).Name.Value; got != "image-007x" || h.image(12).ID != "" || h.store.live != 29 {
			t.Errorf("%v: name %q, deleted %q, %d images", refusal, got, h.image(12).ID, h.store.live)
		}
	}
}

// One that was out of order is asked as usual when it is in order again.
func TestAServerThatCouldNotTellForAWhile(t *testing.T) {
	s := &server{images: images(30), old: true}
	h := newHours(t, s)
	h.pass(5 * time.Minute)
	s.old = false
	h.pass(5 * time.Minute)
	before := s.pages
	s.touch(7, h.Now(), rename)
	h.pass(5 * time.Minute)
	if s.pages != before || h.image(7).Name.Value != "image-007x" {
		t.Errorf("%d pages, name %q", s.pages-before, h.image(7).Name.Value)
	}
}

func TestNothingIsAskedTwiceAtOnce(t *testing.T) {
	s := &server{images: images(10)}
	h := newHours(t, s)
	h.pass(time.Minute)
	h.until(h.due)
	if cmd := h.Update(h.ring(h.Now())); cmd == nil {
		t.Fatal("no look")
	} // its answer does not come: the output blocks, or the program is stopped
	before := s.requests()
	for range 20 {
		h.Advance(time.Minute)
		uitest.Run(h.List, h.ring(h.Now()), tea.BlurMsg{}, tea.FocusMsg{}, screen.Touched{}, litTick{})
	}
	if got := s.requests() - before; got != 0 {
		t.Errorf("%d requests beside the one that is under way", got)
	}
}

func ExampleList_paused() {
	h := newHours(&testing.T{}, &server{images: images(3)})
	h.give(tea.BlurMsg{})
	h.pass(10 * time.Minute)
	fmt.Println(h.paused())
	// Output: paused until this terminal has the focus
}
