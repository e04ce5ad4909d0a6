package edit

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

func TestInFlight(t *testing.T) {
	var u InFlight
	if _, busy := u.Since("a"); busy || u.Count() != 0 {
		t.Error("busy from the start")
	}
	now := time.Unix(1, 0)
	end, free := u.begin("a", now)
	if since, busy := u.Since("a"); !free || !busy || !since.Equal(now) || u.Count() != 1 {
		t.Errorf("%t, %v %v", free, since, busy)
	}
	if _, busy := u.Since("b"); busy {
		t.Error("another image is busy")
	}
	if _, free := u.begin("a", now); free {
		t.Error("two at once")
	}
	end()
	if _, busy := u.Since("a"); busy || u.Count() != 0 {
		t.Error("still busy")
	}
	var all sync.WaitGroup
	for n := range 50 {
		all.Go(func() {
			if end, free := u.begin(fmt.Sprint(n%5), now); free {
				u.Count()
				end()
			}
		})
	}
	all.Wait()
	if u.Count() != 0 {
		t.Errorf("%d left", u.Count())
	}
}

// TestTwoEditsOfOneImage: the second is not sent while the first is not
// answered, and nothing of it is in doubt.
func TestTwoEditsOfOneImage(t *testing.T) {
	var u InFlight
	s := &server{image: active()}
	h := Handler{Service: s, InFlight: &u}
	send := func() (world, func() Event) {
		w := sentTo(t, active(), with(active(), rename))
		for _, f := range w.out {
			if f, is := f.(Send); is {
				do := h.Start(f)
				return w, func() Event { return do(t.Context()) }
			}
		}
		t.Fatal("nothing is sent")
		return w, nil
	}
	_, first := send()
	w, second := send()
	w.give(t, second())
	if w.e.State() != Rejected || s.patches != 0 {
		t.Errorf("the second is %s after %d requests", w.e.State(), s.patches)
	}
	first()
	_, third := send()
	if a := third().(Answered); a.Err != nil || s.patches != 2 {
		t.Errorf("after the answer: %v, %d requests", a.Err, s.patches)
	}
}
