package list

import (
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/packed"
)

// store holds every image that was read, each once and packed. Rows refer to
// images by their place in it, which never changes while the program runs.
type store struct {
	images *packed.Images
	gone   []bool  // the server has it no longer
	seen   []int32 // the mark of the walk that last met it
	counts map[model.Status]int
	live   int
	row    model.Image // see head
}

func newStore() *store {
	return &store{images: packed.New(), counts: map[model.Status]int{}}
}

// len is how many images there are, those that are gone among them.
func (s *store) len() int { return s.images.Len() }

// head is what a row shows of an image. It is good until the next call.
func (s *store) head(at int32) *model.Image {
	s.images.Fill(at, &s.row, packed.Part{})
	return &s.row
}

// what a put did.
type put int

const (
	same put = iota
	added
	changed
)

// put takes in a reading of an image, and marks it. before is the earlier
// reading where there was one.
func (s *store) put(img model.Image, mark int) (at int32, did put, before model.Image) {
	at, known := s.images.Find(img.ID)
	if !known {
		s.gone = append(s.gone, false)
		s.seen = append(s.seen, int32(mark))
		s.counts[img.Status]++
		s.live++
		return s.images.Add(img), added, before
	}
	s.seen[at] = max(s.seen[at], int32(mark))
	before = s.images.Image(at)
	if s.gone[at] {
		s.gone[at] = false
		s.live++
		s.counts[img.Status]++
		s.images.Set(at, img)
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
	s.images.Set(at, img)
	return at, changed, before
}

// remove marks an image as gone; false when it was not there.
func (s *store) remove(id string) (at int32, ok bool) {
	at, known := s.images.Find(id)
	if !known || s.gone[at] {
		return at, false
	}
	s.gone[at] = true
	s.live--
	s.counts[s.images.Status(at)]--
	return at, true
}

// meet marks an image that is there; false when it had that mark.
func (s *store) meet(id string, mark int) bool {
	at, known := s.images.Find(id)
	if !known {
		return true
	}
	met := s.seen[at] >= int32(mark)
	s.seen[at] = max(s.seen[at], int32(mark))
	return !met
}

// unseen lists the images that have no such mark or a later one.
func (s *store) unseen(mark int) []string {
	var ids []string
	for at := range s.gone {
		if !s.gone[at] && s.seen[at] < int32(mark) {
			ids = append(ids, s.images.ID(int32(at)))
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
