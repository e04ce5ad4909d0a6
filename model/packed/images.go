package packed

import (
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// Images are images by their place, which is a number from 0 in the order in
// which they were added. Make one with New. It is not safe for use by several
// goroutines.
type Images struct {
	chunks [][]record // a chunk never moves: growing costs no copy
	n      int
	texts  texts
	sets   tagSets
	index  index
	// inExtra are the names (numbers of texts) that some image has in Extra.
	inExtra map[uint32]bool
	// unpacked are images that cannot be packed without loss, which no server
	// sends: with times that are not UTC, or metadata that is no JSON.
	unpacked map[int32]model.Image
	buf      []byte
	adding   model.Image // what Set is at, here and not made again each time
}

// record is one image: what rows show and sort by, and the rest as a text.
type record struct {
	text             string // the packed rest, the id and the name
	lower            string // the name in lower case
	created, updated int64  // seconds since 1970
	size             int64  // bytes
	idLen, nameLen   uint32
	head             uint32 // see headOf
	status           uint32 // these are numbers of texts
	visibility       uint32
	owner            uint32
	disk, container  uint32
	tags             uint32   // the number of a set
	counts           [2]int32 // see counts
	flags            flags
}

// A record holds what rows show and sort by, and what filters read of all images:
// atHand and the first of the whole numbers. What else an image has is in its text.
var (
	atHand = []string{"id", "name", "status", "tags", "owner", "visibility", "protected", "os_hidden", "disk_format", "container_format",
		"locations", "size", "created_at", "updated_at"}
	counts, inText = func() (counts, inText []*model.Attribute) {
		for _, a := range model.Attributes() {
			_, number := a.Field(&model.Image{}).(*int64)
			switch {
			case !a.Base || slices.Contains(atHand, a.Name):
			case number && len(counts) < len(record{}.counts):
				counts = append(counts, a)
			default:
				inText = append(inText, a)
			}
		}
		return counts, inText
	}()
)

type flags uint16

const (
	named flags = 1 << iota
	sized
	createdKnown
	updatedKnown
	protected
	hiddenImage
	locationsShown
	locationsWithheld
	noLocations // nil, not empty
	noProperties
	noExtra
	hasUnread
	headKnown
	odd // see Images.unpacked
)

func (f flags) has(one flags) bool { return f&one != 0 }

func flag(one flags, on bool) flags {
	if on {
		return one
	}
	return 0
}

const chunkSize = 1 << 10

// New makes an empty one.
func New() *Images {
	return &Images{texts: newTexts(), sets: newTagSets(), index: index{seed: maphash.MakeSeed()}, unpacked: map[int32]model.Image{}, inExtra: map[uint32]bool{}}
}

// Len is how many there are.
func (s *Images) Len() int { return s.n }

// Add puts an image at the next place. Its id must be a new one: see Find.
func (s *Images) Add(img model.Image) int32 {
	at := int32(s.n)
	if s.n%chunkSize == 0 {
		s.chunks = append(s.chunks, make([]record, chunkSize))
	}
	s.n++
	s.Set(at, img)
	s.enter()
	return at
}

// Set puts a later reading of the same image in the place of an earlier. It
// keeps nothing of img that img's owner could change.
func (s *Images) Set(at int32, img model.Image) {
	r := s.record(at)
	delete(s.unpacked, at)
	*r = record{
		idLen: uint32(len(img.ID)), nameLen: uint32(len(img.Name.Value)), size: img.Size.Value,
		status: s.texts.number(string(img.Status)), visibility: s.texts.number(string(img.Visibility)),
		owner: s.optional(img.Owner), disk: s.optional(img.DiskFormat), container: s.optional(img.ContainerFormat),
		tags: s.sets.number(img.Tags),
		flags: flag(named, img.Name.Set) | flag(sized, img.Size.Set) | flag(protected, img.Protected) |
			flag(hiddenImage, img.Hidden) | flag(locationsShown, img.LocationsShown) | flag(locationsWithheld, img.LocationsWithheld) |
			flag(noLocations, img.Locations == nil) | flag(noProperties, img.Properties == nil) | flag(noExtra, img.Extra == nil) | flag(hasUnread, img.Unread != nil),
	}
	if img.Size.Set {
		r.size = img.Size.Value
	}
	fit := true
	s.adding = img
	for n, a := range counts {
		r.counts[n], fit = narrow(*a.Field(&s.adding).(*int64), fit)
	}
	r.created, fit = seconds(img.CreatedAt, fit)
	r.updated, fit = seconds(img.UpdatedAt, fit)
	r.flags |= flag(createdKnown, !img.CreatedAt.IsZero()) | flag(updatedKnown, !img.UpdatedAt.IsZero())
	head, digits := headOf(img.ID)
	r.head, r.flags = head, r.flags|flag(headKnown, digits)

	w := writer{texts: &s.texts, inExtra: s.inExtra, id: img.ID, out: s.buf[:0]}
	fit = w.addRest(&s.adding) && fit
	s.adding = model.Image{}
	w.out = append(append(w.out, img.ID...), img.Name.Value...)
	s.buf = w.out
	if cap(s.buf) > largestBuffer {
		s.buf = nil
	}
	r.text = string(w.out)
	// A text of its own: a filter goes over all of them, and waits less for memory
	// where they lie close together.
	if r.lower = strings.ToLower(r.name()); r.lower == r.name() {
		r.lower = strings.Clone(r.lower)
	}
	if !fit {
		r.flags |= odd
		s.unpacked[at] = img.Clone()
	}
}

// largestBuffer is what is kept for the next image to be packed in.
const largestBuffer = 64 << 10

func (s *Images) optional(o model.Opt[string]) uint32 {
	if !o.Set {
		return 0
	}
	return s.texts.number(o.Value)
}

// seconds is a time's whole seconds; not fit where that is not all of it.
func seconds(t time.Time, fit bool) (int64, bool) {
	if t.IsZero() {
		return math.MinInt64, fit && t == time.Time{}
	}
	sec := t.Unix()
	return sec, fit && t == timeOf(sec)
}

// narrow is a number in half the room; Glance knows none above 2147483647.
func narrow(n int64, fit bool) (int32, bool) { return int32(n), fit && int64(int32(n)) == n }

func timeOf(sec int64) time.Time { return time.Unix(sec, 0).UTC() }

func (s *Images) record(at int32) *record { return &s.chunks[at/chunkSize][at%chunkSize] }

func (r *record) id() string {
	end := uint32(len(r.text)) - r.nameLen
	return r.text[end-r.idLen : end]
}

func (r *record) name() string { return r.text[uint32(len(r.text))-r.nameLen:] }

// ID is an image's id.
func (s *Images) ID(at int32) string { return s.record(at).id() }

// Name is an image's name, "" where it has none.
func (s *Images) Name(at int32) string { return s.record(at).name() }

// Unread reports whether an image has a value of an attribute that could not be read.
func (s *Images) Unread(at int32, attribute string) bool {
	r := s.record(at)
	if !r.flags.has(hasUnread) {
		return false
	}
	if r.flags.has(odd) {
		return s.unpacked[at].Unread[attribute] != nil
	}
	name, ever := s.texts.at[attribute]
	if !ever {
		return false
	}
	for part, from := s.unreadPart(r).rest, 0; from < len(part); {
		n, value := numberAt(part, from)
		if uint32(n) == name {
			return true
		}
		from = behindText(part, value)
	}
	return false
}

// LowerName is the name in lower case.
func (s *Images) LowerName(at int32) string { return s.record(at).lower }

// Status is an image's status.
func (s *Images) Status(at int32) model.Status {
	return model.Status(s.texts.list[s.record(at).status])
}

// Visibility is who can see an image.
func (s *Images) Visibility(at int32) model.Visibility {
	return model.Visibility(s.texts.list[s.record(at).visibility])
}

// Owner is the id of an image's project, "" where it has none.
func (s *Images) Owner(at int32) string { return s.texts.list[s.record(at).owner] }

// OwnerText is the number of an owner's text: images of one project have the
// same. It is below Texts.
func (s *Images) OwnerText(at int32) uint32 { return s.record(at).owner }

// Texts is how many texts are shared by images.
func (s *Images) Texts() int { return len(s.texts.list) }

// Size is in bytes, -1 where it is not known.
func (s *Images) Size(at int32) int64 {
	if r := s.record(at); r.flags.has(sized) {
		return r.size
	}
	return -1
}

// Created is when an image was made, in seconds since 1970; the least number
// where no one knows.
func (s *Images) Created(at int32) int64 { return s.record(at).created }

// Updated is when an image was changed last, as Created.
func (s *Images) Updated(at int32) int64 { return s.record(at).updated }

// Image gives the whole image, as it was put in. It shares nothing that can be
// changed with others.
func (s *Images) Image(at int32) model.Image {
	r := s.record(at)
	if r.flags.has(odd) {
		return s.unpacked[at].Clone()
	}
	var img model.Image
	s.head(r, &img)
	img.Tags = slices.Clone(img.Tags)
	s.readRest(r, &img)
	return img
}
