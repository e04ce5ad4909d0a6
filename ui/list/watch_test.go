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
	"github.com/glance-tui/glance-tui/model/api"
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

// until moves the clock to a time that is ahead.
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
	for n, want := range []string{"x (queued)", "x is now killed (was queued)", "x was deleted"} {
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
		if _, err := fmt.Sscanf(line, "Status changed: %d images", &n); err != nil {
			t.Errorf("said %q", line)
		}
		counted += n
	}
	if counted != 60 || len(said) > 4 {
		t.Errorf("said %q", said)
	}
}

func ExampleList_paused() {
	h := newHours(&testing.T{}, &server{images: images(3)})
	h.give(tea.BlurMsg{})
	h.pass(10 * time.Minute)
	fmt.Println(h.paused())
	// Output: paused: terminal not in focus
}

// drop deletes images on the server.
func (s *server) drop(ids ...string) {
	s.images = slices.DeleteFunc(s.images, func(i model.Image) bool { return slices.Contains(ids, i.ID) })
}

func TestFailuresAreSaid(t *testing.T) {
	s := &server{images: images(40)}
	h := newHours(t, s)
	h.pass(time.Minute)
	s.fail = &api.Failure{Kind: api.FailedNetwork, Means: "nothing answers", Err: errors.New("refused")}
	h.pass(2 * every)
	if v := uitest.Plain(h.View()); !strings.Contains(v, "nothing answers  retrying") {
		t.Errorf("it is not said:\n%s", v)
	}
	s.fail = &api.Failure{Kind: api.FailedServer, Means: "overloaded", Wait: 5 * time.Minute}
	h.pass(time.Minute)
	if v := uitest.Plain(h.View()); !strings.Contains(v, "retrying at ") {
		t.Errorf("it is not said when:\n%s", v)
	}
	s.fail = nil
	h.give(uitest.Keys("ctrl+r")[0])
	h.pass(every)
	if v := uitest.Plain(h.View()); strings.Contains(v, "retrying") {
		t.Errorf("it is still said:\n%s", v)
	}
}

// What is deleted goes, is said, and the selection stays where it was.
func TestADeletedImage(t *testing.T) {
	all := images(300)
	s := &server{images: slices.Clone(all)}
	h := newHours(t, s)
	h.pass(time.Minute)
	uitest.Run(h.List, uitest.Keys("G"))
	s.drop(all[299].ID)
	h.pass(2 * every)
	if gone, ok := uitest.Find[screen.ImageGone](h.msgs); !ok || gone.ID != all[299].ID {
		t.Errorf("told %v", gone)
	}
	if got := h.flashes(); !slices.Contains(got, "image-299 was deleted") {
		t.Errorf("said %q", got)
	}
	if h.selected != all[298].ID {
		t.Errorf("selected is %s", h.selected)
	}
}

// A message of the list of another cloud is no one's.
func TestAMessageForAnotherList(t *testing.T) {
	s := &server{images: images(3)}
	l, other := New(uitest.Context(s)), New(uitest.Context(s))
	l.SetSize(100, 24)
	cmd := other.Init()
	l.Init()
	if l.Update(cmd()); l.store.Len() != 0 {
		t.Error("it was taken")
	}
}
