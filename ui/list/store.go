package list

import (
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/packed"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// store holds every image that was read, each once and packed. Rows refer to
// images by their place in it, which never changes while the program runs.
type store struct {
	images *packed.Images
	gone   []bool         // the server has it no longer
	seen   []int32        // the mark of the walk that last met it
	asked  []screen.Asked // when it was asked for as it is here
	read   []int32        // when that was read, in tenths of a second of our own clock since begun
	begun  time.Time
	counts map[model.Status]int
	live   int
	row    model.Image // see head
}

func newStore(now time.Time) *store {
	return &store{images: packed.New(), counts: map[model.Status]int{}, begun: now}
}

// tenths is a time as it is kept for each image.
func (s *store) tenths(now time.Time) int32 { return int32(now.Sub(s.begun) / (time.Second / 10)) }

// age is how long ago an image was read.
func (s *store) age(at int32, now time.Time) time.Duration {
	return time.Duration(s.tenths(now)-s.read[at]) * (time.Second / 10)
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
	// late is a reading that was asked for before the one that is there, and
	// differs: it can be either's value, so that the image is to be read again.
	late
)

// put takes in a reading of an image, and marks it. before is the earlier
// reading where there was one.
func (s *store) put(img model.Image, asked screen.Asked, now time.Time, mark int) (at int32, did put, before model.Image) {
	at, known := s.images.Find(img.ID)
	if !known {
		s.gone = append(s.gone, false)
		s.seen = append(s.seen, int32(mark))
		s.asked = append(s.asked, asked)
		s.read = append(s.read, s.tenths(now))
		s.counts[img.Status]++
		s.live++
		return s.images.Add(img), added, before
	}
	s.seen[at] = max(s.seen[at], int32(mark))
	before = s.images.Image(at)
	if asked < s.asked[at] {
		if s.gone[at] || !sameImage(&before, &img) {
			return at, late, before
		}
		return at, same, before
	}
	s.asked[at], s.read[at] = asked, s.tenths(now)
	if s.gone[at] {
		s.gone[at] = false
		s.live++
		s.counts[img.Status]++
		s.images.Set(at, img)
		return at, added, before
	}
	if sameImage(&before, &img) {
		return at, same, before
	}
	s.counts[before.Status]--
	s.counts[img.Status]++
	s.images.Set(at, img)
	return at, changed, before
}

// remove marks an image as gone; false when it was not there, or read since the
// question after it was asked.
func (s *store) remove(id string, asked screen.Asked) (at int32, ok bool) {
	at, known := s.images.Find(id)
	if !known || s.gone[at] || asked < s.asked[at] {
		return at, false
	}
	s.asked[at] = asked
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
