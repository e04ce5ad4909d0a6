package review_test

import (
	"context"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// relocate is an edit of locations by a member of the image's project.
func relocate() stage {
	base := uitest.Active()
	wanted := base.Clone()
	wanted.Name = model.Some("renamed")
	wanted.Locations = append(wanted.Locations, model.Location{URL: "http://new.example/x", Metadata: map[string]any{}})
	s := on(base, wanted)
	s.service.Who.IsAdmin = false
	return s
}

func (s stage) becomes(status model.Status) {
	s.service.Change(uitest.Active().ID, func(i *model.Image) { i.Status = status })
}

func TestAReviewWaitsForWithheldLocations(t *testing.T) {
	for name, recover := range map[string]func(s stage){
		"asked": func(s stage) { s.press(uitest.Keys("enter")) },
		"told": func(s stage) {
			now, _ := s.service.Get(context.Background(), uitest.Active().ID)
			s.press(screen.ImageSeen{Image: now, Asked: s.ctx.Ask()})
		},
	} {
		s := relocate()
		s.becomes(model.StatusDeactivated)
		if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok {
			t.Fatal("sent")
		}
		s.shows(t, "status active → deactivated", "hidden from you while the image is deactivated", "enter checks whether it can be sent by now")
		if name == "asked" {
			s.golden(t, "withheld")
			out := s.press(uitest.Keys("enter"))
			if said, _ := uitest.Find[screen.Flash](out); said.Text != "nothing has changed: this edit cannot be sent yet" {
				t.Errorf("said %q", said.Text)
			}
		}
		s.becomes(model.StatusActive)
		recover(s)
		s.shows(t, "status deactivated → active", "new.example", "enter sends it")
		send, ok := sent(t, s.press(uitest.Keys("enter")))
		if !ok || len(send.Plan.Patches()) != 1 || len(send.Plan.Patches()[0]) != 2 {
			t.Errorf("%s: sent %t: %+v", name, ok, send.Plan.Patches())
		}
	}
}

func TestAnEditOfAllElseGoesOn(t *testing.T) {
	s := on(rename())
	s.service.Who.IsAdmin = false
	s.becomes(model.StatusDeactivated)
	s.press(uitest.Keys("enter"))
	s.shows(t, "status active → deactivated")
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); !ok {
		t.Errorf("not sent:\n%s", s.text())
	}
}
