package rules

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/patch"
)

// applyLocations adds, removes or replaces locations. The order of the checks
// is the server's.
func (d *workingCopy) applyLocations(c change) *patch.Rejection {
	switch c.op {
	case patch.OpAdd:
		return d.addLocation(c.path[1], c.value)
	case patch.OpRemove:
		return d.removeLocation(c.path[1])
	}
	list, _ := c.value.([]any)
	if len(list) == 0 {
		return d.emptyLocations()
	}
	return d.replaceLocations(list)
}

func (d *workingCopy) addLocation(position string, value any) *patch.Rejection {
	if d.rules.CallsForLocations(d.image) {
		return d.addByCall(patch.LocationOf(value))
	}
	if refused := d.checkLocationsOpen("add", model.StatusActive, model.StatusQueued); refused != nil {
		return refused
	}
	set, refused := d.validation([]any{value})
	if refused != nil {
		return refused
	}
	at, ok := LocationIndex(position, len(d.locations))
	if !ok {
		return patch.Reject(http.StatusBadRequest, "Invalid position for adding a location.")
	}
	if at == beyondAny {
		return patch.ServerError()
	}
	if refused := d.checkLocationQuota(len(d.locations) + 1); refused != nil {
		return refused
	}
	location := patch.LocationOf(value)
	size, refused := d.checkNew(location)
	if refused != nil {
		return refused
	}
	for _, l := range d.locations {
		if model.SameLocation(l.Location, location) {
			return duplicate(location)
		}
	}
	d.locations = slices.Insert(d.locations, min(at, len(d.locations)), placed{Location: location})
	d.fillSize(size)
	return d.activate(set)
}

func (d *workingCopy) removeLocation(position string) *patch.Rejection {
	if refused := d.checkLocationsOpen("remove", model.StatusActive); refused != nil {
		return refused
	}
	if len(d.locations) == 1 && !d.rules.EmptiesLocations() {
		return patch.Reject(http.StatusForbidden, "Cannot remove last location in the image.")
	}
	at, ok := LocationIndex(position, len(d.locations)-1)
	if !ok || at >= len(d.locations) {
		return patch.Reject(http.StatusBadRequest, "Invalid position for removing a location.")
	}
	d.forget(d.locations[at])
	d.locations = slices.Delete(d.locations, at, at+1)
	d.requeueIfEmpty()
	return nil
}

// replaceLocations takes a whole list: any when there was none, otherwise one
// with the same URLs, in any order and with any metadata.
func (d *workingCopy) replaceLocations(list []any) *patch.Rejection {
	if refused := d.checkLocationsOpen("replace", model.StatusActive, model.StatusQueued); refused != nil {
		return refused
	}
	set, refused := d.validation(list)
	if refused != nil {
		return refused
	}
	if refused := d.checkLocationQuota(len(list)); refused != nil {
		return refused
	}
	wanted := make([]placed, len(list))
	for n, value := range list {
		wanted[n].Location = patch.LocationOf(value)
	}
	switch {
	case len(d.locations) == 0:
		size, refused := d.checkAllNew(wanted)
		if refused != nil {
			return refused
		}
		d.fillSize(size)
	case !sameURLs(d.locations, wanted):
		return patch.Reject(http.StatusBadRequest, "Original locations is not empty: %s", d.listing())
	}
	d.locations = wanted
	return d.activate(set)
}

// emptyLocations is "replace /locations []": refused by every server since the
// fix of CVE-2016-0757, whatever the image; an older one deletes all data.
func (d *workingCopy) emptyLocations() *patch.Rejection {
	if !d.rules.EmptiesLocations() {
		return patch.Reject(http.StatusForbidden, "Cannot set locations to empty list.")
	}
	if refused := d.checkLocationsOpen("replace", model.StatusActive, model.StatusQueued); refused != nil {
		return refused
	}
	for _, l := range d.locations {
		d.forget(l)
	}
	d.locations = nil
	d.requeueIfEmpty()
	return nil
}

// checkLocationsOpen refuses where locations are hidden or the status is none
// of those given.
func (d *workingCopy) checkLocationsOpen(verb string, statuses ...model.Status) *patch.Rejection {
	open := slices.Contains(statuses, d.image.Status)
	if !d.image.LocationsShown && (open || !d.image.LocationsWithheld) {
		if verb == "replace" {
			verb = "update"
		}
		return patch.Reject(http.StatusForbidden, "It's not allowed to %s locations if locations are invisible.", verb)
	}
	if !open {
		return patch.Reject(http.StatusConflict, "It's not allowed to %s locations if image status is %s.", verb, d.image.Status)
	}
	return nil
}

