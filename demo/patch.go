package demo

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
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
	rules := c.rules(c.who)
	patch, err := rules.ParsePatch(c.r.Header.Get("Content-Type"), body)
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
		return err
	}
	rules.CheckLocation = c.locationCheck()
	stored, answer, err := c.apply(rules, before, patch)
	if err != nil {
		return err
	}
	c.images.write(stored)
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

// apply carries a patch out. Data of removed locations is gone whether the
// patch succeeds or not (measured).
func (c *call) apply(rules model.Rules, before record, patch model.Patch) (stored, answer record, err error) {
	image := before.image
	image.LocationsShown = !c.opts.HideLocations
	answer = before
	answer.image, err = rules.ApplyAnswer(image, patch)
	if err != nil {
		c.forget(before, err)
		return record{}, record{}, err
	}
	stored = before
	stored.image, err = rules.Apply(image, patch)
	if err != nil {
		return record{}, record{}, err
	}
	now := c.now()
	for _, r := range []*record{&stored, &answer} {
		r.image.LocationsShown = true
		r.image.UpdatedAt = now
		for n := range r.image.Locations {
			c.nameStore(&r.image.Locations[n])
		}
	}
	c.dropMissing(before.image.Locations, stored.image.Locations)
	return stored, answer, nil
}

// dropMissing deletes the data of the locations that are no longer there.
func (s *Server) dropMissing(before, after []model.Location) {
	for _, l := range before {
		if !slices.ContainsFunc(after, func(a model.Location) bool { return a.URL == l.URL }) {
			s.files.drop(l.URL)
		}
	}
}

// forget takes away the locations whose data was deleted before a patch failed.
func (c *call) forget(before record, err error) {
	refused, ok := errors.AsType[*model.Rejection](err)
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

// mayPatch checks ownership and the policy. The model refuses what depends on
// the role alone.
func (c *call) mayPatch(before record, patch model.Patch) error {
	if !c.who.owns(before.image.Owner.Or("")) {
		return c.refuseStranger(patch[0])
	}
	if !c.opts.StrictPolicy || c.who.admin || c.opts.HideLocations {
		return nil
	}
	at := slices.IndexFunc(patch, func(o model.Operation) bool {
		return o.Op == model.OpRemove && model.Patch{o}.RemovesLocations()
	})
	if at < 0 {
		return nil
	}
	// What comes before it may be refused first.
	rules := c.rules(c.who)
	rules.Limits.Properties = -1 // counted at the end of the whole patch
	rules.CheckLocation = c.locationCheck()
	if _, err := rules.Apply(before.image, patch[:at]); err != nil {
		return err
	}
	return refusePolicy("delete_image_location")
}

func (c *call) refuseStranger(first model.Operation) error {
	if first.Op != model.OpRemove && first.Path == "/visibility" && first.Value == string(model.Public) {
		return refusePolicy("publicize_image")
	}
	if first.Path == "/owner" {
		return refuseDetail(http.StatusForbidden, "Owner can't be updated by non admin.")
	}
	return c.errNotOwner(ruleOf(first))
}

// ruleOf is the policy's name for an operation.
func ruleOf(o model.Operation) string {
	switch {
	case !strings.HasPrefix(o.Path, "/locations"):
		return "modify_image"
	case o.Op == model.OpRemove:
		return "delete_image_location"
	}
	return "set_image_location"
}

// locationCheck is how the server looks at a new location within this request:
// it asks the other side for the size, once for each URL.
func (c *call) locationCheck() func(url string) (int64, *model.Rejection) {
	type result struct {
		size    int64
		refused *model.Rejection
	}
	known := make(map[string]result)
	return func(url string) (int64, *model.Rejection) {
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
