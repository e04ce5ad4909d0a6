package response

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// After these no one knows at first what the server did.

func TestARefusedRemovalIsLookedInto(t *testing.T) {
	base, wanted := move()
	s := prepare(base, wanted)
	s.service.BeforePatch = func(context.Context) error {
		// The data went at once; the rest was undone.
		s.service.Change(base.ID, func(i *model.Image) { i.Locations = i.Locations[1:] })
		return fakeservice.Refused(409, "Property conflict", "send the edit", api.Exchange{})
	}
	s.send()
	s.golden(t, "refused-removal")
	s.shows(t, "partly applied", "Not applied", "What changed", "Locations now 1")
	if s.service.Gets() != 1 {
		t.Error("no one looked")
	}
}

func TestALostAnswerIsComparedBeforeAnythingElse(t *testing.T) {
	for _, c := range []struct {
		name          string
		before, after bool // where the connection breaks
		shows         string
		again, home   bool
	}{
		{name: "lost-done", after: true, shows: "applied nevertheless", home: true},
		{name: "lost-not-done", before: true, shows: "not applied so far", again: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := prepare(activate())
			if c.before {
				s.service.BeforePatch = func(context.Context) error { return fakeservice.Lost() }
			}
			if c.after {
				s.service.AfterPatch = func() error { return fakeservice.Lost() }
			}
			s.send()
			s.golden(t, c.name)
			s.shows(t, "no response 30 s", c.shows)
			if view := uitest.Plain(s.View()); c.home && (strings.Contains(view, "may have") || strings.Contains(view, "look at what holds")) {
				t.Errorf("what is known is said to be not known:\n%s", view)
			}
			if got := found[screen.Sent](s.msgs); got != c.home {
				t.Errorf("told the others of a success: %v", got)
			}
			if got := found[screen.Review](s.press(uitest.Keys("r"))); got != c.again {
				t.Errorf("r tries again: %v", got)
			}
			msgs := s.press(uitest.Keys("esc"))
			if found[screen.Home](msgs) != c.home || found[screen.Back](msgs) == c.home {
				t.Error("esc leads elsewhere")
			}
		})
	}
}

// An answer that no one can read, or that leads elsewhere, says nothing of the
// edit: the image is compared as after a lost one.
func TestAnAnswerOfSomeoneElseIsNoResponse(t *testing.T) {
	base, wanted := rename()
	for _, f := range []*api.Failure{
		{Doing: "send the edit", Kind: api.FailedAnswerLost, Means: "A page came.", Exchange: api.Exchange{Code: 200, Reason: "OK"}},
		{Doing: "send the edit", Kind: api.FailedConfigured, Means: "It sends us on.", Exchange: api.Exchange{Code: 302, Reason: "Found"}},
	} {
		for _, done := range []bool{true, false} {
			s := prepare(base, wanted)
			if done {
				s.service.AfterPatch = func() error { return f }
			} else {
				s.service.BeforePatch = func(context.Context) error { return f }
			}
			s.send()
			if shows := map[bool]string{true: "applied nevertheless", false: "not applied"}[done]; s.service.Gets() != 1 {
				t.Errorf("%d: no one looked", f.Exchange.Code)
			} else {
				s.shows(t, shows)
			}
		}
	}
}

func TestALateEffectOfALostAnswerIsNoticed(t *testing.T) {
	base, wanted := rename()
	s := prepare(base, wanted)
	s.service.BeforePatch = func(context.Context) error { return fakeservice.Lost() }
	s.send()
	s.service.Change(base.ID, func(i *model.Image) { i.Name = wanted.Name })
	if !found[screen.Sent](s.look()) {
		t.Error("no one is told")
	}
	s.shows(t, "applied nevertheless")
}

func TestNothingIsClaimedWhileNothingIsKnown(t *testing.T) {
	s := prepare(rename())
	s.service.BeforePatch = func(context.Context) error { return fakeservice.Lost() }
	down := fakeservice.Refused(503, "down", "read the image", api.Exchange{})
	s.service.BeforeGet = func(context.Context, int) error { return down }
	s.send()
	s.golden(t, "lost-unknown")
	s.shows(t, "current state unknown", "Could not read the image")
	if found[screen.Review](s.press(uitest.Keys("r"))) {
		t.Error("r tries again without knowing")
	}
	s.service.BeforeGet = nil
	s.press(uitest.Keys("ctrl+r"))
	s.shows(t, "not applied so far")
}

func TestAnImageThatVanishesMeanwhile(t *testing.T) {
	base, wanted := rename()
	s := prepare(base, wanted)
	s.service.AfterPatch = func() error { s.service.Delete(base.ID); return nil }
	s.send()
	s.golden(t, "vanished")
	s.shows(t, "This image was deleted while your edit was in progress")
	if gone, ok := uitest.Find[screen.ImageGone](s.msgs); !ok || gone.ID != base.ID {
		t.Error("no one is told")
	}
	if s.watching() || found[screen.Edit](s.press(uitest.Keys("e"))) {
		t.Error("it goes on with an image that is gone")
	}
}

