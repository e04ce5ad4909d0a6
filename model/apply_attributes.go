package model

import "net/http"

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
	a, _ := AttributeNamed(name)
	if !a.Settable() {
		return nil
	}
	if refused := d.checkSetting(a, value); refused != nil {
		return refused
	}
	a.Set(&d.image, value)
	return nil
}

func (d *draft) checkSetting(a *Attribute, value any) *Rejection {
	switch {
	case a.Name == "visibility" && d.rules.NeedsAdmin(a.Name, value):
		return reject(http.StatusForbidden, "You are not authorized to complete publicize_image action.")
	case a.Name == "owner" && d.rules.NeedsAdmin(a.Name, value):
		return reject(http.StatusForbidden, "Owner can't be updated by non admin.")
	case a.Formats && !formatsOpen(d.image.Status):
		return reject(http.StatusForbidden, "Attribute %s can be only replaced for a queued image.", a.Name)
	case a.Kind == KindInteger && integer(value) < 0:
		return reject(http.StatusBadRequest,
			"Invalid value '%d' for parameter '%s': Cannot be a negative value", integer(value), a.Name)
	case a.Kind == KindTags:
		return d.checkTagQuota(value)
	}
	return nil
}

// formatsOpen is whether the formats can be set: while the image has no data,
// and during an import (measured; but an import rewrites the image at
// its end, so Diff refuses it there).
func formatsOpen(s Status) bool { return s == StatusQueued || s == StatusImporting }

// notAdmin is whether the caller is known to lack the role admin.
func (r Rules) notAdmin() bool { return r.RolesKnown && !r.Admin }

// checkTagQuota counts the list as it was sent, doubles included.
func (d *draft) checkTagQuota(value any) *Rejection {
	list, _ := value.([]any)
	if quota := d.rules.limits().Tags; exceeds(len(list), quota) {
		return reject(http.StatusRequestEntityTooLarge, "The limit has been exceeded on the number of "+
			"allowed image tags. Attempted: %d, Maximum: %d", len(list), quota)
	}
	return nil
}
