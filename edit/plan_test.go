package edit

import (
	"bytes"
	"slices"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestAPlanIsParted(t *testing.T) {
	base := active()
	wanted := with(with(base, rename), dropFirstData)
	two, one := NewPlan(base, wanted, rules.Rules{}, false), NewPlan(base, wanted, rules.Rules{}, true)
	if !two.Partable || len(two.Requests) != 2 || !two.StartsSecond(1) || two.StartsSecond(0) {
		t.Errorf("in two: %+v", two.Parts)
	}
	if !one.Partable || len(one.Requests) != 1 || one.StartsSecond(1) {
		t.Errorf("in one: %+v", one.Parts)
	}
	if two.Same(one) {
		t.Error("who agreed to two requests did not agree to one")
	}
	other := one
	other.Words = nil
	if one.Same(other) || one.Same(NewPlan(base, with(base, dropFirstData), rules.Rules{}, true)) {
		t.Error("who agreed to one danger, or to other bytes, did not agree to this")
	}
	for _, p := range []Plan{one, two} {
		if !slices.Equal(p.Words, []string{"delete"}) {
			t.Errorf("words %v", p.Words)
		}
	}
}

func TestAPlanThatCannotBeSent(t *testing.T) {
	base := active()
	refused := NewPlan(base, with(base, func(i *model.Image) { i.DiskFormat = model.Some("raw") }), rules.Rules{}, false)
	if refused.Sendable() || refused.Refusal == nil || refused.Calls() || refused.Several() {
		t.Errorf("%+v", refused.Parts)
	}
	if nothing := NewPlan(base, base, rules.Rules{}, false); nothing.Sendable() || nothing.Refusal != nil || len(nothing.Requests) > 0 || !nothing.Same(refused) {
		t.Errorf("%+v", nothing.Parts)
	}
}

// TestAPlanIsOneThing holds the parts of a plan against each other, and against
// the edit: its requests lead where the whole patch leads, and its words and
// bytes are those of the requests.
func TestAPlanIsOneThing(t *testing.T) {
	rules := rules.Rules{}
	for seed := range uint64(300) {
		base := modeltest.Image(seed)
		p := NewPlan(base, modeltest.Wanted(seed+1, base), rules, seed%3 == 0)
		if p.Refusal != nil {
			continue
		}
		now, first := base, 0
		for n, q := range p.Requests {
			if q.First != first || len(q.Steps) != len(q.Patch) || q.Location == nil && !bytes.Equal(q.Wire.Body, q.Patch.JSON()) {
				t.Fatalf("seed %d: request %d is %+v", seed, n, q)
			}
			if changes := merge.Changes(q.Before, now); len(changes) > 0 {
				t.Fatalf("seed %d: request %d is for another image: %v", seed, n, changes)
			}
			first += len(q.Patch)
			if after, err := rules.Apply(now, q.Patch); err == nil {
				now = after
			}
		}
		if whole, err := rules.Apply(base, p.Patch); err == nil && len(merge.Changes(whole, now)) > 0 {
			t.Fatalf("seed %d: the requests lead elsewhere: %v", seed, merge.Changes(whole, now))
		}
		if !p.Same(NewPlan(base, p.Wanted, rules, seed%3 == 0)) {
			t.Fatalf("seed %d: the same edit has another plan", seed)
		}
	}
}
