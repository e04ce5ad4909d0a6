package review

import (
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

const (
	margin = 2
	// wideRoom is where the request moves beside the words.
	wideRoom = 118
)

func (r *Review) room() int { return max(1, r.width-2*margin) }

// layOut makes the lines anew; whatever changes what is drawn calls it.
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
		lines = draw.Beside(append(r.viewWords(left), r.viewLost(left)...), r.viewRequest(right), left, gap)
	} else {
		lines = slices.Concat(r.viewWords(room), r.viewRequest(room), []string{""}, r.viewLost(room))
	}
	r.pager.SetLines(draw.Indented(lines, min(margin, r.width/4)))
}

// View draws what scrolls and what stands still beneath it.
func (r *Review) View() string {
	foot := draw.Indented(r.viewFoot(), min(margin, r.width/4))
	body := strings.Split(r.pager.View(r.ctx.Theme), "\n")
	for len(body) < r.height-len(foot) {
		body = append(body, "")
	}
	if r.height <= len(foot) {
		body = nil
	}
	return draw.Fit(append(body, foot...), r.width, r.height)
}

// viewRequest is the request as it will be sent.
func (r *Review) viewRequest(room int) []string {
	t := r.ctx.Theme
	if !r.plan.sendable() {
		return nil
	}
	size := draw.Bytes(int64(len(r.plan.patch.JSON())))
	out := []string{draw.Heading(t, "The request", size, room)}
	out = append(out, draw.Para(t.Strong, "PATCH /v2/images/"+r.plan.base.ID, room)...)
	out = append(out, draw.Para(t.Dim, "Content-Type: "+model.MediaTypeV21, room)...)
	return slices.Concat(out, []string{""}, draw.JSON(t, r.plan.patch.Pretty(), room))
}

// Aside is the operations in a nutshell.
func (r *Review) Aside(width int) string {
	t := r.ctx.Theme
	s := t.Dim.Render(draw.Count(len(r.plan.patch), "operation"))
	if r.dry && !r.ctx.Options.DryRun {
		s = t.Badge.Render(" DRY RUN ") + "  " + s
	}
	return safe.Cut(s, width)
}
