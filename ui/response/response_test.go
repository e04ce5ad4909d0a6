package response

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// stage is the screen after an edit was sent, and the service behind it.
type stage struct {
	*Response
	service *fakeservice.Service
	ctx     *screen.Context
	clock   *time.Time
	due     *tea.Msg       // the next look
	pause   *time.Duration // before it
	msgs    []tea.Msg      // since the edit was sent
}

// prepare is an edit in one request that was agreed to, before it is sent.
func prepare(base, wanted model.Image, rules ...rules.Rules) stage {
	return agreed(base, wanted, true, rules, nil)
}

// agreed is one in as many requests as is said, in a context that change makes.
func agreed(base, wanted model.Image, oneRequest bool, rules []rules.Rules, change func(*screen.Context)) stage {
	clock := uitest.Clock
	s := fakeservice.New(base)
	s.Now = func() time.Time { return clock }
	ctx := uitest.Context(s)
	ctx.Now = s.Now
	if change != nil {
		change(ctx)
	}
	for _, r := range rules {
		s.Rules = r
	}
	out := stage{service: s, ctx: ctx, clock: &clock, due: new(tea.Msg), pause: new(time.Duration)}
	ctx.Tick = func(pause time.Duration, due func(time.Time) tea.Msg) tea.Cmd {
		*out.pause, *out.due = pause, due(clock)
		return nil
	}
	e, _ := edit.New(base, wanted, s.Rules, edit.Options{Stay: true}).Step(edit.OneRequest{Yes: oneRequest})
	e, reading := e.Step(edit.Agree{Words: e.Plan().Words})
	if len(reading) != 1 {
		panic(e.Plan().Refusal)
	}
	run := screen.NewRun(ctx, e)
	begin := run.Step(&screen.Actions{}, edit.Read{Tag: reading[0].(edit.ReadImage).Tag, Image: base})
	out.Response = New(ctx, screen.Send{Run: run, Begin: begin})
	return out
}

func (s *stage) send() { s.msgs = uitest.Start(s.Response, 80, 20) }

// look is what a tick does: one more reading of the image.
func (s stage) look() []tea.Msg { return uitest.Run(s.Response, *s.due) }

// lookOn is the looks after an edit that is there and at rest.
func (s stage) lookOn() {
	for range 2 {
		s.look()
	}
}

// watching reports whether it looks on.
func (s stage) watching() bool { return !s.edit().State().Ended() }

func (s stage) press(steps ...any) []tea.Msg { return uitest.Run(s.Response, steps...) }

func (s stage) shows(t *testing.T, parts ...string) {
	t.Helper()
	s.SetSize(110, 90)
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
		uitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), uitest.Shot(t, s.Response, size[0], size[1]))
	}
}

func found[T any](msgs []tea.Msg) bool { _, ok := uitest.Find[T](msgs); return ok }

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

func rename() (base, wanted model.Image) {
	base = uitest.Active()
	wanted = base.Clone()
	wanted.Name = model.Some("ubuntu-24.04 LTS")
	return base, wanted
}

// move exchanges the file for an http location, and renames.
func move() (base, wanted model.Image) {
	base, wanted = rename()
	wanted.Locations = []model.Location{
		wanted.Locations[1], {URL: "http://mirror.example/new.qcow2", Metadata: map[string]any{}},
	}
	return base, wanted
}

func TestSuccessShowsTheStatusTurnAndWhatChanged(t *testing.T) {
	s := prepare(activate())
	s.send()
	s.golden(t, "success")
	s.shows(t, "✓ 200 OK 41 ms", "sent "+uitest.Clock.Format("15:04:05"), "◌ queued ━━━━━━━━━━━━━▶ ● active",
		"reached after 41 ms, as predicted", `name "Fedora 17" → "Fedora 17 Server"`, "Set by the server")
	if len(s.service.Patches()) != 1 || s.service.Gets() != 1 {
		t.Errorf("%d edits, %d readings", len(s.service.Patches()), s.service.Gets())
	}
	done, ok := uitest.Find[screen.Sent](s.msgs)
	if !ok || done.Before.Status != model.StatusQueued || done.After.Status != model.StatusActive || !found[screen.ImageSeen](s.msgs) {
		t.Error("no one is told")
	}
	s.lookOn()
	if s.watching() || s.service.Gets() != 3 {
		t.Errorf("all is as predicted, yet it goes on reading after %d times", s.service.Gets())
	}
	if !found[screen.Home](s.press(uitest.Keys("esc"))) {
		t.Error("esc does not go to the list")
	}
}

