package flow

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/faults"
)

// TestAnEditInProgressIsFoundOut kills the program while it waits for the
// answer; the next start reads the image and tells. What does not show so soon may
// still be applied.
func TestAnEditInProgressIsFoundOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ fault, name, says, history string }{
		{"patch:delay=60s@1", "Fedora 17", "No response came to the edit of Fedora 17. It may still be applied", "no response"},
		{"patch:delay=60s,after@1", "Fedora 17 Server", "The edit of Fedora 17 got no response: it was applied", "no response, determined by reading the image"},
	} {
		t.Run(c.says, func(t *testing.T) {
			f, err := faults.Parse(c.fault)
			if err != nil {
				t.Fatal(err)
			}
			home, server := t.TempDir(), start(t, demo.Options{Still: true, Faults: []faults.Fault{f}})
			args := []string{"--os-auth-type", "none", "--os-endpoint", server}
			m := runIn(t, home, 100, 30, nil, args...)
			pick(m, "Fedora 17")
			m.Press("e")
			m.WaitFor("Edit Fedora 17")
			m.Type(" Server")
			m.WaitFor("1 operation")
			m.Press("ctrl+s")
			m.WaitFor("Review")
			m.Press("enter")
			m.WaitFor("stop waiting")
			if strings.HasSuffix(c.fault, "after@1") {
				find(t, server, c.name) // it is done, and no one told us
			}
			m.Kill(syscall.SIGKILL)
			m.WaitExit()

			m = runIn(t, home, 120, 30, nil, args...)
			m.WaitFor(c.says)
			find(t, server, c.name)
			m.Press("H")
			m.WaitFor("History", c.history)
		})
	}
}

// TestUndoInATerminal undoes an edit after a restart, and reads the history
// on the command line.
func TestUndoInATerminal(t *testing.T) {
	t.Parallel()
	home, server := t.TempDir(), start(t, demo.Options{Still: true})
	args := []string{"--os-auth-type", "none", "--os-endpoint", server}
	m := runIn(t, home, 80, 24, nil, args...)
	pick(m, "Fedora 17")
	m.Press("e")
	m.WaitFor("Edit Fedora 17")
	m.Type(" Server")
	m.WaitFor("1 operation")
	m.Press("ctrl+s")
	m.WaitFor("Review")
	m.Press("enter")
	m.WaitFor("200 OK")
	m.Press("ctrl+c")
	m.WaitExit()

	m = runIn(t, home, 80, 24, nil, args...)
	m.WaitFor("NAME")
	m.Press("H")
	m.WaitFor("applied", `rename it to "Fedora 17 Server"`, "u undo it")
	m.Press("u")
	m.WaitFor("Review", "This undoes an earlier edit", `rename it to "Fedora 17"`)
	m.Press("enter")
	m.WaitFor("200 OK")
	m.Press("ctrl+c")
	m.WaitExit()
	find(t, server, "Fedora 17")

	cmd := exec.Command(program, "history")
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME=" + filepath.Join(home, "state")}
	var out, errors bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errors
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, errors.Bytes())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 || !strings.Contains(lines[1], `rename it to "Fedora 17"`) || !strings.Contains(lines[2], `rename it to "Fedora 17 Server"`) {
		t.Errorf("the history is\n%s", out.Bytes())
	}
}
