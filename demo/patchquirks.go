package demo

import (
	"errors"
	"maps"
	"net/http"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// Three things that a patch does to a real server and that no client should
// ever ask for (all measured).

// storesName is a property that hides behind the attribute of its name, as
// long as the image has a location.
const storesName = "stores"

// withHiddenStores lets the model see a hidden property "stores" by adding it
// again in front.
func withHiddenStores(before record, p patch.Patch) patch.Patch {
	value, hidden := before.internal[storesName]
	if !hidden {
		return p
	}
	return append(patch.Patch{{Op: patch.OpAdd, Path: "/" + storesName, Value: value}}, p...)
}

// withStores is what a patch leaves of that property.
func withStores(internal map[string]string, p patch.Patch) map[string]string {
	out := maps.Clone(internal)
	if out == nil {
		out = make(map[string]string)
	}
	for _, o := range p {
		if strings.Trim(o.Path, "/ ") != storesName {
			continue
		}
		if text, isText := o.Value.(string); isText && o.Op != patch.OpRemove {
			out[storesName] = text
		} else {
			delete(out, storesName)
		}
	}
	return out
}

// checkLocationIDs refuses a location that says which row of the database it
// is: there is none of that id, and the whole patch fails at its end.
func checkLocationIDs(before record, after model.Image, p patch.Patch) error {
	for n, o := range p {
		if id := locationID(o.Value); id != nil && strings.HasPrefix(o.Path, "/locations") {
			return &patch.Rejection{
				Code: http.StatusNotFound, Index: n, Kept: deleted(before.image, after),
				Message: "No location found with ID " + printed(id) + " from image " + before.image.ID,
			}
		}
	}
	return nil
}

// locationID is the id that a location, or one of a list, has; nil without.
func locationID(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return v["id"]
	case []any:
		for _, element := range v {
			if id := locationID(element); id != nil {
				return id
			}
		}
	}
	return nil
}

// storeBesideTags is what happens when a patch is refused for an emoji in a
// tag: the tags are written last, and everything else is stored by then.
func (c *call) storeBesideTags(before record, p patch.Patch, err error) {
	refused, ok := errors.AsType[*patch.Rejection](err)
	if !ok || refused.Code != http.StatusBadRequest || refused.Index < 0 || !setsTags(withHiddenStores(before, p)[refused.Index]) {
		return
	}
	var rest patch.Patch
	for _, o := range p {
		if !setsTags(o) {
			rest = append(rest, o)
		}
	}
	if stored, _, err := c.apply(before, rest); err == nil {
		c.images.write(stored)
		c.dropMissing(before.image.Locations, stored.image.Locations)
	}
}

func setsTags(o patch.Operation) bool { return strings.Trim(o.Path, "/ ") == "tags" }
