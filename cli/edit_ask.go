package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"github.com/glance-tui/glance-tui/cli/tty"
	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// asker confirms the edit for the user, by the flags of the command or by asking
// on the terminal.
type asker struct {
	*sender
	why      error      // why nothing was sent
	dried    bool       // it was a dry run, and came to its end
	reported edit.State // the last one that was reported to take time
	lines    *bufio.Reader
}

// asks reports whether someone can be asked.
func (a *asker) asks() bool { return !a.yes && isTerminal(a.in) && isTerminal(a.streams.err) }

// Review shows the plan and asks for the confirmation.
func (a *asker) Review(ctx context.Context, e edit.Edit) edit.Event {
	if err := e.NotReread(); err != nil {
		a.why = err
		return edit.Stop{}
	}
	plan := e.Plan()
	if plan.Refusal != nil {
		a.why = plan.Refusal
		return edit.Stop{}
	}
	if a.dry {
		a.dried = true
		if a.format.value == "text" {
			a.review(a.out, e)
		}
		return edit.Stop{}
	}
	a.review(a.streams.err, e)
	missing := e.Missing(a.allow)
	switch {
	case !plan.Sendable():
		return edit.Stop{}
	case isTerminal(a.in) && !a.yes && !isTerminal(a.streams.err):
		a.why = errors.New("standard error is not a terminal and the review would not be seen, so nothing was sent; use --yes to send without confirmation")
		return edit.Stop{}
	case a.asks():
		return a.ask(ctx, e, missing)
	case len(missing) > 0:
		a.why = fmt.Errorf("the dangers of this edit are not confirmed, so nothing was sent: add --allow %s", strings.Join(missing, ","))
		return edit.Stop{}
	}
	return edit.Agree{Words: a.allow}
}

// ask asks for the words of the dangers, or for "yes".
func (a *asker) ask(ctx context.Context, e edit.Edit, missing []string) edit.Event {
	question := "Send it? [y/N]"
	if len(missing) > 0 {
		question = fmt.Sprintf("To send it, type %s:", strings.Join(missing, " and "))
	}
	typed, err := a.line(ctx, question)
	if err != nil {
		a.why = err
		return edit.Stop{}
	}
	words := strings.FieldsFunc(strings.ToLower(typed), func(r rune) bool { return r == ' ' || r == ',' || r == '\t' })
	words = slices.DeleteFunc(words, func(w string) bool { return w == "and" })
	agreed := len(words) == 1 && (words[0] == "y" || words[0] == "yes")
	if len(missing) > 0 {
		strange := slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(missing, w) })
		agreed = !strange && len(e.Missing(append(slices.Clone(a.allow), words...))) == 0
	}
	if !agreed {
		a.why = errNotAgreed
		return edit.Stop{}
	}
	return edit.Agree{Words: append(slices.Clone(a.allow), words...)}
}

var errNotAgreed = errors.New("not confirmed, so nothing was sent")

// Decide asks, field by field, whose value holds.
func (a *asker) Decide(ctx context.Context, e edit.Edit) edit.Event {
	conflicts, _ := e.Conflicts()
	since, mine, theirs := "also changed on the server", "yours", "server"
	if a.undoes { // perhaps by the same user
		since, mine, theirs = "changed again after the edit", "before the edit", "now"
	}
	if !a.asks() {
		parts := make([]string, len(conflicts))
		for n, k := range conflicts {
			parts[n] = fmt.Sprintf("%s: %s %s, %s %s", k.Label, mine, k.Mine, theirs, k.Theirs)
		}
		a.why = fmt.Errorf("the same was %s, so nothing was sent: %s", since, strings.Join(parts, "; "))
		return edit.Stop{}
	}
	sides := make([]merge.Side, len(conflicts))
	for n, k := range conflicts {
		a.print(a.streams.err, "%s was %s:", k.Label, since)
		a.print(a.streams.err, "  1 %s: %s", mine, draw.Clip(k.Mine, 300))
		a.print(a.streams.err, "  2 %s: %s", theirs, draw.Clip(k.Theirs, 300))
		if k.Settled {
			a.print(a.streams.err, "  Only the server value is possible.")
			sides[n] = merge.SideTheirs
			continue
		}
		typed, err := a.line(ctx, "Which value do you want to keep? [1/2, anything else cancels]")
		switch {
		case err != nil:
			a.why = err
			return edit.Stop{}
		case typed == "1":
			sides[n] = merge.SideMine
		case typed == "2":
			sides[n] = merge.SideTheirs
		default:
			a.why = errNotAgreed
			return edit.Stop{}
		}
	}
	return edit.Decide{Sides: sides}
}

// Passed reports what takes time, once for each state.
func (a *asker) Passed(e edit.Edit) {
	if e.State() == a.reported {
		return
	}
	var what string
	switch long := e.Waited() > time.Second; {
	case e.State() == edit.Sending && long:
		what = "The edit was sent. Waiting for the response …"
	case e.State() == edit.Verifying && long:
		what = "Checking the image for the outcome of the edit …"
	case e.State() == edit.Following && !e.Reached():
		how := "Accepted"
		if e.Failure() != nil {
			how = "The image shows the edit"
		}
		what = fmt.Sprintf("%s. Waiting for the status %s …", how, e.Plan().Status)
	default:
		return
	}
	a.reported = e.State()
	if isTerminal(a.streams.err) {
		what += " (ctrl+c stops waiting)"
	}
	a.note("%s", what)
}

// line asks a question and reads the answer, until a signal ends it. What was
// typed before the question does not count.
func (a *asker) line(ctx context.Context, question string) (string, error) {
	goesOn, stop := tty.GoingOn()
	defer stop()
	if f, is := a.in.(term.File); is {
		tty.Forget(f)
		a.lines = nil
	}
	if a.lines == nil {
		a.lines = bufio.NewReader(io.LimitReader(a.in, maxSecret))
	}
	type result struct {
		text string
		err  error
	}
	read := make(chan result, 1)
	fmt.Fprint(a.streams.err, safe.Text(question)+" ")
	go func() {
		text, err := a.lines.ReadString('\n')
		read <- result{text, err}
	}()
	for {
		select {
		case r := <-read:
			if r.err != nil && r.text == "" {
				fmt.Fprintln(a.streams.err)
				return "", errNotAgreed
			}
			return strings.TrimSpace(r.text), nil
		case <-ctx.Done():
			fmt.Fprintln(a.streams.err)
			return "", ctx.Err()
		case <-goesOn:
			fmt.Fprint(a.streams.err, safe.Text(question)+" ")
		}
	}
}
