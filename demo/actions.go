package demo

import (
	"net/http"

	"github.com/glance-tui/glance-tui/model"
)

// deactivate answers POST /v2/images/{image}/actions/deactivate. It changes
// nothing on an image that is deactivated already.
func (c *call) deactivate() error {
	return c.toggle("deactivate", model.StatusActive, model.StatusDeactivated)
}

// reactivate answers POST /v2/images/{image}/actions/reactivate.
func (c *call) reactivate() error {
	return c.toggle("reactivate", model.StatusDeactivated, model.StatusActive)
}

func (c *call) toggle(verb string, from, to model.Status) error {
	r, err := c.lookupOwn(verb)
	if err != nil {
		return err
	}
	status := r.image.Status
	c.images.change(r.image.ID, func(r *record) bool {
		status = r.image.Status
		if status != from {
			return false
		}
		r.image.Status = to
		r.image.UpdatedAt = c.now()
		return true
	})
	if status != from && status != to {
		return refuse(http.StatusForbidden, "Not allowed to %s image in status '%s'", verb, status)
	}
	c.empty(http.StatusNoContent)
	return nil
}
