package state_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
)

func TestDraftIsReplacedAndDropped(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	if found := drafts(t, s); len(found) != 0 {
		t.Fatalf("%d drafts in an empty directory", len(found))
	}
	d := draft(1)
	d.ID = keep(t, s, d)
	d.Wanted.Name = model.Some("another name")
	if id := keep(t, s, d); id != d.ID {
		t.Errorf("the draft %q became %q", d.ID, id)
	}
	found := drafts(t, s)
	if len(found) != 1 || found[0].Wanted.Name != d.Wanted.Name || found[0].OwnedBy != "" || found[0].ID != d.ID {
		t.Fatalf("found %+v", found)
	}
	for range 2 {
		if err := s.DropDraft(d.ID); err != nil {
			t.Fatal(err)
		}
	}
	if found := drafts(t, s); len(found) != 0 {
		t.Errorf("%d drafts are left", len(found))
	}
}

func TestDraftOfAnEndedProgramIsTakenUp(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	first, second := open(t, dir), open(t, dir)
	id := keep(t, first, draft(1))
	found := drafts(t, second)
	if len(found) != 1 || !strings.HasPrefix(found[0].OwnedBy, "process ") {
		t.Fatalf("found %+v", found)
	}
	if _, err := second.TakeDraft(id); err == nil || !strings.Contains(err.Error(), "process ") {
		t.Errorf("taking a held draft gave %v", err)
	}
	if err := second.DropDraft(id); err == nil || !strings.Contains(err.Error(), "process ") {
		t.Errorf("dropping a held draft gave %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	taken, err := second.TakeDraft(id)
	if err != nil {
		t.Fatal(err)
	}
	taken.Wanted.Name = model.Some("mine now")
	if again := keep(t, second, taken); again != taken.ID {
		t.Errorf("the taken draft %q became %q", taken.ID, again)
	}
	if found := drafts(t, second); len(found) != 1 || found[0].Wanted.Name != model.Some("mine now") {
		t.Errorf("found %+v", found)
	}
	third := open(t, dir)
	if _, err := third.TakeDraft(id); err == nil || !strings.Contains(err.Error(), "another process opened") {
		t.Errorf("taking it once more gave %v", err)
	}
}

// TestDraftThatWasTakenAway: where a program's lock was removed under it, others
// take its draft up and it goes on with its own; neither overwrites the other's,
// also when it takes that one up in turn.
func TestDraftThatWasTakenAway(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	d := draft(1)
	d.ID = keep(t, s, d)
	must(t, os.RemoveAll(filepath.Join(s.Dir(), "owners")))
	other := open(t, s.Dir())
	taken, err := other.TakeDraft(d.ID)
	must(t, err)
	taken.Wanted.Name = model.Some("theirs")
	keep(t, other, taken)
	d.Wanted.Name = model.Some("mine")
	if id := keep(t, s, d); id != d.ID {
		t.Errorf("%s became %s", d.ID, id)
	}
	must(t, other.Close())
	if again, err := s.TakeDraft(taken.ID); err != nil || again.Wanted.Name != taken.Wanted.Name {
		t.Errorf("took %+v (%v)", again, err)
	}
	names := map[string]bool{}
	for _, d := range drafts(t, s) {
		names[d.Wanted.Name.Value] = true
	}
	if !names["mine"] || !names["theirs"] || len(names) != 2 {
		t.Errorf("there are %v", names)
	}
}
