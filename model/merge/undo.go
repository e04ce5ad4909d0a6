package merge

import (
	"fmt"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Undo is how an entry is undone: made is the image as the edit made it,
// before the same without what of it can be undone. Merged with the image
// as it is now ([Merge] with made as base, before as mine) they give the
// image to review: what the edit changed is as it was, what happened since
// stays, and what someone changed again after the edit is a [Conflict].
//
// What cannot come back stays in before, and lost says so, a sentence each; see
// [Invert].
func Undo(r rules.Rules, e record.Entry) (made, before model.Image, lost []string) {
	known := r.WithoutOthers() // the server took the edit, whoever sent it
	made = e.Base.Clone()
	var sent patch.Patch
	var stays []string
	for n, p := range e.Requests {
		after, err := known.Apply(made, p)
		if err != nil {
			// Refused there, so what followed was not sent; or a call that is no
			// patch, whose work no patch can undo.
			if e.Outcome == record.OutcomeApplied || e.Outcome == record.OutcomeOverwritten {
				stays = append(stays, fmt.Sprintf("The effect of request %d remains: it cannot be undone by a patch.", n+1))
			}
			break
		}
		made = after
		sent = append(sent, p...)
	}
	back, lost := invert(r, sent, e.Base, made)
	before, err := known.Apply(made, back)
	if err != nil {
		before = made.Clone()
	}
	return made, before, append(lost, stays...)
}
