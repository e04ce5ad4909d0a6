//go:build unix

package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

const (
	// hasModes: the permissions of a file say who may read it.
	hasModes = true
	// openFlags: a link is not followed, a FIFO without a reader or writer not
	// waited for.
	openFlags = syscall.O_NOFOLLOW | syscall.O_NONBLOCK
)

// checkOwner refuses what is not this user's.
func checkOwner(full string, info fs.FileInfo) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if me := os.Geteuid(); ok && int(stat.Uid) != me {
		return refuse(full, fmt.Sprintf("belongs to another user (uid %d, you are %d)", stat.Uid, me),
			"move it elsewhere, or set XDG_STATE_HOME to a directory of yours")
	}
	return nil
}

// links is how many names a file has.
func links(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Nlink) //nolint:unconvert // its type differs between systems
	}
	return 1
}

// syncDirectory makes names in a directory durable, as far as its file system can.
func syncDirectory(root *os.Root, name string) error {
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := fsync(f); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}
