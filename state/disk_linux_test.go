package state_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
)

// disk is a small file system in memory, for root; others skip the test.
func disk(t *testing.T, bytes int) string {
	t.Helper()
	at := t.TempDir()
	if err := syscall.Mount("tmpfs", at, "tmpfs", 0, "size="+strconv.Itoa(bytes)); err != nil {
		t.Skipf("no disk can be made here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(at, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return at
}

// large is a draft of so many bytes and more.
func large(bytes int) record.Draft {
	d := draft(1)
	d.Wanted.Properties["large"] = model.Some(strings.Repeat("x", bytes))
	return d
}

// TestFullDisk: it is said, and all that was kept is there and can be replaced
// as soon as there is room.
func TestFullDisk(t *testing.T) {
	at := disk(t, 256<<10)
	s := open(t, filepath.Join(at, "state"))
	d := draft(1)
	d.ID = keep(t, s, d)
	first := begin(t, s, entry(t, 1))
	must(t, s.End(first, record.Result{Outcome: record.OutcomeApplied}))

	big := large(300 << 10)
	big.ID = d.ID
	if _, err := s.KeepDraft(big); !says(err, syscall.ENOSPC, "is full: free some space") {
		t.Errorf("a draft that does not fit: %v", err)
	}
	// Fill it to the last page, so that a record fits in part.
	must(t, os.WriteFile(filepath.Join(at, "ballast"), make([]byte, 150<<10), 0o600))
	must(t, s.Ready())
	must(t, os.WriteFile(filepath.Join(at, "more"), make([]byte, 32<<10), 0o600))
	if err := s.Ready(); !says(err, syscall.ENOSPC, "is full: free some space") {
		t.Errorf("no room for an edit: %v", err)
	}
	must(t, os.Remove(filepath.Join(at, "more")))
	var faults int
	acknowledged := map[string]bool{first: true}
	for range 50 {
		long := entry(t, 2)
		long.Wanted.Properties["large"] = model.Some(strings.Repeat("x", 9000))
		id, err := s.Begin(long)
		switch {
		case err == nil:
			acknowledged[id] = true
		case says(err, syscall.ENOSPC, "is full: free some space"):
			faults++
		default:
			t.Fatal(err)
		}
	}
	if faults == 0 {
		t.Error("the disk never was full")
	}
	if err := s.End(first, record.Result{Outcome: record.OutcomeDeleted, After: &big.Wanted}); err == nil {
		t.Error("an ending of 300 kB fits on a full disk")
	}
	whole(t, s, d, acknowledged)
	whole(t, open(t, s.Dir()), d, acknowledged)
	if skipped, err := s.Skipped(here); err != nil || skipped.Damaged > 0 {
		t.Errorf("half a record was left: %+v, %v", skipped, err)
	}
	if left, _ := filepath.Glob(filepath.Join(s.Dir(), "*", "*", ".tmp-*")); len(left) > 0 {
		t.Errorf("%q are left", left)
	}

	must(t, os.Remove(filepath.Join(at, "ballast")))
	acknowledged[begin(t, s, entry(t, 3))] = true
	d.Wanted.Name = model.Some("there is room again")
	keep(t, s, d)
	whole(t, s, d, acknowledged)
}

// whole checks the one draft, and that exactly these entries are there.
func whole(t *testing.T, s *state.Store, d record.Draft, acknowledged map[string]bool) {
	t.Helper()
	found := drafts(t, s)
	if len(found) != 1 || found[0].ID != d.ID || differ(found[0].Wanted, plainImage(d.Wanted)) != "" {
		t.Errorf("found the drafts %+v", found)
	}
	all := entries(t, s, 1000)
	for _, e := range all {
		if !acknowledged[e.ID] {
			t.Errorf("entry %s was never acknowledged", e.ID)
		}
	}
	if len(all) != len(acknowledged) {
		t.Errorf("%d entries of %d", len(all), len(acknowledged))
	}
}

// says reports whether an error has this cause, and is one sentence with this advice.
func says(err, cause error, advice string) bool {
	return errors.Is(err, cause) && strings.Contains(err.Error(), advice) && !strings.ContainsAny(err.Error(), "\n")
}

func TestReadOnlyDisk(t *testing.T) {
	at := disk(t, 1<<20)
	s := open(t, filepath.Join(at, "state"))
	d := draft(1)
	d.ID = keep(t, s, d)
	id := begin(t, s, entry(t, 1))
	other := open(t, s.Dir())
	othersID := keep(t, other, draft(2))
	must(t, other.Close())
	must(t, os.Chmod(s.Dir(), 0o755)) // it cannot be closed then, but still be read
	must(t, os.Chmod(filepath.Join(s.Dir(), "history"), 0o755))
	fixed := t.TempDir() // the same disk, read-only, while s has it open
	must(t, syscall.Mount(at, fixed, "", syscall.MS_BIND, ""))
	t.Cleanup(func() {
		if err := syscall.Unmount(fixed, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	must(t, syscall.Mount("", fixed, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))

	r := open(t, filepath.Join(fixed, "state"))
	_, keepErr := r.KeepDraft(d)
	_, beginErr := r.Begin(entry(t, 2))
	_, takeErr := r.TakeDraft(othersID)
	for _, err := range []error{keepErr, beginErr, takeErr, r.End(id, record.Result{}), r.DropDraft(othersID)} {
		if !says(err, syscall.EROFS, "is read-only: set XDG_STATE_HOME") {
			t.Errorf("%v", err)
		}
	}
	held := 0
	for _, d := range drafts(t, r) {
		if d.OwnedBy != "" {
			held++
		}
	}
	if found := drafts(t, r); len(found) != 2 || held != 1 {
		t.Errorf("found the drafts %+v", found)
	}
	if found := entries(t, r, 9); len(found) != 1 || found[0].ID != id || found[0].OwnedBy == "" {
		t.Errorf("found %+v", found)
	}
}

// limited works where no file may grow beyond some bytes.
func limited(dir string, args []string) error {
	limit, err := strconv.ParseUint(args[0], 10, 64)
	if err != nil {
		return err
	}
	s, err := state.Open(state.Options{Dir: dir})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
		return err
	}
	d := draft(1)
	if d.ID, err = s.KeepDraft(d); err != nil {
		return err
	}
	big := large(int(limit))
	big.ID = d.ID
	_, err = s.KeepDraft(big)
	if !says(err, syscall.EFBIG, "would grow beyond what is allowed") {
		return errors.Join(errors.New("a draft beyond the limit"), err)
	}
	say("draft", d.ID)
	for range 100 {
		id, err := s.Begin(record.Entry{Service: here, Base: d.Base, Wanted: d.Wanted})
		if err == nil {
			say("begun", id)
			continue
		}
		if !says(err, syscall.EFBIG, "would grow beyond what is allowed") {
			return err
		}
		return nil
	}
	return errors.New("the limit was never reached")
}

// TestFileLimit needs no root: a write that stops in the middle undoes what
// it wrote.
func TestFileLimit(t *testing.T) {
	for _, limit := range []int{5000, 6001, 7777, 20_000} {
		dir := filepath.Join(t.TempDir(), "state")
		said, err := start(t, "limited", dir, strconv.Itoa(limit)).rest()
		must(t, err)
		s := open(t, dir)
		d := draft(1)
		acknowledged := map[string]bool{}
		for _, line := range said {
			what, id, _ := strings.Cut(line, " ")
			if what == "draft" {
				d.ID = id
			} else {
				acknowledged[id] = true
			}
		}
		whole(t, s, d, acknowledged)
		if skipped, err := s.Skipped(here); err != nil || skipped.Damaged > 0 {
			t.Errorf("half a record was left: %+v, %v", skipped, err)
		}
	}
}

// asOtherUser works as a user who may do little.
func asOtherUser(dir string, _ []string) error {
	if err := syscall.Setgid(65534); err != nil {
		return err
	}
	if err := syscall.Setuid(65534); err != nil {
		return err
	}
	s, err := state.Open(state.Options{Dir: dir})
	if err != nil {
		return err
	}
	_, err = s.KeepDraft(draft(1))
	_, draftsErr := s.Drafts(here)
	say(errorText(err))
	say(errorText(draftsErr))
	return nil
}

func errorText(err error) string {
	if err == nil {
		return "no error"
	}
	return err.Error()
}

func TestAnotherUsersDirectory(t *testing.T) {
	asRoot(t)
	for name, c := range map[string]struct {
		dir, keep, read string
	}{
		"whose parent is closed":         {"closed/state", "fix its owner and mode", "fix its owner and mode"},
		"whose parent cannot be written": {"open/none", "fix its owner and mode", "no error"},
		"that can be seen":               {"open/state", "belongs to another user (uid 0, you are 65534)", "belongs to another user (uid 0, you are 65534)"},
	} {
		t.Run(name, func(t *testing.T) {
			above, err := os.MkdirTemp("", "glance-tui-state") //nolint:usetesting // t.TempDir's is closed to other users
			must(t, err)
			t.Cleanup(func() { os.RemoveAll(above) })
			must(t, os.Chmod(above, 0o755))
			for directory, mode := range map[string]os.FileMode{"closed": 0o700, "open": 0o755} {
				must(t, os.Mkdir(filepath.Join(above, directory), mode))
				keep(t, open(t, filepath.Join(above, directory, "state")), draft(1))
			}
			said, err := start(t, "other user", filepath.Join(above, c.dir)).rest()
			must(t, err)
			if !strings.Contains(said[0], c.keep) || !strings.Contains(said[1], c.read) {
				t.Errorf("%q", said)
			}
		})
	}
}

func init() {
	roles["limited"] = limited
	roles["other user"] = asOtherUser
}
