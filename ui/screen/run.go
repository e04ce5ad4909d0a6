package screen

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/draw"
)

// Run is an edit in progress: what it asks for becomes commands, what came of
// them becomes events. It outlives its screens, since a request is run,
// and its answer written down, whether or not someone waits for it.
type Run struct {
	ctx     *Context
	edit    edit.Edit
	handler edit.Handler
	asked   Asked              // when the last reading or answer was asked for
	stop    context.CancelFunc // ends the reading that is in progress
	left    bool               // no screen shows it any more
}

// Happened is what came of something that an edit asked for. The root gives it
// to the screen that shows the run, or takes it where none does any more.
type Happened struct {
	Run   *Run
	event edit.Event
	asked Asked
}

// RunShower is a screen that shows an edit in progress.
type RunShower interface{ Run() *Run }

// NewRun begins with an edit to be reviewed.
func NewRun(ctx *Context, e edit.Edit) *Run {
	return &Run{
		ctx: ctx, edit: e, asked: ctx.Ask(), stop: func() {},
		handler: edit.Handler{
			Service: ctx.Service, Keeper: ctx.Keeper, Place: ctx.Service.Session().ServiceID(), InFlight: &ctx.InFlight, Now: ctx.Now,
		},
	}
}

// Edit is how far it is.
func (r *Run) Edit() edit.Edit { return r.edit }

// Asked is when its last reading was asked for.
func (r *Run) Asked() Asked { return r.asked }

// Step gives the edit an event; what others want to know of it are actions.
func (r *Run) Step(a *Actions, ev edit.Event) tea.Cmd {
	before := r.edit
	cmd := r.step(ev)
	r.tell(a, before, ev)
	return cmd
}

// Take is Step with what came of an effect.
func (r *Run) Take(a *Actions, h Happened) tea.Cmd {
	if h.Run != r {
		return nil
	}
	r.asked = max(r.asked, h.asked)
	return r.Step(a, h.event)
}

// Hear takes what others found out about the image, where that is news.
func (r *Run) Hear(a *Actions, msg tea.Msg) tea.Cmd {
	id := r.edit.Plan().Base.ID
	switch msg := msg.(type) {
	case ImageSeen:
		if msg.Image.ID == id && msg.Asked > r.asked {
			r.asked = msg.Asked
			return r.Step(a, edit.Heard{Image: msg.Image})
		}
	case ImageGone:
		if msg.ID == id {
			return r.Step(a, edit.Heard{Gone: true})
		}
	}
	return nil
}

func (r *Run) step(ev edit.Event) tea.Cmd {
	var effects []edit.Effect
	r.edit, effects = r.edit.Step(ev)
	if !r.edit.Reading() {
		r.stop()
	}
	cmds := make([]tea.Cmd, 0, len(effects))
	for _, f := range effects {
		cmds = append(cmds, r.start(f))
	}
	return tea.Batch(cmds...)
}

// start makes an effect a command.
func (r *Run) start(f edit.Effect) tea.Cmd {
	var asked Asked
	ctx := context.Background()
	switch f := f.(type) {
	case edit.Wake:
		tick := r.ctx.Tick
		switch {
		case tick == nil && r.ctx.Options.Still:
			return nil
		case tick == nil:
			tick = tea.Tick
		}
		return tick(f.After, func(time.Time) tea.Msg { return Happened{Run: r, event: edit.Woken{Tag: f.Tag}} })
	case edit.BeginEntry:
		if r.handler.Keeper == nil { // no I/O, and nothing to wait for
			return r.step(edit.Journaled{Tag: f.Tag})
		}
	case edit.ReadImage:
		r.stop()
		ctx, r.stop = context.WithCancel(ctx)
		asked = r.ctx.Ask()
	}
	do, numbers := r.handler.Start(f), r.ctx
	return func() tea.Msg {
		ev := do(ctx)
		if _, answer := ev.(edit.Answered); answer {
			asked = numbers.Ask()
		}
		return Happened{Run: r, event: ev, asked: asked}
	}
}

// tell passes on what an event told of the image.
func (r *Run) tell(a *Actions, before edit.Edit, ev edit.Event) {
	e, base := r.edit, r.edit.Plan().Base
	if err := e.NotJournaled(); err != nil && before.NotJournaled() == nil {
		a.FlashOf(base, Warning, "This edit could not be recorded in the history: "+err.Error())
	}
	now := e.Image()
	switch ev := ev.(type) {
	case edit.Read:
		now = ev.Image
		if before.Reading() && e.State() != edit.Sending {
			a.Do(ImageSeen{Image: now, Asked: r.asked})
		}
	case edit.ReadFailed:
		if e.Gone() && !before.Gone() {
			a.Do(ImageGone{ID: base.ID})
		}
	case edit.Answered:
		if ev.Image.ID != "" {
			now = ev.Image
		}
	}
	if e.Accepted() && !before.Accepted() {
		a.Do(Sent{Before: base, After: now, Asked: r.asked})
	}
	ignored, overwritten := e.Lost()
	ignoredBefore, overwrittenBefore := before.Lost()
	wanted := func() model.Image {
		merged, _ := merge.Merge(base, e.Plan().Wanted, now)
		return merged
	}
	if len(overwritten) > 0 && len(overwritten) != len(overwrittenBefore) {
		a.Do(Overwritten{Before: base, After: e.Plan().Wanted, Now: now, Wanted: wanted()})
	}
	if len(ignored) > 0 && len(ignoredBefore) == 0 {
		a.Do(Ignored{Now: now, Wanted: wanted()})
	}
}

// Leave ends the looking, as no screen shows the edit any more. A request that
// is in progress is run all the same, and then looked into once.
func (r *Run) Leave(a *Actions) tea.Cmd {
	if r.left {
		return nil
	}
	r.left = true
	cmd := tea.Batch(r.step(edit.Stop{}), r.step(edit.Stop{})) // the waiting, then the looking
	r.tellOpen(a)
	return cmd
}

// tellOpen says that the edit ended, and no one knows what became of it.
func (r *Run) tellOpen(a *Actions) {
	entry := r.edit.Entry()
	if r.edit.State().Ended() && !r.edit.Awaits() && entry.ID != "" && entry.Outcome == record.OutcomeOpen {
		entry.Service = r.handler.Place
		a.Do(LeftOpen{entry})
	}
}

// TakeLeft is Take for an edit whose screen was left. A late answer is told. It
// is no Sent: a form may hold another edit of the image by now, which goes on
// from what the server has.
func (r *Run) TakeLeft(a *Actions, h Happened, width int) tea.Cmd {
	left := r.Leave(a)
	before := r.edit
	r.asked = max(r.asked, h.asked)
	cmd := tea.Batch(left, r.step(h.event))
	r.tellOpen(a)
	base := r.edit.Plan().Base
	became := func(level Level, lead, what string) {
		a.Flash(level, draw.About(width, lead, base, what))
	}
	switch ev := h.event.(type) {
	case edit.Read:
		if before.Reading() {
			a.Do(ImageSeen{Image: ev.Image, Asked: r.asked})
		}
		if r.edit.State() == edit.Overwritten && before.State() != edit.Overwritten {
			became(Warning, "The abandoned edit of ", " was overwritten by another edit.")
		}
	case edit.Answered:
		if ev.Err != nil {
			became(Warning, "Response to the abandoned edit of ", ": "+edit.AsFailure(ev.Err).Means)
			break
		}
		became(Success, "The abandoned edit of ", " was accepted.")
		a.Do(ImageSeen{Image: r.edit.Image(), Asked: r.asked})
	}
	return cmd
}
