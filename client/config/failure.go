package config

import (
	"errors"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model/api"
)

// NothingConfigured says that no cloud can be chosen: either nothing at all is
// configured, or several clouds are and none was named.
type NothingConfigured struct {
	// Looked are the places that were searched, best first: paths, and
	// "OS_* variables".
	Looked []string
	// Clouds are the names that could be chosen; empty when nothing is
	// configured.
	Clouds []string
}

// Error says in one sentence what is missing.
func (e *NothingConfigured) Error() string {
	if len(e.Clouds) > 0 {
		return "several clouds are configured; choose one: " + strings.Join(e.Clouds, ", ")
	}
	return "no cloud is configured (looked at " + strings.Join(e.Looked, ", ") + ")"
}

// fail is a configuration failure: what it means and what to do, each a sentence
// without its full stop. Neither may hold a secret.
func fail(means, advice string, cause error) *api.Failure {
	return &api.Failure{Doing: "connect", Kind: api.FailedConfigured, Means: means + ".", Advice: capital(advice) + ".", Err: cause}
}

// capital makes a phrase the begin of a sentence.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// quoted shows a wrong URL, unless it may hold a password.
func quoted(text string) string {
	if strings.Contains(text, "@") {
		return ""
	}
	return ": " + strconv.Quote(text)
}

// sentence is what a failure means, without what was being done.
func sentence(err error) string {
	var f *api.Failure
	if errors.As(err, &f) {
		return f.Means
	}
	return err.Error()
}
