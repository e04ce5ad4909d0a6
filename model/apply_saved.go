package model

import (
	"net/http"
	"strings"
)

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
	a, _ := AttributeNamed(c.root())
	switch {
	case c.root() == "image_id":
		return reject(http.StatusNotFound, "No image found with ID %s", c.value)
	case isBreaking(c.root()):
		return serverError()
	case isInternal(c.root()):
		return nil
	case a.Kind == KindInteger && a.Settable() && a.Sent(&d.image).(int64) > largestInteger:
		return reject(http.StatusBadRequest, "'%s' value out of range, must not exceed %d.", c.root(), largestInteger)
	case hasFourByte(c.root()):
		return reject(http.StatusBadRequest, "Property names can't contain 4 byte unicode.")
	case a.Kind == KindTags && valueHasFourByte(c.value):
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
