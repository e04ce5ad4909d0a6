//go:build !unix

package tty

import (
	"io"
	"os"
)

// Stderr is the standard error of the process while the program draws.
type Stderr struct{ before *os.File }

// CatchStderr turns what Go code writes to os.Stderr to a log.
func CatchStderr(to io.Writer) (*Stderr, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	s := &Stderr{before: os.Stderr}
	os.Stderr = w
	go func() { _, _ = io.Copy(to, r); _ = r.Close() }()
	return s, nil
}

// Real is where the standard error led.
func (s *Stderr) Real() *os.File { return s.before }

// Release leads the standard error back to where it led.
func (s *Stderr) Release() {
	_ = os.Stderr.Close()
	os.Stderr = s.before
}
