package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

func historyIn(t *testing.T, dir string, s screen.Service) []record.Entry {
	t.Helper()
	store, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	found, err := store.Entries(s.Session().ServiceID(), 100)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAnEditIsWrittenDownBeforeItIsSent(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	var then []record.Entry
	s.BeforePatch = func(context.Context) error {
		then = historyIn(t, dir, s)
		return nil
	}
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	if len(then) != 1 || then[0].Outcome != record.OutcomeOpen || then[0].OwnedBy == "" ||
		string(then[0].Requests[0].JSON()) != `[{"op":"replace","path":"/name","value":"Fedora 17!"}]` {
		t.Fatalf("while it was being sent the history had %+v", then)
	}
	got := historyIn(t, dir, s)
	if len(got) != 1 || got[0].Outcome != record.OutcomeApplied || got[0].Responses[0].Code != 200 || got[0].After.Name.Value != "Fedora 17!" {
		t.Fatalf("afterwards it has %+v", got)
	}
	uitest.Run(r.program, uitest.Keys("H"))
	has(t, r.program, "History", "Fedora 17", "applied", `rename it to "Fedora 17!"`, "admin@platform", "200 OK", "Press u to review the undo.")
	golden(t, r.program, "history-100x30", 100, 30)
}

func TestAnEditIsUndoneOnTopOfWhatHappenedSince(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	uitest.Run(r.program, uitest.Keys("esc"))
	id := uitest.Fedora().ID
	s.Change(id, func(i *model.Image) { i.Tags = append(i.Tags, "theirs") })
	uitest.Run(r.program, uitest.Keys("H", "u"))
	has(t, r.program, "Review", "This undoes an earlier edit.", `rename it to "Fedora 17"`, "1 operation")
	uitest.Run(r.program, uitest.Keys("enter"))
	has(t, r.program, "200 OK")
	now, err := s.Get(t.Context(), id)
	if err != nil || now.Name.Value != "Fedora 17" || !strings.Contains(strings.Join(now.Tags, " "), "theirs") {
		t.Errorf("the image is %q with %v, %v", now.Name.Value, now.Tags, err)
	}
	got := historyIn(t, dir, s)
	if len(got) != 2 || got[0].Undoes != got[1].ID {
		t.Errorf("the history does not say what was undone: %+v", got)
	}
}

func TestWhatSomeoneChangedAgainIsDecided(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	uitest.Run(r.program, uitest.Keys("esc"))
	s.Change(uitest.Fedora().ID, func(i *model.Image) { i.Name = model.Some("Theirs") })
	uitest.Run(r.program, uitest.Keys("H", "u"))
	has(t, r.program, "after edit", "before edit", `"Fedora 17!"`, `"Fedora 17"`, `"Theirs"`)
	golden(t, r.program, "undo-conflict-100x30", 100, 30)
}

func TestTheAnswerScreenUndoes(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	uitest.Run(r.program, uitest.Keys("u"))
	has(t, r.program, "This undoes an earlier edit.", `rename it to "Fedora 17"`)
	uitest.Run(r.program, uitest.Keys("enter"))
	has(t, r.program, "200 OK")
}

func TestARefusedEditIsInTheHistoryWithTheReason(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	s.BeforePatch = func(context.Context) error {
		return fakeservice.Refused(413, "too many tags", "send the edit", api.Exchange{RequestID: "req-1"})
	}
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	uitest.Run(r.program, uitest.Keys("H"))
	has(t, r.program, "rejected", "413", "too many tags", "nothing to undo")
}

func TestAnEditWithoutAResponseIsFoundOut(t *testing.T) {
	for _, c := range []struct {
		name    string
		server  func(*fakeservice.Service)
		outcome record.Outcome
		says    string
	}{
		{"applied", func(s *fakeservice.Service) {
			s.Change(uitest.Fedora().ID, func(i *model.Image) { i.Name, i.MinRAM = model.Some("New"), 512 })
		}, record.OutcomeApplied, "it was applied"},
		{"not applied", func(*fakeservice.Service) {}, record.OutcomeNotApplied, "it was not applied"},
		{"a part", func(s *fakeservice.Service) {
			s.Change(uitest.Fedora().ID, func(i *model.Image) { i.MinRAM = 512 })
		}, record.OutcomePartlyApplied, "it was partly applied"},
		{"the image is gone", func(s *fakeservice.Service) { s.Delete(uitest.Fedora().ID) }, record.OutcomeDeleted, "the image was deleted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
			died, err := openStore(dir)
			if err != nil {
				t.Fatal(err)
			}
			base := uitest.Fedora()
			wanted := base.Clone()
			wanted.Name, wanted.MinRAM = model.Some("New"), 512
			p, err := rules.Rules{}.Diff(base, wanted)
			if err != nil {
				t.Fatal(err)
			}
			place := s.Session().ServiceID()
			_, err = died.Begin(record.Entry{Service: place, StartedAt: uitest.Clock.Add(-time.Hour), Base: base, Wanted: wanted, Requests: []patch.Patch{p}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := died.KeepDraft(record.Draft{Service: place, Base: base, Wanted: wanted}); err != nil {
				t.Fatal(err)
			}
			_ = died.Close()
			c.server(s)

			r := startOn(t, dir, s)
			has(t, r.program, "The edit of Fedora 17 got no response: "+c.says)
			got := historyIn(t, dir, s)
			if len(got) != 1 || got[0].Outcome != c.outcome || !got[0].Resolved {
				t.Errorf("the history has %+v", got)
			}
			if left := len(keptIn(t, dir, s)); (left == 0) != (c.outcome == record.OutcomeApplied) {
				t.Errorf("%d drafts are left", left)
			}
		})
	}
}

// A server may be at work on a request long after its sender died: what does not
// show yet is not known not to be applied.
func TestAnEditThatMayStillBeAppliedStaysOpen(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	died, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	base := uitest.Fedora()
	wanted := base.Clone()
	wanted.Name = model.Some("New")
	p, err := rules.Rules{}.Diff(base, wanted)
	if err != nil {
		t.Fatal(err)
	}
	_, err = died.Begin(record.Entry{Service: s.Session().ServiceID(), StartedAt: uitest.Clock.Add(-time.Second), Base: base, Wanted: wanted, Requests: []patch.Patch{p}})
	if err != nil {
		t.Fatal(err)
	}
	_ = died.Close()

	r := startOn(t, dir, s)
	has(t, r.program, "No response came to the edit of Fedora 17. It may still be applied")
	if got := historyIn(t, dir, s); got[0].Outcome != record.OutcomeOpen {
		t.Errorf("settled as %q", got[0].Outcome)
	}
	s.Change(base.ID, func(i *model.Image) { i.Name = wanted.Name })
	uitest.Run(r.program, resolverEvent{r.resolver, edit.Woken{Tag: 2}}) // a minute after its first reading
	has(t, r.program, "it was applied")
	if got := historyIn(t, dir, s); got[0].Outcome != record.OutcomeApplied || !got[0].Resolved {
		t.Errorf("not settled: %+v", got[0])
	}
}

// An edit whose response was lost, and whose screen was left, is found out about
// in the same run.
func TestAnEditLeftWithoutAResponseIsFoundOut(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	s.BeforePatch = func(context.Context) error { return fakeservice.Lost() }
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	uitest.Run(r.program, uitest.Keys("esc", "esc", "esc"))
	if got := historyIn(t, dir, s); got[0].Outcome != record.OutcomeOpen {
		t.Fatalf("settled as %q", got[0].Outcome)
	}
	s.Change(uitest.Fedora().ID, func(i *model.Image) { i.Name = model.Some("Fedora 17!") })
	uitest.Run(r.program, resolverEvent{r.resolver, edit.Woken{Tag: 1}})
	has(t, r.program, "The edit of Fedora 17 got no response: it was applied")
	if got := historyIn(t, dir, s); got[0].Outcome != record.OutcomeApplied || !got[0].Resolved {
		t.Errorf("not settled: %+v", got[0])
	}
	if got := keptIn(t, dir, s); len(got) > 0 {
		t.Errorf("a draft is left: %+v", got)
	}
}

func TestAnEditInProgressElsewhereIsLeftAlone(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	other, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	base := uitest.Fedora()
	_, err = other.Begin(record.Entry{Service: s.Session().ServiceID(), StartedAt: uitest.Clock.Add(-time.Minute), Base: base, Wanted: base})
	if err != nil {
		t.Fatal(err)
	}
	r := startOn(t, dir, s)
	if got := historyIn(t, dir, s); got[0].Outcome != record.OutcomeOpen {
		t.Errorf("it was settled: %+v", got)
	}
	uitest.Run(r.program, uitest.Keys("H"))
	has(t, r.program, "in progress")
}

func TestAHistoryThatCannotBeWrittenKeepsNothingFromBeingSent(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	has(t, r.program, "200 OK", "This edit could not be recorded in the history")
	if now, err := s.Get(t.Context(), uitest.Fedora().ID); err != nil || now.Name.Value != "Fedora 17!" {
		t.Errorf("it was not sent: %q, %v", now.Name.Value, err)
	}
}

func TestARefusedUndoIsStillAnUndoTheNextTime(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "state"), demoImages()
	r := startOn(t, dir, s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	uitest.Run(r.program, uitest.Keys("esc"))
	s.BeforePatch = func(context.Context) error {
		s.BeforePatch = nil
		return fakeservice.Refused(403, "not now", "send the edit", api.Exchange{})
	}
	uitest.Run(r.program, uitest.Keys("H", "u"))
	uitest.Run(r.program, uitest.Keys("enter"))
	has(t, r.program, "403")
	uitest.Run(r.program, uitest.Keys("r"))
	has(t, r.program, "This undoes an earlier edit.")
	uitest.Run(r.program, uitest.Keys("enter"))
	if got := historyIn(t, dir, s); len(got) != 3 || got[0].Undoes != got[2].ID {
		t.Errorf("the history has %+v", got)
	}
}
