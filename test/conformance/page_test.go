package conformance

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/conformance.md again")

const pagePath = "../../docs/conformance.md"

// TestPage fails when the page says something else than the suite does.
func TestPage(t *testing.T) {
	page := Page()
	if *update {
		if err := os.WriteFile(filepath.FromSlash(pagePath), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile(filepath.FromSlash(pagePath))
	if err != nil {
		t.Fatal(err)
	}
	if string(committed) != page {
		t.Error("docs/conformance.md is not what the suite says: go test ./test/conformance -run TestPage -update")
	}
}

// TestPageIsWhole counts the rows, and their cells, too.
func TestPageIsWhole(t *testing.T) {
	const heading = 2
	page := strings.ReplaceAll(Page(), `\|`, "")
	for _, g := range Groups() {
		_, part, found := strings.Cut(page, "\n## "+g.Name+"\n")
		part, _, _ = strings.Cut(part, "\n## ")
		rows := 0
		for line := range strings.Lines(part) {
			if !strings.HasPrefix(line, "|") {
				continue
			}
			rows++
			if cells := strings.Count(line, "|") - 1; cells != 4+len(Servers) {
				t.Errorf("%s: %d cells: %s", g.Name, cells, line)
			}
		}
		if !found || rows != heading+len(g.Cases) {
			t.Errorf("%s: %d rows for %d cases", g.Name, rows, len(g.Cases))
		}
	}
	for _, d := range Differences {
		if !strings.Contains(page, "| "+cell(d.Case)+" | "+d.On+" |") {
			t.Errorf("%s on %s is not among the differences", d.Case, d.On)
		}
	}
}
