package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Each running program holds a lock on a file of its own, owners/<name>.lock,
// from its first write to its end, however that comes: the system lets go of
// the lock. A draft or entry of an owner whose lock is free, or whose file is
// gone, is no one's. Names are never used again.
const ownersDirectory = "owners"

func ownerFile(owner string) string { return ownersDirectory + "/" + owner + ".lock" }

// ownerInfo is what a lock file says for users.
type ownerInfo struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Started time.Time `json:"started"`
}

func (o ownerInfo) String() string {
	if o.Host == "" {
		return fmt.Sprintf("process %d", o.PID)
	}
	return fmt.Sprintf("process %d on %s", o.PID, o.Host)
}

// heldLock is a lock on a file by name. The name may be taken from the file,
// and the lock is then worth nothing.
type heldLock struct {
	name  string // below the directory
	flock *flock.Flock
}

var errLocked = errors.New("another process holds the lock")

// holdOwner makes the owner's file and locks it.
func holdOwner(root *os.Root, owner string, now time.Time) (*heldLock, error) {
	if err := subdirectory(root, ownersDirectory, true); err != nil {
		return nil, err
	}
	host, _ := os.Hostname() // only for users
	info, err := json.Marshal(ownerInfo{PID: os.Getpid(), Host: host, Started: now.UTC()})
	if err != nil {
		return nil, err
	}
	const tries = 20 // against a program that is just looking, or tidying up
	for range tries {
		if err = writeOwner(root, owner, append(info, '\n')); err != nil {
			return nil, err
		}
		var held *heldLock
		if held, err = tryLock(root, ownerFile(owner)); err == nil {
			return held, nil
		}
		if !errors.Is(err, errLocked) && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		time.Sleep(time.Millisecond)
	}
	return nil, err
}

func writeOwner(root *os.Root, owner string, info []byte) error {
	f, err := openFile(root, ownerFile(owner), os.O_RDWR|os.O_CREATE)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(info, 0)
	return errors.Join(err, f.Close())
}

// tryLock takes the lock of a file that is there, or fails at once with
// errLocked.
func tryLock(root *os.Root, name string) (*heldLock, error) {
	return lockWith(root, name, os.O_RDWR, (*flock.Flock).TryLock)
}

// tryShared is a lock that does not disturb others who only look whether
// someone holds the lock, and that a read-only disk gives as well.
func tryShared(root *os.Root, name string) (*heldLock, error) {
	return lockWith(root, name, os.O_RDONLY, (*flock.Flock).TryRLock)
}

// lockWith checks the file first: flock opens it by its path.
func lockWith(root *os.Root, name string, flag int, take func(*flock.Flock) (bool, error)) (*heldLock, error) {
	full := filepath.Join(root.Name(), name)
	info, err := root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if err := checkFile(full, info); err != nil {
		return nil, err
	}
	held := &heldLock{name, flock.New(full, flock.SetFlag(flag|openFlags))}
	taken, err := take(held.flock)
	switch {
	case err != nil:
		return nil, err
	case !taken:
		return nil, errLocked
	case !held.current(root):
		held.release()
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	return held, nil
}

// current reports whether the name still is that of the locked file.
func (h *heldLock) current(root *os.Root) bool {
	mine, err := h.flock.Stat()
	named, nameErr := root.Lstat(h.name)
	return err == nil && nameErr == nil && os.SameFile(mine, named)
}

func (h *heldLock) release() {
	if h != nil {
		_ = h.flock.Unlock() // closing the file lets go of it in any case
	}
}

// remove takes the file away, and lets go of it. Windows wants it the other
// way round.
func (h *heldLock) remove(root *os.Root) {
	err := root.Remove(h.name)
	h.release()
	if err != nil {
		_ = root.Remove(h.name)
	}
}

// holders tells which owners live, and asks once for each.
type holders struct {
	root  *os.Root
	me    string
	known map[string]string
}

func newHolders(root *os.Root, me string) *holders {
	return &holders{root, me, map[string]string{me: ""}}
}

// holder is "process 4711 on bastion" where that owner is another living
// program, and empty where it has ended or is this one.
func (h *holders) holder(owner string) string {
	who, known := h.known[owner]
	if !known {
		who = h.ask(owner)
		h.known[owner] = who
	}
	return who
}

func (h *holders) ask(owner string) string {
	held, err := tryShared(h.root, ownerFile(owner))
	for range 2 { // someone may be removing the lock of an ended program
		if !errors.Is(err, errLocked) {
			break
		}
		time.Sleep(time.Millisecond)
		held, err = tryShared(h.root, ownerFile(owner))
	}
	switch {
	case err == nil:
		held.release()
		return ""
	case errors.Is(err, fs.ErrNotExist):
		return ""
	case !errors.Is(err, errLocked):
		return "a process with an unreadable lock" // and which may live
	}
	var info ownerInfo
	text, err := readFile(h.root, ownerFile(owner), 1<<12)
	if err != nil || json.Unmarshal(text, &info) != nil || info.PID == 0 {
		return "another process" // Windows lets no one read a locked file
	}
	return info.String()
}

// sweep removes the locks of programs that have ended, and what they were
// writing when they did. It is done once; what fails is left for the next.
//
// A lock is removed by who has it for himself: of two that only looked, one
// could remove the file that its owner had just made again. Owners of drafts keep
// theirs, so that no one who looks for a draft meets a lock held for this.
func (s *Store) sweep() {
	places, _ := names(s.root, "drafts")
	who := newHolders(s.root, s.owner)
	s.sweepDirectory("history", who)
	s.sweepDirectory(loginsDirectory, who)
	busy := make(map[string]bool)
	for _, place := range places {
		directory := draftName{place: place}.directory()
		s.sweepDirectory(directory, who)
		bases, _ := names(s.root, directory)
		for _, base := range bases {
			if d, isDraft := parseDraftFile(place, base); isDraft {
				busy[d.owner] = true
			}
		}
	}
	locks, _ := names(s.root, ownersDirectory)
	for _, base := range locks {
		owner, isLock := strings.CutSuffix(base, ".lock")
		if !isLock || owner == s.owner || busy[owner] {
			continue
		}
		if held, err := tryLock(s.root, ownerFile(owner)); err == nil {
			held.remove(s.root)
		}
	}
}

// sweepDirectory removes what ended programs left half-written.
func (s *Store) sweepDirectory(directory string, who *holders) {
	all, _ := names(s.root, directory)
	for _, base := range all {
		rest, isTemporary := strings.CutPrefix(base, temporary)
		owner, _, _ := strings.Cut(rest, "-")
		if isTemporary && owner != s.owner && who.holder(owner) == "" {
			_ = s.root.Remove(path.Join(directory, base))
		}
	}
}
