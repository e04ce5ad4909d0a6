package edit

import (
	"bytes"
	"errors"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Plan is all that can be said of an edit before it is sent. It is derived once:
// what is shown, what is written into the history and what is sent are the same.
type Plan struct {
	Base, Wanted model.Image
	Patch        patch.Patch // the edit as a whole
	Parts                    // the edit as it is sent
	Refusal      *model.Refusal
	Status       model.Status // once the server has applied it
	After        model.Image  // likewise; Base where that cannot be predicted
	Changes      int          // how much it changes
	Undoable     int          // how much of that an undo would revert
	Lost         []string     // what cannot be undone, in sentences
	Words        []string     // to be typed before it is sent
}

// NewPlan works an edit out. Where there is no patch that turns base into
// wanted, Refusal says why. It is parted as [Part] says.
func NewPlan(base, wanted model.Image, rules rules.Rules, whole bool) Plan {
	p := Plan{Base: base, Wanted: wanted, Status: base.Status, After: base}
	patch, err := rules.Diff(base, wanted)
	if err != nil {
		if !errors.As(err, &p.Refusal) {
			p.Refusal = &model.Refusal{Problems: []model.Problem{{Text: err.Error()}}}
		}
		return p
	}
	if len(patch) == 0 {
		return p // nothing is to be sent
	}
	p.Patch = patch
	p.Parts = Part(base, patch, rules, whole)
	p.Status = rules.Predict(base, patch)
	if after, err := rules.Apply(base, patch); err == nil {
		p.After = after
		p.countUndoable(rules)
	}
	for _, s := range p.Steps() {
		for _, h := range s.Hazards {
			if h.Confirm != "" && !slices.Contains(p.Words, h.Confirm) {
				p.Words = append(p.Words, h.Confirm)
			}
		}
	}
	return p
}

// StartsSecond reports whether the second request begins with the nth operation.
func (p Plan) StartsSecond(n int) bool {
	return p.Several() && n == p.Requests[1].First
}

// countUndoable counts what an undo would revert.
func (p *Plan) countUndoable(rules rules.Rules) {
	var back patch.Patch
	back, p.Lost = merge.Invert(rules, p.Patch, p.Base)
	p.Changes = settable(merge.Changes(p.Base, p.After))
	left := p.Changes
	if again, err := rules.Apply(p.After, back); err == nil {
		left = settable(merge.Changes(p.Base, again))
	}
	p.Undoable = max(0, p.Changes-left)
}

// settable counts the changes of what a client can set.
func settable(changes []merge.Change) int { return len(merge.ByClient(changes)) }

// Sendable reports whether there is anything that could be sent.
func (p Plan) Sendable() bool { return p.Refusal == nil && len(p.Patch) > 0 }

// Same reports whether a user who agreed to one plan has agreed to the other.
func (p Plan) Same(o Plan) bool {
	return p.Sendable() == o.Sendable() && p.Status == o.Status &&
		slices.EqualFunc(p.Wire(), o.Wire(), func(a, b rules.Request) bool {
			return a.Method == b.Method && a.Path == b.Path && bytes.Equal(a.Body, b.Body)
		}) &&
		slices.Equal(p.Words, o.Words)
}
