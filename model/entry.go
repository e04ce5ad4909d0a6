package model

import "time"

// Entry is one edit in the history: what was sent and what came of it. It is
// written down before the first of its requests is sent.
type Entry struct {
	// ID names the entry. Who keeps the history sets it.
	ID    string
	Place Place
	Begun time.Time
	// Base is the image as it was read just before, Wanted what it was to be.
	Base, Wanted Image
	// Requests are the patches in the order in which they are sent, each only
	// after the one before it was accepted.
	Requests []Patch
	// Undoes is the ID of the entry that this one takes back; else empty.
	Undoes string
	// HeldBy says which living program is still at it; empty when none is.
	HeldBy string
	// Cut is true where the edit was too large to be kept: Base and Wanted then
	// say which image it was, Requests which paths, and it cannot be taken back.
	Cut bool

	Ending
}

// Steps are the operations of all requests in words.
func (e Entry) Steps() []Step {
	var steps []Step
	rules := Rules{}
	for n, at := range rules.Stages(e.Base, e.Requests) {
		steps = append(steps, rules.Explain(at, e.Requests[n])...)
	}
	return steps
}

// Ending is what came of an entry. Its zero value is an entry whose answer
// never came.
type Ending struct {
	Outcome Outcome
	Ended   time.Time
	// Answers are those of the requests, in their order; fewer than there are
	// requests where some were not sent or had no answer.
	Answers []Answer
	// After is the image as it was read afterwards; nil when it was not.
	After *Image
	// Resolved is true where the outcome was found out later, by reading the
	// image, because no answer came.
	Resolved bool
}

// Answer is what a server said to one request. It holds no body.
type Answer struct {
	Code      int    `json:"code,omitempty"` // HTTP status; 0 when no answer came
	Reason    string `json:"reason,omitempty"`
	RequestID string `json:"request_id,omitempty"`
	// Detail is why it was refused: the server's text, or the network's. It is
	// foreign text.
	Detail   string        `json:"detail,omitempty"`
	Duration time.Duration `json:"duration,omitempty"`
}

// Outcome is what became of an edit.
type Outcome string

// The outcomes of an edit.
const (
	OutcomeOpen    Outcome = ""         // it was to be sent; no more is known
	OutcomeDone    Outcome = "done"     // the image is as it was to be
	OutcomeRefused Outcome = "refused"  // the server said no: nothing was changed
	OutcomePartly  Outcome = "partly"   // some of it holds
	OutcomeNotDone Outcome = "not done" // no answer came, and nothing of it holds
	OutcomeGone    Outcome = "gone"     // the image no longer exists
	// OutcomeOverwritten: it took effect, and another edit overwrote all or a part
	// of it.
	OutcomeOverwritten Outcome = "overwritten"
)
