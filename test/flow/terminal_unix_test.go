//go:build unix

package flow

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// afterwards serves an embedded service's answers, and says something more on each
// connection when an answer is complete: what a proxy does before it closes one,
// and what only an attacker does.
func afterwards(t *testing.T, more string) (url string, closed <-chan struct{}) {
	t.Helper()
	ended := make(chan struct{}, 100)
	behind := start(t, demo.Options{Still: true})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				req, err := http.ReadRequest(bufio.NewReader(conn))
				if err != nil {
					return
				}
				req, err = http.NewRequest(req.Method, behind+req.URL.String(), nil)
				if err != nil {
					return
				}
				resp, err := http.DefaultClient.Do(req)
				if err != nil {
					return
				}
				defer resp.Body.Close()
				body, err := io.ReadAll(resp.Body)
				if err != nil {
					return
				}
				resp.Body, resp.ContentLength, resp.TransferEncoding = io.NopCloser(bytes.NewReader(body)), int64(len(body)), nil
				_ = resp.Write(conn)
				time.Sleep(50 * time.Millisecond) // the connection is idle by then
				fmt.Fprint(conn, more)
				_, _ = io.Copy(io.Discard, conn) // until the client has closed it
				ended <- struct{}{}
			}()
		}
	}()
	return "http://" + listener.Addr().String(), ended
}

// TestLibrariesDoNotWriteOnTheScreen: net/http logs what comes on an idle
// connection, with the server's words, to standard error.
func TestLibrariesDoNotWriteOnTheScreen(t *testing.T) {
	t.Parallel()
	for name, more := range map[string]string{
		"text after an answer": "type your password: ",
		"a proxy's last words": "HTTP/1.0 503 Service Unavailable\r\nConnection: close\r\n\r\n<html>shutting down type your password</html>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, closed := afterwards(t, more)
			m := run(t, 100, 30, nil, "--os-auth-type", "none", "--os-endpoint", server, "--refresh", "0")
			m.WaitFor("NAME", "Fedora 17")
			<-closed // net/http has said it by then
			m.Settle()
			if raw := string(m.Raw()); strings.Contains(raw, "Unsolicited") || strings.Contains(raw, "type your password") {
				t.Errorf("it is on the screen:\n%s", m.Screen())
			}
			m.Press("L")
			m.WaitFor("Program log", "Unsolicited response")
			m.Press("esc")
			m.WaitGone("Unsolicited")
		})
	}
}

// TestWhatOthersWriteDoesNotStay: nothing that is written to the program's standard
// error reaches the screen, and what others write to the terminal goes with ctrl+l.
func TestWhatOthersWriteDoesNotStay(t *testing.T) {
	t.Parallel()
	m := run(t, 100, 30, nil, "--demo")
	m.WaitFor("NAME", "Fedora 17")
	m.Silence(200 * time.Millisecond)
	fds := fmt.Sprintf("/proc/%d/fd/", m.Pid())
	if _, err := os.Stat(fds); err != nil {
		t.Skip("this system does not show what a process has open")
	}
	write := func(path, text string) {
		t.Helper()
		f, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NOCTTY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		fmt.Fprint(f, text)
	}
	write(fds+"2", "\x1b[5;5Hto standard error\n")
	m.Until("to show the log", func(string) bool { // it may take a moment to be caught
		m.Press("L")
		return strings.Contains(m.Screen(), "Program log") && strings.Contains(m.Screen(), "to standard error")
	})
	m.Press("esc")
	m.WaitGone("to standard error")
	for _, open := range []string{"", "e", "\x13"} { // the list, a form, its review
		m.Send(open)
		m.Silence(200 * time.Millisecond)
		write(fds+"0", "\x1b[5;5Hto the terminal")
		m.WaitFor("to the terminal")
		m.Press("ctrl+l")
		m.WaitGone("to the terminal")
	}
}

// deaf is the program in a terminal whose end it is not told by a signal: nohup and
// the runners of tasks have SIGHUP ignored.
func deaf(t *testing.T, home string, args ...string) *terminal.Terminal {
	t.Helper()
	cmd := exec.Command("sh", append([]string{"-c", `trap "" HUP; exec "$0" "$@"`, program}, args...)...)
	cmd.Dir = home
	cmd.Env = []string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"),
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "XDG_STATE_HOME=" + filepath.Join(home, "state"),
	}
	return terminal.Start(t, 80, 24, cmd)
}

// TestATerminalThatIsGoneEndsTheProgram, and lets the draft go, without any signal.
func TestATerminalThatIsGoneEndsTheProgram(t *testing.T) {
	t.Parallel()
	home, server := t.TempDir(), start(t, demo.Options{Still: true})
	args := []string{"--os-auth-type", "none", "--os-endpoint", server}
	m := deaf(t, home, args...)
	pick(m, "Fedora 17")
	m.Press("e")
	m.WaitFor("Edit Fedora 17")
	m.Type(" Server")
	waitKept(t, home, "Fedora 17 Server")
	m.Close()

	m = runIn(t, home, 80, 24, nil, args...)
	m.WaitFor("Draft of Fedora 17 saved")
	m.Press("D", "enter")
	m.WaitFor("Edit Fedora 17", "Fedora 17 Server")
}

// TestAWindowLargerThanAnyScreen, while the program runs, neither ends it nor takes
// its memory.
func TestAWindowLargerThanAnyScreen(t *testing.T) {
	t.Parallel()
	m := run(t, 100, 30, nil, "--demo")
	m.WaitFor("NAME", "Fedora 17")
	proc := fmt.Sprintf("/proc/%d/", m.Pid())
	tty, err := os.OpenFile(proc+"fd/0", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("this system does not show what a process has open")
	}
	defer tty.Close()
	if err := pty.Setsize(tty, &pty.Winsize{Cols: 65535, Rows: 65535}); err != nil {
		t.Fatal(err)
	}
	m.Settle()
	m.Press("j")
	m.Resize(80, 24)
	m.Press("?")
	m.WaitFor("Keys")
	status, err := os.ReadFile(proc + "status")
	if err != nil {
		t.Fatal(err)
	}
	var peak int
	for line := range strings.Lines(string(status)) {
		_, _ = fmt.Sscanf(line, "VmHWM: %d kB", &peak)
	}
	if peak == 0 || peak > 300<<10 {
		t.Errorf("it took %d MiB", peak>>10)
	}
}
