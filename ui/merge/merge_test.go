package merge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	imagemerge "github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/merge"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// stage is a merge on the screen.
type stage struct{ *merge.Merge }

func on(msg screen.Merge) stage {
	m := merge.New(uitest.Context(fakeservice.New(msg.Theirs)), msg)
	uitest.Start(m, 80, 20)
	return stage{m}
}

func (s stage) press(steps ...any) []tea.Msg { return uitest.Run(s.Merge, steps...) }

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
		uitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), uitest.Shot(t, s.Merge, size[0], size[1]))
	}
	s.SetSize(80, 20)
}

// quarrel is three fields that conflict, beside much that does not.
func quarrel() screen.Merge {
	base := uitest.Active()
	mine, theirs := base.Clone(), base.Clone()
	mine.Name, theirs.Name = model.Some("ubuntu-24.04 LTS"), model.Some("noble")
	mine.Visibility, theirs.Visibility = model.Public, model.Community
	mine.Properties["os_distro"] = model.Some("debian")
	delete(theirs.Properties, "os_distro")
	mine.Tags, theirs.Tags = []string{"lts", "mine", "ubuntu"}, []string{"ubuntu", "theirs"}
	mine.MinDisk, theirs.MinRAM = 10, 512
	theirs.Protected = true
	return screen.Merge{Base: base, Mine: mine, Theirs: theirs}
}

// What an edit took from the server is not called the user's own.
func TestWhatOneSideChangedIsNamedOnce(t *testing.T) {
	q := quarrel()
	q.Mine.MinRAM, q.Mine.Protected = q.Theirs.MinRAM, q.Theirs.Protected
	s := on(q)
	s.SetSize(120, 60)
	for _, field := range []string{"protected", "min_ram"} {
		if n := strings.Count(uitest.Plain(s.View()), field); n != 1 {
			t.Errorf("%s is named %d times\n%s", field, n, uitest.Plain(s.View()))
		}
	}
}

// goesOn is the review that follows.
func goesOn(msgs []tea.Msg) (screen.Review, bool) { return uitest.Find[screen.Review](msgs) }

func TestNothingIsChosenBeforehand(t *testing.T) {
	s := on(quarrel())
	s.golden(t, "open")
	s.shows(t, "3 of 3 fields unresolved", "Merged automatically")
	for range 5 {
		if _, ok := goesOn(s.press(uitest.Keys("enter"))); ok {
			t.Fatal("it goes on with nothing decided")
		}
	}
	flash, ok := uitest.Find[screen.Flash](s.press(uitest.Keys("enter")))
	if !ok || flash.Text != "3 fields unresolved" {
		t.Errorf("it says %q", flash.Text)
	}
	if _, ok := uitest.Find[screen.Back](s.press(uitest.Keys("esc"))); !ok {
		t.Error("esc does not go back")
	}
}

func TestFieldByField(t *testing.T) {
	s := on(quarrel())
	s.press(uitest.Keys("t", "enter", "m", "enter", "b"))
	s.golden(t, "decided")
	msgs := s.press(uitest.Keys("enter"))
	got, ok := goesOn(msgs)
	if !ok {
		t.Fatal("it does not go on")
	}
	w := got.Wanted
	if w.Name.Value != "noble" || w.Visibility != model.Public || w.Properties["os_distro"].Value != "ubuntu" {
		t.Errorf("decided: %v %v %v", w.Name, w.Visibility, w.Properties)
	}
	if w.MinDisk != 10 || w.MinRAM != 512 || !w.Protected || !slices.Equal(w.Tags, []string{"mine", "theirs", "ubuntu"}) {
		t.Errorf("what does not conflict: %d %d %v %v", w.MinDisk, w.MinRAM, w.Protected, w.Tags)
	}
	if got.Base.Name.Value != "noble" {
		t.Errorf("the review begins with %v", got.Base.Name)
	}
	news, ok := uitest.Find[screen.Decided](msgs)
	if !ok || len(news.Left) > 0 || len(imagemerge.Changes(news.Wanted, w)) > 0 {
		t.Errorf("the form hears %+v", news.Left)
	}
}

func TestADecisionCanBeChanged(t *testing.T) {
	s := on(quarrel())
	s.press(uitest.Keys("T", "left", "right", "down", "m", "j", "h", "k", "b"))
	got, ok := goesOn(s.press(uitest.Keys("enter")))
	if !ok {
		t.Fatal("it does not go on")
	}
	if w := got.Wanted; w.Name.Value != "ubuntu-24.04 LTS" || w.Visibility != model.Private || w.Properties["os_distro"].Set {
		t.Errorf("decided: %v %v %v", w.Name, w.Visibility, w.Properties)
	}
}

func TestAllAtOnce(t *testing.T) {
	for key, name := range map[string]string{"M": "ubuntu-24.04 LTS", "T": "noble"} {
		s := on(quarrel())
		got, ok := goesOn(s.press(uitest.Keys(key, "enter")))
		if !ok || got.Wanted.Name.Value != name || got.Wanted.MinDisk != 10 || got.Wanted.MinRAM != 512 {
			t.Errorf("%s: %+v", key, got.Wanted)
		}
	}
}

func TestEscLosesNothing(t *testing.T) {
	s := on(quarrel())
	msgs := s.press(uitest.Keys("t", "esc"))
	news, ok := uitest.Find[screen.Decided](msgs)
	if !ok || len(news.Left) != 2 || news.Left[0].Label != "visibility" || news.Wanted.Name.Value != "noble" || news.Wanted.Visibility != model.Public {
		t.Errorf("the form hears %+v", news)
	}
	if _, ok := msgs[len(msgs)-1].(screen.Back); !ok {
		t.Errorf("the last message is %T", msgs[len(msgs)-1])
	}
}

