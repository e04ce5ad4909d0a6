package state_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
)

// written is an entry in the text of a history.
type written struct {
	lines []byte
	// class is when it goes: 1 first (its end is known), 2 (it is open), 3 never
	// (a living program is at it).
	class int
}

const (
	endedProgram  = "endedprogramxxxx"
	livingProgram = "livingprogramxxx"
)

func worker(owner string) string {
	if owner == livingProgram {
		return "process 1"
	}
	return ""
}

// historyText is a history of entries of these classes, each with a name of so
// many bytes.
func historyText(t *testing.T, size int, classes ...int) (all []written) {
	t.Helper()
	e := record.Entry{Service: here, Base: model.Image{ID: "a"}, Wanted: model.Image{ID: "a", Name: model.Some(strings.Repeat("n", size))}}
	made := map[int]written{} // those of a class are alike, their names too
	for _, class := range classes {
		w, known := made[class]
		if known {
			all = append(all, w)
			continue
		}
		w.class = class
		owner := endedProgram
		if class == 3 {
			owner = livingProgram
		}
		one := e
		if class == 1 {
			one.Result = record.Result{Outcome: record.OutcomeApplied}
		}
		_, w.lines = state.HistoryLines(owner, one)
		made[class] = w
		all = append(all, w)
	}
	return all
}

func textOf(all []written) (text []byte) {
	for _, w := range all {
		text = append(text, w.lines...)
	}
	return text
}

// cutByTheRules is what cutting down should leave.
func cutByTheRules(all []written, mostEntries, mostBytes int) []written {
	all = slices.Clone(all)
	size := len(textOf(all))
	for class := 1; class <= 2; class++ {
		for n := 0; n < len(all); {
			if len(all) <= mostEntries && size <= mostBytes {
				return all
			}
			if all[n].class != class {
				n++
				continue
			}
			size -= len(all[n].lines)
			all = slices.Delete(all, n, n+1)
		}
	}
	return all
}

func TestCuttingByTheRules(t *testing.T) {
	const entries, size = state.MostEntries - state.MostEntries/8, state.MostBytes - state.MostBytes/8
	mixed := func(n int, of ...int) (classes []int) {
		for i := range n {
			classes = append(classes, of[i%len(of)])
		}
		return classes
	}
	for name, all := range map[string][]written{
		"nothing":                      nil,
		"as many as fit":               historyText(t, 1, mixed(entries, 1, 2, 3)...),
		"one too many":                 historyText(t, 1, mixed(entries+1, 3, 2, 1)...),
		"all that have ended go":       historyText(t, 1, mixed(entries+500, 1, 2, 3)...),
		"of living programs only":      historyText(t, 1, mixed(entries+20, 3)...),
		"open ones only":               historyText(t, 1, mixed(entries+20, 2)...),
		"more of the living than fit":  historyText(t, 1, append(mixed(30, 1, 2), mixed(entries+5, 3)...)...),
		"large ones":                   historyText(t, 700<<10, mixed(16, 3, 1, 2, 1)...),
		"large ones, more of them":     historyText(t, 900<<10, mixed(20, 2, 1, 1)...),
		"large ones of the living":     historyText(t, 900<<10, mixed(12, 3)...),
		"one large one before others":  append(historyText(t, 1000<<10, mixed(8, 2)...), historyText(t, 1, mixed(50, 1)...)...),
		"just as large as it may be":   exactly(t, size),
		"a byte more than it may have": exactly(t, size+1),
	} {
		t.Run(name, func(t *testing.T) {
			got, want := state.CutDown(textOf(all), worker), textOf(cutByTheRules(all, entries, size))
			if !bytes.Equal(got, want) {
				t.Errorf("%d bytes, %d entries are left, want %d and %d", len(got), len(state.EntriesIn(got)), len(want), len(state.EntriesIn(want)))
			}
		})
	}
}

// exactly are entries that have ended, of so many bytes together.
func exactly(t *testing.T, size int) []written {
	t.Helper()
	large := historyText(t, 900<<10, 1)
	n := size/len(large[0].lines) - 1
	all := historyText(t, 900<<10, slices.Repeat([]int{1}, n)...)
	rest := size - len(textOf(all))
	last := historyText(t, 850<<10, 1, 1)
	first := rest - len(textOf(last)) + 850<<10
	all = append(append(all, historyText(t, first, 1)...), last[1])
	if got := len(textOf(all)); got != size {
		t.Fatalf("%d bytes, not %d", got, size)
	}
	return all
}

