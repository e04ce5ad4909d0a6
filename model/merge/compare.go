package merge

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
)

// Comparison is what became of an edit, told from a reading after it. The
// Image API has no guard against lost updates, so a 200 is not the whole
// story, and a lost answer is none at all.
type Comparison struct {
	Requested  []Change // what the edit was to change
	Applied    []Change // asked for and there
	NotApplied []Change // asked for and not there: what it is → what it was to be
	Unknown    []Change // asked for, and the reading does not show it
	// Third are those of Lost that have another value than before the edit, too:
	// whether it came first, no one can tell.
	Third     []Change
	Others    []Change // neither as it was nor asked for: what was meant → what it is
	ServerSet []Change // what the server set by itself: what it was → what it is
	// Sorted reports whether the order of the locations is not the wanted one only
	// because the server sorts them by the weights of its stores.
	Sorted bool
}

// Compare tells what became of an edit: base is the image before it, wanted
// what it was to be, got the image as it was read afterwards. Of tags, which
// are one change, a part can be kept and another lost.
func Compare(base, wanted, got model.Image) Comparison {
	c := Comparison{Requested: ByClient(Changes(base, wanted))}
	byTag := base.Knows("tags") && wanted.Knows("tags") && got.Knows("tags")
	c.single(Changes(got, wanted), byTag, got)
	if byTag {
		c.tags(base.Tags, wanted.Tags, got.Tags)
	}
	c.locations(base, wanted, got)
	for _, list := range [][]Change{c.Applied, c.NotApplied, c.Others} {
		slices.SortStableFunc(list, func(a, b Change) int { return rank(a) - rank(b) })
	}
	changed := Changes(base, got)
	for _, d := range changed {
		if d.ByServer {
			c.ServerSet = append(c.ServerSet, d)
		}
	}
	for _, l := range c.NotApplied {
		one := l.Field.Attr != "locations" && (l.Field.Attr != "tags" || !byTag) // a tag or a location is there or not
		if one && slices.ContainsFunc(changed, func(d Change) bool { return d.Field == l.Field }) {
			c.Third = append(c.Third, l)
		}
	}
	return c
}

// All reports whether everything that was asked for is there. Of an edit that asked
// for nothing all is there.
func (c Comparison) All() bool { return len(c.NotApplied)+len(c.Unknown) == 0 }

// None reports whether nothing that was asked for is there, though something was.
func (c Comparison) None() bool { return len(c.Requested) > len(c.Unknown) && len(c.Applied) == 0 }

// Outcome is what became of an edit that got no response: done, not done or
// partly; open where the reading does not tell. An edit that is still in progress
// can yet come to another end.
func (c Comparison) Outcome() record.Outcome {
	switch {
	case c.All():
		return record.OutcomeApplied
	case len(c.NotApplied) == 0:
		return record.OutcomeOpen
	case c.None() && len(c.Third) > 0:
		return record.OutcomeOpen
	case c.None():
		return record.OutcomeNotApplied
	}
	return record.OutcomePartlyApplied
}

// ByClient leaves out of changes what only the server sets. It may reuse the
// slice that it is given.
func ByClient(changes []Change) []Change {
	return slices.DeleteFunc(changes, func(c Change) bool { return c.ByServer })
}

// rank is the place of a change among those of [Changes].
func rank(c Change) int {
	return slices.IndexFunc(model.Attributes(), func(a *model.Attribute) bool { return a.Name == c.Field.Attr })
}

// single takes what has one value: differs is how what is there differs from
// what was wanted. The tags are one value where they are not told apart. What the
// reading does not know is neither kept nor lost.
func (c *Comparison) single(differs []Change, byTag bool, got model.Image) {
	several := func(ch Change) bool {
		return ch.ByServer || byTag && ch.Field.Attr == "tags" || ch.Field.Attr == "locations"
	}
	about := func(f model.Field) func(Change) bool { return func(ch Change) bool { return ch.Field == f } }
	for _, a := range c.Requested {
		switch {
		case several(a):
		case !got.Knows(a.Field.Attr):
			c.Unknown = append(c.Unknown, a)
		case !slices.ContainsFunc(differs, about(a.Field)):
			c.Applied = append(c.Applied, a)
		}
	}
	for _, d := range differs {
		switch {
		case several(d), slices.ContainsFunc(c.Unknown, func(u Change) bool { return u.Field.Attr == d.Field.Attr }):
		case slices.ContainsFunc(c.Requested, about(d.Field)):
			c.NotApplied = append(c.NotApplied, d)
		default:
			c.Others = append(c.Others, d.turned())
		}
	}
}

// tags sorts every single tag into kept, lost and foreign, and tells each of
// the three as one change of the whole set.
func (c *Comparison) tags(base, wanted, got []string) {
	kept, lost, foreign := base, got, wanted
	for _, t := range model.NormalTags(slices.Concat(base, wanted, got)) {
		was, meant, is := slices.Contains(base, t), slices.Contains(wanted, t), slices.Contains(got, t)
		switch {
		case meant != was && is == meant:
			kept = withTag(kept, t, meant)
		case meant != was:
			lost = withTag(lost, t, meant)
		case is != meant:
			foreign = withTag(foreign, t, is)
		}
	}
	add := func(to *[]Change, before, after []string) {
		if !model.SameTags(before, after) {
			*to = append(*to, changeOf(model.Field{Attr: "tags", Index: -1}, "tags", model.TagsValue(before), model.TagsValue(after)))
		}
	}
	add(&c.Applied, base, kept)
	add(&c.NotApplied, got, lost)
	add(&c.Others, wanted, foreign)
}

// withTag is the set with the tag or without it.
func withTag(set []string, tag string, in bool) []string {
	without := slices.DeleteFunc(slices.Clone(set), func(t string) bool { return t == tag })
	if in {
		without = append(without, tag)
	}
	return without
}
