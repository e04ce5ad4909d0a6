package arch_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAttributesAreDescribedOnce: what is known of an attribute is in the table of
// attributes. min_ram stands for all of them: besides the table only the field of an
// image names it. The embedded service is Glance's own, which has other tables.
func TestAttributesAreDescribedOnce(t *testing.T) {
	want := []string{"model/attribute_table.go", "model/image.go"}
	var got []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == "demo" || strings.HasSuffix(name, "test") || name != "." && strings.HasPrefix(name, ".")):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(path)
		if bytes.Contains(text, []byte("min_ram")) || bytes.Contains(text, []byte("MinRAM")) {
			got = append(got, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("min_ram is named in %v, wanted are %v: go through the table", got, want)
	}
}
