package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// leftByAMember is a program of a member whose edit of the name and the
// locations of an image was accepted and left.
func leftByAMember(t *testing.T) (program, *fakeservice.Service) {
	t.Helper()
	s := demoImages()
	s.Who.IsAdmin = false
	p := launch(t, 120, 34, s, nil)
	now := uitest.Clock
	p.ctx.Now = func() time.Time { now = now.Add(time.Second); return now }
	before := s.Image(uitest.Active().ID)
	s.Change(before.ID, func(i *model.Image) {
		i.Name = model.Some("renamed")
		i.Locations = append(i.Locations, model.Location{URL: "http://new.example/x", Metadata: map[string]any{}})
	})
	uitest.Run(p, screen.Sent{Before: before, After: s.Image(before.ID), Asked: p.ctx.Ask()})
	return p, s
}

func shownNow(t *testing.T, s *fakeservice.Service, id string) model.Image {
	t.Helper()
	i, err := s.Get(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestWithheldLocationsAreNoLoss(t *testing.T) {
	p, s := leftByAMember(t)
	id := uitest.Active().ID
	for _, status := range []model.Status{model.StatusDeactivated, model.StatusActive} {
		s.Change(id, func(i *model.Image) { i.Status = status })
		told(t, p, false, shownNow(t, s, id))
	}
	if _, kept := p.ctx.Memory.Draft(id); kept {
		t.Error("a draft is kept")
	}
}

// Of a loss that shows in such a reading the draft puts back just what is lost.
func TestALossBesideWithheldLocations(t *testing.T) {
	p, s := leftByAMember(t)
	id := uitest.Active().ID
	s.Change(id, func(i *model.Image) { i.Status, i.Name = model.StatusDeactivated, uitest.Active().Name })
	told(t, p, true, shownNow(t, s, id))
	d, kept := p.ctx.Memory.Draft(id)
	if !kept {
		t.Fatal("no draft")
	}
	patch, err := rules.Diff(d.Base, d.Wanted)
	if text := string(patch.JSON()); err != nil || !strings.Contains(text, "renamed") || strings.Contains(text, "locations") {
		t.Errorf("the draft is %s, %v", text, err)
	}
}
