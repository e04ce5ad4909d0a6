package faults

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

const pagePath = "../../docs/faults.md"

// TestPage fails when the page says something else than the table does.
func TestPage(t *testing.T) {
	page := Page()
	// uitest declares the flag.
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(filepath.FromSlash(pagePath), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile(filepath.FromSlash(pagePath))
	if err != nil {
		t.Fatal(err)
	}
	if string(committed) != page {
		t.Error("docs/faults.md is not what the table says: go test ./test/faults -run TestPage -update")
	}
}
