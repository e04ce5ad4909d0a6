package edit

import (
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

// State is how far the edit is.
func (e Edit) State() State { return e.state }

// Plan is what would be sent, or was.
func (e Edit) Plan() Plan { return e.plan }

// Stays is what an undo cannot revert as the image is now, in sentences.
func (e Edit) Stays() []string { return slices.Concat(e.opts.NotUndoable, e.stays) }

// Rules are the server's.
func (e Edit) Rules() rules.Rules { return e.rules }

// News is what someone else changed since the plan that was shown before.
// There can be news without a change: details that the server fills in may
// need another request.
func (e Edit) News() (changes []merge.Change, isNews bool) { return e.news, e.plans > 0 }

// Plans counts the plans that were shown before this one. Each needs a yes of
// its own.
func (e Edit) Plans() int { return e.plans }

// Meanwhile is what someone else changed since the plan was made.
func (e Edit) Meanwhile() []merge.Change { return e.meanwhile }

// OneRequest reports whether all goes in one request by the user's wish.
func (e Edit) OneRequest() bool { return e.oneRequest }

// Confirmed reports whether a look without a yes found the image as in the plan.
func (e Edit) Confirmed() bool { return e.confirmed }

// Conflicts are what is to be decided, and theirs the image that they are with.
func (e Edit) Conflicts() (conflicts []merge.Conflict, theirs model.Image) {
	return e.conflicts, e.theirs
}

// NotReread is why the reading before sending failed; nil when it did not.
func (e Edit) NotReread() error { return e.failure }

// Attempts are the requests and what came back.
func (e Edit) Attempts() []Attempt { return e.attempts }

// At is which of them was sent last.
func (e Edit) At() int { return e.at }

// Accepted reports whether the answer was yes.
func (q Attempt) Accepted() bool { return q.Exchange.Code != 0 && q.Failure == nil }

// Failure is why the request that was sent last failed; nil when it did not.
func (e Edit) Failure() *api.Failure {
	if len(e.attempts) == 0 {
		return nil
	}
	return e.attempts[e.at].Failure
}

// Stopped reports whether the user did not want to wait.
func (e Edit) Stopped() bool { return e.stopped }

// Held is why a request that was to follow was not sent.
func (e Edit) Held() Held { return e.held }

// Accepted reports whether the edit was applied, by the answer or a reading.
func (e Edit) Accepted() bool { return e.accepted }

// Image is the last reading, or what the last answer showed; the base before
// any.
func (e Edit) Image() model.Image {
	if !e.known {
		return e.plan.Base
	}
	return e.image
}

// Known reports whether Image is of after the first request.
func (e Edit) Known() bool { return e.known }

// Checked reports whether the image was read after the last answer.
func (e Edit) Checked() bool { return e.checked }

// Gone reports whether the image no longer exists, as far as is known.
func (e Edit) Gone() bool { return e.gone }

// Found is what the last reading shows of the edit.
func (e Edit) Found() merge.Comparison { return e.found }

// NotRead is why the last look at the image failed; nil when it did not.
func (e Edit) NotRead() error { return e.notReadBy }

// Reached reports whether the status that was predicted was seen.
func (e Edit) Reached() bool { return e.reached }

// Lost parts what is missing of an accepted edit: what the server ignored,
// and what another edit overwrote.
func (e Edit) Lost() (ignored, overwritten []merge.Change) {
	if !e.accepted {
		return nil, nil
	}
	return e.missing()
}

// Erased is what of others' edits this one overwrote, and whole what the image
// would be if both had come through.
func (e Edit) Erased() (erased []merge.Change, whole model.Image) {
	if e.inFlight == nil || !e.checked || e.gone || !e.accepted && e.found.None() {
		return nil, model.Image{}
	}
	return merge.Overwrote(e.plan.Base, e.plan.Wanted, *e.inFlight, e.image)
}

// Waited is the sum of the pauses since the request was sent, or answered, the one
// at hand among them.
func (e Edit) Waited() time.Duration { return e.waited }

// Entry is the edit's entry in the history, as far as it is known here: without
// its place and time, and without an ID where there is none.
func (e Edit) Entry() record.Entry {
	return record.Entry{
		ID: e.journal.id, Base: e.plan.Base, Wanted: e.plan.Wanted, Requests: e.plan.Patches(), Undoes: e.opts.Undoes,
		Result: e.journal.ending,
	}
}

// NotJournaled is why the history is not complete; nil where it is.
func (e Edit) NotJournaled() error { return e.journal.err }

// Reading reports whether the image is being read.
func (e Edit) Reading() bool { return e.waits[forReading] != 0 }

// Unanswered reports whether the answer to a request is still awaited.
func (e Edit) Unanswered() bool { return e.waits[forAnswer] != 0 }

// Awaits reports whether an answer to an effect is still awaited that must not be
// left out: a request's, or one of the history.
func (e Edit) Awaits() bool {
	return e.waits[forAnswer] != 0 || e.waits[forJournal] != 0 || e.waits[forEnd] != 0
}
