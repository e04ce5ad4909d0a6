package model

// Predict foretells the image's status once the server has applied the patch.
// Only two changes come from a patch: a queued image becomes active with its
// first location, and on a server of 2015 an active image becomes queued when
// all its locations go (measured; API reference of that release).
func (r Rules) Predict(before Image, p Patch) Status {
	w := r.walkFrom(before)
	for _, o := range p {
		_ = w.advance(o) // what is refused changes no status
	}
	return w.image().Status
}
