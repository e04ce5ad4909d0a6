package rules

import (
	"encoding/json"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/patch"
)

// Apply is what the server makes of a patch: the image that a GET after the
// PATCH shows, or the [*patch.Rejection] that it answers. It mirrors what was
// measured on Glance 25: the whole patch is checked first, then one operation
// after another is applied; a failure undoes them all, except that data
// which a removed location held is gone (Rejection.Kept). Not mirrored: a tag
// with an emoji is refused only after all else was stored (measured).
//
// The image given is not changed. Times, and what the server derives by itself
// (direct_url, stores, metadata's store), stay as they were; the size and the
// validity of a new location's URL come from Rules.CheckLocation.
func (r Rules) Apply(before model.Image, p patch.Patch) (model.Image, error) {
	d, err := r.apply(before, p)
	if err != nil {
		return model.Image{}, err
	}
	return d.stored(), nil
}

// ApplyResponse is Apply as the answer to the PATCH itself shows it: a location
// added at an index is there, and not yet at the end of the list.
func (r Rules) ApplyResponse(before model.Image, p patch.Patch) (answer model.Image, err error) {
	d, err := r.apply(before, p)
	if err != nil {
		return model.Image{}, err
	}
	return d.shown(), nil
}

func (r Rules) apply(before model.Image, p patch.Patch) (*workingCopy, error) {
	changes, refused := r.changes(p)
	if refused != nil {
		return nil, refused
	}
	d := newWorkingCopy(r, before)
	for _, c := range changes {
		if refused := d.apply(c); refused != nil {
			refused.Index = c.index
			return nil, d.keep(refused)
		}
	}
	if refused := d.checkSaved(changes); refused != nil {
		return nil, d.keep(refused)
	}
	return d, nil
}

// workingCopy is the server's copy of an image while a patch is applied.
type workingCopy struct {
	rules     Rules
	before    model.Image // as it was; not to be changed
	image     model.Image
	locations []placed
	// deleted are the locations whose data is gone whatever follows.
	deleted []model.Location
	// stores is a custom property of that name, which the server lets a client
	// make (measured): the real attribute hides it as soon as there is one.
	stores model.Opt[string]
}

// placed is a location and whether it has a place of its own in the server's
// database: those keep theirs, new ones are stored behind them.
type placed struct {
	model.Location
	stored bool
}

func newWorkingCopy(r Rules, before model.Image) *workingCopy {
	d := &workingCopy{rules: r, before: before, image: before.Clone()}
	for _, l := range d.image.Locations {
		d.locations = append(d.locations, placed{Location: l, stored: true})
	}
	if d.image.Properties == nil {
		d.image.Properties = map[string]model.Opt[string]{}
	}
	if len(before.Locations) == 0 {
		text, shown := jsontext.DecodeText(before.Extra["stores"])
		d.stores = model.Opt[string]{Value: text, Set: shown}
	}
	return d
}

// shown is the image with its locations in the order of the answer.
func (d *workingCopy) shown() model.Image {
	image := d.image
	image.Locations = nil
	for _, l := range d.locations {
		image.Locations = append(image.Locations, l.Location)
	}
	if len(d.locations) == 0 {
		image.Extra = d.extraWithStores()
	}
	return image
}

// extraWithStores is Extra of an image without locations: the server has
// nothing of its own to show as "stores" then.
func (d *workingCopy) extraWithStores() map[string]json.RawMessage {
	_, shown := d.image.Extra["stores"]
	if !shown && !d.stores.Set {
		return d.image.Extra
	}
	extra := make(map[string]json.RawMessage, len(d.image.Extra)+1)
	for name, raw := range d.image.Extra {
		extra[name] = raw
	}
	delete(extra, "stores")
	if d.stores.Set {
		extra["stores"] = jsontext.MustEncode(d.stores.Value)
	}
	return extra
}

// stored is the image with its locations in the order of the next GET.
func (d *workingCopy) stored() model.Image {
	image := d.shown()
	if image.Owner == model.Some("") {
		image.Owner = model.Null[string]() // the answer has it as it was sent (measured)
	}
	image.Locations = nil
	for _, old := range []bool{true, false} {
		for _, l := range d.locations {
			if l.stored == old {
				image.Locations = append(image.Locations, l.Location)
			}
		}
	}
	image.Locations = d.rules.Sorted(image.Locations)
	return image
}

func (d *workingCopy) keep(refused *patch.Rejection) *patch.Rejection {
	refused.Kept = d.deleted
	return refused
}

// apply makes the change of one operation.
func (d *workingCopy) apply(c change) *patch.Rejection {
	switch {
	case c.root() == "locations":
		return d.applyLocations(c)
	case model.IsBase(c.root()) || model.IsInternal(c.root()):
		return d.applyAttribute(c)
	}
	return d.applyProperty(c)
}
