package edit

import (
	"context"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// Service is what an edit asks of an Image service; client.Client satisfies it.
type Service interface {
	Get(ctx context.Context, id string) (model.Image, error)
	Patch(ctx context.Context, id string, p model.Patch) (model.Image, model.Exchange, error)
	AddLocation(ctx context.Context, id string, l model.Location) (model.Exchange, error)
}

// Keeper is the history; state.Store satisfies it.
type Keeper interface {
	Begin(model.Entry) (id string, err error)
	End(id string, e model.Ending) error
}

// Asker is who says yes and decides: a person at a terminal, or the flags of a
// command. Both get the edit as it is. The event is Agree or Decide, or Stop.
type Asker interface {
	Review(context.Context, Edit) Event
	Decide(context.Context, Edit) Event
	// Passed is told of every step, for a line on what takes time.
	Passed(Edit)
}

// Runner carries out what an edit asks for, without a screen.
type Runner struct {
	Service Service
	Keeper  Keeper // nil where nothing is kept
	Asker   Asker
	Place   model.Place
	// Now and Sleep are the clock; nil for that of the machine.
	Now   func() time.Time
	Sleep func(context.Context, time.Duration)
	// Follow looks at an edit twice more after all has come to rest, as a screen
	// does; otherwise the first reading that shows all of it is the end.
	Follow bool
}

// longestRequest is how long a request may take. A server that fetches the size
// of a location from a slow host takes minutes.
const longestRequest = 10 * time.Minute

// Run steps until the edit has ended. Where ctx ends before a request was sent,
// none is. Where it ends later, Run ends as soon as it knows what became of the
// edit, or while a request is unanswered at once: its entry stays open, and the
// next start finds out.
func (r Runner) Run(ctx context.Context, e Edit) Edit {
	if r.Now == nil {
		r.Now = time.Now
	}
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
			go func() {
				answer := r.carryOut(life, f)
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

// carryOut does one thing that an edit asked for.
func (r Runner) carryOut(ctx context.Context, f Effect) Event {
	switch f := f.(type) {
	case ReadImage:
		img, err := r.Service.Get(ctx, f.ID)
		if err != nil {
			return ReadFailed{Tag: f.Tag, Err: err}
		}
		return Read{Tag: f.Tag, Image: img}
	case BeginEntry:
		if r.Keeper == nil {
			return Journalled{Tag: f.Tag}
		}
		entry := f.Entry
		entry.Place, entry.Begun = r.Place, r.Now()
		id, err := r.Keeper.Begin(entry)
		return Journalled{Tag: f.Tag, ID: id, Err: err}
	case EndEntry:
		return Ended{Tag: f.Tag, Err: r.Keeper.End(f.ID, f.Ending)}
	case Send:
		ctx, cancel := context.WithTimeout(ctx, longestRequest)
		defer cancel()
		if l := f.Request.Location; l != nil {
			exchange, err := r.Service.AddLocation(ctx, f.ID, *l)
			return Answered{Tag: f.Tag, Exchange: exchange, Err: err}
		}
		img, exchange, err := r.Service.Patch(ctx, f.ID, f.Request.Patch)
		return Answered{Tag: f.Tag, Image: img, Exchange: exchange, Err: err}
	case Wake:
		r.Sleep(ctx, f.After)
		return Woken{Tag: f.Tag}
	}
	return Stop{}
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
