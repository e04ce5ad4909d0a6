package model

import (
	"encoding/json"
	"net/http"
	"strings"
)

// Apply is what the server makes of a patch: the image that a GET after the
// PATCH shows, or the [*Rejection] that it answers. It mirrors what was
// measured on Glance 25: the whole patch is checked first, then one operation
// after another is carried out; a failure undoes them all, except that data
// which a removed location held is gone (Rejection.Kept).
//
// The image given is not changed. Times, and what the server derives by itself
// (direct_url, stores, metadata's store), stay as they were; the size and the
// validity of a new location's URL come from Rules.CheckLocation.
func (r Rules) Apply(before Image, p Patch) (Image, error) {
	d, err := r.apply(before, p)
	if err != nil {
		return Image{}, err
	}
	return d.stored(), nil
}

// ApplyAnswer is Apply as the answer to the PATCH itself shows it: a location
// added at an index stands there, and not yet at the end of the list.
func (r Rules) ApplyAnswer(before Image, p Patch) (answer Image, err error) {
	d, err := r.apply(before, p)
	if err != nil {
		return Image{}, err
	}
	return d.shown(), nil
}

func (r Rules) apply(before Image, p Patch) (*draft, error) {
	changes, refused := r.changes(p)
	if refused != nil {
		return nil, refused
	}
	d := newDraft(r, before)
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

// draft is the server's copy of an image while a patch is applied.
type draft struct {
	rules     Rules
	before    Image // as it was; not to be changed
	image     Image
	locations []placed
	// deleted are the locations whose data is gone whatever follows.
	deleted []Location
	// stores is a custom property of that name, which the server lets a client
	// make (measured): the real attribute hides it as soon as there is one.
	stores Opt[string]
}

// placed is a location and whether it has a place of its own in the server's
// database: those keep theirs, new ones are stored behind them.
type placed struct {
	Location
	stored bool
}

func newDraft(r Rules, before Image) *draft {
	d := &draft{rules: r, before: before, image: before.Clone()}
	for _, l := range d.image.Locations {
		d.locations = append(d.locations, placed{Location: l, stored: true})
	}
	if d.image.Properties == nil {
		d.image.Properties = map[string]Opt[string]{}
	}
	if len(before.Locations) == 0 {
		text, shown := decodeText(before.Extra["stores"])
		d.stores = Opt[string]{Value: text, Set: shown}
	}
	return d
}

// shown is the image with its locations in the order of the answer.
func (d *draft) shown() Image {
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
func (d *draft) extraWithStores() map[string]json.RawMessage {
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
		extra["stores"] = mustEncode(d.stores.Value)
	}
	return extra
}

// stored is the image with its locations in the order of the next GET.
func (d *draft) stored() Image {
	image := d.shown()
	image.Locations = nil
	for _, old := range []bool{true, false} {
		for _, l := range d.locations {
			if l.stored == old {
				image.Locations = append(image.Locations, l.Location)
			}
		}
	}
	return image
}

func (d *draft) keep(refused *Rejection) *Rejection {
	refused.Kept = d.deleted
	return refused
}

// apply carries out one operation.
func (d *draft) apply(c change) *Rejection {
	switch {
	case c.root() == "locations":
		return d.applyLocations(c)
	case isBase(c.root()) || isInternal(c.root()):
		return d.applyAttribute(c)
	}
	return d.applyProperty(c)
}

// applyAttribute sets a base attribute, or a member of the server's own
// objects, which does nothing good.
func (d *draft) applyAttribute(c change) *Rejection {
	switch {
	case c.op == OpRemove:
		return reject(http.StatusForbidden, "Property %s may not be removed.", c.root())
	case c.op == OpAdd && c.v20:
		return reject(http.StatusConflict, "Property %s already present.", c.root())
	case isInternal(c.root()):
		return nil
	}
	return d.setAttribute(c.root(), c.value)
}

// applyProperty adds, replaces or removes a custom property.
func (d *draft) applyProperty(c change) *Rejection {
	name := c.root()
	exists := d.hasProperty(name)
	switch {
	case c.op == OpAdd && c.v20 && exists:
		return reject(http.StatusConflict, "Property %s already present.", name)
	case c.op != OpAdd && !exists:
		return reject(http.StatusConflict, "Property %s does not exist.", name)
	case name == "stores":
		d.stores = optText(c.value)
		return nil
	case c.op == OpRemove:
		delete(d.image.Properties, name)
		return nil
	}
	d.image.Properties[name] = optText(c.value)
	return nil
}

func (d *draft) hasProperty(name string) bool {
	if name == "stores" {
		return d.stores.Set
	}
	_, found := d.image.Properties[name]
	return found
}

// setAttribute sets a base attribute to a value that fits the schema, if the
// image's state and the caller's role allow it.
func (d *draft) setAttribute(name string, value any) *Rejection {
	if name == "tags" {
		return d.setTags(value)
	}
	attribute, found := settingNamed(name)
	if !found {
		return nil
	}
	if refused := d.checkSetting(name, value); refused != nil {
		return refused
	}
	attribute.set(&d.image, value)
	return nil
}

func (d *draft) checkSetting(name string, value any) *Rejection {
	switch name {
	case "visibility":
		if value == string(Public) && d.rules.notAdmin() {
			return reject(http.StatusForbidden, "You are not authorized to complete publicize_image action.")
		}
	case "owner":
		if d.rules.notAdmin() {
			return reject(http.StatusForbidden, "Owner can't be updated by non admin.")
		}
	case "disk_format", "container_format":
		if !formatsOpen(d.image.Status) {
			return reject(http.StatusForbidden, "Attribute %s can be only replaced for a queued image.", name)
		}
	case "min_disk", "min_ram":
		if n := integer(value); n < 0 {
			return reject(http.StatusBadRequest,
				"Invalid value '%d' for parameter '%s': Cannot be a negative value", n, name)
		}
	}
	return nil
}

// formatsOpen is whether the formats can be set: while the image has no data,
// and during an import (read from Glance 25; an import rewrites the image at
// its end, so Diff refuses it there).
func formatsOpen(s Status) bool { return s == StatusQueued || s == StatusImporting }

// notAdmin is whether the caller is known to lack the role admin.
func (r Rules) notAdmin() bool { return r.RolesKnown && !r.Admin }

func (d *draft) setTags(value any) *Rejection {
	list, _ := value.([]any)
	if quota := d.rules.limits().Tags; exceeds(len(list), quota) {
		return reject(http.StatusRequestEntityTooLarge, "The limit has been exceeded on the number of "+
			"allowed image tags. Attempted: %d, Maximum: %d", len(list), quota)
	}
	tags := make([]string, 0, len(list))
	for _, element := range list {
		text, _ := element.(string)
		tags = append(tags, text)
	}
	d.image.Tags = NormalTags(tags)
	return nil
}

// serverError is the answer where the server's code breaks.
func serverError() *Rejection {
	return reject(http.StatusInternalServerError, "The server has either erred or is "+
		"incapable of performing the requested operation.")
}

// largestInteger is what the server's database can hold.
const largestInteger = 1<<31 - 1

// checkSaved makes the checks that the server leaves to the end, when it
// writes the image: they come after removals that cannot be undone.
func (d *draft) checkSaved(changes []change) *Rejection {
	if refused := d.checkPropertyQuota(); refused != nil {
		return refused
	}
	for _, c := range changes {
		if refused := d.checkSavedChange(c); refused != nil {
			refused.Index = c.index
			return refused
		}
	}
	return nil
}

// checkPropertyQuota counts the properties, but only if there is a new one.
func (d *draft) checkPropertyQuota() *Rejection {
	count := len(d.image.Properties)
	grown := d.stores.Set
	for name := range d.image.Properties {
		_, old := d.before.Properties[name]
		grown = grown || !old
	}
	if d.stores.Set {
		count++
	}
	if quota := d.rules.limits().Properties; grown && exceeds(count, quota) {
		return reject(http.StatusRequestEntityTooLarge, "The limit has been exceeded on the number of "+
			"allowed image properties. Attempted: %d, Maximum: %d", count, quota)
	}
	return nil
}

func (d *draft) checkSavedChange(c change) *Rejection {
	switch {
	case c.root() == "image_id":
		return reject(http.StatusNotFound, "No image found with ID %s", c.value)
	case isBreaking(c.root()):
		return serverError()
	case isInternal(c.root()):
		return nil
	case c.root() == "min_disk" && d.image.MinDisk > largestInteger,
		c.root() == "min_ram" && d.image.MinRAM > largestInteger:
		return reject(http.StatusBadRequest, "'%s' value out of range, must not exceed %d.", c.root(), largestInteger)
	case hasFourByte(c.root()):
		return reject(http.StatusBadRequest, "Property names can't contain 4 byte unicode.")
	case c.root() == "tags" && valueHasFourByte(c.value):
		return reject(http.StatusBadRequest, "Param values can't contain 4 byte unicode.")
	case valueHasFourByte(c.value):
		return reject(http.StatusBadRequest, "%s can't contain 4 byte unicode characters.", titled(c.root()))
	}
	return nil
}

func titled(name string) string {
	if name == "" {
		return name
	}
	return strings.ToUpper(name[:1]) + name[1:]
}
