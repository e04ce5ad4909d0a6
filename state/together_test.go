package state_test

import (
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
)

// takeOnce tries to take all the drafts there are.
func takeOnce(dir string, _ []string) error {
	s, err := state.Open(state.Options{Dir: dir})
	if err != nil {
		return err
	}
	defer s.Close()
	all, err := s.Drafts(here)
	if err != nil {
		return err
	}
	for _, d := range all {
		taken, err := s.TakeDraft(d.ID)
		if err != nil {
			say("lost", d.ID)
			continue
		}
		name := taken.Wanted.Name.Value
		taken.Wanted.Tags = append(taken.Wanted.Tags, "taken")
		if _, err := s.KeepDraft(taken); err != nil {
			return err
		}
		say("won", d.ID, name)
	}
	say("done")
	waitForTheEnd()
	return nil
}

// TestOneProgramTakesADraft: of eight that try, each draft goes to one, and
// nothing of it is lost.
func TestOneProgramTakesADraft(t *testing.T) {
	rounds := 5
	if testing.Short() {
		rounds = 1
	}
	for range rounds {
		dir := filepath.Join(t.TempDir(), "state")
		const many = 20
		first := open(t, dir)
		for n := range many {
			keep(t, first, numbered(n))
		}
		must(t, first.Close())
		programs := make([]*child, 8)
		for n := range programs {
			programs[n] = start(t, "take", dir)
		}
		won := map[string]int{}
		for _, c := range programs {
			for c.lines.Scan() && c.lines.Text() != "done" {
				if words := strings.Fields(c.lines.Text()); words[0] == "won" {
					won[words[2]]++
				}
			}
		}
		if len(won) != many {
			t.Errorf("%d of %d drafts were taken", len(won), many)
		}
		for name, times := range won {
			if times != 1 {
				t.Errorf("draft %s was taken %d times", name, times)
			}
		}
		s := open(t, dir)
		found := drafts(t, s)
		if len(found) != many {
			t.Errorf("%d drafts are left of %d", len(found), many)
		}
		for _, d := range found {
			if d.OwnedBy == "" || d.Wanted.Tags[len(d.Wanted.Tags)-1] != "taken" {
				t.Errorf("draft %v is held by %q", d.Wanted.Name, d.OwnedBy)
			}
		}
		for _, c := range programs {
			must(t, c.Process.Kill())
			_, _ = c.rest()
		}
		for _, d := range drafts(t, s) {
			if d.OwnedBy != "" {
				t.Errorf("killed, and still held by %s", d.OwnedBy)
			}
		}
	}
}

// appendMany writes entries from several goroutines, so many each.
func appendMany(dir string, args []string) error {
	s, err := state.Open(state.Options{Dir: dir, LockWait: 5 * time.Minute}) // on a busy machine turns are long
	if err != nil {
		return err
	}
	many, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	faults := make(chan error, 2)
	for range cap(faults) {
		go func() {
			for n := range many {
				d := numbered(n)
				id, err := s.Begin(record.Entry{Service: here, Base: d.Base, Wanted: d.Wanted})
				if err == nil {
					err = s.End(id, record.Result{Outcome: record.OutcomeApplied, After: &d.Wanted})
				}
				if err != nil {
					faults <- err
					return
				}
				say("done", id, strconv.Itoa(n))
			}
			faults <- nil
		}()
	}
	return errors.Join(<-faults, <-faults)
}

// TestProgramsWriteOneHistory: of eight that write at once, with two goroutines
// each, every entry is there, whole and ended, and each writer's are in order.
func TestProgramsWriteOneHistory(t *testing.T) {
	const programs, many = 8, 15
	dir := filepath.Join(t.TempDir(), "state")
	var children []*child
	for range programs {
		children = append(children, start(t, "append", dir, strconv.Itoa(many)))
	}
	want := map[string]int{}
	for _, c := range children {
		said, err := c.rest()
		must(t, err)
		for _, line := range said {
			words := strings.Fields(line)
			n, err := strconv.Atoi(words[2])
			must(t, err)
			want[words[1]] = n
		}
	}
	s := open(t, dir)
	found := entries(t, s, state.MostEntries)
	if len(found) != programs*many*2 || len(want) != len(found) {
		t.Fatalf("%d entries, %d were acknowledged, want %d", len(found), len(want), programs*many*2)
	}
	for _, e := range found {
		if difference := isNumbered(e.Wanted, want[e.ID]); difference != "" || e.Outcome != record.OutcomeApplied {
			t.Errorf("entry %s: %s %+v", e.ID, difference, e.Result)
		}
	}
	if skipped, err := s.Skipped(here); err != nil || skipped != (state.Skipped{}) {
		t.Errorf("skipped %+v (%v)", skipped, err)
	}
}

