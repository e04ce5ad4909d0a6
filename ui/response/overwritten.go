package response

import (
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// tryAgain asks for a review of what is still to be done: all of the edit, or what
// of it is missing, on top of what the image is now.
func (r *Response) tryAgain() tea.Cmd {
	e := r.edit()
	plan, rules := e.Plan(), e.Rules()
	if r.outcome() != partly && !r.missing() {
		return r.leaveFor(screen.Review{Base: plan.Base, Wanted: plan.Wanted, Rules: rules, Undoes: e.Entry().Undoes})
	}
	merged, conflicts := merge.Merge(plan.Base, plan.Wanted, e.Image())
	return r.restore(plan.Wanted, merged, conflicts, "Another edit changed the same fields. Choose the value to keep:")
}

// restoreTheirs asks for a review of what brings the other edit back, and with
// it what is missing of this one.
func (r *Response) restoreTheirs() tea.Cmd {
	e := r.edit()
	plan := e.Plan()
	_, whole := e.Erased()
	ours, conflicts := merge.Merge(plan.Base, plan.Wanted, e.Image())
	both, more := merge.Merge(plan.Wanted, whole, ours)
	if len(conflicts)+len(more) > 0 {
		both, conflicts = merge.Merge(plan.Base, whole, e.Image())
	}
	return r.restore(whole, both, conflicts, "The image has changed again. Choose the value to keep:")
}

// restore reviews what turns the image as it is now into merged, which is what
// it was to be, on top of what it is; conflicts are decided first. The form
// hears of it, so that going back loses nothing.
func (r *Response) restore(wanted, merged model.Image, conflicts []merge.Conflict, why string) tea.Cmd {
	base, now, rules := r.base(), r.image(), r.edit().Rules()
	var next tea.Msg = screen.Review{Base: now, Wanted: merged, Rules: rules}
	if len(conflicts) > 0 {
		next = screen.Merge{Base: base, Mine: wanted, Theirs: now, Rules: rules, Why: why}
	}
	if r.outcome() != accepted { // the form still has the edit
		return r.leaveFor(next)
	}
	news := screen.Decided{Base: base, Mine: base, Theirs: now, Wanted: merged, Left: conflicts}
	return r.leaveFor(news, next)
}

// viewErased names what this edit overwrote.
func (r *Response) viewErased(room int) []string {
	t := r.ctx.Theme
	if !r.overwrote() {
		return nil
	}
	out := draw.Para(t.Warn, t.Glyphs.Warn+" Your edit overwrote changes that someone else made at the same time (current → theirs):", room)
	out = append(out, draw.Indented(draw.Changes(t, r.erased(), t.Bad, room-2), 2)...)
	return append(out, draw.Para(t.Dim, "Press t to review an edit that restores theirs.", room)...)
}

// viewIgnored names what the server accepted and did not change.
func (r *Response) viewIgnored(room int) []string {
	t := r.ctx.Theme
	if !r.fruitless() {
		return nil
	}
	out := draw.Para(t.Warn, t.Glyphs.Warn+" The server accepted the edit, but did not change this (current → requested):", room)
	out = append(out, draw.Indented(draw.Changes(t, r.ignored(), t.Bad, room-2), 2)...)
	return append(out, draw.Para(t.Dim, "Its response already showed the old values. Sending the edit again is unlikely to help: ask the cloud operator. What is missing is saved as a draft; press r to review it.", room)...)
}
