package merge

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
)

// Overwrote is what an edit overwrote, told from a reading that was made while
// the edit was in flight: a PATCH writes the whole image back (measured), so
// what another wrote between the server's reading and its writing is gone. base
// is the image that the edit was made for, wanted what it was to be, seen the
// reading meanwhile, got the image afterwards. The changes are of what others
// had made: what it is → what they had made it. A field that has a third value
// by now is someone's later edit and not among them.
//
// whole is wanted with theirs on top: what the image would be if both had come
// through.
func Overwrote(base, wanted, seen, got model.Image) (erased []Change, whole model.Image) {
	whole, _ = Merge(base, seen, wanted)
	later := Changes(wanted, got)
	for _, c := range Compare(wanted, whole, got).NotApplied {
		isLater := func(l Change) bool { return l.Field == c.Field }
		if c.Field.Attr == "tags" || c.Field.Attr == "locations" || !slices.ContainsFunc(later, isLater) {
			erased = append(erased, c)
		}
	}
	return erased, whole
}
