package state_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model/record"
)

func TestEntriesAndTheirEnds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	s := open(t, dir)
	if found := entries(t, s, 10); len(found) != 0 {
		t.Fatalf("%d entries in an empty directory", len(found))
	}
	first := begin(t, s, entry(t, 1))
	second := begin(t, s, entry(t, 2))
	after := entry(t, 1).Wanted
	for _, outcome := range []record.Outcome{record.OutcomeOpen, record.OutcomePartlyApplied, record.OutcomeApplied} {
		if err := s.End(first, record.Result{Outcome: outcome, Responses: []record.Response{{Code: 200}}, After: &after}); err != nil {
			t.Fatal(err)
		}
		// An answer that leaves it open does not end the program's work at it.
		if e := entries(t, open(t, dir), 10)[1]; e.Outcome != outcome || (e.OwnedBy == "") != (outcome != record.OutcomeOpen) {
			t.Errorf("after the answer %q it is held by %q, with the outcome %q", outcome, e.OwnedBy, e.Outcome)
		}
	}
	found := entries(t, open(t, dir), 10)
	if len(found) != 2 || found[0].ID != second || found[1].ID != first {
		t.Fatalf("found %+v", found)
	}
	if found[0].Outcome != record.OutcomeOpen || found[0].OwnedBy == "" {
		t.Errorf("the open entry is %+v", found[0])
	}
	if e := found[1]; e.Outcome != record.OutcomeApplied || e.OwnedBy != "" || e.After == nil || e.Responses[0].Code != 200 || e.Ended.IsZero() {
		t.Errorf("the ended entry is %+v", e)
	}
	if found := entries(t, s, 1); len(found) != 1 || found[0].ID != second || found[0].OwnedBy != "this program" {
		t.Errorf("the latest is %+v", found)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if found := entries(t, open(t, dir), 1); found[0].OwnedBy != "" {
		t.Errorf("an ended program still holds %+v", found[0])
	}
}

func TestAnAnswerThatLeavesAnEditOpenLeavesItHeld(t *testing.T) {
	dir := t.TempDir()
	sender, reader := open(t, dir), open(t, dir)
	e := entry(t, 1)
	id, err := sender.Begin(e)
	if err == nil {
		err = sender.End(id, record.Result{Responses: []record.Response{{Code: 200}}})
	}
	if err != nil {
		t.Fatal(err)
	}
	found, err := reader.Entries(e.Service, 1)
	if err != nil || len(found) != 1 || found[0].OwnedBy == "" || len(found[0].Responses) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	if err := sender.Close(); err != nil {
		t.Fatal(err)
	}
	if found, err = reader.Entries(e.Service, 1); err != nil || found[0].OwnedBy != "" {
		t.Errorf("held by %q, %v", found[0].OwnedBy, err)
	}
}

func TestAllEntriesAreThoseOfAllPlacesInTheirOrder(t *testing.T) {
	s := open(t, t.TempDir())
	for n := range 6 {
		e := entry(t, uint64(n))
		e.StartedAt = time.Date(2026, 11, 25, 4, n, 0, 0, time.UTC)
		e.Service.Endpoint = fmt.Sprintf("https://cloud-%d.example/image", n%2)
		if _, err := s.Begin(e); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.AllEntries(5)
	if err != nil || len(all) != 5 {
		t.Fatalf("%d entries, %v", len(all), err)
	}
	for n, e := range all {
		if e.StartedAt.Minute() != 5-n {
			t.Errorf("at %d is the entry of minute %d", n, e.StartedAt.Minute())
		}
	}
}
