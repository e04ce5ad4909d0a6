package record

import (
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
)

// Entry is one edit in the history: what was sent and what came of it. It is
// written down before the first of its requests is sent.
type Entry struct {
	// ID names the entry. Who keeps the history sets it.
	ID        string
	Service   api.ServiceID
	StartedAt time.Time
	// Base is the image as it was read just before, Wanted what it was to be.
	Base, Wanted model.Image
	// Requests are the patches in the order in which they are sent, each only
	// after the one before it was accepted.
	Requests []patch.Patch
	// Undoes is the ID of the entry that this one undoes; else empty.
	Undoes string
	// OwnedBy says which living program is still at it; empty when none is.
	OwnedBy string
	// Abbreviated reports whether the edit was too large to be kept: Base and Wanted then
	// say which image it was, Requests which paths, and it cannot be undone.
	Abbreviated bool

	Result
}

// Result is what came of an entry. Its zero value is an entry that got no response.
type Result struct {
	Outcome Outcome
	Ended   time.Time
	// Responses are those of the requests, in their order; fewer than there are
	// requests where some were not sent or had no response.
	Responses []Response
	// After is the image as it was read afterwards; nil when it was not.
	After *model.Image
	// Resolved reports whether the outcome was found out later, by reading the
	// image, because no response came.
	Resolved bool
}

// Response is what a server said to one request. It holds no body.
type Response struct {
	Code      int    `json:"code,omitempty"` // HTTP status; 0 when no response came
	Reason    string `json:"reason,omitempty"`
	RequestID string `json:"request_id,omitempty"`
	// Detail is why it was refused: the server's text, or the network's. It is
	// untrusted text.
	Detail   string        `json:"detail,omitempty"`
	Duration time.Duration `json:"duration,omitempty"`
}

// Outcome is what became of an edit.
type Outcome string

// The outcomes of an edit.
const (
	OutcomeOpen          Outcome = ""         // it was to be sent; no more is known
	OutcomeApplied       Outcome = "done"     // the image is as it was to be
	OutcomeRejected      Outcome = "refused"  // the server said no: nothing was changed
	OutcomePartlyApplied Outcome = "partly"   // some of it holds
	OutcomeNotApplied    Outcome = "not done" // no response came, and nothing of it holds
	OutcomeDeleted       Outcome = "gone"     // the image no longer exists
	// OutcomeOverwritten: it took effect, and another edit overwrote all or a part
	// of it.
	OutcomeOverwritten Outcome = "overwritten"
)
