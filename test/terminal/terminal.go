// Package terminal runs a program in a real pseudo-terminal and reads its
// screen as a user does, for tests that tell a user's story: press, wait for
// what shows, press again. There are no sleeps in such a story: every wait is
// for a text.
package terminal

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"github.com/glance-tui/glance-tui/test/wire"
)

// Timeout is how long a wait takes before the test fails: so long that only a
// program that hangs comes to it, however slow and shared the machine is.
var Timeout = 5 * time.Minute

// Terminal is a program on a screen.
type Terminal struct {
	t    testing.TB
	line Line
	tty  *os.File
	cmd  *exec.Cmd
	done chan struct{}

	shown, typed *pipe // from the program, and to it

	closing sync.Mutex
	closed  bool // the terminal is to be taken away

	// drawing guards screen: vt's own safe emulator leaves most of it open.
	drawing sync.Mutex
	screen  *vt.Emulator

	mu      sync.Mutex
	raw     bytes.Buffer
	drawn   int // of these
	changed time.Time
	err     error
}

// Start runs a program in a terminal of the given size. The program is ended
// with the test.
func Start(t testing.TB, width, height int, cmd *exec.Cmd) *Terminal {
	t.Helper()
	return StartOver(t, Line{}, width, height, cmd)
}

// StartOver is Start with a line between the two.
func StartOver(t testing.TB, line Line, width, height int, cmd *exec.Cmd) *Terminal {
	t.Helper()
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append(cmd.Env, "LANG=C.UTF-8", "LC_ALL=C.UTF-8")
	cmd.Env = append(cmd.Env, line.environment()...)
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
	if err != nil {
		t.Fatalf("start %s: %v", cmd, err)
	}
	m := &Terminal{t: t, line: line, tty: tty, cmd: cmd, done: make(chan struct{}), screen: vt.NewEmulator(width, height)}
	m.shown, m.typed = newPipe(m.draw, nil), newPipe(m.deliver, m.done)
	go m.read()
	go m.answer()
	t.Cleanup(m.end)
	return m
}

// read takes what the program writes, and has it drawn when it arrives.
func (m *Terminal) read() {
	buf := make([]byte, m.line.chunk())
	for {
		n, err := m.tty.Read(buf)
		m.mu.Lock()
		m.raw.Write(buf[:n])
		m.changed = time.Now()
		m.mu.Unlock()
		m.line.carry(n)
		m.shown.in <- parcel{bytes.Clone(buf[:n]), time.Now().Add(m.line.Delay)}
		if err != nil {
			break
		}
		if m.takenAway() {
			break
		}
	}
	m.shown.close()
	m.err = m.cmd.Wait()
	close(m.done)
}

// takenAway closes the terminal where Close asks for it.
func (m *Terminal) takenAway() bool {
	m.closing.Lock()
	defer m.closing.Unlock()
	if m.closed {
		_ = m.tty.Close()
	}
	return m.closed
}

func (m *Terminal) draw(output []byte) {
	m.drawing.Lock()
	_, _ = m.screen.Write(output)
	m.drawing.Unlock()
	m.mu.Lock()
	m.changed, m.drawn = time.Now(), m.drawn+len(output)
	m.mu.Unlock()
}

// answer sends the terminal's answers (cursor position, colors) back.
func (m *Terminal) answer() {
	buf := make([]byte, 1024)
	for {
		n, err := m.screen.Read(buf)
		if n > 0 && !m.line.Mute {
			m.send(buf[:n])
		}
		if err != nil {
			return
		}
	}
}

// send puts bytes on the line to the program.
func (m *Terminal) send(b []byte) {
	select {
	case m.typed.in <- parcel{bytes.Clone(b), time.Now().Add(m.line.Delay)}:
	case <-m.done:
	}
}

func (m *Terminal) deliver(b []byte) {
	m.line.carry(len(b))
	_, _ = m.tty.Write(b)
}

func (m *Terminal) end() {
	select {
	case <-m.done:
	default:
		_ = m.cmd.Process.Kill()
		<-m.done
	}
	_ = m.tty.Close()
	// Not screen.Close: it sets what answer reads.
	if answers, ok := m.screen.InputPipe().(io.Closer); ok {
		_ = answers.Close()
	}
}

// Screen is what is on the screen now, as text.
func (m *Terminal) Screen() string {
	m.drawing.Lock()
	lines := strings.Split(m.screen.String(), "\n")
	m.drawing.Unlock()
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// Seen is what a user sees now, with its styles.
func (m *Terminal) Seen() wire.Screen {
	m.drawing.Lock()
	defer m.drawing.Unlock()
	return wire.Seen(m.screen)
}

// Raw is every byte that the program wrote so far.
func (m *Terminal) Raw() []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return bytes.Clone(m.raw.Bytes())
}

