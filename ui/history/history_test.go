package history

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/state"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// opened is the screen on a directory of its own with entries in it, the first
// being the oldest.
func opened(t *testing.T, service *fakeservice.Service, entries ...record.Entry) (*History, *screen.Context) {
	t.Helper()
	store, err := state.Open(state.Options{Dir: t.TempDir(), Now: func() time.Time { return uitest.Clock }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	ctx := uitest.Context(service)
	ctx.Keeper = store
	for _, e := range entries {
		e.Service = service.Session().ServiceID()
		id, err := store.Begin(e)
		if err == nil && e.Outcome != record.OutcomeOpen {
			err = store.End(id, e.Result)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	h := New(ctx, "")
	uitest.Start(h, 80, 20)
	return h, ctx
}

func entry(base model.Image, ago time.Duration, ending record.Result, change func(*model.Image)) record.Entry {
	wanted := base.Clone()
	change(&wanted)
	patch, err := rules.Rules{}.Diff(base, wanted)
	if err != nil {
		panic(err)
	}
	requests, _ := rules.Rules{}.Split(base, patch)
	return record.Entry{StartedAt: uitest.Clock.Add(-ago), Base: base, Wanted: wanted, Requests: requests, Result: ending}
}

// examples are one entry of every kind.
func examples() []record.Entry {
	answer := func(code int, reason, detail string) []record.Response {
		return []record.Response{{Code: code, Reason: reason, RequestID: "req-77aa", Detail: detail, Duration: 41 * time.Millisecond}}
	}
	return []record.Entry{
		entry(uitest.Fedora(), 72*time.Hour, record.Result{Outcome: record.OutcomeDeleted, Resolved: true}, func(i *model.Image) { i.MinDisk = 5 }),
		entry(uitest.Active(), 50*time.Hour, record.Result{Outcome: record.OutcomeNotApplied, Resolved: true, Responses: []record.Response{{Detail: "connection reset"}}},
			func(i *model.Image) { i.Hidden = true }),
		entry(uitest.Active(), 26*time.Hour, record.Result{Outcome: record.OutcomePartlyApplied, Responses: answer(200, "OK", "")},
			func(i *model.Image) { i.Locations = i.Locations[1:]; i.Name = model.Some("x") }),
		entry(uitest.Active(), 2*time.Hour, record.Result{Outcome: record.OutcomeRejected, Responses: answer(403, "Forbidden", "You are not permitted.")},
			func(i *model.Image) { i.Visibility = model.Public }),
		entry(uitest.Fedora(), time.Hour, record.Result{}, func(i *model.Image) { i.Tags = nil }),
		entry(uitest.Fedora(), time.Minute, record.Result{Outcome: record.OutcomeApplied, Responses: answer(200, "OK", "")},
			func(i *model.Image) { i.Name = model.Some("Fedora 17 Server"); i.Tags = append(i.Tags, "lts") }),
	}
}

func TestEveryKindOfEntry(t *testing.T) {
	h, _ := opened(t, fakeservice.New(uitest.Fedora(), uitest.Active()), examples()...)
	uitest.Golden(t, "done-80x20", uitest.Shot(t, h, 80, 20))
	uitest.Golden(t, "done-160x41", uitest.Shot(t, h, 160, 41))
	for _, c := range []struct{ key, name string }{{"j", "open"}, {"j", "refused"}, {"j", "partly"}, {"j", "not-done"}, {"j", "gone"}} {
		uitest.Run(h, uitest.Keys(c.key))
		uitest.Golden(t, c.name+"-80x20", uitest.Shot(t, h, 80, 20))
	}
	uitest.Golden(t, "low-60x11", uitest.Shot(t, h, 60, 11))
	for w := 1; w < 24; w++ {
		uitest.Shot(t, h, w, 1+w/3)
		if aside := uitest.Plain(h.Aside(w)); len([]rune(aside)) > w {
			t.Errorf("%q is more than %d columns", aside, w)
		}
	}
}

func TestOnlyWhatCanBeUndoneIs(t *testing.T) {
	h, _ := opened(t, fakeservice.New(uitest.Fedora(), uitest.Active()), examples()...)
	if _, asked := uitest.Find[screen.Review](uitest.Run(h, uitest.Keys("u"))); !asked {
		t.Fatal("u shows no undo")
	}
	for _, want := range []string{"Still in progress", "nothing to undo"} {
		out := uitest.Run(h, uitest.Keys("j", "u"))
		said, _ := uitest.Find[screen.Flash](out)
		if _, asked := uitest.Find[screen.Review](out); asked || !strings.Contains(said.Text, want) {
			t.Errorf("said %q", said.Text)
		}
	}
}

func TestDataThatIsDeletedIsNamed(t *testing.T) {
	h, _ := opened(t, fakeservice.New(uitest.Fedora(), uitest.Active()), examples()...)
	review, asked := uitest.Find[screen.Review](uitest.Run(h, uitest.Keys("j", "j", "j", "u")))
	if !asked || len(review.Lost) != 1 || !strings.Contains(review.Lost[0], "is deleted and cannot come back") {
		t.Errorf("%v %q", asked, review.Lost)
	}
}

func TestReadOnlyTakesNothingBack(t *testing.T) {
	h, ctx := opened(t, fakeservice.New(uitest.Fedora()), examples()...)
	ctx.Options.ReadOnly = true
	out := uitest.Run(h, uitest.Keys("u"))
	if said, _ := uitest.Find[screen.Flash](out); !strings.Contains(said.Text, "read-only") {
		t.Errorf("%v", out)
	}
}

func TestAnImageThatCannotBeReadIsSaid(t *testing.T) {
	h, _ := opened(t, fakeservice.New(), examples()...)
	said, _ := uitest.Find[screen.Flash](uitest.Run(h, uitest.Keys("u")))
	if !strings.Contains(said.Text, "could not be read") {
		t.Errorf("said %q", said.Text)
	}
}

func TestTheHistoryOfOneImage(t *testing.T) {
	_, ctx := opened(t, fakeservice.New(uitest.Fedora(), uitest.Active()), examples()...)
	h := New(ctx, uitest.Active().ID)
	uitest.Start(h, 80, 20)
	if len(h.entries.Items()) != 3 {
		t.Errorf("%d entries", len(h.entries.Items()))
	}
}

func TestWithoutAHistory(t *testing.T) {
	h, ctx := opened(t, fakeservice.New())
	uitest.Golden(t, "empty-80x20", uitest.Shot(t, h, 80, 20))
	ctx.Keeper = nil
	h = New(ctx, "")
	uitest.Start(h, 80, 20)
	uitest.Golden(t, "nowhere-80x20", uitest.Shot(t, h, 80, 20))
}

// broken is a keeper whose history is partly unreadable.
type broken struct{ screen.Keeper }

func (b broken) Entries(p api.ServiceID, n int) ([]record.Entry, error) {
	found, _ := b.Keeper.Entries(p, n)
	return found, errors.New("2 lines of the history are damaged and left out")
}

func TestWhatCannotBeReadIsSaidBesideTheRest(t *testing.T) {
	_, ctx := opened(t, fakeservice.New(uitest.Fedora()), examples()...)
	ctx.Keeper = broken{ctx.Keeper}
	h := New(ctx, "")
	uitest.Start(h, 80, 20)
	if view := uitest.Plain(h.View()); !strings.Contains(view, "2 lines of the history are damaged") || !strings.Contains(view, "Fedora 17") {
		t.Error(view)
	}
}

func TestHostileHistoryIsHarmless(t *testing.T) {
	e := entry(uitest.Hostile(), time.Hour, record.Result{
		Outcome: record.OutcomeRejected, Responses: []record.Response{{Code: 400, Reason: "Bad \x1b[2J", RequestID: "req-\x1b]0;x\a", Detail: "evil \u202e \x9b31m"}},
	}, func(i *model.Image) { i.Tags = []string{"\x1b[31mred"}; i.Name = model.Some("x\x1b[2Jy") })
	e.Service.User = "admin\x1b[5m"
	h, _ := opened(t, fakeservice.New(), e)
	for _, bad := range []string{"\x1b[2J", "\x1b]", "\a", "\u202e", "\u009b", "\x1b[5m"} {
		if strings.Contains(h.View(), bad) {
			t.Errorf("%q comes through", bad)
		}
	}
}

// An edit of a name and of locations that are withheld by now: the name can be
// undone, and the rest is said to stay.
func TestUndoOfWithheldLocations(t *testing.T) {
	base := uitest.Active()
	base.Locations = base.Locations[1:] // no data is at stake
	service := fakeservice.New(base)
	service.Who.IsAdmin = false
	e := entry(base, time.Hour, record.Result{Outcome: record.OutcomeApplied}, func(i *model.Image) {
		i.Name = model.Some("renamed")
		i.Locations = append(i.Locations, model.Location{URL: "http://new.example/x", Metadata: map[string]any{}})
	})
	service.Change(base.ID, func(i *model.Image) { *i = e.Wanted.Clone(); i.Status = model.StatusDeactivated })
	h, _ := opened(t, service, e)
	review, asked := uitest.Find[screen.Review](uitest.Run(h, uitest.Keys("u")))
	if !asked {
		t.Fatal("no review")
	}
	patch, err := review.Rules.Diff(review.Base, review.Wanted)
	if text := string(patch.JSON()); err != nil || text != `[{"op":"replace","path":"/name","value":"ubuntu-24.04-server"}]` {
		t.Errorf("the undo is %s, %v", text, err)
	}
	if len(review.Lost) != 1 || !strings.Contains(review.Lost[0], "hidden from you while the image is deactivated") {
		t.Errorf("lost: %q", review.Lost)
	}
}
