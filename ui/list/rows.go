package list

import (
	"slices"
	"strings"
	"time"

	"github.com/sahilm/fuzzy"

	"github.com/glance-tui/glance-tui/model"
)

// rows is what of the store is shown, and in which order: indices, never
// copies of images.
type rows struct {
	store   *store
	session model.Session

	shown []int32
	order int
	back  bool
	keyed model.Filter
	free  []string
	rank  []int8 // closeness to the free words, by place in the store; nil without any
	only  map[string]bool
	// pinned images are shown though they match no longer: those that the user
	// edited since the filter was typed. Who edits a queued image among queued
	// ones wants to see what becomes of it.
	pinned map[string]bool
}

func newRows(s *store, session model.Session) *rows { return &rows{store: s, session: session} }

// filter sets what rows have to match. Where the text has a fault, what is
// right of it counts all the same and the fault is returned.
func (r *rows) filter(text string, now time.Time) error {
	f, err := model.ParseFilter(text, now)
	r.keyed, r.free, r.pinned = f.Keyed(), f.Free(), nil
	r.rebuild()
	return err
}

// pin keeps an image in sight until the filter changes.
func (r *rows) pin(id string) {
	if r.pinned == nil {
		r.pinned = map[string]bool{}
	}
	r.pinned[id] = true
}

// filtered reports whether any row may be kept away.
func (r *rows) filtered() bool { return !r.keyed.Empty() || len(r.free) > 0 || r.only != nil }

// rebuild makes the rows anew: after a change of filter, order or images.
func (r *rows) rebuild() {
	r.shown, r.rank = r.shown[:0], nil
	if len(r.free) > 0 {
		r.rank = make([]int8, len(r.store.images))
	}
	r.add(r.all())
}

func (r *rows) all() []int32 {
	out := make([]int32, 0, len(r.store.images))
	for i := range r.store.images {
		out = append(out, int32(i))
	}
	return out
}

// add takes in images that were not there before: those that match are merged
// into the sorted rows.
func (r *rows) add(at []int32) {
	fresh := make([]int32, 0, len(at))
	for _, i := range at {
		if r.match(i) {
			fresh = append(fresh, i)
		}
	}
	slices.SortStableFunc(fresh, r.compare)
	if len(r.shown) == 0 || len(fresh) == 0 || r.compare(r.shown[len(r.shown)-1], fresh[0]) <= 0 {
		r.shown = append(r.shown, fresh...)
		return
	}
	merged := make([]int32, 0, len(r.shown)+len(fresh))
	for a, b := r.shown, fresh; len(a)+len(b) > 0; {
		if len(b) == 0 || len(a) > 0 && r.compare(a[0], b[0]) <= 0 {
			merged, a = append(merged, a[0]), a[1:]
		} else {
			merged, b = append(merged, b[0]), b[1:]
		}
	}
	r.shown = merged
}

func (r *rows) match(i int32) bool {
	img := &r.store.images[i]
	if r.pinned[img.ID] && !r.store.gone[i] {
		return true
	}
	if r.store.gone[i] || r.only != nil && !r.only[img.ID] || !r.keyed.Match(img, r.session) {
		return false
	}
	if len(r.free) == 0 {
		return true
	}
	worst := int8(0)
	for _, w := range r.free {
		c := closeness(img, r.store.lower[i], w)
		if c < 0 {
			return false
		}
		worst = max(worst, c)
	}
	for len(r.rank) <= int(i) {
		r.rank = append(r.rank, 0)
	}
	r.rank[i] = worst
	return true
}

// closeness is how well a free word fits an image, both it and the name in
// lower case: 0 best, -1 not at all. Words found as they stand come before letters merely in order.
func closeness(img *model.Image, name, word string) int8 {
	switch {
	case name == word || img.ID == word:
		return 0
	case strings.HasPrefix(name, word):
		return 1
	case strings.Contains(name, word):
		return 2
	}
	for _, t := range img.Tags {
		if strings.Contains(strings.ToLower(t), word) {
			return 3
		}
	}
	if strings.HasPrefix(img.ID, word) {
		return 3
	}
	if len(word) < 2 || !inOrder(name, word) {
		return -1 // asked first, since it costs next to nothing
	}
	if m := fuzzy.Find(word, []string{name}); len(m) > 0 && together(m[0].MatchedIndexes, len(word)) {
		return 4
	}
	return -1
}

// inOrder reports whether the letters of word occur in name, in their order.
func inOrder(name, word string) bool {
	for i := 0; i < len(name) && word != ""; i++ {
		if name[i] == word[0] {
			word = word[1:]
		}
	}
	return word == ""
}

// together keeps letters that are scattered over a long name from counting as a
// match: most of them have to stand together.
func together(at []int, letters int) bool {
	runs := 1
	for i := 1; i < len(at); i++ {
		if at[i] != at[i-1]+1 {
			runs++
		}
	}
	return runs <= 1+letters/2
}

// compare orders two rows: by closeness to the free words, by the chosen
// order, and by id so that the result never depends on the order of arrival.
func (r *rows) compare(a, b int32) int {
	if r.rank != nil {
		if c := r.rank[a] - r.rank[b]; c != 0 {
			return int(c)
		}
	}
	x, y := &r.store.images[a], &r.store.images[b]
	c := orders[r.order].less(x, y)
	if r.back {
		c = -c
	}
	if c == 0 {
		c = y.CreatedAt.Compare(x.CreatedAt)
	}
	if c == 0 {
		c = strings.Compare(x.ID, y.ID)
	}
	return c
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
	at, ok := r.store.byID[id]
	if !ok {
		return -1
	}
	return slices.Index(r.shown, at)
}
