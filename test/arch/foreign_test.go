package arch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// allowed are places where what looks foreign is not, and why.
var allowed = map[string]string{
	"cli/man.go": "prints the commands' own texts; cobra keeps the arguments beside them, which are not printed",
}

// TestUntrustedTextIsMadeSafe fails where a screen, or a command, draws a text of
// a server around package safe.
func TestUntrustedTextIsMadeSafe(t *testing.T) {
	program, made, err := load(module+"/edit/...", module+"/ui/...", module+"/cli")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, f := range untrustedText(program, made) {
		if _, ok := allowed[f.file]; ok {
			used[f.file] = true
			continue
		}
		t.Error(f)
	}
	for file := range allowed {
		if !used[file] {
			t.Errorf("%s needs no leave any more", file)
		}
	}
}

// TestUntrustedTextIsFound holds the analysis against a screen full of holes:
// it must find each, and nothing else.
func TestUntrustedTextIsFound(t *testing.T) {
	const directory = "test/arch/testdata/foreign"
	program, made, err := load(module+"/"+directory, module+"/ui/draw")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join("testdata", "foreign", "screen.go"))
	if err != nil {
		t.Fatal(err)
	}
	var wanted, got []string
	for n, line := range strings.Split(string(source), "\n") {
		if strings.HasSuffix(line, "// want") {
			wanted = append(wanted, fmt.Sprintf("%s/screen.go:%d", directory, n+1))
		}
	}
	for _, f := range untrustedText(program, made) {
		at := fmt.Sprintf("%s:%d", f.file, f.line)
		got = append(got, at)
		if !slices.Contains(wanted, at) {
			t.Errorf("nothing is wrong with %s", f)
		}
	}
	for _, w := range wanted {
		if !slices.Contains(got, w) {
			t.Errorf("%s is not found", w)
		}
	}
	if len(wanted) < 25 {
		t.Errorf("only %d holes", len(wanted))
	}
}
