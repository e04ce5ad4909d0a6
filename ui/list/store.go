package list

import (
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// store holds every image that was read, each once. Rows refer to images by
// their place in it, which never changes while the program runs.
type store struct {
	images []model.Image
	lower  []string // the names in lower case, for the filter
	gone   []bool   // the server has it no longer
	seen   []int    // the sweep that last met it
	byID   map[string]int32
	counts map[model.Status]int
	live   int
	newest time.Time // the latest updated_at of all
}

func newStore() *store {
	return &store{byID: map[string]int32{}, counts: map[model.Status]int{}}
}

// what a put did.
type put int

const (
	same put = iota
	added
	changed
)

// put takes in a reading of an image made in the given sweep. before is the
// earlier reading where there was one.
func (s *store) put(img model.Image, sweep int) (at int32, did put, before model.Image) {
	if img.UpdatedAt.After(s.newest) {
		s.newest = img.UpdatedAt
	}
	at, known := s.byID[img.ID]
	if !known {
		at = int32(len(s.images))
		s.byID[img.ID] = at
		s.images = append(s.images, img)
		s.lower = append(s.lower, strings.ToLower(img.Name.Value))
		s.gone = append(s.gone, false)
		s.seen = append(s.seen, sweep)
		s.counts[img.Status]++
		s.live++
		return at, added, before
	}
	s.seen[at] = sweep
	before = s.images[at]
	if s.gone[at] {
		s.gone[at] = false
		s.live++
		s.counts[img.Status]++
		s.replace(at, img)
		return at, added, before
	}
	if img.UpdatedAt.Before(before.UpdatedAt) {
		return at, same, before // a page that was under way while a newer reading came
	}
	if sameImage(&before, &img) {
		return at, same, before
	}
	s.counts[before.Status]--
	s.counts[img.Status]++
	s.replace(at, img)
	return at, changed, before
}

func (s *store) replace(at int32, img model.Image) {
	s.images[at] = img
	s.lower[at] = strings.ToLower(img.Name.Value)
}

// remove marks an image as gone; false when it was not there.
func (s *store) remove(id string) (at int32, ok bool) {
	at, known := s.byID[id]
	if !known || s.gone[at] {
		return at, false
	}
	s.gone[at] = true
	s.live--
	s.counts[s.images[at].Status]--
	return at, true
}

// unseen lists the images that no page of the given sweep held.
func (s *store) unseen(sweep int) []string {
	var ids []string
	for i := range s.images {
		if !s.gone[i] && s.seen[i] < sweep {
			ids = append(ids, s.images[i].ID)
		}
	}
	return ids
}

// sameImage compares what a row or the preview shows. updated_at has whole
// seconds, so two states within one second look alike by it alone.
func sameImage(a, b *model.Image) bool {
	return a.Status == b.Status && a.UpdatedAt.Equal(b.UpdatedAt) && a.Name == b.Name && a.Size == b.Size &&
		a.Visibility == b.Visibility && a.Hidden == b.Hidden && a.Protected == b.Protected &&
		len(a.Tags) == len(b.Tags) && len(a.Locations) == len(b.Locations) && len(a.Properties) == len(b.Properties) &&
		len(model.Changes(*a, *b)) == 0
}
