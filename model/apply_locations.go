package model

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// applyLocations adds, removes or replaces locations. The order of the checks
// is the server's.
func (d *draft) applyLocations(c change) *Rejection {
	switch c.op {
	case OpAdd:
		return d.addLocation(c.path[1], c.value)
	case OpRemove:
		return d.removeLocation(c.path[1])
	}
	list, _ := c.value.([]any)
	if len(list) == 0 {
		return d.emptyLocations()
	}
	return d.replaceLocations(list)
}

func (d *draft) addLocation(position string, value any) *Rejection {
	if d.rules.callsForLocations(d.image) {
		return d.addByCall(locationOf(value))
	}
	if refused := d.checkLocationsOpen("add", StatusActive, StatusQueued); refused != nil {
		return refused
	}
	set, refused := d.validation([]any{value})
	if refused != nil {
		return refused
	}
	at, ok := locationIndex(position, len(d.locations))
	if !ok {
		return reject(http.StatusBadRequest, "Invalid position for adding a location.")
	}
	if at == beyondAny {
		return serverError()
	}
	if refused := d.checkLocationQuota(len(d.locations) + 1); refused != nil {
		return refused
	}
	location := locationOf(value)
	size, refused := d.checkNew(location)
	if refused != nil {
		return refused
	}
	for _, l := range d.locations {
		if sameLocation(l.Location, location) {
			return duplicate(location)
		}
	}
	d.locations = slices.Insert(d.locations, min(at, len(d.locations)), placed{Location: location})
	d.fillSize(size)
	return d.activate(set)
}

func (d *draft) removeLocation(position string) *Rejection {
	if refused := d.checkLocationsOpen("remove", StatusActive); refused != nil {
		return refused
	}
	if len(d.locations) == 1 && !d.rules.emptiesLocations() {
		return reject(http.StatusForbidden, "Cannot remove last location in the image.")
	}
	at, ok := locationIndex(position, len(d.locations)-1)
	if !ok || at >= len(d.locations) {
		return reject(http.StatusBadRequest, "Invalid position for removing a location.")
	}
	d.forget(d.locations[at])
	d.locations = slices.Delete(d.locations, at, at+1)
	d.requeueIfEmpty()
	return nil
}

// replaceLocations takes a whole list: any when there was none, otherwise one
// with the same URLs, in any order and with any metadata.
func (d *draft) replaceLocations(list []any) *Rejection {
	if refused := d.checkLocationsOpen("replace", StatusActive, StatusQueued); refused != nil {
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
		wanted[n].Location = locationOf(value)
	}
	switch {
	case len(d.locations) == 0:
		size, refused := d.checkAllNew(wanted)
		if refused != nil {
			return refused
		}
		d.fillSize(size)
	case !sameURLs(d.locations, wanted):
		return reject(http.StatusBadRequest, "Original locations is not empty: %s", d.listing())
	}
	d.locations = wanted
	return d.activate(set)
}

// emptyLocations is "replace /locations []": refused by every server since the
// fix of CVE-2016-0757, whatever the image; an older one deletes all data.
func (d *draft) emptyLocations() *Rejection {
	if !d.rules.emptiesLocations() {
		return reject(http.StatusForbidden, "Cannot set locations to empty list.")
	}
	if refused := d.checkLocationsOpen("replace", StatusActive, StatusQueued); refused != nil {
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
func (d *draft) checkLocationsOpen(verb string, statuses ...Status) *Rejection {
	open := slices.Contains(statuses, d.image.Status)
	if !d.image.LocationsShown && (open || !d.image.LocationsWithheld) {
		if verb == "replace" {
			verb = "update"
		}
		return reject(http.StatusForbidden, "It's not allowed to %s locations if locations are invisible.", verb)
	}
	if !open {
		return reject(http.StatusConflict, "It's not allowed to %s locations if image status is %s.", verb, d.image.Status)
	}
	return nil
}

func (d *draft) checkLocationQuota(count int) *Rejection {
	if quota := d.rules.limits().Locations; exceeds(count, quota) {
		return reject(http.StatusRequestEntityTooLarge, "The limit has been exceeded on the number of "+
			"allowed image locations. Attempted: %d, Maximum: %d", count, quota)
	}
	return nil
}

// checkNew is what the server asks of a URL that it has not yet: a scheme that
// it lets in, an answer of the other side (Rules.CheckLocation), metadata of
// nothing but texts.
func (d *draft) checkNew(l Location) (size int64, refused *Rejection) {
	if locationScheme(l.URL) == "" || refusedScheme(locationScheme(l.URL)) {
		return 0, reject(http.StatusBadRequest, "Invalid location")
	}
	if d.rules.CheckLocation != nil {
		if size, refused = d.rules.CheckLocation(l.URL); refused != nil {
			return 0, refused
		}
	}
	for name, value := range l.Metadata {
		if name != storeKey && !onlyTexts(value) {
			return 0, serverError()
		}
	}
	return size, nil
}

// checkAllNew is checkNew for a whole list; the size is of the first location
// that has one.
func (d *draft) checkAllNew(list []placed) (size int64, refused *Rejection) {
	for n, l := range list {
		its, refused := d.checkNew(l.Location)
		if refused != nil {
			return 0, refused
		}
		if size == 0 {
			size = its
		}
		for m, other := range list {
			if m != n && sameLocation(l.Location, other.Location) {
				return 0, duplicate(l.Location)
			}
		}
	}
	return size, nil
}

// forget is the removal of one location: data in a store of the server's own
// is deleted at once.
func (d *draft) forget(l placed) {
	if l.HoldsData() {
		d.deleted = append(d.deleted, l.Location)
	}
}

// requeueIfEmpty is what the servers did that let the last location go.
func (d *draft) requeueIfEmpty() {
	if len(d.locations) > 0 || d.image.Status != StatusActive {
		return
	}
	d.image.Status = StatusQueued
	d.image.Size = Null[int64]()
	d.image.VirtualSize = Null[int64]()
}

// fillSize sets the size where there is none (measured: from the first
// location; later ones do not change it).
func (d *draft) fillSize(size int64) {
	if size > 0 && d.image.Size.Or(0) == 0 {
		d.image.Size = Some(size)
	}
}

// activate makes a queued image active, now that it has a location.
func (d *draft) activate(set validationData) *Rejection {
	if d.image.Status != StatusQueued {
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
		return reject(http.StatusBadRequest, "Property %s must be set prior to saving data.", missing[0])
	case 2:
		return reject(http.StatusBadRequest, "Properties %s must be set prior to saving data.", strings.Join(missing, ", "))
	}
	set.fill(&d.image)
	d.image.Status = StatusActive
	return nil
}

// listing is the list of locations as it stands in a message.
func (d *draft) listing() string {
	return "[" + joined(d.locations, func(l placed) string { return pythonText(l.plain()) }) + "]"
}

// beyondAny is an index that no list has; the server breaks on adding there.
const beyondAny = math.MaxInt

// locationIndex reads the last token of "/locations/<n>" or "/locations/-".
// An index may lie beyond the end: whether that matters is the caller's.
func locationIndex(token string, end int) (int, bool) {
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

// locationOf reads an element that fits the schema.
func locationOf(value any) Location {
	object, _ := value.(map[string]any)
	url, _ := object["url"].(string)
	metadata, _ := object["metadata"].(map[string]any)
	if metadata == nil {
		metadata = map[string]any{}
	}
	return Location{URL: url, Metadata: cloneObject(metadata)}
}

func duplicate(l Location) *Rejection {
	return reject(http.StatusBadRequest, "The location %s already exists", l.URL)
}
