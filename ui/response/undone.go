package response

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// A PATCH writes the whole image back, so two at one moment undo each other,
// and both get a yes (measured). What another edit did to this one shows in the
// readings after it: the image is read once at once, and twice more within the
// next seconds. What this edit did to another one shows only to who saw that
// one: while an answer takes long, the image is read as well.

// laterLooks are the pauses before the looks after an edit that is through.
var laterLooks = []time.Duration{2 * time.Second, 3 * time.Second}

type (
	// peekDue is the time for a look while the answer is awaited.
	peekDue struct {
		of *Response
		at int
	}
	// peeked answers it.
	peeked struct {
		of    *Response
		at    int
		image model.Image
		err   error
	}
)

// peekLater asks for a look at the image if the answer takes long.
func (r *Response) peekLater() tea.Cmd {
	next, pause := peekDue{of: r, at: r.at}, r.pause
	r.grow()
	return r.tick(pause, func(time.Time) tea.Msg { return next })
}

// peek looks at the image while the answer is awaited.
func (r *Response) peek(msg peekDue) tea.Cmd {
	if msg.of != r || msg.at != r.at || r.outcome != sending || r.reading {
		return nil
	}
	ctx, service, id, at := r.life, r.ctx.Service, r.base.ID, r.at
	return func() tea.Msg {
		img, err := service.Get(ctx, id)
		return peeked{of: r, at: at, image: img, err: err}
	}
}

// peekTook keeps what others did while the edit was on its way. A reading in
// which the edit shows already is one of after it.
func (r *Response) peekTook(msg peeked) tea.Cmd {
	if msg.of != r {
		return nil
	}
	if msg.err == nil && !model.Compare(r.base, r.wanted, msg.image).All() {
		r.meanwhile = &msg.image
	}
	if msg.at != r.at || r.outcome != sending {
		return nil
	}
	return r.peekLater()
}

// weigh tells by a reading what the edit wrote over.
func (r *Response) weigh(img model.Image) {
	r.erased = nil
	if r.meanwhile != nil && (r.outcome == accepted || r.outcome == partly) {
		r.erased, r.whole = r.rules.Erased(r.base, r.wanted, *r.meanwhile, img)
	}
}

// undone is whether another edit took away what the server had said yes to.
func (r *Response) undone() bool {
	return r.outcome == accepted && r.checked && !r.gone && len(r.overwritten) > 0
}

// wroteOver is whether this edit took another one's away.
func (r *Response) wroteOver() bool { return r.checked && !r.gone && len(r.erased) > 0 }

// rest asks for a review of what is still to be done: all of the edit, or what
// of it is missing, on top of what the image is now.
func (r *Response) rest() tea.Cmd {
	if r.outcome != partly && !r.missing() || !r.known {
		return r.leaveFor(screen.Review{Base: r.base, Wanted: r.wanted, Rules: r.rules, Undoes: r.journal.sent().Undoes})
	}
	merged, conflicts := r.rules.Merge(r.base, r.wanted, r.after)
	return r.restore(r.wanted, merged, conflicts, "Another edit changed the same as yours. Decide what is to be:")
}

// restoreTheirs asks for a review of what brings the other edit back, and with
// it what is missing of this one.
func (r *Response) restoreTheirs() tea.Cmd {
	ours, conflicts := r.rules.Merge(r.base, r.wanted, r.after)
	both, more := r.rules.Merge(r.wanted, r.whole, ours)
	if len(conflicts)+len(more) > 0 {
		both, conflicts = r.rules.Merge(r.base, r.whole, r.after)
	}
	return r.restore(r.whole, both, conflicts, "The image changed once more since then. Decide what is to be:")
}

// restore reviews what turns the image as it is now into merged, which is what
// it was to be, on top of what it is; conflicts are decided first. The form
// hears of it, so that going back loses nothing.
func (r *Response) restore(wanted, merged model.Image, conflicts []model.Conflict, why string) tea.Cmd {
	var next tea.Msg = screen.Review{Base: r.after, Wanted: merged, Rules: r.rules}
	if len(conflicts) > 0 {
		next = screen.Merge{Base: r.base, Mine: wanted, Theirs: r.after, Rules: r.rules, Why: why}
	}
	if r.outcome != accepted { // the form still has the edit
		return r.leaveFor(next)
	}
	news := screen.Decided{Base: r.base, Mine: r.base, Theirs: r.after, Wanted: merged, Left: conflicts}
	return r.leaveFor(news, next)
}

// viewErased names what this edit wrote over.
func (r *Response) viewErased(room int) []string {
	t := r.ctx.Theme
	if !r.wroteOver() {
		return nil
	}
	out := draw.Para(t.Warn, t.Glyphs.Warn+" While your edit was on its way somebody else changed this, and your edit wrote over it (what it is → what they had made it):", room)
	out = append(out, draw.Indented(draw.Changes(t, r.erased, t.Bad, room-2), 2)...)
	return append(out, draw.Para(t.Dim, "t reviews an edit that puts theirs back.", room)...)
}
