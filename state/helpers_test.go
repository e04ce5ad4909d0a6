package state_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/state"
)

var here = model.Place{Cloud: "prod", User: "ada", Project: "ops", Region: "eu", Endpoint: "https://images.example:9292/v2"}

// open is a program's store in a folder.
func open(t testing.TB, dir string) *state.Store {
	t.Helper()
	s, err := state.Open(state.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func draft(seed uint64) model.Draft {
	base := modeltest.Image(seed)
	return model.Draft{Place: here, Base: base, Wanted: modeltest.Edit(seed, base), Typed: []byte(`{"name":"x"}`)}
}

func entry(t testing.TB, seed uint64) model.Entry {
	t.Helper()
	base := modeltest.Image(seed)
	wanted := modeltest.Edit(seed, base)
	patch, err := model.Diff(base, wanted)
	if err != nil {
		t.Fatal(err)
	}
	return model.Entry{Place: here, Begun: time.Now(), Base: base, Wanted: wanted, Requests: []model.Patch{patch}}
}

func keep(t testing.TB, s *state.Store, d model.Draft) string {
	t.Helper()
	id, err := s.KeepDraft(d)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func drafts(t testing.TB, s *state.Store) []model.Draft {
	t.Helper()
	all, err := s.Drafts(here)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func begin(t testing.TB, s *state.Store, e model.Entry) string {
	t.Helper()
	id, err := s.Begin(e)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func entries(t testing.TB, s *state.Store, limit int) []model.Entry {
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
