package edit

import (
	"slices"
	"testing"

	"github.com/glance-tui/glance-tui/model"
)

func TestTheTableIsSound(t *testing.T) {
	reached := map[State]bool{Reviewing: true, Deciding: true} // an edit begins there
	for n, t1 := range table {
		if len(t1.to) == 0 || t1.do == nil {
			t.Errorf("row %d (%s) leads nowhere", n, t1.in)
		}
		if slices.ContainsFunc(table[:n], func(o transition) bool { return o.in == t1.in && o.on == t1.on }) {
			t.Errorf("%s has two rows for event %d", t1.in, t1.on)
		}
		for _, to := range t1.to {
			reached[to] = true
			if t1.in.Ended() && to != t1.in && t1.on != onLook {
				t.Errorf("%s is no end: it leads to %s", t1.in, to)
			}
		}
	}
	for s := range states {
		if !reached[s] {
			t.Errorf("nothing leads to %s", s)
		}
		if s.String() == "" {
			t.Errorf("state %d has no name", s)
		}
	}
}

// eventsFor are events of every kind, with the tags that an edit awaits.
func eventsFor(e Edit, img model.Image) []Event {
	return []Event{
		Agree{Words: e.plan.Words}, Look{}, OneRequest{Yes: true}, Decide{}, Back{}, Stop{}, Heard{Image: img},
		Read{e.waits[forReading], img}, ReadFailed{e.waits[forReading], errNet},
		Journaled{Tag: e.waits[forJournal], ID: "x"}, Answered{Tag: e.waits[forAnswer], Err: errNo},
		Woken{e.waits[forWake]}, Ended{e.waits[forEnd], nil},
	}
}

// TestEveryEventInEveryState gives every kind of event, awaited and not, to an
// edit in every state.
func TestEveryEventInEveryState(t *testing.T) {
	met := examples(t)
	for s := range states {
		if len(met[s]) == 0 {
			t.Errorf("no example of %s", s)
		}
		for _, w := range met[s] {
			events := eventsFor(w.e, w.server)
			if len(events) != int(kinds) {
				t.Fatalf("%d kinds of events, and %d examples", kinds, len(events))
			}
			for _, ev := range events {
				after, effects := w.e.Step(ev)
				if err := followsTable(w.e, after, ev, effects); err != nil {
					t.Error(err)
				}
			}
			for _, stale := range []Event{
				Read{w.e.last + 1, w.server}, ReadFailed{-1, errGone}, Journaled{Tag: w.e.last + 1}, Answered{Tag: w.e.last + 1}, Woken{0}, Ended{0, errHistory},
			} {
				if after, effects := w.e.Step(stale); len(effects) > 0 || after.state != w.e.state || after.waits != w.e.waits {
					t.Errorf("%T with a tag that no one awaits led from %s to %s", stale, w.e.state, after.state)
				}
			}
		}
	}
}
