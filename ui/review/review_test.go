package review_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/review"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// stage is a review on the screen and the service behind it.
type stage struct {
	*review.Review
	service *fakeservice.Service
	ctx     *screen.Context
}

func on(base, wanted model.Image, change ...func(*screen.Context)) stage {
	s := fakeservice.New(base)
	s.Now = func() time.Time { return uitest.Clock }
	ctx := uitest.Context(s)
	for _, c := range change {
		c(ctx)
	}
	r := review.New(ctx, screen.Review{Base: base, Wanted: wanted})
	uitest.Start(r, 80, 20)
	return stage{r, s, ctx}
}

func (s stage) press(steps ...any) []tea.Msg { return uitest.Run(s.Review, steps...) }

func (s stage) text() string { return uitest.Plain(s.View()) }

func (s stage) shows(t *testing.T, parts ...string) {
	t.Helper()
	s.SetSize(100, 80)
	defer s.SetSize(80, 20)
	view := strings.Join(strings.Fields(s.text()), " ")
	for _, p := range parts {
		if !strings.Contains(view, p) {
			t.Errorf("%q is not on the screen:\n%s", p, s.text())
		}
	}
}

func (s stage) golden(t *testing.T, name string) {
	t.Helper()
	for _, size := range [][2]int{{80, 20}, {160, 41}} {
		uitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), uitest.Shot(t, s.Review, size[0], size[1]))
	}
}

func sent(t *testing.T, msgs []tea.Msg) (screen.Send, bool) {
	t.Helper()
	return uitest.Find[screen.Send](msgs)
}

// activate is the README's edit: a new name and tag, formats, a location.
func activate() (base, wanted model.Image) {
	base = uitest.Fedora()
	wanted = base.Clone()
	wanted.Name = model.Some("Fedora 17 Server")
	wanted.Tags = []string{"beefy", "fedora", "lts"}
	wanted.DiskFormat, wanted.ContainerFormat = model.Some("qcow2"), model.Some("bare")
	wanted.Locations = []model.Location{{URL: "http://mirror.example/f17.qcow2", Metadata: map[string]any{}}}
	return base, wanted
}

// publish is an edit that needs a yes twice: it publishes and deletes data.
func publish() (base, wanted model.Image) {
	base = uitest.Active()
	wanted = base.Clone()
	wanted.Name = model.Some("ubuntu-24.04 LTS")
	wanted.Visibility = model.Public
	wanted.Tags = []string{"lts", "noble"}
	wanted.Locations = wanted.Locations[1:]
	return base, wanted
}

func rename() (base, wanted model.Image) {
	base = uitest.Active()
	wanted = base.Clone()
	wanted.Name = model.Some("ubuntu-24.04 LTS")
	return base, wanted
}

func TestAnEditWithoutHazardsIsSentByEnter(t *testing.T) {
	s := on(activate())
	s.golden(t, "activate")
	s.shows(t, "PATCH /v2/images/da3b75d9-3f4a-40e7-8a2c-bfab23927dea", "result ● active 1 location", "enter: send")
	got, ok := sent(t, s.press(uitest.Keys("enter")))
	if !ok {
		t.Fatal("nothing is sent")
	}
	if len(got.Run.Edit().Plan().Patches()) != 1 || len(got.Run.Edit().Plan().Patches()[0]) != 5 || got.Run.Edit().Plan().Base.ID != uitest.Fedora().ID {
		t.Errorf("sent %v", got.Run.Edit().Plan().Patches())
	}
	if s.service.Gets() != 1 {
		t.Errorf("the image was read %d times before", s.service.Gets())
	}
}

func TestWhatCannotBeUndoneNeedsAnExplicitYes(t *testing.T) {
	s := on(publish())
	s.golden(t, "hazards")
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok {
		t.Fatal("sent unconfirmed")
	}
	s.shows(t, "missing: public, delete")
	for _, typed := range []string{"public", "Public", "yes public delete"} {
		if _, ok := sent(t, s.press(uitest.Type(typed), uitest.Keys("enter"))); ok {
			t.Fatalf("sent after %q alone", typed)
		}
		s.press(uitest.Times(len(typed), "backspace"))
	}
	if s.service.Gets() != 0 {
		t.Error("the service was asked before the confirmation")
	}
	s.press(uitest.Type("public and delete"))
	s.shows(t, "✓ press enter to send")
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); !ok {
		t.Error("not sent after the confirmation")
	}
}

func TestTheCopiesAreInReachBesideTheField(t *testing.T) {
	s := on(publish())
	if !s.Typing() {
		t.Fatal("letters do not go into the field")
	}
	s.press(uitest.Type("y"))
	s.press(uitest.Keys("tab"))
	if s.Typing() || s.Cursor() != nil {
		t.Fatal("tab does not leave the field")
	}
	for key, want := range map[string]string{"y": `"/visibility"`, "c": "curl", "o": "openstack image set"} {
		got, ok := uitest.Find[screen.Copy](s.press(uitest.Keys(key)))
		if !ok || !strings.Contains(got.Text, want) {
			t.Errorf("%s copies %q", key, got.Text)
		}
	}
	s.press(uitest.Keys("tab", "backspace"), uitest.Type("delete public"))
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); !ok {
		t.Error("not sent")
	}
}

