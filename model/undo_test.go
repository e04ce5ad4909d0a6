package model_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

// sentEdit is a random edit as the history has it after the server took it.
func sentEdit(t *rapid.T) model.Entry {
	before, after := drawEdit(t)
	patch := mustDiff(t, model.Rules{}, before, after)
	requests, _ := model.Rules{}.Split(before, patch)
	return model.Entry{
		Base: before, Wanted: after, Requests: requests,
		Ending: model.Ending{Outcome: model.OutcomeDone},
	}
}

func TestUndoGivesBackAllButWhatIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := sentEdit(t)
		made, before, lost := model.Rules{}.Undo(e)
		if wishes(made) != wishes(e.Wanted) {
			t.Fatalf("made  %s\nwanted %s", wishes(made), wishes(e.Wanted))
		}
		wanted, conflicts := model.Rules{}.Merge(made, before, made)
		if len(conflicts) > 0 {
			t.Fatalf("nothing happened since, and yet %v", conflicts)
		}
		back := mustDiff(t, model.Rules{}, made, wanted)
		got, err := model.Rules{}.Apply(made, back)
		if err != nil {
			t.Fatalf("the way back is refused: %v\n%s", err, back.Pretty())
		}
		if len(lost) == 0 && wishes(got) != wishes(e.Base) {
			t.Fatalf("nothing is said to be lost, and yet\n%s became\n%s", wishes(e.Base), wishes(got))
		}
	})
}

func TestUndoLeavesAloneWhatHappenedSince(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := sentEdit(t)
		made, before, _ := model.Rules{}.Undo(e)
		g := &modeltest.Generator{Chooser: drawn{t: t}, URLs: modeltest.URLs, Public: true}
		now := g.Edit(made)
		wanted, conflicts := model.Rules{}.Merge(made, before, now)

		touched := map[model.Field]bool{}
		for _, c := range model.Changes(e.Base, made) {
			touched[model.Field{Attr: c.Field.Attr, Key: c.Field.Key}] = true
		}
		for _, c := range model.Changes(now, wanted) {
			if c.Field.Attr != "locations" && !touched[model.Field{Attr: c.Field.Attr, Key: c.Field.Key}] {
				t.Fatalf("%s: %s became %s, and the edit had not touched it", c.Label, c.Before, c.After)
			}
		}
		for _, l := range now.Locations {
			if l.HoldsData() && !holds(wanted, l.URL) {
				t.Fatalf("the way back deletes the data of %s", l.URL)
			}
		}
		sides := make([]model.Side, len(conflicts))
		for n := range sides {
			sides[n] = model.SideTheirs
		}
		kept := model.Rules{}.Decide(made, before, now, sides)
		for _, c := range conflicts {
			for _, d := range model.Changes(now, kept) {
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
		e    model.Entry
		want string
	}{
		{"done", model.Entry{Ending: model.Ending{Outcome: model.OutcomeDone}}, ""},
		{"partly", model.Entry{Ending: model.Ending{Outcome: model.OutcomePartly}}, ""},
		{"open", model.Entry{}, "Nobody knows"},
		{"under way elsewhere", model.Entry{HeldBy: "process 7"}, "process 7 is at it"},
		{"refused", model.Entry{Ending: model.Ending{Outcome: model.OutcomeRefused}}, "nothing to take back"},
		{"not done", model.Entry{Ending: model.Ending{Outcome: model.OutcomeNotDone}}, "nothing to take back"},
		{"gone", model.Entry{Ending: model.Ending{Outcome: model.OutcomeGone}}, "no longer exists"},
		{"cut", model.Entry{Cut: true, Ending: model.Ending{Outcome: model.OutcomeDone}}, "too large"},
	} {
		if got := c.e.CanUndo(); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
