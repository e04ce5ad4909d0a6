package edit

import (
	"slices"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

// renamedEntry is an edit of the history that renamed an image, and the image
// after it.
func renamedEntry(t *testing.T) (record.Entry, model.Image) {
	t.Helper()
	base := active()
	wanted := with(base, rename)
	p := NewPlan(base, wanted, rules.Rules{}, false)
	if !p.Sendable() {
		t.Fatal(p.Refusal)
	}
	return record.Entry{
		ID: "here/1", Base: base, Wanted: wanted, Requests: p.Patches(), Result: record.Result{Outcome: record.OutcomeApplied},
	}, wanted
}

func TestUndoKeepsWhatHappenedSince(t *testing.T) {
	entry, made := renamedEntry(t)
	e := Undo(entry, with(made, func(i *model.Image) { i.Tags = []string{"theirs"} }), rules.Rules{})
	p := e.Plan()
	if e.State() != Reviewing || p.Wanted.Name != entry.Base.Name || !model.SameTags(p.Wanted.Tags, []string{"theirs"}) || len(p.Patch) != 1 {
		t.Errorf("%s: %v", e.State(), p.Patch)
	}
	e, _ = e.Step(Agree{})
	_, effects := e.Step(Read{Tag: awaitedReading(t, e), Image: p.Base})
	begin, ok := effects[0].(BeginEntry)
	if !ok || begin.Entry.Undoes != entry.ID {
		t.Errorf("the history does not say what is undone: %+v", effects)
	}
}

// awaitedReading is the tag of the reading that an edit waits for.
func awaitedReading(t *testing.T, e Edit) Tag {
	t.Helper()
	if e.waits[forReading] == 0 {
		t.Fatalf("%s waits for no reading", e.State())
	}
	return e.waits[forReading]
}

func TestUndoOfWhatWasChangedAgainIsDecided(t *testing.T) {
	entry, made := renamedEntry(t)
	e := Undo(entry, with(made, func(i *model.Image) { i.Name = model.Some("theirs") }), rules.Rules{})
	conflicts, _ := e.Conflicts()
	if e.State() != Deciding || len(conflicts) != 1 || conflicts[0].Mine != `"noble"` {
		t.Fatalf("%s: %+v", e.State(), conflicts)
	}
	if mine, _ := e.Step(Decide{Sides: []merge.Side{merge.SideMine}}); mine.State() != Reviewing || mine.Plan().Wanted.Name != entry.Base.Name {
		t.Errorf("%s: %v", mine.State(), mine.Plan().Patch)
	}
	if theirs, _ := e.Step(Decide{Sides: []merge.Side{merge.SideTheirs}}); theirs.Plan().Sendable() {
		t.Errorf("theirs was decided for, and %v would be sent", theirs.Plan().Patch)
	}
}

// What no undo brings back is said as long as the edit lives, beside what stays
// because of how the image is now.
func TestUndoSaysWhatItCannotRevert(t *testing.T) {
	base := active()
	wanted := with(base, dropFirstData)
	entry := record.Entry{Base: base, Wanted: wanted, Requests: NewPlan(base, wanted, rules.Rules{}, false).Patches(), Result: record.Result{Outcome: record.OutcomeApplied}}
	_, _, lost := merge.Undo(rules.Rules{}, entry)
	if len(lost) == 0 {
		t.Fatal("all can be undone")
	}
	if e := Undo(entry, wanted, rules.Rules{}); !slices.Equal(e.Stays()[:len(lost)], lost) {
		t.Errorf("stays %q, lost %q", e.Stays(), lost)
	}
}
