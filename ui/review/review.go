// Package review is the last look at an edit: the exact request, each
// operation in words, what it causes, what can be undone. Hazards need an explicit
// yes; just before sending, the image is read once more.
package review

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// Review is the screen.
type Review struct {
	screen.Actions
	ctx     *screen.Context
	asked   screen.Review
	run     *screen.Run
	consent consent
	dry     bool // nothing is sent from here
	spinner spinner.Model

	pager         draw.Pager
	width, height int
}

// New makes the review of an edit.
func New(ctx *screen.Context, msg screen.Review) *Review {
	e := edit.New(msg.Base, msg.Wanted, msg.Rules, edit.Options{Undoes: msg.Undoes, NotUndoable: msg.Lost, Stay: true})
	return &Review{
		ctx: ctx, asked: msg, run: screen.NewRun(ctx, e), consent: ask(e.Plan().Words),
		dry: ctx.Options.DryRun || msg.DryRun,
	}
}

// Init has nothing to ask for: the reading comes just before sending.
func (r *Review) Init() tea.Cmd { return nil }

// Run is the edit.
func (r *Review) Run() *screen.Run { return r.run }

func (r *Review) edit() edit.Edit { return r.run.Edit() }

func (r *Review) plan() edit.Plan { return r.edit().Plan() }

func (r *Review) reading() bool { return r.edit().State() == edit.Rereading }

// done reports whether a dry run came to its end.
func (r *Review) done() bool { return r.dry && r.edit().Confirmed() }

// Update takes keys and what happens to the edit.
func (r *Review) Update(msg tea.Msg) tea.Cmd {
	before := r.edit()
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return r.key(msg)
	case tea.PasteMsg:
		if r.Typing() {
			r.consent.field.Update(msg)
		}
	case screen.Happened:
		return r.goOn(before, r.run.Take(&r.Actions, msg))
	case screen.ImageSeen, screen.ImageGone:
		return r.goOn(before, r.run.Hear(&r.Actions, msg))
	case spinner.TickMsg:
		if r.reading() {
			var cmd tea.Cmd
			r.spinner, cmd = r.spinner.Update(msg)
			return cmd
		}
	case screen.ThemeChanged:
		r.layOut()
	}
	return nil
}

// step gives the edit what the user did.
func (r *Review) step(ev edit.Event) tea.Cmd {
	before := r.edit()
	return r.goOn(before, r.run.Step(&r.Actions, ev))
}

// goOn is what follows for the screen from how far the edit is now: it goes off,
// is to be decided first, or is another one than before.
func (r *Review) goOn(before edit.Edit, cmd tea.Cmd) tea.Cmd {
	defer r.layOut()
	e := r.edit()
	switch {
	case e.State() == before.State() && e.Plans() == before.Plans():
	case e.State() == edit.Deciding:
		r.Do(r.merge())
	case e.State() > edit.Deciding:
		return r.Do(screen.Send{Run: r.run, Begin: cmd})
	case e.Plans() > before.Plans():
		r.consent = ask(e.Plan().Words)
		r.pager.ToTop()
	case before.State() != edit.Rereading || e.State() != edit.Reviewing:
	case e.NotReread() != nil:
		r.pager.ToTop()
	case e.Confirmed() && !e.Plan().Sendable():
		r.Remark(screen.Info, "Nothing has changed: this edit still cannot be sent.")
	}
	return cmd
}

// merge asks for decisions: both sides changed the same, differently. This
// review is over then; another one follows, as dry as this.
func (r *Review) merge() screen.Merge {
	again, plan := r.asked, r.plan()
	_, theirs := r.edit().Conflicts()
	return screen.Merge{
		Base: plan.Base, Mine: plan.Wanted, Theirs: theirs, Rules: r.asked.Rules, Above: r.asked.Above,
		Next: func(_ []merge.Side, decided model.Image) tea.Msg {
			again.Base, again.Wanted, again.DryRun = theirs, decided, r.dry
			return again
		},
	}
}

// read looks at the image once more, with the confirmation or without one.
func (r *Review) read(ev edit.Event) tea.Cmd {
	cmd := r.step(ev)
	if r.ctx.Options.Still {
		return cmd
	}
	r.spinner = spinner.New(spinner.WithSpinner(spinner.Spinner{Frames: r.ctx.Theme.Glyphs.Spinner, FPS: spinner.Dot.FPS}))
	return tea.Batch(cmd, r.spinner.Tick)
}

// Waits reports whether the image is being read before the edit is sent.
func (r *Review) Waits() screen.Waiting {
	if r.reading() {
		return screen.WaitsForNext
	}
	return screen.WaitsForNothing
}

