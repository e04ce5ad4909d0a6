package state_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/state"
)

var here = api.ServiceID{Cloud: "prod", User: "ada", Project: "ops", Region: "eu", Endpoint: "https://images.example:9292/v2"}

// open is a program's store in a directory.
func open(t testing.TB, dir string) *state.Store {
	t.Helper()
	s, err := state.Open(state.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func draft(seed uint64) record.Draft {
	base := modeltest.Image(seed)
	return record.Draft{Service: here, Base: base, Wanted: modeltest.Wanted(seed, base), Typed: []byte(`{"name":"x"}`)}
}

func entry(t testing.TB, seed uint64) record.Entry {
	t.Helper()
	base := modeltest.Image(seed)
	wanted := modeltest.Wanted(seed, base)
	p, err := rules.Diff(base, wanted)
	if err != nil {
		t.Fatal(err)
	}
	return record.Entry{Service: here, StartedAt: time.Now(), Base: base, Wanted: wanted, Requests: []patch.Patch{p}}
}

func keep(t testing.TB, s *state.Store, d record.Draft) string {
	t.Helper()
	id, err := s.KeepDraft(d)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func drafts(t testing.TB, s *state.Store) []record.Draft {
	t.Helper()
	all, err := s.Drafts(here)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func begin(t testing.TB, s *state.Store, e record.Entry) string {
	t.Helper()
	id, err := s.Begin(e)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func entries(t testing.TB, s *state.Store, limit int) []record.Entry {
	t.Helper()
	all, err := s.Entries(here, limit)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// plainImage is an image as it is after a journey through JSON: numbers of
// metadata are json.Number.
func plainImage(i model.Image) model.Image {
	i = i.Clone()
	for n := range i.Locations {
		i.Locations[n].Metadata, _ = plainValue(i.Locations[n].Metadata).(map[string]any)
	}
	return i
}

func plainValue(v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var plain any
	if err := d.Decode(&plain); err != nil {
		panic(err)
	}
	return plain
}
