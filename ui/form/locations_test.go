package form

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// onLocation opens the form of an active image with two locations, one in a
// file store and one on the web, with the focus on the first.
func onLocation(t *testing.T) *Form {
	t.Helper()
	f := open(t, uitest.Active())
	goTo(t, f, "locations")
	return f
}

func TestALocationIsAddedWithItsMetadata(t *testing.T) {
	f := onLocation(t)
	goToAdd(t, f, "locations")
	uitest.Run(f, uitest.Type("http://m/x"), uitest.Keys("enter"), uitest.Type("zone=eu-2"),
		uitest.Keys("enter"), uitest.Type("rack = 4"), uitest.Keys("enter", "enter"))
	wantPatch(t, f, `{"op":"add","path":"/locations/-","value":{"url":"http://m/x","metadata":{"rack":"4","zone":"eu-2"}}}`)
	if f.open != 0 || f.focus.part != fieldItself {
		t.Errorf("the row is still open: %v", f.focus)
	}
	seen(t, f, "http://m/x")
}

func TestMetadataAsJSON(t *testing.T) {
	f := onLocation(t)
	goToAdd(t, f, "locations")
	uitest.Run(f, uitest.Type("http://m/x"), uitest.Keys("enter"), uitest.Type(`{"a": {"b": "c"`))
	if !strings.Contains(faultTexts(f), "invalid JSON") {
		t.Errorf("faults: %q", faultTexts(f))
	}
	uitest.Run(f, uitest.Type("}}"))
	wantPatch(t, f, `{"op":"add","path":"/locations/-","value":{"url":"http://m/x","metadata":{"a":{"b":"c"}}}}`)
}

func TestLettersDoNotChangeALocationByAccident(t *testing.T) {
	f := onLocation(t)
	uitest.Run(f, uitest.Type("abc"))
	wantPatch(t, f)
	uitest.Run(f, uitest.Paste("http://x"))
	wantPatch(t, f)
}

func TestMetadataOfALocationChanges(t *testing.T) {
	f := onLocation(t)
	uitest.Run(f, uitest.Keys("down", "enter", "enter"))
	if f.focus.part != partMetadata || f.focus.line != 2 {
		t.Fatalf("enter on the URL led to %v", f.focus)
	}
	uitest.Run(f, uitest.Keys("up"), uitest.Times(1, "backspace"), uitest.Type("9"))
	got := patchIn(f)
	if len(f.edit.patch) != 1 || !strings.Contains(got, `"zone":"eu-9"`) || !strings.Contains(got, `"op":"replace","path":"/locations"`) {
		t.Errorf("the patch is %s", got)
	}
	uitest.Run(f, uitest.Keys("ctrl+r"))
	wantPatch(t, f)
}

func TestAMetadataLineIsTakenAway(t *testing.T) {
	f := onLocation(t)
	uitest.Run(f, uitest.Keys("down", "enter", "enter", "up", "ctrl+k", "esc"))
	if f.focus.part != fieldItself || strings.Contains(patchIn(f), "zone") || len(f.edit.patch) != 1 {
		t.Errorf("focus %v, patch %s", f.focus, patchIn(f))
	}
}

func TestAnotherURLIsAnotherLocation(t *testing.T) {
	f := onLocation(t)
	uitest.Run(f, uitest.Keys("down", "enter"), uitest.Type("2"))
	if len(f.edit.patch) != 2 || !f.edit.patch.RemovesLocations() {
		t.Errorf("the patch is %s", patchIn(f))
	}
	seen(t, f, "2 operations")
}

func TestReorderAndBack(t *testing.T) {
	f := onLocation(t)
	uitest.Run(f, uitest.Keys("alt+down"))
	if len(f.edit.patch) != 1 || !strings.HasPrefix(patchIn(f), `{"op":"replace","path":"/locations","value":[{"url":"http:`) {
		t.Errorf("the patch is %s", patchIn(f))
	}
	seen(t, f, "reordered")
	uitest.Run(f, uitest.Keys("K"))
	wantPatch(t, f)
	uitest.Run(f, uitest.Keys("J", "K", "up", "down", "alt+up", "alt+up", "alt+up"))
	if len(f.edit.patch) > 1 {
		t.Errorf("moving beyond the ends gave %s", patchIn(f))
	}
}

func TestRemoveMarksAndTheSameKeyBringsBack(t *testing.T) {
	f := onLocation(t)
	uitest.Run(f, uitest.Keys("ctrl+k"))
	wantPatch(t, f, `{"op":"remove","path":"/locations/0"}`)
	seen(t, f, "− file://", "deleted")
	out := uitest.Run(f, uitest.Keys("enter"))
	if !strings.Contains(flashOf(t, out), "Press ctrl+k to restore it") {
		t.Errorf("said %q", flashOf(t, out))
	}
	uitest.Run(f, uitest.Keys("ctrl+k"))
	wantPatch(t, f)
}

