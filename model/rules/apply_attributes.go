package rules

import (
	"net/http"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// applyAttribute sets a base attribute, or a member of the server's own
// objects, which does nothing good.
func (d *workingCopy) applyAttribute(c change) *patch.Rejection {
	switch {
	case c.op == patch.OpRemove:
		return patch.Reject(http.StatusForbidden, "Property %s may not be removed.", c.root())
	case c.op == patch.OpAdd && c.v20:
		return patch.Reject(http.StatusConflict, "Property %s already present.", c.root())
	case model.IsInternal(c.root()):
		return nil
	}
	return d.setAttribute(c.root(), c.value)
}

// applyProperty adds, replaces or removes a custom property.
func (d *workingCopy) applyProperty(c change) *patch.Rejection {
	name := c.root()
	exists := d.hasProperty(name)
	switch {
	case c.op == patch.OpAdd && c.v20 && exists:
		return patch.Reject(http.StatusConflict, "Property %s already present.", name)
	case c.op != patch.OpAdd && !exists:
		return patch.Reject(http.StatusConflict, "Property %s does not exist.", name)
	case name == "stores":
		d.stores = model.OptText(c.value)
		return nil
	case c.op == patch.OpRemove:
		delete(d.image.Properties, name)
		return nil
	}
	d.image.Properties[name] = model.OptText(c.value)
	return nil
}

func (d *workingCopy) hasProperty(name string) bool {
	if name == "stores" {
		return d.stores.Set
	}
	_, found := d.image.Properties[name]
	return found
}

// setAttribute sets a base attribute to a value that fits the schema, if the
// image's state and the caller's role allow it.
func (d *workingCopy) setAttribute(name string, value any) *patch.Rejection {
	a, _ := model.AttributeNamed(name)
	if !a.Settable() {
		return nil
	}
	if refused := d.checkSetting(a, value); refused != nil {
		return refused
	}
	a.Set(&d.image, value)
	return nil
}

func (d *workingCopy) checkSetting(a *model.Attribute, value any) *patch.Rejection {
	switch {
	case a.Name == "visibility" && d.rules.NeedsAdmin(a.Name, value):
		return patch.Reject(http.StatusForbidden, "You are not authorized to complete publicize_image action.")
	case a.Name == "owner" && d.rules.NeedsAdmin(a.Name, value):
		return patch.Reject(http.StatusForbidden, "Owner can't be updated by non admin.")
	case a.Formats && !formatsOpen(d.image.Status):
		return patch.Reject(http.StatusForbidden, "Attribute %s can be only replaced for a queued image.", a.Name)
	case a.Kind == model.KindInteger && model.Integer(value) < 0:
		return patch.Reject(http.StatusBadRequest,
			"Invalid value '%d' for parameter '%s': Cannot be a negative value", model.Integer(value), a.Name)
	case a.Kind == model.KindTags:
		return d.checkTagQuota(value)
	}
	return nil
}

// formatsOpen reports whether the formats can be set: while the image has no data,
// and during an import (measured; but an import rewrites the image at
// its end, so Diff refuses it there).
func formatsOpen(s model.Status) bool { return s == model.StatusQueued || s == model.StatusImporting }

// notAdmin reports whether the caller is known to lack the role admin.
func (r Rules) notAdmin() bool { return r.RolesKnown && !r.Admin }

// checkTagQuota counts the list as it was sent, doubles included.
func (d *workingCopy) checkTagQuota(value any) *patch.Rejection {
	list, _ := value.([]any)
	if quota := d.rules.limits().Tags; exceeds(len(list), quota) {
		return patch.Reject(http.StatusRequestEntityTooLarge, "The limit has been exceeded on the number of "+
			"allowed image tags. Attempted: %d, Maximum: %d", len(list), quota)
	}
	return nil
}
