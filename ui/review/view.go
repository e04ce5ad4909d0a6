package review

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

const (
	margin = 2
	// wideRoom is where the request moves beside the words.
	wideRoom = 118
	// footRows is the height of what stands still beneath: a rule, the status
	// after it, the way back, the question and the field.
	footRows = 5
)

// footHeight is how much of that fits; in a low window the question alone.
func (r *Review) footHeight() int {
	switch {
	case r.height >= 12:
		return footRows
	case r.height >= 5:
		return 2
	}
	return 1
}

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

// viewWords is the left column: what happened meanwhile, hazards, operations.
func (r *Review) viewWords(room int) []string {
	var out []string
	part := func(lines []string) {
		if len(lines) > 0 {
			out = append(append(out, lines...), "")
		}
	}
	if r.failed != nil {
		part(r.viewFailed(room))
	}
	part(r.viewNews(room))
	part(r.viewRefusal(room))
	part(r.viewHazards(room))
	part(r.viewSteps(room))
	return out
}

func (r *Review) viewFailed(room int) []string {
	t := r.ctx.Theme
	if r.gone {
		return append(
			draw.Para(t.Bad, t.Glyphs.Fail+" Somebody deleted this image while you were editing: there is nothing to send the edit to.", room),
			draw.Para(t.Text, "esc goes back to the form, where all you typed is kept; copy there what you still need, or edit another image.", room)...)
	}
	return append(draw.Trouble(t, r.failed, room), draw.Para(t.Dim, "Nothing was sent.", room)...)
}

func (r *Review) viewNews(room int) []string {
	if r.news == nil {
		return nil
	}
	t := r.ctx.Theme
	out := draw.Para(t.Warn, t.Glyphs.Warn+" The image changed on the server since you began. Nothing was sent yet.", room)
	if len(r.news.changes) > 0 {
		out = append(out, draw.Para(t.Dim, "Somebody else changed:", room)...)
		out = append(out, draw.Indented(draw.Changes(t, r.news.changes, t.Changed, room-2), 2)...)
	} else {
		out = append(out, draw.Para(t.Dim, "Only details that the server fills in, but the request below is another one for it.", room)...)
	}
	if len(r.news.conflicts) > 0 {
		out = append(out, draw.Para(t.Warn, "Both of you changed, differently (yours is sent unless you go back):", room)...)
		out = append(out, draw.Indented(draw.Conflicts(t, r.news.conflicts, room-2), 2)...)
	}
	if r.plan.sendable() {
		out = append(out, draw.Para(t.Dim, "Your edit now builds on that: read it again.", room)...)
	}
	return out
}

