package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// tell says what became of an edit: the result on standard output, the rest
// beside it. The error is what makes the command fail.
func (c *sender) tell(ctx context.Context, e edit.Edit, a *asker) error {
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
		return c.nothingToDo(e, nil) // somebody else did the same meanwhile
	}
	if _, err := e.Entry(); err != nil {
		c.note("This edit is not in the history: %v", err)
	}
	if c.format.value == "json" {
		if err := c.writeJSON(e, e.State().String()); err != nil {
			return err
		}
	} else if e.State() == edit.Settled {
		if _, err := fmt.Fprintf(c.out, "%s: %s accepted, and the image is as it was to be.\n",
			safe.Text(name), draw.Count(len(e.Plan().Steps()), "operation")); err != nil {
			return err
		}
	}
	if unknown := e.Found().Unknown; len(unknown) > 0 && e.State() == edit.Settled {
		c.note("This could not be checked, as the server does not show it:")
		c.changes(c.err, unknown)
	}
	if erased, _ := e.Erased(); len(erased) > 0 {
		c.note("While the edit was on its way somebody else changed this, and the edit wrote over it (what it is → what they had made it):")
		c.changes(c.err, erased)
	}
	return c.ending(e)
}

// ending is why the command failed; nil where it did not.
func (c *sender) ending(e edit.Edit) error {
	var failure error
	if f := e.Failure(); f != nil {
		failure = f
		q := e.Attempts()[max(0, lastSent(e))]
		if q.Culprit >= 0 && q.Culprit < len(q.Steps) {
			c.note("It is about operation %d: %s", q.First+q.Culprit+1, q.Steps[q.Culprit].Text)
		}
	}
	because := func(text string) error {
		if failure != nil {
			return fmt.Errorf("%s: %w", text, failure)
		}
		return errors.New(text)
	}
	ignored, overwritten := e.Lost()
	switch e.State() {
	case edit.Settled:
		return nil
	case edit.Refused:
		return failure
	case edit.Gone:
		return errors.New("the image no longer exists")
	case edit.NotDone:
		c.note("Nothing of the edit was carried out.")
		return failure
	case edit.Partly:
		c.note("Only a part of the edit was carried out. This is missing (what it is → what it was to be):")
		c.changes(c.err, e.Found().Lost)
		if failure == nil {
			return errors.New("the second request was not sent, since the image was not as the first was to leave it")
		}
		return failure
	case edit.Overwritten, edit.Ignored:
		if len(ignored) > 0 {
			c.note("The server accepted the edit, but did not change this (what it is → what was asked for):")
			c.changes(c.err, ignored)
		}
		if len(overwritten) > 0 {
			c.note("Another edit took this away again (what it is → what it was to be):")
			c.changes(c.err, overwritten)
		}
		return errors.New("the edit was accepted, but the image is not as it was to be")
	case edit.Unknown:
		if e.Accepted() {
			return errors.New("the server accepted the edit, but what became of it could not be read afterwards")
		}
		return because("no reading shows what became of the edit")
	}
	c.note("The request is on its way and was not answered yet; the history has it, and the next start of the terminal UI finds out what became of it.")
	return context.Canceled
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
	Requests []editRequest   `json:"requests"`
	Answers  []historyAnswer `json:"answers"`
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

func missing(changes []model.Change) (out []editMissing) {
	for _, l := range changes {
		out = append(out, editMissing{Attribute: l.Label, Is: l.Before, Wanted: l.After})
	}
	return out
}

func (c *sender) writeJSON(e edit.Edit, outcome string) error {
	plan := e.Plan()
	id, _ := e.Entry()
	out := editResult{
		ImageID: plan.Base.ID, Outcome: outcome, Entry: id, Words: sentencesOf(plan), Dangers: append([]string{}, plan.Words...),
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
	out.Missing, out.NotShown = missing(e.Found().Lost), missing(e.Found().Unknown)
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
