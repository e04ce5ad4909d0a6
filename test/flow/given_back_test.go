//go:build unix

package flow

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/test/terminal"
)

// inShell has a shell run a script with the program as $0, over a line.
func inShell(t *testing.T, line terminal.Line, shell []string) (m *terminal.Terminal, home string) {
	t.Helper()
	home = t.TempDir()
	cmd := exec.Command(shell[0], shell[1:]...)
	cmd.Dir = home
	cmd.Env = []string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"), "PS1=ready> ", "PROGRAM=" + program,
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "XDG_STATE_HOME=" + filepath.Join(home, "state"),
	}
	return terminal.StartOver(t, line, 100, 30, cmd), home
}

// signalTo sends a signal to the process whose number a file has.
func signalTo(t *testing.T, file string, s syscall.Signal) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, s); err != nil {
		t.Fatal(err)
	}
}

// TestTheTerminalIsLeftAsItWasFound, whatever ends the program that can be caught.
// What the Go runtime says of SIGQUIT and SIGABRT is on the terminal, behind the
// screen.
func TestTheTerminalIsLeftAsItWasFound(t *testing.T) {
	t.Parallel()
	const script = `stty -a >before; sh -c 'echo $$ >pid; exec "$PROGRAM" --demo'; echo "ended with $?"
		stty -a >after; cmp before after && echo the same; read x`
	for _, c := range []struct {
		signal syscall.Signal
		says   string
	}{
		{0, "ended with 0"}, {syscall.SIGINT, "ended with 1"}, {syscall.SIGTERM, "ended with 1"}, {syscall.SIGHUP, "ended with 1"},
		{syscall.SIGQUIT, "ended with 2"}, {syscall.SIGABRT, "ended with 2"},
	} {
		t.Run(c.says+" by signal "+strconv.Itoa(int(c.signal)), func(t *testing.T) {
			t.Parallel()
			m, home := inShell(t, terminal.Line{}, []string{"sh", "-c", script})
			m.WaitFor("NAME", "Fedora 17")
			if c.signal == 0 {
				m.Press("q")
			} else {
				signalTo(t, filepath.Join(home, "pid"), c.signal)
			}
			m.WaitFor(c.says, "the same")
			raw := string(m.Raw())
			for _, pair := range [][2]string{
				{"\x1b[?1049h", "\x1b[?1049l"}, {"\x1b[?2004h", "\x1b[?2004l"}, {"\x1b[?1004h", "\x1b[?1004l"},
				{"\x1b[?25l", "\x1b[?25h"}, {"\x1b[>", "\x1b[<1u"},
			} {
				if strings.Contains(raw, pair[0]) && strings.LastIndex(raw, pair[0]) > strings.LastIndex(raw, pair[1]) {
					t.Errorf("%q was not reset", pair[0])
				}
			}
			if strings.HasSuffix(c.says, "2") && !strings.Contains(raw[strings.LastIndex(raw, "\x1b[?1049l"):], "goroutine") {
				t.Error("what the runtime says is lost")
			}
		})
	}
}

// TestNoTerminalReplyReachesTheShell: what the terminal answers after the program was left
// again is neither shown nor read as typed.
func TestNoTerminalReplyReachesTheShell(t *testing.T) {
	t.Parallel()
	m, _ := inShell(t, terminal.Line{Delay: 200 * time.Millisecond}, []string{"sh", "-c", `"$PROGRAM" --demo; echo ended; cat`})
	m.Until("to be drawn on", func(string) bool { return strings.Contains(string(m.Raw()), "\x1b]11;?") })
	m.Send("q")
	m.WaitFor("ended")
	m.Silence(time.Second)
	if screen := m.Screen(); strings.Contains(screen, "^[") || strings.Contains(screen, "rgb") {
		t.Errorf("an answer got through:\n%s", screen)
	}
}

// TestSuspend: ctrl+z gives the terminal to the shell, with what was typed on disk,
// and the program goes on where it was.
func TestSuspend(t *testing.T) {
	t.Parallel()
	bash := terminal.Tool(t, "bash", "the program is suspended to it")
	m, _ := inShell(t, terminal.Line{}, []string{bash, "--norc", "--noprofile", "-i"})
	m.WaitFor("ready>")
	m.Type("\"$PROGRAM\" --demo\r")
	m.WaitFor("NAME", "Fedora 17")
	m.Press("j")
	m.Press("ctrl+z")
	m.WaitFor("Stopped", "ready>")
	m.Type("stty -a; echo \"sum: $((20+22))\"\r")
	m.WaitFor("sum: 42", " icanon", " echo ")
	m.Type("fg\r")
	m.WaitFor("NAME", "Fedora 17")
	m.WaitGone("ready>")
	m.Press("e")
	m.WaitFor("Edit ")
	m.Type("xyz")
	m.WaitFor("1 operation")
	m.Press("ctrl+z") // here it is undo
	m.WaitFor("No changes yet")
	m.Press("esc", "q")
	m.WaitFor("ready>")
}

// TestSuspendWithoutAShell: where no one could have it go on, it says so.
func TestSuspendWithoutAShell(t *testing.T) {
	t.Parallel()
	m := run(t, 100, 30, nil, "--demo")
	m.WaitFor("NAME", "Fedora 17")
	m.Press("ctrl+z")
	m.WaitFor("Could not suspend", "NAME", "Fedora 17")
}
