package edit

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
)

// journal is the edit in the history: written down before its first request is
// sent, after every answer, and when a reading told more.
type journal struct {
	id      string // of the entry; empty where there is none
	err     error  // why the history is not complete; told once
	ending  record.Result
	pending bool // it has changed since
}

// begin asks for the entry.
func (e *Edit) begin() []Effect {
	e.state, e.image = Journaling, e.plan.Base
	e.attempts = make([]Attempt, len(e.plan.Requests))
	for n, q := range e.plan.Requests {
		e.attempts[n] = Attempt{Request: q, FailedOp: -1}
	}
	return []Effect{BeginEntry{Tag: e.ask(forJournal), Entry: record.Entry{
		Base: e.plan.Base, Wanted: e.plan.Wanted, Requests: e.plan.Patches(), Undoes: e.opts.Undoes,
	}}}
}

// stopAfterJournal remembers that nothing is to be sent. The entry is written
// by now, or is not: its answer tells.
func (e *Edit) stopAfterJournal(Event) []Effect {
	e.stopped = true
	return nil
}

// journaled takes the entry and sends. A history that cannot be written keeps
// nothing from being sent; it is said, once.
func (e *Edit) journaled(ev Event) []Effect {
	j := ev.(Journaled)
	e.journal.id, e.journal.err = j.ID, j.Err
	if e.stopped {
		e.state = Withdrawn
		return e.record(record.OutcomeNotApplied, nil)
	}
	return e.send(0)
}

// record writes down what is known of the edit, where that is news.
func (e *Edit) record(outcome record.Outcome, after *model.Image) []Effect {
	j := &e.journal
	j.ending.Outcome, j.ending.After = outcome, after
	if j.id == "" {
		return nil
	}
	if e.waits[forEnd] != 0 { // one at a time, or an older one could come last
		j.pending = true
		return nil
	}
	j.pending = false
	ending := j.ending
	ending.Responses = slices.Clone(ending.Responses)
	return []Effect{EndEntry{Tag: e.ask(forEnd), ID: j.id, Ending: ending}}
}

// ended is an ending that was written down, or not.
func (e *Edit) ended(ev Event) []Effect {
	if err := ev.(Ended).Err; err != nil && e.journal.err == nil {
		e.journal.err = err
	}
	if e.journal.pending {
		return e.record(e.journal.ending.Outcome, e.journal.ending.After)
	}
	return nil
}

// recordReading writes down what a reading told, where that is news.
func (e *Edit) recordReading(outcome record.Outcome) []Effect {
	j := &e.journal
	if outcome == record.OutcomeOpen || j.ending.Outcome == outcome && (j.ending.After != nil || outcome == record.OutcomeDeleted) {
		return nil
	}
	var after *model.Image
	if outcome != record.OutcomeDeleted && e.checked {
		img := e.image
		after = &img
	}
	return e.record(outcome, after)
}
