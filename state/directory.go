package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Where trust begins: at the directory itself. It is opened once, and it and all
// below it must be this user's and closed to others; everything is then reached
// through its handle and never through a path again, so that what happens to
// the path later changes nothing. The directories above it may be links and belong
// to anyone (root, mostly): who can write there can move the directory away, but
// not put another one in its place that would be taken.

const (
	directoryMode = 0o700
	fileMode      = 0o600
)

// openDirectory opens the top directory and makes it first where that is wanted.
// Without create the error of a missing one is fs.ErrNotExist.
func openDirectory(dir string, create bool) (*os.Root, error) {
	above, name := filepath.Dir(dir), filepath.Base(dir)
	if create {
		if err := os.MkdirAll(above, directoryMode); err != nil {
			return nil, err
		}
	}
	parent, err := os.OpenRoot(above)
	if err != nil {
		return nil, err
	}
	defer parent.Close()
	was, err := ownDirectory(parent, name, create)
	if err != nil {
		return nil, err
	}
	root, err := parent.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	if is, err := root.Stat("."); err != nil || !os.SameFile(was, is) {
		return nil, errors.Join(err, root.Close(), refuse(dir, "was replaced while it was being opened", "try again"))
	}
	return root, nil
}

// subdirectory checks a directory below the top one, such as "drafts/cloud", and all
// on the way to it, and makes them where that is wanted.
func subdirectory(root *os.Root, name string, create bool) error {
	for n, c := range name + "/" {
		if c != '/' {
			continue
		}
		if _, err := ownDirectory(root, name[:n], create); err != nil {
			return err
		}
	}
	return nil
}

// ownDirectory checks that a directory is a real one, this user's, and closed to
// others. One that others can only read is closed.
func ownDirectory(root *os.Root, name string, create bool) (fs.FileInfo, error) {
	full := filepath.Join(root.Name(), name)
	info, err := root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) && create {
		err = root.Mkdir(name, directoryMode)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		if err = syncDirectory(root, path.Dir(name)); err != nil {
			return nil, errors.Join(err, root.Remove(name)) // else the next try would take it for durable
		}
		info, err = root.Lstat(name)
	}
	if err != nil {
		return nil, err
	}
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, refuse(full, "is a symbolic link", "put a real directory there, or set XDG_STATE_HOME to where it should be")
	case !info.IsDir():
		return nil, refuse(full, "is not a directory", "move it elsewhere")
	}
	if err := checkOwner(full, info); err != nil {
		return nil, err
	}
	if !hasModes || info.Mode().Perm() == directoryMode {
		return info, nil
	}
	if info.Mode().Perm()&0o022 != 0 {
		return nil, refuse(full, "can be written by other users", "look at what is in it, then run chmod 700 on it")
	}
	if err := root.Chmod(name, directoryMode); err != nil && create {
		return nil, err // a read-only disk may still be read
	}
	return info, nil
}

// A refusal is about something in the state directory that is not as this program
// makes it.
type refusal struct{ path, fault, advice string }

func refuse(path, fault, advice string) error { return &refusal{path, fault, advice} }

func (r *refusal) Error() string { return fmt.Sprintf("%q %s: %s", r.path, r.fault, r.advice) }
