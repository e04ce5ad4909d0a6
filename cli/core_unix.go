//go:build unix

package cli

import "syscall"

// noCore keeps the system from writing this program's memory to a file when it
// dies: tokens and passwords are in it.
func noCore() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) // where that is not allowed, there is nothing better
}
