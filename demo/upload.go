package demo

import (
	"mime"
	"net/http"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

// upload answers PUT /v2/images/{image}/file: the image is saving while the
// data comes in, then active. At the end the image is written whole, as it was
// when the upload began: what others changed meanwhile is lost (measured).
func (c *call) upload() error {
	if err := c.wantOctets(); err != nil {
		return err
	}
	if store := c.r.Header.Get("X-Image-Meta-Store"); !c.opts.OneStore && store != "" &&
		store != localStore && store != webStore {
		return refuse(http.StatusBadRequest, "Store for identifier %s not found", store)
	}
	r, err := c.lookup()
	if err != nil {
		return err
	}
	id := r.image.ID
	if !c.who.owns(r.image.Owner.Or("")) {
		return c.errStranger("upload_image", "Not allowed to upload image data for image %s", id)
	}
	if r.image.Status != model.StatusQueued {
		return errTransition(r.image.Status, model.StatusSaving)
	}
	if err := formatsMissing(&r.image); err != nil {
		return err
	}
	saving, err := c.enter(id, model.StatusSaving)
	if err != nil {
		return err
	}
	if !c.opts.OneStore && c.r.Header.Get("X-Image-Meta-Store") == webStore {
		c.requeue(id, model.StatusSaving)
		return refuse(http.StatusGone, "Error in store configuration. Adding images to store is disabled.")
	}
	data, err := ingest(c.r.Body)
	if err != nil {
		c.requeue(id, model.StatusSaving)
		return refuse(http.StatusBadRequest, "The upload broke off.")
	}
	if c.images.status(id) != model.StatusSaving {
		return refuse(http.StatusGone, "Image %s could not be found after upload. The image may have been "+
			"deleted during the upload, cleaning up the chunks uploaded.", id)
	}
	c.finish(saving, data)
	c.empty(http.StatusNoContent)
	return nil
}

// enter puts a queued image into the next status. It gives the image as it is
// then.
func (s *Server) enter(id string, next model.Status) (record, error) {
	var entered record
	var from model.Status
	ok := s.images.change(id, func(r *record) bool {
		from = r.image.Status
		if from != model.StatusQueued {
			return false
		}
		r.image.Status = next
		r.image.UpdatedAt = s.now()
		entered = r.clone()
		return true
	})
	if !ok {
		return record{}, errTransition(from, next)
	}
	return entered, nil
}

// requeue takes an image back to queued, without a size.
func (s *Server) requeue(id string, from model.Status) {
	s.images.change(id, func(r *record) bool {
		if r.image.Status != from {
			return false
		}
		r.image.Status = model.StatusQueued
		r.image.Size, r.image.VirtualSize = model.Null[int64](), model.Null[int64]()
		r.image.UpdatedAt = s.now()
		return true
	})
}

// finish makes an image active with data in the file store, everything else as
// the record has it.
func (s *Server) finish(r record, data *content) {
	next := r.clone()
	l := s.fileLocation(r.image.ID)
	s.files.put(l.URL, data)
	data.fill(&next.image)
	next.image.Locations = append(next.image.Locations, l)
	next.image.Status = model.StatusActive
	next.image.UpdatedAt = s.now()
	s.images.write(next)
}

// stage answers PUT /v2/images/{image}/stage: the data waits for an import,
// and the image is uploading until then.
func (c *call) stage() error {
	if err := c.wantOctets(); err != nil {
		return err
	}
	r, err := c.lookupOwn("modify_image")
	if err != nil {
		return err
	}
	id := r.image.ID
	if r.image.Status != model.StatusQueued {
		return errTransition(r.image.Status, model.StatusUploading)
	}
	uploading, err := c.enter(id, model.StatusUploading)
	if err != nil {
		return err
	}
	data, err := ingest(c.r.Body)
	if err != nil {
		c.requeue(id, model.StatusUploading)
		return refuse(http.StatusBadRequest, "The upload broke off.")
	}
	if c.images.status(id) != model.StatusUploading {
		return errNoImage(id)
	}
	c.files.put(stagedName(id), data)
	uploading.image.Size = model.Some(data.size)
	uploading.image.UpdatedAt = c.now()
	c.images.write(uploading)
	c.empty(http.StatusNoContent)
	return nil
}

// wantOctets refuses a body that does not say it is application/octet-stream.
func (c *call) wantOctets() error {
	mediaType, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil || mediaType != "application/octet-stream" {
		return errMediaType(c.r)
	}
	return nil
}

func formatsMissing(i *model.Image) error {
	var missing []string
	if i.DiskFormat.Or("") == "" {
		missing = append(missing, "disk_format")
	}
	if i.ContainerFormat.Or("") == "" {
		missing = append(missing, "container_format")
	}
	switch len(missing) {
	case 0:
		return nil
	case 1:
		return refuse(http.StatusBadRequest, "Property %s must be set prior to saving data.", missing[0])
	}
	return refuse(http.StatusBadRequest, "Properties %s must be set prior to saving data.", strings.Join(missing, ", "))
}

func errTransition(from, to model.Status) *fault {
	return refuse(http.StatusConflict, "Image status transition from %s to %s is not allowed", from, to)
}
