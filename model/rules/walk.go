package rules

import (
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// Decode reads the pointer and the value of an operation.

// text, flag, count, tags and locations read a value of the kind its attribute
// has; false for anything else.

// Text reads a text or null; false for any other value.

// Flag reads true or false; false for any other value.

// Count reads a whole number; false for any other value.

// Tags reads a list of tags, as a set; false for any other value.

// Locations reads a list of locations; false for any other value.

// Location reads one location; false for any other value.

// Walk follows a patch operation by operation, so that each can be put in
// words with what the image is at that moment. It goes on after an operation
// that the server refuses: the image then stays about as it was.
type Walk struct {
	Rules   Rules
	working *workingCopy
}

// Walk begins a walk at an image.
func (r Rules) Walk(before model.Image) *Walk {
	r.CheckLocation = nil // it may ask the network; words need no response
	r.RolesKnown = false  // who may publish is the server's policy
	return &Walk{Rules: r, working: newWorkingCopy(r, before)}
}

// Advance makes the image what it is after the operation, and says how the
// server refuses it.
func (w *Walk) Advance(o patch.Operation) *patch.Rejection {
	c, refused := w.Rules.change(o)
	if refused != nil {
		return refused
	}
	return w.working.apply(c)
}

// Image is what the next operation finds, but for its locations.
func (w *Walk) Image() *model.Image { return &w.working.image }

// Locations is the list that the next operation finds.
func (w *Walk) Locations() []model.Location { return w.working.shown().Locations }

// removed are the locations that an operation takes away.
func (w *Walk) removed(e patch.Decoded) []model.Location {
	if e.Fault != "" || e.Name != "locations" {
		return nil
	}
	now := w.Locations()
	switch {
	case e.Op == patch.OpRemove && e.At != "":
		if at, ok := LocationIndex(e.At, len(now)-1); ok && at < len(now) {
			return now[at : at+1]
		}
	case e.Op == patch.OpReplace && e.At == "" && w.Rules.EmptiesLocations():
		if list, ok := e.Locations(); ok && len(list) == 0 {
			return now
		}
	}
	return nil
}
