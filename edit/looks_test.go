package edit

import (
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/rules"
)

// sentTo is an edit whose request is in flight.
func sentTo(t *testing.T, base, wanted model.Image) world {
	t.Helper()
	w := newWorld(New(base, wanted, rules.Rules{}, Options{}), base, 0)
	for _, name := range []string{"agree", "read", "journaled"} {
		w.play(t, name)
	}
	return w
}

// give lets the edit have an event, which must be an expected one.
func (w *world) give(t *testing.T, ev Event) {
	t.Helper()
	if err := w.step(ev); err != nil {
		t.Fatal(err)
	}
}

// on lets looks come, with what give makes of each, until the edit ends.
func (w *world) on(t *testing.T, give func(Tag) Event) (looks int) {
	t.Helper()
	for ; !w.e.state.Ended(); looks++ {
		switch {
		case looks > 1000:
			t.Fatalf("%s, and still looking", w.e.state)
		case w.e.waits[forReading] != 0:
			w.give(t, give(w.e.waits[forReading]))
		default:
			w.give(t, Woken{w.e.waits[forWake]})
		}
	}
	return looks
}

func TestEveryLookEnds(t *testing.T) {
	base := active()
	wanted := with(base, rename)
	open := with(queued(), func(i *model.Image) { i.DiskFormat, i.ContainerFormat = model.Some("raw"), model.Some("bare") })
	located := with(open, func(i *model.Image) { i.Locations = []model.Location{{URL: "http://mirror.example/x"}} })
	for name, c := range map[string]struct {
		base, wanted model.Image
		answer       error
		now          *model.Image // as it is read; nil where it cannot be
		ends         State
	}{
		"nothing can be read":                 {base, wanted, nil, nil, Unknown},
		"no response, and nothing to be read": {base, wanted, errLost, nil, Unknown},
		"no response, and nothing happens":    {base, wanted, errLost, &base, NotApplied},
		"the status never comes": {open, located, nil,
			ptr(with(located, func(i *model.Image) { i.Status = model.StatusQueued })), Applied},
		"it is at work for ever": {base, wanted, nil,
			ptr(with(wanted, func(i *model.Image) { i.Status = model.StatusImporting })), Applied},
		"what is withheld stays so": {base, with(base, dropFirstData), errLost,
			ptr(with(base, func(i *model.Image) { i.Locations, i.LocationsShown, i.LocationsWithheld = nil, false, true })), Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			w := sentTo(t, c.base, c.wanted)
			w.give(t, Answered{Tag: w.e.waits[forAnswer], Image: c.wanted, Err: c.answer, Exchange: api.Exchange{Code: 200}})
			looks := w.on(t, func(tag Tag) Event {
				if c.now == nil {
					return ReadFailed{tag, errNet}
				}
				return Read{tag, *c.now}
			})
			if w.e.state != c.ends {
				t.Errorf("%s after %d looks", w.e.state, looks)
			}
		})
	}
}

// TestWhoStaysLooksOnAndRarely: there is no end of it until Stop, and no loop
// that does not slow down.
func TestWhoStaysLooksOnAndRarely(t *testing.T) {
	base := active()
	for name, give := range map[string]func(Tag) Event{
		"nothing can be read": func(tag Tag) Event { return ReadFailed{tag, errNet} },
		"nothing happens":     func(tag Tag) Event { return Read{tag, base} },
		"it is at work": func(tag Tag) Event {
			return Read{tag, with(with(base, rename), func(i *model.Image) { i.Status = model.StatusImporting })}
		},
	} {
		w := newWorld(New(base, with(base, rename), rules.Rules{}, Options{Stay: true}), base, 0)
		for _, event := range []string{"agree", "read", "journaled"} {
			w.play(t, event)
		}
		w.give(t, Answered{Tag: w.e.waits[forAnswer], Err: errLost})
		var pause time.Duration
		for range 200 {
			w.give(t, give(w.e.waits[forReading]))
			pause = w.out[len(w.out)-1].(Wake).After
			w.give(t, Woken{w.e.waits[forWake]})
		}
		if w.e.state.Ended() || pause != rarePause {
			t.Errorf("%s: %s, with a pause of %s", name, w.e.state, pause)
		}
		w.give(t, Stop{})
		if !w.e.state.Ended() {
			t.Errorf("%s: it looks on after it was left", name)
		}
	}
}

