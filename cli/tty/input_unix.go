//go:build unix

package tty

import (
	"errors"
	"time"

	"golang.org/x/sys/unix"
)

// readable reports whether a byte, or the end, can be read within some time. By select:
// poll knows no terminals on macOS.
func readable(fd uintptr, within time.Duration) bool {
	if fd >= unix.FD_SETSIZE {
		return false
	}
	for end := time.Now().Add(within); ; {
		var set unix.FdSet
		set.Set(int(fd))
		left := unix.NsecToTimeval(max(0, time.Until(end)).Nanoseconds())
		n, err := unix.Select(int(fd)+1, &set, nil, nil, &left)
		if !errors.Is(err, unix.EINTR) {
			return n > 0 || err != nil
		}
	}
}
