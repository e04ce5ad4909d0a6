package edit

import (
	"errors"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/merge"
)

// The Image API has no guard against lost updates, so the image is read once
// more just before the edit is sent. Where someone changed it meanwhile, the
// review begins again on what is there now, and so does the consent; what both
// sides changed is decided first.

// agree takes the confirmation, where something can be sent and every danger
// is named.
func (e *Edit) agree(ev Event) []Effect {
	if !e.plan.Sendable() || len(e.Missing(ev.(Agree).Words)) > 0 {
		return nil
	}
	return e.beginReading(true)
}

// check reads the image without a yes: what cannot be sent may be possible by
// now, and a dry run ends with it.
func (e *Edit) check(Event) []Effect { return e.beginReading(false) }

func (e *Edit) beginReading(agreed bool) []Effect {
	if e.gone {
		return nil
	}
	e.state, e.agreed, e.confirmed, e.failure = Rereading, agreed, false, nil
	return e.read()
}

// back gives the reading up, and the confirmation with it.
func (e *Edit) back(Event) []Effect {
	e.forget(forReading)
	e.state, e.agreed = Reviewing, false
	return nil
}

// inOneRequest takes the user's choice between one request and two.
func (e *Edit) inOneRequest(ev Event) []Effect {
	e.oneRequest, e.confirmed = ev.(OneRequest).Yes, false
	e.plan = NewPlan(e.plan.Base, e.plan.Wanted, e.rules, e.oneRequest)
	return nil
}

// heard takes a reading of someone else's: an edit that could not be sent as
// the image was may be possible now. One that can be sent stays as it is, since
// a yes to it may come at any moment, and the change is shown beside it.
func (e *Edit) heard(ev Event) []Effect {
	h := ev.(Heard)
	if e.gone = h.Gone; h.Gone {
		return nil
	}
	now := h.Image.Recalling(e.plan.Base)
	e.meanwhile, e.confirmed = Telling(merge.Changes(e.plan.Base, now)), false
	if e.plan.Refusal == nil {
		return nil
	}
	merged, conflicts := merge.Merge(e.plan.Base, e.plan.Wanted, now)
	if plan, _ := e.planOn(now, merged); len(conflicts) == 0 && plan.Refusal == nil {
		e.review(now, merged, e.meanwhile)
	}
	return nil
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
	merged, conflicts := merge.Merge(e.plan.Base, e.plan.Wanted, now)
	if len(conflicts) > 0 {
		e.state, e.theirs, e.conflicts, e.agreed = Deciding, now, conflicts, false
		return nil
	}
	changes := Telling(merge.Changes(e.plan.Base, now))
	plan, _ := e.planOn(now, merged)
	if len(changes) > 0 || !plan.Same(e.plan) {
		e.review(now, merged, changes)
		return nil
	}
	e.plan, e.meanwhile = plan, nil
	if !e.agreed {
		e.state, e.confirmed = Reviewing, true
		return nil
	}
	return e.begin()
}

// review shows another plan, which needs a yes of its own. A wish for one
// request was about the plan before it.
func (e *Edit) review(now, wanted model.Image, changes []merge.Change) {
	e.state, e.agreed, e.oneRequest, e.conflicts = Reviewing, false, false, nil
	e.plan, e.stays = e.planOn(now, wanted)
	e.news, e.meanwhile = changes, nil
	e.plans++
}

// notReread is a reading that failed: nothing is sent.
func (e *Edit) notReread(ev Event) []Effect {
	e.failure = ev.(ReadFailed).Err
	e.state, e.agreed, e.gone = Reviewing, false, notFound(e.failure)
	return nil
}

// decide goes on with the decisions.
func (e *Edit) decide(ev Event) []Effect {
	wanted := merge.Decide(e.plan.Base, e.plan.Wanted, e.theirs, ev.(Decide).Sides)
	e.review(e.theirs, wanted, Telling(merge.Changes(e.plan.Base, e.theirs)))
	return nil
}

// Telling leaves out of changes what only the server sets and matters to no
// edit; the status does matter.
func Telling(all []merge.Change) []merge.Change {
	var out []merge.Change
	for _, c := range all {
		if !c.ByServer || c.Field.Attr == "status" {
			out = append(out, c)
		}
	}
	return out
}

func notFound(err error) bool {
	var f *api.Failure
	return errors.As(err, &f) && f.Kind == api.FailedNotFound
}
