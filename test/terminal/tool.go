package terminal

import (
	"os"
	"os/exec"
	"testing"
)

// Tool is where a program of the machine is, which a test needs for what is said.
// The test is skipped where there is none; in CI (CI=true) that is a failure, but
// with -short, which asks for nothing that has to be installed.
func Tool(t testing.TB, name, what string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	switch {
	case err == nil:
	case os.Getenv("CI") == "true" && !testing.Short():
		t.Fatalf("%s is not installed: %s", name, what)
	default:
		t.Skipf("%s is not installed: %s", name, what)
	}
	return path
}
