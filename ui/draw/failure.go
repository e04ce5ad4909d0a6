package draw

import (
	"errors"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Trouble draws an error in words: what could not be done, and beneath it the
// server's or the network's own text, what that means, and what the user can do.
func Trouble(t *theme.Theme, err error, width int) []string {
	headline := "It did not work"
	var f *api.Failure
	if errors.As(err, &f) {
		if f.Doing != "" {
			headline = "Could not " + f.Doing
		}
	} else {
		f = &api.Failure{Detail: err.Error()}
	}
	out := Para(t.Bad, t.Glyphs.Fail+" "+headline, width)
	return append(out, Indented(Reasons(t, f, "", width-2), 2)...)
}

// Reasons are the rows of a failure beneath its headline: refused (what of the
// request it is about; empty when all or nothing of it), because, means, you can.
func Reasons(t *theme.Theme, f *api.Failure, refused string, width int) []string {
	const labels = 8
	room := width - labels - 2
	if room < 12 { // too narrow for two columns
		return Para(t.Text, f.Error(), width)
	}
	var rows []Row
	add := func(label string, lines []string) {
		if len(lines) > 0 {
			rows = append(rows, Row{label, lines})
		}
	}
	if refused != "" {
		add("refused", Para(t.Text, refused, room))
	}
	if f.Detail != "" {
		add("because", limit(Para(t.Text, `"`+f.Detail+`"`, room), 4))
	}
	if f.Means != "" {
		add("means", Para(t.Strong, f.Means, room))
	}
	if f.Advice != "" {
		add("you can", Para(t.Text, f.Advice, room))
	}
	return Rows(t, rows, labels, width)
}

// limit keeps a flood of untrusted text from pushing our own words off the screen.
func limit(lines []string, n int) []string {
	if len(lines) > n {
		return append(lines[:n-1:n-1], "…")
	}
	return lines
}
