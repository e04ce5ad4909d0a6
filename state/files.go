package state

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// openFile opens a file that this program made: a regular one with one name,
// this user's. With os.O_CREATE it is made where it is missing.
func openFile(root *os.Root, name string, flag int) (*os.File, error) {
	const tries = 10 // against others that make and remove it meanwhile
	for range tries {
		was, err := root.Lstat(name)
		missing := errors.Is(err, fs.ErrNotExist)
		switch {
		case missing && flag&os.O_CREATE != 0:
			f, err := root.OpenFile(name, flag|os.O_EXCL|openFlags, fileMode)
			if errors.Is(err, fs.ErrExist) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if err := closeToOthers(f); err != nil {
				return nil, errors.Join(err, f.Close())
			}
			return f, nil
		case err != nil:
			return nil, err
		}
		full := filepath.Join(root.Name(), name)
		if err := checkFile(full, was); err != nil {
			return nil, err
		}
		f, err := root.OpenFile(name, flag&^os.O_CREATE|openFlags, 0)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		is, err := f.Stat()
		if err != nil || !os.SameFile(was, is) {
			_ = f.Close()
			continue
		}
		if is.Mode().Perm()&0o077 != 0 {
			if err := closeToOthers(f); err != nil && flag&os.O_RDWR != 0 {
				return nil, errors.Join(err, f.Close())
			}
		}
		return f, nil
	}
	return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
}

// checkFile refuses what is no plain file of this user's. A second name for a
// file would let what is written here appear elsewhere.
func checkFile(full string, info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return refuse(full, "is not a regular file", "move it away")
	}
	if links(info) > 1 {
		return refuse(full, "has another name elsewhere (a hard link)", "move it away")
	}
	return checkOwner(full, info)
}

// closeToOthers gives a file its mode, whatever the umask took or left.
func closeToOthers(f *os.File) error {
	if !hasModes {
		return nil
	}
	return f.Chmod(fileMode)
}

// readFile reads a file of at most limit bytes.
func readFile(root *os.Root, name string, limit int64) ([]byte, error) {
	f, err := openFile(root, name, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = refuse(filepath.Join(root.Name(), name), "is larger than anything this program writes", "move it away")
	}
	return data, err
}

// Files that are being written. The owner in the name tells whether someone
// still is at it.
const temporary = ".tmp-"

// replaceFile puts a file with this content in the place of an old one, or of
// none, so that at every moment, a power failure included, the old or the new
// one is there and whole. When it returns without an error, the new one is on
// stable storage.
func replaceFile(root *os.Root, name string, data []byte, owner string) error {
	written := path.Join(path.Dir(name), temporary+owner+"-"+newName())
	err := writeNew(root, written, data)
	if err == nil {
		err = root.Rename(written, name)
	}
	if err != nil {
		_ = root.Remove(written)
		return err
	}
	return syncDirectory(root, path.Dir(name))
}

// fsync puts what is in a file, or the names in a directory, on stable storage.
// Tests see what would be left after a power failure, and make it fail.
var fsync = (*os.File).Sync

func writeNew(root *os.Root, name string, data []byte) (err error) {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|openFlags, fileMode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err = closeToOthers(f); err != nil {
		return err
	}
	if _, err = f.Write(data); err != nil {
		return err
	}
	return fsync(f)
}

// names are those in a directory, none where it is missing.
func names(root *os.Root, directory string) ([]string, error) {
	err := subdirectory(root, directory, false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f, err := root.Open(directory)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Readdirnames(-1)
}
