package state

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/adrg/xdg"
)

// Options say where and how a store keeps things. The zero value is what the
// program uses.
type Options struct {
	// Dir is the directory; empty for glance-tui in the XDG state home.
	Dir string
	// Now is the clock; nil for time.Now.
	Now func() time.Time
	// LockWait is how long a history that another program is writing is waited
	// for; 0 for five seconds.
	LockWait time.Duration
}

// lockWait is long for a disk that hangs, and short for a user.
const lockWait = 5 * time.Second

// Store keeps drafts and history in one directory. It may be used by several
// goroutines, and the directory by several programs. Calls for one draft take
// effect in the order in which they come: who wants an order makes them one
// after another.
type Store struct {
	dir   string
	now   func() time.Time
	wait  time.Duration
	owner string // this program's name in the directory, another each time

	mu     sync.Mutex // guards the directory's handle and the owner's lock
	root   *os.Root   // nil until the directory is there
	lock   *heldLock  // nil until the first write
	closed bool

	historyMu sync.Mutex // one history at a time is written by this program
	sizes     map[string]counted
}

// Open finds the directory. It creates nothing: the first write does. It fails
// only where there is no telling where the directory should be.
func Open(o Options) (*Store, error) {
	dir := o.Dir
	if dir == "" {
		home, err := stateHome()
		if err != nil {
			return nil, err
		}
		dir = filepath.Join(home, "glance-tui")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, &Error{Text: "cannot find the directory for drafts and history: set XDG_STATE_HOME to an absolute path", Err: err}
	}
	s := &Store{dir: dir, now: o.Now, wait: o.LockWait, owner: newName(), sizes: make(map[string]counted)}
	if s.now == nil {
		s.now = time.Now
	}
	if s.wait == 0 {
		s.wait = lockWait
	}
	return s, nil
}

var xdgMu sync.Mutex // xdg.Reload writes its package's variables

// stateHome is where the XDG base directory specification has state kept; a
// path in XDG_STATE_HOME that is not absolute is ignored, as it demands.
func stateHome() (string, error) {
	if home, err := os.UserHomeDir(); (err != nil || !filepath.IsAbs(home)) && !filepath.IsAbs(os.Getenv("XDG_STATE_HOME")) {
		return "", &Error{Text: "there is no home directory to store drafts and history in: set HOME or XDG_STATE_HOME to an absolute path", Err: err}
	}
	xdgMu.Lock()
	defer xdgMu.Unlock()
	xdg.Reload() // the package read the environment when the program began
	return xdg.StateHome, nil
}

// Dir is the directory, which need not exist yet.
func (s *Store) Dir() string { return s.dir }

// Close lets go of this program's drafts: they are then no one's and offered
// again. Nothing can be kept any more.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	if s.lock != nil {
		s.lock.remove(s.root)
		s.lock = nil
	}
	if s.root == nil {
		return nil
	}
	root := s.root
	s.root = nil
	return root.Close()
}

var errClosed = errors.New("the store is closed")

// reading is the directory, or nil where there is none yet.
func (s *Store) reading() (*os.Root, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errClosed
	}
	err := s.open(false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return s.root, err
}

// writing is the directory, made where it is missing, with this program's lock.
func (s *Store) writing() (*os.Root, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errClosed
	}
	if err := s.open(true); err != nil {
		return nil, err
	}
	if s.lock != nil && s.lock.current(s.root) {
		return s.root, nil
	}
	first := s.lock == nil
	if !first {
		s.lock.release() // someone removed it: the drafts would look like no one's
	}
	var err error
	s.lock, err = holdOwner(s.root, s.owner, s.now())
	if err == nil && first {
		s.sweep()
	}
	return s.root, err
}

// open makes s.root the directory that is there now: it may have been removed or
// replaced since.
func (s *Store) open(create bool) error {
	if s.root != nil {
		here, err := os.Lstat(s.dir)
		open, openErr := s.root.Stat(".")
		if err == nil && openErr == nil && os.SameFile(here, open) {
			return nil
		}
		s.root = nil // whoever uses it still may: it is closed when no one does
		s.lock.release()
		s.lock = nil
	}
	root, err := openDirectory(s.dir, create)
	if err == nil {
		s.root = root
	}
	return err
}
