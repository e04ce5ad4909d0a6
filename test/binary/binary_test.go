package binary

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const module = "github.com/glance-tui/glance-tui"

// root is the top of the source tree, from this package's directory.
const root = "../.."

var program string

func TestMain(m *testing.M) {
	code, err := buildAndRun(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func buildAndRun(m *testing.M) (int, error) {
	dir, err := os.MkdirTemp("", "glance-tui-binary")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "glance-tui")
	recipe, err := recipe()
	if err != nil {
		return 0, err
	}
	build := exec.Command("sh", "-c", strings.NewReplacer("$(GO)", "go", "-o glance-tui", "-o "+program).Replace(recipe))
	build.Dir, build.Stderr = root, os.Stderr
	if err := build.Run(); err != nil {
		return 0, fmt.Errorf("%s: %w", recipe, err)
	}
	return m.Run(), nil
}

// recipe is how the Makefile builds the program.
func recipe() (string, error) {
	text, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		return "", err
	}
	found := regexp.MustCompile(`(?m)^build:.*\n\t(.*-o glance-tui.*)$`).FindSubmatch(text)
	if found == nil {
		return "", fmt.Errorf("the Makefile has no rule for build as this test knows it")
	}
	return string(found[1]), nil
}

func TestTheBinaryIsSmall(t *testing.T) {
	info, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	const most = 20_000_000
	if info.Size() >= most {
		t.Errorf("it has %d bytes, and may have %d", info.Size(), most)
	}
	t.Logf("%.1f MB", float64(info.Size())/1e6)
}

// TestTheStartDoesLittle counts what the program allocates before main begins,
// which each command pays for: tables and expressions that only some need are
// made when they are needed. Libraries do theirs; the sum is bounded too, so
// that a new one with much to do is noticed.
func TestTheStartDoesLittle(t *testing.T) {
	cmd := exec.Command(program, "--version")
	cmd.Env = []string{"GODEBUG=inittrace=1"}
	var trace bytes.Buffer
	cmd.Stderr = &trace
	if out, err := cmd.Output(); err != nil || !bytes.HasPrefix(out, []byte("glance-tui ")) {
		t.Fatalf("%s %v\n%s", out, err, trace.Bytes())
	}
	type sum struct{ packages, bytes, allocs int }
	var ours, all sum
	for lines := bufio.NewScanner(&trace); lines.Scan(); {
		var name string
		var at, took float64
		var bytes, allocs int
		// init internal/bytealg @0.008 ms, 0 ms clock, 0 bytes, 0 allocs
		if _, err := fmt.Sscanf(lines.Text(), "init %s @%f ms, %f ms clock, %d bytes, %d allocs", &name, &at, &took, &bytes, &allocs); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		add := func(s *sum) { s.packages++; s.bytes += bytes; s.allocs += allocs }
		add(&all)
		if strings.HasPrefix(name, module) {
			add(&ours)
			t.Logf("%s: %d bytes, %d allocations", strings.TrimPrefix(name, module+"/"), bytes, allocs)
		}
	}
	t.Logf("ours: %+v, all: %+v", ours, all)
	if all.packages < 50 || ours.packages < 5 {
		t.Fatal("that was not the whole trace")
	}
	if ours.bytes > 64<<10 || ours.allocs > 500 {
		t.Errorf("our packages do too much before main: %+v", ours)
	}
	if all.bytes > 384<<10 || all.allocs > 2000 {
		t.Errorf("too much is done before main: %+v", all)
	}
}
