package history

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
)

const (
	whenRoom    = 12
	outcomeRoom = 14
)

// View draws the entries and, below them, the one under the cursor.
func (h *History) View() string {
	inSight, chosen := h.entries.InSight()
	if len(inSight) == 0 {
		return h.entries.ViewNone(h.viewNothing())
	}
	var rows []string
	for n, e := range inSight {
		rows = append(rows, h.row(e, n == chosen))
	}
	return h.entries.View(h.ctx.Theme, rows)
}

func (h *History) viewNothing() []string {
	room := h.entries.Room()
	t := h.ctx.Theme
	switch {
	case !h.read:
		return draw.Para(t.Dim, "Reading the history "+t.Glyphs.More, room)
	case h.failed != nil:
		return append(draw.Para(t.Strong, "History unavailable", room), draw.Para(t.Warn, h.failed.Error(), room)...)
	}
	return append(draw.Para(t.Strong, "No edits yet", room),
		draw.Para(t.Dim, "Every edit sent from this machine is recorded here and can be undone where possible.", room)...)
}

func (h *History) layOut() {
	h.entries.SetBelow(h.viewChosen(h.entries.Room()))
}

// words are what the entry's operations do, computed once.
func (h *History) words(e record.Entry) []explain.Step {
	if steps, known := h.steps[e.ID]; known {
		return steps
	}
	h.steps[e.ID] = explain.Entry(e)
	return h.steps[e.ID]
}

func (h *History) row(e record.Entry, chosen bool) string {
	t, width := h.ctx.Theme, h.entries.Width()
	cursor, style := " ", t.Text
	if chosen {
		cursor, style = t.Glyphs.Cursor, t.Strong
	}
	sign, word, look := h.outcome(e)
	room := width - 3 - whenRoom - 2 - outcomeRoom - 2
	name := min(36, room/2)
	line := " " + t.Accent.Render(cursor) + " " +
		t.Dim.Render(safe.Pad(draw.Ago(e.StartedAt, h.ctx.Now()), whenRoom)) + "  " +
		look.Render(safe.Pad(sign+" "+word, outcomeRoom)) + "  " +
		style.Render(safe.Pad(draw.Name(e.Base), name))
	if rest := room - name - 2; rest > 8 {
		line += "  " + t.Dim.Render(safe.Cut(h.summary(e), rest))
	}
	return safe.Cut(line, width)
}

// summary is the first operation in words, and how many more there are.
func (h *History) summary(e record.Entry) string {
	steps := h.words(e)
	if len(steps) == 0 {
		return ""
	}
	s := safe.Text(draw.Clip(steps[0].Text, 256))
	if n := len(steps) - 1; n > 0 {
		s = fmt.Sprintf("%s (+%d more)", s, n)
	}
	if e.Undoes != "" {
		s = "undo: " + s
	}
	return s
}

// outcome is what became of an entry: a sign, a word or two, and their look.
func (h *History) outcome(e record.Entry) (sign, word string, look lipgloss.Style) {
	t := h.ctx.Theme
	switch e.Outcome {
	case record.OutcomeApplied:
		return t.Glyphs.OK, "applied", t.Good
	case record.OutcomeRejected:
		return t.Glyphs.Fail, "rejected", t.Bad
	case record.OutcomePartlyApplied:
		return t.Glyphs.Warn, "partial", t.Warn
	case record.OutcomeOverwritten:
		return t.Glyphs.Warn, "overwritten", t.Warn
	case record.OutcomeNotApplied:
		return t.Glyphs.Fail, "not applied", t.Bad
	case record.OutcomeDeleted:
		return t.Glyphs.Fail, "deleted", t.Bad
	}
	if e.OwnedBy != "" {
		return t.Glyphs.More, "in progress", t.Dim
	}
	return "?", "no response", t.Warn
}

