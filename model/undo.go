package model

import "fmt"

// CanUndo says why an entry cannot be taken back, as a sentence; "" when it
// may be.
func (e Entry) CanUndo() string {
	switch {
	case e.Cut:
		return "The edit was too large to be kept whole: there is no way back from here."
	case e.HeldBy != "":
		return "It is still under way: " + e.HeldBy + " is at it."
	}
	switch e.Outcome {
	case OutcomeOpen:
		return "Nobody knows yet what became of it."
	case OutcomeRefused, OutcomeNotDone:
		return "Nothing of it was carried out: there is nothing to take back."
	case OutcomeGone:
		return "The image no longer exists."
	}
	return ""
}

// Undo is how an entry is taken back: made is the image as the edit made it,
// before the same without what of it can be taken back. Merged with the image
// as it is now ([Rules.Merge] with made as base, before as mine) they give the
// image to review: what the edit changed is as it was, what happened since
// stays, and what somebody changed again after the edit is a [Conflict].
//
// What cannot come back stays in before, and lost says so, a sentence each; see
// [Rules.Invert].
func (r Rules) Undo(e Entry) (made, before Image, lost []string) {
	known := r.withoutOthers() // the server took the edit, whoever sent it
	made = e.Base.Clone()
	var sent Patch
	var stays []string
	for n, p := range e.Requests {
		after, err := known.Apply(made, p)
		if err != nil {
			// Refused there, so what followed was not sent; or a call that is no
			// patch, whose work no patch can take back.
			if e.Outcome == OutcomeDone || e.Outcome == OutcomeOverwritten {
				stays = append(stays, fmt.Sprintf("What request %d of the edit did stays: no patch takes it back.", n+1))
			}
			break
		}
		made = after
		sent = append(sent, p...)
	}
	back, lost := r.invert(sent, e.Base, made)
	before, err := known.Apply(made, back)
	if err != nil {
		before = made.Clone()
	}
	return made, before, append(lost, stays...)
}
