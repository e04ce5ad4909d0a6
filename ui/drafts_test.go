package ui

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// run is one run of the program on a folder that others share, with the store
// that the program uses.
type run struct {
	program
	store *state.Store
}

// clocks are those of the folders: each moves on by a second when it is asked.
var clocks sync.Map

func openStore(dir string) (*state.Store, error) {
	clock, _ := clocks.LoadOrStore(dir, new(atomic.Int64))
	return state.Open(state.Options{Dir: dir, Now: func() time.Time {
		return uitest.Clock.Add(time.Duration(clock.(*atomic.Int64).Add(1)-60) * time.Second)
	}})
}

func startOn(t *testing.T, dir string, s screen.Service) run {
	t.Helper()
	store, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx := uitest.Context(s)
	p := program{New(Config{Context: ctx, Connector: &connector{service: s}, Keeper: store, FixedTheme: true})}
	uitest.Run(p, tea.WindowSizeMsg{Width: 100, Height: 30}, p.Init())
	t.Cleanup(func() { _ = store.Close() })
	return run{p, store}
}

// dies ends a run as kill -9 does: nothing is flushed, and the system lets go
// of its locks.
func (r run) dies() { _ = r.store.Close() }

func (r run) edits(name string, keys ...any) {
	uitest.Run(r.program, append([]any{uitest.Keys("/"), uitest.Type(`name:"` + name + `"`), uitest.Keys("enter", "e")}, keys...)...)
}

