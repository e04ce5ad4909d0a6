package form

import (
	"context"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// A member's image is deactivated, and its locations are withheld meanwhile.

func member(_ *screen.Context, s *fakeservice.Service) { s.Who.IsAdmin = false }

// again is the image as the service shows it in a status.
func again(f *Form, status model.Status) model.Image {
	service := f.ctx.Service.(*fakeservice.Service)
	service.Change(f.base.ID, func(i *model.Image) { i.Status = status })
	got, _ := service.Get(context.Background(), f.base.ID)
	return got
}

func TestWithheldLocationsAreNoChange(t *testing.T) {
	f := open(t, uitest.Active(), member)
	for _, status := range []model.Status{model.StatusDeactivated, model.StatusActive, model.StatusDeactivated} {
		out := uitest.Run(f, screen.ImageSeen{Image: again(f, status)})
		if said, found := uitest.Find[screen.Flash](out); found {
			t.Errorf("%s: said %q", status, said.Text)
		}
		if f.edit.changed || patchIn(f) != "" {
			t.Errorf("%s: an edit of itself: %s", status, patchIn(f))
		}
	}
	f.SetSize(160, 60)
	seen(t, f, "2 as last shown")
	seen(t, f, "hidden from you while the image is deactivated")
	goToAdd(t, f, "locations")
	out := uitest.Run(f, uitest.Type("h"))
	if said := flashOf(t, out); !strings.Contains(said, "hidden from you") || f.edit.changed {
		t.Errorf("said %q; changed %t", said, f.edit.changed)
	}
	uitest.Run(f, screen.ImageSeen{Image: again(f, model.StatusActive)})
	if why := f.locked(spot{attr: "locations"}); why != "" {
		t.Errorf("active again, and locked: %s", why)
	}
}

func TestAnEditOfLocationsWaitsUntilTheyAreShown(t *testing.T) {
	f := open(t, uitest.Active(), member)
	goTo(t, f, "name")
	uitest.Run(f, uitest.Type("!"))
	goToAdd(t, f, "locations")
	uitest.Run(f, uitest.Type("http://new.example/x"), uitest.Keys("esc"))
	want := patchIn(f)
	if !strings.Contains(want, "new.example") {
		t.Fatalf("the edit is %s", want)
	}
	uitest.Run(f, screen.ImageSeen{Image: again(f, model.StatusDeactivated)})
	if d, kept := f.ctx.Memory.Draft(f.base.ID); !kept || len(d.Wanted.Locations) != 3 {
		t.Errorf("the draft has %d locations", len(d.Wanted.Locations))
	}
	out := uitest.Run(f, uitest.Keys("ctrl+s"))
	if said := flashOf(t, out); !strings.Contains(said, "hidden from you while the image is deactivated") {
		t.Errorf("said %q", said)
	}

	// Another start takes the draft up.
	g := New(f.ctx, again(f, model.StatusDeactivated))
	uitest.Start(g, 80, 20)
	if len(g.edit.wanted.image.Locations) != 3 {
		t.Errorf("opened with %d locations", len(g.edit.wanted.image.Locations))
	}
	uitest.Run(g, screen.ImageSeen{Image: again(g, model.StatusActive)})
	if got := patchIn(g); got != want {
		t.Errorf("active again, the edit is\n%s\nand was\n%s", got, want)
	}
	if _, asked := uitest.Find[screen.Review](uitest.Run(g, uitest.Keys("ctrl+s"))); !asked {
		t.Error("no review")
	}
}

func TestAnImageThatIsOpenedDeactivated(t *testing.T) {
	f := open(t, uitest.Active(), member, func(_ *screen.Context, s *fakeservice.Service) {
		s.Change(uitest.Active().ID, func(i *model.Image) { i.Status = model.StatusDeactivated })
	})
	got := again(f, model.StatusDeactivated)
	f = New(f.ctx, got)
	uitest.Start(f, 160, 60)
	seen(t, f, "hidden from you while the image is deactivated")
	uitest.Run(f, uitest.Type("!"))
	wantPatch(t, f, `{"op":"replace","path":"/name","value":"ubuntu-24.04-server!"}`)
	uitest.Run(f, screen.ImageSeen{Image: again(f, model.StatusActive)})
	wantPatch(t, f, `{"op":"replace","path":"/name","value":"ubuntu-24.04-server!"}`)
	if len(f.state.locations) != 2 || f.locked(spot{attr: "locations"}) != "" {
		t.Errorf("%d locations; locked: %s", len(f.state.locations), f.locked(spot{attr: "locations"}))
	}
}
