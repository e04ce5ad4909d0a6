package tty

import (
	"fmt"
	"log"
	"log/slog"
	"strings"
	"testing"
)

func TestALogIsSafeAndBounded(t *testing.T) {
	var l Log
	fmt.Fprint(&l, "one\r\nt", "wo \x1b[2J\nthree")
	if got := strings.Join(l.Lines(), "|"); got != "one|two ␛[2J|three" {
		t.Errorf("%q", got)
	}
	for n := range 100_000 {
		fmt.Fprintf(&l, "line %d\n", n)
	}
	fmt.Fprintln(&l, strings.Repeat("x", 10_000_000))
	lines := l.Lines()
	if len(lines) > longestLog || !strings.HasPrefix(lines[len(lines)-2], "line 99999") || len(lines[len(lines)-1]) > longestLine {
		t.Errorf("%d lines, the last of %d bytes", len(lines), len(lines[len(lines)-1]))
	}
}

// The default of log/slog writes by the log package: one place to catch both.
func TestTheLogPackageCatchesSlog(t *testing.T) {
	var l Log
	before := log.Writer()
	defer log.SetOutput(before)
	log.SetOutput(&l)
	log.Print("by log")
	slog.Warn("by slog")
	if got := strings.Join(l.Lines(), "|"); !strings.Contains(got, "by log") || !strings.Contains(got, "by slog") {
		t.Errorf("%q", got)
	}
}
