package drafts

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// memory is drafts as the root's memory would tell of them.
type memory struct {
	uitest.Memory
	drafts []record.Draft
}

func (m *memory) Drafts() []record.Draft { return m.drafts }

func draft(id string, base model.Image, ago time.Duration, change func(*model.Image)) record.Draft {
	wanted := base.Clone()
	change(&wanted)
	return record.Draft{ID: id, Base: base, Wanted: wanted, Saved: uitest.Clock.Add(-ago)}
}

func opened(t *testing.T, service *fakeservice.Service, list ...record.Draft) (*Drafts, *memory) {
	t.Helper()
	ctx := uitest.Context(service)
	m := &memory{drafts: list}
	ctx.Memory = m
	d := New(ctx)
	uitest.Start(d, 80, 20)
	return d, m
}

func rename(i *model.Image) { i.Name = model.Some("Fedora 17 Server") }

// several are drafts in every state, and the service that makes them so.
func several() (*fakeservice.Service, []record.Draft) {
	gone, held := uitest.Fedora(), uitest.Active()
	gone.ID, gone.Name = "11111111-3f4a-40e7-8a2c-bfab23927dea", model.Some("deleted meanwhile")
	held.ID, held.Name = "22222222-3f4a-40e7-8a2c-bfab23927dea", model.Some("edited elsewhere")
	s := fakeservice.New(uitest.Fedora(), uitest.Active(), held)
	s.Change(uitest.Active().ID, func(i *model.Image) { i.Tags = []string{"theirs"}; i.MinDisk = 20 })
	list := []record.Draft{
		draft("a", uitest.Fedora(), time.Minute, rename),
		draft("b", uitest.Active(), 2*time.Hour, func(i *model.Image) { i.Visibility = model.Public; i.Tags = append(i.Tags, "mine") }),
		draft("c", gone, 26*time.Hour, rename),
		draft("d", held, 3*time.Minute, rename),
		draft("e", uitest.Fedora(), 90*time.Hour, func(*model.Image) {}),
	}
	list[3].OwnedBy = "process 4711 on bastion"
	return s, list
}

func TestEveryStateOfADraft(t *testing.T) {
	s, list := several()
	d, _ := opened(t, s, list...)
	uitest.Golden(t, "as-it-was-80x20", uitest.Shot(t, d, 80, 20))
	uitest.Golden(t, "as-it-was-160x41", uitest.Shot(t, d, 160, 41))
	for _, name := range []string{"changed-since", "gone", "held", "unfit"} {
		uitest.Run(d, uitest.Keys("j"))
		uitest.Golden(t, name+"-80x20", uitest.Shot(t, d, 80, 20))
	}
	uitest.Golden(t, "low-60x11", uitest.Shot(t, d, 60, 11))
	for w := 1; w < 24; w++ {
		uitest.Shot(t, d, w, 1+w/3)
	}
}

func TestGoingOnNeedsAnImageThatNoOneElseEdits(t *testing.T) {
	s, list := several()
	d, _ := opened(t, s, list...)
	for n, says := range []string{"", "", "was deleted. Press x", "Open in another glance-tui", ""} {
		if n > 0 {
			uitest.Run(d, uitest.Keys("j"))
		}
		out := uitest.Run(d, uitest.Keys("enter"))
		goOn, opens := uitest.Find[screen.GoOn](out)
		said, _ := uitest.Find[screen.Flash](out)
		if opens != (says == "") || !strings.Contains(said.Text, says) || opens && goOn.Image.ID != list[n].Base.ID {
			t.Errorf("%d: opens %v %s, said %q", n, opens, goOn.Image.ID, said.Text)
		}
	}
}

func TestWhatCannotBeReadIsTriedAgain(t *testing.T) {
	s, list := several()
	s.BeforeGet = func(context.Context, int) error { return fakeservice.Lost() }
	d, _ := opened(t, s, list[0])
	out := uitest.Run(d, uitest.Keys("enter"))
	if said, _ := uitest.Find[screen.Flash](out); !strings.Contains(said.Text, "could not be read") {
		t.Fatalf("said %q", said.Text)
	}
	s.BeforeGet = nil
	if _, opens := uitest.Find[screen.GoOn](uitest.Run(d, uitest.Keys("enter"))); !opens {
		t.Error("it does not open")
	}
}

func TestDiscardAsksFirst(t *testing.T) {
	s, list := several()
	d, _ := opened(t, s, list...)
	uitest.Run(d, uitest.Keys("x"))
	uitest.Golden(t, "asking-80x20", uitest.Shot(t, d, 80, 20))
	if _, gone := uitest.Find[screen.Discard](uitest.Run(d, uitest.Keys("n"))); gone {
		t.Error("n discards")
	}
	msg, gone := uitest.Find[screen.Discard](uitest.Run(d, uitest.Keys("x", "y")))
	if !gone || msg.Draft.ID != "a" {
		t.Errorf("%v %+v", gone, msg.Draft.ID)
	}
	uitest.Run(d, uitest.Keys("j", "j", "j"))
	out := uitest.Run(d, uitest.Keys("x", "y"))
	if _, gone := uitest.Find[screen.Discard](out); gone {
		t.Error("another program's draft is discarded")
	}
}

func TestTheScreenFollowsTheMemory(t *testing.T) {
	s, list := several()
	d, m := opened(t, s, list[:2]...)
	uitest.Run(d, uitest.Keys("j"))
	m.drafts = list[1:3]
	uitest.Run(d, screen.DraftsChanged{})
	if x, found := d.drafts.Chosen(); !found || x.ID != "b" {
		t.Errorf("the cursor is on %q", x.ID)
	}
	m.drafts = nil
	if _, back := uitest.Find[screen.Back](uitest.Run(d, d.Reveal())); !back {
		t.Error("an empty screen stays")
	}
	uitest.Golden(t, "empty-80x20", uitest.Shot(t, d, 80, 20))
}

func TestHostileDraftsAreHarmless(t *testing.T) {
	d, _ := opened(t, fakeservice.New(uitest.Hostile()), draft("a", uitest.Hostile(), time.Hour, func(i *model.Image) {
		i.Name = model.Some("x\x1b[2J\u202e")
	}))
	for _, bad := range []string{"\x1b[2J", "\x1b]", "\a", "\u202e"} {
		if strings.Contains(d.View(), bad) {
			t.Errorf("%q comes through", bad)
		}
	}
}