// TestProgramsEditOneImage: each has its own draft of it, and none overwrites
// another's.
func TestProgramsEditOneImage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	const programs, times = 8, 20
	var wait sync.WaitGroup
	for n := range programs {
		s := open(t, dir)
		wait.Go(func() {
			d := numbered(n)
			for range times {
				id, err := s.KeepDraft(d)
				if err != nil || d.ID != "" && id != d.ID {
					t.Errorf("%q became %q: %v", d.ID, id, err)
					return
				}
				d.ID = id
				if found, err := s.Drafts(here); err != nil || len(found) == 0 {
					t.Errorf("%d drafts: %v", len(found), err)
				}
			}
		})
	}
	wait.Wait()
	numbers := map[string]bool{}
	for _, d := range drafts(t, open(t, dir)) {
		if d.OwnedBy == "" {
			t.Errorf("draft %v is no one's", d.Wanted.Name)
		}
		numbers[d.Wanted.Name.Value] = true
	}
	if len(numbers) != programs {
		t.Errorf("%d drafts of %d", len(numbers), programs)
	}
}

// TestOneStoreForManyGoroutines: all calls at once, for the race detector.
func TestOneStoreForManyGoroutines(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	var wait sync.WaitGroup
	for n := range 4 {
		wait.Go(func() {
			for round := range 10 {
				d := numbered(n)
				id, err := s.KeepDraft(d)
				if err == nil && round%2 == 0 {
					err = s.DropDraft(id)
				}
				if err == nil {
					_, err = s.Drafts(here)
				}
				if err == nil {
					id, err = s.Begin(record.Entry{Service: here, Base: d.Base, Wanted: d.Wanted})
				}
				if err == nil {
					err = s.End(id, record.Result{Outcome: record.OutcomeApplied})
				}
				if err == nil {
					_, err = s.Entries(here, 3)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if n := len(drafts(t, s)); n != 20 {
		t.Errorf("%d drafts of 20", n)
	}
	if n := len(entries(t, s, 100)); n != 40 {
		t.Errorf("%d entries of 40", n)
	}
}

// TestHistoryThatIsLocked: it is waited for, but not for ever, and then said.
func TestHistoryThatIsLocked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	s, err := state.Open(state.Options{Dir: dir, LockWait: 20 * time.Millisecond})
	must(t, err)
	t.Cleanup(func() { s.Close() })
	first := begin(t, s, entry(t, 1))
	release := state.HoldHistory(t, dir, here)
	if _, err := s.Begin(entry(t, 2)); err == nil || !strings.Contains(err.Error(), "another process has locked it") {
		t.Errorf("%v", err)
	}
	if found := entries(t, s, 5); len(found) != 1 || found[0].ID != first {
		t.Errorf("while it is locked, found %+v", found)
	}
	keep(t, s, draft(1)) // a draft needs no such lock
	patient := open(t, dir)
	done := make(chan error)
	go func() {
		_, err := patient.Begin(entry(t, 3))
		done <- err
	}()
	release()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if found := entries(t, s, 5); len(found) != 2 {
		t.Errorf("found %+v", found)
	}
}

// TestProgramsStartAtOnce: while they make their locks and tidy up, none
// removes another's.
func TestProgramsStartAtOnce(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 5
	}
	for range rounds {
		dir := filepath.Join(t.TempDir(), "state")
		const programs = 16
		var wait sync.WaitGroup
		for range programs {
			s := open(t, dir)
			wait.Go(func() {
				if _, err := s.KeepDraft(numbered(1)); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		held := 0
		for _, d := range drafts(t, open(t, dir)) {
			if d.OwnedBy != "" {
				held++
			}
		}
		if held != programs {
			t.Errorf("%d of %d programs hold their drafts", held, programs)
		}
	}
}
