package form

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// conflicting is a form on whose name and visibility someone else has another
// opinion.
func conflicting(t *testing.T) (*Form, model.Image) {
	t.Helper()
	f := open(t, uitest.Active())
	uitest.Run(f, uitest.Type("!"))
	goTo(t, f, "visibility")
	uitest.Run(f, uitest.Keys("right"))
	goTo(t, f, "name")
	theirs := uitest.Active()
	theirs.Name, theirs.Visibility, theirs.Protected = model.Some("Theirs"), model.Public, true
	said := flashOf(t, uitest.Run(f, screen.ImageSeen{Image: theirs}))
	if !strings.HasSuffix(said, "resolve the fields that you changed too") {
		t.Errorf("said %q", said)
	}
	wantConflicts(t, f, "name", "visibility")
	return f, theirs
}

func wantConflicts(t *testing.T, f *Form, want ...string) {
	t.Helper()
	var got []string
	for _, c := range f.openConflicts() {
		got = append(got, c.Label)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("open: %v, want %v", got, want)
	}
}

// leadsTo presses ctrl+s.
func leadsTo(t *testing.T, f *Form) (merge screen.Merge, isMerge bool, review screen.Review, isReview bool) {
	t.Helper()
	out := uitest.Run(f, uitest.Keys("ctrl+s"))
	merge, isMerge = uitest.Find[screen.Merge](out)
	review, isReview = uitest.Find[screen.Review](out)
	return merge, isMerge, review, isReview
}

func TestAnOpenConflictIsDecidedBeforeTheReview(t *testing.T) {
	f, theirs := conflicting(t)
	combine, asked, _, reviewed := leadsTo(t, f)
	if !asked || reviewed {
		t.Fatal("ctrl+s leads past the conflicts")
	}
	if combine.Base.Name.Value != uitest.Active().Name.Value || combine.Theirs.Name.Value != "Theirs" ||
		combine.Mine.Name.Value != "ubuntu-24.04-server!" || combine.Holds == nil || combine.Holds(merge.Conflict{Field: model.Field{Attr: "name"}}) {
		t.Errorf("asks about %+v", combine)
	}

	// Someone else changed something else while the user decided.
	theirs.MinRAM = 512
	uitest.Run(f, screen.ImageSeen{Image: theirs})
	decided := merge.Decide(combine.Base, combine.Mine, combine.Theirs, []merge.Side{merge.SideTheirs, merge.SideBase})
	uitest.Run(f, screen.Decided{Base: combine.Base, Mine: combine.Mine, Theirs: combine.Theirs, Wanted: decided})
	wantConflicts(t, f)
	_, asked, review, _ := leadsTo(t, f)
	if asked || review.Wanted.Name.Value != "Theirs" || review.Wanted.Visibility != uitest.Active().Visibility || review.Wanted.MinRAM != 512 {
		t.Errorf("reviews %+v", review.Wanted)
	}
}

func TestAConflictIsDecidedInItsField(t *testing.T) {
	f, _ := conflicting(t)
	uitest.Run(f, uitest.Type("x")) // yours is a new value
	wantConflicts(t, f, "visibility")
	if combine, asked, _, _ := leadsTo(t, f); !asked || !combine.Holds(merge.Conflict{Field: model.Field{Attr: "name"}}) {
		t.Error("what was typed again is asked about again")
	}
	goTo(t, f, "visibility")
	uitest.Run(f, uitest.Keys("ctrl+r"))
	wantConflicts(t, f)
	if _, asked, review, _ := leadsTo(t, f); asked || review.Wanted.Name.Value != "ubuntu-24.04-server!x" || review.Wanted.Visibility != model.Public {
		t.Errorf("reviews %+v", review.Wanted)
	}
}

func TestUndoOpensAConflictAgain(t *testing.T) {
	f, _ := conflicting(t)
	uitest.Run(f, uitest.Keys("ctrl+r"))
	wantConflicts(t, f, "visibility")
	uitest.Run(f, uitest.Keys("ctrl+z"))
	wantConflicts(t, f, "name", "visibility")
}

func TestDecisionsSoFarStay(t *testing.T) {
	f, theirs := conflicting(t)
	combine, _, _, _ := leadsTo(t, f)
	_, conflicts := merge.Merge(combine.Base, combine.Mine, combine.Theirs)
	wanted := merge.Decide(combine.Base, combine.Mine, combine.Theirs, nil)
	uitest.Run(f, screen.Decided{Base: combine.Base, Mine: combine.Mine, Theirs: combine.Theirs, Wanted: wanted, Left: conflicts[1:]})
	wantConflicts(t, f, "visibility")
	combine, _, _, _ = leadsTo(t, f)
	if !combine.Holds(conflicts[0]) || combine.Holds(conflicts[1]) {
		t.Error("the decision is forgotten")
	}
	theirs.MinRAM = 512 // a reading that changes nothing about it
	uitest.Run(f, screen.ImageSeen{Image: theirs})
	wantConflicts(t, f, "visibility")
	theirs.Name = model.Some("Theirs, again")
	uitest.Run(f, screen.ImageSeen{Image: theirs})
	wantConflicts(t, f, "name", "visibility")
}

func TestADraftWithOpenConflictsIsTakenUpWithThem(t *testing.T) {
	f, theirs := conflicting(t)
	uitest.Run(f, uitest.Keys("esc"))
	again := New(f.ctx, theirs)
	uitest.Start(again, 80, 20)
	wantConflicts(t, again, "name", "visibility")
}

func TestDecisionsOfAnotherEditAreNotTaken(t *testing.T) {
	f, theirs := conflicting(t)
	other := uitest.Active()
	other.Name = model.Some("other")
	uitest.Run(f, screen.Decided{Base: theirs, Mine: other, Theirs: theirs, Wanted: other})
	if f.state.value("name").Value != "ubuntu-24.04-server!" {
		t.Errorf("the name is %q", f.state.value("name").Value)
	}
	wantConflicts(t, f, "name", "visibility")
}

func TestLocationsConflictOneByOne(t *testing.T) {
	f := open(t, uitest.Active())
	base := uitest.Active()
	wanted := base.Clone()
	wanted.Locations[0].Metadata = map[string]any{"k": "mine"}
	wanted.Locations[1].Metadata = map[string]any{"k": "mine"}
	f.rebase(base, wanted, nil)
	theirs := base.Clone()
	theirs.Locations = theirs.Locations[1:]
	theirs.Locations[0].Metadata = map[string]any{"k": "theirs"}
	uitest.Run(f, screen.ImageSeen{Image: theirs})
	wantConflicts(t, f, "locations")
	seen(t, f, "deleted on the server: file:///", `on the server: http://mirror`)
	goTo(t, f, "locations")
	uitest.Run(f, uitest.Keys("ctrl+r"))
	wantConflicts(t, f)
	if len(f.edit.patch) > 0 {
		t.Errorf("still to be sent: %v", f.edit.patch)
	}
}
