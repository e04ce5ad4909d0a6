package watch

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/glance-tui/glance-tui/model"
)

// table says where an event may lead from a state; where it has no row, the
// state stays.
var table = map[State]map[string][]State{
	Off: {
		"Responded": {Off, Waiting, Paused}, // the first page; no one may be there any more
	},
	Waiting: {
		"Woken":   {Waiting, Polling, Paused}, // where there is nothing to ask for it waits again
		"Blurred": {Waiting},
	},
	Polling: {
		"Responded": {Polling, Waiting, Paused},
	},
	Paused: {
		"UserActive": {Waiting},
		"Focused":    {Waiting},
		"Reloaded":   {Waiting},
		"EditSent":   {Waiting}, // what it edited and the server is changing is followed
	},
}

// eventsFor are events of every kind, with the tags that are awaited.
func eventsFor(w *world) []Event {
	img := images(1)[0]
	img.Status = model.StatusSaving
	return []Event{
		Responded{Tag: w.scan.tag, Asked: w.next()}, Responded{Tag: w.request.tag, Asked: w.next(), Err: errNetwork},
		Responded{Tag: -1}, Continued{}, Woken{w.Watch.wake}, Woken{-1}, UserActive{}, Focused{}, Blurred{}, Reloaded{},
		EditSent{img, w.next()}, ImageRead{img, w.next()}, ImageDeleted{img.ID, w.next()},
	}
}

// played are worlds in every state, by what happened in them.
var played = [][]string{
	{"start"}, {"start", "blur", "minutes"}, {"start", "page"}, {"start", "page", "page"}, {"start", "page", "blur"},
	{"start", "page", "wake"}, {"start", "page", "wake", "poll"}, {"start", "page", "wake", "blur", "minutes"},
	{"start", "page", "wake", "poll is busy"}, {"start", "page", "page", "blur", "minutes", "wake"}, {"start", "page fails"},
}

func play(t *testing.T, names []string) *world {
	w := newWorld(3)
	err := w.do("start", func() error { return w.give(Started{}) })
	for _, name := range names[1:] {
		moves := w.moves()
		n := slices.IndexFunc(moves, func(m move) bool { return m.name == name })
		if n < 0 {
			t.Fatalf("%q cannot happen after %q", name, w.trace)
		}
		if err == nil {
			err = w.do(name, moves[n].do)
		}
	}
	if err != nil {
		t.Fatalf("%q: %v", names, err)
	}
	return w
}

// Every kind of event in every state leads where the table says, and one that
// no one awaits changes nothing.
func TestEveryEventInEveryState(t *testing.T) {
	met := map[State]int{}
	led := map[string]bool{}
	give := func(build func() *world) {
		for n := range eventsFor(build()) {
			w := build()
			before, ev := w.State(), eventsFor(w)[n]
			out := w.Step(w.clock, ev)
			met[before]++
			name := reflect.TypeOf(ev).Name()
			if after := w.State(); after != before && !slices.Contains(table[before][name], after) {
				t.Fatalf("%s leads from %v to %v", name, before, after)
			}
			led[fmt.Sprint(before, name, w.State())] = true
			stale := ev == Event(Woken{-1}) || reflect.DeepEqual(ev, Responded{Tag: -1})
			if stale && (len(out) > 0 || before != w.State()) {
				t.Fatalf("%T, which no one awaits, makes %v", ev, out)
			}
		}
	}
	for _, names := range played {
		give(func() *world { return play(t, names) })
	}
	for seed := range 50 {
		give(func() *world {
			w, err := random(seed, 2*seed, nil)
			if err != nil {
				t.Fatal(err)
			}
			return w
		})
	}
	for s := range states {
		if met[s] == 0 {
			t.Errorf("no order leads to state %v", s)
		}
		for name, to := range table[s] {
			for _, s2 := range to {
				if !led[fmt.Sprint(s, name, s2)] {
					t.Errorf("%s never led from %v to %v", name, s, s2)
				}
			}
		}
	}
}
