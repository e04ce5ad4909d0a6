package list

import (
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/filter"
	"github.com/glance-tui/glance-tui/model/packed"
)

// matcher says which images a filter shows, and how close they come to its free
// words. It is asked for every image with each letter of the filter, and must
// allocate nothing.
type matcher struct {
	images  *packed.Images
	session api.Session
	filter  filter.Filter
	keyed   filter.Filter // its terms with a key
	all     bool          // no term has a key
	part    packed.Part   // what keyed reads beyond a row
	free    []word
	words   []string // the same, for showing where they are
	img     model.Image
}

// How close an image is to the free words; 0 is best, below 0 is none. It only
// ranks: which images match is what filter.Filter says, here and for list.
const (
	farthest int8 = 3
	noMatch  int8 = -1
)

// word is a free word of the filter, in lower case.
type word struct {
	text string
	id   packed.Beginning
	sets []int8 // by number of a set of tags: 0 not looked at, 1 the word is in a tag, -1 it is not
}

func newMatcher(images *packed.Images, session api.Session, f filter.Filter) matcher {
	m := matcher{images: images, session: session, filter: f, keyed: f.Keyed()}
	m.all = m.keyed.Empty()
	m.words = f.Free()
	for _, text := range m.words {
		m.free = append(m.free, word{text: text, id: packed.BeginningOf(text)})
	}
	return m
}

// ready is to be called when images came or changed, before closeness.
func (m *matcher) ready() { m.part = m.images.Part(m.keyed.Reads()) }

// closeness is how well an image fits: none, or how far the worst of the free
// words is from it.
func (m *matcher) closeness(at int32) int8 {
	if !m.all {
		m.images.Fill(at, &m.img, m.part)
		if !m.keyed.Match(&m.img, m.session) {
			return noMatch
		}
	}
	worst := int8(0)
	for n := range m.free {
		c := m.free[n].closeness(m.images, at)
		if c < 0 {
			return c
		}
		worst = max(worst, c)
	}
	return worst
}

// closeness: the whole name comes before its beginning, a part of it and a tag.
func (w *word) closeness(images *packed.Images, at int32) int8 {
	name := images.LowerName(at)
	switch found := strings.Index(name, w.text); {
	case name == w.text, images.IsID(at, w.id):
		return 0
	case found == 0:
		return 1
	case found > 0:
		return 2
	case w.inTags(images, at), images.Begins(at, w.id):
		return farthest
	}
	return noMatch
}

// inTags is looked up once for each set of tags that occurs.
func (w *word) inTags(images *packed.Images, at int32) bool {
	set := images.TagSet(at)
	if int(set) >= len(w.sets) {
		w.sets = append(w.sets, make([]int8, images.TagSets()-len(w.sets))...)
	}
	known := &w.sets[set]
	if *known == 0 {
		*known = -1
		for _, tag := range images.LowerTags(set) {
			if strings.Contains(tag, w.text) {
				*known = 1
				break
			}
		}
	}
	return *known == 1
}