// Press sends keys by their names, each on its own: "enter", "ctrl+s", "j".
func (m *Terminal) Press(names ...string) {
	m.t.Helper()
	for _, n := range names {
		b, ok := sequences[n]
		if !ok {
			switch {
			case strings.HasPrefix(n, "ctrl+") && len(n) == 6:
				b = string(n[5] & 0x1f)
			case strings.HasPrefix(n, "alt+"):
				b = "\x1b" + n[4:]
			default:
				b = n
			}
		}
		m.Send(b)
		m.Settle()
		if b == "\x1b" { // the program has it by now
			time.Sleep(escapeAlone)
			m.Settle()
		}
	}
}

// escapeAlone is longer than programs wait to see whether an escape begins a
// sequence; what is sent sooner would be read as alt and a letter.
const escapeAlone = 120 * time.Millisecond

// Type sends text letter by letter.
func (m *Terminal) Type(text string) {
	m.t.Helper()
	m.Send(text)
	m.Settle()
}

// Send writes bytes to the program as they are.
func (m *Terminal) Send(s string) {
	m.t.Helper()
	select {
	case <-m.done:
		m.t.Fatalf("send %q: the program ended (%v)\n%s", s, m.err, m.Screen())
	default:
		m.send([]byte(s))
	}
}

// Settle waits until the program has taken what was sent and drawn what comes of
// it at once, so that the next key is not read together with the last (an escape
// and a letter would be one key). It is no wait for a result: use WaitFor.
func (m *Terminal) Settle() { m.Silence(40 * time.Millisecond) }

// Silence waits until the program has been silent for so long while it had nothing
// to do, and all it wrote is on the screen. One that is never silent is left after
// two seconds more, but on a slow line.
func (m *Terminal) Silence(silence time.Duration) {
	begin, most := time.Now(), 2*time.Second+silence+2*m.line.Delay
	if m.line.Rate > 0 {
		most = Timeout
	}
	since, end := begin, begin.Add(Timeout)
	for time.Now().Before(end) {
		m.mu.Lock()
		changed, all := m.changed, m.drawn == m.raw.Len()
		m.mu.Unlock()
		if changed.After(since) {
			since = changed
		}
		if noisy := !all || time.Since(since) < silence; !noisy || time.Since(begin) > most {
			if !busy(m.Pid()) {
				return
			}
			since = time.Now() // on a loaded machine a moment is not enough
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// WaitFor waits until every text is on the screen.
func (m *Terminal) WaitFor(texts ...string) {
	m.t.Helper()
	m.Until("to show "+strings.Join(texts, ", "), func(s string) bool {
		for _, t := range texts {
			if !strings.Contains(s, t) {
				return false
			}
		}
		return true
	})
}

// WaitGone waits until a text is no longer on the screen.
func (m *Terminal) WaitGone(text string) {
	m.t.Helper()
	m.Until("to lose "+text, func(s string) bool { return !strings.Contains(s, text) })
}

// Until waits until the screen is as wanted.
func (m *Terminal) Until(what string, ok func(screen string) bool) {
	m.t.Helper()
	deadline := time.Now().Add(Timeout)
	for {
		if ok(m.Screen()) {
			return
		}
		select {
		case <-m.done:
			if ok(m.Screen()) {
				return
			}
			m.t.Fatalf("the program ended (%v) while the screen was %s:\n%s", m.err, what, m.Screen())
		case <-time.After(10 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			m.t.Fatalf("waited %s for the screen %s:\n%s", Timeout, what, m.Screen())
		}
	}
}

// WaitExit waits for the end of the program and gives its exit status.
func (m *Terminal) WaitExit() int {
	m.t.Helper()
	select {
	case <-m.done:
	case <-time.After(Timeout):
		m.t.Fatalf("did not end:\n%s", m.Screen())
	}
	return m.cmd.ProcessState.ExitCode()
}

// Kill sends a signal to the program.
func (m *Terminal) Kill(s os.Signal) {
	m.t.Helper()
	if err := m.cmd.Process.Signal(s); err != nil {
		m.t.Fatal(err)
	}
}

// Close takes the terminal away from the program, as the end of a connection
// or a closed window does, and waits for the program's end.
func (m *Terminal) Close() {
	m.t.Helper()
	// A read in progress keeps the terminal open: have the program draw, so that
	// it returns.
	m.closing.Lock()
	m.closed = true
	err := pty.Setsize(m.tty, &pty.Winsize{Cols: 60, Rows: 15})
	m.closing.Unlock()
	if err != nil {
		m.t.Fatal(err)
	}
	m.WaitExit()
}

// Resize changes the size of the window.
func (m *Terminal) Resize(width, height int) {
	m.t.Helper()
	m.drawing.Lock()
	m.screen.Resize(width, height)
	m.drawing.Unlock()
	if err := pty.Setsize(m.tty, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}); err != nil {
		m.t.Fatal(err)
	}
	m.Settle()
}

var sequences = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
	"pgup": "\x1b[5~", "pgdown": "\x1b[6~", "delete": "\x1b[3~", "f1": "\x1bOP",
	"alt+up": "\x1b[1;3A", "alt+down": "\x1b[1;3B", "shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B",
}
