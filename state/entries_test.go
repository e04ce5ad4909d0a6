package state_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/state"
)

// TestEntriesComeBackAsTheyWere: what was sent and what came of it, with any
// text in it.
func TestEntriesComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		after := images.Draw(t, "after")
		e := record.Entry{
			Service:   api.ServiceID{Cloud: texts.Draw(t, "cloud"), User: texts.Draw(t, "user")},
			StartedAt: times.Draw(t, "begun"), Base: images.Draw(t, "base"), Wanted: images.Draw(t, "wanted"),
			Requests: []patch.Patch{{
				{Op: patch.OpAdd, Path: texts.Draw(t, "path"), Value: values.Draw(t, "value")},
				{Op: patch.OpRemove, Path: "/x"},
			}, {{Op: patch.OpReplace, Path: "/y", Value: texts.Draw(t, "text")}}},
			Undoes: texts.Draw(t, "undoes"),
			Result: record.Result{
				Outcome: record.OutcomePartlyApplied, Ended: times.Draw(t, "ended"), After: &after, Resolved: rapid.Bool().Draw(t, "resolved"),
				Responses: []record.Response{{
					Code: rapid.Int().Draw(t, "code"), Reason: texts.Draw(t, "reason"), RequestID: texts.Draw(t, "id"),
					Detail: texts.Draw(t, "detail"), Duration: time.Duration(rapid.Int64().Draw(t, "duration")),
				}},
			},
		}
		_, lines := state.HistoryLines("someprogram", e)
		found := state.EntriesIn(lines)
		if len(found) != 1 || bytes.Count(lines, []byte("\n")) != 2 {
			t.Fatalf("%d entries in %q", len(found), lines)
		}
		e.ID = found[0].ID
		if difference := differ(found[0], e); difference != "" {
			t.Fatalf("%s\n%s", difference, lines)
		}
	})
}

// TestOperationsComeBackAsTheyAreSent: a patch of the program holds values of
// Go; what is read of it is the same on the wire.
func TestOperationsComeBackAsTheyAreSent(t *testing.T) {
	for seed := range uint64(300) {
		e := entry(t, seed)
		_, lines := state.HistoryLines("someprogram", e)
		found := state.EntriesIn(lines)
		if got, want := found[0].Requests[0].JSON(), e.Requests[0].JSON(); differ(plainValue(jsonText(got)), plainValue(jsonText(want))) != "" {
			t.Fatalf("seed %d: %s\n%s", seed, got, want)
		}
		if after, err := (rules.Rules{}).Apply(found[0].Base, found[0].Requests[0]); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		} else if rest, err := rules.Diff(after, e.Wanted); err != nil || len(rest) > 0 {
			t.Fatalf("seed %d: %s is left (%v)", seed, rest.JSON(), err)
		}
	}
}

type jsonText []byte

func (j jsonText) MarshalJSON() ([]byte, error) { return j, nil }

// TestTornAndSpoiledLinesAreSkipped, and spoil no other.
func TestTornAndSpoiledLinesAreSkipped(t *testing.T) {
	ids := make([]string, 3)
	lines := make([][]byte, 3)
	for n := range lines {
		ids[n], lines[n] = state.HistoryLines("endedprogramxxxx", entry(t, uint64(n)))
	}
	second := lines[1]
	for _, at := range []int{1, 5, 20, 60, len(second) / 2, len(second) - 3, len(second) - 2} {
		spoiled := bytes.Clone(second)
		spoiled[at] ^= 0x20
		for _, middle := range [][]byte{spoiled, append(bytes.Clone(second[:at]), '\n'), append(bytes.Repeat([]byte{0}, at), '\n'), second[at:], []byte("\n\n\n{}\n")} {
			s := historyOf(t, bytes.Join([][]byte{lines[0], middle, lines[2]}, nil))
			found := entries(t, s, 10)
			if len(found) != 2 || found[0].ID != ids[2] || found[1].ID != ids[0] {
				t.Fatalf("%q: found %d", middle, len(found))
			}
			if skipped, err := s.Skipped(here); err != nil || skipped.Damaged != 1 {
				t.Errorf("%q: skipped %+v (%v)", middle, skipped, err)
			}
		}
	}
	for _, at := range []int{0, 1, 9, 40, len(second) / 2, len(second) - 2, len(second) - 1} { // torn at the end, and then written on
		s := historyOf(t, append(bytes.Clone(lines[0]), second[:at]...))
		must(t, s.End(ids[0], record.Result{Outcome: record.OutcomeApplied}))
		found := entries(t, s, 10)
		// All but the line feed was written: it is whole.
		if want := 1 + at/(len(second)-1); len(found) != want || found[want-1].Outcome != record.OutcomeApplied {
			t.Fatalf("torn after %d of %d bytes: found %+v", at, len(second), found)
		}
	}
}

// TestClockThatGoesBackwards: the order of the history is that of the file.
func TestClockThatGoesBackwards(t *testing.T) {
	now := time.Date(2026, 11, 25, 4, 0, 0, 0, time.UTC)
	s, err := state.Open(state.Options{Dir: filepath.Join(t.TempDir(), "state"), Now: func() time.Time {
		now = now.Add(-time.Hour)
		return now
	}})
	must(t, err)
	t.Cleanup(func() { s.Close() })
	var want []string
	d := draft(1)
	for n := range 5 {
		e := entry(t, uint64(n))
		e.StartedAt = time.Time{}
		want = append([]string{begin(t, s, e)}, want...)
		must(t, s.End(want[0], record.Result{Outcome: record.OutcomePartlyApplied}))
		must(t, s.End(want[0], record.Result{Outcome: record.OutcomeApplied}))
		d.Wanted.MinDisk = int64(n)
		d.ID = keep(t, s, d)
	}
	for n, e := range entries(t, s, 10) {
		if e.ID != want[n] || e.Outcome != record.OutcomeApplied {
			t.Errorf("%d is %s (%s)", n, e.ID, e.Outcome)
		}
	}
	if found := drafts(t, s); len(found) != 1 || found[0].Wanted.MinDisk != 4 {
		t.Errorf("found %+v", found)
	}
}

func TestEndsWithoutABegin(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	id := begin(t, s, entry(t, 1))
	must(t, os.Remove(historyPath(s)))
	must(t, s.End(id, record.Result{Outcome: record.OutcomeApplied}))
	if found := entries(t, s, 5); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
}

func FuzzHistory(f *testing.F) {
	_, lines := state.HistoryLines("someprogram", done(f, 1))
	f.Add(string(lines), true)
	f.Add("", false)
	f.Add(`{"v":1,"kind":"begin","id":"x","base":{},"wanted":{},"requests":[[{"op":"add","path":"/x","value":1e999}],null]}`, true)
	f.Add(`{"v":1,"kind":"end","id":"x","after":{"created_at":"0000-01-01T00:00:00Z","locations":[{"url":"x","metadata":null}]}}`, true)
	f.Fuzz(func(t *testing.T, text string, sealed bool) {
		if sealed {
			text = state.Line(text)
		}
		all := state.EntriesIn([]byte(text))
		state.SkippedIn([]byte(text))
		for _, e := range all {
			e.Service = here
			_, lines := state.HistoryLines("x", e)
			if again := state.EntriesIn(lines); len(again) != 1 {
				t.Fatalf("%d entries of one: %s", len(again), lines)
			}
		}
		cut := state.CutDown([]byte(text), func(string) string { return "" })
		if again := state.EntriesIn(cut); len(again) != len(all) {
			t.Fatalf("%d entries, then %d", len(all), len(again))
		}
	})
}
