package demo

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/glance-tui/glance-tui/model"
)

// The ways of import.
const (
	glanceDirect = "glance-direct"
	webDownload  = "web-download"
	copyImage    = "copy-image"
)

// importRequest is the body of POST /v2/images/{image}/import.
type importRequest struct {
	document   map[string]any // "method" as it came
	method     string
	uri        string
	stores     []string
	allStores  bool
	mustAll    bool // all_stores_must_succeed
	storesText any  // "stores" as it came, nil without
}

// readImport reads the body; what is amiss is 400.
func (c *call) readImport() (importRequest, error) {
	value, err := c.jsonBody()
	if err != nil {
		return importRequest{}, err
	}
	body, isObject := value.(map[string]any)
	if !isObject {
		return importRequest{}, bare(http.StatusInternalServerError)
	}
	q := importRequest{mustAll: true, storesText: body["stores"]}
	if _, given := body["method"]; !given {
		return q, refuse(http.StatusBadRequest, "Import request requires a 'method' field.")
	}
	q.document, _ = body["method"].(map[string]any)
	name, given := q.document["name"]
	if !given {
		return q, refuse(http.StatusBadRequest, "Import request requires a 'name' field.")
	}
	q.method, _ = name.(string)
	if !slices.Contains(importMethods, q.method) {
		return q, refuse(http.StatusBadRequest, "Unknown import method name '%v'.", name)
	}
	q.uri, _ = q.document["uri"].(string)
	for field, into := range map[string]*bool{"all_stores_must_succeed": &q.mustAll, "all_stores": &q.allStores} {
		flag, given := body[field]
		if !given {
			continue
		}
		value, isBool := flag.(bool)
		if !isBool {
			return q, refuse(http.StatusBadRequest, "'%s' must be boolean value only", field)
		}
		*into = value
	}
	return q, nil
}

// importImage answers POST /v2/images/{image}/import: 202 and a task.
func (c *call) importImage() error {
	q, err := c.readImport()
	if err != nil {
		return err
	}
	r, err := c.lookup()
	if err != nil {
		return err
	}
	if err := checkImport(&r.image, q.method); err != nil {
		return err
	}
	if q.method == copyImage && (!c.who.admin || c.who.roleless) {
		return refusePolicy("copy_image")
	}
	if !c.who.owns(r.image.Owner.Or("")) {
		return c.errNotOwner("modify_image")
	}
	if _, busy := r.internal[importTaskName]; busy {
		return refuse(http.StatusConflict, "Image has active task")
	}
	if q.stores, err = c.importStores(q, &r.image); err != nil {
		return err
	}
	if q.method == webDownload && !c.mirrors.passes(q.uri) {
		return refuse(http.StatusBadRequest, "URI for web-download does not pass filtering: %s", printed(q.document["uri"]))
	}
	if len(q.stores) > 0 {
		c.startImport(r.image.ID, q)
	}
	c.empty(http.StatusAccepted)
	return nil
}

// checkImport is what an image must be like for a way of import.
func checkImport(i *model.Image, method string) error {
	conflict := func(format string, args ...any) error { return refuse(http.StatusConflict, format, args...) }
	switch {
	case i.Status == model.StatusActive && method != copyImage:
		return conflict("Image with status active cannot be target for import")
	case i.Status != model.StatusActive && method == copyImage:
		return conflict("Only images with status active can be targeted for copying")
	case i.Status != model.StatusQueued && method == webDownload:
		return conflict("Image needs to be in 'queued' state to use '%s' method", method)
	case i.Status != model.StatusUploading && method == glanceDirect:
		return conflict("Image needs to be staged before 'glance-direct' method can be used")
	case i.ContainerFormat.Or("") == "":
		return conflict("'container_format' needs to be set before import")
	case i.DiskFormat.Or("") == "":
		return conflict("'disk_format' needs to be set before import")
	}
	return nil
}

// importStores are the stores to import to; none when a copy to all stores has
// nothing left to do.
func (c *call) importStores(q importRequest, i *model.Image) ([]string, error) {
	if c.opts.OneStore && q.method == copyImage {
		return nil, bare(http.StatusInternalServerError) // measured: there is nowhere to copy to
	}
	if c.opts.OneStore {
		return []string{localStore}, nil
	}
	stores := []string{localStore}
	if list, given := q.storesText.([]any); given {
		stores = nil
		for _, s := range list {
			stores = append(stores, fmt.Sprint(s))
		}
	}
	if q.allStores {
		stores = []string{localStore} // all that can be written to
	}
	for _, id := range stores {
		if id != localStore && id != webStore {
			return nil, refuse(http.StatusConflict, "Store for identifier %s not found", id)
		}
	}
	if q.method != copyImage {
		return stores, nil
	}
	for _, l := range i.Locations {
		at := slices.Index(stores, storeOf(l.URL))
		switch {
		case at < 0:
		case q.allStores:
			stores = slices.Delete(stores, at, at+1)
		default:
			return nil, refuse(http.StatusBadRequest, "Image is already present at store '%s'", stores[at])
		}
	}
	return stores, nil
}