func TestEscWhileSendingStopsWaitingAndLooks(t *testing.T) {
	s := prepare(rename())
	s.SetSize(80, 20)
	cmd := s.Init()
	if msgs := s.press(uitest.Keys("esc")); found[screen.Back](msgs) || s.service.Gets() != 1 {
		t.Errorf("esc leaves, or does not look: %v", msgs)
	}
	s.golden(t, "not-waited-for")
	s.shows(t, "not applied so far", "The request was sent")
	if s.Unsaved() == "" || !s.watching() {
		t.Error("the answer is forgotten")
	}
	if _, busy := s.ctx.InFlight.Since(s.base().ID); !busy {
		t.Error("another edit could be sent")
	}
	if msgs := s.press(cmd); !found[screen.Sent](msgs) { // the answer, late
		t.Errorf("the late answer is not taken: %v", msgs)
	}
	s.shows(t, "200 OK", `name "ubuntu-24.04-server" → "ubuntu-24.04 LTS"`)
	if _, busy := s.ctx.InFlight.Since(s.base().ID); busy || s.Unsaved() != "" {
		t.Error("it is still in flight")
	}
}

func TestALateAnswerToWhatAReadingToldSaysNothingNew(t *testing.T) {
	base, wanted := rename()
	s := prepare(base, wanted)
	s.SetSize(80, 20)
	cmd := s.Init()
	s.service.Change(base.ID, func(i *model.Image) { i.Name = wanted.Name })
	if !found[screen.Sent](s.press(uitest.Keys("esc"))) {
		t.Error("the reading does not tell that it was applied")
	}
	if msgs := s.press(cmd); found[screen.Sent](msgs) {
		t.Error("it is told twice")
	}
}

func TestALateNoIsOne(t *testing.T) {
	s := prepare(rename())
	s.SetSize(80, 20)
	s.service.BeforePatch = func(context.Context) error {
		return fakeservice.Refused(403, "no", "send the edit", api.Exchange{})
	}
	cmd := s.Init()
	s.press(uitest.Keys("esc"), cmd)
	s.shows(t, "403 Forbidden", "nothing was changed")
}

// The server found out at the very end that it refuses the edit, when the only
// data was gone: that is before all else.
func TestDataThatIsGoneIsSaidFirst(t *testing.T) {
	base, wanted := move()
	base.Locations, wanted.Locations = base.Locations[:1], wanted.Locations[1:]
	s := prepare(base, wanted)
	s.service.BeforePatch = func(context.Context) error {
		s.service.Change(base.ID, func(i *model.Image) {
			i.Locations = nil
			for n := range 40 {
				i.Properties[fmt.Sprint("theirs", n)] = model.Some("x")
			}
		})
		return fakeservice.Refused(413, "The limit has been exceeded on the number of allowed image properties. Attempted: 129, Maximum: 128", "send the edit", api.Exchange{})
	}
	s.send()
	s.SetSize(80, 20)
	if view := uitest.Plain(s.View()); !strings.Contains(view, "None: the image no longer has any data.") {
		t.Errorf("it is out of sight:\n%s", view)
	}
}

// A proxy gives up on a service that may still apply the edit, and whoever
// leaves the screen must not make a no of that.
func TestALeftScreenDoesNotSettleWhatNoOneAnswered(t *testing.T) {
	page := &api.Failure{Doing: "send the edit", Kind: api.FailedAnswerLost, Means: "A page came.", Exchange: api.Exchange{Code: 200}}
	refused := func(code int) error { return fakeservice.Refused(code, "later", "send the edit", api.Exchange{}) }
	for _, c := range []struct {
		failure error
		looks   int
		want    record.Outcome
	}{
		{refused(502), 0, record.OutcomeOpen},
		{refused(504), 0, record.OutcomeOpen},
		{page, 0, record.OutcomeOpen},
		{refused(500), 0, record.OutcomeNotApplied},
		{refused(502), 100, record.OutcomeNotApplied}, // as long after as a request can take
		{page, 100, record.OutcomeNotApplied},
	} {
		s := prepare(rename())
		s.service.BeforePatch = func(context.Context) error { return c.failure }
		s.send()
		s.shows(t, "not applied")
		for range c.looks {
			s.look()
		}
		s.press(uitest.Keys("esc"))
		if got := s.edit().Entry().Outcome; got != c.want {
			t.Errorf("%v, left after %d looks: the history has %q", c.failure, c.looks, got)
		}
	}
}

// slowBook is a history that is being written while esc is pressed.
type slowBook struct {
	screen.Keeper
	ended []record.Outcome
}

func (b *slowBook) Begin(record.Entry) (string, error) { return "1", nil }

func (b *slowBook) End(_ string, e record.Result) error {
	b.ended = append(b.ended, e.Outcome)
	return nil
}

func TestEscBeforeTheRequestSendsNothing(t *testing.T) {
	base, wanted := rename()
	book := &slowBook{}
	s := agreed(base, wanted, true, nil, func(ctx *screen.Context) { ctx.Keeper = book })
	s.SetSize(80, 20)
	cmd := s.Init()
	s.shows(t, "Sending 1 operation")
	s.press(uitest.Keys("esc"))
	s.shows(t, "Canceling")
	if msgs := s.press(cmd); !found[screen.Back](msgs) {
		t.Errorf("it does not go back: %v", msgs)
	}
	if len(s.service.Patches()) > 0 || len(book.ended) != 1 || book.ended[0] != record.OutcomeNotApplied {
		t.Errorf("%d requests, the history has %v", len(s.service.Patches()), book.ended)
	}
}
