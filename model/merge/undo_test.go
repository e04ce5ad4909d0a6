package merge_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/model/rules/rulestest"
)

// sentEdit is a random edit as the history has it after the server took it.
func sentEdit(t *rapid.T) record.Entry {
	before, after := rulestest.DrawEdit(t)
	patch := rulestest.MustDiff(t, rules.Rules{}, before, after)
	requests, _ := rules.Rules{}.Split(before, patch)
	return record.Entry{
		Base: before, Wanted: after, Requests: requests,
		Result: record.Result{Outcome: record.OutcomeApplied},
	}
}

func TestUndoGivesBackAllButWhatIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := sentEdit(t)
		made, before, lost := merge.Undo(rules.Rules{}, e)
		if rulestest.Wishes(made) != rulestest.Wishes(e.Wanted) {
			t.Fatalf("made  %s\nwanted %s", rulestest.Wishes(made), rulestest.Wishes(e.Wanted))
		}
		wanted, conflicts := merge.Merge(made, before, made)
		if len(conflicts) > 0 {
			t.Fatalf("nothing happened since, and yet %v", conflicts)
		}
		back := rulestest.MustDiff(t, rules.Rules{}, made, wanted)
		got, err := rules.Rules{}.Apply(made, back)
		if err != nil {
			t.Fatalf("the undo is refused: %v\n%s", err, back.Pretty())
		}
		if len(lost) == 0 && rulestest.Wishes(got) != rulestest.Wishes(e.Base) {
			t.Fatalf("nothing is said to be lost, and yet\n%s became\n%s", rulestest.Wishes(e.Base), rulestest.Wishes(got))
		}
	})
}

func TestUndoLeavesAloneWhatHappenedSince(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := sentEdit(t)
		made, before, _ := merge.Undo(rules.Rules{}, e)
		g := &modeltest.Generator{Chooser: rulestest.Drawn{T: t}, URLs: modeltest.URLs, Public: true}
		now := g.Wanted(made)
		wanted, conflicts := merge.Merge(made, before, now)

		touched := map[model.Field]bool{}
		for _, c := range merge.Changes(e.Base, made) {
			touched[model.Field{Attr: c.Field.Attr, Key: c.Field.Key}] = true
		}
		for _, c := range merge.Changes(now, wanted) {
			if c.Field.Attr != "locations" && !touched[model.Field{Attr: c.Field.Attr, Key: c.Field.Key}] {
				t.Fatalf("%s: %s became %s, and the edit had not touched it", c.Label, c.Before, c.After)
			}
		}
		for _, l := range now.Locations {
			if l.HoldsData() && !holds(wanted, l.URL) {
				t.Fatalf("the undo deletes the data of %s", l.URL)
			}
		}
		sides := make([]merge.Side, len(conflicts))
		for n := range sides {
			sides[n] = merge.SideTheirs
		}
		kept := merge.Decide(made, before, now, sides)
		for _, c := range conflicts {
			for _, d := range merge.Changes(now, kept) {
				if d.Field.Attr == c.Field.Attr && d.Field.Key == c.Field.Key && c.Field.Attr != "locations" {
					t.Fatalf("%s was decided for what is there, and yet %s became %s", c.Label, d.Before, d.After)
				}
			}
		}
	})
}

func holds(i model.Image, url string) bool {
	for _, l := range i.Locations {
		if l.URL == url {
			return true
		}
	}
	return false
}

func TestWhatCannotBeUndone(t *testing.T) {
	for _, c := range []struct {
		name string
		e    record.Entry
		want string
	}{
		{"done", record.Entry{Result: record.Result{Outcome: record.OutcomeApplied}}, ""},
		{"partly", record.Entry{Result: record.Result{Outcome: record.OutcomePartlyApplied}}, ""},
		{"open", record.Entry{}, "not known yet"},
		{"in progress elsewhere", record.Entry{OwnedBy: "process 7"}, "in progress in process 7"},
		{"refused", record.Entry{Result: record.Result{Outcome: record.OutcomeRejected}}, "nothing to undo"},
		{"not done", record.Entry{Result: record.Result{Outcome: record.OutcomeNotApplied}}, "nothing to undo"},
		{"gone", record.Entry{Result: record.Result{Outcome: record.OutcomeDeleted}}, "no longer exists"},
		{"cut", record.Entry{Abbreviated: true, Result: record.Result{Outcome: record.OutcomeApplied}}, "too large"},
	} {
		if got := c.e.CanUndo(); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
