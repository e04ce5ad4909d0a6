package terminal

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Main is the TestMain of tests with the real program: it builds that once, in a
// directory for itself, and puts its path into program.
func Main(m *testing.M, program *string) {
	dir, err := os.MkdirTemp("", "glance-tui-test")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	*program = filepath.Join(dir, "glance-tui")
	build := exec.CommandContext(context.Background(), "go", "build", "-o", *program, "github.com/glance-tui/glance-tui")
	build.Stderr = os.Stderr
	code := 1
	if err := build.Run(); err == nil {
		code = m.Run()
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}
