package review

import (
	"context"
	"errors"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// The Image API has no guard against lost updates, so the image is read once
// more just before the edit is sent. Where somebody changed it meanwhile, the
// review begins anew on what is there now; what both sides changed is decided
// first.

// gotFresh answers readAgain.
type gotFresh struct {
	of    *Review
	try   int
	asked screen.Asked
	image model.Image
	err   error
}

// readAgain starts the reading; nothing is sent before it is back.
func (r *Review) readAgain() tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	r.stop, r.reading = cancel, true
	r.try++
	r.failed, r.done = nil, false
	r.layOut()
	service, id, try, asked := r.ctx.Service, r.plan.Base.ID, r.try, r.ctx.Ask()
	read := func() tea.Msg {
		img, err := service.Get(ctx, id)
		return gotFresh{of: r, try: try, asked: asked, image: img, err: err}
	}
	if r.ctx.Options.Still {
		return read
	}
	r.spinner = spinner.New(spinner.WithSpinner(spinner.Spinner{Frames: r.ctx.Theme.Glyphs.Spinner, FPS: spinner.Dot.FPS}))
	return tea.Batch(read, r.spinner.Tick)
}

// cancelReading forgets the reading that is under way.
func (r *Review) cancelReading() {
	r.stop()
	r.reading = false
	r.try++
}

// fresh takes the image as it is now: it sends the edit, or asks again.
func (r *Review) fresh(msg gotFresh) tea.Cmd {
	if msg.of != r || msg.try != r.try || !r.reading {
		return nil
	}
	r.cancelReading()
	defer r.layOut()
	if msg.err != nil {
		return r.notRead(msg.err)
	}
	r.Do(screen.ImageSeen{Image: msg.image, Asked: msg.asked})
	old := r.plan
	theirs := msg.image.Recalling(old.Base)
	merged, conflicts := r.rules.Merge(old.Base, old.Wanted, theirs)
	if len(conflicts) > 0 {
		return r.Do(r.merge(theirs))
	}
	changes := edit.Telling(model.Changes(old.Base, theirs))
	now := edit.NewPlan(theirs, merged, r.rules, r.whole)
	if len(changes) == 0 && now.Same(old) {
		r.plan, r.meanwhile, r.made = now, nil, msg.asked
		if !now.Sendable() {
			return r.Remark(screen.Info, "nothing has changed: this edit cannot be sent yet")
		}
		if r.dry {
			r.done = true
			return nil
		}
		return r.Do(screen.Send{Plan: now, Rules: r.rules, Undoes: r.asked.Undoes})
	}
	r.begin(now, msg.asked, changes)
	return nil
}

// begin reviews anew on what somebody else changed.
func (r *Review) begin(now edit.Plan, asked screen.Asked, changes []model.Change) {
	if r.whole { // that was said of another edit
		r.whole = false
		now = edit.NewPlan(now.Base, now.Wanted, r.rules, false)
	}
	r.plan, r.meanwhile, r.made = now, nil, asked
	r.news = &news{changes: changes}
	r.consent = ask(now.Words)
	r.pager.ToTop()
}

// heard takes a reading that somebody else made: an edit that could not be sent
// as the image was may be possible now. One that can be sent stays as it is, and
// the change is shown beside it.
func (r *Review) heard(msg screen.ImageSeen) {
	if msg.Image.ID != r.plan.Base.ID || msg.Asked < r.made || r.reading {
		return
	}
	defer r.layOut()
	r.gone = false
	theirs := msg.Image.Recalling(r.plan.Base)
	r.meanwhile = edit.Telling(model.Changes(r.plan.Base, theirs))
	if r.plan.Refusal == nil {
		return
	}
	merged, conflicts := r.rules.Merge(r.plan.Base, r.plan.Wanted, theirs)
	if now := edit.NewPlan(theirs, merged, r.rules, false); len(conflicts) == 0 && now.Refusal == nil {
		r.begin(now, msg.Asked, r.meanwhile)
	}
}

// merge asks for decisions: both sides changed the same, differently. This
// review is over then; another one follows, as dry as this.
func (r *Review) merge(theirs model.Image) screen.Merge {
	again := r.asked
	return screen.Merge{
		Base: r.plan.Base, Mine: r.plan.Wanted, Theirs: theirs, Rules: r.rules, Above: r.asked.Above,
		Next: func(_ []model.Side, decided model.Image) tea.Msg {
			again.Base, again.Wanted, again.DryRun = theirs, decided, r.dry
			return again
		},
	}
}

func (r *Review) notRead(err error) tea.Cmd {
	r.failed = err
	r.pager.ToTop()
	var f *model.Failure
	if errors.As(err, &f) && f.Kind == model.FailedNotFound {
		r.gone = true
		return r.Do(screen.ImageGone{ID: r.plan.Base.ID})
	}
	return nil
}

// news is what somebody else changed while the edit was being made.
type news struct{ changes []model.Change }