// Of several ends the last one counts, and an entry whose end leaves it open is
// open.
func TestCuttingKeepsTheLastEnd(t *testing.T) {
	s := open(t, t.TempDir()+"/state")
	id := begin(t, s, entry(t, 1))
	for _, o := range []record.Outcome{record.OutcomeApplied, record.OutcomeOpen, record.OutcomePartlyApplied} {
		must(t, s.End(id, record.Result{Outcome: o}))
	}
	text, err := os.ReadFile(historyPath(s))
	must(t, err)
	lines := bytes.SplitAfter(text, []byte("\n"))
	if got, want := state.CutDown(text, worker), append(slices.Clone(lines[0]), lines[3]...); !bytes.Equal(got, want) {
		t.Errorf("left %s", got)
	}
	// Left open by its last end, it goes after those that have ended.
	open0, begins := state.HistoryLines(endedProgram, entry(t, 1))
	must(t, os.WriteFile(historyPath(s), begins, 0o600))
	must(t, s.End(open0, record.Result{Outcome: record.OutcomeOpen}))
	first, err := os.ReadFile(historyPath(s))
	must(t, err)
	others := historyText(t, 1, slices.Repeat([]int{1}, state.MostEntries)...)
	left := state.EntriesIn(state.CutDown(append(first, textOf(others)...), worker))
	if len(left) != state.MostEntries-state.MostEntries/8 || !strings.HasSuffix(left[len(left)-1].ID, strings.SplitAfter(open0, "/")[1]) {
		t.Errorf("%d are left", len(left))
	}
}

// What is too large for one record loses first what the edit leaves alone, and
// then all but names and paths: whatever it is that is large.
func TestLargeEntriesLoseWhatIsLarge(t *testing.T) {
	long := strings.Repeat("é", 600<<10)
	tag, url, value := strings.Repeat("t", 1<<19), "http://"+strings.Repeat("u", 1<<19), json.RawMessage(`"`+strings.Repeat("v", 1<<19)+`"`)
	make2 := func(change func(base, wanted *model.Image)) record.Entry {
		e := entry(t, 1)
		e.Base = model.Image{ID: "a", Name: model.Some("old"), Tags: []string{"x"}, Properties: map[string]model.Opt[string]{}, Extra: map[string]json.RawMessage{}}
		e.Wanted = e.Base.Clone()
		e.Wanted.Name = model.Some("new")
		change(&e.Base, &e.Wanted)
		e.Requests = []patch.Patch{{{Op: patch.OpReplace, Path: "/name", Value: "new"}}}
		return e
	}
	both := func(change func(*model.Image)) record.Entry {
		return make2(func(base, wanted *model.Image) { change(base); change(wanted) })
	}
	for name, tt := range map[string]struct {
		e   record.Entry
		cut bool
	}{
		"the same tags": {both(func(i *model.Image) { i.Tags = []string{tag, tag + "2"} }), false},
		"the same locations": {both(func(i *model.Image) {
			i.LocationsShown, i.Locations = true, []model.Location{{URL: url}, {URL: url + "2"}}
		}), false},
		"the same property":    {both(func(i *model.Image) { i.Properties["p"] = model.Some(long) }), false},
		"the same attribute":   {both(func(i *model.Image) { i.Extra["x"], i.Extra["y"] = value, value }), false},
		"tags that differ":     {make2(func(b, w *model.Image) { b.Tags, w.Tags = []string{tag, tag + "2"}, []string{tag, tag + "3"} }), true},
		"a property gone":      {make2(func(b, _ *model.Image) { b.Properties["p"] = model.Some(long) }), true},
		"a property come":      {make2(func(_, w *model.Image) { w.Properties["p"] = model.Some(long) }), true},
		"an attribute changed": {make2(func(b, w *model.Image) { b.Extra["x"], w.Extra["x"] = value, append(json.RawMessage(" "), value...) }), true},
		"locations that differ": {make2(func(b, w *model.Image) {
			b.LocationsShown, b.Locations = true, []model.Location{{URL: url}, {URL: url + "2"}}
			w.LocationsShown, w.Locations = true, []model.Location{{URL: url + "3"}}
		}), true},
		"names": {make2(func(b, w *model.Image) { b.Name, w.Name = model.Some(long), model.Some(long+"2") }), true},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, t.TempDir()+"/state")
			begin(t, s, tt.e)
			if size := historySize(t, s); size > state.LargestRecord {
				t.Errorf("%d bytes", size)
			}
			got := entries(t, s, 1)[0]
			if !utf8.ValidString(got.Wanted.Name.Value) {
				t.Error("half a character is left")
			}
			if got.Abbreviated != tt.cut || got.Base.ID != "a" || !strings.HasPrefix(tt.e.Wanted.Name.Value, strings.TrimSuffix(got.Wanted.Name.Value, "…")) || len(got.Wanted.Name.Value) > 5000 {
				t.Errorf("cut %t, %q", got.Abbreviated, got.Wanted.Name.Value[:min(20, len(got.Wanted.Name.Value))])
			}
			if p := got.Requests[0]; len(p) != 1 || p[0].Path != "/name" || (p[0].Value == "new") == tt.cut {
				t.Errorf("%+v", p)
			}
			if !tt.cut && (got.Base.Name.Value != "old" || len(got.Base.Tags) > 1 || len(got.Base.Properties)+len(got.Base.Extra)+len(got.Base.Locations) > 0) {
				t.Errorf("%+v", got.Base)
			}
		})
	}
}
