package response

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// viewWaiting says what takes time, and what is still to come.
func (r *Response) viewWaiting(room int) []string {
	t := r.ctx.Theme
	lines := draw.Para(t.Dim, r.why(), room)
	for n := range r.requests() {
		q := &r.requests()[n]
		lines = append(lines, "")
		if r.several() {
			lines = append(lines, draw.Heading(t, r.named("Request", n), r.state(n), room))
		}
		for m, s := range q.Steps {
			for i, l := range draw.Para(t.Text, s.Text, max(1, room-4)) {
				lead := "    "
				if i == 0 {
					lead = t.Accent.Render(fmt.Sprintf("%2d  ", q.First+m+1))
				}
				lines = append(lines, safe.Cut(lead+l, room))
			}
		}
	}
	return lines
}

// why is what takes time.
func (r *Response) why() string {
	switch {
	case r.request().Location != nil:
		return "The server accepts or rejects the location immediately and checks its URL afterwards."
	case r.between() && r.calls():
		return "Checking that the image is still queued and has both formats before adding the location."
	case r.between():
		return "Checking that the locations are unchanged since the first request before deleting data."
	case r.edit().At() > 0:
		return "The server is deleting the data. This can take a while, depending on the store."
	}
	for _, o := range r.request().Patch {
		if o.Op != patch.OpRemove && strings.HasPrefix(o.Path, "/locations") {
			return "The server is getting the size of the new location from its URL. This can take a while."
		}
	}
	return "The server is processing the request."
}

// state is how far one of several requests is, in words.
func (r *Response) state(n int) string {
	q := &r.requests()[n]
	switch {
	case q.Exchange.Code != 0:
		return answerLine(q) + ", " + draw.Elapsed(q.Exchange.Duration)
	case q.Failure != nil:
		return "no response"
	case q.Sent:
		return "in progress"
	case r.between():
		return "waiting for the check of the image"
	case r.sending():
		return "waiting for the first request"
	}
	return "not sent"
}

// viewRows is each of several requests on a line: what it does and its answer.
func (r *Response) viewRows(room int) []string {
	t := r.ctx.Theme
	width := 0
	for n := range r.requests() {
		width = max(width, safe.Width(safe.Text(r.state(n))))
	}
	lines := make([]string, len(r.requests()))
	for n := range r.requests() {
		q := &r.requests()[n]
		sign, style := t.Glyphs.Dash, t.Dim
		switch {
		case q.Accepted():
			sign, style = t.Glyphs.OK, t.Good
		case q.Failure != nil:
			sign, style = t.Glyphs.Fail, t.Bad
		}
		lines[n] = safe.Cut(t.Dim.Render(fmt.Sprintf("request %d  ", n+1))+
			style.Render(sign+" "+safe.Pad(safe.Text(r.state(n)), width))+"   "+t.Text.Render(summary(q)), room)
	}
	return lines
}

// summary is a request in a few words: what it does, or what its operations
// are about.
func summary(q *edit.Attempt) string {
	if len(q.Steps) == 1 {
		return safe.Text(draw.Clip(q.Steps[0].Text, 512))
	}
	var verbs []string
	for _, s := range q.Steps {
		if len(verbs) == 0 || verbs[len(verbs)-1] != s.Verb {
			verbs = append(verbs, s.Verb)
		}
	}
	return draw.Count(len(q.Patch), "operation") + ": " + safe.Text(strings.Join(verbs, ", "))
}

// viewDone says plainly what of several requests was done and what was not.
func (r *Response) viewDone(room int) []string {
	t := r.ctx.Theme
	say := func(style lipgloss.Style, text string) []string { return draw.Para(style, text, room) }
	const unsent = "The second request, which deletes data, was not sent. Nothing was deleted."
	if r.calls() {
		if done := r.callDone(); done != "" {
			return say(t.Strong, done)
		}
		return nil
	}
	switch {
	case r.outcome() == accepted && r.failure() == nil && r.edit().Held() == edit.NotHeld:
		return nil
	case r.outcome() == accepted && r.edit().Held() != edit.NotHeld:
		return say(t.Text, "The remaining change was already made; nothing more to send.")
	case r.outcome() == accepted:
		return say(t.Text, "Both requests were applied.")
	case r.edit().Held() == edit.HeldStopped:
		return say(t.Strong, "You stopped waiting. "+unsent)
	case r.edit().Held() == edit.HeldUnread:
		return say(t.Strong, "The first request was applied, but the image could not be read after it. "+unsent)
	case r.edit().Held() == edit.HeldChanged:
		return say(t.Strong, "The first request was applied, but the server's locations are not the expected ones. "+
			"The second request, which deletes data by list position, was not sent. Nothing was deleted.")
	case r.edit().Held() == edit.HeldFailed && r.outcome() == partly:
		return say(t.Strong, "The first request was applied nevertheless. "+unsent)
	case r.edit().Held() == edit.HeldFailed:
		return say(t.Strong, unsent)
	case !r.edit().Checked():
		return say(t.Strong, "The first request was applied. Checking the outcome of the second, which deletes data.")
	case r.deleted() > 0:
		return say(t.Strong, "The first request was applied, the second at least partly: data was deleted.")
	case r.failure().Exchange.Code == 0 || r.failure().Exchange.Code >= 500:
		return say(t.Strong, "The first request was applied. The second has had no effect so far: all locations are still listed.")
	}
	return say(t.Strong, "The first request was applied. The second was rejected: nothing was deleted.")
}

// callDone says the same where the second request adds a location; "" where
// all was done.
func (r *Response) callDone() string {
	const unsent = " The second, which adds the location, was not sent."
	switch {
	case r.outcome() == accepted:
		return ""
	case r.edit().Held() == edit.HeldStopped:
		return "You stopped waiting. The first request was applied." + unsent
	case r.edit().Held() == edit.HeldUnread:
		return "The first request was applied, but the image could not be read after it." + unsent
	case r.edit().Held() == edit.HeldChanged:
		return "The first request was applied, but the image is no longer queued with both formats, or the server is processing it." + unsent
	case r.edit().Held() == edit.HeldFailed && r.outcome() == partly:
		return "The first request was applied nevertheless." + unsent
	case r.edit().Held() == edit.HeldFailed:
		return strings.TrimSpace(unsent)
	case !r.edit().Checked():
		return "The first request was applied. Checking the outcome of the second, which adds the location."
	}
	return "The first request was applied. The second, which adds the location, was not."
}

// deleted counts the locations that went since the last request was sent.
func (r *Response) deleted() (n int) {
	for _, c := range merge.Changes(r.request().Before, r.image()) {
		if c.Field.Attr == "locations" && c.Before != merge.Absent && c.After == merge.Absent {
			n++
		}
	}
	return n
}

// onlyRemovalLeft reports whether nothing but the second request is missing.
func (r *Response) onlyRemovalLeft() bool {
	if !r.several() || len(r.edit().Found().NotApplied) == 0 || r.calls() {
		return false
	}
	for _, c := range r.edit().Found().NotApplied {
		if c.Field.Attr != "locations" || c.After != merge.Absent {
			return false
		}
	}
	return r.edit().At() > 0 && r.deleted() == 0 || r.edit().Held() != edit.NotHeld
}
