package rules

import (
	"net/http"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/patch"
)

// largestInteger is what the server's database can hold.
const largestInteger = 1<<31 - 1

// checkSaved makes the checks that the server leaves to the end, when it
// writes the image: they come after removals that cannot be undone.
func (d *workingCopy) checkSaved(changes []change) *patch.Rejection {
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
func (d *workingCopy) checkPropertyQuota() *patch.Rejection {
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
		return patch.Reject(http.StatusRequestEntityTooLarge, "The limit has been exceeded on the number of "+
			"allowed image properties. Attempted: %d, Maximum: %d", count, quota)
	}
	return nil
}

func (d *workingCopy) checkSavedChange(c change) *patch.Rejection {
	a, _ := model.AttributeNamed(c.root())
	switch {
	case c.root() == "image_id":
		return patch.Reject(http.StatusNotFound, "No image found with ID %s", c.value)
	case model.IsBreaking(c.root()):
		return patch.ServerError()
	case model.IsInternal(c.root()):
		return nil
	case a.Kind == model.KindInteger && a.Settable() && a.Sent(&d.image).(int64) > largestInteger:
		return patch.Reject(http.StatusBadRequest, "'%s' value out of range, must not exceed %d.", c.root(), largestInteger)
	case jsontext.HasFourByte(c.root()):
		return patch.Reject(http.StatusBadRequest, "Property names can't contain 4 byte unicode.")
	case a.Kind == model.KindTags && jsontext.ValueHasFourByte(c.value):
		return patch.Reject(http.StatusBadRequest, "Param values can't contain 4 byte unicode.")
	case jsontext.ValueHasFourByte(c.value):
		return patch.Reject(http.StatusBadRequest, "%s can't contain 4 byte unicode characters.", titled(c.root()))
	}
	return nil
}

func titled(name string) string {
	if name == "" {
		return name
	}
	return strings.ToUpper(name[:1]) + name[1:]
}
