package edit

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
)

var depth = flag.Int("depth", 0, "how many events deep the orders of events are explored; 0 for the usual depth")

// beginnings are edits of small images, each of which goes another way.
func beginnings() map[string]world {
	base := active()
	r := rules.Rules{}
	two := with(with(base, rename), dropFirstData)
	open := with(queued(), func(i *model.Image) { i.DiskFormat, i.ContainerFormat = model.Some("raw"), model.Some("bare") })
	located := with(open, func(i *model.Image) { i.Locations = []model.Location{{URL: "http://mirror.example/x"}} })
	hidden := with(queued(), func(i *model.Image) { i.LocationsShown = false })
	called := with(located, func(i *model.Image) {})
	conflict := with(base, func(i *model.Image) { i.Name = model.Some("theirs") })
	return map[string]world{
		"one request":           newWorld(New(base, with(base, rename), r, Options{}), base, 2),
		"one who stays":         newWorld(New(base, with(base, rename), r, Options{Stay: true}), base, 2),
		"a danger":              newWorld(New(base, with(base, publish), r, Options{}), base, 2),
		"two requests":          newWorld(New(base, two, r, Options{}), base, 2),
		"it becomes active":     newWorld(New(open, located, r, Options{}), open, 2),
		"a call":                newWorld(New(hidden, called, rules.Rules{LocationCalls: true}, Options{}), hidden, 2),
		"a conflict at once":    newWorld(Onto(base, with(base, rename), conflict, r, Options{}), conflict, 2),
		"nothing to be done":    newWorld(New(base, base, r, Options{}), base, 2),
		"what no patch can say": newWorld(New(base, with(base, func(i *model.Image) { i.DiskFormat = model.Some("x") }), r, Options{}), base, 2),
	}
}

// explore goes through all orders of events that are so many events deep, and
// shows each world to visit.
func explore(w world, depth int, visit func(*world)) (worlds int, err error) {
	worlds = 1
	if visit != nil {
		visit(&w)
	}
	if err := w.crash(); err != nil {
		return worlds, w.failed(err)
	}
	if depth == 0 {
		return worlds, nil
	}
	for _, m := range w.moves() {
		if m.mishaps > w.mishaps {
			continue
		}
		next := w.clone()
		next.mishaps -= m.mishaps
		next.trace = append(next.trace, m.name)
		if err := m.do(&next); err != nil {
			return worlds, next.failed(err)
		}
		n, err := explore(next, depth-1, visit)
		worlds += n
		if err != nil {
			return worlds, err
		}
	}
	return worlds, nil
}

func (w *world) failed(err error) error {
	return fmt.Errorf("after %s: %w", strings.Join(w.trace, ", "), err)
}

func TestAllOrdersOfEvents(t *testing.T) {
	deep := 7
	if testing.Short() {
		deep = 6
	}
	if *depth > 0 {
		deep = *depth
	}
	for name, w := range beginnings() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, err := explore(w, deep, nil)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d events deep: %d orders", deep, n)
		})
	}
}

// examples are worlds in every state, some of each.
func examples(t *testing.T) map[State][]world {
	met := map[State][]world{}
	for name, story := range stories {
		w := beginnings()[story.begins]
		w.mishaps = 10
		for _, event := range story.events {
			w.play(t, event)
			met[w.e.state] = append(met[w.e.state], w.clone())
		}
		if w.e.state != story.ends {
			t.Errorf("%s ends %s, not %s", name, w.e.state, story.ends)
		}
	}
	for _, w := range beginnings() {
		for seed := range 200 {
			now := w.clone()
			now.mishaps = 1 + seed%4
			r := modeltest.New(uint64(seed))
			for range 40 {
				if len(met[now.e.state]) < 50 {
					met[now.e.state] = append(met[now.e.state], now.clone())
				}
				var moves []move
				for _, m := range now.moves() {
					if m.mishaps <= now.mishaps {
						moves = append(moves, m)
					}
				}
				if len(moves) == 0 {
					break
				}
				m := moves[r.IntN(len(moves))]
				now.mishaps -= m.mishaps
				now.trace = append(now.trace, m.name)
				if err := m.do(&now); err != nil {
					t.Fatal(now.failed(err))
				}
			}
		}
	}
	return met
}

