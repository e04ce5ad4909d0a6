package review

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// footRows is the height of the foot, which does not scroll: a rule, the status
// that results, what can be undone, the question and the field.
const footRows = 5

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

// viewFoot does not scroll: where this leads, and the question.
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
	if !r.plan().Sendable() {
		return []string{rule, "", "", question, field}
	}
	label := func(s string) string { return t.Dim.Render(safe.Pad(s, 10)) }
	plan := r.plan()
	after := plan.Status
	if after == plan.Base.Status {
		after = plan.Base.StatusWord()
	}
	where := label("result") + draw.Status(t, after)
	if plan.After.LocationsShown {
		count := draw.Count(len(plan.After.Locations), "location")
		if plan.After.LocationsWithheld {
			count += " as last shown"
		}
		where += t.Dim.Render("   " + count)
	}
	return []string{rule, safe.Cut(where, room), safe.Cut(label("undo")+r.undoable(), room), question, field}
}

// undoable says how much of it could be undone.
func (r *Review) undoable() string {
	t := r.ctx.Theme
	p := r.plan()
	switch {
	case len(p.Lost) == 0:
		return t.Text.Render("everything can be undone")
	case p.Undoable == 0:
		return t.Warn.Render("nothing can be undone: ") + t.Text.Render(safe.Text(p.Lost[0]))
	}
	return t.Text.Render(fmt.Sprintf("%d of %s can be undone. ", p.Undoable, draw.Count(p.Changes, "change"))) +
		t.Warn.Render(safe.Text(p.Lost[0]))
}

// viewQuestion is what enter will do, or why it will not.
func (r *Review) viewQuestion(room int) string {
	t := r.ctx.Theme
	enter := func(does string) string {
		return safe.Cut(t.Key.Render("enter")+t.Text.Render(": "+does), room)
	}
	warn := func(s string) string { return t.Warn.Render(safe.Cut(s, room)) }
	switch {
	case r.reading():
		sign := ""
		if !r.ctx.Options.Still {
			sign = t.Accent.Render(r.spinner.View()) + " "
		}
		return safe.Cut(sign+t.Text.Render("Checking the image before sending "+t.Glyphs.More), room)
	case r.plan().Refusal != nil && !r.edit().Gone() && !r.readOnly():
		return enter("check whether it can be sent now; esc: back, your input is kept")
	case (r.edit().Gone() || !r.plan().Sendable()) && r.asked.Above:
		return t.Dim.Render(safe.Cut("Cannot be sent. Press esc to go back.", room))
	case r.edit().Gone(), !r.plan().Sendable():
		return t.Dim.Render(safe.Cut("Cannot be sent. Press esc to return to the form; your input is kept.", room))
	case r.readOnly():
		return warn("Read-only mode: cannot send. Press y, c or o to copy the edit.")
	case r.busy():
		return warn(t.Glyphs.Warn + " Your previous edit of this image is still in progress. Wait for its response.")
	case r.done():
		return t.Good.Render(safe.Cut(t.Glyphs.OK+" Dry run complete. Nothing was sent.", room))
	case r.dry:
		return warn("Dry run: press enter to check the edit against the server without sending it.")
	case r.consent.needed():
		return safe.Cut(r.viewWanted(), room)
	case r.edit().NotReread() != nil:
		return enter("try again")
	}
	return enter("send")
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
	return t.Warn.Render(t.Glyphs.Warn+" ") + t.Text.Render("Type ") +
		strings.Join(words, t.Text.Render(" and ")) + t.Text.Render(" to confirm, then press enter.")
}

const prompt = "> "

// fieldWidth leaves room for the hint beside the field.
func (r *Review) fieldWidth() int { return max(1, min(28, r.room()-len(prompt))) }

// asks reports whether the field is there at all.
func (r *Review) asks() bool {
	return r.consent.needed() && r.plan().Sendable() && !r.readOnly() && !r.dry && !r.edit().Gone() && !r.reading()
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
		hint = t.Good.Render(t.Glyphs.OK + " press enter to send")
	case r.consent.triedEarly && len(strange) > 0:
		hint = t.Bad.Render("type exactly: " + safe.Text(strings.Join(r.consent.words, " ")))
	case r.consent.triedEarly:
		hint = t.Bad.Render("missing: " + safe.Text(strings.Join(missing, ", ")))
	}
	return safe.Cut(s+"  "+hint, room)
}

// busy reports whether an earlier edit of the image is not answered yet.
func (r *Review) busy() bool {
	_, busy := r.ctx.InFlight.Since(r.plan().Base.ID)
	return busy && !r.dry
}

// Cursor is in the field while the words are typed.
func (r *Review) Cursor() *tea.Cursor {
	if !r.Typing() {
		return nil
	}
	left := min(draw.Margin, r.width/4)
	x := left + len(prompt) + r.consent.field.CursorX(r.fieldWidth())
	if x >= r.width || r.height < 1 {
		return nil
	}
	return tea.NewCursor(x, r.height-1)
}
