package response

import (
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// viewHeadline is the answer in one line.
func (r *Response) viewHeadline(room int) string {
	t := r.ctx.Theme
	if r.sending() {
		sign := ""
		if !r.ctx.Options.Still {
			sign = t.Accent.Render(r.spinner.View()) + " "
		}
		return safe.Cut(sign+t.Strong.Render(r.doing())+t.Dim.Render("   "+draw.Elapsed(r.elapsed())), room)
	}
	sign, style := t.Glyphs.OK, t.Good
	switch {
	case r.overwrittenByOthers(), r.fruitless(), r.overwrote(), r.failure() != nil && r.outcome() == accepted, r.failure() == nil && r.outcome() != accepted:
		sign, style = t.Glyphs.Warn, t.Warn
	case r.failure() != nil:
		sign, style = t.Glyphs.Fail, t.Bad
	}
	q := r.request()
	line := answerLine(q)
	if line == "" {
		line = "no response"
	}
	switch {
	case r.edit().Held() > edit.HeldFailed:
		line = draw.Nth("Request", r.edit().At()+1, len(r.requests())) + " was not sent"
	case r.several():
		line = draw.Nth("Request", r.edit().At(), len(r.requests())) + ": " + line
	}
	s := style.Bold(true).Render(sign + " " + safe.Text(line))
	end := r.result()
	if end == "" {
		end = t.Dim.Render("sent " + draw.Clock(r.sentAt()))
	}
	if d := q.Exchange.Duration; d > 0 && !r.several() { // else it is beside each of them
		s += t.Text.Render("   " + draw.Elapsed(d))
	}
	if id := safe.Text(q.Exchange.RequestID); id != "" && r.edit().Held() <= edit.HeldFailed {
		left := max(12, room-safe.Width(s)-safe.Width(end)-6)
		if !r.several() || left > 12 { // of several the result says more
			s += t.Dim.Render("   " + safe.CutMiddle(id, left))
		}
	}
	if space := room - safe.Width(s) - safe.Width(end); space >= 3 {
		return s + strings.Repeat(" ", space) + end
	}
	return safe.Cut(s+"   "+end, room)
}

// doing is what is in progress.
func (r *Response) doing() string {
	operations := draw.Count(len(r.request().Patch), "operation")
	switch {
	case r.edit().Stopped():
		return "Canceling"
	case !r.several():
		return "Sending " + operations
	case r.between():
		return draw.Nth("Request", r.edit().At(), len(r.requests())) + " accepted; checking the image before the next"
	}
	return "Sending " + strings.ToLower(draw.Nth("Request", r.edit().At(), len(r.requests()))) + ": " + operations
}

// sentAt is when the first request went out.
func (r *Response) sentAt() time.Time {
	if sent := r.requests()[0].Exchange.Sent; !sent.IsZero() {
		return sent
	}
	return r.begun
}

// result is what became of an edit that failed, in a few words.
func (r *Response) result() string {
	t, f := r.ctx.Theme, r.failure()
	warn := func(s string) string { return t.Warn.Render(t.Glyphs.Warn + " " + s) }
	switch {
	case r.fruitless() && r.edit().Found().None() && !r.overwrittenByOthers():
		return warn("accepted, but nothing changed")
	case r.fruitless():
		return warn("accepted, but partly ignored")
	case r.overwrittenByOthers() && r.edit().Found().None():
		return warn("overwritten by another edit")
	case r.overwrittenByOthers():
		return warn("partly overwritten by another edit")
	case r.overwrote():
		return warn("overwrote another edit")
	case f == nil && r.edit().Held() == edit.NotHeld:
		return ""
	case r.outcome() == refused:
		return t.Strong.Render("nothing was changed")
	case r.outcome() == accepted && f == nil:
		return t.Good.Render("already done")
	case f == nil && r.calls():
		return t.Strong.Render("the location was not added")
	case f == nil:
		return t.Strong.Render("nothing was deleted")
	case r.outcome() == accepted:
		return t.Good.Render("applied nevertheless")
	case r.outcome() == notDone && f != nil && edit.Unanswered(f):
		return t.Strong.Render("not applied so far")
	case r.outcome() == notDone:
		return t.Strong.Render("not applied")
	case r.outcome() == partly && r.onlyRemovalLeft():
		return warn("applied except the removal")
	case r.outcome() == partly:
		return warn("partly applied")
	case r.edit().NotRead() != nil:
		return warn("current state unknown")
	case len(r.edit().Found().Unknown) > 0 && !r.image().LocationsWithheld:
		return warn("what it changed could not be checked")
	case len(r.edit().Found().Unknown) > 0:
		return warn("what it changed is hidden from you")
	}
	return t.Dim.Render("checking the image " + t.Glyphs.More)
}
