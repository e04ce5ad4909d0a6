package ui

import (
	"path/filepath"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// burst gives the program keys that arrive in one packet: no command is
// run before the last of them is handled. It returns what is to be run.
func (p program) burst(steps ...[]tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, keys := range steps {
		for _, k := range keys {
			cmds = append(cmds, p.Update(k))
		}
	}
	return tea.Batch(cmds...)
}

func fedoraVisible(t *testing.T, s screen.Service) program {
	t.Helper()
	p := launch(t, 120, 34, s, nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type(`name:"Fedora 17"`), uitest.Keys("enter"))
	return p
}

func TestKeysReachTheScreenThatTheKeyBeforeOpened(t *testing.T) {
	for _, word := range []string{"ehello", "equinox", "e:commands?", "eDHm "} {
		p := fedoraVisible(t, demoImages())
		cmd := p.burst(uitest.Type(word))
		has(t, p, "Edit Fedora 17", "Fedora 17"+word[1:])
		if quits(uitest.Run(p, cmd)) {
			t.Errorf("%q quits", word)
		}
		has(t, p, "Fedora 17"+word[1:])
	}
}

func TestABurstGoesThroughScreensAndBack(t *testing.T) {
	p := fedoraVisible(t, demoImages())
	uitest.Run(p, p.burst(uitest.Keys("enter", "e"), uitest.Type("q"), uitest.Keys("ctrl+s", "esc", "esc", "esc", "H", "esc", "j", "k", "enter", "J")))
	has(t, p, "JSON")
	if len(p.stack) != 2 {
		t.Errorf("%d screens", len(p.stack))
	}
	if d, ok := p.ctx.Memory.Draft(uitest.Fedora().ID); !ok || d.Wanted.Name.Value != "Fedora 17q" {
		t.Errorf("the draft: %v %+v", ok, d.Wanted.Name)
	}
}

func TestManyEntersSendOnce(t *testing.T) {
	s := demoImages()
	p := fedoraVisible(t, s)
	uitest.Run(p, p.burst(uitest.Keys("e"), uitest.Type("!"), uitest.Keys("ctrl+s"), uitest.Times(20, "enter")))
	has(t, p, "200 OK")
	if n := len(s.Patches()); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestWhatIsTypedAheadOfAConflictDecidesNothing(t *testing.T) {
	s := demoImages()
	p := fedoraVisible(t, s)
	uitest.Run(p, uitest.Keys("e"), uitest.Type("!"), uitest.Keys("ctrl+s"))
	s.Change(uitest.Fedora().ID, func(i *model.Image) { i.Name = model.Some("Theirs") })
	uitest.Run(p, p.burst(uitest.Keys("enter", "m", "enter", "enter")))
	has(t, p, "1 of 1 unresolved")
	if n := len(s.Patches()); n != 0 {
		t.Errorf("sent %d times", n)
	}
}

func TestKeysWaitForAFormThatWaitsForItsImage(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type(" Server"))
	uitest.Run(r.program, uitest.Keys("esc"))
	uitest.Run(r.program, r.burst(uitest.Keys("D", "enter"), uitest.Type(" quick")))
	has(t, r.program, "Edit Fedora 17", "Fedora 17 Server quick")
}

func TestKeysWaitForTheHistoryToBeRead(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	uitest.Run(r.program, uitest.Keys("esc"))
	uitest.Run(r.program, r.burst(uitest.Keys("H", "u", "enter", "enter")))
	has(t, r.program, "Review", "This undoes an earlier edit.")
	if n := len(s.Patches()); n != 1 {
		t.Errorf("sent %d times: an undo that no one saw", n)
	}
}

func TestKeysAreDroppedWhereTheScreenDoesNotOpen(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type(" Server"))
	uitest.Run(r.program, uitest.Keys("esc"))
	s.Delete(uitest.Fedora().ID)
	if quits(uitest.Run(r.program, r.burst(uitest.Keys("D", "enter"), uitest.Type("xqy")))) {
		t.Error("quits")
	}
	has(t, r.program, "Drafts")
	if n := len(keptIn(t, dir, s)); n != 1 {
		t.Errorf("%d drafts: what was typed ahead discarded it", n)
	}
}

func TestKeysWaitForTheConnection(t *testing.T) {
	for word, want := range map[string]string{"/fedoraq": "fedoraq", "equinox": "equinox"[1:]} {
		ctx := uitest.Context(nil)
		ctx.Memory = nil
		p := program{New(Config{Context: ctx, Connector: &connector{service: demoImages()}, FixedTheme: true})}
		begin := p.Init()
		p.Update(tea.WindowSizeMsg{Width: 120, Height: 34})
		rest := p.burst(uitest.Type(word))
		if quits(uitest.Run(p, begin, rest)) {
			t.Errorf("%q quits", word)
		}
		has(t, p, want)
	}
}
