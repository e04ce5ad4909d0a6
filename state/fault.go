package state

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// Error is what the calls of a store fail with: one sentence that says what is
// wrong and what to do. Unwrap gives the cause.
type Error struct {
	Text string
	Err  error
}

func (e *Error) Error() string { return e.Text }

func (e *Error) Unwrap() error { return e.Err }

// path is a file's place for users.
func (s *Store) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

// wrapError says what failed, why, and what to do; nil for no error.
func (s *Store) wrapError(what string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Text: what + ": " + s.why(err), Err: err}
}

func (s *Store) why(err error) string {
	for _, known := range systemFaults {
		if errors.Is(err, known.err) {
			return fmt.Sprintf(known.text, s.dir)
		}
	}
	var refused *refusal
	switch {
	case errors.As(err, &refused):
		return refused.Error()
	case errors.Is(err, errNewer):
		return oneLine(err) + "; it was not touched, use that version to read it"
	case errors.Is(err, errLocked):
		return fmt.Sprintf("another process has locked it in %s: try again", s.dir)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Sprintf("no permission for %s: fix its owner and mode (chown, chmod 700), or set XDG_STATE_HOME to a directory of yours", s.dir)
	}
	return oneLine(err)
}

func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }
