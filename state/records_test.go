package state_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
)

// A record that is whole and yet none that this program writes is damaged: in a
// draft's file as in a history.
func TestRecordsThatAreNone(t *testing.T) {
	const image = `{"id":"a"}`
	for body, is := range map[string]string{
		`{"v":1,"kind":"draft","base":` + image + `,"wanted":` + image + `}`:                     "draft",
		`{"v":1,"kind":"begin","base":` + image + `,"wanted":` + image + `}`:                     "",
		`{"v":1,"kind":"sketch","base":` + image + `,"wanted":` + image + `}`:                    "",
		`{"v":1,"kind":"draft","wanted":` + image + `}`:                                          "",
		`{"v":1,"kind":"draft","base":` + image + `}`:                                            "",
		`{"v":1,"kind":"begin","id":"x","base":` + image + `,"wanted":` + image + `}`:            "entry",
		`{"v":1,"kind":"begin","id":"x","wanted":` + image + `}`:                                 "",
		`{"v":1,"kind":"begin","id":"x","base":` + image + `}`:                                   "",
		`{"v":1,"kind":"begin","id":5,"base":` + image + `,"wanted":` + image + `}`:              "",
		`{"v":1,"kind":"note","id":"x","base":` + image + `,"wanted":` + image + `}`:             "",
		`{"v":1,"kind":"end","id":"x"}`:                                                          "end",
		`{"v":1,"kind":"end"}`:                                                                   "",
		`{"v":1,"kind":"end","id":"x","answers":5}`:                                              "",
		`{"v":2,"kind":"begin","id":"x","base":` + image + `,"wanted":` + image + `}`:            "newer",
		`{"v":1,"kind":"draft","base":` + image + `,"wanted":` + image + `,"saved":"yesterday"}`: "",
	} {
		line := state.Line(body)
		if _, err := state.UnsealDraft([]byte(line)); (err == nil) != (is == "draft") || err != nil && is != "newer" && !errors.Is(err, state.ErrDamaged) {
			t.Errorf("as a draft, %s: %v", body, err)
		}
		entries, skipped := state.EntriesIn([]byte(line)), state.SkippedIn([]byte(line))
		want := state.Skipped{}
		switch is {
		case "newer":
			want.Newer = 1
		case "", "draft":
			want.Damaged = 1
		}
		if len(entries) > 0 != (is == "entry") || skipped != want {
			t.Errorf("in a history, %s: %d entries, %+v", body, len(entries), skipped)
		}
	}
	// One such line spoils no other, wherever it is.
	id, lines := state.HistoryLines(endedProgram, done(t, 1))
	bad := state.Line(`{"v":1,"kind":"begin"}`) + state.Line(`{"v":1,"kind":"end"}`) + "\n\n"
	found := state.EntriesIn([]byte(bad + string(lines) + bad))
	if len(found) != 1 || found[0].Outcome != record.OutcomeApplied || !strings.HasSuffix(id, found[0].ID[strings.Index(found[0].ID, "/"):]) {
		t.Errorf("%+v", found)
	}
}

// Times are those that were given, in UTC and without a monotonic clock; without
// one it is now.
func TestTimesOfEntries(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)
	s, err := state.Open(state.Options{Dir: filepath.Join(t.TempDir(), "state"), Now: func() time.Time { return now }})
	must(t, err)
	defer s.Close()
	given := time.Date(2025, 1, 1, 5, 0, 0, 7, time.FixedZone("there", 3600))
	for _, tt := range []struct{ given, want time.Time }{{time.Time{}, now}, {given, given.UTC()}} {
		e := entry(t, 1)
		e.StartedAt = tt.given
		id := begin(t, s, e)
		must(t, s.End(id, record.Result{Outcome: record.OutcomeApplied, Ended: tt.given}))
		got := entries(t, s, 1)[0]
		if got.StartedAt != tt.want || got.Ended != tt.want {
			t.Errorf("%v: begun %v, ended %v", tt.given, got.StartedAt, got.Ended)
		}
	}
}

