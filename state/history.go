package state

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/glance-tui/glance-tui/model/record"
)

const (
	historyDirectory = "history"
	historyEnding    = ".jsonl"
)

func historyFile(place string) string { return historyDirectory + "/" + place + historyEnding }

func historyLock(place string) string { return historyDirectory + "/" + place + ".lock" }

// Begin writes an entry down before it is sent and gives its ID. When it
// returns without an error the entry is on stable storage.
func (s *Store) Begin(e record.Entry) (id string, err error) {
	id, err = s.begin(e)
	return id, s.wrapError("could not write the history", err)
}

func (s *Store) begin(e record.Entry) (string, error) {
	e.Service = storedPlace(e.Service)
	if e.StartedAt.IsZero() {
		e.StartedAt = s.now()
	}
	place, name := placeName(e.Service), newName()
	line, err := sealBeginWithin(writtenBegin{
		ID: name, Owner: s.owner, Begun: e.StartedAt.Round(0).UTC(), Place: e.Service,
		Base: recordImage(e.Base), Wanted: recordImage(e.Wanted), Requests: e.Requests, Undoes: e.Undoes,
	})
	if err != nil {
		return "", err
	}
	if err := s.addLine(place, line); err != nil {
		return "", err
	}
	return place + "/" + name, nil
}

// readyRoom is what Ready finds room for: more than an ordinary edit takes.
const readyRoom = 64 << 10

// Ready is why the history cannot be written now; nil where it can. It tries by
// writing as much as an edit takes, and leaves nothing behind.
func (s *Store) Ready() error { return s.wrapError("could not write the history", s.ready()) }

func (s *Store) ready() error {
	root, err := s.writing()
	if err != nil {
		return err
	}
	if err := subdirectory(root, historyDirectory, true); err != nil {
		return err
	}
	name := historyDirectory + "/" + temporary + s.owner + "-" + newName()
	err = writeNew(root, name, make([]byte, readyRoom))
	if gone := root.Remove(name); err == nil {
		err = gone
	}
	return err
}

// End writes down what came of an entry. The last one counts.
func (s *Store) End(id string, e record.Result) error {
	return s.wrapError("could not write the history", s.end(id, e))
}

func (s *Store) end(id string, e record.Result) error {
	place, name, err := parseEntryID(id)
	if err != nil {
		return err
	}
	if e.Ended.IsZero() {
		e.Ended = s.now()
	}
	e.Ended = e.Ended.Round(0).UTC()
	line, err := sealEndWithin(newEnd(name, e))
	if err != nil {
		return err
	}
	return s.addLine(place, line)
}

// addLine adds a line to a history and waits until it is on stable storage.
func (s *Store) addLine(place string, line []byte) error {
	s.historyMu.Lock()
	defer s.historyMu.Unlock()
	root, err := s.writing()
	if err != nil {
		return err
	}
	if err := subdirectory(root, historyDirectory, true); err != nil {
		return err
	}
	lock, err := s.lockHistory(root, place)
	if err != nil {
		return err
	}
	defer lock.release()
	f, err := openFile(root, historyFile(place), os.O_RDWR|os.O_APPEND|os.O_CREATE)
	if err != nil {
		return err
	}
	size, err := appendLine(f, line)
	if err == nil && (size == 0 || s.sizes[place].file == nil) {
		// The file is new, or its name is: whoever made it may have been killed.
		if err = syncDirectory(root, historyDirectory); err != nil {
			err = errors.Join(err, f.Truncate(size))
		}
	}
	if err == nil {
		s.keepBounds(root, place, f)
	}
	return errors.Join(err, f.Close())
}

// lockHistory waits for the other programs that write, but not for ever. The
// lock is on a file of its own, since the history may be replaced.
func (s *Store) lockHistory(root *os.Root, place string) (*heldLock, error) {
	ctx, cancel := context.WithTimeout(context.Background(), s.wait)
	defer cancel()
	for {
		f, err := openFile(root, historyLock(place), os.O_RDWR|os.O_CREATE)
		if err != nil {
			return nil, err
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
		held, err := tryLock(root, historyLock(place))
		if err == nil || !errors.Is(err, errLocked) && !errors.Is(err, fs.ErrNotExist) {
			return held, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// appendLine adds a line in one write and gives the size before it. A torn line
// that a crash left at the end is ended first, so that it spoils no other; when
// the write fails, what it wrote of the line is undone.
func appendLine(f *os.File, line []byte) (size int64, err error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	size = info.Size()
	if size > 0 {
		last := make([]byte, 1)
		if _, err := f.ReadAt(last, size-1); err != nil {
			return size, err
		}
		if last[0] != '\n' {
			line = append([]byte("\n"), line...)
		}
	}
	if _, err = f.Write(line); err == nil {
		err = fsync(f)
	}
	if err != nil {
		return size, errors.Join(err, f.Truncate(size))
	}
	return size, nil
}