func (d *workingCopy) checkLocationQuota(count int) *patch.Rejection {
	if quota := d.rules.limits().Locations; exceeds(count, quota) {
		return patch.Reject(http.StatusRequestEntityTooLarge, "The limit has been exceeded on the number of "+
			"allowed image locations. Attempted: %d, Maximum: %d", count, quota)
	}
	return nil
}

// checkNew is what the server asks of a URL that it has not yet: a scheme that
// it lets in, an answer of the other side (Rules.CheckLocation), metadata of
// nothing but texts.
func (d *workingCopy) checkNew(l model.Location) (size int64, refused *patch.Rejection) {
	if model.LocationScheme(l.URL) == "" || model.RefusedScheme(model.LocationScheme(l.URL)) {
		return 0, patch.Reject(http.StatusBadRequest, "Invalid location")
	}
	if d.rules.CheckLocation != nil {
		if size, refused = d.rules.CheckLocation(l.URL); refused != nil {
			return 0, refused
		}
	}
	for name, value := range l.Metadata {
		if name != model.StoreKey && !jsontext.OnlyTexts(value) {
			return 0, patch.ServerError()
		}
	}
	return size, nil
}

// checkAllNew is checkNew for a whole list; the size is of the first location
// that has one.
func (d *workingCopy) checkAllNew(list []placed) (size int64, refused *patch.Rejection) {
	for n, l := range list {
		its, refused := d.checkNew(l.Location)
		if refused != nil {
			return 0, refused
		}
		if size == 0 {
			size = its
		}
		for m, other := range list {
			if m != n && model.SameLocation(l.Location, other.Location) {
				return 0, duplicate(l.Location)
			}
		}
	}
	return size, nil
}

// forget is the removal of one location: data in a store of the server's own
// is deleted at once.
func (d *workingCopy) forget(l placed) {
	if l.HoldsData() {
		d.deleted = append(d.deleted, l.Location)
	}
}

// requeueIfEmpty is what the servers did that let the last location go.
func (d *workingCopy) requeueIfEmpty() {
	if len(d.locations) > 0 || d.image.Status != model.StatusActive {
		return
	}
	d.image.Status = model.StatusQueued
	d.image.Size = model.Null[int64]()
	d.image.VirtualSize = model.Null[int64]()
}

// fillSize sets the size where there is none (measured: from the first
// location; later ones do not change it).
func (d *workingCopy) fillSize(size int64) {
	if size > 0 && d.image.Size.Or(0) == 0 {
		d.image.Size = model.Some(size)
	}
}

// activate makes a queued image active, now that it has a location.
func (d *workingCopy) activate(set validationData) *patch.Rejection {
	if d.image.Status != model.StatusQueued {
		return nil
	}
	var missing []string
	if d.image.Knows("disk_format") && d.image.DiskFormat.Or("") == "" {
		missing = append(missing, "disk_format")
	}
	if d.image.Knows("container_format") && d.image.ContainerFormat.Or("") == "" {
		missing = append(missing, "container_format")
	}
	switch len(missing) {
	case 1:
		return patch.Reject(http.StatusBadRequest, "Property %s must be set prior to saving data.", missing[0])
	case 2:
		return patch.Reject(http.StatusBadRequest, "Properties %s must be set prior to saving data.", strings.Join(missing, ", "))
	}
	set.fill(&d.image)
	d.image.Status = model.StatusActive
	return nil
}

// listing is the list of locations as it is in a message.
func (d *workingCopy) listing() string {
	return "[" + jsontext.Joined(d.locations, func(l placed) string { return jsontext.PythonText(l.Plain()) }) + "]"
}

// beyondAny is an index that no list has; the server breaks on adding there.
const beyondAny = math.MaxInt

// LocationIndex reads the last token of "/locations/<n>" or "/locations/-".
// An index may lie beyond the end: whether that matters is the caller's.
func LocationIndex(token string, end int) (int, bool) {
	if token == "-" {
		return end, end >= 0
	}
	if token == "" || strings.Trim(token, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(token)
	if err != nil {
		return beyondAny, true
	}
	return n, true
}

func duplicate(l model.Location) *patch.Rejection {
	return patch.Reject(http.StatusBadRequest, "The location %s already exists", l.URL)
}
