//go:build unix

package tty

import (
	"errors"
	"time"

	"golang.org/x/sys/unix"
)

// readable is whether a byte, or the end, can be read within some time.
func readable(fd uintptr, within time.Duration) bool {
	for end := time.Now().Add(within); ; {
		left := max(0, time.Until(end).Round(time.Millisecond))
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, int(left.Milliseconds()))
		if !errors.Is(err, unix.EINTR) {
			return n > 0 || err != nil
		}
	}
}
