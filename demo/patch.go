package demo

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// patchImage answers PATCH /v2/images/{image}. The rules are the model's; here
// is what only a server knows: who asks, what a URL holds, what the clock says.
//
// The image is read once and written whole, as Glance does: what others
// changed meanwhile is lost.
func (c *call) patchImage() error {
	body, err := c.body()
	if err != nil {
		return err
	}
	if c.opts.OldMedia {
		if err := wantOldMedia(c.r); err != nil {
			return err
		}
	}
	patch, err := c.rules(c.who).ParsePatch(c.r.Header.Get("Content-Type"), body)
	if err != nil {
		return c.wordMediaType(err)
	}
	before, err := c.lookup()
	if err != nil {
		return err
	}
	if len(patch) == 0 {
		c.answerImage(http.StatusOK, before)
		return nil
	}
	if err := c.mayPatch(before, patch); err != nil {
		c.forget(before, err)
		return err
	}
	stored, answer, err := c.apply(before, patch)
	if err != nil {
		c.forget(before, err)
		return err
	}
	c.images.write(stored)
	c.dropMissing(before.image.Locations, stored.image.Locations)
	c.answerImage(http.StatusOK, answer)
	return nil
}

// wordMediaType names the media type in a refusal for its sake.
func (c *call) wordMediaType(err error) error {
	f := asFault(err)
	if f.code == http.StatusUnsupportedMediaType {
		f.explanation = errMediaType(c.r).explanation
	}
	return f
}

// errMediaType refuses a request's Content-Type.
func errMediaType(r *http.Request) *fault {
	return refuse(http.StatusUnsupportedMediaType,
		"The request media type %s is not supported by this server.\n", r.Header.Get("Content-Type"))
}

// wantOldMedia refuses every form of a patch but version 2.0's.
func wantOldMedia(r *http.Request) error {
	if sent, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); sent == patch.MediaTypeV20 {
		return nil
	}
	f := errMediaType(r)
	f.header = http.Header{"Accept-Patch": {patch.MediaTypeV20}}
	return f
}

// apply carries a patch out on a copy: what is stored, and what the answer
// shows.
func (c *call) apply(before record, patch patch.Patch) (stored, answer record, err error) {
	rules := c.rules(c.who)
	rules.CheckLocation = c.locationCheck()
	image := before.image
	image.LocationsShown = !c.opts.HideLocations
	sent := withHiddenStores(before, patch)
	shown, err := rules.ApplyResponse(image, sent)
	if err != nil {
		c.storeBesideTags(before, patch, err)
		return record{}, record{}, err
	}
	next, err := rules.Apply(image, sent)
	if err != nil {
		return record{}, record{}, err
	}
	if err := checkLocationIDs(before, next, patch); err != nil {
		return record{}, record{}, err
	}
	internal := withStores(before.internal, patch)
	return c.finished(next, internal), c.finished(shown, internal), nil
}

// finished fills in what the server does to every image that it writes.
func (c *call) finished(i model.Image, internal map[string]string) record {
	i.LocationsShown = true
	i.UpdatedAt = c.now()
	for n := range i.Locations {
		c.nameStore(&i.Locations[n])
	}
	return record{image: i, internal: internal}
}

// dropMissing deletes the data of the locations that are no longer there.
func (s *Server) dropMissing(before, after []model.Location) {
	for _, l := range before {
		if !slices.ContainsFunc(after, func(a model.Location) bool { return a.URL == l.URL }) {
			s.files.drop(l.URL)
		}
	}
}

// forget takes away the locations whose data was deleted before a patch
// failed: that is not undone (measured).
func (c *call) forget(before record, err error) {
	refused, ok := errors.AsType[*patch.Rejection](err)
	if !ok || len(refused.Kept) == 0 {
		return
	}
	c.images.change(before.image.ID, func(r *record) bool {
		for _, gone := range refused.Kept {
			at := slices.IndexFunc(r.image.Locations, func(l model.Location) bool {
				return l.URL == gone.URL && model.EqualMetadata(l.Metadata, gone.Metadata)
			})
			if at >= 0 {
				c.files.drop(gone.URL)
				r.image.Locations = slices.Delete(r.image.Locations, at, at+1)
			}
		}
		return true
	})
}

// deleted are the locations of before whose data a patch deleted on the way to
// after.
func deleted(before, after model.Image) []model.Location {
	var gone []model.Location
	for _, l := range before.Locations {
		if l.HoldsData() && !slices.ContainsFunc(after.Locations, func(a model.Location) bool { return a.URL == l.URL }) {
			gone = append(gone, l)
		}
	}
	return gone
}

// locationCheck is how the server looks at a new location within this request:
// it asks the other side for the size, once for each URL.
func (c *call) locationCheck() func(url string) (int64, *patch.Rejection) {
	type result struct {
		size    int64
		refused *patch.Rejection
	}
	known := make(map[string]result)
	return func(url string) (int64, *patch.Rejection) {
		if r, found := known[url]; found {
			return r.size, r.refused
		}
		var r result
		var delay time.Duration
		r.size, delay, r.refused = c.mirrors.look(url)
		// A client that goes away does not stop a PATCH.
		_ = wait(c.r.Context(), delay)
		known[url] = r
		return r.size, r.refused
	}
}
