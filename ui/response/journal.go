package response

import (
	"sync"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// journal writes the edit into the history: before its first request is sent,
// after every answer, and once more when the image was read. Its methods do I/O
// and are called by the commands that send, so that an answer is written down
// even where nobody waited for it on the screen.
type journal struct {
	keeper screen.Keeper // nil: nothing is written

	mu     sync.Mutex
	entry  model.Entry
	failed bool // it could not be begun, so there is nothing to go on with
}

func newJournal(ctx *screen.Context, msg screen.Send) *journal {
	return &journal{keeper: ctx.Keeper, entry: model.Entry{
		Place: ctx.Service.Session().Place(), Begun: ctx.Now(), Base: msg.Plan.Base, Wanted: msg.Plan.Wanted,
		Requests: msg.Plan.Patches(), Undoes: msg.Undoes,
	}}
}

// begin is called before each request; the first call writes the entry. What
// goes wrong is told once and keeps nothing from being sent.
func (j *journal) begin() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.keeper == nil || j.failed || j.entry.ID != "" {
		return nil
	}
	id, err := j.keeper.Begin(j.entry)
	j.entry.ID, j.failed = id, err != nil
	return err
}

// answered writes down the answer to a request. Where it settles what became of
// the edit, outcome says so; else it is OutcomeOpen.
func (j *journal) answered(x model.Exchange, err error, outcome model.Outcome) error {
	a := model.Answer{Code: x.Code, Reason: x.Reason, RequestID: x.RequestID, Duration: x.Duration}
	if err != nil {
		f := edit.AsFailure(err)
		a.Detail = f.Detail
		if a.Detail == "" {
			a.Detail = f.Settled().Means // the outcome says what is not known
		}
	}
	return j.write(func(e *model.Ending) {
		e.Answers = append(e.Answers, a)
		e.Outcome = outcome
	})
}

// found writes down what a reading after the answers showed.
func (j *journal) found(outcome model.Outcome, after *model.Image) error {
	return j.write(func(e *model.Ending) { e.Outcome, e.After = outcome, after })
}

func (j *journal) write(change func(*model.Ending)) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	change(&j.entry.Ending)
	if j.keeper == nil || j.entry.ID == "" {
		return nil
	}
	err := j.keeper.End(j.entry.ID, j.entry.Ending)
	if j.failed {
		return nil // said already
	}
	j.failed = err != nil
	return err
}

// sent is the entry as far as it is known.
func (j *journal) sent() model.Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.entry
}

// journalled tells that something could not be written down.
type journalled struct {
	of  *Response
	err error
}

// outcomeOf is what an answer to a request settles by itself.
func outcomeOf(err error, last, doubtful bool) model.Outcome {
	switch {
	case err == nil && last:
		return model.OutcomeDone
	case err != nil && !doubtful:
		return model.OutcomeRefused
	}
	return model.OutcomeOpen
}

// record writes down what the last reading showed, where that is news.
func (r *Response) record() tea.Cmd {
	outcome := r.settled()
	if outcome == model.OutcomeOpen || r.recorded == outcome {
		return nil
	}
	r.recorded = outcome
	j := r.journal
	var after *model.Image
	if !r.gone {
		img := r.after
		after = &img
	}
	return func() tea.Msg { return journalled{of: r, err: j.found(outcome, after)} }
}

// settled is what became of the edit, as far as a reading told.
func (r *Response) settled() model.Outcome {
	switch {
	case r.gone:
		return model.OutcomeGone
	case !r.checked:
		return model.OutcomeOpen
	case r.outcome == accepted && r.failure() == nil && r.calls():
		return model.OutcomeDone // what it added cannot be read there
	case r.undone():
		return model.OutcomeOverwritten
	case r.outcome == accepted:
		return r.found.Outcome()
	case r.outcome == notDone && r.watching():
		return model.OutcomeOpen // the server may yet come to it
	case (r.outcome == notDone || r.outcome == partly) && r.mayYetBeDone():
		return model.OutcomeOpen
	case r.outcome == notDone:
		return model.OutcomeNotDone
	case r.outcome == partly:
		return model.OutcomePartly
	}
	return model.OutcomeOpen
}

// unrecorded says, once, that the history is not whole.
func (r *Response) unrecorded(err error) tea.Cmd {
	if err == nil {
		return nil
	}
	return r.FlashOf(r.base, screen.Warning, "this edit is not in the history: "+err.Error())
}
