package review

import (
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

const (
	// wideRoom is where the request moves beside the words.
	wideRoom = 118
)

func (r *Review) room() int { return max(1, r.width-2*draw.Margin) }

// layOut makes the lines again; whatever changes what is drawn calls it.
func (r *Review) layOut() {
	if r.width < 1 {
		return
	}
	r.pager.SetSize(r.width, max(0, r.height-r.footHeight()))
	room := r.room()
	var lines []string
	if room >= wideRoom {
		const gap = 4
		right := min(84, (room-gap)/2)
		left := room - gap - right
		lines = draw.Beside(append(r.viewWords(left), r.viewLost(left)...), r.viewRequests(right), left, gap)
	} else {
		lines = slices.Concat(r.viewWords(room), r.viewRequests(room), []string{""}, r.viewLost(room))
	}
	r.pager.SetLines(draw.Indented(lines, min(draw.Margin, r.width/4)))
}

// View draws what scrolls, and the foot beneath it.
func (r *Review) View() string {
	foot := draw.Indented(r.viewFoot(), min(draw.Margin, r.width/4))
	body := strings.Split(r.pager.View(r.ctx.Theme), "\n")
	for len(body) < r.height-len(foot) {
		body = append(body, "")
	}
	if r.height <= len(foot) {
		body = nil
	}
	return draw.Fit(append(body, foot...), r.width, r.height)
}

// viewRequests is what will be sent, as it will be sent.
func (r *Review) viewRequests(room int) []string {
	t := r.ctx.Theme
	if !r.plan().Sendable() {
		return nil
	}
	var out []string
	for n, request := range r.plan().Requests {
		q := request.Wire
		title, size := "The request", draw.Bytes(int64(len(q.Body)))
		if len(r.plan().Requests) > 1 {
			title = draw.Nth("Request", n, len(r.plan().Requests))
		}
		if n > 0 {
			out = append(out, "")
			size += ", only if the first succeeds"
		}
		out = append(out, draw.Heading(t, title, size, room))
		out = append(out, draw.Para(t.Strong, q.Method+" "+q.Path, room)...)
		out = append(out, draw.Para(t.Dim, "Content-Type: "+q.ContentType, room)...)
		out = append(out, "")
		out = append(out, draw.JSON(t, q.Pretty, room)...)
	}
	return out
}

// amount is how much is sent: "4 operations in 2 requests".
func (r *Review) amount() string {
	return draw.Count(len(r.plan().Steps()), "operation") + r.inRequests()
}

func (r *Review) inRequests() string {
	if n := len(r.plan().Requests); n > 1 {
		return " in " + draw.Count(n, "request")
	}
	return ""
}

// Aside is the operations in a nutshell.
func (r *Review) Aside(width int) string {
	t := r.ctx.Theme
	s := t.Dim.Render(r.amount())
	if r.dry && !r.ctx.Options.DryRun {
		s = t.Badge.Render(" DRY RUN ") + "  " + s
	}
	return safe.Cut(s, width)
}
