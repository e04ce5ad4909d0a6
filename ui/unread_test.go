package ui

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// oddly makes the server give the image's flags and sizes as text.
func oddly(i *model.Image) {
	i.Protected = false
	i.Unread = map[string]json.RawMessage{
		"protected": json.RawMessage(`"True"`), "os_hidden": json.RawMessage(`"False"`), "min_ram": json.RawMessage(`"512"`),
	}
}

func TestAnEditBesideWhatIsNotUnderstood(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	id := uitest.Fedora().ID
	s.Change(id, oddly)
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s"))
	has(t, r.program, "everything can be undone")
	uitest.Run(r.program, uitest.Keys("enter"))
	has(t, r.program, "200 OK")
	uitest.Run(r.program, uitest.Keys("u"))
	has(t, r.program, "This undoes an earlier edit.", `rename it to "Fedora 17"`, "1 operation")
	uitest.Run(r.program, uitest.Keys("enter"))
	has(t, r.program, "200 OK")
	var sent []string
	for _, p := range s.Patches() {
		sent = append(sent, string(p.JSON()))
	}
	want := `[{"op":"replace","path":"/name","value":"Fedora 17!"}]
[{"op":"replace","path":"/name","value":"Fedora 17"}]`
	if got := strings.Join(sent, "\n"); got != want {
		t.Errorf("sent\n%s\nwant\n%s", got, want)
	}
	if now := s.Image(id); now.Knows("protected") || now.Knows("min_ram") {
		t.Errorf("it is %+v", now)
	}
}

// Versions that took what they did not understand for its zero value could set
// such a flag. To take that back must not unprotect the image.
func TestNoUndoUnprotectsWhatWasNotUnderstood(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	id := uitest.Fedora().ID
	s.Change(id, oddly)
	base := s.Image(id)
	p := patch.Patch{{Op: patch.OpReplace, Path: "/protected", Value: true}, {Op: patch.OpReplace, Path: "/name", Value: "golden"}}
	wanted, err := rules.Rules{}.Apply(base, p)
	if err != nil {
		t.Fatal(err)
	}
	store, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	entry, err := store.Begin(record.Entry{Service: s.Session().ServiceID(), Base: base, Wanted: wanted, Requests: []patch.Patch{p}})
	if err == nil {
		err = store.End(entry, record.Result{Outcome: record.OutcomeApplied, After: &wanted, Responses: []record.Response{{Code: 200}}})
	}
	store.Close()
	if err != nil {
		t.Fatal(err)
	}
	s.Change(id, func(i *model.Image) { *i = wanted.Clone() })
	r := startOn(t, dir, s)
	uitest.Run(r.program, uitest.Keys("H"))
	has(t, r.program, "What the edit made of protected stays")
	uitest.Run(r.program, uitest.Keys("u"))
	has(t, r.program, "This undoes an earlier edit.", `rename it to "Fedora 17"`, "1 operation")
	uitest.Run(r.program, uitest.Keys("enter"))
	has(t, r.program, "200 OK")
	if now := s.Image(id); !now.Protected || now.Name.Value != "Fedora 17" || !now.Knows("protected") {
		t.Errorf("it is %+v", now)
	}
}

// A reading after an edit that cannot be understood is no lost update: it says
// nothing of what the edit did.
func TestAReadingNotUnderstoodAfterAnEditIsNoLoss(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	id := uitest.Fedora().ID
	s.AfterPatch = func() error {
		s.Change(id, func(i *model.Image) {
			i.Name, i.Unread = model.Null[string](), map[string]json.RawMessage{"name": json.RawMessage(`["Fedora"]`)}
		})
		return nil
	}
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	has(t, r.program, "values that are not understood, so this could not be checked")
	for _, wrong := range []string{"nother edit", "omeone", "overw"} {
		if strings.Contains(r.program.screen(), wrong) {
			t.Errorf("it says %q\n%s", wrong, r.program.screen())
		}
	}
	if _, kept := r.ctx.Memory.Draft(id); kept {
		t.Error("an edit that puts it back is kept")
	}
}
