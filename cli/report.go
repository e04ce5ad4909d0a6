package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// report writes what went wrong and what to do, and gives the exit status.
func report(w io.Writer, cmd *cobra.Command, err error) int {
	if err == nil {
		return exitDone
	}
	var work failed
	if !errors.As(err, &work) {
		say(w, sentence(err.Error()), fmt.Sprintf("See %s --help", cmd.CommandPath()))
		return exitUsage
	}
	text, advice := words(work.error)
	say(w, text, advice)
	return exitFailed
}

// say writes a sentence and what to do on the next line. Both may quote
// untrusted text.
func say(w io.Writer, text, advice string) {
	text = strings.Join(safe.Lines(strings.TrimSpace(text)), "\n")
	fmt.Fprintf(w, "glance-tui: %s\n", text)
	if advice != "" {
		fmt.Fprintln(w, safe.Text(sentence(advice)))
	}
}

// sentence gives a text its capital letter and its full stop.
func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if s == "" {
		return s
	}
	// A term, a path or a flag at the front stays as it was typed.
	word, _, _ := strings.Cut(s, " ")
	if !strings.ContainsAny(strings.TrimSuffix(word, ":"), ":=/._-") {
		s = string(unicode.ToUpper(first)) + s[size:]
	}
	if !strings.ContainsAny(s[len(s)-1:], ".?!:)") {
		s += "."
	}
	return s
}

// failureText is what was tried and what happened, with the server's own words
// where they say more than ours.
func failureText(f *api.Failure) string {
	var parts []string
	if f.Doing != "" {
		parts = append(parts, sentence("could not "+f.Doing))
	}
	if f.Means != "" {
		parts = append(parts, sentence(f.Means))
	}
	detail := strings.TrimSpace(f.Detail)
	if detail != "" && (f.Means == "" || f.Exchange.Code >= 400) && !strings.Contains(f.Means, detail) {
		parts = append(parts, sentence(fmt.Sprintf("Server message: %s", detail)))
	}
	return strings.Join(parts, " ")
}

// words are an error's sentence and what the user can do.
func words(err error) (text, advice string) {
	var failure *api.Failure
	var nothing *config.NothingConfigured
	var refusal *model.Refusal
	switch {
	case errors.Is(err, context.Canceled):
		return "Stopped.", ""
	case errors.Is(err, tea.ErrProgramPanic):
		return "glance-tui crashed; see the lines above.",
			"Your input is saved as a draft. Please report these lines; if a server's response caused the crash, follow SECURITY.md."
	case errors.As(err, &failure):
		return failureText(failure), failure.Advice
	case errors.As(err, &nothing):
		if len(nothing.Clouds) > 0 {
			return sentence(nothing.Error()), "Choose one with --os-cloud NAME, or set OS_CLOUD."
		}
		return sentence(nothing.Error()), "Create a clouds.yaml, set the OS_* variables, or try the built-in service with --demo."
	case errors.As(err, &refusal):
		return sentence("this edit cannot be expressed as a patch: " + refusal.Error()), ""
	}
	return sentence(err.Error()), ""
}
