package demo

import (
	"net/http"
	"slices"

	"github.com/glance-tui/glance-tui/model"
)

// importMethods are the ways of import that the server offers.
var importMethods = []string{"glance-direct", "web-download", "copy-image"}

// importInfo answers GET /v2/info/import.
func (c *call) importInfo() error {
	c.json(http.StatusOK, map[string]any{"import-methods": map[string]any{
		"description": "Import methods available.", "type": "array", "value": importMethods,
	}})
	return nil
}

// storeDocument is a store as the API shows it; all its values but the weight
// are strings.
type storeDocument struct {
	ID          string         `json:"id"`
	Description string         `json:"description,omitempty"`
	Default     string         `json:"default,omitempty"`
	ReadOnly    string         `json:"read-only,omitempty"`
	Type        string         `json:"type,omitempty"`
	Properties  map[string]any `json:"properties,omitempty"`
	Weight      *int64         `json:"weight,omitempty"`
}

func (s *Server) stores() []storeDocument {
	return []storeDocument{
		{ID: localStore, Description: "Files on the service's own disk", Default: "true"},
		{ID: webStore, Description: "Files on web servers", ReadOnly: "true"},
	}
}

// storesInfo answers GET /v2/info/stores.
func (c *call) storesInfo() error {
	if c.opts.OneStore {
		return refuse(http.StatusNotFound, "Multi backend is not supported at this site.")
	}
	c.json(http.StatusOK, map[string]any{"stores": c.stores()})
	return nil
}

// storesDetail answers GET /v2/info/stores/detail, to administrators.
func (c *call) storesDetail() error {
	if c.opts.OneStore {
		return refuse(http.StatusNotFound, "Multi backend is not supported at this site.")
	}
	if !c.who.admin || c.who.roleless {
		return refusePolicy("stores_info_detail")
	}
	stores := c.stores()
	stores[0].Type, stores[0].Properties = "file", map[string]any{"data_dir": "/var/lib/glance/images"}
	stores[1].Type = "http"
	if c.opts.Weights != nil {
		for n := range stores {
			weight := c.opts.Weights[stores[n].ID]
			stores[n].Weight = &weight
		}
	}
	c.json(http.StatusOK, map[string]any{"stores": stores})
	return nil
}

// usageInfo answers GET /v2/info/usage: no limits are set.
func (c *call) usageInfo() error {
	c.json(http.StatusOK, map[string]any{"usage": map[string]any{}})
	return nil
}

// deleteFromStore answers DELETE /v2/stores/{store}/{image}: it removes the
// copy in one store, unless it is the only one.
func (c *call) deleteFromStore() error {
	store := c.vars["store"]
	if c.opts.OneStore {
		return bare(http.StatusNotFound)
	}
	if store != localStore && store != webStore {
		return refuse(http.StatusConflict, "The selected store %s is not available on this node.", store)
	}
	r, found := c.images.find(c.vars["image"], c.who)
	if !found {
		return refuse(http.StatusNotFound, "Failed to find image %s", c.vars["image"])
	}
	if err := c.mayRemoveLocations(r); err != nil {
		return err
	}
	if r.image.Status != model.StatusActive {
		return refuse(http.StatusConflict,
			"It's not allowed to remove image data from store if image status is not 'active'")
	}
	if len(r.image.Locations) == 1 {
		return refuse(http.StatusForbidden, "Cannot delete image data from the only store containing it. "+
			"Consider deleting the image instead.")
	}
	at := slices.IndexFunc(r.image.Locations, func(l model.Location) bool { return l.Metadata["store"] == store })
	if at < 0 {
		return refuse(http.StatusNotFound, "Image %s is not stored in store %s.", r.image.ID, store)
	}
	next := r.clone()
	c.files.drop(next.image.Locations[at].URL)
	next.image.Locations = slices.Delete(next.image.Locations, at, at+1)
	next.image.UpdatedAt = c.now()
	c.images.write(next)
	c.empty(http.StatusNoContent)
	return nil
}

// mayRemoveLocations is whether the policy lets the caller remove locations.
func (c *call) mayRemoveLocations(r record) error {
	switch {
	case c.opts.StrictPolicy && !c.who.admin:
		return refusePolicy("delete_image_location")
	case !c.who.owns(r.image.Owner.Or("")):
		return c.errNotOwner("delete_image_location")
	}
	return nil
}
