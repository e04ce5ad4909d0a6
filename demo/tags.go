package demo

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
)

const (
	maxTagLength = 255
	defaultTags  = 128
)

// addTag answers PUT /v2/images/{image}/tags/{tag}: 204, also when the tag is
// there already.
func (c *call) addTag() error {
	tag := c.tag()
	if utf8.RuneCountInString(tag) > maxTagLength {
		return refuse(http.StatusBadRequest, "Provided object does not match schema 'image': '%s' is too long", tag)
	}
	if err := c.mayTag("update"); err != nil {
		return err
	}
	quota := c.opts.Limits.Tags
	if quota == 0 {
		quota = defaultTags
	}
	full := false
	found := c.images.change(c.vars["image"], func(r *record) bool {
		if !slices.Contains(r.image.Tags, tag) {
			r.image.Tags = model.NormalTags(append(r.image.Tags, tag))
		}
		full = quota > 0 && len(r.image.Tags) > quota
		r.image.UpdatedAt = c.now()
		return !full
	})
	switch {
	case full:
		return refuse(http.StatusRequestEntityTooLarge,
			"Image tag limit exceeded for image %s: The limit has been exceeded on the number of allowed image tags. "+
				"Attempted: %d, Maximum: %d:", c.vars["image"], quota+1, quota)
	case !found:
		return errNoTagImage(c.vars["image"])
	}
	c.empty(http.StatusNoContent)
	return nil
}

// removeTag answers DELETE /v2/images/{image}/tags/{tag}: 404 when it is not there.
func (c *call) removeTag() error {
	if err := c.mayTag("delete"); err != nil {
		return err
	}
	tag := c.tag()
	removed := c.images.change(c.vars["image"], func(r *record) bool {
		at := slices.Index(r.image.Tags, tag)
		if at < 0 {
			return false
		}
		r.image.Tags = slices.Delete(r.image.Tags, at, at+1)
		r.image.UpdatedAt = c.now()
		return true
	})
	if !removed {
		return bare(http.StatusNotFound)
	}
	c.empty(http.StatusNoContent)
	return nil
}

// tag is the tag of the path. Glance takes each of its bytes for a letter, so
// that "é" is stored as "Ã©" (measured); in a PATCH letters are letters.
func (c *call) tag() string {
	var b strings.Builder
	for _, letter := range []byte(c.vars["tag"]) {
		b.WriteRune(rune(letter))
	}
	return b.String()
}

func (c *call) mayTag(what string) error {
	r, err := c.lookup()
	if err != nil {
		return errNoTagImage(c.vars["image"])
	}
	if !c.who.owns(r.image.Owner.Or("")) {
		return c.errStranger("modify_image", "Not allowed to %s tags for image %s.", what, r.image.ID)
	}
	return nil
}

func errNoTagImage(id string) *fault {
	return refuse(http.StatusNotFound, "Image %s not found.", id)
}
