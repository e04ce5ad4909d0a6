//go:build !unix

package tty

import "time"

// readable never waits: here Bubble Tea reads keys from the console itself.
func readable(uintptr, time.Duration) bool { return false }
