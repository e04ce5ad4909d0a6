package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// report reports the outcome of an edit: the result on standard output, the rest on
// standard error. The error is what makes the command fail.
func (c *sender) report(ctx context.Context, e edit.Edit, a *asker) error {
	name := draw.Name(e.Plan().Base)
	if a.dried {
		if c.format.value == "json" {
			return c.writeJSON(e, "dry run")
		}
		return nil
	}
	if e.State() == edit.Withdrawn {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return c.nothingToDo(e) // someone else did the same meanwhile
	}
	if err := e.NotJournaled(); err != nil {
		c.note("This edit could not be recorded in the history: %v", err)
	}
	if c.format.value == "json" {
		if err := c.writeJSON(e, e.State().String()); err != nil {
			return err
		}
	} else if e.State() == edit.Applied {
		if _, err := fmt.Fprintf(c.out, "%s: %s\n", safe.Text(name), settledWords(e)); err != nil {
			return err
		}
	}
	if f := e.Failure(); f != nil && e.State() == edit.Applied {
		c.note("The server did not confirm the edit: %s", noAcceptance(f))
	}
	if unknown := e.Found().Unknown; len(unknown) > 0 && e.State() == edit.Applied {
		c.note("This could not be checked because the server does not show it:")
		c.changes(c.err, unknown)
	}
	if erased, _ := e.Erased(); len(erased) > 0 {
		c.note("The edit overwrote changes that someone else made at the same time (current → theirs):")
		c.changes(c.err, erased)
	}
	return c.ending(e)
}

// settledWords are about an edit that the image shows. How many operations there
// were is said only where the response accepts them.
func settledWords(e edit.Edit) string {
	if e.Failure() != nil {
		return "applied, as the image shows."
	}
	return draw.Count(len(e.Plan().Steps()), "operation") + " applied."
}

// noAcceptance is what came instead of an answer that accepts an edit, without
// the doubt that a reading has ended.
func noAcceptance(f *api.Failure) string {
	known := *f.Settled()
	known.Doing = ""
	text := failureText(&known)
	if text == "" {
		text = "No response received."
	}
	if x := f.Exchange; x.Code != 0 {
		return fmt.Sprintf("The server responded with %s. %s", strings.TrimSpace(fmt.Sprintf("%d %s", x.Code, x.Reason)), text)
	}
	return text
}

// again is a failure of an edit once a reading has told what became of it: the
// doubt is gone, and what is missing can be sent.
func again(f *api.Failure, what string) error {
	known := *f.Settled()
	if doubt := f.Known != "" || f.Kind == api.FailedAnswerLost || f.Exchange.Code >= 500; doubt {
		known.Advice = "Run the command again to send " + what + "."
	}
	return &known
}

// ending is why the command failed; nil where it did not.
func (c *sender) ending(e edit.Edit) error {
	f := e.Failure()
	if q := e.Attempts(); f != nil && e.State() != edit.Applied {
		q := q[max(0, lastSent(e))]
		if q.FailedOp >= 0 && q.FailedOp < len(q.Steps) {
			c.note("Operation %d caused this: %s", q.First+q.FailedOp+1, q.Steps[q.FailedOp].Text)
		}
	}
	ignored, overwritten := e.Lost()
	switch e.State() {
	case edit.Applied:
		return nil
	case edit.Rejected:
		return f
	case edit.Deleted:
		if f != nil {
			c.note("The server did not confirm the edit: %s", noAcceptance(f))
		}
		return errors.New("the image was deleted")
	case edit.NotApplied:
		c.note("The edit was not applied: the image shows none of it.")
		if f == nil {
			return notSent(e.Held())
		}
		return again(f, "it")
	case edit.PartlyApplied:
		c.note("The edit was partly applied. Missing (current → requested):")
		c.changes(c.err, e.Found().NotApplied)
		if f == nil {
			return notSent(e.Held())
		}
		return again(f, "what is missing")
	case edit.Overwritten, edit.Ignored:
		if len(ignored) > 0 {
			c.note("The server accepted the edit, but did not change this (current → requested):")
			c.changes(c.err, ignored)
		}
		if len(overwritten) > 0 {
			c.note("Overwritten by another edit (current → requested):")
			c.changes(c.err, overwritten)
		}
		if f != nil {
			c.note("The server did not confirm the edit: %s", noAcceptance(f))
			return errors.New("the edit was applied, but the image no longer has all requested values")
		}
		return errors.New("the edit was accepted, but the image does not have all requested values")
	case edit.Unknown:
		switch {
		case f != nil:
			c.note("The outcome of the edit is unknown.")
			return f
		case e.Accepted():
			return errors.New("the server accepted the edit, but the image could not be read to check it")
		}
		c.note("The outcome of the edit is unknown.")
		return notSent(e.Held())
	}
	c.note("The request is in progress and has no response yet. It is in the history; the next start of the terminal UI determines its outcome.")
	return context.Canceled
}

