package response

import (
	"context"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// Whatever is pressed and whatever comes back: it never panics, always fits,
// and sends each request of the edit once.
func TestMonkey(t *testing.T) {
	r := uitest.Rand(5, 6)
	names := []string{"enter", "esc", "tab", "y", "r", "e", "ctrl+r", "j", "k", "G", "g", "ctrl+d", "u", "x"}
	fail := func() error {
		switch r.IntN(5) {
		case 0:
			return fakeservice.Lost()
		case 1:
			return fakeservice.Refused([]int{400, 401, 403, 409, 413, 500, 502}[r.IntN(7)], "no", "send the edit", api.Exchange{})
		case 2:
			return fakeservice.Canceled("send the edit")
		}
		return nil
	}
	for range 120 {
		edits := []func() (a, b model.Image){activate, rename, move}
		s := parted(edits[r.IntN(len(edits))]())
		s.service.BeforePatch = func(context.Context) error { return fail() }
		s.service.AfterPatch = fail
		s.service.BeforeGet = func(context.Context, int) error {
			if r.IntN(4) == 0 {
				return fail()
			}
			return nil
		}
		s.SetSize(80, 20)
		waiting := s.Init()
		for range 85 {
			switch n := r.IntN(20); {
			case n == 0 && waiting != nil:
				feed(s, waiting())
				waiting = nil
			case n == 1:
				s.look()
			case n == 2:
				s.service.Change(s.base().ID, func(i *model.Image) { i.Status = model.Statuses[r.IntN(len(model.Statuses))] })
			case n == 3:
				s.service.Delete(s.base().ID)
			case n == 4:
				s.Update(screen.ThemeChanged{})
			default:
				feed(s, uitest.Key(names[r.IntN(len(names))]))
			}
			if r.IntN(3) > 0 {
				continue
			}
			w, h := 1+r.IntN(170), 1+r.IntN(50)
			uitest.Shot(t, s.Response, w, h)
			_, _, _, _ = s.Keys(), s.Title(), s.Aside(w), s.Unsaved()
		}
		if len(s.service.Patches()) > len(s.requests()) {
			t.Fatalf("sent %d times", len(s.service.Patches()))
		}
	}
}

// feed gives a message and those readings that come of it, but no ticks.
func feed(s stage, msg any) {
	uitest.Run(s.Response, msg)
}
