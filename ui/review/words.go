package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// viewWords is the left column: what happened meanwhile, hazards, operations.
func (r *Review) viewWords(room int) []string {
	var out []string
	part := func(lines []string) {
		if len(lines) > 0 {
			out = append(append(out, lines...), "")
		}
	}
	if r.edit().NotReread() != nil || r.edit().Gone() {
		part(r.viewFailed(room))
	}
	part(r.viewMeanwhile(room))
	part(r.viewNews(room))
	part(r.viewUndo(room))
	part(r.viewRefusal(room))
	part(r.viewHazards(room))
	part(r.viewParted(room))
	part(r.viewSteps(room))
	return out
}

func (r *Review) viewFailed(room int) []string {
	t := r.ctx.Theme
	if r.edit().Gone() {
		return append(
			draw.Para(t.Bad, t.Glyphs.Fail+" This image was deleted while you were editing. The edit cannot be sent.", room),
			draw.Para(t.Text, "Press esc to return to the form; your input is kept there so that you can copy it.", room)...)
	}
	return append(draw.Trouble(t, r.edit().NotReread(), room), draw.Para(t.Dim, "Nothing was sent.", room)...)
}

func (r *Review) viewMeanwhile(room int) []string {
	if len(r.edit().Meanwhile()) == 0 {
		return nil
	}
	t := r.ctx.Theme
	out := draw.Para(t.Warn, t.Glyphs.Warn+" Someone else changed this image during your review:", room)
	out = append(out, draw.Indented(draw.Changes(t, r.edit().Meanwhile(), t.Changed, room-2), 2)...)
	return append(out, draw.Para(t.Dim, "Press enter to load the image again. Your edit is merged with it, and you review the result before it is sent.", room)...)
}

func (r *Review) viewNews(room int) []string {
	news, isNews := r.edit().News()
	if !isNews {
		return nil
	}
	t := r.ctx.Theme
	out := draw.Para(t.Warn, t.Glyphs.Warn+" This image has changed on the server since you started. Nothing has been sent.", room)
	if len(news) > 0 {
		out = append(out, draw.Para(t.Dim, "Changed by someone else:", room)...)
		out = append(out, draw.Indented(draw.Changes(t, news, t.Changed, room-2), 2)...)
	} else {
		out = append(out, draw.Para(t.Dim, "Only server-set attributes changed, but the request below is different now.", room)...)
	}
	if r.plan().Sendable() {
		out = append(out, draw.Para(t.Dim, "Your edit has been rebased on these changes. Review it again.", room)...)
	}
	return out
}

func (r *Review) viewRefusal(room int) []string {
	t := r.ctx.Theme
	if r.plan().Refusal == nil {
		if len(r.plan().Patch) == 0 && r.asked.Undoes == "" {
			return draw.Para(t.Good, t.Glyphs.OK+" Nothing to send: the image already has these values.", room)
		}
		return nil
	}
	head := "This edit cannot be sent. Fix it in the form:"
	if r.edit().Plans() > 0 {
		head = "This edit cannot be sent to the image as it is now:"
	}
	out := draw.Para(t.Bad, t.Glyphs.Fail+" "+head, room)
	for _, f := range r.plan().Refusal.Problems {
		if f.Warning {
			continue
		}
		text := f.Text
		if f.Field.Attr != "" {
			text = f.Field.String() + ": " + text
		}
		out = append(out, draw.Indented(draw.Para(t.Text, text, room-2), 2)...)
		if f.Advice != "" {
			out = append(out, draw.Indented(draw.Para(t.Dim, "you can "+f.Advice, room-4), 4)...)
		}
	}
	return out
}

// viewHazards names the consequences before anything else is told: what needs a
// word first, data that is deleted before all, each with what it is about, since
// the operation itself can be far below; then the remarks.
func (r *Review) viewHazards(room int) []string {
	t := r.ctx.Theme
	var deletes, grave, remarks []string
	for n, s := range r.plan().Steps() {
		for _, h := range s.Hazards {
			switch {
			case h.Kind == explain.HazardDeletesData:
				deletes = append(deletes, r.viewGrave(n, s, h, room)...)
			case h.Confirm != "":
				grave = append(grave, r.viewGrave(n, s, h, room)...)
			default:
				mark := fmt.Sprintf("%s %d  ", t.Glyphs.Warn, n+1)
				remarks = append(remarks, hanging(t.Warn.Render(mark), safe.Width(mark), draw.Para(t.Text, h.Text, max(1, room-safe.Width(mark))))...)
			}
		}
	}
	if len(deletes)+len(grave)+len(remarks) == 0 {
		return nil
	}
	return slices.Concat([]string{draw.Heading(t, "Consequences", "", room)}, deletes, grave, remarks)
}

// viewGrave is one operation that needs a word, and what it causes.
func (r *Review) viewGrave(n int, s explain.Step, h explain.Hazard, room int) []string {
	t := r.ctx.Theme
	mark := fmt.Sprintf("%s %d  ", t.Glyphs.Warn, n+1)
	lines := draw.Para(t.Bad.Bold(true), draw.Clip(s.Text, 600)+": "+h.Text, max(1, room-safe.Width(mark)))
	return hanging(t.Bad.Render(mark), safe.Width(mark), lines)
}

// hanging puts a mark before the first of some lines and indents the others.
func hanging(mark string, width int, lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.Repeat(" ", width) + l
		if i == 0 {
			out[i] = mark + l
		}
	}
	return out
}

