package edit

import (
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

// The image is looked at again after firstPause and less often the longer
// nothing happens. An answer that may still be in the making is looked for
// for a minute, what an accepted edit sets in motion until longest;
// who stays looks on after that, and rarely.
const (
	firstPause = time.Second
	lastPause  = 10 * time.Second
	rarePause  = time.Minute
	timeout    = time.Minute
	longest    = 10 * time.Minute
)

// laterLooks are the pauses before the looks at an edit that is there: a PATCH
// writes the whole image back, so that two at one moment undo each other, and
// both get a yes (measured).
var laterLooks = []time.Duration{2 * time.Second, 3 * time.Second}

// verify finds out what holds now.
func (e *Edit) verify() []Effect {
	e.state, e.checked, e.waited = Verifying, false, 0
	e.forget(forWake)
	return e.read()
}

func (e *Edit) lookAgain(Event) []Effect { return e.read() }

// lookNow looks without waiting for the end of the pause, also where an end was
// reached: what is found then decides again.
func (e *Edit) lookNow(Event) []Effect {
	if e.left = false; e.waits[forReading] != 0 {
		return nil
	}
	if e.state.Ended() {
		e.state = Verifying
		if e.accepted && e.checked {
			e.state = Following
		}
	}
	e.forget(forWake)
	return e.read()
}

// heardAfter takes a reading of after the end. What it tells of the edit is for
// who remembers more of the image than this edit.
func (e *Edit) heardAfter(ev Event) []Effect {
	if h := ev.(Heard); h.Gone {
		e.gone = true
	} else {
		e.image, e.gone = h.Image.Recalling(e.image), false
	}
	return nil
}

// wake asks for another look after a pause, each longer than the one before.
func (e *Edit) wake() []Effect {
	pause, most := e.pause, lastPause
	if e.waited >= longest {
		most = rarePause
	}
	e.pause = min(e.pause*3/2, most)
	if e.atRest() && e.looks < len(laterLooks) {
		pause = laterLooks[e.looks]
	}
	e.waited += pause
	return []Effect{Wake{Tag: e.ask(forWake), After: pause}}
}

// look takes a reading of after the answer.
func (e *Edit) look(ev Event) []Effect {
	img, q := ev.(Read).Image, &e.attempts[e.at]
	if e.atRest() {
		e.looks++
	}
	moved, before := img.Status != e.image.Status, e.accepted
	e.image, e.known, e.checked, e.gone, e.notReadBy = img.Recalling(e.image), true, true, false, nil
	e.found = merge.Compare(e.plan.Base, e.plan.Wanted, img)
	switch {
	case !e.accepted && e.found.All():
		e.accepted = true
	case e.accepted && q.Location != nil && q.Failure == nil && rules.CallFailed(img):
		e.attempts = slices.Clone(e.attempts)
		e.attempts[e.at].Failure = rules.CallFailure(q.Exchange)
		e.accepted = false
	}
	e.reached = e.reached || img.Status == e.plan.Status
	if moved || before != e.accepted {
		e.pause = firstPause
	}
	return e.goOn()
}

// notRead is a look that failed.
func (e *Edit) notRead(ev Event) []Effect {
	e.notReadBy = ev.(ReadFailed).Err
	if notFound(e.notReadBy) && e.waits[forAnswer] == 0 {
		e.gone = true
		return e.end(Deleted)
	}
	return e.goOn()
}

// goOn waits for another look, or ends.
func (e *Edit) goOn() []Effect {
	if !e.watching() {
		return e.conclude()
	}
	e.state = Verifying
	outcome := record.OutcomeOpen
	if e.accepted && e.checked {
		e.state, outcome = Following, e.reading()
	}
	return append(e.recordReading(outcome), e.wake()...)
}

// watching reports whether there is something to wait for: an answer, the end of a
// motion, a reading, or an edit of someone else's that overwrites this one.
func (e *Edit) watching() bool {
	switch {
	case e.waits[forAnswer] != 0:
		return true
	case e.waited >= e.limit() && (e.left || !e.opts.Stay):
		return false
	case !e.checked:
		return true
	case e.left:
		return false
	case e.accepted:
		return !e.atRest() || e.looks < len(laterLooks)
	}
	f := e.attempts[e.at].Failure
	return f != nil && (Unanswered(f) || f.Exchange.Code >= 500) || e.found.Outcome() == record.OutcomeOpen
}

// mayYetBeDone reports whether the server may still apply a request whose
// answer did not come, as long as one can take.
func (e *Edit) mayYetBeDone() bool {
	f := e.attempts[e.at].Failure
	return f != nil && Unanswered(f) && e.waited < longest
}

// limit is how long is waited in all, beside the time that readings take.
func (e *Edit) limit() time.Duration {
	if !e.checked || e.accepted && (e.image.Status.Transitional() || e.attempts[e.at].Location != nil) {
		return longest
	}
	return timeout
}

// atRest reports whether the edit was accepted and nothing more is to be expected:
// all that it sets in motion has come to its end, or a part of it is missing.
func (e *Edit) atRest() bool {
	return e.accepted && e.checked && (e.arrived() && !e.image.Status.Transitional() || len(e.found.NotApplied) > 0)
}

// shown reports whether a reading shows all of the edit, and what it sets in motion
// has come to its end. What was transitional before it, and is not predicted to change
// by it, is no part of it.
func (e *Edit) shown() bool {
	foreign := e.accepted && e.checked && e.plan.Status == e.plan.Base.Status && e.image.Status.Transitional()
	return e.waits[forAnswer] == 0 && (foreign && len(e.found.NotApplied) == 0 || e.atRest() && e.found.All())
}

// arrived reports whether the status is one that nothing more is to be expected of:
// the predicted one, or any where the edit changes none.
func (e *Edit) arrived() bool { return e.reached || e.plan.Status == e.plan.Base.Status }

// stopLooking ends with what is known; while an answer is awaited, once that has
// come and was looked into.
func (e *Edit) stopLooking(Event) []Effect {
	e.left = true
	e.forget(forReading)
	e.forget(forWake)
	if e.waits[forAnswer] != 0 {
		return nil
	}
	return e.conclude()
}

// conclude ends by the last reading.
func (e *Edit) conclude() []Effect {
	switch {
	case !e.checked:
		return e.end(Unknown)
	case e.accepted && len(e.found.NotApplied) == 0:
		return e.end(Applied) // what the reading does not show is no loss
	case e.accepted:
		ignored, overwritten := e.missing()
		if len(overwritten) == 0 && len(ignored) > 0 {
			return e.end(Ignored)
		}
		return e.end(Overwritten)
	case e.found.Outcome() == record.OutcomeOpen:
		return e.end(Unknown)
	case e.found.None():
		return e.end(NotApplied)
	}
	return e.end(PartlyApplied)
}

// reading is what the last reading says of the edit.
func (e *Edit) reading() record.Outcome {
	if q := e.attempts[e.at]; e.accepted && q.Failure == nil && q.Location != nil {
		return record.OutcomeApplied // what it added cannot be read there
	}
	if e.accepted && len(e.found.NotApplied) > 0 {
		if _, overwritten := e.missing(); len(overwritten) > 0 {
			return record.OutcomeOverwritten
		}
	}
	return e.found.Outcome()
}

func (e *Edit) end(s State) []Effect {
	e.state = s
	outcome := record.OutcomeOpen
	switch s {
	case Deleted:
		outcome = record.OutcomeDeleted
	case Applied, Overwritten, Ignored:
		outcome = e.reading()
	case PartlyApplied, NotApplied:
		if !e.mayYetBeDone() { // else the next start finds out
			outcome = e.reading()
		}
	}
	return e.recordReading(outcome)
}

// missing parts what is missing of an accepted edit: what no response showed
// either was ignored by the server; the rest was there, and another edit
// overwrote it.
func (e *Edit) missing() (ignored, overwritten []merge.Change) {
	for _, l := range e.found.NotApplied {
		shown := func(img model.Image) bool {
			lost := merge.Compare(e.plan.Base, e.plan.Wanted, img).NotApplied
			return !slices.ContainsFunc(lost, func(c merge.Change) bool { return c.Field == l.Field })
		}
		if len(e.answers) > 0 && !slices.ContainsFunc(e.answers, shown) {
			ignored = append(ignored, l)
		} else {
			overwritten = append(overwritten, l)
		}
	}
	return ignored, overwritten
}
