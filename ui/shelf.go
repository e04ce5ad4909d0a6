package ui

import (
	"slices"
	"sync"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// shelf is the memory's way to the disk. Its methods do I/O and are called by
// commands, which may run at the same time: they take turns.
type shelf struct {
	keeper screen.Keeper // nil: nothing is kept

	mu    sync.Mutex
	ids   map[int]string // of this program's drafts, by their numbers
	ended bool           // the program is over: a late command must not write an older draft
}

// job brings one draft on disk up to date.
type job struct {
	number  int
	takes   *model.Draft // another run's draft to make one's own first
	draft   model.Draft
	drop    bool
	version int
}

// result is what a job came to.
type result struct {
	number, version int
	overtaken       bool // another program took up the draft that was to be continued
	newer           bool // another program had gone on with it: that one is kept apart
	idle            bool // there was nothing to do on the disk, so it tells nothing of it
	err             error
}

type (
	draftsFound struct {
		place  model.Place
		drafts []model.Draft
		err    error
	}
	draftsWritten  struct{ results []result }
	writingPaused  struct{}
	draftDiscarded struct{ err error }
)

func newShelf(k screen.Keeper) *shelf { return &shelf{keeper: k, ids: map[int]string{}} }

// drafts are those of a place that are not this program's own.
func (s *shelf) drafts(p model.Place) ([]model.Draft, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := s.keeper.Drafts(p)
	return slices.DeleteFunc(all, func(d model.Draft) bool {
		for _, id := range s.ids {
			if id == d.ID {
				return true
			}
		}
		return false
	}), err
}

func (s *shelf) discard(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keeper.DropDraft(id)
}

// do works the jobs off, one after another.
func (s *shelf) do(jobs []job) []result {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return nil
	}
	return s.work(jobs)
}

// finish is the last do.
func (s *shelf) finish(jobs []job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.work(jobs)
	s.ended = true
}

func (s *shelf) work(jobs []job) []result {
	results := make([]result, len(jobs))
	for n, j := range jobs {
		results[n] = s.one(j)
	}
	return results
}

func (s *shelf) one(j job) result {
	r := result{number: j.number, version: j.version}
	if j.takes != nil && s.ids[j.number] == "" {
		s.take(j, &r)
		if asItWas := j.version == 1 && !j.drop; asItWas && s.ids[j.number] != "" {
			return r // it keeps the time at which it was typed
		}
	}
	id := s.ids[j.number]
	if j.drop {
		if r.idle = id == ""; r.idle {
			return r
		}
		if r.err = s.keeper.DropDraft(id); r.err == nil {
			delete(s.ids, j.number)
		}
		return r
	}
	d := j.draft
	d.ID, d.HeldBy = id, ""
	if id, r.err = s.keeper.KeepDraft(d); r.err == nil {
		s.ids[j.number] = id
	}
	return r
}

// take makes another run's draft this program's. Where somebody went on with it
// since it was read, that is kept too: this program's becomes a second one.
func (s *shelf) take(j job, r *result) {
	taken, err := s.keeper.TakeDraft(j.takes.ID)
	switch {
	case err != nil:
		r.overtaken = true
	case !taken.Saved.Equal(j.takes.Saved):
		r.newer = true
	default:
		s.ids[j.number] = taken.ID
	}
}
