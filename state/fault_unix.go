//go:build unix

package state

import "syscall"

// systemFaults are errors of the system that a user can do something about,
// each with the directory for its %s.
var systemFaults = []struct {
	err  error
	text string
}{
	{syscall.ENOSPC, "the disk of %s is full: free some space there, or set XDG_STATE_HOME to another disk"},
	{syscall.EDQUOT, "your quota on the disk of %s is used up: free some space there, or set XDG_STATE_HOME to another disk"},
	{syscall.EFBIG, "a file in %s would grow beyond what is allowed: see ulimit -f, or set XDG_STATE_HOME to another disk"},
	{syscall.EROFS, "the disk of %s is read-only: set XDG_STATE_HOME to a writable directory"},
	{syscall.EMFILE, "too many files are open to use %s: raise ulimit -n"},
	{syscall.ENFILE, "too many files are open on this machine to use %s: close other programs"},
	{syscall.ENOLCK, "the disk of %s cannot lock files: set XDG_STATE_HOME to a local disk"},
	{syscall.EOPNOTSUPP, "the disk of %s cannot lock files: set XDG_STATE_HOME to a local disk"},
	{syscall.EIO, "I/O error on the disk of %s: see the system log, or set XDG_STATE_HOME to another disk"},
	{syscall.ENOTDIR, "a part of the path %s is a file: move it elsewhere, or set XDG_STATE_HOME to another directory"},
	{syscall.ELOOP, "the path %s has a symbolic link loop: fix it, or set XDG_STATE_HOME to another directory"},
	{syscall.ESTALE, "the network disk of %s was lost: try again, or set XDG_STATE_HOME to a local disk"},
}
