package response

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
)

// absent is how model.Changes writes that there is nothing.
const absent = "–"

// comparison is what became of an edit, told from a reading after it. The
// Image API has no guard against lost updates, so a 200 is not the whole
// story, and a lost answer is none at all.
type comparison struct {
	asked   []model.Change // what the edit was to change
	kept    []model.Change // asked for and there
	lost    []model.Change // asked for and not there: what it is → what it was to be
	foreign []model.Change // neither as it was nor asked for: what was meant → what it is
	filled  []model.Change // what the server set by itself
}

// compare tells base, the image before the edit, wanted, what it was to be,
// and got, what it is now, apart.
func compare(base, wanted, got model.Image) comparison {
	c := comparison{asked: byClient(model.Changes(base, wanted))}
	differs := byClient(model.Changes(got, wanted))
	blamed := make([]bool, len(differs))
	for _, a := range c.asked {
		at := slices.IndexFunc(differs, func(d model.Change) bool { return missed(a, d, base, wanted, got) })
		if at < 0 {
			c.kept = append(c.kept, a)
			continue
		}
		if !blamed[at] {
			c.lost = append(c.lost, differs[at])
		}
		blamed[at] = true
	}
	for n, d := range differs {
		if !blamed[n] {
			d.Before, d.After = d.After, d.Before
			c.foreign = append(c.foreign, d)
		}
	}
	for _, d := range model.Changes(base, got) {
		if d.ByServer {
			c.filled = append(c.filled, d)
		}
	}
	return c
}

// all is whether everything that was asked for is there, none whether nothing is.
func (c comparison) all() bool  { return len(c.lost) == 0 }
func (c comparison) none() bool { return len(c.asked) > 0 && len(c.lost) >= len(c.asked) }

func byClient(changes []model.Change) []model.Change {
	return slices.DeleteFunc(changes, func(c model.Change) bool { return c.ByServer })
}

// missed is whether d, a difference between what is there and what was wanted,
// goes back to a, which was asked for; else it is somebody else's doing.
func missed(a, d model.Change, base, wanted, got model.Image) bool {
	switch {
	case a.Field.Attr != d.Field.Attr || a.Field.Key != d.Field.Key:
		return false
	case d.Field.Attr == "tags":
		return tagsMissed(base.Tags, wanted.Tags, got.Tags)
	case d.Field.Attr == "locations":
		cameNot := a.After != absent && a.After == d.After
		wentNot := a.Before != absent && a.Before == d.Before
		return cameNot || wentNot
	}
	return true
}

// tagsMissed is whether a tag that was to come is not there, or one that was
// to go still is; tags of others do not count.
func tagsMissed(base, wanted, got []string) bool {
	for _, t := range wanted {
		if !slices.Contains(base, t) && !slices.Contains(got, t) {
			return true
		}
	}
	for _, t := range base {
		if !slices.Contains(wanted, t) && slices.Contains(got, t) {
			return true
		}
	}
	return false
}