func (r *Review) viewRefusal(room int) []string {
	t := r.ctx.Theme
	if r.plan.refusal == nil {
		if len(r.plan.patch) == 0 {
			return draw.Para(t.Good, t.Glyphs.OK+" The image is already as you want it: nothing is left to send.", room)
		}
		return nil
	}
	out := draw.Para(t.Bad, t.Glyphs.Fail+" No request can say this; change it in the form:", room)
	for _, f := range r.plan.refusal.Faults {
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

// viewHazards names the consequences before anything else is told.
func (r *Review) viewHazards(room int) []string {
	t := r.ctx.Theme
	var grave, remarks []string
	for n, s := range r.plan.steps {
		for _, h := range s.Hazards {
			mark := fmt.Sprintf("%s %d  ", t.Glyphs.Warn, n+1)
			under := safe.Width(mark)
			style := t.Text
			if h.Confirm != "" {
				style = t.Warn
			}
			lines := draw.Para(style, h.Text, max(1, room-under))
			for i, l := range lines {
				lead := strings.Repeat(" ", under)
				if i == 0 {
					lead = t.Warn.Render(mark)
				}
				lines[i] = lead + l
			}
			if h.Confirm != "" {
				grave = append(grave, lines...)
			} else {
				remarks = append(remarks, lines...)
			}
		}
	}
	if len(grave)+len(remarks) == 0 {
		return nil
	}
	return slices.Concat([]string{draw.Heading(t, "What it causes", "", room)}, grave, remarks)
}

// viewSteps is the patch in words; what each operation does away with stands
// in a column of its own.
func (r *Review) viewSteps(room int) []string {
	t := r.ctx.Theme
	if len(r.plan.steps) == 0 {
		return nil
	}
	out := []string{draw.Heading(t, "What it does", draw.Count(len(r.plan.steps), "operation"), room)}
	column := 0
	for _, s := range r.plan.steps {
		if w := safe.Width(safe.Text(draw.Clip(s.Text, 1024))); w <= room/2 && r.viewExtra(s) != "" {
			column = max(column, w)
		}
	}
	for n, s := range r.plan.steps {
		out = append(out, r.viewStep(n+1, s, column, room)...)
	}
	return out
}

// viewStep is one operation in words: its sentence, what it was, remarks.
func (r *Review) viewStep(n int, s model.Step, column, room int) []string {
	t := r.ctx.Theme
	lead := fmt.Sprintf("%2d  ", n)
	under := strings.Repeat(" ", len(lead))
	width := max(1, room-len(lead))
	lines := draw.Para(t.Text, draw.Clip(s.Text, 1024), width)
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
	for i, l := range lines {
		if i == 0 {
			lines[i] = t.Accent.Render(lead) + l
			continue
		}
		lines[i] = under + l
	}
	return lines
}

// absent is how model writes that there was nothing.
const absent = "–"

// viewExtra is what the sentence does not say: the old value, single tags.
func (r *Review) viewExtra(s model.Step) string {
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
	case s.Before != "" && s.Before != absent && s.After != "":
		return t.Dim.Render("was ") + t.Changed.Render(safe.Text(draw.Clip(s.Before, 300)))
	}
	return ""
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

// viewFoot stands still beneath: where this leads, and the question.
func (r *Review) viewFoot() []string {
	t := r.ctx.Theme
	room := r.room()
	question, field := r.viewQuestion(room), r.viewField(room)
	switch r.footHeight() {
	case 1:
		if r.Typing() {
			return []string{field}
		}
		return []string{question}
	case 2:
		return []string{question, field}
	}
	rule := t.Faint.Render(strings.Repeat(t.Glyphs.Rule, room))
	if !r.plan.sendable() {
		return []string{rule, "", "", question, field}
	}
	label := func(s string) string { return t.Dim.Render(safe.Pad(s, 10)) }
	where := label("after it") + draw.Status(t, r.plan.status)
	if r.plan.after.LocationsShown {
		where += t.Dim.Render("   " + draw.Count(len(r.plan.after.Locations), "location"))
	}
	return []string{rule, safe.Cut(where, room), safe.Cut(label("way back")+r.wayBack(), room), question, field}
}

// wayBack says how much of it could be undone.
func (r *Review) wayBack() string {
	t := r.ctx.Theme
	p := r.plan
	switch {
	case len(p.lost) == 0:
		return t.Text.Render("all of it can be undone")
	case p.undone == 0:
		return t.Warn.Render("none: ") + t.Text.Render(safe.Text(p.lost[0]))
	}
	return t.Text.Render(fmt.Sprintf("%d of %s. ", p.undone, draw.Count(p.changes, "change"))) +
		t.Warn.Render(safe.Text(p.lost[0]))
}

// viewLost is all that has no way back.
func (r *Review) viewLost(room int) []string {
	t := r.ctx.Theme
	if len(r.plan.lost) == 0 {
		return nil
	}
	out := []string{draw.Heading(t, "What has no way back", "", room)}
	for _, l := range r.plan.lost {
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

// viewQuestion is what enter will do, or why it will not.
func (r *Review) viewQuestion(room int) string {
	t := r.ctx.Theme
	enter := func(does string) string {
		return safe.Cut(t.Key.Render("enter")+t.Text.Render(" "+does), room)
	}
	warn := func(s string) string { return t.Warn.Render(safe.Cut(s, room)) }
	switch {
	case r.reading:
		sign := ""
		if !r.ctx.Options.Still {
			sign = t.Accent.Render(r.spinner.View()) + " "
		}
		return safe.Cut(sign+t.Text.Render("Reading the image once more before sending "+t.Glyphs.More), room)
	case r.gone, !r.plan.sendable():
		return t.Dim.Render(safe.Cut("Nothing can be sent. esc goes back to the form; all you typed is kept there.", room))
	case r.readOnly():
		return warn("Read-only: nothing can be sent. y, c and o copy the edit.")
	case r.done:
		return t.Good.Render(safe.Cut(t.Glyphs.OK+" Dry run: this is what would be sent. Nothing was sent.", room))
	case r.dry:
		return warn("Dry run: enter checks the edit against the server, and sends nothing.")
	case r.consent.needed():
		return safe.Cut(r.viewWanted(), room)
	case r.failed != nil:
		return enter("tries again")
	}
	return enter("sends it")
}

// viewWanted lists the words to type; those that are typed get a tick.
func (r *Review) viewWanted() string {
	t := r.ctx.Theme
	words := make([]string, len(r.consent.words))
	for i, w := range r.consent.words {
		word := safe.Text(w)
		if r.consent.has(w) {
			words[i] = t.Good.Render(t.Glyphs.OK + " " + word)
		} else {
			words[i] = t.Strong.Render(word)
		}
	}
	return t.Warn.Render(t.Glyphs.Warn+" ") + t.Text.Render("This needs your yes: type ") +
		strings.Join(words, t.Text.Render(" and ")) + t.Text.Render(", then enter.")
}

const prompt = "> "

// fieldWidth leaves room for the hint beside the field.
func (r *Review) fieldWidth() int { return max(1, min(28, r.room()-len(prompt))) }

// asks is whether the field is there at all.
func (r *Review) asks() bool {
	return r.consent.needed() && r.plan.sendable() && !r.readOnly() && !r.dry && !r.gone && !r.reading && !r.sent
}

func (r *Review) viewField(room int) string {
	t := r.ctx.Theme
	if !r.asks() {
		return ""
	}
	lead := t.Dim.Render(prompt)
	if r.Typing() {
		lead = t.Accent.Render(prompt)
	}
	s := lead + r.consent.field.View(t, r.fieldWidth())
	hint := ""
	switch strange, missing := r.consent.strange(), r.consent.missing(); {
	case r.consent.given():
		hint = t.Good.Render(t.Glyphs.OK + " enter sends it")
	case r.consent.scolded && len(strange) > 0:
		hint = t.Bad.Render("only the " + plural(len(r.consent.words)) + ", please")
	case r.consent.scolded:
		hint = t.Bad.Render("missing: " + safe.Text(strings.Join(missing, ", ")))
	}
	return safe.Cut(s+"  "+hint, room)
}

func plural(words int) string {
	if words == 1 {
		return "word"
	}
	return "words"
}

// Cursor is in the field while the words are typed.
func (r *Review) Cursor() *tea.Cursor {
	if !r.Typing() {
		return nil
	}
	left := min(margin, r.width/4)
	x := left + len(prompt) + r.consent.field.CursorX(r.fieldWidth())
	if x >= r.width || r.height < 1 {
		return nil
	}
	return tea.NewCursor(x, r.height-1)
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
