//go:build unix

package flow

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/test/terminal"
)

const anImage = `{"id": "5f0c1e5f-0c1e-4f0c-8e5f-0c1e5f0c1e5f", "name": "%s", "status": "queued", "visibility": "private"}`

// place is a directory with two documents and a pipe that no one writes to.
func place(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"before", "wanted"} {
		if err := os.WriteFile(filepath.Join(dir, name+".json"), fmt.Appendf(nil, anImage, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func commandIn(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME=" + dir}
	return cmd
}

// A signal ends a command that reads what has no end: a terminal, a pipe.
func TestASignalEndsTheReadingOfADocument(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"a terminal": {"diff", "pipe", "-"},
		"a pipe":     {"diff", "pipe", "wanted.json"},
	} {
		for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
			t.Run(name+", "+s.String(), func(t *testing.T) {
				t.Parallel()
				dir := place(t)
				m := terminal.Start(t, 80, 10, commandIn(dir, append([]string{program}, args...)...))
				pipe, err := os.OpenFile(filepath.Join(dir, "pipe"), os.O_WRONLY, 0) // opens when it is read from
				if err != nil {
					t.Fatal(err)
				}
				defer pipe.Close()
				if name == "a terminal" {
					if _, err := fmt.Fprintf(pipe, anImage, "before"); err != nil {
						t.Fatal(err)
					}
					_ = pipe.Close()
				}
				m.Kill(s)
				if status := m.WaitExit(); status != 1 || !strings.Contains(m.Screen(), "Stopped.") {
					t.Errorf("exit status %d:\n%s", status, m.Screen())
				}
			})
		}
	}
}

// Whatever the program is stuck in (here it writes to a full pipe that no one
// reads), a second signal ends it.
func TestASecondSignalEndsTheProcess(t *testing.T) {
	t.Parallel()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	defer write.Close()
	fd := int(write.Fd()) // which makes it blocking
	if err := syscall.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	for some := make([]byte, 4096); ; {
		if _, err := syscall.Write(fd, some); err != nil {
			break // full
		}
	}
	if err := syscall.SetNonblock(fd, false); err != nil {
		t.Fatal(err)
	}
	cmd := commandIn(place(t), program, "man")
	cmd.Stdout = write
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	timeout := time.After(terminal.Timeout)
	for {
		select {
		case <-ended:
			return
		case <-again.C:
			_ = cmd.Process.Signal(syscall.SIGTERM)
		case <-timeout:
			_ = cmd.Process.Kill()
			t.Fatal("it lives on")
		}
	}
}

// What is no regular file is refused where one is meant, and what never ends
// has a bound.
func TestOddFilesAreRefused(t *testing.T) {
	t.Parallel()
	dir := place(t)
	for _, c := range []struct {
		env  []string
		args []string
		says string
	}{
		{nil, []string{"diff", "before.json", "/dev/zero"}, "/dev/zero: it is larger than 64 MiB"},
		{nil, []string{"diff", ".", "wanted.json"}, "is a directory"},
		{nil, []string{"list", "--os-endpoint", "https://127.0.0.1:1", "--os-cacert", "pipe"}, "cacert file pipe is not a regular file"},
		{nil, []string{"list", "--os-endpoint", "https://127.0.0.1:1", "--os-cacert", "/dev/zero"}, "cacert file /dev/zero is not a regular file"},
		{nil, []string{"list", "--os-endpoint", "https://127.0.0.1:1", "--os-cert", "pipe"}, "cert file pipe is not a regular file"},
		{[]string{"REQUESTS_CA_BUNDLE=/dev/zero"}, []string{"list", "--os-endpoint", "https://127.0.0.1:1"}, "REQUESTS_CA_BUNDLE file /dev/zero is not a regular file"},
		{[]string{"OS_CLIENT_CONFIG_FILE=pipe"}, []string{"list", "--os-cloud", "x"}, "pipe is not a regular file"},
		{[]string{"OS_CLIENT_CONFIG_FILE=/dev/zero"}, []string{"list", "--os-cloud", "x"}, "/dev/zero is not a regular file"},
	} {
		cmd := commandIn(dir, append([]string{program}, c.args...)...)
		cmd.Env = append(cmd.Env, c.env...)
		out, err := cmd.CombinedOutput()
		if err == nil || cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), c.says) {
			t.Errorf("%q: %v, %s\nwant %q", c.args, err, out, c.says)
		}
	}
}

// A shell's <(...) is a pipe, and works.
func TestADocumentMayBeAPipe(t *testing.T) {
	t.Parallel()
	bash := terminal.Tool(t, "bash", "which has process substitution")
	cmd := commandIn(place(t), bash, "-c", `"$0" diff before.json <(cat wanted.json)`, program)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), `"wanted"`) {
		t.Errorf("%v: %s", err, out)
	}
}

// Output that could not be written is a failure, whatever was to be written.
func TestOutputThatIsLostIsAFailure(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full here")
	}
	dir := place(t)
	for _, args := range [][]string{
		{"--help"}, {"diff", "--help"}, {"help", "connecting"}, {"help", "filters"}, {"--version"}, {"man"}, {"demo-server", "--fault", "help"},
		{"completion", "bash"}, {"completion", "zsh"}, {"completion", "fish"}, {"completion", "powershell"}, {"diff", "before.json", "wanted.json"},
		{"list", "--demo"}, {"list", "--demo", "-f", "json"}, {"show", "--demo", "Fedora 17"}, {"demo-server", "--listen", "127.0.0.1:0"},
	} {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		cmd := commandIn(dir, append([]string{program}, args...)...)
		var said strings.Builder
		cmd.Stdout, cmd.Stderr = full, &said
		err = cmd.Run()
		_ = full.Close()
		if status := cmd.ProcessState.ExitCode(); status != 1 || !strings.Contains(said.String(), "no space left on device") {
			t.Errorf("%q: exit status %d, %v: %s", args, status, err, &said)
		}
	}
}
