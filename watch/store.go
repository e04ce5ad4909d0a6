package watch

import (
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/packed"
)

// Store holds every image that was read, each once and packed. An image keeps
// its index while the program runs.
type Store struct {
	*packed.Images
	deleted    []bool
	generation []int32 // of the scan that last met it, see scan
	asked      []Asked // when it was asked for as it is here
	readAt     []int32 // when that was read, in tenths of a second since began
	began      time.Time
	counts     map[model.Status]int
	live       int
	row        model.Image // see Row
}

func newStore(now time.Time) *Store {
	return &Store{Images: packed.New(), counts: map[model.Status]int{}, began: now}
}

// Live is how many images there are, and Counts how many of each status.
func (s *Store) Live() int { return s.live }

// Counts is part of the store: it must not be changed.
func (s *Store) Counts() map[model.Status]int { return s.counts }

// Deleted reports whether the server no longer has an image.
func (s *Store) Deleted(at int32) bool { return s.deleted[at] }

// Asked is when an image was asked for as it is here.
func (s *Store) Asked(at int32) Asked { return s.asked[at] }

// Row is what a row shows of an image. It is good until the next call.
func (s *Store) Row(at int32) *model.Image {
	s.Fill(at, &s.row, packed.Part{})
	return &s.row
}

// tenths is a time as it is kept for each image.
func (s *Store) tenths(now time.Time) int32 { return int32(now.Sub(s.began) / (time.Second / 10)) }

// age is how long ago an image was read.
func (s *Store) age(at int32, now time.Time) time.Duration {
	return time.Duration(s.tenths(now)-s.readAt[at]) * (time.Second / 10)
}

// list is the one that holds an image.
func (s *Store) list(at int32) ListKind {
	if s.Row(at).Hidden {
		return Hidden
	}
	return Visible
}

// What a put did.
type put int

const (
	same put = iota
	added
	changed
	// late is a reading that was asked for before the one that is there, and
	// differs: it can be either's value, so that the image is to be read again.
	late
)

// put takes in a reading of an image in a scan's generation. before is the
// earlier reading where there was one.
func (s *Store) put(img model.Image, asked Asked, now time.Time, generation int32) (at int32, did put, before model.Image) {
	at, known := s.Find(img.ID)
	if !known {
		s.deleted = append(s.deleted, false)
		s.generation = append(s.generation, generation)
		s.asked = append(s.asked, asked)
		s.readAt = append(s.readAt, s.tenths(now))
		s.counts[img.Status]++
		s.live++
		return s.Add(img), added, before
	}
	s.generation[at] = max(s.generation[at], generation)
	before = s.Image(at)
	if asked < s.asked[at] {
		if s.deleted[at] || !sameImage(&before, &img) {
			return at, late, before
		}
		return at, same, before
	}
	s.asked[at], s.readAt[at] = asked, s.tenths(now)
	switch {
	case s.deleted[at]:
		s.deleted[at] = false
		s.live++
		did = added
	case sameImage(&before, &img):
		return at, same, before
	default:
		s.counts[before.Status]--
		did = changed
	}
	s.counts[img.Status]++
	s.Set(at, img)
	return at, did, before
}

// remove marks an image as deleted; false when it was not there, or read since
// the request that did not find it.
func (s *Store) remove(id string, asked Asked) (at int32, ok bool) {
	at, known := s.Find(id)
	if !known || s.deleted[at] || asked < s.asked[at] {
		return at, false
	}
	s.asked[at] = asked
	s.deleted[at] = true
	s.live--
	s.counts[s.Status(at)]--
	return at, true
}

// meet marks an image as met in a scan; false when it was met in it before.
func (s *Store) meet(id string, generation int32) bool {
	at, known := s.Find(id)
	if !known {
		return true
	}
	met := s.generation[at] >= generation
	s.generation[at] = max(s.generation[at], generation)
	return !met
}

// unmet lists the images that were met in no such generation or a later one.
func (s *Store) unmet(generation int32) []string {
	var ids []string
	for at, deleted := range s.deleted {
		if !deleted && s.generation[at] < generation {
			ids = append(ids, s.ID(int32(at)))
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
		len(merge.Changes(*a, *b)) == 0
}
