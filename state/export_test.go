package state

import (
	"fmt"
	"hash/crc32"
	"os"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
)

// What tests of the parts reach.
var (
	SealDraft   = sealDraft
	UnsealDraft = unsealDraft
	PlaceName   = placeName
	ImageName   = imageName
	StoredPlace = storedPlace
)

const (
	MostEntries   = mostEntries
	MostBytes     = mostBytes
	LargestRecord = largestRecord
	EscapeMark    = "\U0010FFFF" // see model.Escaped
)

// ErrDamaged and ErrNewer are why a record is not used.
var (
	ErrDamaged = errDamaged
	ErrNewer   = errNewer
)

// Line is a body with its checksum, whatever it is.
func Line(body string) string {
	return fmt.Sprintf("%s%08x%s%s}\n", sealBefore, crc32.Checksum([]byte(body), castagnoli()), sealMiddle, body)
}

// HoldHistory locks a place's history, as a suspended program does
// while it writes.
func HoldHistory(t *testing.T, dir string, p api.ServiceID) (release func()) {
	t.Helper()
	s := &Store{dir: dir, wait: time.Second, owner: newName(), now: time.Now}
	root, err := s.writing()
	if err != nil {
		t.Fatal(err)
	}
	lock, err := s.lockHistory(root, placeName(p))
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		lock.release()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// HistoryLines are the records of an entry and, unless its outcome is open, of
// its end, as a program writes them; owner is that program's name.
func HistoryLines(owner string, e record.Entry) (id string, lines []byte) {
	place, name := placeName(e.Service), newName()
	lines, err := sealBeginWithin(writtenBegin{
		ID: name, Owner: owner, Begun: e.StartedAt, Place: e.Service,
		Base: recordImage(e.Base), Wanted: recordImage(e.Wanted), Requests: e.Requests, Undoes: e.Undoes,
	})
	if err == nil && e.Outcome != record.OutcomeOpen {
		var end []byte
		end, err = sealEndWithin(newEnd(name, e.Result))
		lines = append(lines, end...)
	}
	if err != nil {
		panic(err)
	}
	return place + "/" + name, lines
}

// EntriesIn are all entries of a history's text, of programs that have ended.
func EntriesIn(text []byte) []record.Entry {
	return entriesIn(text, "place", 1<<30, func(string) string { return "" })
}

var (
	SkippedIn = skippedIn
	CutDown   = cutDown
	HistoryAt = historyFile
)

// Faults are the errors of the system that a sentence is written for.
func Faults() (all []error) {
	for _, f := range systemFaults {
		all = append(all, f.err)
	}
	return all
}

// OnSync calls f in the place of fsync, until the test ends. Tests that do this
// are not parallel.
func OnSync(t *testing.T, f func(*os.File) error) {
	was := fsync
	fsync = f
	t.Cleanup(func() { fsync = was })
}

// Fault is how a store tells of an error.
func (s *Store) Fault(what string, err error) error { return s.wrapError(what, err) }