// viewChosen is the entry under the cursor.
func (h *History) viewChosen(room int) []string {
	e, found := h.entries.Chosen()
	if !found {
		return nil
	}
	t := h.ctx.Theme
	var out []string
	if h.undoing == e.ID {
		out = append(out, draw.Para(t.Accent, "Reading the image to prepare the undo "+t.Glyphs.More, room)...)
		out = append(out, "")
	}
	if h.failed != nil {
		out = append(out, draw.Para(t.Warn, t.Glyphs.Warn+" "+h.failed.Error(), room)...)
		out = append(out, "")
	}
	out = append(out, draw.Heading(t, draw.Name(e.Base), draw.Time(e.StartedAt, h.ctx.Now()), room))
	out = append(out, draw.Rows(t, h.rows(e, room-12), 10, room)...)
	out = append(out, "")
	out = append(out, h.viewSteps(e, room)...)
	out = append(out, "")
	return append(out, h.viewUndo(e, room)...)
}

func (h *History) rows(e record.Entry, room int) []draw.Row {
	t := h.ctx.Theme
	_, word, look := h.outcome(e)
	rows := []draw.Row{{Label: "image", Lines: []string{draw.Value(t, t.Link, e.Base.ID, room)}}}
	if by := by(e.Service); by != "" {
		rows = append(rows, draw.Row{Label: "sent by", Lines: []string{draw.Value(t, t.Text, by, room)}})
	}
	if e.Resolved {
		word += "; no response, determined by reading the image"
	}
	rows = append(rows, draw.Row{Label: "outcome", Lines: draw.Para(look, word, room)})
	for n, a := range e.Responses {
		label := "response"
		if len(e.Requests) > 1 {
			label = fmt.Sprintf("response %d", n+1)
		}
		rows = append(rows, draw.Row{Label: label, Lines: h.answer(a, room)})
	}
	return rows
}

// by is who sent an entry.
func by(p api.ServiceID) string {
	s := p.User
	if p.Project != "" {
		s += "@" + p.Project
	}
	return strings.TrimPrefix(s, "@")
}

func (h *History) answer(a record.Response, room int) []string {
	t := h.ctx.Theme
	line := "none"
	if a.Code != 0 {
		line = strings.TrimSpace(fmt.Sprintf("%d %s", a.Code, a.Reason)) + "   " + draw.Elapsed(a.Duration)
	}
	if a.RequestID != "" {
		line += "   " + a.RequestID
	}
	out := draw.Para(t.Text, line, room)
	if a.Detail != "" {
		out = append(out, draw.Para(t.Warn, a.Detail, room)...)
	}
	return out
}

func (h *History) viewSteps(e record.Entry, room int) []string {
	t := h.ctx.Theme
	steps := h.words(e)
	out := []string{draw.Heading(t, "What was sent", draw.Count(len(steps), "operation"), room)}
	if e.Abbreviated {
		return append(out, draw.Para(t.Dim, "Too large to be recorded in full.", room)...)
	}
	width := len(fmt.Sprint(len(steps)))
	for n, s := range steps {
		head := t.Dim.Render(fmt.Sprintf("%*d", width, n+1)) + "  "
		for i, l := range draw.Para(t.Text, s.Text, max(1, room-width-2)) {
			if i > 0 {
				head = strings.Repeat(" ", width+2)
			}
			out = append(out, head+l)
		}
	}
	return out
}

func (h *History) viewUndo(e record.Entry, room int) []string {
	t := h.ctx.Theme
	head := draw.Heading(t, "Undo", "", room)
	if why := e.CanUndo(); why != "" {
		return append([]string{head}, draw.Para(t.Dim, why, room)...)
	}
	_, _, lost := merge.Undo(rules.Rules{}, e)
	out := append([]string{head}, draw.Para(t.Dim,
		"Press "+keys.TakeBack.Help().Key+" to review the undo. Nothing is sent until you confirm.", room)...)
	for _, l := range lost {
		out = append(out, draw.Para(t.Warn, t.Glyphs.Warn+" "+l, room)...)
	}
	return out
}
