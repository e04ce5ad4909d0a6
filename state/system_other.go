//go:build !unix

package state

import (
	"io/fs"
	"os"
)

// Windows keeps a user's local application data from other users by the
// directory's access list, which files below it inherit; there are no modes to
// check, and directories cannot be synced.
const (
	hasModes  = false
	openFlags = 0
)

func checkOwner(string, fs.FileInfo) error { return nil }

func links(fs.FileInfo) uint64 { return 1 }

func syncDirectory(*os.Root, string) error { return nil }
