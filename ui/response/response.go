// Package response carries an edit out and shows what came of it: the answer,
// the status on its way, what changed, and, where it failed, why, what holds
// now and what can be done.
package response

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// outcome is how far the edit is.
type outcome int

const (
	unsent   outcome = iota
	sending          // no answer yet
	accepted         // carried out, by the answer or by a reading after a lost one
	refused          // the server said no and changed nothing
	unknown          // it failed, and what holds is being read
	notDone          // it failed, and nothing of it was carried out
	partly           // it failed, and some of it was carried out
)

// Response is the screen.
type Response struct {
	screen.Actions
	ctx          *screen.Context
	base, wanted model.Image
	requests     []request
	at           int  // the one that was sent last
	held         held // why the next one was not
	rules        model.Rules
	predicted    model.Status
	journal      *journal
	recorded     model.Outcome // what the history has by a reading

	outcome outcome
	begun   time.Time
	stopped bool // the user did not wait for the answer

	after        model.Image      // the last reading; base before any
	asked        screen.Asked     // when that was
	known        bool             // there was one
	checked      bool             // the image was read after the answer
	found        model.Comparison // by that reading
	answers      []model.Image    // in the answers
	ignored      []model.Change   // of what is lost: not in the answers either
	overwritten  []model.Change   // the rest of it
	toldIgnored  bool             // the others know of what was ignored
	seen         draw.History
	reached      bool // the predicted status
	reachedAfter time.Duration
	gone         bool
	meanwhile    *model.Image   // the last reading of before the edit took effect; nil when there was none
	told         int            // how much of the edit the others know to be undone
	erased       []model.Change // what of that the edit wrote over
	whole        model.Image    // what the image would be if both had come through
	looks        int            // made after all was through
	notRead      *model.Failure // why the last look failed

	reading bool
	try     int // counts looks; an answer to an older one is stale
	pause   time.Duration
	watch   int                                                  // counts the ticks that are due; older ones are stale
	tick    func(time.Duration, func(time.Time) tea.Msg) tea.Cmd // tea.Tick; never where nothing is to move by itself
	life    context.Context
	leave   context.CancelFunc

	spinner   spinner.Model
	frame     int
	exchanged bool // the exchange is in sight, not the result

	pager         draw.Pager
	width, height int
}

// New makes the screen; Init sends the edit.
func New(ctx *screen.Context, msg screen.Send) *Response {
	life, leave := context.WithCancel(context.Background())
	r := &Response{
		ctx: ctx, journal: newJournal(ctx, msg), base: msg.Plan.Base, wanted: msg.Plan.Wanted, rules: msg.Rules,
		requests: requestsOf(msg.Plan), predicted: msg.Plan.Status,
		after: msg.Plan.Base, pause: firstPause, life: life, leave: leave, tick: tea.Tick,
	}
	if ctx.Options.Still {
		r.tick = func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }
	}
	return r
}

// Init sends the edit, each of its requests once.
func (r *Response) Init() tea.Cmd {
	cmd := r.start()
	r.layOut()
	return cmd
}

// Update takes the answer, readings and keys.
func (r *Response) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return r.key(msg)
	case answered:
		return r.answer(msg)
	case got:
		return r.holds(msg)
	case journalled:
		if msg.of == r {
			return r.unrecorded(msg.err)
		}
	case screen.ImageSeen:
		return r.later(msg)
	case peekDue:
		return r.peek(msg)
	case peeked:
		return r.peekTook(msg)
	case due:
		if msg.of == r && msg.watch == r.watch && r.watching() {
			return r.read()
		}
	case spinner.TickMsg:
		return r.turn(msg)
	case screen.ThemeChanged:
		r.layOut()
	}
	return nil
}

// spin starts the movement of what is waited for.
func (r *Response) spin() tea.Cmd {
	if r.ctx.Options.Still {
		return nil
	}
	r.spinner = spinner.New(spinner.WithSpinner(spinner.Spinner{
		Frames: r.ctx.Theme.Glyphs.Spinner, FPS: time.Second / 8,
	}))
	return r.spinner.Tick
}

// turn moves on while something is waited for, for as long as anybody would
// look at it.
func (r *Response) turn(msg spinner.TickMsg) tea.Cmd {
	waiting := r.outcome == sending || r.watching() && !r.through()
	if !waiting || r.outcome != sending && r.elapsed() > patience {
		return nil
	}
	var cmd tea.Cmd
	r.spinner, cmd = r.spinner.Update(msg)
	if cmd != nil {
		r.frame++
		r.layOut()
	}
	return cmd
}

func (r *Response) elapsed() time.Duration { return r.ctx.Now().Sub(r.begun) }

