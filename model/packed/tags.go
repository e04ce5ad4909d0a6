package packed

import (
	"encoding/binary"
	"slices"
	"strings"
)

// tagSets are the sets of tags that occur, each kept once and known by a number.
type tagSets struct {
	list []tagSet
	at   map[string]uint32
	key  []byte
}

// tagSet is one of them, as it was and in lower case.
type tagSet struct{ tags, lower []string }

func newTagSets() tagSets { return tagSets{at: map[string]uint32{}} }

func (t *tagSets) number(tags []string) uint32 {
	t.key = t.key[:0]
	if tags != nil {
		t.key = append(t.key, '.') // an empty list is not none
	}
	for _, tag := range tags {
		t.key = binary.AppendUvarint(t.key, uint64(len(tag))) // a tag may hold any character
		t.key = append(t.key, tag...)
	}
	if n, known := t.at[string(t.key)]; known {
		return n
	}
	set := tagSet{tags: slices.Clone(tags)}
	for n, tag := range set.tags {
		set.tags[n] = strings.Clone(tag)
	}
	set.lower = set.tags
	for n, tag := range set.tags {
		lower := strings.ToLower(tag)
		if lower == tag {
			continue
		}
		if &set.lower[0] == &set.tags[0] {
			set.lower = slices.Clone(set.tags)
		}
		set.lower[n] = lower
	}
	n := uint32(len(t.list))
	t.list = append(t.list, set)
	t.at[string(t.key)] = n
	return n
}

// TagSet is the number of an image's set of tags: images with the same tags
// have the same one.
func (s *Images) TagSet(at int32) uint32 { return s.record(at).tags }

// TagSets is how many sets there are.
func (s *Images) TagSets() int { return len(s.sets.list) }

// LowerTags are the tags of a set in lower case, not to be changed.
func (s *Images) LowerTags(set uint32) []string { return s.sets.list[set].lower }
