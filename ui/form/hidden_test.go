package form

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// Where locations are hidden, a newer server takes one for a queued image.

func hiddenFedora() model.Image {
	i := uitest.Fedora()
	i.LocationsShown = false
	i.DiskFormat = model.Some("qcow2")
	return i
}

func newer(_ *screen.Context, s *fakeservice.Service) { s.Who.APIVersion = "v2.18" }

func TestAHiddenLocationOfAQueuedImage(t *testing.T) {
	f := open(t, hiddenFedora(), newer)
	goToAdd(t, f, "locations")
	seen(t, f, "it will be hidden and cannot be changed later")
	uitest.Run(f, uitest.Type("http://mirror/f17.qcow2"), uitest.Keys("tab"))
	seen(t, f, "must be set before the image gets its first location")
	goTo(t, f, "container_format")
	uitest.Run(f, uitest.Keys("right"))
	f.SetSize(100, 60)
	wantPatch(t, f, `{"op":"replace","path":"/container_format","value":"ami"}`,
		`{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f17.qcow2","metadata":{}}}`)
	seen(t, f, "v2.1")
	seen(t, f, "by POST")
	seen(t, f, `{"url": "http://mirror/f17.qcow2"}`)
	seen(t, f, "by a request of its own")
	asked, ok := uitest.Find[screen.Review](uitest.Run(f, uitest.Keys("ctrl+s")))
	if !ok || !asked.Rules.LocationCalls || len(asked.Wanted.Locations) != 1 {
		t.Errorf("asked for %+v", asked)
	}
	theirs := hiddenFedora()
	theirs.MinRAM = 512
	uitest.Run(f, screen.ImageSeen{Image: theirs})
	if !strings.Contains(patchIn(f), "f17.qcow2") {
		t.Errorf("a fresh reading took the location away: %s", patchIn(f))
	}
}

func TestASecondHiddenLocationIsAFault(t *testing.T) {
	f := open(t, hiddenFedora(), newer)
	goToAdd(t, f, "locations")
	uitest.Run(f, uitest.Paste("http://mirror/a\nhttp://mirror/b"))
	seen(t, f, "takes one, while the image is queued")
}

func TestHiddenLocationsStayClosed(t *testing.T) {
	active := hiddenFedora()
	active.Status = model.StatusActive
	for name, f := range map[string]*Form{
		"an older server": open(t, hiddenFedora()),
		"an active image": open(t, active, newer),
	} {
		goToAdd(t, f, "locations")
		uitest.Run(f, uitest.Type("http://mirror/f17.qcow2"))
		if f.edit.changed {
			t.Errorf("%s: %s", name, patchIn(f))
		}
		seen(t, f, "hides locations")
	}
}

// TestTheVersionComesLate: the client learns it after it connected.
func TestTheVersionComesLate(t *testing.T) {
	var service *fakeservice.Service
	f := open(t, hiddenFedora(), func(_ *screen.Context, s *fakeservice.Service) {
		service = s
		s.BeforeSchema = func() error { s.Who.APIVersion = "v2.17"; return nil }
	})
	if !f.rules.LocationCalls || service.Who.APIVersion == "" {
		t.Error("the form does not know it")
	}
}
