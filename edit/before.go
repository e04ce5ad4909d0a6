package edit

import (
	"errors"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

// The Image API has no guard against lost updates, so the image is read once
// more just before the edit is sent. Where somebody changed it meanwhile, the
// review begins anew on what is there now, and so does the consent; what both
// sides changed is decided first.

// agree takes the yes, where there is something to say yes to and every danger
// is named.
func (e *Edit) agree(ev Event) []Effect {
	if !e.plan.Sendable() || len(e.Missing(ev.(Agree).Words)) > 0 {
		return nil
	}
	agreed := e.plan
	e.state, e.agreed, e.failure = Rereading, &agreed, nil
	return e.read()
}

// Missing are the words that the plan's dangers ask for and that are not among
// those given.
func (e Edit) Missing(given []string) []string {
	var missing []string
	for _, w := range e.plan.Words {
		if !slices.ContainsFunc(given, func(g string) bool { return strings.EqualFold(g, w) }) {
			missing = append(missing, w)
		}
	}
	return missing
}

// withdraw ends an edit of which nothing was sent.
func (e *Edit) withdraw(Event) []Effect {
	e.forget(forReading)
	e.state = Withdrawn
	return nil
}

// reread takes the image as it is just before sending.
func (e *Edit) reread(ev Event) []Effect {
	now := ev.(Read).Image.Recalling(e.plan.Base)
	agreed := e.agreed
	e.agreed = nil
	merged, conflicts := e.rules.Merge(e.plan.Base, e.plan.Wanted, now)
	if len(conflicts) > 0 {
		e.state, e.theirs, e.conflicts = Deciding, now, conflicts
		return nil
	}
	changes := Telling(model.Changes(e.plan.Base, now))
	plan, stays := e.planOn(now, merged)
	if len(changes) > 0 || !plan.Same(*agreed) {
		e.review(plan, stays, changes)
		return nil
	}
	e.plan, e.agreed = plan, agreed
	return e.begin()
}

// review shows another plan, which needs a yes of its own.
func (e *Edit) review(plan Plan, stays []string, changes []model.Change) {
	e.state, e.plan, e.stays, e.agreed = Reviewing, plan, stays, nil
	e.news, e.changed = changes, true
	e.conflicts = nil
}

// notReread is a reading that failed: nothing is sent.
func (e *Edit) notReread(ev Event) []Effect {
	e.agreed = nil
	e.failure = ev.(ReadFailed).Err
	e.state = Reviewing
	if notFound(e.failure) {
		e.state = Gone
	}
	return nil
}

// decide goes on with the decisions.
func (e *Edit) decide(ev Event) []Effect {
	wanted := e.rules.Decide(e.plan.Base, e.plan.Wanted, e.theirs, ev.(Decide).Sides)
	changes := Telling(model.Changes(e.plan.Base, e.theirs))
	plan, stays := e.planOn(e.theirs, wanted)
	e.review(plan, stays, changes)
	return nil
}

// Telling leaves out of changes what only the server sets and matters to no
// edit; the status does matter.
func Telling(all []model.Change) []model.Change {
	var out []model.Change
	for _, c := range all {
		if !c.ByServer || c.Field.Attr == "status" {
			out = append(out, c)
		}
	}
	return out
}

func notFound(err error) bool {
	var f *model.Failure
	return errors.As(err, &f) && f.Kind == model.FailedNotFound
}
