package state

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
)

// largestDraft is far above what a server lets an image be.
const largestDraft = 64 << 20

// draftRecord is a draft as its file holds it.
type draftRecord struct {
	header
	Saved  time.Time       `json:"saved"`
	Place  api.ServiceID   `json:"place"`
	Base   *imageRecord    `json:"base"`
	Wanted *imageRecord    `json:"wanted"`
	Typed  json.RawMessage `json:"typed,omitempty"`
}

func sealDraft(d record.Draft) ([]byte, error) {
	if len(d.Typed) > 0 && !json.Valid(d.Typed) {
		return nil, errors.New("the form data is not valid JSON")
	}
	text, err := seal(draftRecord{
		header: header{Version: version, Kind: kindDraft},
		Saved:  d.Saved, Place: d.Service, Base: recordImage(d.Base), Wanted: recordImage(d.Wanted), Typed: d.Typed,
	}, func(r *draftRecord) *bool { return &r.Escaped })
	if err == nil && len(text) > largestDraft {
		err = fmt.Errorf("it exceeds %d MiB and could not be restored: send the edit in smaller parts", largestDraft>>20)
	}
	return text, err
}

func unsealDraft(text []byte) (record.Draft, error) {
	body, h, err := unseal(text)
	if err != nil {
		return record.Draft{}, err
	}
	r, err := decode[draftRecord](body, h)
	if err != nil || h.Kind != kindDraft || r.Base == nil || r.Wanted == nil {
		return record.Draft{}, errDamaged
	}
	return record.Draft{Service: r.Place, Base: r.Base.Image, Wanted: r.Wanted.Image, Typed: r.Typed, Saved: r.Saved}, nil
}

// Drafts are all drafts of a place, the latest first; those of other living
// programs say so in HeldBy. Drafts that cannot be read are left out, and an
// error says so: it comes together with the others. A damaged one is moved
// aside, so that it is said once.
func (s *Store) Drafts(p api.ServiceID) ([]record.Draft, error) {
	root, err := s.reading()
	if root == nil {
		return nil, s.wrapError("could not read the drafts", err)
	}
	var all []record.Draft
	for range 5 { // one that changed hands meanwhile may have been missed
		var again bool
		all, again, err = s.draftsIn(root, placeName(p))
		if !again {
			break
		}
	}
	slices.SortStableFunc(all, func(a, b record.Draft) int {
		return cmp.Or(b.Saved.Compare(a.Saved), strings.Compare(a.ID, b.ID))
	})
	return all, s.wrapError("could not read all drafts", err)
}

// draftsIn reads the drafts of a place. again reports whether a file went away
// between listing and reading.
func (s *Store) draftsIn(root *os.Root, place string) (all []record.Draft, again bool, err error) {
	bases, err := names(root, draftName{place: place}.directory())
	who := newHolders(root, s.owner)
	var faults []error
	for _, base := range bases {
		name, isDraft := parseDraftFile(place, base)
		if !isDraft {
			continue
		}
		holder := who.holder(name.owner)
		d, err := s.readDraft(root, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			again = true
			continue
		case errors.Is(err, errDamaged) && holder == "":
			faults = append(faults, s.setAside(root, name))
			continue
		case err != nil:
			faults = append(faults, err)
			continue
		}
		d.OwnedBy = holder
		all = append(all, d)
	}
	return all, again, errors.Join(append(faults, err)...)
}

func (s *Store) readDraft(root *os.Root, name draftName) (record.Draft, error) {
	text, err := readFile(root, name.file(), largestDraft)
	if err != nil {
		return record.Draft{}, err
	}
	d, err := unsealDraft(text)
	if err == nil && placeName(d.Service) != name.place {
		err = errDamaged // a draft of another cloud would be offered for this one
	}
	if err != nil {
		return record.Draft{}, fmt.Errorf("%s is %w", s.path(name.file()), err)
	}
	d.ID = name.id()
	return d, nil
}

