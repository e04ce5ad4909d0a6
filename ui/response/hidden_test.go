package response

import (
	"testing"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// A location for a server that hides them goes by a call of its own, whose
// answer says little: the image's status tells the rest.

// called is an edit that sets a format and adds a location.
func called() stage {
	base := uitest.Fedora()
	base.LocationsShown, base.ContainerFormat = false, model.Some("bare")
	wanted := base.Clone()
	wanted.DiskFormat = model.Some("qcow2")
	wanted.Locations, wanted.LocationsShown = []model.Location{{URL: "http://mirror/f17.qcow2"}}, true
	return agreed(base, wanted, false, []rules.Rules{{LocationCalls: true}}, nil)
}

func TestACalledLocation(t *testing.T) {
	s := called()
	s.send()
	if n := len(s.service.Patches()); n != 2 || s.outcome() != accepted || !s.watching() {
		t.Fatalf("%d requests, outcome %d, watching %t", n, s.outcome(), s.watching())
	}
	s.shows(t, "202 Accepted", "queued")
	s.golden(t, "called-at-work")
	s.look()
	if len(s.edit().Found().NotApplied) > 0 {
		t.Errorf("lost while the server is at work: %v", s.edit().Found().NotApplied)
	}
	s.service.EndTask(s.base().ID, true)
	s.look()
	s.lookOn()
	if s.watching() || s.outcome() != accepted || s.failure() != nil {
		t.Errorf("watching %t, outcome %d, %v", s.watching(), s.outcome(), s.failure())
	}
	s.shows(t, "as predicted", "http://mirror/f17.qcow2")
	s.press(uitest.Keys("b"))
	s.golden(t, "called")
}

func TestACalledLocationThatComesToNothing(t *testing.T) {
	s := called()
	s.send()
	s.service.EndTask(s.base().ID, false)
	s.look()
	if s.watching() || s.outcome() != partly || s.failure() == nil {
		t.Errorf("watching %t, outcome %d, %v", s.watching(), s.outcome(), s.failure())
	}
	s.shows(t, "could not use it", "The first request was applied. The second, which adds the location, was not.", "partly applied")
	s.golden(t, "called-in-vain")
	again, ok := uitest.Find[screen.Review](s.press(uitest.Keys("r")))
	if !ok || len(again.Wanted.Locations) != 1 || again.Base.DiskFormat != model.Some("qcow2") {
		t.Errorf("to review: %+v", again)
	}
}

func TestARefusedCallLeavesTheRest(t *testing.T) {
	s := called()
	s.onPatch(2, func() error {
		return fakeservice.Refused(400, "URI for add location does not pass filtering: x", "add the location to the image", api.Exchange{})
	})
	s.send()
	if s.outcome() != partly {
		t.Errorf("outcome %d", s.outcome())
	}
	s.shows(t, "does not connect to this location's host", "The second, which adds the location, was not.")
}

func TestACallWhoseAnswerIsLost(t *testing.T) {
	s := called()
	calls := 0
	s.service.AfterPatch = func() error {
		if calls++; calls == 2 {
			return fakeservice.Lost()
		}
		return nil
	}
	s.send()
	if s.outcome() != accepted {
		t.Errorf("the server is at work on it, but the outcome is %d", s.outcome())
	}
}

func TestNoCallForAnImageThatIsNotReady(t *testing.T) {
	s := called()
	s.onGet(func() error {
		s.service.Change(s.base().ID, func(i *model.Image) { i.ContainerFormat = model.Null[string]() })
		return nil
	})
	s.send()
	if n := len(s.service.Patches()); n != 1 || s.edit().Held() != edit.HeldChanged {
		t.Errorf("%d requests, held %d", n, s.edit().Held())
	}
	s.shows(t, "the image is no longer queued with both formats", "the location was not added")
}
