//go:build unix

package state_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
)

// stable is what a disk is sure to hold after a power failure: of each file and
// directory what it held when it was last synced. That is all that POSIX promises.
type stable struct {
	t           *testing.T
	top         string // durable, as the home directory is
	files       map[uint64][]byte
	directories map[uint64]map[string]uint64
	syncs       int
	failAt      int // the number of the sync that fails; 0 for none
}

func newStable(t *testing.T, failAt int) *stable {
	d := &stable{t: t, top: t.TempDir(), files: map[uint64][]byte{}, directories: map[uint64]map[string]uint64{}, failAt: failAt}
	state.OnSync(t, d.sync)
	return d
}

func inode(t *testing.T, path string) uint64 {
	info, err := os.Lstat(path)
	must(t, err)
	return info.Sys().(*syscall.Stat_t).Ino
}

func (d *stable) sync(f *os.File) error {
	d.syncs++
	if d.syncs == d.failAt {
		return syscall.EIO
	}
	info, err := f.Stat()
	must(d.t, err)
	number := info.Sys().(*syscall.Stat_t).Ino
	if !info.IsDir() {
		d.files[number], err = os.ReadFile(f.Name())
		return err
	}
	inside, err := os.ReadDir(f.Name())
	must(d.t, err)
	names := map[string]uint64{}
	for _, e := range inside {
		names[e.Name()] = inode(d.t, filepath.Join(f.Name(), e.Name()))
		if _, known := d.directories[names[e.Name()]]; e.IsDir() && !known {
			d.directories[names[e.Name()]] = nil
		}
	}
	d.directories[number] = names
	return nil
}

// afterPowerFailure is a store on what is left.
func (d *stable) afterPowerFailure() *state.Store {
	d.t.Helper()
	at := d.t.TempDir()
	d.restore(inode(d.t, d.top), at)
	return open(d.t, filepath.Join(at, "state"))
}

func (d *stable) restore(number uint64, at string) {
	for name, number := range d.directories[number] {
		path := filepath.Join(at, name)
		if _, isDirectory := d.directories[number]; isDirectory {
			must(d.t, os.Mkdir(path, 0o700))
			d.restore(number, path)
			continue
		}
		must(d.t, os.WriteFile(path, d.files[number], 0o600))
	}
}

// promises are what a store has said to be kept.
type promises struct {
	draft   string            // the name of the latest; "" for none
	entries map[string]string // outcomes by ID
	login   string
	strict  bool // nothing else is there: no call has failed
}

// hold reports whether a store keeps them.
func (p promises) hold(s *state.Store) error {
	all, err := s.Drafts(here)
	if err != nil || p.draft != "" && (len(all) == 0 || all[0].Wanted.Name.Value != p.draft) || p.strict && len(all) != min(len(p.draft), 1) {
		return fmt.Errorf("%d drafts, not %q: %w", len(all), p.draft, err)
	}
	entries, err := s.Entries(here, 100)
	if err != nil || len(entries) != len(p.entries) {
		return fmt.Errorf("%d entries, not %d: %w", len(entries), len(p.entries), err)
	}
	for _, e := range entries {
		if want, begun := p.entries[e.ID]; !begun || string(e.Outcome) != want {
			return fmt.Errorf("entry %s is %q, should be %q", e.ID, e.Outcome, want)
		}
	}
	if skipped, err := s.Skipped(here); err != nil || skipped != (state.Skipped{}) {
		return fmt.Errorf("%+v: %w", skipped, err)
	}
	if login, err := s.Login(aLogin); err != nil || string(login) != p.login {
		return fmt.Errorf("the login is %q: %w", login, err)
	}
	return nil
}

const aLogin = "00000000000000000000000000000000"

