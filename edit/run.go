package edit

import (
	"context"
	"time"
)

// Asker is who confirms and decides: a user at a terminal, or the flags of a
// command. Both get the edit as it is. The event is Agree or Decide, or Stop.
type Asker interface {
	Review(context.Context, Edit) Event
	Decide(context.Context, Edit) Event
	// Passed is told of every step, for a line on what takes time.
	Passed(Edit)
}

// Runner runs an edit without a screen.
type Runner struct {
	Handler

	Asker Asker
	// Sleep is the clock; nil for that of the machine.
	Sleep func(context.Context, time.Duration)
	// Follow looks at an edit twice more after all has come to rest, as a screen
	// does; otherwise the first reading that shows all of it is the end.
	Follow bool
}

// Run steps until the edit has ended. Where ctx ends before a request was sent,
// none is. Where it ends later, Run ends as soon as it knows what became of the
// edit, or while a request is unanswered at once: its entry stays open, and the
// next start finds out.
func (r Runner) Run(ctx context.Context, e Edit) Edit {
	if r.Sleep == nil {
		r.Sleep = sleep
	}
	life, leave := context.WithCancel(context.WithoutCancel(ctx))
	defer leave()
	events := make(chan Event)
	step := func(ev Event) {
		var effects []Effect
		e, effects = e.Step(ev)
		for _, f := range effects {
			do := r.start(f)
			go func() {
				answer := do(life)
				select {
				case events <- answer:
				case <-life.Done():
				}
			}()
		}
		r.Asker.Passed(e)
	}
	ended := ctx.Done()
	for !e.state.Ended() || e.Awaits() {
		if ended != nil && ctx.Err() != nil { // before anything else is taken
			if e.waits[forAnswer] != 0 {
				return e
			}
			ended = nil
			step(Stop{})
			continue
		}
		switch e.state {
		case Reviewing:
			step(r.Asker.Review(ctx, e))
			if e.state == Reviewing { // an asker who agrees to what cannot be sent
				step(Stop{})
			}
			continue
		case Deciding:
			step(r.Asker.Decide(ctx, e))
			continue
		case Following:
			if !r.Follow && e.shown() {
				step(Stop{})
				continue
			}
		}
		select {
		case ev := <-events:
			step(ev)
		case <-ended:
		}
	}
	return e
}

// start is Handler.Start, and sleeping.
func (r Runner) start(f Effect) func(context.Context) Event {
	w, wakes := f.(Wake)
	if !wakes {
		return r.Start(f)
	}
	return func(ctx context.Context) Event {
		r.Sleep(ctx, w.After)
		return Woken{Tag: w.Tag}
	}
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
