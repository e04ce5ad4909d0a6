package edit

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
)

// shelf is drafts on disk as one program sees them; several share its files. As
// state.Store does, it gives a draft that changes hands another ID.
type shelf struct {
	name string // of the program
	*files
}

type files struct {
	mu     sync.Mutex
	drafts map[string]record.Draft
	ids    int
	clock  int
	living map[string]bool
	err    error
	// writing runs before a draft is written.
	writing func()
}

func newFiles() *files { return &files{drafts: map[string]record.Draft{}, living: map[string]bool{}} }

func (f *files) program(name string) *shelf {
	f.living[name] = true
	return &shelf{name, f}
}

func owner(id string) string { name, _, _ := strings.Cut(id, "/"); return name }

func (s *shelf) newID() string {
	s.ids++
	return fmt.Sprint(s.name, "/", s.ids)
}

func (s *shelf) Drafts(p api.ServiceID) (all []record.Draft, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(s.drafts)) {
		d := s.drafts[id]
		if d.Service.Key() != p.Key() {
			continue
		}
		if d.ID = id; s.living[owner(id)] && owner(id) != s.name {
			d.OwnedBy = owner(id)
		}
		all = append(all, d)
	}
	return all, s.err
}

func (s *shelf) TakeDraft(id string) (record.Draft, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, found := s.drafts[id]
	switch {
	case s.err != nil:
		return d, s.err
	case !found, s.living[owner(id)] && owner(id) != s.name:
		return d, errors.New("another program took it up")
	}
	delete(s.drafts, id)
	d.ID = s.newID()
	s.drafts[d.ID] = d
	return d, nil
}

func (s *shelf) KeepDraft(d record.Draft) (string, error) {
	if s.writing != nil {
		s.writing()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return "", s.err
	}
	if d.ID == "" || owner(d.ID) != s.name {
		d.ID = s.newID()
	}
	s.clock++
	d.Saved = noon.Add(time.Duration(s.clock) * time.Second)
	s.drafts[d.ID] = d
	return d.ID, nil
}

func (s *shelf) DropDraft(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		delete(s.drafts, id)
	}
	return s.err
}

// names are the drafts on disk by what they would name their images.
func (f *files) names() (all []string) {
	for _, d := range f.drafts {
		all = append(all, d.Wanted.Name.Value)
	}
	slices.Sort(all)
	return all
}

// writer is a program with its drafts.
type writer struct {
	*Drafts
	run *DraftRunner
}

func newWriter(f *files, name string) writer {
	w := writer{NewDrafts(true), &DraftRunner{Files: f.program(name)}}
	w.Enter(here)
	w.settle()
	return w
}

// settle does all that is to be done.
func (w writer) settle() (news []DraftEvent) {
	for b, more := w.Next(); more; b, more = w.Next() {
		for _, n := range w.Took(w.run.Do(b)) {
			news = append(news, n.What)
		}
	}
	return news
}

// types edits the image's name.
func (w writer) types(name string) { w.KeepDraft(draftOf(active(), name)) }

func draftOf(base model.Image, name string) record.Draft {
	return record.Draft{Base: base, Wanted: with(base, func(i *model.Image) { i.Name = model.Some(name) })}
}

func (f *files) has(t *testing.T, names ...string) {
	t.Helper()
	if got := f.names(); !slices.Equal(got, names) {
		t.Errorf("on disk are %q, not %q", got, names)
	}
}

func offered(w writer) (names []string) {
	for _, d := range w.Drafts.Drafts() {
		names = append(names, strings.TrimSpace(d.OwnedBy+" "+d.Wanted.Name.Value))
	}
	slices.Sort(names)
	return names
}