func (r *Response) key(k tea.KeyPressMsg) tea.Cmd {
	defer r.layOut()
	switch {
	case key.Matches(k, keys.Back):
		return r.esc()
	case key.Matches(k, keys.ShowBody):
		r.exchanged = !r.exchanged
		r.pager.ToTop()
	case key.Matches(k, keys.CopyExchange):
		return r.Do(screen.Copy{What: "the exchange", Text: r.exchangeText()})
	case key.Matches(k, keys.View):
		return r.Do(screen.Show{Title: r.Title(), Documents: []screen.Document{{
			Name: "Request and response", What: "the exchange", Text: r.exchangeText(), File: "exchange.txt",
		}}})
	case key.Matches(k, keys.TryAgain) && r.mayTryAgain():
		return r.rest()
	case key.Matches(k, keys.RestoreTheirs) && r.wroteOver():
		return r.restoreTheirs()
	case key.Matches(k, keys.EditAgain) && r.outcome == accepted && !r.gone:
		return r.leaveFor(screen.Edit{Image: r.after, Asked: r.asked})
	case key.Matches(k, keys.TakeBack) && r.mayUndo():
		e := r.journal.sent()
		r.Do(screen.Undo(e, r.after, r.rules)) // this one stays, and goes on watching
		return r.record()
	case key.Matches(k, keys.History) && r.outcome > sending:
		return r.Do(screen.OpenHistory{Image: r.base.ID})
	case key.Matches(k, keys.Refresh) && r.outcome > sending && !r.reading && !r.gone:
		return r.read()
	default:
		r.pager.Update(k)
	}
	return nil
}

// esc stops waiting, or leaves: to the list after success, else back to the
// form, where all that was typed still is.
func (r *Response) esc() tea.Cmd {
	switch r.outcome {
	case unsent, sending:
		r.stopped = true
		if r.reading { // between two requests
			return r.hold(heldStopped)
		}
		return r.waitNoLonger()
	case accepted:
		return r.leaveFor(screen.Home{})
	}
	return r.leaveFor(screen.Back{})
}

// leaveFor ends the watching: what it showed last is what the history has.
func (r *Response) leaveFor(next ...tea.Msg) tea.Cmd {
	r.leave()
	r.Do(next...)
	return r.record()
}

// mayTryAgain is only where it is known that something was not carried out.
func (r *Response) mayTryAgain() bool {
	return !r.gone && (r.outcome == refused || r.outcome == notDone || r.outcome == partly || r.missing())
}

// mayUndo is whether something was carried out that can be taken back.
func (r *Response) mayUndo() bool { return r.outcome == accepted && r.checked && !r.gone }

func (r *Response) undoKey() key.Binding {
	undo := keys.TakeBack
	undo.SetEnabled(r.mayUndo())
	return undo
}

// SetSize is the room for View.
func (r *Response) SetSize(width, height int) {
	r.width, r.height = width, height
	r.layOut()
}

// Cursor is nil: nothing is typed here.
func (r *Response) Cursor() *tea.Cursor { return nil }

// About is the image.
func (r *Response) About() string { return r.base.ID }

// Title is the crumb.
func (r *Response) Title() string { return "Answer " + draw.Name(r.after) }

// Shows is the image, once this screen no longer reads it by itself.
func (r *Response) Shows() string {
	if r.outcome != accepted || r.reading || r.watching() {
		return ""
	}
	return r.base.ID
}

// Typing is false: letters are keys here.
func (r *Response) Typing() bool { return false }

// Unsaved is the answer that is still awaited.
func (r *Response) Unsaved() string {
	if r.outcome == sending || r.request().left {
		return "not wait for the answer to the edit of " + draw.Name(r.base)
	}
	return ""
}

// Keys are what can be pressed now.
func (r *Response) Keys() keys.Help {
	body := keys.ShowBody
	if r.exchanged {
		body.SetHelp(body.Help().Key, "the result")
	}
	var footer []key.Binding
	switch r.outcome {
	case unsent, sending:
		footer = []key.Binding{keys.StopWaiting, body}
	case accepted:
		footer = []key.Binding{keys.ToList}
		if mine := keys.TryAgain; r.missing() {
			if r.undone() {
				mine.SetHelp(mine.Help().Key, "put yours back")
			}
			footer = append(footer, mine)
		}
		if r.wroteOver() {
			footer = append(footer, keys.RestoreTheirs)
		}
		if r.notRead != nil {
			footer = append(footer, keys.Refresh)
		}
		footer = append(footer, body, keys.EditAgain, r.undoKey(), keys.History, keys.CopyExchange)
	default:
		footer = []key.Binding{keys.BackToForm}
		if r.mayTryAgain() {
			footer = append(footer, keys.TryAgain)
		}
		footer = append(footer, body, keys.CopyExchange)
		if r.notRead != nil {
			footer = append(footer, keys.Refresh)
		}
	}
	return keys.Help{Footer: footer, Groups: []keys.Group{
		{Name: "The answer", Keys: []key.Binding{body, keys.CopyExchange, keys.View, keys.Refresh}},
		{Name: "Go on", Keys: footer},
		{Name: "Move", Keys: draw.ScrollKeys()},
	}}
}