func TestWhatWasDecidedBeforeStaysSo(t *testing.T) {
	msg := quarrel()
	msg.Holds = func(c imagemerge.Conflict) bool { return c.Label == "name" }
	s := on(msg)
	s.shows(t, "2 of 3 fields unresolved", "name ✓ yours")
}

func TestDeletedDataIsNotUpForDecision(t *testing.T) {
	base := uitest.Active()
	mine, theirs := base.Clone(), base.Clone()
	mine.Locations[0].Metadata = map[string]any{"zone": "eu-2"}
	mine.Locations[1].Metadata = map[string]any{"zone": "eu-2"}
	theirs.Locations = theirs.Locations[1:]
	theirs.Locations[0].Metadata = map[string]any{"zone": "eu-3"}
	s := on(screen.Merge{Base: base, Mine: mine, Theirs: theirs})
	s.golden(t, "deleted-data")
	s.press(uitest.Keys("k"))
	if flash, ok := uitest.Find[screen.Flash](s.press(uitest.Keys("m"))); !ok || !strings.Contains(flash.Text, "cannot be restored") {
		t.Errorf("it says %q", flash.Text)
	}
	got, ok := goesOn(s.press(uitest.Keys("M", "enter")))
	if !ok || len(got.Wanted.Locations) != 1 {
		t.Errorf("goes on with %v", got.Wanted.Locations)
	}

	hidden := base.Clone()
	hidden.Locations, hidden.LocationsShown = nil, false
	s = on(screen.Merge{Base: base, Mine: mine, Theirs: hidden})
	s.shows(t, "hidden locations cannot be", "enter continue")
}

func TestALongValueCanBeSeenInFull(t *testing.T) {
	msg := quarrel()
	long := strings.Repeat("a word and ", 500) + "THE END"
	msg.Mine.Properties["long"], msg.Theirs.Properties["long"] = model.Some(long), model.Some("short")
	s := on(msg)
	s.press(uitest.Keys("j", "j"))
	s.golden(t, "long")
	s.press(uitest.Keys("v"))
	s.golden(t, "in-full")
	s.press(uitest.Keys("G"))
	if !strings.Contains(s.text(), "THE END") {
		t.Errorf("the end is out of reach:\n%s", s.text())
	}
	if msgs := s.press(uitest.Keys("m", "enter", "esc")); len(msgs) > 0 {
		t.Errorf("%T", msgs[0])
	}
	s.shows(t, "4 of 4 fields unresolved")
}

func TestAnotherUse(t *testing.T) {
	msg := quarrel()
	msg.Why = "The image changed since that edit."
	msg.Names = screen.SideNames{Base: "after it", Mine: "before it", Theirs: "now"}
	type undo struct{ image model.Image }
	msg.Next = func(_ []imagemerge.Side, i model.Image) tea.Msg { return undo{i} }
	s := on(msg)
	s.golden(t, "undo")
	msgs := s.press(uitest.Keys("M", "enter"))
	if got, ok := uitest.Find[undo](msgs); !ok || got.image.Name.Value != "ubuntu-24.04 LTS" {
		t.Errorf("%v", msgs)
	}
	if _, ok := goesOn(msgs); ok {
		t.Error("the usual review follows, too")
	}
}

func TestWithoutConflicts(t *testing.T) {
	msg := quarrel()
	msg.Mine = msg.Base.Clone()
	s := on(msg)
	s.shows(t, "No conflicts", "server: name")
	if _, ok := goesOn(s.press(uitest.Keys("m", "T", "j", "v", "b", "enter"))); !ok {
		t.Error("it does not go on")
	}
}

func TestHostileTextIsHarmless(t *testing.T) {
	base := uitest.Hostile()
	mine, theirs := base.Clone(), base.Clone()
	mine.Name, theirs.Name = model.Some("\x1b]0;x\a"), model.Some("\u202e\u200b\r")
	for name := range base.Properties {
		mine.Properties[name], theirs.Properties[name] = model.Some("\x1b[1m"), model.Some("\a")
	}
	s := on(screen.Merge{Base: base, Mine: mine, Theirs: theirs})
	s.golden(t, "hostile")
	for range 2 {
		for _, bad := range []string{"\x1b]", "\u202e", "\u200b", "\a", "\r"} {
			if strings.Contains(s.View(), bad) {
				t.Errorf("%q comes through", bad)
			}
		}
		s.press(uitest.Keys("v"))
	}
}

func TestTheLooksOfAMerge(t *testing.T) {
	s := on(quarrel())
	s.press(uitest.Keys("t", "j"))
	uitest.GoldenStyled(t, "styled-80x20", uitest.Shot(t, s.Merge, 80, 20))
}

// Whatever is pressed at whatever size: it fits, and it goes on only when all
// is decided.
func TestMonkey(t *testing.T) {
	r := uitest.Rand(5, 6)
	names := []string{"enter", "esc", "m", "t", "b", "M", "T", "v", "j", "k", "up", "down", "left", "right", "g", "G", "ctrl+d", "ctrl+u", "x"}
	for range 40 {
		s := on(quarrel())
		for range 50 {
			s.SetSize(1+r.IntN(170), 1+r.IntN(45))
			msgs := s.press(uitest.Keys(names[r.IntN(len(names))]))
			_, on := goesOn(msgs)
			news, _ := uitest.Find[screen.Decided](msgs)
			if on && len(news.Left) > 0 {
				t.Fatalf("it goes on with %v", news.Left)
			}
			w, h := 1+r.IntN(170), 1+r.IntN(45)
			uitest.Shot(t, s.Merge, w, h)
		}
	}
}
