package client

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// caller is a request of the property test and what became of it. All times
// count from the beginning.
type caller struct {
	bulk      bool
	at        time.Duration // when it comes
	takes     time.Duration
	givesUp   time.Duration // after this wait, when it is bulk; 0 never
	begun     time.Duration
	ended     time.Duration
	cancelled bool
}

func drawCallers(t *rapid.T) []*caller {
	ms := func(label string, most int) time.Duration {
		return time.Duration(rapid.IntRange(0, most).Draw(t, label)) * time.Millisecond
	}
	callers := make([]*caller, rapid.IntRange(1, 12).Draw(t, "callers"))
	for i := range callers {
		c := &caller{bulk: rapid.Bool().Draw(t, "bulk"), takes: time.Millisecond + ms("takes", 400)}
		// No two moments are the same: which of two comes first would be chance.
		c.at = ms("at", 1000) + time.Duration(i)*time.Microsecond
		if c.bulk && rapid.IntRange(0, 3).Draw(t, "patience") == 0 {
			c.givesUp = ms("gives up", 300) + 500*time.Nanosecond
		}
		callers[i] = c
	}
	return callers
}

// runCallers has them come to a gate and go, by a clock of the test's own.
func runCallers(t *testing.T, p patience, callers []*caller) (g *gate) {
	synctest.Test(t, func(t *testing.T) {
		g = newGate(p)
		start := time.Now()
		var all sync.WaitGroup
		for _, c := range callers {
			all.Go(func() {
				time.Sleep(c.at)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if c.givesUp > 0 {
					time.AfterFunc(c.givesUp, cancel)
				}
				enter := func(context.Context) (func(), error) { return g.first(), nil }
				if c.bulk {
					enter = g.bulk
				}
				done, err := enter(ctx)
				c.begun = time.Since(start)
				if c.cancelled = err != nil; c.cancelled {
					if done != nil || !errors.Is(err, context.Canceled) {
						t.Errorf("given up with %v", err)
					}
					return
				}
				time.Sleep(c.takes)
				c.ended = time.Since(start)
				done()
			})
		}
		all.Wait()
	})
	return g
}

// Whoever comes when, and gives up when: of lists one page at most is read at
// a time; none begins while another request is under way or a moment after it,
// unless it waited for long; nobody waits for ever; and who gives up is gone
// at once.
func TestTheGate(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		callers := drawCallers(rt)
		g := runCallers(t, patience{moment: 50 * time.Millisecond, yield: 700 * time.Millisecond}, callers)
		bulks, longest := 0, time.Duration(0)
		for _, c := range callers {
			if c.bulk {
				bulks++
				longest = max(longest, c.takes)
			}
		}
		for _, c := range callers {
			switch {
			case !c.bulk && (c.begun != c.at || c.ended != c.at+c.takes):
				rt.Fatalf("a request of %v waited until %v", c.at, c.begun)
			case c.cancelled && c.begun != c.at+c.givesUp:
				rt.Fatalf("one that gave up at %v went at %v", c.at+c.givesUp, c.begun)
			case !c.bulk || c.cancelled:
				continue
			case c.begun-c.at > time.Duration(bulks)*(g.most+longest):
				rt.Fatalf("one of %v began at %v", c.at, c.begun)
			}
			for _, o := range callers {
				switch {
				case o == c || o.cancelled || c.begun < o.begun:
				case o.bulk && c.begun < o.ended:
					rt.Fatalf("pages of %v and %v at once", o.begun, c.begun)
				case !o.bulk && c.begun < o.ended+g.moment && c.begun-c.at < g.most:
					rt.Fatalf("a page began at %v, and a request lasted from %v to %v", c.begun, o.begun, o.ended)
				}
			}
		}
		if g.others != 0 || len(g.turn) != 0 || g.free != nil {
			rt.Fatalf("the gate is left with %d others, %d turns", g.others, len(g.turn))
		}
	})
}

// What ends a wait is what it waited for, and not a clock that ticks.
func TestAPageGoesAsSoonAsItMay(t *testing.T) {
	callers := []*caller{
		{at: 0, takes: 100 * time.Millisecond},
		{at: 130 * time.Millisecond, takes: 100 * time.Millisecond}, // within the moment
		{bulk: true, at: 10 * time.Millisecond, takes: 40 * time.Millisecond},
		{bulk: true, at: 11 * time.Millisecond, takes: 40 * time.Millisecond},
		{at: 400 * time.Millisecond, takes: time.Minute},
		{bulk: true, at: 500 * time.Millisecond, takes: 40 * time.Millisecond},
		{bulk: true, at: 501 * time.Millisecond, takes: 40 * time.Millisecond},
	}
	runCallers(t, defaultPatience, callers)
	for i, want := range map[int]int64{2: 280, 3: 320, 5: 5500, 6: 10540} {
		if got := callers[i].begun.Milliseconds(); got != want {
			t.Errorf("page %d began at %d ms, not at %d", i, got, want)
		}
	}
}

// A gate that nobody else uses costs a list nothing.
func TestTheGateIsOpen(t *testing.T) {
	g := newGate(defaultPatience)
	ctx := background()
	if n := testing.AllocsPerRun(100, func() {
		done, err := g.bulk(ctx)
		if err != nil {
			t.Fatal(err)
		}
		done()
	}); n > 1 {
		t.Errorf("%v allocations", n)
	}
}
