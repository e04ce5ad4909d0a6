// Package response applies an edit and shows what came of it: the response,
// the status as it changes, what changed, and, where it failed, why, what holds
// now and what can be done.
package response

import (
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// Response is the screen.
type Response struct {
	screen.Actions
	ctx   *screen.Context
	run   *screen.Run
	start tea.Cmd // what Init begins with; nil after that

	begun        time.Time
	seen         draw.History
	reachedAfter time.Duration // the predicted status
	bodies       []*draw.Document

	spinner   spinner.Model
	frame     int
	exchanged bool // the exchange is on screen, not the result

	pager         draw.Pager
	width, height int
}

// timeout is how long the movement of what is waited for goes on.
const timeout = time.Minute

// New makes the screen; Init sends the edit.
func New(ctx *screen.Context, msg screen.Send) *Response {
	return &Response{ctx: ctx, run: msg.Run, start: msg.Begin, bodies: make([]*draw.Document, len(msg.Run.Edit().Attempts()))}
}

// Init sends the edit, each of its requests once.
func (r *Response) Init() tea.Cmd {
	start := r.start
	if r.start = nil; start != nil {
		r.begun = r.ctx.Now()
		r.seen = r.seen.Saw(r.base().Status, r.begun)
		start = tea.Batch(r.spin(), start)
	}
	r.layOut()
	return start
}

// Run is the edit.
func (r *Response) Run() *screen.Run { return r.run }

func (r *Response) edit() edit.Edit { return r.run.Edit() }

// Update takes what happens to the edit, and keys.
func (r *Response) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return r.key(msg)
	case screen.Happened:
		return r.passes(func() tea.Cmd { return r.run.Take(&r.Actions, msg) })
	case screen.ImageSeen:
		if r.Shows() != "" {
			return r.passes(func() tea.Cmd { return r.run.Hear(&r.Actions, msg) })
		}
	case spinner.TickMsg:
		return r.turn(msg)
	case screen.ThemeChanged:
		r.layOut()
	}
	return nil
}

// passes has something happen to the edit, and shows what came of it.
func (r *Response) passes(happen func() tea.Cmd) tea.Cmd {
	defer r.layOut()
	before := r.edit()
	cmd := happen()
	e := r.edit()
	if e.State() == edit.Withdrawn {
		r.Do(screen.Back{})
		r.Flash(screen.Info, "Canceled. Nothing was sent.")
	}
	if !e.Known() {
		return cmd
	}
	now := r.ctx.Now()
	r.seen = r.seen.Saw(e.Image().Status, now)
	if e.Reached() && !before.Reached() {
		r.reachedAfter = now.Sub(r.begun)
		if d := r.took(); d > 0 && !before.Checked() {
			r.reachedAfter = d
		}
	}
	return cmd
}

// took is how long all answers took.
func (r *Response) took() (sum time.Duration) {
	for _, q := range r.edit().Attempts() {
		sum += q.Exchange.Duration
	}
	return sum
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

// turn moves on while something is waited for, for as long as anyone would
// look at it.
func (r *Response) turn(msg spinner.TickMsg) tea.Cmd {
	if r.edit().State().Ended() || !r.sending() && r.elapsed() > timeout {
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
		return r.Do(screen.Copy{What: "the request and response", Text: r.exchangeText()})
	case key.Matches(k, keys.View):
		return r.Do(screen.Show{Title: r.Title(), Documents: []screen.Document{{
			Name: "Request and response", What: "the request and response", Text: r.exchangeText(), File: "exchange.txt",
		}}})
	case key.Matches(k, keys.TryAgain) && r.mayTryAgain():
		return r.tryAgain()
	case key.Matches(k, keys.RestoreTheirs) && r.overwrote():
		return r.restoreTheirs()
	case key.Matches(k, keys.EditAgain) && r.outcome() == accepted && !r.edit().Gone():
		return r.leaveFor(screen.Edit{Image: r.image(), Asked: r.run.Asked()})
	case key.Matches(k, keys.TakeBack) && r.mayUndo(): // this one stays, and goes on watching
		return r.Do(screen.Undo(r.edit().Entry(), r.image(), r.edit().Rules()))
	case key.Matches(k, keys.History) && !r.sending():
		return r.Do(screen.OpenHistory{Image: r.base().ID})
	case key.Matches(k, keys.Refresh):
		return r.passes(func() tea.Cmd { return r.run.Step(&r.Actions, edit.Look{}) })
	default:
		r.pager.Update(k)
	}
	return nil
}

// esc stops waiting, or leaves: to the list after success, else back to the
// form, where all that was typed still is.
func (r *Response) esc() tea.Cmd {
	switch r.outcome() {
	case sending:
		return r.passes(func() tea.Cmd { return r.run.Step(&r.Actions, edit.Stop{}) })
	case accepted:
		return r.leaveFor(screen.Home{})
	}
	return r.leaveFor(screen.Back{})
}

// leaveFor ends the watching: what it showed last is what the history has.
func (r *Response) leaveFor(next ...tea.Msg) tea.Cmd {
	r.Do(next...)
	return r.run.Leave(&r.Actions)
}

// mayTryAgain is only where it is known that something was not applied.
func (r *Response) mayTryAgain() bool {
	switch r.outcome() {
	case refused, notDone, partly:
		return !r.edit().Gone()
	}
	return r.missing()
}

// mayUndo reports whether something was applied that can be undone.
func (r *Response) mayUndo() bool {
	return r.outcome() == accepted && r.edit().Checked() && !r.edit().Gone()
}

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
func (r *Response) About() string { return r.base().ID }

// Title is the breadcrumb.
func (r *Response) Title() string { return "Response: " + draw.Name(r.image()) }

// Shows is the image, once this screen no longer reads it by itself.
func (r *Response) Shows() string {
	if e := r.edit(); !e.Accepted() || !e.State().Ended() {
		return ""
	}
	return r.base().ID
}

// Typing is false: letters are keys here.
func (r *Response) Typing() bool { return false }

// Unsaved is the answer that is still awaited.
func (r *Response) Unsaved() string {
	if r.sending() || r.request().Left {
		return "stop waiting for the response to the edit of " + draw.Name(r.base())
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
	switch r.outcome() {
	case sending:
		footer = []key.Binding{keys.StopWaiting, body}
	case accepted:
		footer = []key.Binding{keys.ToList}
		if mine := keys.TryAgain; r.missing() {
			if r.overwrittenByOthers() {
				mine.SetHelp(mine.Help().Key, "restore yours")
			}
			footer = append(footer, mine)
		}
		if r.overwrote() {
			footer = append(footer, keys.RestoreTheirs)
		}
		if r.edit().NotRead() != nil {
			footer = append(footer, keys.Refresh)
		}
		footer = append(footer, body, keys.EditAgain, r.undoKey(), keys.History, keys.CopyExchange)
	default:
		footer = []key.Binding{keys.BackToForm}
		if r.mayTryAgain() {
			footer = append(footer, keys.TryAgain)
		}
		footer = append(footer, body, keys.CopyExchange)
		if r.edit().NotRead() != nil {
			footer = append(footer, keys.Refresh)
		}
	}
	return keys.Help{Footer: footer, Groups: []keys.Group{
		{Name: "The response", Keys: []key.Binding{body, keys.CopyExchange, keys.View, keys.Refresh}},
		{Name: "Next steps", Keys: footer},
		{Name: "Move", Keys: draw.ScrollKeys()},
	}}
}