func keptIn(t *testing.T, dir string, s screen.Service) []record.Draft {
	t.Helper()
	store, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	found, err := store.Drafts(s.Session().ServiceID())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestADraftSurvivesTheEndOfTheProgram(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	first := startOn(t, dir, s)
	if _, err := os.Stat(dir); err == nil {
		t.Error("a folder was made before there was anything to keep")
	}
	first.edits("Fedora 17", uitest.Type(" Server"))
	if got := keptIn(t, dir, s); len(got) != 1 || got[0].Wanted.Name.Value != "Fedora 17 Server" || got[0].OwnedBy == "" {
		t.Fatalf("on disk: %+v", got)
	}
	first.dies()

	second := startOn(t, dir, s)
	has(t, second.program, "Draft of Fedora 17 saved", "D: show")
	uitest.Run(second.program, uitest.Keys("D"))
	has(t, second.program, "Drafts", "Fedora 17", "1 change", "unchanged", `"Fedora 17 Server"`)
	if !uitest.BurstKeys { // the clock of the store moves on with each writing
		golden(t, second.program, "drafts-100x30", 100, 30)
	}
	uitest.Run(second.program, uitest.Keys("enter"))
	has(t, second.program, "Edit Fedora 17", "rename it to \"Fedora 17 Server\"", "restored.")

	uitest.Run(second.program, uitest.Keys("ctrl+x", "esc", "esc"))
	if got := keptIn(t, dir, s); len(got) != 0 {
		t.Errorf("on disk after the edit was taken back: %+v", got)
	}
}

func TestAKeptDraftNeedsNoQuestionAtTheEnd(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"))
	if !quits(uitest.Run(r.program, uitest.Keys("ctrl+c"))) {
		t.Fatalf("it asks:\n%s", r.screen())
	}
	r.Flush()
	if got := r.Kept(); !strings.HasPrefix(got, "Draft of Fedora 17 saved. Start glance-tui again") {
		t.Errorf("said %q", got)
	}
	if got := keptIn(t, dir, s); len(got) != 1 || got[0].Wanted.Name.Value != "Fedora 17!" {
		t.Errorf("on disk: %+v", got)
	}
}

func TestTwoProgramsDoNotOverwriteEachOthersDraft(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	first := startOn(t, dir, s)
	first.edits("Fedora 17", uitest.Type(" one"))
	second := startOn(t, dir, s)
	second.edits("Fedora 17", uitest.Type(" two"))
	has(t, second.program, "Another glance-tui has a draft of this image open: process")
	uitest.Run(first.program, uitest.Type("!"))
	want := map[string]bool{"Fedora 17 one!": true, "Fedora 17 two": true}
	for _, d := range keptIn(t, dir, s) {
		delete(want, d.Wanted.Name.Value)
	}
	if len(want) > 0 {
		t.Errorf("not on disk: %v", want)
	}
	first.dies()
	second.dies()

	third := startOn(t, dir, s)
	has(t, third.program, "2 drafts saved", "D: show")
	uitest.Run(third.program, uitest.Keys("D", "G", "enter"))
	has(t, third.program, "Edit Fedora 17", "Fedora 17 two")
	uitest.Run(third.program, uitest.Keys("esc", "g", "enter"))
	has(t, third.program, "Edit Fedora 17", "Fedora 17 one!")
}

func TestADraftThatAnotherRunWentOnWithIsNotLost(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	a := startOn(t, dir, s)
	a.edits("Fedora 17", uitest.Type("1"))
	a.dies()
	b := startOn(t, dir, s) // has seen the draft
	c := startOn(t, dir, s) // goes on with it meanwhile, and dies
	c.edits("Fedora 17", uitest.Type("2"))
	c.dies()
	b.edits("Fedora 17", uitest.Type("3"))
	want := map[string]bool{"Fedora 1712": true, "Fedora 1713": true}
	for _, d := range keptIn(t, dir, s) {
		delete(want, d.Wanted.Name.Value)
	}
	if len(want) > 0 {
		for _, d := range keptIn(t, dir, s) {
			t.Errorf("on disk: %s, held by %q", d.Wanted.Name.Value, d.OwnedBy)
		}
		t.Errorf("not on disk: %v", want)
	}
	has(t, b.program, "at the same time. Yours is saved separately.")
}

func TestADiskThatTakesNothingIsSaidOnceAndStopsNoOne(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	if err := os.WriteFile(dir, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type(" Server"))
	has(t, r.program, "Drafts cannot be saved and will be lost when you quit")
	before := r.flash.n
	uitest.Run(r.program, uitest.Type("!"), uitest.Keys("tab"), uitest.Type("x,"))
	if r.flash.n != before {
		t.Errorf("said again: %s", r.flash.text)
	}
	has(t, r.program, "2 operations")
	if quits(uitest.Run(r.program, uitest.Keys("ctrl+c"))) {
		t.Error("it ends without asking, and the edit is lost")
	}
	has(t, r.program, "Quit and discard the draft of Fedora 17?")
	uitest.Run(r.program, uitest.Keys("n"))

	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	uitest.Run(r.program, uitest.Type("y"))
	has(t, r.program, "Drafts are saved to disk again.")
	if got := keptIn(t, dir, s); len(got) != 1 || !strings.Contains(strings.Join(got[0].Wanted.Tags, " "), "x") {
		t.Errorf("on disk: %+v", got)
	}
}

func TestWhatIsSentIsNoDraftAnyMore(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	has(t, r.program, "200 OK")
	if got := keptIn(t, dir, s); len(got) != 0 {
		t.Errorf("on disk: %+v", got)
	}
}

func TestDraftsOfOneCloudAreNotOfferedInAnother(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"))
	r.dies()
	other := fakeservice.New(uitest.Fedora())
	other.Who.Endpoint = "https://other.example/image"
	r = startOn(t, dir, other)
	if strings.Contains(r.screen(), "Draft of") {
		t.Errorf("offered:\n%s", r.screen())
	}
}

// never is a suspension that only counts.
type never struct{ times int }

func (n *never) Run() error        { n.times++; return nil }
func (*never) SetStdin(io.Reader)  {}
func (*never) SetStdout(io.Writer) {}
func (*never) SetStderr(io.Writer) {}

// No one knows whether a program that is suspended goes on: everything is on disk
// first, and what is being written is waited for.
func TestSuspendingWaitsForTheDisk(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	r := startOn(t, dir, s)
	r.suspend = &never{}
	r.edits("Fedora 17")
	writing := r.Update(uitest.Key("1"))
	r.Update(uitest.Key("2"))
	if r.stop(); r.sync() != nil || r.suspending == nil {
		t.Fatal("it is suspended while a draft is being written")
	}
	uitest.Run(r.program, writing)
	if r.suspending != nil {
		t.Error("it is not suspended")
	}
	if got := keptIn(t, dir, s); len(got) != 1 || got[0].Wanted.Name.Value != "Fedora 1712" {
		t.Errorf("on disk: %+v", got)
	}
	if r.sync() != nil {
		t.Error("it is suspended twice")
	}
}
