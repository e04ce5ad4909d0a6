// Package review is the last look at an edit: the exact request, each
// operation in words, what it causes, the way back. Hazards need an explicit
// yes; just before sending, the image is read once more.
package review

import (
	"context"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// Review is the screen.
type Review struct {
	screen.Actions
	ctx     *screen.Context
	asked   screen.Review
	rules   model.Rules
	plan    edit.Plan
	consent consent
	dry     bool // nothing is sent from here
	whole   bool // the user wants one request where two would be safer

	news *news // what somebody else changed; nil when nothing
	// meanwhile is what somebody changed since the plan was made. The plan stays
	// as it is until the user asks: it may be sent with the very next key.
	meanwhile []model.Change
	made      screen.Asked // when the plan was
	failed    error        // the last reading's
	gone      bool
	done      bool // a dry run came to its end

	reading bool
	try     int // counts readings; an answer to an older one is stale
	stop    context.CancelFunc
	spinner spinner.Model

	pager         draw.Pager
	width, height int
}

// New makes the review of an edit.
func New(ctx *screen.Context, msg screen.Review) *Review {
	r := &Review{ctx: ctx, asked: msg, rules: msg.Rules, dry: ctx.Options.DryRun || msg.DryRun, stop: func() {}, made: ctx.Ask()}
	r.plan = edit.NewPlan(msg.Base, msg.Wanted, msg.Rules, false)
	r.consent = ask(r.plan.Words)
	return r
}

// Init has nothing to ask for: the reading comes just before sending.
func (r *Review) Init() tea.Cmd { return nil }

// Update takes keys and the answer to the reading before sending.
func (r *Review) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return r.key(msg)
	case tea.PasteMsg:
		if r.Typing() {
			r.consent.field.Update(msg)
		}
	case gotFresh:
		return r.fresh(msg)
	case screen.ImageSeen:
		r.heard(msg)
	case screen.ImageGone:
		if msg.ID == r.plan.Base.ID {
			r.gone = true
			r.layOut()
		}
	case spinner.TickMsg:
		if r.reading {
			var cmd tea.Cmd
			r.spinner, cmd = r.spinner.Update(msg)
			return cmd
		}
	case screen.ThemeChanged:
		r.layOut()
	}
	return nil
}

// Waits is whether the image is being read before the edit is sent.
func (r *Review) Waits() screen.Waiting {
	if r.reading {
		return screen.WaitsForNext
	}
	return screen.WaitsForNothing
}

func (r *Review) key(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(k, keys.BackToForm):
		if r.reading {
			r.cancelReading()
			return r.Remark(screen.Info, "cancelled: nothing was sent")
		}
		return r.Do(screen.Back{})
	case r.reading:
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
			r.consent.scolded = false
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
		r.dry, r.done = !r.dry, false
		return nil
	case key.Matches(k, keys.Requests) && r.plan.Partable:
		r.whole, r.done = !r.whole, false
		r.plan = edit.NewPlan(r.plan.Base, r.plan.Wanted, r.rules, r.whole)
		r.layOut()
		return nil
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
	case r.gone:
		return no("the image no longer exists: there is nothing to send this to")
	case r.plan.Refusal != nil:
		return r.readAgain()
	case !r.plan.Sendable():
		return no("there is nothing that could be sent: esc goes back")
	case r.readOnly():
		return no("read-only: nothing is sent")
	case !r.dry && !r.consent.given():
		r.consent.scolded = true
		r.consent.field.Focus()
		return nil
	}
	if since, busy := r.ctx.Underway.Since(r.plan.Base.ID); busy {
		return no("not yet: your edit of " + draw.Clock(since) + " is still on its way, and two at once undo each other; enter sends this one after it")
	}
	return r.readAgain()
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
func (r *Review) About() string { return r.plan.Base.ID }

// Title is the crumb.
func (r *Review) Title() string { return "Review " + draw.Name(r.plan.Base) }

// Shows is the image; while it is read before sending, this screen does that.
func (r *Review) Shows() string {
	if r.reading {
		return ""
	}
	return r.plan.Base.ID
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
	if r.ctx.Options.DryRun || r.readOnly() || !r.plan.Sendable() {
		dry.SetEnabled(false)
	}
	if r.readOnly() || !r.plan.Sendable() && r.plan.Refusal == nil || r.gone {
		send.SetEnabled(false)
	}
	if r.plan.Refusal != nil {
		send.SetHelp(send.Help().Key, "check again")
	}
	requests.SetEnabled(r.plan.Partable && !r.gone)
	if r.whole {
		requests.SetHelp(requests.Help().Key, "in two requests")
	}
	if r.dry && r.plan.Refusal == nil {
		send.SetHelp(send.Help().Key, "check, send nothing")
		dry.SetHelp(dry.Help().Key, "no dry run")
	}
	var footer []key.Binding
	switch {
	case r.reading:
		footer = []key.Binding{keys.Cancel}
	case r.Typing():
		footer = []key.Binding{send, keys.OtherKeys, back}
	case r.asks():
		typeAgain := keys.OtherKeys
		typeAgain.SetHelp(typeAgain.Help().Key, "type the yes")
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
