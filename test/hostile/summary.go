package hostile

import (
	"fmt"
	"os"
	"testing"
)

// Summary says what a test tried: in its log, and in the file that
// GLANCE_TUI_SUMMARY names, whose lines CI prints (see test/run.sh).
func Summary(t testing.TB, format string, a ...any) {
	t.Helper()
	line := fmt.Sprintf("hostile text: "+format, a...)
	t.Log(line)
	path := os.Getenv("GLANCE_TUI_SUMMARY")
	if path == "" {
		return
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = fmt.Fprintln(f, line); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