// Ready says whether the history can be written, and leaves nothing.
func TestReadyLeavesNothing(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	must(t, s.Ready())
	left, err := os.ReadDir(filepath.Join(s.Dir(), "history"))
	if err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
	must(t, os.RemoveAll(filepath.Join(s.Dir(), "history")))
	must(t, os.WriteFile(filepath.Join(s.Dir(), "history"), nil, 0o600))
	if err := s.Ready(); err == nil || !strings.Contains(err.Error(), "is not a directory") {
		t.Errorf("a file in the place of the directory: %v", err)
	}
}

// A draft with the name of another program's, or of another cloud's, becomes one
// of its own; one's own keeps its name, also when it is opened again.
func TestDraftsOfOthersAreNotReplaced(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	mine, other := open(t, dir), open(t, dir)
	theirs := draft(1)
	theirs.ID = keep(t, other, theirs)
	if id := keep(t, mine, theirs); id == theirs.ID {
		t.Error("another program's draft was replaced")
	}
	elsewhere := draft(1)
	elsewhere.ID = keep(t, mine, elsewhere)
	first := elsewhere.ID
	elsewhere.Service.Endpoint = "https://another.example/v2"
	if id := keep(t, mine, elsewhere); id == first {
		t.Error("a draft of another cloud was replaced")
	}
	if found := drafts(t, mine); len(found) != 3 {
		t.Errorf("%d drafts here", len(found))
	}
	if d, err := mine.TakeDraft(first); err != nil || d.ID != first {
		t.Errorf("one's own became %q: %v", d.ID, err)
	}
	for _, id := range []string{"", "nonsense", first + "x"} {
		if d, err := mine.TakeDraft(id); err == nil || d.ID != "" {
			t.Errorf("%q was opened as %q", id, d.ID)
		}
		if err := mine.DropDraft(id); err == nil {
			t.Errorf("%q was dropped", id)
		}
	}
}

// What is dropped or opened where nothing is any more says so; one's own is
// dropped all the same.
func TestDirectoriesThatAreMissing(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	own := keep(t, s, draft(1))
	ended := open(t, s.Dir())
	left := keep(t, ended, draft(2))
	must(t, ended.Close())
	must(t, os.RemoveAll(filepath.Join(s.Dir(), "drafts")))
	must(t, s.DropDraft(own))
	if err := s.DropDraft(left); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("%v", err)
	}
	if _, err := s.TakeDraft(left); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("%v", err)
	}
	if found := drafts(t, s); len(found) > 0 {
		t.Errorf("%d drafts", len(found))
	}
}

