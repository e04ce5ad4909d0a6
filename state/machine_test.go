package state_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
)

// machine is three programs in one directory beside what they should find there.
type machine struct {
	dir      string
	programs [3]*state.Store
	drafts   []kept
	entries  []begun // the latest first
	made     int
}

type kept struct {
	id, name string
	holder   int // noOne is -1
}

type begun struct {
	id      string
	holder  int
	outcome record.Outcome
}

const noOne = -1

// TestProgramsInAnyOrder: whatever several programs do, in any order, with ends
// and new starts between, every draft and entry is as its last writer left it,
// and held by whom it should be.
func TestProgramsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "glance-tui-state") //nolint:usetesting // rapid's T has no TempDir
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		m := &machine{dir: filepath.Join(dir, "state")}
		for n := range m.programs {
			m.start(t, n)
		}
		defer func() {
			for _, s := range m.programs {
				_ = s.Close()
			}
		}()
		t.Repeat(map[string]func(*rapid.T){
			"": m.check, "keep": m.keep, "go on": m.goOn, "take": m.take, "drop": m.drop, "begin": m.begin, "end": m.end, "restart": m.restart,
		})
	})
}

func (m *machine) start(t *rapid.T, n int) {
	s, err := state.Open(state.Options{Dir: m.dir})
	if err != nil {
		t.Fatal(err)
	}
	m.programs[n] = s
}

func (m *machine) any(t *rapid.T) int {
	return rapid.IntRange(0, len(m.programs)-1).Draw(t, "program")
}

// one is a draft; the action is not possible without any.
func (m *machine) one(t *rapid.T) *kept {
	if len(m.drafts) == 0 {
		t.Skip("there is no draft")
	}
	return &m.drafts[rapid.IntRange(0, len(m.drafts)-1).Draw(t, "draft")]
}

func (m *machine) draft(id string) record.Draft {
	m.made++
	d := draft(uint64(m.made % 2)) // of two images
	d.ID, d.Wanted.Name = id, model.Some(fmt.Sprint(m.made))
	return d
}

func (m *machine) keep(t *rapid.T) {
	n := m.any(t)
	d := m.draft("")
	id, err := m.programs[n].KeepDraft(d)
	if err != nil {
		t.Fatal(err)
	}
	m.drafts = append(m.drafts, kept{id, d.Wanted.Name.Value, n})
}

// goOn keeps a draft again; one of someone else becomes a second one.
func (m *machine) goOn(t *rapid.T) {
	n, k := m.any(t), m.one(t)
	d := m.draft(k.id)
	id, err := m.programs[n].KeepDraft(d)
	if err != nil || (id == k.id) != (k.holder == n) {
		t.Fatalf("%q became %q: %v", k.id, id, err)
	}
	if k.holder == n {
		k.name = d.Wanted.Name.Value
	} else {
		m.drafts = append(m.drafts, kept{id, d.Wanted.Name.Value, n})
	}
}

func (m *machine) take(t *rapid.T) {
	n, k := m.any(t), m.one(t)
	d, err := m.programs[n].TakeDraft(k.id)
	if may := k.holder == noOne || k.holder == n; (err == nil) != may {
		t.Fatalf("held by %d, taken by %d: %v", k.holder, n, err)
	}
	if err == nil {
		if d.Wanted.Name.Value != k.name {
			t.Fatalf("%s was taken for %s", d.Wanted.Name.Value, k.name)
		}
		k.id, k.holder = d.ID, n
	}
}

func (m *machine) drop(t *rapid.T) {
	n, k := m.any(t), m.one(t)
	err := m.programs[n].DropDraft(k.id)
	if may := k.holder == noOne || k.holder == n; (err == nil) != may {
		t.Fatalf("held by %d, dropped by %d: %v", k.holder, n, err)
	}
	if err == nil {
		id := k.id
		m.drafts = slices.DeleteFunc(m.drafts, func(k kept) bool { return k.id == id })
	}
}

func (m *machine) begin(t *rapid.T) {
	n := m.any(t)
	d := m.draft("")
	id, err := m.programs[n].Begin(record.Entry{Service: here, Base: d.Base, Wanted: d.Wanted})
	if err != nil {
		t.Fatal(err)
	}
	m.entries = slices.Insert(m.entries, 0, begun{id, n, record.OutcomeOpen})
}

func (m *machine) end(t *rapid.T) {
	if len(m.entries) == 0 {
		t.Skip("there is no entry")
	}
	e := &m.entries[rapid.IntRange(0, len(m.entries)-1).Draw(t, "entry")]
	e.outcome = rapid.SampledFrom([]record.Outcome{record.OutcomeOpen, record.OutcomeApplied, record.OutcomePartlyApplied}).Draw(t, "outcome")
	if err := m.programs[m.any(t)].End(e.id, record.Result{Outcome: e.outcome}); err != nil {
		t.Fatal(err)
	}
}

func (m *machine) restart(t *rapid.T) {
	n := m.any(t)
	if err := m.programs[n].Close(); err != nil {
		t.Fatal(err)
	}
	for i := range m.drafts {
		if m.drafts[i].holder == n {
			m.drafts[i].holder = noOne
		}
	}
	for i := range m.entries {
		if m.entries[i].holder == n {
			m.entries[i].holder = noOne
		}
	}
	m.start(t, n)
}

func (m *machine) check(t *rapid.T) {
	n := m.any(t)
	found, err := m.programs[n].Drafts(here)
	if err != nil || len(found) != len(m.drafts) {
		t.Fatalf("%d drafts, want %d: %v", len(found), len(m.drafts), err)
	}
	for _, d := range found {
		at := slices.IndexFunc(m.drafts, func(k kept) bool { return k.id == d.ID })
		if at < 0 {
			t.Fatalf("no one kept %s", d.ID)
		}
		k := m.drafts[at]
		if held := k.holder != noOne && k.holder != n; d.Wanted.Name.Value != k.name || (d.OwnedBy != "") != held {
			t.Fatalf("%+v is %s, held by %q", k, d.Wanted.Name.Value, d.OwnedBy)
		}
	}
	all, err := m.programs[n].Entries(here, 1000)
	if err != nil || len(all) != len(m.entries) {
		t.Fatalf("%d entries, want %d: %v", len(all), len(m.entries), err)
	}
	for i, e := range all {
		want := m.entries[i]
		if held := want.outcome == record.OutcomeOpen && want.holder != noOne; e.ID != want.id || e.Outcome != want.outcome || (e.OwnedBy != "") != held {
			t.Fatalf("entry %d is %s %q, held by %q, want %+v", i, e.ID, e.Outcome, e.OwnedBy, want)
		}
	}
}
