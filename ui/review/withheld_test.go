package review_test

import (
	"context"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/review"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
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
	for name, again := range map[string]func(s stage){
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
		s.shows(t, "status active → deactivated", "hidden from you while the image is deactivated", "enter: check whether it can be sent now")
		if name == "asked" {
			s.golden(t, "withheld")
			out := s.press(uitest.Keys("enter"))
			if said, _ := uitest.Find[screen.Flash](out); said.Text != "Nothing has changed: this edit still cannot be sent." {
				t.Errorf("said %q", said.Text)
			}
		}
		s.becomes(model.StatusActive)
		again(s)
		s.shows(t, "status deactivated → active", "new.example", "enter: send")
		send, ok := sent(t, s.press(uitest.Keys("enter")))
		if !ok || len(send.Run.Edit().Plan().Patches()) != 1 || len(send.Run.Edit().Plan().Patches()[0]) != 2 {
			t.Errorf("%s: sent %t: %+v", name, ok, send.Run.Edit().Plan().Patches())
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

// An undo that leads nowhere says so, and not that all is as it should be.
func TestNothingOfAnEditCanBeUndone(t *testing.T) {
	const lost = "The data of file:///x is deleted and cannot come back."
	for name, c := range map[string]struct {
		lost []string
		want string
	}{
		"what cannot come back": {[]string{lost}, "Nothing of this edit can be undone:"},
		"what is back already":  {nil, "Nothing left to undo: the image is as it was before the edit."},
	} {
		base := uitest.Active()
		ctx := uitest.Context(fakeservice.New(base))
		r := review.New(ctx, screen.Review{Base: base, Wanted: base, Undoes: "7", Lost: c.lost, Above: true})
		uitest.Start(r, 80, 20)
		s := stage{Review: r}
		s.shows(t, append(c.lost, c.want, "Cannot be sent. Press esc to go back.")...)
		if strings.Contains(s.text(), "as you want it") || strings.Contains(s.text(), "the form") {
			t.Errorf("%s:\n%s", name, s.text())
		}
	}
}