func TestTheLastLocationStaysOnACurrentServer(t *testing.T) {
	f := onLocation(t)
	uitest.Run(f, uitest.Keys("ctrl+k", "down", "ctrl+k"))
	if len(f.edit.patch) > 0 || faultTexts(f) == "" {
		t.Fatalf("the patch is %s", patchIn(f))
	}
	out := uitest.Run(f, uitest.Keys("ctrl+s"))
	if !strings.HasPrefix(flashOf(t, out), "Fix first: ") {
		t.Errorf("said %q", flashOf(t, out))
	}
	seen(t, f, "Fix before sending")
}

func TestAServerOf2015TakesAllLocationsAway(t *testing.T) {
	f := open(t, uitest.Active(), func(_ *screen.Context, s *fakeservice.Service) { s.Who.Release = api.Release2015 })
	goTo(t, f, "locations")
	uitest.Run(f, uitest.Keys("ctrl+k", "down", "ctrl+k"))
	wantPatch(t, f, `{"op":"replace","path":"/locations","value":[]}`)
	if got := uitest.Plain(f.Aside(60)); got != "● active → ◌ queued after sending" {
		t.Errorf("the header says %q", got)
	}
}

func TestHiddenLocationsSayWhy(t *testing.T) {
	image := uitest.Active()
	image.LocationsShown, image.Locations = false, nil
	f := open(t, image)
	goTo(t, f, "locations")
	seen(t, f, "Locations", "⊘", "cannot be changed")
	uitest.Run(f, uitest.Type("http://m/x"), uitest.Keys("enter"))
	if wantPatch(t, f); len(f.state.locations) != 0 {
		t.Errorf("a location came: %v", f.state.locations)
	}
}

func TestLocationsOfADeactivatedImageAreLocked(t *testing.T) {
	image := uitest.Active()
	image.Status = model.StatusDeactivated
	f := open(t, image)
	goTo(t, f, "locations")
	out := uitest.Run(f, uitest.Keys("ctrl+k"))
	if !strings.Contains(flashOf(t, out), "deactivated") {
		t.Errorf("said %q", flashOf(t, out))
	}
	wantPatch(t, f)
}

func TestAQueuedImageNeedsItsFormatsFirst(t *testing.T) {
	f := open(t, uitest.Fedora())
	goToAdd(t, f, "locations")
	uitest.Run(f, uitest.Type("http://m/x"))
	if !strings.Contains(faultTexts(f), "disk_format: must be set before") {
		t.Fatalf("faults: %q", faultTexts(f))
	}
	uitest.Run(f, uitest.Keys("ctrl+s"))
	if f.focus.attr != "disk_format" {
		t.Errorf("ctrl+s led to %v", f.focus)
	}
	uitest.Run(f, uitest.Keys("q", "tab", "b"))
	if len(f.edit.patch) != 3 || f.edit.status != model.StatusActive {
		t.Errorf("%s, %s", f.edit.status, patchIn(f))
	}
}

func TestAnEmptyNewLocationIsForgotten(t *testing.T) {
	f := onLocation(t)
	goToAdd(t, f, "locations")
	uitest.Run(f, uitest.Keys("enter"))
	if len(f.state.locations) != 3 {
		t.Fatal("no row to type into")
	}
	uitest.Run(f, uitest.Keys("shift+tab"))
	if len(f.state.locations) != 2 || f.edit.changed {
		t.Errorf("left behind: %v", f.state.locations)
	}
}

func TestAPasteOfSeveralURLs(t *testing.T) {
	f := onLocation(t)
	goToAdd(t, f, "locations")
	uitest.Run(f, uitest.Paste("http://m/1\nhttp://m/2\n"))
	if len(f.edit.patch) != 2 {
		t.Errorf("the patch is %s", patchIn(f))
	}
	uitest.Run(f, uitest.Paste("http://m/3\n"))
	if len(f.edit.patch) != 3 || f.focus.part != partURL {
		t.Errorf("focus %v, patch %s", f.focus, patchIn(f))
	}
}

func TestABadURLIsAFaultBeneathIt(t *testing.T) {
	f := onLocation(t)
	goToAdd(t, f, "locations")
	uitest.Run(f, uitest.Type("file:///etc/shadow"))
	seen(t, f, "✗ no server takes a location with file:")
	uitest.Run(f, uitest.Keys("tab", "tab", "tab", "ctrl+s"))
	if f.focus.part != partURL || f.state.locationRow(f.focus.id).url != "file:///etc/shadow" {
		t.Errorf("ctrl+s led to %v", f.focus)
	}
}