func TestAnEditIsSentOnce(t *testing.T) {
	s := prepare(rename())
	s.send()
	uitest.Run(s.Response, s.Init(), uitest.Keys("enter", "enter", "r"), s.Init())
	if n := len(s.service.Patches()); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestWaitingTellsWhatTakesTime(t *testing.T) {
	s := prepare(activate())
	s.SetSize(80, 20)
	cmd := s.Init()
	*s.clock = s.clock.Add(3400 * time.Millisecond)
	s.layOut()
	s.golden(t, "sending")
	s.shows(t, "Sending 5 operations 3.4 s", "getting the size of the new location")
	if s.Unsaved() == "" {
		t.Error("quitting would not ask")
	}
	s.press(cmd)
	if s.Unsaved() != "" {
		t.Error("quitting asks although the answer is there")
	}
}

func TestTheStatusIsWatchedUntilItIsReached(t *testing.T) {
	base, wanted := activate()
	s := prepare(base, wanted)
	status := func(to model.Status) { s.service.Change(base.ID, func(i *model.Image) { i.Status = to }) }
	s.service.BeforeGet = func(_ context.Context, n int) error {
		if n == 1 {
			status(model.StatusSaving) // a server that takes its time
		}
		return nil
	}
	s.send()
	// The answer said active; the reading after it says saving.
	s.shows(t, "↑ saving")
	if !s.watching() {
		t.Fatal("it does not watch")
	}
	s.look()
	status(model.StatusActive)
	*s.clock = s.clock.Add(2 * time.Second)
	s.look()
	s.shows(t, "◌ queued ━━━━━━━━━━━━━▶ ● active ━━━━━━━━━━━━━▶ ↑ saving ━━━━━━━━━━━━━▶ ● active")
	s.lookOn()
	if s.watching() {
		t.Error("it goes on watching")
	}
}

// stillQueued is a server that takes its time with the status.
type stillQueued struct{ *fakeservice.Service }

func (s stillQueued) Patch(ctx context.Context, id string, p patch.Patch) (model.Image, api.Exchange, error) {
	img, x, err := s.Service.Patch(ctx, id, p)
	img.Status = model.StatusQueued
	s.Change(id, func(i *model.Image) { i.Status = img.Status })
	return img, x, err
}

func TestAStatusThatIsNotReachedIsWaitedForPolitely(t *testing.T) {
	base, wanted := activate()
	s := agreed(base, wanted, true, nil, func(ctx *screen.Context) { ctx.Service = stillQueued{ctx.Service.(*fakeservice.Service)} })
	s.send()
	s.golden(t, "watching")
	before := *s.pause
	for range 8 {
		*s.clock = s.clock.Add(10 * time.Second)
		s.look()
	}
	s.shows(t, "still queued after 1 min 20 s; watching, press esc to leave")
	long := *s.pause
	if long <= before {
		t.Errorf("the pause is %v, as before", long)
	}
	for range 100 {
		s.look()
	}
	if *s.pause <= long {
		t.Errorf("a quarter of an hour later the pause is %v", *s.pause)
	}
	if found[screen.Home](s.press(uitest.Keys("esc"))); len(s.look()) > 0 {
		t.Error("it looks on after it was left")
	}
}

func TestARefusalSaysWhyAndChangesNothing(t *testing.T) {
	s := prepare(rename())
	s.service.BeforePatch = func(context.Context) error {
		return fakeservice.Refused(403, "You do not own this image", "send the edit", api.Exchange{RequestID: "req-77aa0000"})
	}
	s.send()
	s.golden(t, "refused")
	s.shows(t, "✗ 403 Forbidden 18 ms req-77aa0000 nothing was changed", `because "You do not own this image"`, "means", "you can",
		"Your input is kept")
	if s.service.Gets() != 0 || found[screen.Sent](s.msgs) {
		t.Error("a plain refusal needs no reading and is no success")
	}
	if found[screen.Edit](s.press(uitest.Keys("e"))) {
		t.Error("e throws the edit away")
	}
	again, ok := uitest.Find[screen.Review](s.press(uitest.Keys("r")))
	if !ok || again.Wanted.Name.Value != "ubuntu-24.04 LTS" || again.Base.Name.Value != "ubuntu-24.04-server" {
		t.Error("r does not go back through the review")
	}
}

func TestTheRefusedOperationIsNamed(t *testing.T) {
	s := prepare(activate())
	s.service.BeforePatch = func(context.Context) error {
		return fakeservice.Refused(400, "Invalid location", "send the edit", api.Exchange{})
	}
	s.send()
	s.shows(t, "refused operation 5: add the location http://mirror.example/f17.qcow2")
	if !found[screen.Back](s.press(uitest.Keys("esc"))) {
		t.Error("esc does not go back")
	}
}

func TestEditAgainBeginsWithWhatHoldsNow(t *testing.T) {
	s := prepare(activate())
	s.send()
	edit, ok := uitest.Find[screen.Edit](s.press(uitest.Keys("e")))
	if !ok || edit.Image.Status != model.StatusActive || edit.Image.Name.Value != "Fedora 17 Server" {
		t.Errorf("%+v", edit)
	}
}

func TestTheExchangeIsShownAndCopied(t *testing.T) {
	s := prepare(rename())
	s.send()
	s.press(uitest.Keys("tab"))
	s.golden(t, "exchange")
	text, ok := uitest.Find[screen.Copy](s.press(uitest.Keys("y")))
	if !ok {
		t.Fatal("y copies nothing")
	}
	for _, want := range []string{"PATCH /v2/images/71c675ab", "Content-Type: application/openstack-images-v2.1-json-patch",
		"X-Openstack-Request-Id: req-5c1f2e8a", `"value": "ubuntu-24.04 LTS"`, "HTTP 200 OK (41 ms)", `"status": "active"`} {
		if !strings.Contains(text.Text, want) {
			t.Errorf("%q is not in\n%s", want, text.Text)
		}
	}
	s.press(uitest.Keys("tab"))
	s.shows(t, "What changed")
}

func TestOnAServerOf2015AnImageGoesBackToQueued(t *testing.T) {
	base := uitest.Active()
	base.Locations = base.Locations[1:]
	wanted := base.Clone()
	wanted.Locations = nil
	s := prepare(base, wanted, rules.For(api.Release2015))
	s.send()
	s.golden(t, "dequeued")
	s.shows(t, "● active ━━━━━━━━━━━━━▶ ◌ queued reached after 41 ms, as predicted")
}

func TestAMessageOfAnotherScreenIsDropped(t *testing.T) {
	s, other := prepare(rename()), prepare(rename())
	s.send()
	stale := *s.due
	s.look()
	for what, m := range map[string]tea.Msg{"another's answer": other.Init()(), "another's pause": *other.due, "an older pause": stale} {
		if cmd := s.Update(m); cmd != nil {
			t.Errorf("%s is taken", what)
		}
	}
}

func TestHostileTextIsHarmless(t *testing.T) {
	base := uitest.Hostile()
	wanted := base.Clone()
	wanted.Tags = []string{"ok"}
	s := prepare(base, wanted)
	s.service.BeforePatch = func(context.Context) error {
		return fakeservice.Refused(400, "bad \x1b]0;x\x07\u202e name", "send the edit", api.Exchange{RequestID: "req-\x1b[2J"})
	}
	s.send()
	s.SetSize(80, 40)
	for _, view := range []string{s.View(), func() string { s.press(uitest.Keys("tab")); return s.View() }()} {
		for _, bad := range []string{"\x1b]", "\x1b[2J", "\u202e", "\a"} {
			if strings.Contains(view, bad) {
				t.Errorf("%q comes through", bad)
			}
		}
	}
}

func TestTheLooksOfASuccess(t *testing.T) {
	s := prepare(activate())
	s.send()
	uitest.GoldenStyled(t, "success-styled-80x20", uitest.Shot(t, s.Response, 80, 20))
}

// TestAnOrderOfTheServersOwn: a server that sorts by weights lost nothing.
func TestAnOrderOfTheServersOwn(t *testing.T) {
	base := uitest.Active()
	wanted := base.Clone()
	wanted.Locations[0], wanted.Locations[1] = wanted.Locations[1], wanted.Locations[0]
	s := prepare(base, wanted)
	s.service.BeforeGet = func(context.Context, int) error {
		s.service.Change(base.ID, func(i *model.Image) { i.Locations = base.Locations })
		return nil
	}
	s.send()
	if s.outcome() != accepted || len(s.edit().Found().NotApplied) > 0 {
		t.Errorf("outcome %d, lost %v", s.outcome(), s.edit().Found().NotApplied)
	}
	s.shows(t, "sorts locations by store weight")
}

func TestTheTitleIsTheImagesRealName(t *testing.T) {
	s := prepare(rename())
	if got := s.Title(); got != "Response: ubuntu-24.04-server" {
		t.Errorf("before the answer it is %q", got)
	}
	s.send()
	if got := s.Title(); got != "Response: ubuntu-24.04 LTS" {
		t.Errorf("once accepted it is %q", got)
	}
	for _, code := range []int{403, 404} {
		s = prepare(rename())
		s.service.BeforePatch = func(context.Context) error {
			return fakeservice.Refused(code, "You do not own this image.", "send the edit", api.Exchange{})
		}
		s.send()
		if got := s.Title(); got != "Response: ubuntu-24.04-server" {
			t.Errorf("once refused with %d it is %q", code, got)
		}
	}
}
