package detail

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// noTick stands in for tea.Tick: a test looks by itself, by look.
func noTick(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }

type stage struct {
	*Detail
	service *fakeservice.Service
	clock   *time.Time
}

func open(img model.Image) stage {
	clock := uitest.Clock
	s := fakeservice.New(img)
	s.Now = func() time.Time { return clock }
	s.Who.ProjectID, s.Who.ProjectNames = "02a7fb2dd4ef434c8a628c511dcbbeb6", map[string]string{"5b1e": "research"}
	ctx := uitest.Context(s)
	ctx.Now = s.Now
	d := New(ctx, img)
	d.after = noTick
	uitest.Start(d, 80, 20)
	return stage{d, s, &clock}
}

func (s stage) press(names ...string) []tea.Msg { return uitest.Run(s.Detail, uitest.Keys(names...)) }

// look is what a tick does: one more reading of the image.
func (s stage) look() []tea.Msg { return uitest.Run(s.Detail, due{s.Detail, s.watch}) }

func (s stage) shows(t *testing.T, parts ...string) {
	t.Helper()
	s.SetSize(100, 80)
	defer s.SetSize(80, 20)
	view := strings.Join(strings.Fields(uitest.Plain(s.View())), " ")
	for _, p := range parts {
		if !strings.Contains(view, p) {
			t.Errorf("%q is not on the screen:\n%s", p, uitest.Plain(s.View()))
		}
	}
}

func (s stage) golden(t *testing.T, name string) {
	t.Helper()
	for _, size := range [][2]int{{80, 20}, {160, 41}} {
		uitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), uitest.Shot(t, s.Detail, size[0], size[1]))
	}
}

// rich is an image with something in every part.
func rich() model.Image {
	i := uitest.Active()
	i.Visibility = model.Shared
	i.Protected = true
	i.MinDisk, i.MinRAM = 20, 2048
	i.VirtualSize = model.Some[int64](21474836480)
	i.HashAlgo, i.HashValue = model.Some("sha512"), model.Some(strings.Repeat("0f1e2d3c", 16))
	i.Properties = map[string]model.Opt[string]{
		"os_distro": model.Some("ubuntu"), "os_version": model.Some("24.04"), "kernel_id": {}, "empty": model.Some(""),
		"description": model.Some("A long text that tells what this image is for, who made it, from what, and who to ask about it."),
	}
	i.Extra = map[string]json.RawMessage{
		"self": json.RawMessage(`"/v2/images/71c675ab"`), "stores": json.RawMessage(`"local,web"`),
		"os_glance_failed_import": json.RawMessage(`""`),
	}
	return i
}

func TestOverviewTellsEverything(t *testing.T) {
	s := open(rich())
	s.golden(t, "overview")
	s.shows(t, "Name ubuntu-24.04-server", "platform (02a7fb2dd4ef434c8a628c511dcbbeb6)", "yes (cannot be deleted)",
		"2.1 MiB 2,254,249 bytes", "20 GB", "2,048 MB", "stores local,web", "2012-08-12 11:11:33 UTC, 14 years ago")
}

func TestOverviewOfAQueuedImage(t *testing.T) {
	s := open(uitest.Fedora())
	s.golden(t, "queued")
	s.shows(t, "◌ queued", "no minimum", "Size –")
}

func TestThePartsInTurn(t *testing.T) {
	s := open(rich())
	s.service.Shared = []api.Member{
		{ProjectID: "5b1e", Status: "accepted", UpdatedAt: uitest.Clock.Add(-72 * time.Hour)},
		{ProjectID: "99aa", Status: "pending", UpdatedAt: uitest.Clock},
	}
	s.press("tab")
	s.golden(t, "locations")
	s.shows(t, "1 file:///var/lib/glance/images", "store web", "zone eu-1")
	s.press("right")
	s.golden(t, "properties")
	s.shows(t, "kernel_id null", `empty ""`, "os_version 24.04")
	s.press("l")
	s.golden(t, "members")
	s.shows(t, "research (5b1e) accepted", "3 days ago", "99aa pending", "▸Members 2")
	if s.service.Gets() != 0 {
		t.Error("the image was read though no one asked")
	}
	s.press("tab")
	s.golden(t, "json")
	s.shows(t, `"name": "ubuntu-24.04-server"`)
	s.press("tab", "J", "shift+tab")
	if s.part != members || s.service.Gets() != 1 {
		t.Errorf("part %d after %d readings", s.part, s.service.Gets())
	}
}

