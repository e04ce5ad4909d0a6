//go:build unix

package tty

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// RescueOn gives the terminal back before a signal that is to end the program in
// the middle of its work does so: SIGQUIT and SIGABRT have the Go runtime print
// what it was doing, for which the terminal must be one again. before is called
// first; stop ends the waiting.
func (s *Session) RescueOn(before func()) (stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGQUIT, syscall.SIGABRT)
	done := make(chan struct{})
	go func() {
		select {
		case sig := <-signals:
			s.Rescue()
			before()
			signal.Reset(sig)
			_ = syscall.Kill(syscall.Getpid(), sig.(syscall.Signal))
		case <-done:
		}
	}()
	return func() { signal.Stop(signals); close(done) }
}

// Stop stops the program and whatever was started with it, as ctrl+z does, and
// returns when it goes on. It reports whether it was stopped: the system stops no
// program that no shell could have go on.
func Stop() bool {
	goesOn := make(chan os.Signal, 1)
	signal.Notify(goesOn, syscall.SIGCONT)
	defer signal.Stop(goesOn)
	if syscall.Kill(0, syscall.SIGTSTP) != nil {
		return false
	}
	select {
	case <-goesOn:
		return true
	case <-time.After(stopping):
		return false
	}
}

// GoingOn tells that the program was stopped and goes on, until stop is called:
// the shell has overwritten what was on the terminal.
func GoingOn() (again <-chan os.Signal, stop func()) {
	goesOn := make(chan os.Signal, 1)
	signal.Notify(goesOn, syscall.SIGCONT)
	return goesOn, func() { signal.Stop(goesOn) }
}

// stopping is how long the system may take to stop a program.
const stopping = 500 * time.Millisecond
