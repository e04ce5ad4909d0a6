package response

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
)

// answeredWith keeps the image in the answer to a request: what the server made
// of the edit, before anybody else could change it. The call for a location has
// none.
func (r *Response) answeredWith(img model.Image) {
	if r.request().Location == nil {
		r.answers = append(r.answers, img)
	}
}

// sift parts what is missing of an accepted edit: what no answer showed either
// was ignored by the server; the rest was there, and another edit overwrote it.
func (r *Response) sift() {
	r.ignored, r.overwritten = nil, nil
	for _, l := range r.found.Lost {
		in := func(lost []model.Change) bool {
			return slices.ContainsFunc(lost, func(c model.Change) bool { return c.Field == l.Field })
		}
		shown := func(img model.Image) bool { return !in(model.Compare(r.base, r.wanted, img).Lost) }
		if len(r.answers) > 0 && !slices.ContainsFunc(r.answers, shown) {
			r.ignored = append(r.ignored, l)
		} else {
			r.overwritten = append(r.overwritten, l)
		}
	}
}

// fruitless is whether the server accepted the edit and did not do all of it.
func (r *Response) fruitless() bool {
	return r.outcome == accepted && r.checked && !r.gone && len(r.ignored) > 0
}

// missing is whether something of an accepted edit is not there.
func (r *Response) missing() bool { return r.undone() || r.fruitless() }

// viewIgnored names what the server accepted and did not change.
func (r *Response) viewIgnored(room int) []string {
	t := r.ctx.Theme
	if !r.fruitless() {
		return nil
	}
	out := draw.Para(t.Warn, t.Glyphs.Warn+" The server accepted the edit, but did not change this (what it is → what you asked for):", room)
	out = append(out, draw.Indented(draw.Changes(t, r.ignored, t.Bad, room-2), 2)...)
	return append(out, draw.Para(t.Dim, "Its response already showed the old values. Sending the edit again is unlikely to help: ask the cloud operator. What is missing is saved as a draft; r reviews it.", room)...)
}
