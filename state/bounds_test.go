package state_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/state"
)

// done is an entry that went well.
func done(t testing.TB, seed uint64) record.Entry {
	e := entry(t, seed)
	e.Result = record.Result{Outcome: record.OutcomeApplied, Ended: time.Now().UTC(), Responses: []record.Response{{Code: 200}}, After: &e.Wanted}
	return e
}

// historyOf is a store whose directory has this history.
func historyOf(t *testing.T, text []byte) *state.Store {
	t.Helper()
	s := open(t, filepath.Join(t.TempDir(), "state"))
	begin(t, s, entry(t, 1))
	must(t, os.WriteFile(historyPath(s), text, 0o600))
	return s
}

func historyPath(s *state.Store) string {
	return filepath.Join(s.Dir(), filepath.FromSlash(state.HistoryAt(state.PlaceName(here))))
}

func historySize(t *testing.T, s *state.Store) int64 {
	t.Helper()
	info, err := os.Stat(historyPath(s))
	must(t, err)
	return info.Size()
}

// TestHistoryIsBoundedInEntries: the latest stay, and one that no one knows the
// end of.
func TestHistoryIsBoundedInEntries(t *testing.T) {
	var text []byte
	open0, lines := state.HistoryLines("endedprogramxxxx", entry(t, 7))
	text = append(text, lines...)
	for range state.MostEntries + 5 {
		_, lines := state.HistoryLines("endedprogramxxxx", done(t, 1))
		text = append(text, lines...)
	}
	s := historyOf(t, text)
	last := begin(t, s, entry(t, 2))
	found := entries(t, s, 1<<20)
	if len(found) > state.MostEntries || len(found) < state.MostEntries*3/4 {
		t.Errorf("%d entries are left", len(found))
	}
	if found[0].ID != last || found[len(found)-1].ID != open0 {
		t.Errorf("the latest is %s, the oldest %s", found[0].ID, found[len(found)-1].ID)
	}
	if skipped, err := s.Skipped(here); err != nil || skipped != (state.Skipped{}) {
		t.Errorf("skipped %+v (%v)", skipped, err)
	}
	size := historySize(t, s)
	must(t, s.End(last, record.Result{Outcome: record.OutcomeApplied}))
	if now := historySize(t, s); now <= size {
		t.Error("it was cut again at the next line")
	}
}

// TestHistoryIsBoundedInBytes, through the calls of a program alone.
func TestHistoryIsBoundedInBytes(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	e := entry(t, 1)
	e.Wanted.Properties["large"] = model.Some(strings.Repeat("x", 500<<10))
	var last string
	for range 22 {
		last = begin(t, s, e)
		must(t, s.End(last, record.Result{Outcome: record.OutcomeApplied}))
		if size := historySize(t, s); size > state.MostBytes {
			t.Fatalf("%d bytes", size)
		}
	}
	found := entries(t, s, 100)
	if len(found) < 10 || found[0].ID != last {
		t.Errorf("%d entries are left", len(found))
	}
}

// TestEntriesOfLivingProgramsStay, beyond all bounds.
func TestEntriesOfLivingProgramsStay(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	other := open(t, s.Dir())
	e := entry(t, 1)
	e.Wanted.Properties["large"] = model.Some(strings.Repeat("x", 900<<10))
	want := map[string]bool{}
	for range 10 {
		want[begin(t, other, e)] = true
	}
	for range 3 {
		id := begin(t, s, e)
		must(t, s.End(id, record.Result{Outcome: record.OutcomeApplied}))
	}
	for _, e := range entries(t, s, 100) {
		delete(want, e.ID)
	}
	if len(want) > 0 {
		t.Errorf("%d entries of a living program are gone", len(want))
	}
}

// TestCuttingKeepsWhatMatters: whatever lines a history has, those that are
// left are among them and in their order, and the latest entries are.
func TestCuttingKeepsWhatMatters(t *testing.T) {
	var ends, begins [][]byte
	for seed := range uint64(20) {
		_, lines := state.HistoryLines("endedprogramxxxx", done(t, seed))
		at := bytes.IndexByte(lines, '\n') + 1
		begins, ends = append(begins, lines[:at]), append(ends, lines[at:])
	}
	rapid.Check(t, func(t *rapid.T) {
		var text []byte
		for range rapid.IntRange(0, 40).Draw(t, "lines") {
			n := rapid.IntRange(0, 19).Draw(t, "entry")
			switch rapid.IntRange(0, 5).Draw(t, "kind") {
			case 0, 1, 2:
				text = append(text, begins[n]...)
			case 3, 4:
				text = append(text, ends[n]...)
			case 5:
				text = append(text, begins[n][:rapid.IntRange(1, len(begins[n])).Draw(t, "torn")]...)
			}
		}
		cut := state.CutDown(text, func(string) string { return "" })
		before, after := state.EntriesIn(text), state.EntriesIn(cut)
		if difference := differ(after, before); difference != "" {
			t.Fatalf("a history within its bounds has changed: %s", difference)
		}
		if skipped := state.SkippedIn(cut); skipped != (state.Skipped{}) {
			t.Fatalf("skipped %+v of what was cut", skipped)
		}
		if again := state.CutDown(cut, func(string) string { return "" }); !bytes.Equal(again, cut) {
			t.Fatal("cutting once more changed it")
		}
	})
}

