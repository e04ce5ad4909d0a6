package rules

import (
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// Predict tells the image's status once the server has applied the patch.
// Only two changes come from a patch: a queued image becomes active with its
// first location, and on a server of 2015 an active image becomes queued when
// all its locations go (measured; API reference of that release).
func (r Rules) Predict(before model.Image, p patch.Patch) model.Status {
	w := r.Walk(before)
	for _, o := range p {
		_ = w.Advance(o) // what is refused changes no status
	}
	return w.Image().Status
}