func TestEscGoesBackToTheForm(t *testing.T) {
	for _, edit := range []func() (a, b model.Image){activate, publish} {
		s := on(edit())
		if _, ok := uitest.Find[screen.Back](s.press(uitest.Keys("esc"))); !ok {
			t.Error("esc does not go back")
		}
	}
}

func TestSomeoneElsesEditIsMergedAndAskedAbout(t *testing.T) {
	s := on(rename())
	s.service.Change(uitest.Active().ID, func(i *model.Image) {
		i.Tags = []string{"lts", "ubuntu", "golden"}
		i.Protected = true
	})
	msgs := s.press(uitest.Keys("enter"))
	if _, ok := sent(t, msgs); ok {
		t.Fatal("sent over someone else's edit without a word")
	}
	if seen, ok := uitest.Find[screen.ImageSeen](msgs); !ok || !seen.Image.Protected {
		t.Error("the fresh reading is kept from the others")
	}
	s.golden(t, "merged")
	s.shows(t, "This image has changed on the server since you started", "protected false → true")
	got, ok := sent(t, s.press(uitest.Keys("enter")))
	if !ok || len(got.Run.Edit().Plan().Patches()) != 1 || len(got.Run.Edit().Plan().Patches()[0]) != 1 || got.Run.Edit().Plan().Patches()[0][0].Path != "/name" || !got.Run.Edit().Plan().Wanted.Protected {
		t.Errorf("sent %v", got.Run.Edit().Plan().Patches())
	}
}

// What both changed is never decided by us: another screen asks, and a review
// of what was decided follows.
func TestAConflictIsDecidedBeforeAnythingIsSent(t *testing.T) {
	s := on(rename())
	s.service.Change(uitest.Active().ID, func(i *model.Image) {
		i.Name = model.Some("noble")
		i.Protected = true
	})
	s.press(uitest.Keys("D", "D", "D"))
	msgs := s.press(uitest.Keys("enter"))
	if _, ok := sent(t, msgs); ok {
		t.Fatal("sent undecided")
	}
	if seen, ok := uitest.Find[screen.ImageSeen](msgs); !ok || seen.Image.Name.Value != "noble" {
		t.Error("the fresh reading is kept from the others")
	}
	merge, ok := uitest.Find[screen.Merge](msgs)
	if !ok || merge.Theirs.Name.Value != "noble" || merge.Mine.Name.Value != "ubuntu-24.04 LTS" || merge.Base.Name.Value != "ubuntu-24.04-server" {
		t.Fatalf("asked about %+v", merge)
	}
	decided := merge.Theirs.Clone()
	decided.Name = model.Some("decided")
	again, ok := merge.Next(nil, decided).(screen.Review)
	if !ok || again.Base.Name.Value != "noble" || again.Wanted.Name.Value != "decided" || !again.DryRun {
		t.Errorf("goes on with %+v", again)
	}
}

func TestAnOldYesIsNoneForANewEdit(t *testing.T) {
	base := uitest.Active()
	base.Locations = base.Locations[:1]
	wanted := base.Clone()
	wanted.Visibility = model.Public
	s := on(base, wanted)
	s.press(uitest.Type("public"))
	s.service.Change(base.ID, func(i *model.Image) { i.Protected = true })
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok {
		t.Fatal("sent")
	}
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok {
		t.Error("the old confirmation counts for the new edit")
	}
}

func TestWhatSomeoneElseAlreadyDidIsNotSent(t *testing.T) {
	s := on(rename())
	s.service.Change(uitest.Active().ID, func(i *model.Image) { i.Name = model.Some("ubuntu-24.04 LTS") })
	s.press(uitest.Keys("enter"))
	s.shows(t, "Nothing to send: the image already has these values")
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok {
		t.Error("sent an empty patch")
	}
}

func TestAnotherStatusIsAskedAbout(t *testing.T) {
	base, wanted := rename()
	wanted.Locations = append(wanted.Locations, model.Location{URL: "http://new.example/x", Metadata: map[string]any{}})
	s := on(base, wanted)
	s.service.Change(base.ID, func(i *model.Image) { i.Status = model.StatusDeactivated })
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok {
		t.Fatal("sent")
	}
	s.golden(t, "refused-after-merge")
	s.shows(t, "status active → deactivated", "This edit cannot be sent to the image as it is now", "location")
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok {
		t.Error("sent what no patch can express")
	}
}

func TestADeletedImageLosesNothingTyped(t *testing.T) {
	s := on(activate())
	s.service.Delete(uitest.Fedora().ID)
	msgs := s.press(uitest.Keys("enter"))
	if gone, ok := uitest.Find[screen.ImageGone](msgs); !ok || gone.ID != uitest.Fedora().ID {
		t.Error("no one is told")
	}
	s.golden(t, "gone")
	s.shows(t, "This image was deleted", "your input is kept")
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok {
		t.Error("sent")
	}
}

