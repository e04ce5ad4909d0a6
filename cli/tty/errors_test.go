package tty

import (
	"io"
	"io/fs"
	"syscall"
)

var (
	errEOF   = io.EOF
	errIO    = &fs.PathError{Op: "read", Path: "/dev/tty", Err: syscall.EIO}
	errAgain = &fs.PathError{Op: "read", Path: "/dev/tty", Err: syscall.EAGAIN}
)
