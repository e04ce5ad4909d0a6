package form

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// The pane shows the whole patch, and says so where it goes in two requests.
func TestThePaneSaysWhenTwoRequestsAreSent(t *testing.T) {
	const two = "sent in two requests"
	f := open(t, uitest.Active())
	goTo(t, f, "locations")
	uitest.Run(f, uitest.Keys("ctrl+k"))
	f.SetSize(100, 60)
	seen(t, f, "39 bytes, v2.1")
	if strings.Contains(plain(f), two) {
		t.Error("a removal alone is one request")
	}
	goTo(t, f, "name")
	uitest.Run(f, uitest.Type(" LTS"))
	wantPatch(t, f, `{"op":"replace","path":"/name","value":"ubuntu-24.04-server LTS"}`, `{"op":"remove","path":"/locations/0"}`)
	seen(t, f, "105 bytes, v2.1, "+two)
}

// After the first of two requests the form holds the second, and what was done
// is no news to its user.
func TestAfterTheFirstOfTwoRequestsTheRestIsTheEdit(t *testing.T) {
	f := open(t, uitest.Active())
	goTo(t, f, "locations")
	uitest.Run(f, uitest.Keys("ctrl+k"))
	goTo(t, f, "name")
	uitest.Run(f, uitest.Type(" LTS"))
	goToAdd(t, f, "locations")
	uitest.Run(f, uitest.Type("http://m/x"), uitest.Keys("tab"))
	done := uitest.Active()
	done.Name = model.Some("ubuntu-24.04-server LTS")
	done.Locations = append(done.Locations, model.Location{URL: "http://m/x", Metadata: map[string]any{"store": "web"}})
	out := uitest.Run(f, screen.ImageSeen{Image: done})
	if say, told := uitest.Find[screen.Flash](out); told {
		t.Errorf("said %q", say.Text)
	}
	wantPatch(t, f, `{"op":"remove","path":"/locations/0"}`)

	theirs := done.Clone()
	theirs.MinRAM = 512
	if said := flashOf(t, uitest.Run(f, screen.ImageSeen{Image: theirs})); said != "Changed on the server in the meantime: min ram" {
		t.Errorf("said %q", said)
	}
}
