package state_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/state"
)

// advice is the end of a sentence that says what to do.
var advice = regexp.MustCompile(`: [^:]*(set|free|give|raise|close|look|fix|see) [^:]*$`)

// TestFaultsSayWhatToDo: each is one sentence with the directory in it and a way
// out, and keeps its cause.
func TestFaultsSayWhatToDo(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	for _, cause := range append(state.Faults(), fs.ErrPermission) {
		err := s.Fault("could not save the draft", errors.Join(&fs.PathError{Op: "openat", Path: "x", Err: cause}, errors.New("and more")))
		text := err.Error()
		if !strings.HasPrefix(text, "could not save the draft: ") || !strings.Contains(text, s.Dir()) || !advice.MatchString(text) || strings.Contains(text, "\n") {
			t.Errorf("%v: %s", cause, text)
		}
		var told *state.Error
		if !errors.Is(err, cause) || !errors.As(err, &told) {
			t.Errorf("%v: the cause is lost", cause)
		}
	}
	if err := s.Fault("x", nil); err != nil {
		t.Error(err)
	}
}

// TestFailedCallsGiveNoID: what was not kept has no name.
func TestFailedCallsGiveNoID(t *testing.T) {
	above := t.TempDir()
	must(t, os.WriteFile(filepath.Join(above, "file"), nil, 0o600))
	for _, dir := range []string{"file", "file/state"} {
		s := open(t, filepath.Join(above, dir))
		id, err := s.KeepDraft(draft(1))
		entryID, beginErr := s.Begin(entry(t, 1))
		if id != "" || entryID != "" || err == nil || beginErr == nil {
			t.Errorf("%q %v, %q %v", id, err, entryID, beginErr)
		}
	}
}

func TestDraftThatWouldNotBeReadAgain(t *testing.T) {
	d := draft(1)
	d.Wanted.Properties["large"] = model.Some(strings.Repeat("x", 65<<20))
	if _, err := state.SealDraft(d); err == nil || !strings.Contains(err.Error(), "exceeds 64 MiB") {
		t.Errorf("%v", err)
	}
}