func TestMembersOfWhatIsNotShared(t *testing.T) {
	s := open(uitest.Active())
	s.press("h", "h")
	s.shows(t, "Only shared images have members; this one is private")
	shared := uitest.Active()
	shared.Visibility = model.Shared
	s = open(shared)
	s.press("h", "h")
	s.shows(t, "No members yet")
}

func TestHiddenLocationsAreExplained(t *testing.T) {
	img := uitest.Active()
	img.LocationsShown, img.Locations = false, nil
	s := open(img)
	s.press("tab")
	s.shows(t, "This server hides locations")
}

func TestTheKeysAskForWhatTheySay(t *testing.T) {
	s := open(uitest.Active())
	if m, ok := uitest.Find[screen.Edit](s.press("e")); !ok || m.Image.ID != uitest.Active().ID {
		t.Error("e")
	}
	if m, ok := uitest.Find[screen.Copy](s.press("y")); !ok || m.Text != uitest.Active().ID {
		t.Error("y")
	}
	if _, ok := uitest.Find[screen.Back](s.press("esc")); !ok {
		t.Error("esc")
	}
}

func TestRefreshReadsTheImageAndTellsTheOthers(t *testing.T) {
	s := open(uitest.Active())
	s.service.Change(uitest.Active().ID, func(i *model.Image) { i.Name = model.Some("noble") })
	seen, ok := uitest.Find[screen.ImageSeen](s.press("ctrl+r"))
	if !ok || seen.Image.Name.Value != "noble" || s.Title() != "noble" {
		t.Error("the reading does not arrive")
	}
	s.service.BeforeGet = func(context.Context, int) error {
		return fakeservice.Refused(503, "down", "read the image", api.Exchange{})
	}
	s.press("ctrl+r")
	s.golden(t, "not-read")
	s.shows(t, "Could not read the image", "noble")
	s.service.BeforeGet = nil
	s.press("ctrl+r")
	if strings.Contains(uitest.Plain(s.View()), "Could not") {
		t.Error("an old failure stays")
	}
}

func TestATransitionalImageIsFollowed(t *testing.T) {
	img := uitest.Active()
	img.Status = model.StatusSaving
	s := open(img)
	*s.clock = s.clock.Add(2 * time.Second)
	s.look()
	if s.pause <= firstPause {
		t.Error("it does not grow patient")
	}
	*s.clock = s.clock.Add(5 * time.Second)
	s.service.Change(img.ID, func(i *model.Image) { i.Status = model.StatusActive })
	if _, ok := uitest.Find[screen.ImageSeen](s.look()); !ok {
		t.Error("the others do not hear")
	}
	s.golden(t, "timeline")
	s.shows(t, "↑ saving ━━━━━━━━━━━━━▶ ● active", "saving when opened (14:02:07), active at 14:02:14")
	if got := s.look(); len(got) > 0 || s.service.Gets() != 2 {
		t.Errorf("it looks on: %v", got)
	}
}

func TestAnImageThatMovesForLongIsLookedAtRarely(t *testing.T) {
	img := uitest.Active()
	img.Status = model.StatusSaving
	s := open(img)
	var next tea.Msg
	s.after = func(_ time.Duration, ring func(time.Time) tea.Msg) tea.Cmd {
		next = ring(*s.clock)
		return nil
	}
	looks := func(minutes int) int {
		before := s.service.Gets()
		for end := s.clock.Add(time.Duration(minutes) * time.Minute); next != nil && s.clock.Before(end); {
			*s.clock = s.clock.Add(s.pause)
			msg := next
			next = nil
			uitest.Run(s.Detail, msg)
		}
		return s.service.Gets() - before
	}
	uitest.Run(s.Detail, s.Init())
	if got := looks(60); got < 60 || got > 75 {
		t.Errorf("%d looks in an hour", got)
	}
	uitest.Run(s.Detail, screen.Touched{})
	if got := looks(1); got < 7 || got > 10 {
		t.Errorf("%d looks in the minute after a key", got)
	}
	uitest.Run(s.Detail, tea.BlurMsg{})
	if got := looks(600); got > 12 || next != nil {
		t.Errorf("%d looks in ten hours out of focus", got)
	}
	uitest.Run(s.Detail, tea.FocusMsg{})
	if got := looks(1); got < 7 {
		t.Errorf("%d looks in the minute when the focus is back", got)
	}
}

func TestWhatAListShowsIsReadAgain(t *testing.T) {
	s := open(uitest.Active())
	same, other, old := uitest.Active(), uitest.Fedora(), uitest.Active()
	old.Name = model.Some("old")
	before := s.ctx.Ask()
	uitest.Run(s.Detail, screen.ImageSeen{Image: same, Asked: s.ctx.Ask()})
	uitest.Run(s.Detail, screen.ImagesChanged{Images: []model.Image{old}, Asked: before}, screen.ImagesChanged{Images: []model.Image{same, other}, Asked: s.ctx.Ask()})
	if n := s.service.Gets(); n != 0 {
		t.Errorf("%d readings for nothing", n)
	}
	s.service.Change(same.ID, func(i *model.Image) { i.Name = model.Some("fresh") })
	theirs := s.service.Image(same.ID)
	theirs.UpdatedAt = same.UpdatedAt.Add(-time.Hour) // by the clock of another host
	uitest.Run(s.Detail, screen.ImagesChanged{Images: []model.Image{other, theirs}, Asked: s.ctx.Ask()})
	if s.Title() != "fresh" || s.service.Gets() != 1 {
		t.Errorf("it shows %q after %d readings", s.Title(), s.service.Gets())
	}
	uitest.Run(s.Detail, screen.ImagesChanged{Images: []model.Image{s.service.Image(same.ID)}, Asked: s.ctx.Ask()})
	if n := s.service.Gets(); n != 1 {
		t.Errorf("it is read again for what is known: %d readings", n)
	}
}

func TestNewsOfOthersArriveAndOldOnesDoNot(t *testing.T) {
	s := open(uitest.Active())
	before := s.ctx.Ask()
	fresh := uitest.Active()
	fresh.Name, fresh.UpdatedAt = model.Some("fresh"), fresh.UpdatedAt.Add(-time.Hour)
	s.Update(screen.ImageSeen{Image: fresh, Asked: s.ctx.Ask()})
	stale := uitest.Active()
	stale.Name = model.Some("stale")
	s.Update(screen.ImageSeen{Image: stale, Asked: before})
	s.Update(screen.ImageSeen{Image: uitest.Fedora(), Asked: s.ctx.Ask()})
	if s.Title() != "fresh" {
		t.Errorf("it shows %q", s.Title())
	}
	moving := fresh.Clone()
	moving.Status = model.StatusSaving
	asked := false
	s.after = func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { asked = true; return nil }
	if s.Update(screen.Sent{Before: fresh, After: moving, Asked: s.ctx.Ask()}); !asked {
		t.Error("an image that begins to move is not followed")
	}
}