// stories are orders of events with the end that they must have.
var stories = map[string]struct {
	begins string
	events []string
	ends   State
}{
	"nothing happens": {"one request", []string{
		"agree", "read", "journaled", "answered", "ended", "read", "woken", "read", "woken", "read", "ended"}, Applied},
	"without a look too many": {"one request", []string{"agree", "read", "journaled", "answered", "ended", "read", "stop"}, Applied},
	"a word is missing":       {"a danger", []string{"agree without a word"}, Reviewing},
	"others changed another field": {"one request", []string{
		"agree", "someone tags it", "read", "agree", "read", "journaled", "answered"}, Verifying},
	"others changed the same": {"one request", []string{
		"agree", "someone renames it", "read", "mine", "agree", "read", "journaled", "answered", "read", "stop"}, Applied},
	"theirs holds":               {"a conflict at once", []string{"theirs", "stop"}, Withdrawn},
	"it is deleted before":       {"one request", []string{"agree", "someone deletes it", "read 404", "look", "stop"}, Withdrawn},
	"it is deleted after":        {"one request", []string{"agree", "read", "journaled", "answered", "someone deletes it", "read 404"}, Deleted},
	"it cannot be read":          {"one request", []string{"agree", "read fails"}, Reviewing},
	"a dry run":                  {"one request", []string{"look", "read", "look", "someone tags it", "read"}, Reviewing},
	"a confirmation is canceled": {"one request", []string{"agree", "back", "read, too late", "stop"}, Withdrawn},
	"all in one request": {"two requests", []string{
		"one request", "agree", "read", "journaled", "answered", "read", "stop"}, Applied},
	"another edit, and no longer in one request": {"two requests", []string{
		"one request", "agree", "someone tags it", "read", "agree", "read", "journaled", "answered"}, Between},
	"what others read is shown": {"one request", []string{"someone tags it", "heard", "agree", "read", "agree", "read", "journaled"}, Sending},
	"one looks once more": {"one request", []string{
		"agree", "read", "journaled", "answered", "read", "stop", "someone renames it", "look", "read", "woken", "read"}, Overwritten},
	"what was not known shows in the end": {"one request", []string{
		"agree", "read", "journaled", "done, answer lost", "read fails", "stop", "look", "read", "stop"}, Applied},
	"left before the answer": {"one request", []string{
		"agree", "read", "journaled", "stop", "stop", "read, too late", "answered", "read"}, Applied},
	"stopped in time":       {"one request", []string{"agree", "read", "stop", "journaled", "ended"}, Withdrawn},
	"refused":               {"one request", []string{"agree", "read", "journaled", "refused", "ended"}, Rejected},
	"the answer is lost":    {"one request", []string{"agree", "read", "journaled", "done, answer lost", "read", "stop"}, Applied},
	"the request is lost":   {"one request", []string{"agree", "read", "journaled", "not done, answer lost", "read", "stop"}, NotApplied},
	"no one can look":       {"one request", []string{"agree", "read", "journaled", "done, answer lost", "read fails", "stop"}, Unknown},
	"the server ignores it": {"one request", []string{"agree", "read", "journaled", "answered, but ignored", "read", "woken", "read", "woken", "read"}, Ignored},
	"others overwrite it": {"one request", []string{
		"agree", "read", "journaled", "answered", "read", "someone renames it", "woken", "read", "woken", "read"}, Overwritten},
	"both requests": {"two requests", []string{
		"agree", "read", "journaled", "answered", "read", "answered", "read", "stop"}, Applied},
	"the second is refused": {"two requests", []string{
		"agree", "read", "journaled", "answered", "read", "refused", "read"}, PartlyApplied},
	"a call and all else": {"a call", []string{
		"agree", "read", "journaled", "answered", "read", "answered", "read", "stop"}, Applied},
	"the call is refused": {"a call", []string{
		"agree", "read", "journaled", "answered", "read", "refused", "read", "ended", "ended"}, PartlyApplied},
	"the call comes to nothing": {"a call", []string{
		"agree", "read", "journaled", "answered", "read", "answered, but ignored", "read"}, PartlyApplied},
	"others change the locations in between": {"two requests", []string{
		"agree", "read", "journaled", "answered", "someone locates it", "read"}, PartlyApplied},
	"no look in between": {"two requests", []string{
		"agree", "read", "journaled", "answered", "read fails", "woken", "read"}, PartlyApplied},
	"stopped in between": {"two requests", []string{"agree", "read", "journaled", "answered", "stop", "read"}, PartlyApplied},
	"stopped while the first is in flight": {"two requests", []string{
		"agree", "read", "journaled", "stop", "answered", "read"}, PartlyApplied},
	"the answer is not waited for": {"one request", []string{
		"agree", "read", "journaled", "stop", "read", "woken", "answered", "read", "stop"}, Applied},
	"a late answer, and no look after it": {"one request", []string{
		"agree", "read", "journaled", "stop", "read", "answered", "stop"}, Unknown},
	"a late refusal": {"one request", []string{"agree", "read", "journaled", "stop", "read", "refused"}, Rejected},
}

// play makes the next event with this name happen.
func (w *world) play(t *testing.T, name string) {
	t.Helper()
	for _, m := range w.moves() {
		if m.name == name {
			w.trace = append(w.trace, name)
			if err := m.do(w); err != nil {
				t.Fatal(w.failed(err))
			}
			return
		}
	}
	t.Fatalf("after %s: %q cannot happen while %s", strings.Join(w.trace, ", "), name, w.e.state)
}

func TestStories(t *testing.T) { examples(t) }

// TestRandomEdits lets any edit of any image meet any error.
func TestRandomEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "image")
		base := modeltest.Image(seed)
		w := newWorld(New(base, modeltest.Wanted(seed+1, base), rules.Rules{}, Options{}), base, rapid.IntRange(0, 6).Draw(t, "mishaps"))
		for range 80 {
			var moves []move
			for _, m := range w.moves() {
				if m.mishaps <= w.mishaps {
					moves = append(moves, m)
				}
			}
			if len(moves) == 0 {
				return
			}
			m := moves[rapid.IntRange(0, len(moves)-1).Draw(t, "move")]
			w.mishaps -= m.mishaps
			w.trace = append(w.trace, m.name)
			err := m.do(&w)
			if err == nil {
				err = w.crash()
			}
			if err != nil {
				t.Fatal(w.failed(err))
			}
		}
	})
}
