//go:build unix

package state

import "syscall"

// systemFaults are errors of the system that a person can do something about,
// each with the folder for its %s.
var systemFaults = []struct {
	err  error
	text string
}{
	{syscall.ENOSPC, "the disk of %s is full: free some space there, or set XDG_STATE_HOME to another disk"},
	{syscall.EDQUOT, "your quota on the disk of %s is used up: free some space there, or set XDG_STATE_HOME to another disk"},
	{syscall.EFBIG, "a file in %s would grow beyond what is allowed: see ulimit -f, or set XDG_STATE_HOME to another disk"},
	{syscall.EROFS, "the disk of %s is read-only: set XDG_STATE_HOME to a folder that can be written"},
	{syscall.EMFILE, "too many files are open to use %s: raise ulimit -n"},
	{syscall.ENFILE, "too many files are open on this machine to use %s: close other programs"},
	{syscall.ENOLCK, "the disk of %s cannot lock files: set XDG_STATE_HOME to a local disk"},
	{syscall.EOPNOTSUPP, "the disk of %s cannot lock files: set XDG_STATE_HOME to a local disk"},
	{syscall.EIO, "the disk of %s fails: look at the system's log, or set XDG_STATE_HOME to another disk"},
	{syscall.ENOTDIR, "a part of the path %s is a file: move it away, or set XDG_STATE_HOME to another folder"},
	{syscall.ELOOP, "the path %s is a loop of symbolic links: mend it, or set XDG_STATE_HOME to another folder"},
	{syscall.ESTALE, "the network disk of %s was lost: try again, or set XDG_STATE_HOME to a local disk"},
}
