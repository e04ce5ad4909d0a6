package config

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/glance-tui/glance-tui/model/api"
)

var (
	errFolder     = errors.New("it is a folder")
	errNotRegular = errors.New("it is not a regular file")
	errTooLarge   = errors.New("it is too large")
)

// readRegular reads a whole regular file of at most so many bytes. Nothing else
// is opened: a pipe would hold the program up until somebody writes to it, and
// a device may never end.
func readRegular(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errFolder
	case isNull(info):
		return nil, nil
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, errTooLarge
	}
	return data, err
}

// isNull is whether a file is the null device, by which one says: none.
func isNull(info os.FileInfo) bool {
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(info, null)
}

// tooLarge is the failure for a file that cannot be what it is said to be.
func tooLarge(path string, limit int64, what string) *api.Failure {
	return fail(fmt.Sprintf("%s is larger than %d MiB and is not read as %s", path, limit>>20, what), "name another file", nil)
}
