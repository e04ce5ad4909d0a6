package response

import (
	"time"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
)

// request is one request of the edit and what came back.
type request struct {
	edit.Request // Before is foretold until it is sent
	sent         bool
	exchange     model.Exchange
	failure      *model.Failure
	left         bool           // nobody waited for the answer, which may still come
	culprit      int            // the operation that was refused; -1 for none or unknown
	body         *draw.Document // the answer's, once it was drawn
}

func requestsOf(plan edit.Plan) []request {
	requests := make([]request, len(plan.Requests))
	for n, q := range plan.Requests {
		requests[n] = request{Request: q, culprit: -1}
	}
	return requests
}

// calls is whether the last of the requests adds a location by a call of its own.
func (r *Response) calls() bool { return r.requests[len(r.requests)-1].Location != nil }

// accepted is whether the answer was yes.
func (q *request) accepted() bool { return q.exchange.Code != 0 && q.failure == nil }

// fail takes a failure in.
func (q *request) fail(err error, rules model.Rules) {
	q.failure = edit.AsFailure(err)
	if q.exchange.Code == 0 && q.failure.Exchange.Method != "" {
		q.exchange = q.failure.Exchange
	}
	q.culprit = rules.Culprit(q.Before, q.Patch, q.failure.Exchange.Code, q.failure.Detail)
}

// doubtful is whether the failure leaves open what the server did.
func (q *request) doubtful() bool { return edit.Doubtful(q.failure, q.Patch) }

// request is the one that was sent last.
func (r *Response) request() *request { return &r.requests[r.at] }

// failure is why that one failed; nil when it did not.
func (r *Response) failure() *model.Failure { return r.request().failure }

// several is whether the edit is more than one request.
func (r *Response) several() bool { return len(r.requests) > 1 }

// follows is whether there is a request after the one at hand.
func (r *Response) follows() bool { return r.at+1 < len(r.requests) }

// took is how long all answers took.
func (r *Response) took() (sum time.Duration) {
	for _, q := range r.requests {
		sum += q.exchange.Duration
	}
	return sum
}

// held is why a request that was to follow was not sent.
type held int

const (
	notHeld     held = iota
	heldFailed       // the one before it was refused, or nobody knows what became of it
	heldStopped      // the user did not want to wait
	heldUnread       // the image could not be read in between
	heldChanged      // the locations are not those whose places it names
)