func (r *Review) key(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(k, keys.BackToForm):
		if r.reading() {
			r.Remark(screen.Info, "Canceled. Nothing was sent.")
			return r.step(edit.Back{})
		}
		return r.Do(screen.Back{})
	case r.reading():
		r.pager.Update(k)
		return nil
	case key.Matches(k, keys.Send):
		return r.enter()
	case key.Matches(k, keys.OtherKeys) && r.asks():
		r.turn()
		return nil
	}
	if r.Typing() {
		if r.consent.field.Takes(k) {
			r.consent.field.Update(k)
			r.consent.triedEarly = false
			return nil
		}
		r.pager.Update(k)
		return nil
	}
	switch {
	case key.Matches(k, keys.CopyJSON):
		return r.copyOut(0)
	case key.Matches(k, keys.CopyCurl):
		return r.copyOut(1)
	case key.Matches(k, keys.CopyOpenStack):
		return r.copyOut(2)
	case key.Matches(k, keys.View):
		return r.viewTexts()
	case key.Matches(k, keys.DryRun) && !r.ctx.Options.DryRun:
		r.dry = !r.dry
		return nil
	case key.Matches(k, keys.Requests) && r.plan().Partable:
		return r.step(edit.OneRequest{Yes: !r.edit().OneRequest()})
	}
	r.pager.Update(k)
	return nil
}

// turn moves the focus between the field and the keys.
func (r *Review) turn() {
	if r.consent.field.Focused() {
		r.consent.field.Blur()
	} else {
		r.consent.field.Focus()
	}
}

// enter sends, or says what keeps it from being sent.
func (r *Review) enter() tea.Cmd {
	no := func(why string) tea.Cmd { return r.Remark(screen.Warning, why) }
	switch {
	case r.edit().Gone():
		return no("This image was deleted.")
	case r.plan().Refusal != nil:
		return r.read(edit.Look{})
	case !r.plan().Sendable():
		return no("Nothing to send. Press esc to go back.")
	case r.readOnly():
		return no("Read-only mode: cannot send.")
	case !r.dry && !r.consent.given():
		r.consent.triedEarly = true
		r.consent.field.Focus()
		return nil
	}
	if since, busy := r.ctx.InFlight.Since(r.plan().Base.ID); busy {
		return no("Your edit of " + draw.Clock(since) + " is still in progress; a second one could overwrite it. Press enter again when it has finished.")
	}
	if r.dry {
		return r.read(edit.Look{})
	}
	return r.read(edit.Agree{Words: r.consent.typed()})
}

func (r *Review) readOnly() bool {
	return r.ctx.Options.ReadOnly || r.ctx.Service.Session().ReadOnly
}

// SetSize is the room for View.
func (r *Review) SetSize(width, height int) {
	r.width, r.height = width, height
	r.layOut()
}

// About is the image.
func (r *Review) About() string { return r.plan().Base.ID }

// Title is the breadcrumb.
func (r *Review) Title() string { return "Review " + draw.Name(r.plan().Base) }

// Shows is the image; while it is read before sending, this screen does that.
func (r *Review) Shows() string {
	if r.reading() {
		return ""
	}
	return r.plan().Base.ID
}

// Typing is true while the words of the consent are typed.
func (r *Review) Typing() bool { return r.consent.field.Focused() && r.asks() }

// Unsaved is empty: the edit stays in the form beneath.
func (r *Review) Unsaved() string { return "" }

// Keys are what can be pressed now.
func (r *Review) Keys() keys.Help {
	send, dry, requests, back := keys.Send, keys.DryRun, keys.Requests, keys.BackToForm
	if r.asked.Above {
		back = keys.Back
	}
	copies := []key.Binding{keys.CopyJSON, keys.CopyCurl, keys.CopyOpenStack, keys.View}
	if r.ctx.Options.DryRun || r.readOnly() || !r.plan().Sendable() {
		dry.SetEnabled(false)
	}
	if r.readOnly() || !r.plan().Sendable() && r.plan().Refusal == nil || r.edit().Gone() {
		send.SetEnabled(false)
	}
	if r.plan().Refusal != nil {
		send.SetHelp(send.Help().Key, "check again")
	}
	requests.SetEnabled(r.plan().Partable && !r.edit().Gone())
	if r.edit().OneRequest() {
		requests.SetHelp(requests.Help().Key, "in two requests")
	}
	if r.dry && r.plan().Refusal == nil {
		send.SetHelp(send.Help().Key, "check, send nothing")
		dry.SetHelp(dry.Help().Key, "no dry run")
	}
	var footer []key.Binding
	switch {
	case r.reading():
		footer = []key.Binding{keys.Cancel}
	case r.Typing():
		footer = []key.Binding{send, keys.OtherKeys, back}
	case r.asks():
		typeAgain := keys.OtherKeys
		typeAgain.SetHelp(typeAgain.Help().Key, "type confirmation")
		footer = append([]key.Binding{typeAgain, keys.Back, requests}, short(copies, dry)...)
	default:
		footer = append([]key.Binding{send, keys.Back, requests}, short(copies, dry)...)
	}
	return keys.Help{Footer: footer, Groups: []keys.Group{
		{Name: "Send", Keys: []key.Binding{send, keys.OtherKeys, dry, requests, back}},
		{Name: "Copy and view", Keys: copies},
		{Name: "Move", Keys: draw.ScrollKeys()},
	}}
}

// short makes the words of the copies fit a footer of 80 columns.
func short(copies []key.Binding, dry key.Binding) []key.Binding {
	curl, openstack := copies[1], copies[2]
	curl.SetHelp(curl.Help().Key, "curl")
	openstack.SetHelp(openstack.Help().Key, "openstack")
	view := copies[3]
	view.SetHelp(view.Help().Key, "view")
	return []key.Binding{copies[0], curl, openstack, view, dry}
}