// TestWhatCannotBeSentMayBePossibleLater: the reading of someone else shows it.
func TestWhatCannotBeSentMayBePossibleLater(t *testing.T) {
	base := with(active(), func(i *model.Image) {
		i.Status, i.Locations, i.LocationsShown, i.LocationsWithheld = model.StatusDeactivated, nil, false, true
	})
	known := active()
	wanted := with(known, func(i *model.Image) { i.Locations = append(i.Locations, model.Location{URL: "http://x/y"}) })
	w := newWorld(New(base.Recalling(known), wanted, rules.Rules{}, Options{}), base, 9)
	if w.e.Plan().Refusal == nil {
		t.Fatal("it can be sent")
	}
	w.give(t, Look{})
	w.give(t, Read{w.e.waits[forReading], base})
	if w.e.State() != Reviewing || !w.e.Confirmed() {
		t.Errorf("%s, confirmed %t", w.e.State(), w.e.Confirmed())
	}
	w.give(t, Heard{Image: known})
	if w.e.Plan().Refusal != nil || w.e.Plans() != 1 {
		t.Errorf("%v", w.e.Plan().Refusal)
	}
	w.give(t, Heard{Gone: true})
	if w.give(t, Agree{}); w.e.State() != Reviewing || !w.e.Gone() {
		t.Error("a yes to an image that is gone")
	}
	w.give(t, Heard{Image: with(known, rename)})
	if w.e.Gone() || len(w.e.Meanwhile()) != 1 {
		t.Errorf("gone %t, meanwhile %v", w.e.Gone(), w.e.Meanwhile())
	}
}

func ptr[T any](v T) *T { return &v }

// TestWhatAnEditOverwrote: someone changed the image between the server's
// reading and its writing, and the edit overwrote that.
func TestWhatAnEditOverwrote(t *testing.T) {
	base := active()
	tagged := with(base, func(i *model.Image) { i.Tags = []string{"beefy", "theirs"} })
	for name, c := range map[string]struct {
		meanwhile model.Image
		erased    int
	}{
		"before it took effect": {tagged, 1},
		// What someone made of it afterwards, and overwrote, no one overwrote.
		"after it took effect": {with(tagged, rename), 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := sentTo(t, base, with(base, rename))
			w.give(t, Woken{w.e.waits[forWake]})
			w.give(t, Read{w.e.waits[forReading], c.meanwhile})
			w.server = base
			w.play(t, "answered")
			w.play(t, "read")
			if erased, _ := w.e.Erased(); len(erased) != c.erased {
				t.Errorf("%v", erased)
			}
		})
	}
}

// TestARefusalNamesItsOperation: of the second request by the image that it
// found, not by the one that was predicted.
func TestARefusalNamesItsOperation(t *testing.T) {
	base := active()
	w := newWorld(New(base, with(with(base, rename), dropFirstData), rules.Rules{}, Options{}), base, 9)
	for _, name := range []string{"agree", "read", "journaled", "answered", "someone tags it", "read"} {
		w.play(t, name)
	}
	if second := w.e.Attempts()[1]; w.e.state != Sending || !model.SameTags(second.Before.Tags, []string{"beefy", "theirs"}) {
		t.Errorf("%s: the second is for %v", w.e.state, second.Before.Tags)
	}
	w.play(t, "refused")
	if second := w.e.Attempts()[1]; second.FailedOp != 0 || w.e.Failure() == nil {
		t.Errorf("failed operation %d", second.FailedOp)
	}
}

func TestAnUndoGoesAsFarAsItCan(t *testing.T) {
	before := queued()
	made := with(before, func(i *model.Image) {
		i.DiskFormat, i.ContainerFormat = model.Some("raw"), model.Some("bare")
		rename(i)
	})
	now := with(made, func(i *model.Image) {
		i.Status, i.Locations = model.StatusActive, []model.Location{{URL: "http://mirror.example/x"}}
	})
	e := Onto(made, before, now, rules.Rules{}, Options{Undoes: "an entry"})
	if e.State() != Reviewing || !e.Plan().Sendable() || len(e.Plan().Patch) != 1 || len(e.Stays()) != 2 {
		t.Errorf("%s: %v, stays %q", e.State(), e.Plan().Patch, e.Stays())
	}
	if other := Onto(made, before, now, rules.Rules{}, Options{}); other.Plan().Refusal == nil {
		t.Error("an ordinary edit of the same must be refused")
	}
}
