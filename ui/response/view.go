package response

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

const (
	labels   = 8
	wideRoom = 118 // where the exchange moves beside the result
	gap      = 4
)

// View draws the headline, which stays, and what scrolls beneath it.
func (r *Response) View() string {
	left := min(draw.Margin, r.width/4)
	head := draw.Indented([]string{r.viewHeadline(r.room())}, left)
	if r.height < 4 {
		return draw.Fit(head, r.width, r.height)
	}
	return draw.Fit(append(append(head, ""), strings.Split(r.pager.View(r.ctx.Theme), "\n")...), r.width, r.height)
}

func (r *Response) room() int { return max(1, r.width-2*draw.Margin) }

// layOut makes the lines again; whatever changes what is drawn calls it.
func (r *Response) layOut() {
	if r.width < 1 {
		return
	}
	r.pager.SetSize(r.width, max(0, r.height-2))
	room := r.room()
	var lines []string
	switch {
	case r.exchanged:
		lines = r.viewExchange(room)
	case room >= wideRoom:
		right := min(78, (room-gap)/2)
		left := room - gap - right
		lines = draw.Beside(r.viewResult(left), r.viewExchange(right), left, gap)
	default:
		lines = r.viewResult(room)
	}
	r.pager.SetLines(draw.Indented(lines, min(draw.Margin, r.width/4)))
}

// viewResult is everything but the wire.
func (r *Response) viewResult(room int) []string {
	t := r.ctx.Theme
	var out []string
	part := func(lines ...string) {
		if len(lines) > 0 {
			if len(out) > 0 {
				out = append(out, "")
			}
			out = append(out, lines...)
		}
	}
	if r.several() && !r.sending() {
		part(r.viewRows(room)...)
		part(r.viewDone(room)...)
	}
	if f := r.failure(); f != nil {
		if r.outcome() == accepted {
			f = f.Settled()
		}
		part(draw.Reasons(t, f, r.refusedWords(), room)...)
	}
	where := r.atStake() && r.edit().Checked() && !r.edit().Gone()
	if where && r.image().LocationsShown && len(r.image().Locations) == 0 { // nothing matters more
		part(r.viewLeft(room)...)
		where = false
	}
	if r.edit().Gone() {
		part(draw.Para(t.Bad, t.Glyphs.Fail+" This image was deleted while your edit was in progress.", room)...)
	} else if r.edit().Known() || r.sending() {
		part(r.viewStatus(room)...)
	}
	if r.sending() {
		part(r.viewWaiting(room)...)
	}
	if r.edit().NotRead() != nil && !r.edit().Gone() {
		part(append(draw.Trouble(t, r.edit().NotRead(), room), draw.Para(t.Dim, r.unreadWords(), room)...)...)
	}
	if r.edit().Checked() && !r.edit().Gone() {
		part(r.viewLost(room)...)
		part(r.viewUnknown(room)...)
		part(r.viewErased(room)...)
		part(r.viewForeign(room)...)
	}
	if r.edit().Known() && !r.edit().Gone() {
		part(r.viewChanges(room)...)
	}
	if where {
		part(r.viewLeft(room)...)
	}
	if r.outcome() != accepted && !r.sending() {
		back := "Your input is kept. Press esc to return to the form."
		if r.several() && r.outcome() == partly {
			back = "Press esc to return to the form with the remaining changes, or r to review them."
		}
		part(draw.Para(t.Dim, back, room)...)
	}
	return out
}

// refusedWords is the operation that the server refused.
func (r *Response) refusedWords() string {
	q := r.request()
	if q.FailedOp < 0 || q.FailedOp >= len(q.Steps) {
		return ""
	}
	return fmt.Sprintf("operation %d: %s", q.First+q.FailedOp+1, q.Steps[q.FailedOp].Text)
}

// viewStatus is the timeline and a remark on it.
func (r *Response) viewStatus(room int) []string {
	t := r.ctx.Theme
	label := t.Dim.Render(safe.Pad("status", labels))
	next := model.Status("")
	if !r.edit().Reached() && r.outcome() <= accepted {
		next = r.edit().Plan().Status
	}
	frame := r.frame
	if r.ctx.Options.Still {
		frame = 6
	}
	remark := safe.Text(r.statusRemark())
	width := room - labels
	line := draw.Timeline(t, r.seen, next, frame, width)
	if safe.Width(line)+3+safe.Width(remark) <= width {
		return []string{label + line + "   " + t.Dim.Render(remark)}
	}
	return append([]string{label + line}, draw.Indented(draw.Para(t.Dim, remark, width), labels)...)
}

func (r *Response) statusRemark() string {
	still := r.seen.Now()
	switch {
	case r.sending() && r.edit().Plan().Status == r.base().Status:
		return "unchanged (predicted)"
	case r.sending():
		return "predicted"
	case r.edit().Reached() && r.image().Status != r.edit().Plan().Status:
		return fmt.Sprintf("reached %s after %s, then changed again", r.edit().Plan().Status, draw.Elapsed(r.reachedAfter))
	case r.edit().Reached() && r.failure() != nil && r.edit().Plan().Status != r.base().Status:
		return "reached, as predicted"
	case r.edit().Reached() && r.edit().Plan().Status == r.base().Status:
		return "unchanged, as predicted"
	case r.edit().Reached():
		return "reached after " + draw.Elapsed(r.reachedAfter) + ", as predicted"
	case r.outcome() != accepted && still == r.base().Status:
		return "unchanged"
	case r.outcome() != accepted:
		return ""
	case r.elapsed() < time.Second:
		return "in progress"
	case r.elapsed() > timeout:
		return fmt.Sprintf("still %s after %s; watching, press esc to leave", still, draw.Elapsed(r.elapsed()))
	}
	return fmt.Sprintf("still %s after %s", still, draw.Elapsed(r.elapsed()))
}