// setAside renames a damaged draft, so that no one takes it for one and
// someone can look at it, and says so.
func (s *Store) setAside(root *os.Root, name draftName) error {
	aside := strings.TrimSuffix(name.file(), ".json") + ".corrupt"
	if err := root.Rename(name.file(), aside); err != nil {
		return fmt.Errorf("%s is corrupt and could not be renamed: %w", s.path(name.file()), err)
	}
	return fmt.Errorf("a draft was corrupt and was renamed to %s", s.path(aside))
}

// TakeDraft makes a draft of an ended program this program's own: its ID is
// another one then. A draft that this program has is given as it is kept.
func (s *Store) TakeDraft(id string) (record.Draft, error) {
	d, err := s.takeDraft(id)
	return d, s.wrapError("could not open the draft", err)
}

func (s *Store) takeDraft(id string) (record.Draft, error) {
	name, err := parseDraftID(id)
	if err != nil {
		return record.Draft{}, err
	}
	root, err := s.writing()
	if err != nil {
		return record.Draft{}, err
	}
	if name.owner == s.owner {
		return s.readDraft(root, name)
	}
	if holder := newHolders(root, s.owner).holder(name.owner); holder != "" {
		return record.Draft{}, fmt.Errorf("open in %s", holder)
	}
	if err := subdirectory(root, name.directory(), false); err != nil {
		return record.Draft{}, taken(err)
	}
	if _, err := s.readDraft(root, name); err != nil {
		return record.Draft{}, taken(err) // what cannot be read is no one's to take
	}
	mine := draftName{name.place, name.image, newName(), s.owner}
	if err := root.Rename(name.file(), mine.file()); err != nil {
		return record.Draft{}, taken(err)
	}
	if err := syncDirectory(root, mine.directory()); err != nil {
		return record.Draft{}, err
	}
	return s.readDraft(root, mine)
}

var errTaken = errors.New("another process opened or discarded it; refresh the drafts")

func taken(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errTaken
	}
	return err
}

// KeepDraft keeps a draft, on stable storage when it returns, and gives its
// ID. One that this program has is replaced; one with the ID of someone
// else's draft becomes a new one, so that nothing is overwritten. Saved is set
// to now.
func (s *Store) KeepDraft(d record.Draft) (id string, err error) {
	id, err = s.keepDraft(d)
	return id, s.wrapError("could not save the draft", err)
}

func (s *Store) keepDraft(d record.Draft) (string, error) {
	root, err := s.writing()
	if err != nil {
		return "", err
	}
	d.Service = storedPlace(d.Service)
	name, err := parseDraftID(d.ID)
	if err != nil || name.owner != s.owner || name.place != placeName(d.Service) {
		name = draftName{placeName(d.Service), imageName(d.Base.ID), newName(), s.owner}
	}
	d.Saved = s.now().Round(0).UTC()
	text, err := sealDraft(d)
	if err != nil {
		return "", err
	}
	if err := subdirectory(root, name.directory(), true); err != nil {
		return "", err
	}
	if err := replaceFile(root, name.file(), text, s.owner); err != nil {
		return "", err
	}
	return name.id(), nil
}

// DropDraft forgets a draft that this program has, or that no one does.
// Dropping one's own twice is no error.
func (s *Store) DropDraft(id string) error {
	return s.wrapError("could not discard the draft", s.dropDraft(id))
}

func (s *Store) dropDraft(id string) error {
	name, err := parseDraftID(id)
	if err != nil {
		return err
	}
	root, err := s.reading()
	if err != nil {
		return err
	}
	if root == nil {
		return nil
	}
	if holder := newHolders(root, s.owner).holder(name.owner); holder != "" {
		return fmt.Errorf("open in %s", holder)
	}
	err = subdirectory(root, name.directory(), false)
	if err == nil {
		err = root.Remove(name.file())
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && name.owner == s.owner:
		return nil
	case err != nil:
		return taken(err)
	}
	return syncDirectory(root, name.directory())
}