func TestAFailedReadingSendsNothingAndCanBeTriedAgain(t *testing.T) {
	s := on(rename())
	s.service.BeforeGet = func(_ ctx, n int) error {
		if n == 1 {
			return fakeservice.Refused(503, "Service Unavailable", "read the image", api.Exchange{})
		}
		return nil
	}
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok {
		t.Fatal("sent without a reading")
	}
	s.golden(t, "not-read")
	s.shows(t, "Could not read the image", "Nothing was sent", "enter: try again")
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); !ok {
		t.Error("the second try does not send")
	}
}

func TestEscCancelsTheReading(t *testing.T) {
	s := on(rename())
	cmd := s.Update(uitest.Key("enter"))
	s.golden(t, "reading")
	if cmd2 := s.Update(uitest.Key("enter")); cmd2 != nil {
		t.Error("a second enter starts something")
	}
	flash, ok := uitest.Find[screen.Flash](s.press(uitest.Keys("esc")))
	if !ok || !strings.Contains(flash.Text, "Nothing was sent") {
		t.Error("esc does not cancel")
	}
	if _, ok := sent(t, s.press(cmd)); ok {
		t.Error("the late reading sends")
	}
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); !ok {
		t.Error("enter does not send afterwards")
	}
}

func TestADryRunChecksAndSendsNothing(t *testing.T) {
	dry := func(c *screen.Context) { c.Options.DryRun = true }
	s := on3(publish, dry)
	if s.Typing() {
		t.Error("a dry run asks for a yes")
	}
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok {
		t.Fatal("sent")
	}
	s.golden(t, "dry-run")
	s.shows(t, "Nothing was sent")
	if _, ok := sent(t, s.press(uitest.Keys("D", "enter"))); ok {
		t.Error("D overrules the command line")
	}
	s = on(rename())
	if _, ok := sent(t, s.press(uitest.Keys("D", "enter"))); ok {
		t.Error("D sends")
	}
	if _, ok := sent(t, s.press(uitest.Keys("D", "enter"))); !ok {
		t.Error("D twice does not send")
	}
}

func TestReadOnlySaysSo(t *testing.T) {
	s := on3(publish, func(c *screen.Context) { c.Options.ReadOnly = true })
	s.golden(t, "read-only")
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok || s.service.Gets() > 0 {
		t.Error("sent")
	}
	if _, ok := uitest.Find[screen.Copy](s.press(uitest.Keys("c"))); !ok {
		t.Error("c does not copy")
	}
}

func TestHostileTextIsHarmless(t *testing.T) {
	base := uitest.Hostile()
	wanted := base.Clone()
	wanted.Name = model.Some("ok")
	wanted.Properties = map[string]model.Opt[string]{}
	wanted.Tags = nil
	s := on(base, wanted)
	s.golden(t, "hostile")
	for _, bad := range []string{"\x1b]", "\u202e", "\u200b", "\a", "\r"} {
		if strings.Contains(s.View(), bad) {
			t.Errorf("%q comes through", bad)
		}
	}
}

func TestTheLooksOfAReview(t *testing.T) {
	s := on(publish())
	uitest.GoldenStyled(t, "hazards-styled-80x20", uitest.Shot(t, s.Review, 80, 20))
}

// However long the edit is, data that it deletes is named by its URL on the first
// screen, above what else it does.
func TestADangerStandsOnTopWithItsObject(t *testing.T) {
	base := uitest.Active()
	base.Locations = nil
	for n := range 10 {
		base.Locations = append(base.Locations, model.Location{
			URL:      fmt.Sprintf("file:///var/lib/glance/images/%d-%s", n, strings.Repeat("x", 40)),
			Metadata: map[string]any{"zone": strings.Repeat("z", 60)},
		})
	}
	wanted := base.Clone()
	doomed := wanted.Locations[6]
	wanted.Locations = slices.Delete(wanted.Locations, 6, 7)
	wanted.Locations = append(wanted.Locations[2:3], append(wanted.Locations[:2:2], wanted.Locations[3:]...)...)
	for n := range wanted.Locations {
		wanted.Locations[n].Metadata = map[string]any{"zone": "eu"}
	}
	wanted.Visibility = model.Public
	s := on(base, wanted)
	for _, size := range [][2]int{{80, 20}, {60, 11}} {
		s.SetSize(size[0], size[1])
		screen := strings.ReplaceAll(strings.Join(strings.Fields(s.text()), ""), " ", "")
		for _, want := range []string{doomed.URL + ":itsdataisdeletedatonce", "makeitpublic:everyproject"} {
			if !strings.Contains(screen, want) {
				t.Errorf("at %v %q is not on the first screen:\n%s", size, want, s.text())
			}
		}
		if strings.Index(screen, doomed.URL) > strings.Index(screen, "makeitpublic") {
			t.Error("publishing is above deleted data")
		}
	}
	s.shows(t, "location 3 becomes the first")
}
