package watch

import (
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

func moves(until time.Time) []edited { return []edited{{"a", until, true}} }

func TestPauses(t *testing.T) {
	now := start
	inMotion := images(1)[0]
	inMotion.Status = model.StatusSaving
	for name, test := range map[string]struct {
		pace  pace
		every time.Duration
		open  bool
		want  time.Duration
	}{
		"the user is there":          {pace{lastActivity: now.Add(-time.Minute)}, every, false, every},
		"nothing for a while":        {pace{lastActivity: now.Add(-4 * time.Minute)}, every, false, 2 * every},
		"nothing for long":           {pace{lastActivity: now.Add(-7 * time.Minute)}, every, false, 3 * every},
		"nothing since ever":         {pace{}, every, false, 6 * every},
		"more is to be had":          {pace{lastActivity: now}, every, true, soon},
		"more, at a faster pace":     {pace{lastActivity: now}, time.Second, true, time.Second},
		"an edit changing":           {pace{lastActivity: now, edited: moves(now.Add(time.Minute))}, every, false, soon},
		"an edit that never ends":    {pace{lastActivity: now, edited: moves(now.Add(-time.Minute))}, every, false, every},
		"one failure":                {pace{lastActivity: now, failures: 1}, every, false, 2 * every},
		"many failures":              {pace{lastActivity: now, failures: 20}, every, false, slowest},
		"failures at a slower pace":  {pace{lastActivity: now, failures: 20}, 5 * time.Minute, false, 5 * time.Minute},
		"failures of pages":          {pace{lastActivity: now, pageFailures: 2}, every, false, 4 * every},
		"a slow server":              {pace{lastActivity: now, took: 3 * time.Second}, every, false, 30 * time.Second},
		"a slow server, and an edit": {pace{took: 3 * time.Second, edited: moves(now.Add(time.Minute))}, every, false, 30 * time.Second},
		"out of focus":               {pace{lastActivity: now, blurred: now}, every, false, 6 * every},
	} {
		if got := test.pace.pause(test.every, test.open, now); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestWhatAnEditSetsInMotion(t *testing.T) {
	var p pace
	img := images(1)[0]
	p.follow(img, start)
	if p.eager(start) {
		t.Error("an image at rest is followed")
	}
	img.Status = model.StatusImporting // as after a call for a location, which is answered before
	p.observe(img)
	if !p.eager(start) {
		t.Error("an image that begins to move is not followed")
	}
	img.Status = model.StatusActive
	p.observe(img)
	if p.eager(start) {
		t.Error("it is followed though it came to rest")
	}
	img.Status = model.StatusSaving
	p.observe(img)
	if !p.eager(start) || p.eager(start.Add(2*editMost)) {
		t.Error("it is not followed, or for ever")
	}
	p.observe(img)
	if p.eager(start) {
		t.Error("what others edited and the server is changing is followed")
	}
}

// looks counts the looks of a minute, each of which makes two requests at most.
func (h *hours) looks(s *server) int {
	h.t.Helper()
	before, looks := s.requests(), 0
	h.looking = func() { looks++ }
	defer func() { h.looking = func() {} }()
	h.pass(time.Minute)
	if got := s.requests() - before; got > 2*looks {
		h.t.Errorf("%d requests with %d looks", got, looks)
	}
	return looks
}

func TestPaceOfTheDay(t *testing.T) {
	s := &server{images: images(30)}
	h := newHours(t, s)
	h.pass(10 * time.Second)
	expect := func(what string, want int) {
		t.Helper()
		if got := h.looks(s); got < want-1 || got > want+1 {
			t.Errorf("%s: %d looks a minute, want %d", what, got, want)
		}
	}
	h.give(UserActive{})
	expect("just touched", 12)
	h.pass(20 * time.Minute)
	expect("untouched", 2)
	h.give(UserActive{})
	expect("touched again", 12)
	h.pass(20 * time.Minute)
	s.touch(1, h.clock, rename)
	h.pass(90 * time.Second)
	expect("after news", 12)

	moving := s.images[2].Clone()
	moving.Status = model.StatusSaving
	s.images[2] = moving
	h.give(ImageRead{Image: moving, Asked: h.ask()})
	expect("something moves that is not ours", 12)
	h.give(EditSent{After: moving, Asked: h.ask()})
	expect("an edit changing", 30)
	h.give(Blurred{})
	expect("an edit changing, out of focus", 30)
	s.touch(2, h.clock, func(i *model.Image) { i.Status = model.StatusActive })
	h.pass(10 * time.Second)
	expect("out of focus", 2)
	h.pass(10 * time.Minute)
	expect("out of focus for long", 0)
	if h.State() != Paused {
		t.Error("it is not said that nothing is looked for")
	}
	before := s.requests()
	h.give(Focused{})
	h.pass(time.Second)
	if got := s.requests() - before; got != 2 || h.State() == Paused {
		t.Errorf("%d requests when the focus is back, %v", got, h.State())
	}
	h.pass(every)
	expect("in focus", 12)
	h.give(Blurred{})
	h.pass(10 * time.Minute)
	h.give(UserActive{}) // a terminal that lost the count
	expect("touched without the focus", 12)
}

// Whoever walks to and fro between two windows causes no more looks than one
// who stays.
func TestFocusToAndFro(t *testing.T) {
	s := &server{images: images(30)}
	h := newHours(t, s)
	h.pass(10 * time.Second)
	before := s.requests()
	for range 600 {
		h.give(Blurred{})
		h.pass(50 * time.Millisecond)
		h.give(Focused{})
		h.pass(50 * time.Millisecond)
	}
	if got := s.requests() - before; got > 31+13 {
		t.Errorf("%d requests in a minute", got)
	}
}

func TestASlowServerIsAskedRarely(t *testing.T) {
	s := &server{images: images(30)}
	h := newHours(t, s)
	h.pass(10 * time.Second)
	s.slow = func() { h.advance(3 * time.Second) }
	h.pass(30 * time.Second)
	before := s.requests()
	h.pass(10 * time.Minute)
	if got := s.requests() - before; got > 19 {
		t.Errorf("%d looks in ten minutes at a server that takes three seconds", got)
	}
}

func TestNoPollsWhereNoneAreWanted(t *testing.T) {
	s := &server{images: images(30)}
	h := newHoursAt(t, s, 0)
	h.give(Started{})
	before := s.requests()
	for _, ev := range []Event{Focused{}, Blurred{}, UserActive{}, Woken{1}, Focused{}, Blurred{}} {
		h.give(ev)
	}
	h.pass(time.Hour)
	if got := s.requests() - before; got != 0 || h.State() != Off {
		t.Errorf("%d requests, %v", got, h.State())
	}
}
