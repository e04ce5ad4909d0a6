package terminal

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// columnsWidth is the width of the window that Columns measures in.
const columnsWidth = 5000

// Columns asks tmux, a terminal that is not ours, how many columns each text
// takes: it prints the text at the left edge and asks for the cursor's place.
// A text must be of one line and safe, and fit 5000 columns. The test is
// skipped where there is no tmux; in CI (CI=true) that is a failure.
func Columns(t testing.TB, texts []string) []int {
	t.Helper()
	tmux := Tool(t, "tmux", "it is asked how wide it draws a text")
	dir := t.TempDir()
	questions, answers := filepath.Join(dir, "questions"), filepath.Join(dir, "answers")
	var ask bytes.Buffer
	for _, s := range texts {
		// From the left edge of an empty line; then report the cursor.
		fmt.Fprintf(&ask, "\r\x1b[2K%s\x1b[6n", s)
	}
	if err := os.WriteFile(questions, ask.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	// The socket's name and no configuration: a server of this test's own.
	run := func(arguments ...string) *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), tmux, append([]string{"-u", "-S", filepath.Join(dir, "tmux"), "-f", "/dev/null"}, arguments...)...)
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TERM=xterm-256color", "LC_ALL=C.UTF-8", "SHELL=/bin/sh"}
		return cmd
	}
	script := fmt.Sprintf("stty raw -echo; cat '%s' & exec cat >'%s'", questions, answers)
	if out, err := run("new-session", "-d", "-x", strconv.Itoa(columnsWidth), "-y", "3", script).CombinedOutput(); err != nil {
		t.Fatalf("tmux: %v: %s", err, out)
	}
	defer func() { _ = run("kill-server").Run() }()
	for begin := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		got, _ := os.ReadFile(answers) // it comes into being with the first answer
		places := cursorReport.FindAllStringSubmatch(string(got), -1)
		if len(places) >= len(texts) {
			return columns(t, places[:len(texts)])
		}
		if time.Since(begin) > 4*Timeout {
			t.Fatalf("tmux answered %d of %d questions", len(places), len(texts))
		}
	}
}

var cursorReport = regexp.MustCompile(`\x1b\[(\d+);(\d+)R`)

func columns(t testing.TB, places [][]string) []int {
	t.Helper()
	out := make([]int, len(places))
	for n, p := range places {
		column, err := strconv.Atoi(p[2])
		if err != nil {
			t.Fatal(err)
		}
		out[n] = column - 1
	}
	return out
}
