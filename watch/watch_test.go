package watch

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

func TestWatchFindsChanges(t *testing.T) {
	s := &server{images: images(40)}
	h := newHours(t, s)
	h.pass(time.Minute)
	known := countOf[Learned](h)
	s.touch(7, h.clock, func(i *model.Image) { i.Status = model.StatusActive })
	h.pass(2 * every)
	if got := h.image(7).Status; got != model.StatusActive {
		t.Errorf("status %s", got)
	}
	if n := countOf[Learned](h) - known; n != 1 {
		t.Errorf("it was told in %d pieces", n)
	}
	s.touch(8, h.clock, rename)
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
	s.touch(3, h.clock, rename)
	s.touch(4, h.clock, func(i *model.Image) { i.Hidden = true })
	h.pass(cycle * every)
	if got := h.image(3).Name.Value; got != "image-003x" {
		t.Errorf("name %q", got)
	}
	h.pass(cycle * every)
	if !h.image(4).Hidden {
		t.Error("the image that was hidden is not known as hidden")
	}
	s.touch(4, h.clock, func(i *model.Image) { i.Hidden = false })
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
	s.touch(2, h.clock, rename)
	h.pass(2 * every)
	if got := h.image(2).Name.Value; got != "image-002x" {
		t.Errorf("name %q", got)
	}
}

// A quiet list costs two requests per pause: one for what is visible, and one of
// each other kind in turn.
func TestEachKindOfLookHasItsTurn(t *testing.T) {
	s := &server{images: images(40)}
	h := newHours(t, s)
	h.give(UserActive{})
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
	s.fail = &api.Failure{Kind: api.FailedNetwork, Means: "nothing answers", Err: errors.New("refused")}
	before := s.requests()
	h.pass(10 * time.Minute)
	if got := s.requests() - before; got > 15 {
		t.Errorf("%d requests in ten minutes of failures", got)
	}
	if h.Err() == nil {
		t.Error("it is not said")
	}
	s.touch(7, h.clock, rename)
	s.fail = nil
	h.pass(2 * time.Minute)
	if h.Err() != nil || h.image(7).Name.Value != "image-007x" {
		t.Errorf("%v, name %q", h.Err(), h.image(7).Name.Value)
	}
}

func TestAServerThatAsksToBeLeftAlone(t *testing.T) {
	s := &server{images: images(40)}
	h := newHours(t, s)
	h.pass(time.Minute)
	s.fail = &api.Failure{Kind: api.FailedServer, Means: "overloaded", Wait: 5 * time.Minute}
	h.pass(2 * every)
	before := s.requests()
	h.pass(4 * time.Minute)
	if got := s.requests() - before; got != 0 {
		t.Errorf("%d requests while it wants none", got)
	}
	if at, again := h.Retries(); !again || at.Before(h.clock) {
		t.Errorf("it is said for %v", at)
	}
	s.fail = nil
	h.give(Reloaded{})
	h.pass(every)
	if got := s.requests() - before; got < 4 || h.Err() != nil {
		t.Errorf("%d requests after ctrl+r, %v", got, h.Err())
	}
}

// A page that fails in the middle is asked for again, and not the whole list.
func TestAPageThatFailsIsAskedForAgain(t *testing.T) {
	s := &server{images: images(450)}
	fail := &api.Failure{Kind: api.FailedServer, Means: "broken"}
	s.failAt = 3
	s.failWith = fail
	h := newHours(t, s)
	if h.store.live != firstPage+pageSize {
		t.Fatalf("%d rows", h.store.live)
	}
	h.pass(time.Minute)
	if h.store.live != 450 || s.pages != 6 || h.Err() != nil { // four, one that failed, one of the hidden
		t.Errorf("%d rows, %d pages, %v", h.store.live, s.pages, h.Err())
	}
}

// The image at the edge of a page is deleted before the next is asked for: a
// server does not go on from it, and then the one before it serves.
func TestAMarkerThatIsGone(t *testing.T) {
	s := &server{images: images(250)}
	s.failAt = 2
	s.failWith = &api.Failure{Kind: api.FailedBadRequest, Means: "no such marker", Exchange: api.Exchange{Code: 400}}
	h := newHours(t, s)
	h.pass(time.Minute)
	if h.store.live != 250 || h.narrow || h.Err() != nil {
		t.Errorf("%d rows, narrow %v, %v", h.store.live, h.narrow, h.Err())
	}
}

// More changes of one second than an answer holds: the list is read again, page
// by page, and nothing is lost.
func TestTooManyChangesAtOnce(t *testing.T) {
	s := &server{images: images(2500)}
	h := newHours(t, s)
	h.pass(time.Minute)
	for n := range s.images {
		s.touch(n, h.clock, rename)
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
	for _, refusal := range []error{nil, &api.Failure{Kind: api.FailedBadRequest}, &api.Failure{Kind: api.FailedServer}} {
		s := &server{images: images(30), old: true, refusal: refusal}
		h := newHours(t, s)
		h.pass(2 * time.Minute)
		s.touch(7, h.clock, rename)
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
	s.touch(7, h.clock, rename)
	h.pass(5 * time.Minute)
	if s.pages != before || h.image(7).Name.Value != "image-007x" {
		t.Errorf("%d pages, name %q", s.pages-before, h.image(7).Name.Value)
	}
}

func TestNothingIsAskedTwiceAtOnce(t *testing.T) {
	s := &server{images: images(10)}
	h := newHours(t, s)
	h.pass(time.Minute)
	if len(h.Step(h.due, Woken{h.wake})) != 1 || h.State() != Polling {
		t.Fatal("no poll")
	} // its response does not come: the output blocks, or the program is stopped
	for n := range 20 {
		for _, ev := range []Event{Woken{h.wake}, Blurred{}, Focused{}, UserActive{}} {
			if got := h.Step(h.due.Add(time.Duration(n)*time.Minute), ev); len(got) != 0 {
				t.Errorf("%T makes %v while a request is in flight", ev, got)
			}
		}
	}
}
