//go:build unix

package tty

import (
	"io"
	"os"
	"runtime/debug"
	"time"

	"golang.org/x/sys/unix"
)

// Stderr is the standard error of the process while the program draws on the
// terminal that it leads to: whatever is written there goes to a log.
type Stderr struct {
	real *os.File // where it led to
	done chan struct{}
}

const stderr = 2

// CatchStderr turns the standard error of the process to a log. What the Go runtime
// says when it ends the program still reaches the real one.
func CatchStderr(to io.Writer) (*Stderr, error) {
	before, err := unix.Dup(stderr)
	if err != nil {
		return nil, err
	}
	unix.CloseOnExec(before)
	found := os.NewFile(uintptr(before), "/dev/stderr")
	r, w, err := os.Pipe()
	if err == nil {
		err = unix.Dup2(int(w.Fd()), stderr)
		_ = w.Close()
	}
	if err != nil {
		_ = found.Close()
		return nil, err
	}
	s := &Stderr{real: found, done: make(chan struct{})}
	_ = debug.SetCrashOutput(found, debug.CrashOptions{})
	go func() {
		_, _ = io.Copy(to, r)
		_ = r.Close()
		close(s.done)
	}()
	return s, nil
}

// Real is where the standard error led.
func (s *Stderr) Real() *os.File { return s.real }

// Release leads the standard error back to where it led. All that was written before
// is in the log then.
func (s *Stderr) Release() {
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	if unix.Dup2(int(s.real.Fd()), stderr) == nil {
		select {
		case <-s.done:
		case <-time.After(time.Second): // a program that we started has it still
		}
	}
	_ = s.real.Close()
}