// notSent is why the second request of an edit was not sent, where the first was
// accepted.
func notSent(why edit.Held) error {
	switch why {
	case edit.HeldStopped:
		return errors.New("the second request was not sent because you stopped")
	case edit.HeldUnread:
		return errors.New("the second request was not sent because the image could not be read before it")
	}
	return errors.New("the second request was not sent because the first one did not leave the expected image")
}

// lastSent is the request that was sent last, -1 for none.
func lastSent(e edit.Edit) int {
	last := -1
	for n, q := range e.Attempts() {
		if q.Sent {
			last = n
		}
	}
	return last
}

// editResult is the result as JSON.
type editResult struct {
	ImageID  string          `json:"image_id"`
	Outcome  string          `json:"outcome"`
	Entry    string          `json:"entry,omitempty"`
	Words    []string        `json:"words"`
	Dangers  []string        `json:"dangers"`
	Remarks  []string        `json:"remarks,omitempty"`
	Requests []editRequest   `json:"requests"`
	Answers  []historyAnswer `json:"answers"`
	Failure  string          `json:"failure,omitempty"`   // what came instead of an answer that accepts
	Missing  []editMissing   `json:"missing,omitempty"`   // asked for and not there
	NotShown []editMissing   `json:"not_shown,omitempty"` // asked for, and the server does not show it
}

type editRequest struct {
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Body   json.RawMessage `json:"body"`
}

// editMissing is something that the edit asked for and that is not there.
type editMissing struct {
	Attribute string `json:"attribute"`
	Is        string `json:"is"`
	Wanted    string `json:"wanted"`
}

func missing(changes []merge.Change) (out []editMissing) {
	for _, l := range changes {
		out = append(out, editMissing{Attribute: l.Label, Is: l.Before, Wanted: l.After})
	}
	return out
}

func (c *sender) writeJSON(e edit.Edit, outcome string) error {
	plan := e.Plan()
	id := e.Entry().ID
	out := editResult{
		ImageID: plan.Base.ID, Outcome: outcome, Entry: id, Words: sentencesOf(plan), Dangers: append([]string{}, plan.Words...), Remarks: c.remarks,
		Requests: []editRequest{}, Answers: []historyAnswer{},
	}
	for _, q := range plan.Wire() {
		out.Requests = append(out.Requests, editRequest{Method: q.Method, Path: q.Path, Body: q.Body})
	}
	for _, q := range e.Attempts() {
		if !q.Sent {
			continue
		}
		answer := historyAnswer{
			Code: q.Exchange.Code, Reason: q.Exchange.Reason, RequestID: q.Exchange.RequestID,
			Milliseconds: float64(q.Exchange.Duration.Microseconds()) / 1000,
		}
		if q.Failure != nil {
			answer.Detail = q.Failure.Detail
		}
		out.Answers = append(out.Answers, answer)
	}
	if f := e.Failure(); f != nil {
		out.Failure = noAcceptance(f)
		if e.State() == edit.Unknown || e.Awaits() {
			out.Failure = failureText(f)
		}
	}
	out.Missing, out.NotShown = missing(e.Found().NotApplied), missing(e.Found().Unknown)
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("could not write the result: %w", err)
	}
	_, err := c.out.Write(text.Bytes())
	return err
}
