package list

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

func moves(until time.Time) map[string]edited { return map[string]edited{"a": {until, true}} }

func TestPauses(t *testing.T) {
	now := uitest.Clock
	inMotion := images(1)[0]
	inMotion.Status = model.StatusSaving
	for name, test := range map[string]struct {
		pace  pace
		every time.Duration
		open  bool
		want  time.Duration
	}{
		"somebody is there":            {pace{stirred: now.Add(-time.Minute)}, every, false, every},
		"nothing for a while":          {pace{stirred: now.Add(-4 * time.Minute)}, every, false, 2 * every},
		"nothing for long":             {pace{stirred: now.Add(-7 * time.Minute)}, every, false, 3 * every},
		"nothing since ever":           {pace{}, every, false, 6 * every},
		"more is to be had":            {pace{stirred: now}, every, true, soon},
		"more, at a faster pace":       {pace{stirred: now}, time.Second, true, time.Second},
		"an edit in motion":            {pace{stirred: now, mine: moves(now.Add(time.Minute))}, every, false, soon},
		"an edit that never ends":      {pace{stirred: now, mine: moves(now.Add(-time.Minute))}, every, false, every},
		"one failure":                  {pace{stirred: now, failures: 1}, every, false, 2 * every},
		"many failures":                {pace{stirred: now, failures: 20}, every, false, slowest},
		"failures at a slower pace":    {pace{stirred: now, failures: 20}, 5 * time.Minute, false, 5 * time.Minute},
		"failures of pages":            {pace{stirred: now, pages: 2}, every, false, 4 * every},
		"a slow server":                {pace{stirred: now, took: 3 * time.Second}, every, false, 30 * time.Second},
		"a slow server, and an edit":   {pace{took: 3 * time.Second, mine: moves(now.Add(time.Minute))}, every, false, 30 * time.Second},
		"a server that asks for time":  {pace{stirred: now, failures: 1, asked: 7 * time.Minute}, every, false, 7 * time.Minute},
		"a server that asks for years": {pace{stirred: now, failures: 1, asked: 30 * 24 * time.Hour}, every, false, longestAsked},
		"out of focus":                 {pace{stirred: now, away: now}, every, false, 6 * every},
	} {
		if got := test.pace.pause(test.every, test.open, now); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestWhatAnEditSetsInMotion(t *testing.T) {
	var p pace
	img := images(1)[0]
	p.follow(img, uitest.Clock)
	if p.eager(uitest.Clock) {
		t.Error("an image at rest is followed")
	}
	img.Status = model.StatusImporting // as after a call for a location, which is answered before
	p.heed(img)
	if !p.eager(uitest.Clock) {
		t.Error("an image that begins to move is not followed")
	}
	img.Status = model.StatusActive
	p.heed(img)
	if p.eager(uitest.Clock) {
		t.Error("it is followed though it came to rest")
	}
	img.Status = model.StatusSaving
	p.heed(img)
	if !p.eager(uitest.Clock) || p.eager(uitest.Clock.Add(2*mineMost)) {
		t.Error("it is not followed, or for ever")
	}
	p.heed(img)
	if p.eager(uitest.Clock) {
		t.Error("what others set in motion is followed")
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
	h.give(screen.Touched{})
	expect("just touched", 12)
	h.pass(20 * time.Minute)
	expect("untouched", 2)
	h.give(screen.Touched{})
	expect("touched again", 12)
	h.pass(20 * time.Minute)
	s.touch(1, h.Now(), rename)
	h.pass(90 * time.Second)
	expect("after news", 12)

	moving := s.images[2].Clone()
	moving.Status = model.StatusSaving
	s.images[2] = moving
	h.give(screen.ImageSeen{Image: moving, Asked: h.ctx.Ask()})
	expect("something moves that is not ours", 12)
	h.give(screen.Sent{Before: images(3)[2], After: moving, Asked: h.ctx.Ask()})
	expect("an edit in motion", 30)
	h.give(tea.BlurMsg{})
	expect("an edit in motion, out of focus", 30)
	s.touch(2, h.Now(), func(i *model.Image) { i.Status = model.StatusActive })
	h.pass(10 * time.Second)
	expect("out of focus", 2)
	h.pass(10 * time.Minute)
	expect("out of focus for long", 0)
	if h.paused() == "" {
		t.Error("it is not said that nothing is looked for")
	}
	before := s.requests()
	h.give(tea.FocusMsg{})
	h.pass(time.Second)
	if got := s.requests() - before; got != 2 || h.paused() != "" {
		t.Errorf("%d looks when the focus is back, %q", got, h.paused())
	}
	h.pass(every)
	expect("in focus", 12)
	h.give(tea.BlurMsg{})
	h.pass(10 * time.Minute)
	h.give(screen.Touched{}) // a terminal that lost the count
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
		h.give(tea.BlurMsg{})
		h.pass(50 * time.Millisecond)
		h.give(tea.FocusMsg{})
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
	s.slow = func() { h.Advance(3 * time.Second) }
	h.pass(30 * time.Second)
	before := s.requests()
	h.pass(10 * time.Minute)
	if got := s.requests() - before; got > 19 {
		t.Errorf("%d looks in ten minutes at a server that takes three seconds", got)
	}
}

func TestNoLooksWhereNoneAreWanted(t *testing.T) {
	s := &server{images: images(30)}
	l, _ := start(t, s) // Refresh is 0
	before := s.requests()
	uitest.Run(l, tea.FocusMsg{}, tea.BlurMsg{}, screen.Touched{}, watchTick{l.watch.n}, tea.FocusMsg{}, tea.BlurMsg{})
	l.ctx.Now = func() time.Time { return uitest.Clock.Add(time.Hour) }
	if l.paused() != "" {
		t.Error("what never was is said to be paused")
	}
	if got := s.requests() - before; got != 0 {
		t.Errorf("%d requests", got)
	}
}
