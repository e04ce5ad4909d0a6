package config

import (
	"errors"
	"strings"

	"github.com/glance-tui/glance-tui/model"
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
		return "several clouds are configured and none was chosen: " + strings.Join(e.Clouds, ", ")
	}
	return "no cloud is configured (looked at " + strings.Join(e.Looked, ", ") + ")"
}

// fail is a configuration failure. Neither text may hold a secret.
func fail(means, advice string, cause error) *model.Failure {
	return &model.Failure{Doing: "read the configuration", Kind: model.FailedConfigured, Means: means, Advice: advice, Err: cause}
}

// sentence is what a failure means, without what was being done.
func sentence(err error) string {
	var f *model.Failure
	if errors.As(err, &f) {
		return f.Means
	}
	return err.Error()
}
