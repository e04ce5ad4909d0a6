package list

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/packed"
)

// order is a way to sort the rows. Within one value the newest image comes
// first, whichever way round.
type order struct {
	name string // for the summary: "newest first"
	back string // the same, reversed
	attr string // that it sorts by; its column shows the arrow
	// key gives an image's value as a number, the smallest first; nil for the
	// two orders that are kept at all times, see rows.
	key func(*packed.Images) func(at int32) uint64
}

const (
	newestFirst = iota
	nameOrder
)

// orders in the sequence in which the sort key walks through them. The first
// is the one in which the server sends its pages, so that rows only ever
// appear at the end while they arrive.
var orders = []order{
	newestFirst: {"newest first", "oldest first", "created_at", nil},
	nameOrder:   {"by name", "by name, descending", "name", nil},
	{"by status", "by status, descending", "status", func(images *packed.Images) func(int32) uint64 {
		return func(at int32) uint64 { return statusRank(images.Status(at)) }
	}},
	{"recently updated first", "least recently updated first", "updated_at", func(images *packed.Images) func(int32) uint64 {
		return func(at int32) uint64 { return ^ascending(images.Updated(at)) }
	}},
	{"largest first", "smallest first", "size", func(images *packed.Images) func(int32) uint64 {
		return func(at int32) uint64 { return ^ascending(images.Size(at)) }
	}},
	{"by visibility", "by visibility, descending", "visibility", func(images *packed.Images) func(int32) uint64 {
		return func(at int32) uint64 { return visibilityRank(images.Visibility(at)) }
	}},
	{"by project", "by project, descending", "owner", ownerRank},
}

// knownFirst puts the images behind whose value of an attribute could not be
// read, whichever way round the rest is. It changes nothing in the list given.
func knownFirst(images *packed.Images, sorted []int32, attribute string) []int32 {
	unread := func(at int32) bool { return images.Unread(at, attribute) }
	first := slices.IndexFunc(sorted, unread)
	if first < 0 {
		return sorted
	}
	out := append(make([]int32, 0, len(sorted)), sorted[:first]...)
	var last []int32
	for _, at := range sorted[first:] {
		if unread(at) {
			last = append(last, at)
		} else {
			out = append(out, at)
		}
	}
	return append(out, last...)
}

// ascending makes a number without sign that sorts as the one with a sign.
func ascending(n int64) uint64 { return uint64(n) ^ 1<<63 }

// statusRank puts first what needs the user: broken, then changing, then
// waiting, then in order.
func statusRank(s model.Status) uint64 {
	switch s {
	case model.StatusKilled:
		return 0
	case model.StatusSaving, model.StatusUploading, model.StatusImporting, model.StatusPendingDelete:
		return 1
	case model.StatusQueued:
		return 2
	case model.StatusDeactivated:
		return 3
	case model.StatusActive:
		return 4
	}
	return 5
}

// visibilityRank puts the widest audience first: what is public by mistake is
// what an administrator looks for.
func visibilityRank(v model.Visibility) uint64 {
	for i, w := range model.Visibilities {
		if v == w {
			return uint64(len(model.Visibilities) - i)
		}
	}
	return uint64(len(model.Visibilities) + 1)
}

// ownerRank numbers the projects that occur by their ids.
func ownerRank(images *packed.Images) func(int32) uint64 {
	rank := make([]uint64, images.Texts())
	var owners []string
	numbers := map[string]uint32{}
	for at := range int32(images.Len()) {
		n := images.OwnerText(at)
		if rank[n] == 0 {
			rank[n] = 1
			owners = append(owners, images.Owner(at))
			numbers[images.Owner(at)] = n
		}
	}
	slices.Sort(owners)
	for n, owner := range owners {
		rank[numbers[owner]] = uint64(n)
	}
	return func(at int32) uint64 { return rank[images.OwnerText(at)] }
}

// newer is the order of creation, the newest first, and by id so that it never
// depends on the order of arrival.
func newer(images *packed.Images, a, b int32) int {
	if c := cmp.Compare(images.Created(b), images.Created(a)); c != 0 {
		return c
	}
	return strings.Compare(images.ID(a), images.ID(b))
}

func compareName(images *packed.Images, a, b int32) int {
	if c := strings.Compare(images.LowerName(a), images.LowerName(b)); c != 0 {
		return c
	}
	return strings.Compare(images.Name(a), images.Name(b))
}

// sorter sorts by numbers. It keeps its room: taking new memory for 100,000 would
// take longer than sorting them.
type sorter struct{ from, to []keyed }

type keyed struct {
	key uint64
	at  int32
}

// sort sorts places by a number and leaves those of the same number in
// their order. Byte by byte: a list of 100,000 takes a few milliseconds, where
// comparing takes ten times as long.
func (s *sorter) sort(places []int32, key func(int32) uint64) {
	if cap(s.from) < len(places) { // room for some more, since pages arrive
		s.from, s.to = make([]keyed, len(places)*5/4), make([]keyed, len(places)*5/4)
	}
	from, to := s.from[:len(places)], s.to[:len(places)]
	ones, bits := uint64(math.MaxUint64), uint64(0) // set in all keys, and in any
	for n, at := range places {
		k := key(at)
		from[n] = keyed{k, at}
		ones, bits = ones&k, bits|k
	}
	for shift := 0; shift < 64; shift += 8 {
		if byte((ones^bits)>>shift) == 0 {
			continue // this byte is the same in all
		}
		var ends [256]int
		for _, k := range from {
			ends[byte(k.key>>shift)]++
		}
		sum := 0
		for b, n := range ends {
			ends[b] = sum
			sum += n
		}
		for _, k := range from {
			b := byte(k.key >> shift)
			to[ends[b]] = k
			ends[b]++
		}
		from, to = to, from
	}
	for n, k := range from {
		places[n] = k.at
	}
}

// mergeSorted puts sorted newcomers into a sorted list, which it may change.
func mergeSorted(list, fresh []int32, compare func(a, b int32) int) []int32 {
	end := len(list)
	list = append(list, fresh...)
	if end == 0 || len(fresh) == 0 || compare(list[end-1], fresh[0]) <= 0 {
		return list // as while pages arrive
	}
	for n := len(fresh) - 1; n >= 0; n-- {
		at, _ := slices.BinarySearchFunc(list[:end], fresh[n], func(x, one int32) int {
			if compare(x, one) <= 0 {
				return -1
			}
			return 1
		})
		copy(list[at+n+1:], list[at:end])
		list[at+n] = fresh[n]
		end = at
	}
	return list
}
