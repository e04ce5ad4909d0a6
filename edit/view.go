package edit

import (
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// State is how far the edit is.
func (e Edit) State() State { return e.state }

// Plan is what would be sent, or was.
func (e Edit) Plan() Plan { return e.plan }

// Stays is what an undo cannot revert as the image is now, in sentences.
func (e Edit) Stays() []string { return slices.Concat(e.opts.NotUndoable, e.stays) }

// Rules are the server's.
func (e Edit) Rules() model.Rules { return e.rules }

// News is what somebody else changed since the plan that was shown before.
// There can be news without a change: details that the server fills in may
// need another request.
func (e Edit) News() (changes []model.Change, isNews bool) { return e.news, e.changed }

// Conflicts are what is to be decided, and theirs the image that they are with.
func (e Edit) Conflicts() (conflicts []model.Conflict, theirs model.Image) {
	return e.conflicts, e.theirs
}

// NotReread is why the reading before sending failed; nil when it did not.
func (e Edit) NotReread() error { return e.failure }

// Attempts are the requests and what came back.
func (e Edit) Attempts() []Attempt { return e.attempts }

// Failure is why the request that was sent last failed; nil when it did not.
func (e Edit) Failure() *model.Failure {
	if len(e.attempts) == 0 {
		return nil
	}
	return e.attempts[e.at].Failure
}

// Held is why a request that was to follow was not sent.
func (e Edit) Held() Held { return e.held }

// Accepted is whether the edit was carried out, by the answer or a reading.
func (e Edit) Accepted() bool { return e.accepted }

// Image is the last reading after an answer; known is false before any.
func (e Edit) Image() (img model.Image, known bool) { return e.image, e.checked }

// Found is what the last reading shows of the edit.
func (e Edit) Found() model.Comparison { return e.found }

// NotRead is why the last look at the image failed; nil when it did not.
func (e Edit) NotRead() error { return e.notReadBy }

// Reached is whether the status that was foretold was seen.
func (e Edit) Reached() bool { return e.reached }

// Lost parts what is missing of an accepted edit: what the server ignored,
// and what another edit overwrote.
func (e Edit) Lost() (ignored, overwritten []model.Change) {
	if !e.accepted {
		return nil, nil
	}
	return e.missing()
}

// Erased is what of others' edits this one wrote over, and whole what the image
// would be if both had come through.
func (e Edit) Erased() (erased []model.Change, whole model.Image) {
	if e.meanwhile == nil || !e.checked || e.state == Gone {
		return nil, model.Image{}
	}
	return e.rules.Erased(e.plan.Base, e.plan.Wanted, *e.meanwhile, e.image)
}

// Waited is the sum of the pauses since the request was sent, or answered, the one
// at hand among them.
func (e Edit) Waited() time.Duration { return e.waited }

// Entry is the edit's entry in the history, "" where there is none, and why the
// history is not complete.
func (e Edit) Entry() (id string, err error) { return e.journal.id, e.journal.err }

// Awaits is whether an answer to an effect is still awaited that must not be
// left out: a request's, or one of the history.
func (e Edit) Awaits() bool {
	return e.waits[forAnswer] != 0 || e.waits[forJournal] != 0 || e.waits[forEnd] != 0
}
