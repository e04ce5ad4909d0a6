package review

import (
	"bytes"
	"errors"
	"slices"

	"github.com/glance-tui/glance-tui/model"
)

// plan is all that can be said of an edit before it is sent.
type plan struct {
	base, wanted model.Image
	patch        model.Patch     // the edit as a whole
	requests     []model.Patch   // the edit as it is sent
	wire         []model.Request // the same, as they go over the wire
	partable     bool            // it can be sent in one request or in two
	called       bool            // the second adds a location by a call of its own
	together     string          // why it cannot be, though it deletes data with other things
	refusal      *model.Refusal  // why there is no patch; nil when there is one
	steps        []model.Step
	status       model.Status // once the server has carried it out
	after        model.Image  // likewise; base where that cannot be foretold
	changes      int          // how much it changes
	undone       int          // how much of that the way back would undo
	lost         []string     // what has no way back, in sentences
	words        []string     // to be typed before it is sent
}

// planFor works an edit out. It is parted where that keeps a refusal from
// costing data, unless whole says that the user wants one request.
func planFor(base, wanted model.Image, rules model.Rules, whole bool) plan {
	p := plan{base: base, wanted: wanted, status: base.Status, after: base}
	patch, err := rules.Diff(base, wanted)
	if err != nil {
		if !errors.As(err, &p.refusal) {
			p.refusal = &model.Refusal{Faults: []model.Fault{{Text: err.Error()}}}
		}
		return p
	}
	p.patch = patch
	p.part(rules, whole)
	p.status = rules.Predict(base, patch)
	if after, err := rules.Apply(base, patch); err == nil {
		p.after = after
		p.wayBack(rules)
	}
	for _, s := range p.steps {
		for _, h := range s.Hazards {
			if h.Confirm != "" && !slices.Contains(p.words, h.Confirm) {
				p.words = append(p.words, h.Confirm)
			}
		}
	}
	return p
}

// part makes the requests, and their words in the order in which they are sent.
func (p *plan) part(rules model.Rules, whole bool) {
	p.requests, p.together = rules.Split(p.base, p.patch)
	_, p.called = rules.LocationCall(p.base, p.requests[len(p.requests)-1])
	p.partable = len(p.requests) > 1 && !p.called
	if whole && p.partable {
		p.requests = []model.Patch{p.patch}
	}
	for n, at := range rules.Stages(p.base, p.requests) {
		p.steps = append(p.steps, rules.Explain(at, p.requests[n])...)
		p.wire = append(p.wire, rules.Request(at, p.requests[n]))
	}
}

// startsSecond is whether the second request begins with the nth operation.
func (p plan) startsSecond(n int) bool { return len(p.requests) > 1 && n == len(p.requests[0]) }

// wayBack counts what the way back would undo.
func (p *plan) wayBack(rules model.Rules) {
	if len(p.patch) == 0 {
		return
	}
	var back model.Patch
	back, p.lost = rules.Invert(p.patch, p.base)
	p.changes = settable(model.Changes(p.base, p.after))
	left := p.changes
	if again, err := rules.Apply(p.after, back); err == nil {
		left = settable(model.Changes(p.base, again))
	}
	p.undone = max(0, p.changes-left)
}

// settable counts the changes of what a client can set.
func settable(changes []model.Change) (n int) {
	for _, c := range changes {
		if !c.ByServer {
			n++
		}
	}
	return n
}

// sendable is whether there is anything that could be sent.
func (p plan) sendable() bool { return p.refusal == nil && len(p.patch) > 0 }

// same is whether a person who agreed to one plan has agreed to the other.
func (p plan) same(o plan) bool {
	return p.sendable() == o.sendable() && p.status == o.status &&
		slices.EqualFunc(p.requests, o.requests, func(a, b model.Patch) bool { return bytes.Equal(a.JSON(), b.JSON()) }) &&
		slices.Equal(p.words, o.words)
}