func TestLinesOfANewerVersionStay(t *testing.T) {
	newer := state.Line(`{"v":2,"kind":"begin","new":true}`)
	var text []byte
	for range state.MostEntries + 100 {
		_, lines := state.HistoryLines("endedprogramxxxx", done(t, 1))
		text = append(text, lines...)
	}
	s := historyOf(t, append(append(text, newer...), state.Line(`{"v":1,"kind":"sketch"}`)...))
	if skipped, err := s.Skipped(here); err != nil || skipped != (state.Skipped{Newer: 1, Damaged: 1}) {
		t.Errorf("skipped %+v (%v)", skipped, err)
	}
	begin(t, s, entry(t, 2))
	text, err := os.ReadFile(historyPath(s))
	must(t, err)
	if !bytes.Contains(text, []byte(newer)) || len(entries(t, s, 1<<20)) > state.MostEntries {
		t.Error("the newer line was cut, or nothing was")
	}
}

// TestLargeEditsAreCutToSize: first what the edit leaves alone goes, without
// which it can still be undone; then all but the names.
func TestLargeEditsAreCutToSize(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	base := entry(t, 3).Base
	base.Name = model.Some("old")
	base.Tags = []string{"lts"}
	for _, name := range []string{"a", "b", "c", "d"} {
		base.Properties["left"+name] = model.Some(strings.Repeat(name, 300<<10))
	}
	base.Properties["touched"] = model.Some("before")
	base.Unread = map[string]json.RawMessage{"protected": json.RawMessage(`"True"`)}
	wanted := base.Clone()
	wanted.Name = model.Some("new")
	wanted.Properties["touched"] = model.Some("after")
	edits, err := rules.Diff(base, wanted)
	must(t, err)
	id := begin(t, s, record.Entry{Service: here, Base: base, Wanted: wanted, Requests: []patch.Patch{edits}})
	must(t, s.End(id, record.Result{Outcome: record.OutcomeApplied, After: &wanted, Responses: []record.Response{{Detail: strings.Repeat("漢", 5000)}}}))
	e := entries(t, s, 1)[0]
	if e.Base.Knows("protected") || e.Wanted.Knows("protected") {
		t.Error("what was not understood is now taken for its zero value")
	}
	if e.Abbreviated || e.Base.Properties["leftb"].Set || e.Base.Name != base.Name || e.Wanted.Properties["touched"] != model.Some("after") {
		t.Errorf("kept %v: %+v", e.Abbreviated, e.Base)
	}
	if back, err := rules.Diff(e.Wanted, e.Base); err != nil || len(back) != len(edits) {
		t.Errorf("the undo is %s (%v)", back.JSON(), err)
	}
	if again, err := rules.Diff(e.Base, e.Wanted); err != nil || !bytes.Equal(again.JSON(), edits.JSON()) {
		t.Errorf("the patch is now %s (%v)", again.JSON(), err)
	}
	if e.After != nil || e.Outcome != record.OutcomeApplied || len(e.Responses[0].Detail) > 5000 || !strings.HasSuffix(e.Responses[0].Detail, "漢…") {
		t.Errorf("the end is %v, %d bytes of detail", e.Outcome, len(e.Responses[0].Detail))
	}

	wanted.Properties["long"] = model.Some(strings.Repeat("z", 2<<20))
	edits, err = rules.Diff(base, wanted)
	must(t, err)
	begin(t, s, record.Entry{Service: here, Base: base, Wanted: wanted, Requests: []patch.Patch{edits}})
	e = entries(t, s, 1)[0]
	paths := func(p patch.Patch) (all []string) {
		for _, o := range p {
			all = append(all, string(o.Op)+o.Path)
		}
		return all
	}
	if !e.Abbreviated || e.Base.ID != base.ID || e.Wanted.Name != wanted.Name || len(e.Requests) != 1 || !slices.Equal(paths(e.Requests[0]), paths(edits)) {
		t.Errorf("kept %+v", e)
	}
	if size := historySize(t, s); size > 3*state.LargestRecord {
		t.Errorf("%d bytes", size)
	}
}