// viewLost names what was asked for and is not there.
func (r *Response) viewLost(room int) []string {
	t := r.ctx.Theme
	if r.edit().Found().Sorted && len(r.edit().Found().NotApplied) == 0 {
		return draw.Para(t.Dim, "The server sorts locations by store weight; your order applies within each store.", room)
	}
	if len(r.edit().Found().NotApplied) == 0 || r.outcome() == unknown {
		return nil
	}
	lost := r.edit().Found().NotApplied
	if r.outcome() == accepted {
		lost = r.overwritten()
	}
	out := r.viewIgnored(room)
	if len(lost) == 0 {
		return out
	}
	head := "Not applied (current → requested):"
	if r.failure() == nil && r.edit().Held() == edit.NotHeld {
		head = "Accepted, but overwritten by a concurrent edit (current → requested):"
	}
	out = append(out, draw.Para(t.Warn, t.Glyphs.Warn+" "+head, room)...)
	out = append(out, draw.Indented(draw.Changes(t, lost, t.Bad, room-2), 2)...)
	if r.overwrittenByOthers() {
		out = append(out, draw.Para(t.Dim, "Press r to review an edit that restores your changes.", room)...)
	}
	return out
}

// viewUnknown names what was asked for and cannot be seen.
func (r *Response) viewUnknown(room int) []string {
	t := r.ctx.Theme
	if len(r.edit().Found().Unknown) == 0 {
		return nil
	}
	head := "The server shows values that are not understood, so this could not be checked:"
	if r.image().LocationsWithheld {
		head = "The locations are " + r.image().WhyWithheld() + ", so this could not be checked:"
	}
	out := draw.Para(t.Warn, t.Glyphs.Warn+" "+head, room)
	return append(out, draw.Indented(draw.Changes(t, r.edit().Found().Unknown, t.Text, room-2), 2)...)
}

// unreadWords is what it means that the image could not be read.
func (r *Response) unreadWords() string {
	if r.outcome() == accepted && !r.edit().Checked() {
		return "Accepted. To check for a concurrent overwrite the image must be read: press ctrl+r."
	}
	return "Press ctrl+r to read the image again."
}

// viewForeign names what changed and no one here asked for.
func (r *Response) viewForeign(room int) []string {
	t := r.ctx.Theme
	if len(r.edit().Found().Others) == 0 {
		return nil
	}
	out := draw.Para(t.Warn, t.Glyphs.Warn+" Also changed, not by this edit:", room)
	return append(out, draw.Indented(draw.Changes(t, r.edit().Found().Others, t.Changed, room-2), 2)...)
}

// viewChanges lights up what changed: what was asked for, then what the
// server did by itself.
func (r *Response) viewChanges(room int) []string {
	t := r.ctx.Theme
	found := r.edit().Found()
	if !r.edit().Checked() {
		found = merge.Compare(r.base(), r.edit().Plan().Wanted, r.image())
	}
	columns := draw.ColumnsOf(slices.Concat(found.Applied, found.ServerSet), room)
	var out []string
	if len(found.Applied) > 0 {
		out = append(out, draw.Heading(t, "What changed", "", room))
		out = append(out, columns.Draw(t, found.Applied, t.Lit.Inherit(t.Strong))...)
	}
	if len(found.ServerSet) > 0 {
		if len(out) > 0 {
			out = append(out, "")
		}
		out = append(out, draw.Heading(t, "Set by the server", "", room))
		out = append(out, columns.Draw(t, found.ServerSet, t.Text)...)
	}
	return out
}

// atStake reports whether it matters where the data is now: something that was to
// remove a location failed, or did not come to pass.
func (r *Response) atStake() bool {
	if r.calls() {
		return false
	}
	if r.several() {
		return r.outcome() != accepted || r.failure() != nil
	}
	return r.failure() != nil && r.request().Patch.RemovesLocations()
}

// viewLeft is where the data is after removals that did not all succeed.
func (r *Response) viewLeft(room int) []string {
	t := r.ctx.Theme
	count := draw.Number(int64(len(r.image().Locations)))
	switch {
	case !r.image().LocationsShown:
		return nil
	case r.image().LocationsWithheld:
		count += " as last shown"
	}
	out := []string{draw.Heading(t, "Locations now", count, room)}
	if len(r.image().Locations) == 0 {
		return append(out, draw.Para(t.Bad, "None: the image no longer has any data.", room)...)
	}
	for n, l := range r.image().Locations {
		out = append(out, safe.Cut(t.Dim.Render(fmt.Sprintf("%2d  ", n+1))+
			t.Link.Render(safe.CutMiddle(safe.Text(draw.Clip(l.URL, 512)), max(1, room-4))), room))
	}
	return out
}

// Aside is empty: the status is in the timeline.
func (r *Response) Aside(int) string { return "" }
