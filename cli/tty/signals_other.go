//go:build !unix

package tty

import "os"

// RescueOn has nothing to wait for: this system has no such signals.
func (s *Session) RescueOn(func()) (stop func()) { return func() {} }

// Stop does nothing: this system stops no program.
func Stop() bool { return false }

// GoingOn never tells anything.
func GoingOn() (again <-chan os.Signal, stop func()) { return nil, func() {} }
