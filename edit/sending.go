package edit

import (
	"errors"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
)

// send asks for the nth request to be sent. The two rows that lead here are
// left by it, so no request is asked for twice.
func (e *Edit) send(n int) []Effect {
	e.attempts = slices.Clone(e.attempts)
	q := &e.attempts[n]
	q.Sent = true
	e.state, e.at, e.pause = Sending, n, firstPause
	return append([]Effect{Send{Tag: e.ask(forAnswer), ID: e.plan.Base.ID, N: n, Request: q.Request}}, e.wake()...)
}

// peek looks at the image while the answer takes long: what others change then
// is overwritten.
func (e *Edit) peek(Event) []Effect { return e.read() }

// peeked keeps what others did meanwhile. A reading in which the edit shows
// already is from after it.
func (e *Edit) peeked(ev Event) []Effect {
	img := ev.(Read).Image
	if !merge.Compare(e.plan.Base, e.plan.Wanted, img).All() {
		e.inFlight = &img
	}
	return e.wake()
}

func (e *Edit) peekFailed(Event) []Effect { return e.wake() }

// answered takes the answer to a request.
func (e *Edit) answered(ev Event) []Effect {
	a := ev.(Answered)
	e.forget(forReading)
	e.forget(forWake)
	e.pause = firstPause
	q := e.take(a)
	switch {
	case a.Err == nil && e.follows():
		e.saw(a.Image, q)
		effects := e.record(record.OutcomeOpen, nil)
		if e.stopped {
			return append(effects, e.hold(HeldStopped)...)
		}
		e.state = Between
		return append(effects, e.read()...)
	case a.Err == nil:
		e.accepted = true
		e.saw(a.Image, q)
		e.reached = e.reached || e.image.Status == e.plan.Status
		return append(e.record(record.OutcomeApplied, nil), e.verify()...)
	case e.at == 0 && !Doubtful(q.Failure, q.Patch):
		e.holdIfMore(HeldFailed)
		e.state = Rejected
		return e.record(record.OutcomeRejected, nil)
	}
	e.holdIfMore(HeldFailed)
	return append(e.record(record.OutcomeOpen, nil), e.verify()...)
}

// take notes an answer.
func (e *Edit) take(a Answered) *Attempt {
	e.attempts = slices.Clone(e.attempts)
	q := &e.attempts[e.at]
	q.Left, q.Failure, q.FailedOp, q.Exchange = false, nil, -1, a.Exchange
	said := record.Response{Code: a.Exchange.Code, Reason: a.Exchange.Reason, RequestID: a.Exchange.RequestID, Duration: a.Exchange.Duration}
	if a.Err != nil {
		e.fail(q, a.Err)
		said.Detail = q.Failure.Detail
		if said.Detail == "" {
			said.Detail = q.Failure.Settled().Means // the outcome says what is not known
		}
	}
	e.journal.ending.Responses = append(slices.Clone(e.journal.ending.Responses), said)
	return q
}

// saw takes the image in an answer: what the server made of the edit before
// anyone else could change it. The call for a location has none.
func (e *Edit) saw(img model.Image, q *Attempt) {
	if q.Location == nil {
		e.image, e.known = img.Recalling(e.image), true
		e.answers = append(slices.Clone(e.answers), img)
	}
}

func (e *Edit) fail(q *Attempt, err error) {
	q.Failure = AsFailure(err)
	if q.Exchange.Code == 0 && q.Failure.Exchange.Method != "" {
		q.Exchange = q.Failure.Exchange
	}
	q.FailedOp = explain.FailedOperation(e.rules, q.Before, q.Patch, q.Failure.Exchange.Code, q.Failure.Detail)
}

// AsFailure is an error as a failure to send the edit.
func AsFailure(err error) *api.Failure {
	var f *api.Failure
	if errors.As(err, &f) {
		return f
	}
	return &api.Failure{Doing: "send the edit", Detail: err.Error(), Err: err}
}

// Doubtful reports whether a failure leaves open what the server did: no response, an
// answer that a proxy may have given, or a patch whose removals take effect
// even where the whole is refused.
func Doubtful(f *api.Failure, p patch.Patch) bool {
	code := f.Exchange.Code
	switch {
	case f.Kind == api.FailedAnswerLost:
		return true
	case f.Kind == api.FailedReadOnlyMode, f.Kind == api.FailedConfigured && code == 0:
		return false // it never left this program
	}
	return code < 400 || code >= 500 || p.RemovesLocations()
}

// Unanswered reports whether the service itself gave no response: none came, or that of
// a proxy, which can have any code. After its own 500 nothing was stored
// (measured).
func Unanswered(f *api.Failure) bool {
	return f.Kind == api.FailedAnswerLost || f.Exchange.Code == 0 || f.Exchange.Code > 500
}

// follows reports whether there is a request after the one at hand.
func (e *Edit) follows() bool { return e.at+1 < len(e.attempts) }

func (e *Edit) holdIfMore(why Held) {
	if e.follows() {
		e.held = why
	}
}

// hold ends the edit before its last request, and looks at what holds.
func (e *Edit) hold(why Held) []Effect {
	e.held = why
	return e.verify()
}

// between decides by the reading between two requests. The second deletes data,
// which it names by its place in the list of locations, or needs the formats
// that the first set: it is sent only while the image is as it was to be.
func (e *Edit) between(ev Event) []Effect {
	now, q := ev.(Read).Image, e.attempts[e.at]
	if !e.rules.MayFollow(q.Before, q.Patch, now) {
		e.held = HeldChanged
		return e.look(ev)
	}
	e.image = now.Recalling(e.image)
	e.attempts = slices.Clone(e.attempts)
	e.attempts[e.at+1].Before = now
	return e.send(e.at + 1)
}

func (e *Edit) notReadBetween(ev Event) []Effect {
	e.held = HeldUnread
	return e.notRead(ev)
}

func (e *Edit) stopBetween(Event) []Effect {
	e.stopped = true
	return e.hold(HeldStopped)
}

// stopWaiting looks at what holds although the answer has not come. The request
// is in flight all the same, and its answer is taken when it comes.
func (e *Edit) stopWaiting(Event) []Effect {
	e.attempts = slices.Clone(e.attempts)
	q := &e.attempts[e.at]
	q.Left, e.stopped = true, true
	e.fail(q, &api.Failure{
		Doing: "send the edit", Kind: api.FailedCancelled,
		Means:  "You stopped waiting. The request was sent, and the server may still apply it.",
		Known:  "You stopped waiting for the response.",
		Advice: "check the image again later; you can send another edit once this one has a response",
	})
	e.holdIfMore(HeldStopped)
	return e.verify()
}

// answeredLate is an answer that no one waited for.
func (e *Edit) answeredLate(ev Event) []Effect {
	e.held = NotHeld
	return e.answered(ev)
}

// answeredAfterAll is one after a reading has told what it would.
func (e *Edit) answeredAfterAll(ev Event) []Effect {
	a := ev.(Answered)
	if q := e.take(a); a.Err == nil && q.Location == nil {
		e.answers = append(slices.Clone(e.answers), a.Image)
	}
	return e.record(e.journal.ending.Outcome, e.journal.ending.After)
}
