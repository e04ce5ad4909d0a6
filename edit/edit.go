package edit

import (
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Edit is one wanted change of one image in flight, from its review to its
// end. It is a value: Step gives another one and leaves the old as it was.
type Edit struct {
	state State
	rules rules.Rules
	opts  Options
	plan  Plan
	stays []string // what an undo cannot reach, in sentences

	// Before sending.
	oneRequest bool        // where two would be safer, as the user wants it
	agreed     bool        // there is a yes to the plan
	confirmed  bool        // a look found the image as in the plan
	theirs     model.Image // the image that conflicts with the edit
	conflicts  []merge.Conflict
	plans      int            // how many were shown before this one
	news       []merge.Change // what someone else changed since the plan before this one
	meanwhile  []merge.Change // since this one
	failure    error          // of the reading before sending

	// Sending.
	attempts []Attempt // one for each request of the plan
	at       int       // the one that was sent last
	stopped  bool
	held     Held

	// What became of it.
	accepted  bool // by the answer to the last request, or by a reading
	answers   []model.Image
	image     model.Image // the last reading, or the last answer; the base before any
	known     bool        // there was one
	checked   bool        // it was read after the last answer
	notReadBy error       // why the last look failed
	found     merge.Comparison
	inFlight  *model.Image // read while a request was in flight, from before it took effect
	reached   bool         // the predicted status was seen
	gone      bool         // the last that was heard of the image is that it is gone
	left      bool         // no one looks on any more
	looks     int          // made after all had come to rest
	pause     time.Duration
	waited    time.Duration // the pauses so far

	journal journal
	waits   [answerKinds]Tag // for an answer of each kind; 0 where none is awaited
	last    Tag
}

// Options are what an edit may have beside its image.
type Options struct {
	// Undoes is the entry of the history that this undoes; else empty.
	Undoes string
	// NotUndoable is what of it cannot come back, whatever the image is now, in
	// sentences.
	NotUndoable []string
	// Stay looks on, ever more rarely, until all has come to rest or Stop comes;
	// otherwise it stops after a while.
	Stay bool
}

// Attempt is a request and what came back.
type Attempt struct {
	Request
	Sent     bool
	Exchange api.Exchange
	Failure  *api.Failure
	Left     bool // no one waited for the answer, which may still come
	FailedOp int  // the operation that was refused; -1 for none or unknown
}

// What can be awaited at the same time: one of each.
const (
	forReading = iota
	forAnswer
	forWake
	forJournal
	forEnd

	answerKinds
)

// slot is where the tag of an answer is awaited.
func (k kind) slot() int {
	switch k {
	case onAnswered:
		return forAnswer
	case onWoken:
		return forWake
	case onJournaled:
		return forJournal
	case onEnded:
		return forEnd
	}
	return forReading
}

// New is an edit that turns base into wanted, to be reviewed.
func New(base, wanted model.Image, rules rules.Rules, opts Options) Edit {
	return Edit{rules: rules, opts: opts, plan: NewPlan(base, wanted, rules, false)}
}

// Onto is an edit that turned base into wanted, on top of the image as it is
// now: to be reviewed, or first to be decided where both changed the same.
func Onto(base, wanted, now model.Image, rules rules.Rules, opts Options) Edit {
	e := Edit{rules: rules, opts: opts, plan: Plan{Base: base, Wanted: wanted}}
	now = now.Recalling(base)
	merged, conflicts := merge.Merge(base, wanted, now)
	if len(conflicts) > 0 {
		e.state, e.theirs, e.conflicts = Deciding, now, conflicts
		return e
	}
	e.plan, e.stays = e.planOn(now, merged)
	return e
}

// planOn is the plan for the image as it is now. What undoes an edit goes
// as far as a patch can, and says what stays.
func (e *Edit) planOn(now, wanted model.Image) (p Plan, stays []string) {
	if e.opts.Undoes != "" {
		wanted, stays = merge.Reachable(e.rules, now, wanted)
	}
	return NewPlan(now, wanted, e.rules, e.oneRequest), stays
}

// Step takes an event and gives the edit after it, with what is to be done now,
// in this order. An event that the edit does not expect, such as the answer to
// a reading that was given up, changes nothing.
func (e Edit) Step(ev Event) (Edit, []Effect) {
	slot := ev.kind().slot()
	if tag := ev.answers(); tag != 0 && e.waits[slot] != tag || tag == 0 && ev.kind() >= onRead {
		return e, nil
	}
	t := row(e.state, ev.kind())
	if t == nil {
		return e, nil
	}
	if ev.answers() != 0 {
		e.waits[slot] = 0
	}
	effects := t.do(&e, ev)
	return e, effects
}

// ask is a new tag, awaited from now on.
func (e *Edit) ask(slot int) Tag {
	e.last++
	e.waits[slot] = e.last
	return e.last
}

// forget makes an answer stale.
func (e *Edit) forget(slot int) { e.waits[slot] = 0 }

func (e *Edit) read() []Effect {
	return []Effect{ReadImage{Tag: e.ask(forReading), ID: e.plan.Base.ID}}
}
