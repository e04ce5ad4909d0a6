//go:build unix

package flow

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestTricksInTheStateDirectory plays another user of the machine who can reach
// the state directory: the program says what is wrong, follows no link, waits for
// no pipe, and touches nothing behind them. (state's own tests have more.)
func TestTricksInTheStateDirectory(t *testing.T) {
	t.Parallel()
	const name = "history/demo-2a97516c354b.jsonl"
	for _, trick := range []struct {
		what, says string
		play       func(t *testing.T, directory, victim string)
	}{
		{"linked directory", "symbolic link", func(t *testing.T, directory, victim string) {
			must(t, os.Mkdir(victim+".d", 0o700), os.Symlink(victim+".d", directory))
		}},
		{"directory that all can write", "can be written by other users", func(t *testing.T, directory, _ string) {
			must(t, os.Mkdir(directory, 0o700), os.Chmod(directory, 0o777))
		}},
		{"linked history", "not a regular file", func(t *testing.T, directory, victim string) {
			must(t, os.MkdirAll(filepath.Join(directory, "history"), 0o700), os.Symlink(victim, filepath.Join(directory, name)))
		}},
		{"hard link", "hard link", func(t *testing.T, directory, victim string) {
			must(t, os.MkdirAll(filepath.Join(directory, "history"), 0o700), os.Link(victim, filepath.Join(directory, name)))
		}},
		{"pipe", "not a regular file", func(t *testing.T, directory, _ string) {
			must(t, os.MkdirAll(filepath.Join(directory, "history"), 0o700), syscall.Mkfifo(filepath.Join(directory, name), 0o600))
		}},
	} {
		t.Run(trick.what, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			victim := filepath.Join(home, "victim")
			must(t, os.WriteFile(victim, []byte("as it was\n"), 0o600), os.Chmod(home, 0o700))
			trick.play(t, filepath.Join(home, "glance-tui"), victim)
			cmd := exec.Command(program, "history", "--demo")
			cmd.Env = []string{"HOME=" + home, "XDG_STATE_HOME=" + home}
			out, _ := cmd.CombinedOutput()
			if !strings.Contains(string(out), trick.says) {
				t.Errorf("it says %q", out)
			}

			// And in the UI, which would write there: the problem is said, and
			// an edit can go on.
			m := run(t, 120, 30, []string{"XDG_STATE_HOME=" + home}, "--demo")
			pick(m, "Fedora 17")
			m.Press("e")
			m.WaitFor("No changes yet")
			m.Type(" x")
			m.WaitFor("1 operation")
			m.Settle()
			m.Press("ctrl+s")
			m.WaitFor("Review", "rename")
			m.Press("enter")
			m.WaitFor("200 OK")
			if text, err := os.ReadFile(victim); err != nil || string(text) != "as it was\n" {
				t.Errorf("the victim holds %q (%v)", text, err)
			}
			if left, _ := os.ReadDir(victim + ".d"); len(left) > 0 {
				t.Errorf("written behind the link: %v", left)
			}
		})
	}
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}
