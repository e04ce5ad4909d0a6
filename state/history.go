package state

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

const historyFolder = "history"

func historyFile(place string) string { return historyFolder + "/" + place + ".jsonl" }

func historyLock(place string) string { return historyFolder + "/" + place + ".lock" }

// Begin writes an entry down before it is sent and gives its ID. When it
// returns without an error the entry is on stable storage.
func (s *Store) Begin(e model.Entry) (id string, err error) {
	id, err = s.begin(e)
	return id, s.fault("the history could not be written", err)
}

func (s *Store) begin(e model.Entry) (string, error) {
	e.Place = storedPlace(e.Place)
	if e.Begun.IsZero() {
		e.Begun = s.now()
	}
	place, name := placeName(e.Place), newName()
	line, err := sealBeginWithin(writtenBegin{
		ID: name, Owner: s.owner, Begun: e.Begun.Round(0).UTC(), Place: e.Place,
		Base: recordImage(e.Base), Wanted: recordImage(e.Wanted), Requests: e.Requests, Undoes: e.Undoes,
	})
	if err != nil {
		return "", err
	}
	return place + "/" + name, s.addLine(place, line)
}

// End writes down what came of an entry. The last one counts.
func (s *Store) End(id string, e model.Ending) error {
	return s.fault("the history could not be written", s.end(id, e))
}

func (s *Store) end(id string, e model.Ending) error {
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
	if err := subfolder(root, historyFolder, true); err != nil {
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
	if err == nil && size == 0 {
		err = syncFolder(root, historyFolder) // the file is new
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
// the write fails, what it wrote of the line is taken back.
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
		err = f.Sync()
	}
	if err != nil {
		return size, errors.Join(err, f.Truncate(size))
	}
	return size, nil
}

// Entries are the latest entries of a place, the latest first, at most limit.
// Lines that cannot be read are left out; Skipped counts them.
func (s *Store) Entries(p model.Place, limit int) ([]model.Entry, error) {
	root, err := s.reading()
	if root == nil || limit <= 0 {
		return nil, s.fault("the history could not be read", err)
	}
	place := placeName(p)
	text, err := readHistory(root, place)
	if err != nil {
		return nil, s.fault("the history could not be read", err)
	}
	who := newHolders(root, s.owner)
	who.known[s.owner] = thisProgram
	ends := make(map[string]endRecord)
	var all []model.Entry
	for line := range linesBackward(text) {
		body, h, err := unseal(line)
		if err != nil {
			continue
		}
		switch h.Kind {
		case kindEnd:
			if r, err := decodeEnd(body, h); err == nil {
				if _, later := ends[r.ID]; !later {
					ends[r.ID] = r
				}
			}
		case kindBegin:
			r, err := decodeBegin(body, h)
			if err != nil {
				continue
			}
			e := beginEntry(place, r)
			if end, ended := ends[r.ID]; ended {
				e.Ending = end.ending()
			} else {
				e.HeldBy = who.holder(r.Owner)
			}
			if all = append(all, e); len(all) == limit {
				return all, nil
			}
		}
	}
	return all, nil
}

// thisProgram is who holds an entry that this program has begun and not ended:
// it is still at it, and will write the end.
const thisProgram = "this program"

// Skipped is how many lines of a history cannot be read.
type Skipped struct {
	Damaged int // torn by a crash or spoiled by the disk
	Newer   int // written by a newer version of the program
}

// Skipped counts the lines of a place's history that Entries leaves out.
func (s *Store) Skipped(p model.Place) (Skipped, error) {
	var n Skipped
	root, err := s.reading()
	if root == nil {
		return n, s.fault("the history could not be read", err)
	}
	text, err := readHistory(root, placeName(p))
	for line := range linesBackward(text) {
		body, h, err := unseal(line)
		if err == nil {
			switch h.Kind {
			case kindBegin:
				_, err = decodeBegin(body, h)
			case kindEnd:
				_, err = decodeEnd(body, h)
			default:
				err = errDamaged
			}
		}
		switch {
		case errors.Is(err, errNewer):
			n.Newer++
		case err != nil:
			n.Damaged++
		}
	}
	return n, s.fault("the history could not be read", err)
}

// largestHistory is how much of a history is read, from its end: far more than
// keepBounds lets there be.
const largestHistory = 4 * mostBytes

// readHistory is the text of a history, empty where there is none. What another
// program adds meanwhile may be seen torn, and is skipped like any torn line.
func readHistory(root *os.Root, place string) ([]byte, error) {
	err := subfolder(root, historyFolder, false)
	var f *os.File
	if err == nil {
		f, err = openFile(root, historyFile(place), os.O_RDONLY)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if over := info.Size() - largestHistory; over > 0 {
		if _, err := f.Seek(over, io.SeekStart); err != nil {
			return nil, err
		}
	}
	text, err := io.ReadAll(io.LimitReader(f, largestHistory))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", historyFile(place), err)
	}
	return text, nil
}

// linesBackward gives the lines that are not empty, the last first.
func linesBackward(text []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(text) > 0 {
			text = bytes.TrimSuffix(text, []byte("\n"))
			at := bytes.LastIndexByte(text, '\n') + 1
			if line := text[at:]; len(line) > 0 && !yield(line) {
				return
			}
			text = text[:at]
		}
	}
}
