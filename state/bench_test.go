package state_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
)

func BenchmarkKeepDraft(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "state"))
	d := draft(1)
	d.ID = keep(b, s, d)
	for b.Loop() {
		keep(b, s, d)
	}
}

func BenchmarkBeginAndEnd(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "state"))
	e := done(b, 1)
	for b.Loop() {
		must(b, s.End(begin(b, s, e), e.Result))
	}
}

// BenchmarkSealDraft is KeepDraft without the disk.
func BenchmarkSealDraft(b *testing.B) {
	d := draft(1)
	for b.Loop() {
		if _, err := state.SealDraft(d); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEntries reads a full history.
func BenchmarkEntries(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "state"))
	begin(b, s, entry(b, 1))
	var text []byte
	for n := range uint64(state.MostEntries) {
		_, lines := state.HistoryLines("endedprogramxxxx", done(b, n))
		text = append(text, lines...)
	}
	must(b, os.WriteFile(historyPath(s), text, 0o600))
	for name, limit := range map[string]int{"the latest 50": 50, "all": state.MostEntries} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if found := entries(b, s, limit); len(found) != limit || found[0].Outcome != record.OutcomeApplied {
					b.Fatal(len(found))
				}
			}
		})
	}
}
