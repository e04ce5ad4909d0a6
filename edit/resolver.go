package edit

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
)

const (
	mostResolved = 20 // images that are read in a round
	// mayStillCome is how long a server may be at work on a request whose sender is
	// gone, for example while it waits for the host of a location. Before that an
	// edit that does not show is not yet one that was not applied.
	mayStillCome = 10 * time.Minute
	resolvePause = time.Minute
)

// Resolver finds out what became of edits without a response, since the program
// ended or the connection broke, by reading their images. It is a machine like
// Edit: it asks for ReadImage, EndEntry and Wake. It goes round by round: all are
// read, one after another, and those that may still be applied again in the next.
type Resolver struct {
	open     []openEntry // to be read in this round, the first one now
	pending  []openEntry // that may still be applied
	resolved []record.Entry
	added    []string // the IDs of the entries that came later
	waits    Tag
	last     Tag
}

// openEntry is an entry of that age.
type openEntry struct {
	record.Entry

	age time.Duration
}

// NewResolver begins with those of the entries that are open, and that no living
// program is at.
func NewResolver(entries []record.Entry, now time.Time) (Resolver, []Effect) {
	var r Resolver
	for _, e := range entries {
		if e.Outcome == record.OutcomeOpen && e.OwnedBy == "" && !e.Abbreviated && len(r.open) < mostResolved {
			r.open = append(r.open, openEntry{e, now.Sub(e.StartedAt)})
		}
	}
	return r, r.next()
}

// Add takes an entry that this program has left open, once. It was looked at a
// moment ago, so it comes with the next round.
func (r Resolver) Add(e record.Entry) (Resolver, []Effect) {
	if slices.Contains(r.added, e.ID) {
		return r, nil
	}
	r.added = append(slices.Clip(r.added), e.ID)
	r.pending = append(slices.Clip(r.pending), openEntry{Entry: e})
	if r.waits != 0 {
		return r, nil
	}
	r.resolved = nil
	return r, r.next()
}

// Resolved are the entries of this round whose end is known now, with that end.
func (r Resolver) Resolved() []record.Entry { return r.resolved }

// Pending are those that may still be applied.
func (r Resolver) Pending() (entries []record.Entry) {
	for _, e := range r.pending {
		entries = append(entries, e.Entry)
	}
	return entries
}

// Rests reports whether the round is over.
func (r Resolver) Rests() bool { return len(r.open) == 0 }

// Step takes the answer to an effect. One that is not awaited changes nothing.
func (r Resolver) Step(ev Event) (Resolver, []Effect) {
	if ev.answers() != r.waits || r.waits == 0 {
		return r, nil
	}
	r.waits = 0
	switch ev := ev.(type) {
	case Read:
		outcome := merge.Compare(r.open[0].Base, r.open[0].Wanted, ev.Image).Outcome()
		return r.settle(outcome, &ev.Image)
	case ReadFailed:
		if notFound(ev.Err) {
			return r.settle(record.OutcomeDeleted, nil)
		}
		return r.settle(record.OutcomeOpen, nil) // the next start tries again
	case Woken:
		for _, e := range r.pending {
			r.open = append(r.open, openEntry{e.Entry, e.age + resolvePause})
		}
		r.pending, r.resolved = nil, nil
		return r, r.next()
	}
	return r, nil
}

// settle ends the entry that was read, where its image told what became of it.
func (r Resolver) settle(outcome record.Outcome, after *model.Image) (Resolver, []Effect) {
	e := r.open[0]
	r.open = r.open[1:]
	var effects []Effect
	sure := outcome == record.OutcomeApplied || outcome == record.OutcomeDeleted
	switch {
	case outcome == record.OutcomeOpen: // it shows too little
	case !sure && e.age < mayStillCome:
		r.pending = append(slices.Clip(r.pending), e)
	default:
		e.Outcome, e.After, e.Resolved = outcome, after, true
		r.resolved = append(slices.Clip(r.resolved), e.Entry)
		r.last++
		effects = []Effect{EndEntry{Tag: r.last, ID: e.ID, Ending: e.Result}}
	}
	return r, append(effects, r.next()...)
}

// next reads the next image, or pauses where there is something to come.
func (r *Resolver) next() []Effect {
	if len(r.open)+len(r.pending) == 0 {
		return nil
	}
	r.last++
	r.waits = r.last
	if len(r.open) > 0 {
		return []Effect{ReadImage{Tag: r.waits, ID: r.open[0].Base.ID}}
	}
	return []Effect{Wake{Tag: r.waits, After: resolvePause}}
}

// Resolve runs one round of a Resolver without a screen. The error is of writing
// down what was found out.
func (h Handler) Resolve(ctx context.Context, entries []record.Entry) (Resolver, error) {
	var errs []error
	found, effects := NewResolver(entries, h.now())
	for len(effects) > 0 {
		if _, wakes := effects[0].(Wake); wakes { // it is the last one
			break
		}
		ev := h.Start(effects[0])(ctx)
		if e, is := ev.(Ended); is {
			errs = append(errs, e.Err)
		}
		var more []Effect
		found, more = found.Step(ev)
		effects = append(effects[1:], more...)
	}
	return found, errors.Join(errs...)
}
