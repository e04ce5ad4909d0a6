package demo

import (
	"net/http"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

// lookup is the image that the path names, if the caller may see it.
func (c *call) lookup() (record, error) {
	id := c.vars["image"]
	r, found := c.images.find(id, c.who)
	if !found {
		return record{}, errNoImage(id)
	}
	return r, nil
}

// lookupOwn is the image that the path names, if the caller may change it. The
// rule is the policy's name for what is to be done.
func (c *call) lookupOwn(rule string) (record, error) {
	r, err := c.lookup()
	if err == nil && !c.who.owns(r.image.Owner.Or("")) {
		err = c.errNotOwner(rule)
	}
	return r, err
}

func (c *call) answerImage(code int, r record) {
	c.raw(code, c.appendImage(nil, r, c.who))
}

// showImage answers GET /v2/images/{image}.
func (c *call) showImage() error {
	r, err := c.lookup()
	if err != nil {
		return err
	}
	c.answerImage(http.StatusOK, r)
	return nil
}

// deleteImage answers DELETE /v2/images/{image}: 204, and the data is gone
// with it; 403 while it is protected.
func (c *call) deleteImage() error {
	r, err := c.lookup()
	if err != nil {
		return refuse(http.StatusNotFound, "Failed to find image %s to delete", c.vars["image"])
	}
	if !c.who.owns(r.image.Owner.Or("")) {
		return c.errNotOwner("delete_image")
	}
	if r.image.Protected {
		return refuse(http.StatusForbidden, "Image %s is protected and cannot be deleted.", r.image.ID)
	}
	c.destroy(r.image.ID)
	c.empty(http.StatusNoContent)
	return nil
}

// destroy removes an image and the data behind it.
func (s *Server) destroy(id string) {
	r, found := s.images.remove(id)
	if !found {
		return
	}
	s.files.drop(stagedName(id))
	for _, l := range r.image.Locations {
		s.files.drop(l.URL)
	}
}

const (
	// localStore keeps files that can be deleted; webStore only knows URLs.
	localStore = "local"
	webStore   = "web"

	filePrefix = "file:///var/lib/glance/images/"
)

// fileURL is where the file store keeps an image's data.
func fileURL(id string) string { return filePrefix + id }

// fileLocation is the location of an image's data in the file store.
func (s *Server) fileLocation(id string) model.Location {
	l := model.Location{URL: fileURL(id), Metadata: map[string]any{}}
	s.nameStore(&l)
	return l
}

// nameStore sets metadata.store from the URL, whatever it was (measured; only
// with several stores).
func (s *Server) nameStore(l *model.Location) {
	if s.opts.OneStore {
		return
	}
	if id := storeOf(l.URL); id != "" && l.Metadata["store"] != id {
		l.Metadata = withMember(l.Metadata, "store", id)
	}
}

// storeOf is the store that a URL belongs to, "" for none.
func storeOf(url string) string {
	switch {
	case strings.HasPrefix(url, "file://"):
		return localStore
	case strings.HasPrefix(url, "http://"), strings.HasPrefix(url, "https://"):
		return webStore
	}
	return ""
}

// withMember is a copy of an object with one member set.
func withMember(object map[string]any, name string, value any) map[string]any {
	out := make(map[string]any, len(object)+1)
	for k, v := range object {
		out[k] = v
	}
	out[name] = value
	return out
}
