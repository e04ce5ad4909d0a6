package cli

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// print writes a line that may quote untrusted text.
func (c *sender) print(w io.Writer, format string, args ...any) {
	fmt.Fprintln(w, safe.Text(fmt.Sprintf(format, args...)))
}

// review is what the screen of the same name shows, in lines: what changed on
// the server, what needs confirmation, the operations, the requests.
func (a *asker) review(w io.Writer, e edit.Edit) {
	plan := e.Plan()
	a.print(w, "%s  %s  %s, %s", draw.Name(plan.Base), plan.Base.ID, plan.Base.Status, plan.Base.Visibility)
	if changes, isNews := e.News(); isNews {
		a.print(w, "This image has changed on the server; your edit has been rebased on the changes:")
		a.changes(w, changes)
	}
	if a.undoes {
		a.print(w, "This undoes an earlier edit. Later changes are kept.")
		for _, l := range e.Stays() {
			a.print(w, "  - %s", l)
		}
	}
	if !plan.Sendable() {
		return
	}
	a.hazards(w, plan.Steps())
	for _, r := range a.remarks {
		a.print(w, "%s", r)
	}
	a.steps(w, plan)
	if len(plan.Lost) > 0 {
		a.print(w, "Cannot be undone:")
		for _, l := range plan.Lost {
			a.print(w, "  - %s", l)
		}
	}
	for n, q := range plan.Requests {
		then := ""
		if n > 0 {
			then = "  (only if the first succeeds)"
		}
		a.print(w, "%s %s%s", q.Wire.Method, q.Wire.Path, then)
		for _, l := range safe.Lines(string(bytes.TrimSpace(q.Wire.Pretty))) {
			fmt.Fprintln(w, "  "+l)
		}
	}
}

// hazards names the consequences: deleted data before all, then what needs a
// word, then remarks.
func (a *asker) hazards(w io.Writer, steps []explain.Step) {
	var deletes, grave, remarks []string
	for n, s := range steps {
		for _, h := range s.Hazards {
			line := fmt.Sprintf("  ! %d  %s: %s", n+1, draw.Clip(s.Text, 600), h.Text)
			switch {
			case h.Confirm == "":
				remarks = append(remarks, fmt.Sprintf("  - %d  %s", n+1, h.Text))
			case h.Kind == explain.HazardDeletesData:
				deletes = append(deletes, line+" ("+h.Confirm+")")
			default:
				grave = append(grave, line+" ("+h.Confirm+")")
			}
		}
	}
	if all := slices.Concat(deletes, grave, remarks); len(all) > 0 {
		a.print(w, "Consequences:")
		for _, l := range all {
			a.print(w, "%s", l)
		}
	}
}

func (a *asker) steps(w io.Writer, plan edit.Plan) {
	amount := draw.Count(len(plan.Steps()), "operation")
	if plan.Several() {
		amount += " in " + draw.Count(len(plan.Requests), "request")
	}
	a.print(w, "%s:", amount)
	for n, s := range plan.Steps() {
		if plan.StartsSecond(n) {
			a.print(w, "  then, if the first request succeeds:")
		}
		was := ""
		if s.Verb != "tags" && s.Before != "" && s.Before != merge.Absent && s.After != "" {
			was = "  (was " + draw.Clip(s.Before, 300) + ")"
		}
		if s.Note != "" {
			was += "  (" + s.Note + ")"
		}
		a.print(w, "  %d  %s%s", n+1, draw.Clip(s.Text, 1024), was)
	}
	if plan.Together != "" {
		a.print(w, "One request is required: %s; data may be deleted even if the server rejects the edit.", plan.Together)
	}
}

// changes are what differs, a line each.
func (c *sender) changes(w io.Writer, changes []merge.Change) {
	for _, d := range changes {
		c.print(w, "  %s: %s → %s", d.Label, draw.Clip(d.Before, 300), draw.Clip(d.After, 300))
	}
}

// sentencesOf are the operations of a plan in words.
func sentencesOf(p edit.Plan) []string {
	out := []string{}
	for _, s := range p.Steps() {
		out = append(out, strings.TrimSpace(s.Text))
	}
	return out
}