// powerCycle lets two programs, one after the other, do all that writes, and
// checks after each call that returned without an error what a power failure
// would leave. It gives the number of calls that failed.
func powerCycle(t *testing.T, d *stable) (failures int) {
	promised := promises{entries: map[string]string{}, strict: true}
	var s *state.Store
	var mine record.Draft
	var id string
	step := func(does string, do func() error) {
		t.Helper()
		err := do()
		if errors.Is(err, syscall.EIO) {
			failures++
			promised.strict = false
			err = do() // it can be tried again
		}
		if err != nil {
			t.Fatalf("%s: %v", does, err)
		}
	}
	holds := func(does string) {
		t.Helper()
		if err := promised.hold(s); err != nil {
			t.Fatalf("%s: %v", does, err)
		}
		if err := promised.hold(d.afterPowerFailure()); err != nil {
			t.Fatalf("%s, then the power fails: %v", does, err)
		}
	}
	keep := func(name string) {
		t.Helper()
		step("keep "+name, func() error {
			mine.Wanted.Name = model.Some(name)
			id, err := s.KeepDraft(mine)
			if err == nil {
				mine.ID, promised.draft = id, name
			}
			return err
		})
		holds("keep " + name)
	}
	begin := func() {
		t.Helper()
		step("begin", func() (err error) { id, err = s.Begin(entry(t, 1)); return err })
		promised.entries[id] = string(record.OutcomeOpen)
		holds("begin")
	}
	for _, round := range []string{"first", "second"} {
		s = open(t, filepath.Join(d.top, "state"))
		if round == "second" {
			step("take", func() (err error) { mine, err = s.TakeDraft(drafts(t, s)[0].ID); return err })
			holds("take")
		} else {
			mine = draft(1)
		}
		keep(round + " draft")
		keep(round + " draft, changed")
		begin()
		step("end", func() error { return s.End(id, record.Result{Outcome: record.OutcomeApplied}) })
		promised.entries[id] = string(record.OutcomeApplied)
		holds("end")
		begin()
		promised.login = strconv.Quote(round)
		step("keep a login", func() error { return s.KeepLogin(aLogin, time.Now().Add(time.Hour), []byte(promised.login)) })
		holds("keep a login")
		if round == "second" {
			promised.draft = ""
			step("drop", func() error { return s.DropDraft(mine.ID) })
			holds("drop")
		}
		must(t, s.Close())
	}
	return failures
}

// TestPowerFailure: what was acknowledged is on stable storage, and the names of
// its files, too.
func TestPowerFailure(t *testing.T) {
	if failures := powerCycle(t, newStable(t, 0)); failures > 0 {
		t.Errorf("%d calls failed", failures)
	}
}

// TestEveryFailedSync: a disk that fails to sync is told, whichever sync it is,
// and nothing of the call that failed is half there afterwards.
func TestEveryFailedSync(t *testing.T) {
	for at := 1; ; at++ {
		d := newStable(t, at)
		failures := powerCycle(t, d)
		if d.syncs < at {
			break // there is no sync of this number
		}
		if failures != 1 {
			t.Errorf("sync %d failed, and %d calls said so", at, failures)
		}
	}
}

// A program that was killed before the name of its history was durable leaves
// that to the next one that writes there.
func TestHistoryOfAKilledProgramBecomesDurable(t *testing.T) {
	d := newStable(t, 0)
	s := open(t, filepath.Join(d.top, "state"))
	elsewhere := entry(t, 1)
	elsewhere.Service.Endpoint = "https://another.example/v2"
	begin(t, s, elsewhere)
	left, lines := state.HistoryLines("aaaaaaaaaaaaaaaa", entry(t, 2))
	must(t, os.WriteFile(filepath.Join(s.Dir(), state.HistoryAt(state.PlaceName(here))), lines, 0o600))
	mine := begin(t, s, entry(t, 3))
	found := entries(t, d.afterPowerFailure(), 10)
	if len(found) != 2 || found[0].ID != mine || found[1].ID != left {
		t.Errorf("%d entries are left", len(found))
	}
}
