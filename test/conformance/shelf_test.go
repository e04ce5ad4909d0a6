package conformance

import (
	"net/http"
	"slices"
	"sync"
	"testing"
)

// shelf keeps circumstances that a case left as they were, for the next case
// that asks for the same: more than half of all cases are refusals, and a real
// server takes its time to make an image.
type shelf struct {
	mu   sync.Mutex
	kept map[string][]circumstances
}

func shelfKey(c Case) string { return string(c.On) + string(c.As) + text(c.Given) }

func (s *shelf) take(c Case) (found circumstances, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.kept[shelfKey(c)]
	if len(list) == 0 {
		return circumstances{}, false
	}
	s.kept[shelfKey(c)] = list[:len(list)-1]
	return list[len(list)-1], true
}

func (s *shelf) put(c Case, left circumstances) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string][]circumstances{}
	}
	s.kept[shelfKey(c)] = append(s.kept[shelfKey(c)], left)
}

// clear deletes everything that is there.
func (s *shelf) clear(t testing.TB, at *endpoint) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, list := range s.kept {
		for _, left := range list {
			r := &trial{TB: t, at: at, who: Admin, circumstances: left}
			r.clean()
		}
	}
	s.kept = nil
}

// leavesAll reports whether the circumstances of a case are what they were after
// it: it only reads, or it is refused and the image was seen to be the same.
func (c Case) leavesAll() bool {
	reads := c.When.Method == http.MethodGet
	refused := c.Then.Status >= 400 && c.Then.Image == nil
	waits := slices.ContainsFunc(c.Given, func(given Call) bool { return given.Until != "" })
	return (reads || refused) && c.Then.Becomes == nil && !c.Then.Gone && !waits && len(c.Given) > 0
}
