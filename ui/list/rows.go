package list

import (
	"errors"
	"hash/maphash"
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/filter"
	"github.com/glance-tui/glance-tui/watch"
)

// rows is what of the store is shown, and in which order: places, never copies
// of images.
type rows struct {
	store   *watch.Store
	session api.Session

	match  matcher
	scores []int8 // by index: how close an image is to the free words, see matcher

	shown []int32
	// These hold every place, also those that are not shown. Two orders are kept
	// up as images arrive: by creation, from which the rest is made by stable
	// sorting, and by name, which would take longest.
	newest, byName []int32
	names          []uint32 // hashes by place: the names themselves lie far apart
	seed           maphash.Seed
	sorted         []int32 // in the chosen order; one of those two, or room
	room           []int32
	sorter         sorter

	order int
	back  bool
	wrong bool // the filter has a fault: no one knows what it is to show
	only  *marks
	// pinned images are shown though they match no longer: those that the user
	// edited since the filter was typed. Who edits a queued image among queued
	// ones wants to see what becomes of it.
	pinned map[string]bool
}

func newRows(s *watch.Store, session api.Session) *rows {
	return &rows{store: s, session: session, seed: maphash.MakeSeed(), match: newMatcher(s.Images, session, filter.Filter{})}
}

// filter sets what rows have to match. Where the text has a fault, that is
// returned: a term that has only begun is left out, and with one that is wrong
// there are no rows.
func (r *rows) filter(text string, now time.Time) error {
	f, err := filter.Parse(text, now)
	fault := new(filter.Error)
	r.wrong = errors.As(err, &fault) && !fault.Begun
	// With a letter more only those can match that did before, unless others were
	// marked meanwhile.
	narrower := r.only == nil && f.Narrows(r.match.filter)
	r.pinned, r.match = nil, newMatcher(r.store.Images, r.session, f)
	r.ask(narrower)
	r.choose()
	return err
}

// none shows nothing until the filter changes.
func (r *rows) none() {
	r.wrong = true
	r.choose()
}

// know takes in what the session knows by now: the names of projects.
func (r *rows) know(session api.Session) {
	r.session = session
	r.match.session = session
	r.matchAll()
}

// len is how many places were taken in.
func (r *rows) len() int { return len(r.newest) }

// matchAll asks each image again.
func (r *rows) matchAll() {
	r.ask(false)
	r.choose()
}

// ask scores each image, or each that matched before.
func (r *rows) ask(narrower bool) {
	r.match.ready()
	for at := range r.scores {
		if !narrower || r.scores[at] != noMatch {
			r.scores[at] = r.closeness(int32(at))
		}
	}
}

// sortBy sets the order.
func (r *rows) sortBy(order int, back bool) {
	r.order, r.back = order, back
	r.sort()
	r.choose()
}

// showOnly shows nothing but what is marked; all again with nil.
func (r *rows) showOnly(m *marks) {
	r.only = m
	r.matchAll()
}

// pin keeps an image visible until the filter changes.
func (r *rows) pin(id string) {
	if r.pinned == nil {
		r.pinned = map[string]bool{}
	}
	r.pinned[id] = true
	if at, known := r.store.Find(id); known {
		r.update(at)
	}
}

// words are the free words of the filter, in lower case.
func (r *rows) words() []string { return r.match.words }

// filtered reports whether any row may be kept away.
func (r *rows) filtered() bool {
	return !r.match.filter.Empty() || r.only != nil || r.wrong
}

