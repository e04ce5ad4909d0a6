package state_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
)

// writeForEver keeps a draft again and again and writes history, and says what
// was acknowledged.
func writeForEver(dir string, _ []string) error {
	s, err := state.Open(state.Options{Dir: dir})
	if err != nil {
		return err
	}
	d := numbered(0)
	for n := 0; ; n++ {
		next := numbered(n)
		next.ID = d.ID
		d = next
		if d.ID, err = s.KeepDraft(d); err != nil {
			return err
		}
		say("draft", d.ID, strconv.Itoa(n))
		id, err := s.Begin(record.Entry{Service: here, Base: d.Base, Wanted: d.Wanted, Requests: []patch.Patch{{{Op: patch.OpReplace, Path: "/name", Value: strconv.Itoa(n)}}}})
		if err != nil {
			return err
		}
		say("begun", id, strconv.Itoa(n))
		if err := s.End(id, record.Result{Outcome: record.OutcomeApplied, After: &d.Wanted}); err != nil {
			return err
		}
		say("ended", id, strconv.Itoa(n))
	}
}

// numbered is a draft that says its number, of a size that varies.
func numbered(n int) record.Draft {
	base := modeltest.Image(1)
	wanted := base.Clone()
	wanted.Name = model.Some(strconv.Itoa(n))
	wanted.Properties["long"] = model.Some(strings.Repeat(strconv.Itoa(n%10), n*97%9000))
	return record.Draft{Service: here, Base: base, Wanted: wanted}
}

func isNumbered(i model.Image, n int) string { return differ(i, numbered(n).Wanted) }

// TestKillAtAnyMoment: whenever a program is killed, what was acknowledged is
// there, whole; what is offered is whole; and its draft can be opened.
func TestKillAtAnyMoment(t *testing.T) {
	times, most := 200, 15*time.Second
	if testing.Short() {
		times, most = 20, 5*time.Second
	}
	kills, acknowledged := 0, 0
	for begun := time.Now(); kills < times && time.Since(begun) < most; kills++ {
		acknowledged += killOnce(t, filepath.Join(t.TempDir(), "state"))
		if t.Failed() {
			break
		}
	}
	t.Logf("killed %d times after %d acknowledgements", kills, acknowledged)
	if acknowledged < kills {
		t.Errorf("only %d acknowledgements", acknowledged)
	}
}

func killOnce(t *testing.T, dir string) (acknowledged int) {
	t.Helper()
	c := start(t, "write", dir)
	said := make([]string, 0, 100)
	for range 1 + rand.IntN(15) {
		if !c.lines.Scan() {
			t.Fatal("the program ended by itself")
		}
		said = append(said, c.lines.Text())
	}
	time.Sleep(time.Duration(rand.IntN(2000)) * time.Microsecond) // a moment like any other
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	rest, _ := c.rest()
	said = append(said, rest...)
	draftID, draftNumber := "", -1
	begunAt, endedAt := map[string]int{}, map[string]bool{}
	for _, line := range said {
		var what, id string
		var n int
		if _, err := fmt.Sscan(line, &what, &id, &n); err != nil {
			continue // killed while it spoke
		}
		switch what {
		case "draft":
			draftID, draftNumber = id, n
		case "begun":
			begunAt[id] = n
		case "ended":
			endedAt[id] = true
		}
	}

	s := open(t, dir)
	found := drafts(t, s)
	if len(found) != 1 || found[0].ID != draftID || found[0].OwnedBy != "" {
		t.Fatalf("acknowledged %s, found %+v", draftID, found)
	}
	taken, err := s.TakeDraft(draftID)
	must(t, err)
	if isNumbered(taken.Wanted, draftNumber) != "" && isNumbered(taken.Wanted, draftNumber+1) != "" {
		t.Errorf("draft %d was acknowledged, found %v", draftNumber, taken.Wanted.Name)
	}
	all := entries(t, s, 1000)
	seen := map[string]bool{}
	for _, e := range all {
		seen[e.ID] = true
		n, err := strconv.Atoi(e.Wanted.Name.Value)
		must(t, err)
		if difference := isNumbered(e.Wanted, n); difference != "" || e.Requests[0][0].Value != strconv.Itoa(n) {
			t.Errorf("entry %d: %s", n, difference)
		}
		if endedAt[e.ID] && (e.Outcome != record.OutcomeApplied || e.After == nil || isNumbered(*e.After, n) != "") {
			t.Errorf("entry %d ended and is %+v", n, e.Result)
		}
		if e.OwnedBy != "" {
			t.Errorf("a killed program still holds entry %d", n)
		}
	}
	for id, n := range begunAt {
		if !seen[id] {
			t.Errorf("entry %d (%s) was acknowledged and is gone", n, id)
		}
	}
	if len(all) > len(begunAt)+1 {
		t.Errorf("%d entries of %d", len(all), len(begunAt))
	}
	// The next program adds to what is there, torn or not, and tidies up.
	tidy := open(t, dir)
	next := begin(t, tidy, entry(t, 2))
	if again := entries(t, s, 1); len(again) != 1 || again[0].ID != next {
		t.Errorf("the next entry is not found: %+v", again)
	}
	if skipped, err := s.Skipped(here); err != nil || skipped.Damaged > 1 || skipped.Newer > 0 {
		t.Errorf("skipped %+v (%v)", skipped, err)
	}
	for _, pattern := range []string{"drafts/*/.tmp-*", "history/.tmp-*"} {
		if left, _ := filepath.Glob(filepath.Join(dir, pattern)); len(left) > 0 {
			t.Errorf("%q are left", left)
		}
	}
	if locks, _ := os.ReadDir(filepath.Join(dir, "owners")); len(locks) != 2 { // those of s and tidy
		t.Errorf("%d locks are left", len(locks))
	}
	must(t, errors.Join(s.Close(), tidy.Close()))
	return len(said)
}
