package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// The size of the terminal that the user interface is measured in.
const (
	columns = 120
	lines   = 40
)

// frame is what the program wrote for one change of its screen, and when the
// last byte of it had come.
type frame struct {
	at   time.Time
	text []byte
}

// ui is the program in a pseudo-terminal.
type ui struct {
	cmd     *exec.Cmd
	tty     *os.File
	started time.Time
	frames  chan frame
	screen  *vt.Emulator

	mu  sync.Mutex
	sum int // bytes read
}

// startUI starts the program on a server's images.
func startUI(ctx context.Context, s *server, image string, arguments ...string) (*ui, error) {
	cmd := exec.CommandContext(ctx, s.program, arguments...)
	cmd.Env = append(s.environment(image), "TERM=xterm-256color", "COLORTERM=truecolor")
	u := &ui{cmd: cmd, frames: make(chan frame, 1<<14), screen: vt.NewEmulator(columns, lines), started: time.Now()}
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: columns, Rows: lines})
	if err != nil {
		return nil, err
	}
	u.tty = tty
	go u.read()
	go func() { _, _ = io.Copy(tty, u.screen) }() // what a terminal answers
	return u, nil
}

// What is at both ends of a frame where the terminal says that it can hold
// one back until it is whole (mode 2026), as the emulator does here.
var (
	frameBegins = []byte("\x1b[?2026h")
	frameEnds   = []byte("\x1b[?2026l")
)

// askedForFrames is the question whether it can, and canFrames the answer.
const (
	askedForFrames = "\x1b[?2026$p"
	canFrames      = "\x1b[?2026;2$y"
)

// read cuts the program's output into frames.
func (u *ui) read() {
	defer close(u.frames)
	var pending []byte
	buf := make([]byte, 64<<10)
	for {
		n, err := u.tty.Read(buf)
		now := time.Now()
		u.mu.Lock()
		u.sum += n
		u.mu.Unlock()
		if bytes.Contains(buf[:n], []byte(askedForFrames)) {
			_, _ = u.tty.WriteString(canFrames)
		}
		pending = append(pending, buf[:n]...)
		for more := true; more; {
			var text []byte
			text, pending, more = nextFrame(pending)
			if len(text) > 0 {
				u.frames <- frame{now, text}
			}
		}
		if err != nil {
			return
		}
	}
}

// nextFrame takes one frame, or what is outside of frames. It is false when
// there is nothing more to take until more has come.
func nextFrame(output []byte) (text, rest []byte, more bool) {
	begin := bytes.Index(output, frameBegins)
	end := len(output)
	switch {
	case begin > 0:
		end = begin
	case begin == 0:
		if end = bytes.Index(output, frameEnds); end < 0 {
			return nil, output, false
		}
		end += len(frameEnds)
	}
	return bytes.Clone(output[:end]), output[end:], end < len(output)
}

var errEnded = errors.New("the program has ended")

// draw draws the next frame, or gives up at the deadline.
func (u *ui) draw(deadline time.Time) (frame, error) {
	wait := time.NewTimer(time.Until(deadline))
	defer wait.Stop()
	select {
	case f, open := <-u.frames:
		if !open {
			return f, errEnded
		}
		_, _ = u.screen.Write(f.text)
		return f, nil
	case <-wait.C:
		return frame{}, fmt.Errorf("nothing came in time; the screen:\n%s", u.screen.String())
	}
}

// until draws frames until the screen is as wanted, and gives the frame that
// made it so.
func (u *ui) until(timeout time.Duration, ok func(screen string) bool) (frame, error) {
	deadline := time.Now().Add(timeout)
	for {
		f, err := u.draw(deadline)
		if err != nil {
			return f, err
		}
		if ok(u.screen.String()) {
			return f, nil
		}
	}
}

// firstImage waits for the first image on the screen, and tells how long it
// took from the start.
func (u *ui) firstImage(name string) (time.Duration, error) {
	name = name[:min(len(name), 12)] // a column may cut it
	f, err := u.until(time.Minute, func(s string) bool { return strings.Contains(s, name) })
	return f.at.Sub(u.started), err
}

// pass draws all that comes in a time.
func (u *ui) pass(d time.Duration) {
	for end := time.Now().Add(d); ; {
		if _, err := u.draw(end); err != nil {
			return
		}
	}
}

// bytes is how much the program has written.
func (u *ui) bytes() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.sum
}

// end ends the program and waits for it.
func (u *ui) end() {
	_ = u.cmd.Process.Kill()
	_ = u.cmd.Wait()
	_ = u.tty.Close()
	if answers, ok := u.screen.InputPipe().(io.Closer); ok {
		_ = answers.Close()
	}
	for range u.frames {
	}
}

// memory is what the program holds.
type memory struct{ resident, peak int64 } // bytes; 0: unknown

func (u *ui) memory() memory {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", u.cmd.Process.Pid))
	if err != nil {
		return memory{}
	}
	return memory{resident: kilobytes(string(status), "VmRSS:"), peak: kilobytes(string(status), "VmHWM:")}
}

func kilobytes(status, field string) int64 {
	for line := range strings.Lines(status) {
		var n int64
		if rest, found := strings.CutPrefix(line, field); found {
			_, _ = fmt.Sscan(rest, &n)
			return n << 10
		}
	}
	return 0
}