// update takes in images that are new, changed, went away or came back.
func (r *rows) update(places ...int32) {
	in := slices.Clone(places)
	slices.Sort(in)
	in = slices.Compact(in) // a page may hold an image twice
	known := int32(r.len())
	r.match.ready()
	r.scores = slices.Grow(r.scores, r.store.Len()-len(r.scores))[:r.store.Len()]
	for _, at := range in {
		r.scores[at] = r.closeness(at)
	}
	images := r.store.Images
	r.names = slices.Grow(r.names, r.store.Len()-len(r.names))[:r.store.Len()]
	for _, at := range in {
		r.names[at] = uint32(maphash.String(r.seed, images.Name(at)))
	}
	byAge := func(a, b int32) int { return newer(images, a, b) }
	byName := func(a, b int32) int {
		if c := compareName(images, a, b); c != 0 {
			return c
		}
		return newer(images, a, b)
	}
	if len(in) > 0 && in[0] < known { // what it is sorted by may have changed: out and in again
		var moved marks
		for _, at := range in {
			moved.set(at, true)
		}
		r.newest, r.byName = slices.DeleteFunc(r.newest, moved.has), slices.DeleteFunc(r.byName, moved.has)
	}
	slices.SortFunc(in, byAge)
	r.newest = mergeSorted(r.newest, in, byAge)
	slices.SortFunc(in, byName)
	r.byName = mergeSorted(r.byName, in, byName)
	r.sort()
	r.choose()
}

// closeness is the matcher's, for what may be shown at all.
func (r *rows) closeness(at int32) int8 {
	switch {
	case r.store.Deleted(at):
		return noMatch
	case r.pinned != nil && r.pinned[r.store.ID(at)]:
		return max(0, r.match.closeness(at))
	case r.only != nil && !r.only.has(at):
		return noMatch
	}
	return r.match.closeness(at)
}

// sort makes the chosen order of all places.
func (r *rows) sort() {
	switch {
	case r.order == newestFirst && !r.back:
		r.sorted = r.newest
	case r.order == nameOrder && !r.back:
		r.sorted = r.byName
	case r.order == newestFirst:
		images := r.store.Images
		r.sorted = r.backwards(r.newest, func(a, b int32) bool { return images.Created(a) == images.Created(b) })
	case r.order == nameOrder:
		images := r.store.Images
		r.sorted = r.backwards(r.byName, func(a, b int32) bool { return r.names[a] == r.names[b] && images.Name(a) == images.Name(b) })
	default:
		r.sorted = append(r.room[:0], r.newest...)
		value := orders[r.order].key(r.store.Images)
		if r.back {
			forward := value
			value = func(at int32) uint64 { return ^forward(at) }
		}
		r.sorter.sort(r.sorted, value)
		r.room = r.sorted
	}
	r.sorted = knownFirst(r.store.Images, r.sorted, orders[r.order].attr)
}

// backwards turns one of the two orders around, but for images alike in it.
func (r *rows) backwards(from []int32, alike func(a, b int32) bool) []int32 {
	out := r.room[:0]
	for end := len(from); end > 0; {
		begin := end - 1
		for begin > 0 && alike(from[begin-1], from[end-1]) {
			begin--
		}
		out = append(out, from[begin:end]...)
		end = begin
	}
	r.room = out
	return out
}

// choose makes the rows of what matches: the closest to the free words first.
func (r *rows) choose() {
	if r.wrong {
		r.shown = r.shown[:0]
		return
	}
	var next [farthest + 1]int // where the next one so close belongs
	for _, c := range r.scores {
		if c >= 0 {
			next[c]++
		}
	}
	total := 0
	for c, n := range next {
		next[c] = total
		total += n
	}
	r.shown = slices.Grow(r.shown[:0], total)[:total]
	for _, at := range r.sorted {
		if c := r.scores[at]; c >= 0 {
			r.shown[next[c]] = at
			next[c]++
		}
	}
}

// orderName says in words how the rows are sorted.
func (r *rows) orderName() string {
	o := orders[r.order]
	if r.back {
		return o.back
	}
	return o.name
}

// indexOf finds the row of an image, -1 when it is not shown.
func (r *rows) indexOf(id string) int {
	at, ok := r.store.Find(id)
	if !ok {
		return -1
	}
	return slices.Index(r.shown, at)
}
