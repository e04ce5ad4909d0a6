package demo

import (
	"cmp"
	"slices"
	"sort"
	"sync"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// store holds all images. Like the real one it keeps no image locked between a
// request's reading and its writing: whoever writes last wins the whole image.
type store struct {
	mu      sync.RWMutex
	byID    map[string]*entry
	order   []*entry // by time of creation, oldest first
	members map[string][]api.Member
	tasks   map[string][]task
	gone    graveyard
	weights map[string]int64 // of the stores, by which locations are sorted

	synthetic synthesizer
}

func newStore(synthetic synthesizer) *store {
	return &store{
		byID:      make(map[string]*entry),
		members:   make(map[string][]api.Member),
		tasks:     make(map[string][]task),
		synthetic: synthetic,
	}
}

// load is the record of an entry; a synthetic image is built anew each time.
func (s *store) load(e *entry) record {
	if e.record != nil {
		return *e.record
	}
	return s.synthetic.build(e)
}

// outline is load for those who need neither hashes nor locations.
func (s *store) outline(e *entry) record {
	if e.record != nil {
		return *e.record
	}
	return record{image: s.synthetic.outline(e)}
}

// find is an image's state now, if the caller may see it.
func (s *store) find(id string, who caller) (record, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, found := s.byID[id]
	if !found || !s.visible(e, who) {
		return record{}, false
	}
	return s.load(e), true
}

// status is the status of an image; "" when there is no such image.
func (s *store) status(id string) model.Status {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if e, found := s.byID[id]; found {
		return e.status
	}
	return ""
}

// write makes a record the state of its image. One that is gone meanwhile stays
// gone.
func (s *store) write(r record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, found := s.byID[r.image.ID]; found {
		s.set(e, r)
	}
}

// change lets f change a copy of the image's state and stores that, unless f
// says no. It reports whether something was stored.
func (s *store) change(id string, f func(*record) bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, found := s.byID[id]
	if !found {
		return false
	}
	r := s.load(e).clone()
	if !f(&r) {
		return false
	}
	s.set(e, r)
	return true
}

// set makes a record the state of an image. Glance sorts locations by weight
// whenever it reads them; as the sort is stable, sorting what is written comes
// to the same. The caller holds the lock.
func (s *store) set(e *entry, r record) {
	if len(s.weights) > 0 {
		weight := func(l model.Location) int64 { id, _ := l.Metadata["store"].(string); return s.weights[id] }
		r.image.Locations = slices.Clone(r.image.Locations)
		slices.SortStableFunc(r.image.Locations, func(a, b model.Location) int { return cmp.Compare(weight(b), weight(a)) })
	}
	e.set(r)
}

// insert adds a new image. It is false when the id is taken, also by an image
// that was deleted.
func (s *store) insert(r record) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := r.image.ID
	if s.byID[id] != nil || s.gone.find(id) != nil {
		return false
	}
	e := &entry{id: id, created: r.image.CreatedAt}
	s.set(e, r)
	s.place(e)
	return true
}

// place puts an entry into the indices; the caller holds the lock.
func (s *store) place(e *entry) {
	s.byID[e.id] = e
	at := sort.Search(len(s.order), func(n int) bool { return e.before(s.order[n]) })
	s.order = slices.Insert(s.order, at, e)
}

// fill adds the synthetic images up to a number of images in all.
func (s *store) fill(total int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	missing := total - len(s.order)
	if missing <= 0 {
		return
	}
	s.order = slices.Grow(s.order, missing)
	for n := range missing {
		e := s.synthetic.entry(n, missing)
		s.byID[e.id] = e
		s.order = append(s.order, e)
	}
	slices.SortFunc(s.order, func(a, b *entry) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
}

// remove deletes an image with its members and tasks.
func (s *store) remove(id string) (record, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, found := s.byID[id]
	if !found {
		return record{}, false
	}
	r := s.load(e)
	at := sort.Search(len(s.order), func(n int) bool { return !s.order[n].before(e) })
	s.order = slices.Delete(s.order, at, at+1)
	delete(s.byID, id)
	delete(s.members, id)
	delete(s.tasks, id)
	s.gone.add(e)
	return r, true
}

// graveyard remembers the last images that were deleted: a list can go on
// from such an image (measured), and its id is not given again.
type graveyard struct {
	byID  map[string]*entry
	order []string
}

const rememberedGraves = 1000

func (g *graveyard) add(e *entry) {
	if g.byID == nil {
		g.byID = make(map[string]*entry)
	}
	g.byID[e.id] = e
	g.order = append(g.order, e.id)
	if len(g.order) > rememberedGraves {
		delete(g.byID, g.order[0])
		g.order = slices.Delete(g.order, 0, 1)
	}
}

func (g *graveyard) find(id string) *entry { return g.byID[id] }