// A directory of drafts that is a link leads nowhere, for dropping as for all else.
func TestLinkedDrafts(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	id := keep(t, s, draft(1))
	place := filepath.Join(s.Dir(), "drafts", state.PlaceName(here))
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	must(t, os.Rename(place, elsewhere))
	if os.Symlink(elsewhere, place) != nil {
		t.Skip("no links here")
	}
	_, taken := s.TakeDraft(id)
	for name, err := range map[string]error{"drop": s.DropDraft(id), "take": taken} {
		if name == "drop" && (err == nil || !strings.Contains(err.Error(), "symbolic link")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) != 1 {
		t.Errorf("%v %v", left, err)
	}
}

// No limit below one gives entries, and none more than the limit comes.
func TestLimitsOfEntries(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	if all, err := s.AllEntries(5); len(all) > 0 || err != nil {
		t.Errorf("%d entries of no history, %v", len(all), err)
	}
	for range 3 {
		begin(t, s, entry(t, 1))
	}
	must(t, os.WriteFile(filepath.Join(s.Dir(), "history", "notes.txt"), []byte("x"), 0o600))
	for limit, want := range map[int]int{-1: 0, 0: 0, 1: 1, 2: 2, 3: 3, 9: 3} {
		if all := entries(t, s, limit); len(all) != want {
			t.Errorf("%d entries, at most %d", len(all), limit)
		}
		if all, err := s.AllEntries(limit); err != nil || len(all) != want {
			t.Errorf("%d entries of all places, at most %d, %v", len(all), limit, err)
		}
	}
	must(t, s.Close())
	if _, err := s.AllEntries(1); err == nil {
		t.Error("a closed store gives entries")
	}
	if _, err := s.Skipped(here); err == nil {
		t.Error("a closed store counts lines")
	}
}

// Nothing typed is nothing, whatever empty text stands for it.
func TestNothingTyped(t *testing.T) {
	for _, typed := range []json.RawMessage{nil, {}} {
		d := draft(1)
		d.Typed = typed
		text, err := state.SealDraft(d)
		must(t, err)
		if got, err := state.UnsealDraft(text); err != nil || got.Typed != nil || strings.Contains(string(text), `"typed"`) {
			t.Errorf("%q %v", got.Typed, err)
		}
	}
	d := draft(1)
	d.Typed = json.RawMessage(`{`)
	if _, err := state.SealDraft(d); err == nil || err.Error() != "the form data is not valid JSON" {
		t.Errorf("%v", err)
	}
}

// What cannot be written down is said, and nothing of it is there: no empty draft
// and no empty line.
func TestWhatCannotBeWritten(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	good := begin(t, s, entry(t, 1))
	must(t, s.End(good, record.Result{Outcome: record.OutcomeApplied}))
	before := historySize(t, s)
	var deep any = "x"
	for range 20_000 { // more levels than encoding/json reads again
		deep = []any{deep}
	}
	bad := model.Image{ID: "a", LocationsShown: true, Locations: []model.Location{{URL: "http://x", Metadata: map[string]any{"deep": deep}}}}
	if id, err := s.Begin(record.Entry{Service: here, Base: bad, Wanted: bad}); err == nil || id != "" {
		t.Errorf("begun as %q: %v", id, err)
	}
	if err := s.End(good, record.Result{Outcome: record.OutcomeOpen, After: &bad}); err == nil {
		t.Error("an end that cannot be read again was written")
	}
	d := draft(1)
	d.Wanted = bad
	if id, err := s.KeepDraft(d); err == nil || id != "" {
		t.Errorf("kept as %q: %v", id, err)
	}
	if now := historySize(t, s); now != before || len(drafts(t, s)) > 0 {
		t.Errorf("the history has %d bytes, was %d; %d drafts", now, before, len(drafts(t, s)))
	}
}

// A damaged draft of a program that is running stays where it is: that program may
// just be writing it.
func TestDamagedDraftOfALivingProgram(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	mine, other := open(t, dir), open(t, dir)
	keep(t, other, draft(1))
	files, err := filepath.Glob(filepath.Join(dir, "drafts", "*", "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	must(t, os.WriteFile(files[0], []byte("half"), 0o600))
	if found, err := mine.Drafts(here); err == nil || len(found) > 0 {
		t.Errorf("%d drafts, %v", len(found), err)
	}
	if _, err := os.Stat(files[0]); err != nil {
		t.Error("it was moved aside: ", err)
	}
	must(t, other.Close())
	if _, err := mine.Drafts(here); err == nil || !strings.Contains(err.Error(), ".corrupt") {
		t.Errorf("%v", err)
	}
}

// Entries are counted by their beginnings: a history within its bounds loses none.
func TestOnlyEntriesAreCounted(t *testing.T) {
	var text []byte
	for range state.MostEntries - 1 {
		_, lines := state.HistoryLines(endedProgram, done(t, 1))
		text = append(text, lines...)
	}
	s := historyOf(t, text)
	begin(t, s, entry(t, 2))
	if found := entries(t, s, 1<<20); len(found) != state.MostEntries {
		t.Errorf("%d entries are left", len(found))
	}
}
