package response

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// A server that accepts it and changes nothing is not another edit.
func TestAnEditThatTheServerIgnores(t *testing.T) {
	base, wanted := rename()
	s := prepare(base, wanted)
	s.service.Ignore = func(patch.Operation) bool { return true }
	msgs := s.press(s.Init())
	s.golden(t, "ignored")
	s.shows(t, "accepted, but nothing changed", "The server accepted the edit, but did not change this", `name "ubuntu-24.04-server" → "ubuntu-24.04 LTS"`)
	s.lookOn()
	if view := uitest.Plain(s.View()); strings.Contains(view, "another edit") || found[screen.Overwritten](msgs) {
		t.Errorf("another edit is blamed:\n%s", view)
	}
	again, ok := uitest.Find[screen.Review](s.press(uitest.Keys("r")))
	if !ok || again.Wanted.Name.Value != "ubuntu-24.04 LTS" {
		t.Errorf("r reviews %+v", again.Wanted.Name)
	}
	if s.edit().Entry().Outcome != record.OutcomeNotApplied {
		t.Errorf("the history has %v", s.edit().Entry().Outcome)
	}
}

// What of an edit the server ignored is parted from what another edit
// overwrote.
func TestAnEditThatIsIgnoredAndOverwritten(t *testing.T) {
	base, wanted := rename()
	wanted.Properties["os_version"] = model.Some("24.04.1")
	wanted.Properties["hw_new"] = model.Some("yes")
	s := prepare(base, wanted)
	s.service.Ignore = func(o patch.Operation) bool { return o.Path == "/hw_new" }
	s.send()
	s.shows(t, "accepted, but partly ignored", "did not change this", `hw_new – → "yes"`)
	s.service.Change(base.ID, func(i *model.Image) { i.Name = base.Name })
	s.look()
	s.shows(t, "did not change this", "overwritten by a concurrent edit", "Press r to review an edit that restores your changes")
	if len(s.ignored()) != 1 || len(s.overwritten()) != 1 {
		t.Errorf("ignored %v, overwritten %v", s.ignored(), s.overwritten())
	}
}