// viewParted says in how many requests it goes, where data is at stake.
func (r *Review) viewParted(room int) []string {
	t := r.ctx.Theme
	const risk = "data may be deleted even if the server rejects the edit."
	switch {
	case len(r.plan().Requests) > 1:
		return draw.Para(t.Text, "Two requests: the second is sent only if the first succeeds.", room)
	case r.plan().Partable:
		return draw.Para(t.Warn, t.Glyphs.Warn+" One request, as you chose: "+risk, room)
	case r.plan().Together != "":
		return draw.Para(t.Warn, t.Glyphs.Warn+" One request is required: "+r.plan().Together+"; "+risk, room)
	}
	return nil
}

// viewSteps is the patch in words; what each operation does away with is
// in a column of its own.
func (r *Review) viewSteps(room int) []string {
	t := r.ctx.Theme
	if len(r.plan().Steps()) == 0 {
		return nil
	}
	out := []string{draw.Heading(t, "Operations", strconv.Itoa(len(r.plan().Steps()))+r.inRequests(), room)}
	column := 0
	for _, s := range r.plan().Steps() {
		if w := safe.Width(safe.Text(draw.Clip(s.Text, 1024))); w <= room/2 && r.viewExtra(s) != "" {
			column = max(column, w)
		}
	}
	for n, s := range r.plan().Steps() {
		if r.plan().StartsSecond(n) {
			out = append(out, draw.Indented(draw.Para(t.Dim, "then, if the first request succeeds:", max(1, room-4)), 4)...)
		}
		out = append(out, r.viewStep(n+1, s, column, room)...)
	}
	return out
}

// viewStep is one operation in words: its sentence, what it was, remarks.
func (r *Review) viewStep(n int, s explain.Step, column, room int) []string {
	t := r.ctx.Theme
	// What deletes or publishes differs from the ordinary, without color too.
	lead, leadStyle, style := fmt.Sprintf("%2d  ", n), t.Accent, t.Text
	if slices.ContainsFunc(s.Hazards, func(h explain.Hazard) bool { return h.Confirm != "" }) {
		lead, leadStyle, style = fmt.Sprintf("%2d%s ", n, t.Glyphs.Warn), t.Bad, t.Bad.Bold(true)
	}
	indent := safe.Width(lead)
	width := max(1, room-indent)
	lines := draw.Para(style, draw.Clip(s.Text, 1024), width)
	if extra := r.viewExtra(s); extra != "" {
		last := lines[len(lines)-1]
		if len(lines) == 1 && max(column, safe.Width(last))+3+safe.Width(extra) <= width {
			lines[0] = safe.Pad(last, max(column, safe.Width(last))) + "   " + extra
		} else {
			lines = append(lines, safe.Cut(extra, width))
		}
	}
	if s.Note != "" {
		lines = append(lines, draw.Para(t.Dim, "("+s.Note+")", width)...)
	}
	return hanging(leadStyle.Render(lead), indent, lines)
}

// viewExtra is what the sentence does not say: the old value, single tags.
func (r *Review) viewExtra(s explain.Step) string {
	t := r.ctx.Theme
	switch {
	case s.Verb == "tags":
		var parts []string
		for _, a := range s.Added {
			parts = append(parts, t.ChipNew.Render(" +"+safe.Text(a)+" "))
		}
		for _, c := range s.Removed {
			parts = append(parts, t.ChipCut.Render(" -"+safe.Text(c)+" "))
		}
		return strings.Join(parts, " ")
	case s.Before != "" && s.Before != merge.Absent && s.After != "":
		return t.Dim.Render("was ") + t.Changed.Render(safe.Text(draw.Clip(s.Before, 300)))
	}
	return ""
}

// viewUndo says of an edit that takes another one back how far it can.
func (r *Review) viewUndo(room int) []string {
	if r.asked.Undoes == "" {
		return nil
	}
	t, stays := r.ctx.Theme, r.edit().Stays()
	if len(r.plan().Patch) == 0 && r.plan().Refusal == nil {
		if len(stays) == 0 {
			return draw.Para(t.Good, t.Glyphs.OK+" Nothing left to undo: the image is as it was before the edit.", room)
		}
		return append(draw.Para(t.Warn, t.Glyphs.Warn+" Nothing of this edit can be undone:", room), r.points(stays, room)...)
	}
	out := draw.Para(t.Strong, "This undoes an earlier edit. Later changes are kept.", room)
	if len(stays) > 0 {
		out = append(out, draw.Para(t.Warn, t.Glyphs.Warn+" Some of it cannot be undone:", room)...)
	}
	return append(out, r.points(stays, room)...)
}

// viewLost is all that cannot be undone.
func (r *Review) viewLost(room int) []string {
	if len(r.plan().Lost) == 0 {
		return nil
	}
	return append([]string{draw.Heading(r.ctx.Theme, "Cannot be undone", "", room)}, r.points(r.plan().Lost, room)...)
}

// points are sentences, each with a dot before it.
func (r *Review) points(sentences []string, room int) []string {
	t := r.ctx.Theme
	var out []string
	for _, l := range sentences {
		for i, line := range draw.Para(t.Text, l, max(1, room-2)) {
			lead := "  "
			if i == 0 {
				lead = t.Warn.Render(t.Glyphs.Dot) + " "
			}
			out = append(out, lead+line)
		}
	}
	return out
}
