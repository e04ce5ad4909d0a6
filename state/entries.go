package state

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
)

// Entries are the latest entries of a place, the latest first, at most limit.
// Lines that cannot be read are left out; Skipped counts them.
func (s *Store) Entries(p api.ServiceID, limit int) ([]record.Entry, error) {
	root, text, err := s.history(p)
	if err != nil || limit <= 0 {
		return nil, err
	}
	return entriesIn(text, placeName(p), limit, s.workers(root)), nil
}

// AllEntries are the latest entries of all places, as Entries gives those of
// one. Histories that cannot be read are left out, and an error says so beside
// the others.
func (s *Store) AllEntries(limit int) ([]record.Entry, error) {
	root, err := s.reading()
	if root == nil || limit <= 0 {
		return nil, s.wrapError("could not read the history", err)
	}
	files, err := names(root, historyDirectory)
	var all []record.Entry
	for _, file := range files {
		place, isHistory := strings.CutSuffix(file, historyEnding)
		if !isHistory {
			continue
		}
		text, unread := readHistory(root, place)
		all, err = append(all, entriesIn(text, place, limit, s.workers(root))...), errors.Join(err, unread)
	}
	slices.SortStableFunc(all, func(a, b record.Entry) int { return b.StartedAt.Compare(a.StartedAt) })
	return all[:min(len(all), limit)], s.wrapError("could not read all of the history", err)
}

// Skipped is how many lines of a history cannot be read.
type Skipped struct {
	Damaged int // torn by a crash or spoiled by the disk
	Newer   int // written by a newer version of the program
}

// Skipped counts the lines of a place's history that Entries leaves out.
func (s *Store) Skipped(p api.ServiceID) (Skipped, error) {
	_, text, err := s.history(p)
	return skippedIn(text), err
}

// history is the text of a place's history, empty where there is none.
func (s *Store) history(p api.ServiceID) (*os.Root, []byte, error) {
	root, err := s.reading()
	var text []byte
	if root != nil {
		text, err = readHistory(root, placeName(p))
	}
	return root, text, s.wrapError("could not read the history", err)
}

// thisProgram is who holds an entry that this program has begun and whose
// outcome is open: it is still at it, whatever it wrote of it so far.
const thisProgram = "this program"

// workers tells which living program an owner is, this one too.
func (s *Store) workers(root *os.Root) func(owner string) string {
	who := newHolders(root, s.owner)
	who.known[s.owner] = thisProgram
	return who.holder
}

// entriesIn reads the latest entries, and no more of the text than they take.
func entriesIn(text []byte, place string, limit int, worker func(owner string) string) []record.Entry {
	ends := make(map[string]*endRecord)
	var all []record.Entry
	for l := range historyLines(text) {
		switch {
		case l.end != nil:
			if ends[l.end.ID] == nil { // a later one counts
				ends[l.end.ID] = l.end
			}
		case l.begin != nil:
			e := beginEntry(place, *l.begin)
			if end := ends[l.begin.ID]; end != nil {
				e.Result = end.ending()
			}
			if e.Outcome == record.OutcomeOpen { // no response yet, or one that left it open
				e.OwnedBy = worker(l.begin.Owner)
			}
			if all = append(all, e); len(all) == limit {
				return all
			}
		}
	}
	return all
}

func skippedIn(text []byte) (n Skipped) {
	for l := range historyLines(text) {
		switch {
		case errors.Is(l.err, errNewer):
			n.Newer++
		case l.err != nil:
			n.Damaged++
		}
	}
	return n
}

// historyLine is one line, and what it is: begin, end or why it is neither.
type historyLine struct {
	text  []byte // without its line feed
	begin *readBegin
	end   *endRecord
	err   error
}

func readLine(text []byte) historyLine {
	l := historyLine{text: text}
	body, h, err := unseal(text)
	switch {
	case err != nil:
		l.err = err
	case h.Kind == kindBegin:
		r, err := decodeBegin(body, h)
		if l.err = err; err == nil {
			l.begin = &r
		}
	case h.Kind == kindEnd:
		r, err := decodeEnd(body, h)
		if l.err = err; err == nil {
			l.end = &r
		}
	default:
		l.err = errDamaged
	}
	return l
}

// historyLines reads the lines that are not empty, the last first.
func historyLines(text []byte) iter.Seq[historyLine] {
	return func(yield func(historyLine) bool) {
		for line := range linesBackward(text) {
			if !yield(readLine(line)) {
				return
			}
		}
	}
}

func linesBackward(text []byte) iter.Seq[[]byte] {
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

// largestHistory is how much of a history is read, from its end: far more than
// keepBounds lets there be.
const largestHistory = 4 * mostBytes

// readHistory is the text of a history, empty where there is none. What another
// program adds meanwhile may be seen torn, and is skipped like any torn line.
func readHistory(root *os.Root, place string) ([]byte, error) {
	err := subdirectory(root, historyDirectory, false)
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
	text := make([]byte, min(info.Size(), largestHistory))
	n, err := f.ReadAt(text, info.Size()-int64(len(text)))
	if err != nil && !errors.Is(err, io.EOF) { // it may have been cut back meanwhile
		return nil, err
	}
	return text[:n], nil
}