func TestAnImageThatIsGone(t *testing.T) {
	s := open(uitest.Active())
	s.service.Delete(uitest.Active().ID)
	if _, ok := uitest.Find[screen.ImageGone](s.press("ctrl+r")); !ok {
		t.Error("the others do not hear")
	}
	s.golden(t, "gone")
	s.shows(t, "This image was deleted on the server", "ubuntu-24.04-server")
	if _, ok := uitest.Find[screen.Edit](s.press("e")); ok {
		t.Error("it can be edited")
	}
}

func TestALateReadingIsDropped(t *testing.T) {
	s := open(uitest.Active())
	old := uitest.Active()
	old.Name = model.Some("late")
	s.press("ctrl+r")
	for _, m := range []gotImage{{of: s.Detail, try: 0, image: old}, {of: nil, try: s.try, image: old}} {
		if s.Update(m); s.Title() == "late" {
			t.Error("a stale reading is shown")
		}
	}
}

func TestHostileTextIsHarmless(t *testing.T) {
	s := open(uitest.Hostile())
	for range int(parts) {
		view := s.View()
		for _, bad := range []string{"\x1b]", "\x1b[2J", "\u202e", "\u200b", "\a", "\r"} {
			if strings.Contains(view, bad) {
				t.Errorf("%q comes through in part %d", bad, s.part)
			}
		}
		s.press("tab")
	}
	s.golden(t, "hostile")
}

func TestTheLooksOfAnImage(t *testing.T) {
	s := open(rich())
	uitest.GoldenStyled(t, "overview-styled-80x20", uitest.Shot(t, s.Detail, 80, 20))
}

func TestADraftIsOffered(t *testing.T) {
	ctx := uitest.Context(fakeservice.New(uitest.Fedora()))
	wanted := uitest.Fedora()
	wanted.Name = model.Some("x")
	ctx.Memory.KeepDraft(record.Draft{Base: uitest.Fedora(), Wanted: wanted, Saved: uitest.Clock.Add(-2 * time.Hour)})
	d := New(ctx, uitest.Fedora())
	uitest.Start(d, 80, 20)
	if view := uitest.Plain(d.View()); !strings.Contains(view, "Draft from 2 hours ago. Press e to continue.") || strings.Contains(view, "Changed on the server") {
		t.Error(view)
	}
	theirs := uitest.Fedora()
	theirs.Tags, theirs.MinRAM = nil, 512
	uitest.Run(d, screen.ImageSeen{Image: theirs, Asked: ctx.Ask()})
	if view := strings.Join(strings.Fields(uitest.Plain(d.View())), " "); !strings.Contains(view, "Changed on the server since: tags and min ram.") {
		t.Error(view)
	}
	ctx.Memory.DropDraft(theirs.ID)
	uitest.Run(d, screen.DraftsChanged{})
	if view := uitest.Plain(d.View()); strings.Contains(view, "unsent") {
		t.Error(view)
	}
}

func TestAnImageOfAnotherProjectSaysSo(t *testing.T) {
	s := open(uitest.Active())
	s.service.Who.IsAdmin, s.service.Who.ProjectID = false, "p-demo"
	s.press("ctrl+r")
	s.shows(t, "Read-only for you: it belongs to the project", "only that project and administrators may change it")
	s = open(uitest.Active())
	if strings.Contains(uitest.Plain(s.View()), "Read-only") {
		t.Error("it is read-only for an administrator")
	}
}

// TestEveryAttributeIsShown: the overview has a line for whatever the table has,
// with its value.
func TestEveryAttributeIsShown(t *testing.T) {
	view := func(img model.Image) string {
		s := open(img)
		s.SetSize(160, 80)
		return uitest.Plain(s.View())
	}
	for _, a := range model.Attributes() {
		img := model.Image{ID: uitest.Active().ID, Status: model.StatusActive, LocationsShown: true}
		without := view(img)
		modeltest.SetValue(a, &img)
		if with := view(img); !strings.Contains(with, a.Label) || with == without {
			t.Errorf("%s is not shown:\n%s", a.Name, with)
		}
	}
}
