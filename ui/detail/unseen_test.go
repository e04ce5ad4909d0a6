package detail

import (
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

func hidden(version string, list []model.Location) stage {
	i := uitest.Active()
	unseen := i.Locations
	if list == nil {
		unseen = nil
	}
	i.Locations, i.LocationsShown = nil, false
	s := open(i)
	s.service.Who.APIVersion, s.service.Unseen = version, unseen
	return s
}

func TestHiddenLocationsForAnAdministrator(t *testing.T) {
	s := hidden("v2.18", []model.Location{})
	s.press("tab")
	s.shows(t, "no one can change them", "http://mirror.example/ubuntu-24.04.qcow2", "Locations 2")
	s.golden(t, "unseen")
	s.press("ctrl+r")
	s.shows(t, "no one can change them")
}

func TestHiddenLocationsThatTheServerDoesNotTell(t *testing.T) {
	s := hidden("v2.17", nil)
	s.press("tab")
	s.shows(t, "you are not allowed to read them")

	s = hidden("v2.16", []model.Location{})
	s.press("tab")
	s.shows(t, "cannot be read or changed")
	if s.unseen.asked {
		t.Error("a server without the call was asked")
	}

	s = hidden("v2.18", []model.Location{})
	s.service.Who.IsAdmin = false
	s.press("tab")
	s.shows(t, "cannot be read or changed")
}

func TestLocationsOfADeactivatedImageForAMember(t *testing.T) {
	i := uitest.Active()
	i.Status = model.StatusDeactivated
	s := open(i)
	s.service.Who.IsAdmin, s.service.Who.APIVersion = false, "v2.18"
	s.press("ctrl+r", "tab")
	s.shows(t, "The locations are hidden from you while the image is deactivated. They cannot be read or changed.")
	if s.unseen.asked {
		t.Error("the server was asked for what it tells administrators only")
	}
}
