package response

import (
	"context"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// An administrator deactivates a member's image at some moment of an edit.

func memberEdits(change func(*model.Image)) stage {
	base := uitest.Active()
	wanted := base.Clone()
	change(&wanted)
	s := prepare(base, wanted)
	s.service.Who.IsAdmin = false
	return s
}

func (s stage) becomes(status model.Status) {
	s.service.Change(s.base().ID, func(i *model.Image) { i.Status = status })
}

func anotherName(i *model.Image) { i.Name = model.Some("renamed") }

func anotherLocation(i *model.Image) {
	i.Locations = append(i.Locations, model.Location{URL: "http://new.example/x", Metadata: map[string]any{}})
}

func (s stage) noAlarm(t *testing.T) {
	t.Helper()
	s.SetSize(110, 90)
	defer s.SetSize(80, 20)
	view := strings.Join(strings.Fields(uitest.Plain(s.View())), " ")
	for _, p := range []string{"not by this edit", "overwritten", "overwrote", "Not applied", "has any data", "stores", "direct_url"} {
		if strings.Contains(view, p) {
			t.Errorf("%q is on the screen:\n%s", p, uitest.Plain(s.View()))
		}
	}
	if found[screen.Review](s.press(uitest.Keys("r"))) {
		t.Error("r puts back what is not lost")
	}
}

func TestAnEditOfADeactivatedImageRaisesNoAlarm(t *testing.T) {
	for when, at := range map[string]int{"before the first look": 1, "before a later look": 2} {
		s := memberEdits(anotherName)
		s.service.BeforeGet = func(_ context.Context, n int) error {
			if n == at {
				s.becomes(model.StatusDeactivated)
			}
			return nil
		}
		s.send()
		s.lookOn()
		if s.outcome() != accepted || !s.edit().Found().All() {
			t.Errorf("%s: outcome %d, %+v", when, s.outcome(), s.edit().Found())
		}
		s.noAlarm(t)
		s.becomes(model.StatusActive)
		s.look()
		s.noAlarm(t)
	}
}

func TestLocationsThatCannotBeChecked(t *testing.T) {
	s := memberEdits(anotherLocation)
	s.service.BeforeGet = func(_ context.Context, n int) error {
		if n == 1 {
			s.becomes(model.StatusDeactivated)
		}
		return nil
	}
	s.send()
	s.golden(t, "withheld")
	s.shows(t, "The locations are hidden from you while the image is deactivated, so this could not be checked:", "new.example")
	s.noAlarm(t)
	s.becomes(model.StatusActive)
	s.press(uitest.Keys("ctrl+r"))
	if !s.edit().Found().All() || len(s.edit().Found().Applied) != 1 {
		t.Errorf("shown again: %+v", s.edit().Found())
	}
}

func TestALostAnswerAboutWithheldLocations(t *testing.T) {
	s := memberEdits(anotherLocation)
	s.service.AfterPatch = func() error {
		s.becomes(model.StatusDeactivated)
		return fakeservice.Lost()
	}
	s.send()
	if s.outcome() != unknown || s.edit().Entry().Outcome != record.OutcomeOpen {
		t.Errorf("outcome %d, settled %s", s.outcome(), s.edit().Entry().Outcome)
	}
	s.shows(t, "what it changed is hidden from you", "so this could not be checked")
	s.becomes(model.StatusActive)
	s.look()
	if s.outcome() != accepted {
		t.Errorf("shown again: outcome %d", s.outcome())
	}
}
