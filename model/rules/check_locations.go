package rules

import (
	"fmt"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/patch"
)

const hiddenLocations = "this server hides locations (show_multiple_locations is off) and refuses to change them"

// locationsOpen reports whether the server takes changes of locations in a status.
func locationsOpen(s model.Status) bool { return s == model.StatusQueued || s == model.StatusActive }

func closedLocations(s model.Status) string {
	return fmt.Sprintf("locations can change only while an image is queued or active (it is %s)", s)
}

func (d *difference) checkLocations() {
	if !d.locations {
		return
	}
	if d.rules.CallsForLocations(*d.before) {
		d.checkCall()
		return
	}
	whole := model.Field{Attr: "locations", Index: -1}
	if fault := d.checkLocationsState(); fault != nil {
		d.add(whole, fault)
		return
	}
	if len(d.after.Locations) == 0 {
		d.add(whole, d.checkEmptying())
		d.moves = []patch.Operation{{Op: patch.OpReplace, Path: "/locations", Value: []model.Location{}}}
		return
	}
	m := pairing.Match(d.before.Locations, d.after.Locations)
	d.checkEachLocation(m)
	if len(m.Gone) > 0 {
		d.add(whole, d.checkRemoval())
	}
	wanted := d.after.Locations
	if order := d.rules.shownOrder(d.before.Locations, wanted, m); !slices.IsSorted(order) {
		d.add(whole, &model.Problem{Text: sortedLocations, Warning: true, Advice: "the order you want holds within each store"})
		wanted = picked(wanted, order)
		m = pairing.Match(d.before.Locations, wanted)
	}
	moves, fits := d.rules.planLocations(d.before.Locations, wanted, m)
	d.moves = moves
	d.add(whole, d.checkRoom(wanted, m, fits))
	d.add(whole, d.checkOrder(wanted, m))
}

const sortedLocations = "this server keeps locations sorted by the weights of its stores"

func picked(list []model.Location, order []int) []model.Location {
	out := make([]model.Location, len(order))
	for n, at := range order {
		out[n] = list[at]
	}
	return out
}

// checkLocationsState asks whether any change of locations is possible.
func (d *difference) checkLocationsState() *model.Problem {
	status := d.before.Status
	switch {
	case d.before.LocationsWithheld:
		return &model.Problem{Text: "the locations are " + d.before.WhyWithheld(), Advice: withheldAdvice(status)}
	case !d.before.LocationsShown && d.rules.LocationCalls:
		return &model.Problem{Text: whyHiddenLocations, Advice: "make a new image for another location"}
	case !d.before.LocationsShown:
		return &model.Problem{Text: hiddenLocations, Advice: "ask the operator of this cloud"}
	case !locationsOpen(status):
		return &model.Problem{Text: closedLocations(d.before.StatusWord()), Advice: openingAdvice(status)}
	}
	return nil
}

func withheldAdvice(s model.Status) string {
	if s == model.StatusDeactivated {
		return "leave them as they are, or reactivate the image first"
	}
	return "leave them as they are, or ask an administrator of this cloud"
}

func openingAdvice(s model.Status) string {
	switch {
	case s == model.StatusDeactivated:
		return "reactivate the image, change the locations, and deactivate it again"
	case s.Transitional():
		return "wait until the server is done with it"
	}
	return "make a new image"
}

// checkEmptying is about taking all locations away.
func (d *difference) checkEmptying() *model.Problem {
	switch {
	case !d.rules.EmptiesLocations():
		return &model.Problem{Text: "an image keeps at least one location: the server refuses to remove the last",
			Advice: "add the new location in the same edit, or delete the image"}
	case d.before.Status == model.StatusQueued:
		return d.checkRemoval()
	}
	return nil
}

// checkRemoval is about taking any location away.
func (d *difference) checkRemoval() *model.Problem {
	switch {
	case d.before.Status == model.StatusQueued:
		return &model.Problem{Text: "the server removes no location of a queued image",
			Advice: "keep it until the image is active"}
	case d.rules.notAdmin():
		return &model.Problem{Text: "since 2023 servers let only an administrator remove a location, unless their policy says otherwise",
			Warning: true}
	}
	return nil
}

// checkEachLocation checks what is new or changed, and that nothing new is
// twice.
func (d *difference) checkEachLocation(m pairing.Matching) {
	for n, l := range d.after.Locations {
		field := model.Field{Attr: "locations", Index: n}
		old := m.Old[n]
		if old < 0 {
			field.Part = "url"
			d.add(field, d.rules.CheckURL(l.URL))
		}
		if old < 0 || !model.EqualMetadata(d.before.Locations[old].Metadata, l.Metadata) {
			field.Part = "metadata"
			d.add(field, d.rules.CheckMetadata(l.Metadata))
		}
		field.Part = ""
		d.add(field, d.checkTwice(n, l))
	}
}

// checkTwice finds a location that is earlier in the list, unless the
// server holds it as often already.
func (d *difference) checkTwice(n int, l model.Location) *model.Problem {
	earlier := occurrences(d.after.Locations[:n], l)
	if earlier == 0 || earlier < occurrences(d.before.Locations, l) {
		return nil
	}
	return &model.Problem{Text: "this location is in the list already",
		Advice: "remove one of the two, or give them different metadata"}
}

func occurrences(list []model.Location, l model.Location) int {
	n := 0
	for _, other := range list {
		if model.SameLocation(other, l) {
			n++
		}
	}
	return n
}

// checkRoom is about the quota: it counts where locations come or are ordered.
func (d *difference) checkRoom(wanted []model.Location, m pairing.Matching, fits bool) *model.Problem {
	count, quota := len(wanted), d.rules.limits().Locations
	if exceeds(count, quota) && (m.Added > 0 || !d.rules.inPlace(m, d.before.Locations, wanted)) {
		return tooMany(count, quota, "locations")
	}
	if !fits {
		return &model.Problem{Text: "the list is full, and the server neither adds a location to it nor removes the last",
			Advice: "make a new image, or ask for a higher limit (image_location_quota)"}
	}
	return nil
}

// checkOrder warns of old servers: they took a whole list only for an image
// that had none (read from Glance 11), so that order and metadata were fixed.
func (d *difference) checkOrder(wanted []model.Location, m pairing.Matching) *model.Problem {
	if d.rules.Release != api.Release2015 || len(d.before.Locations) == 0 ||
		m.InPlace(d.before.Locations, wanted) {
		return nil
	}
	return &model.Problem{Text: "servers of that age refuse to change the order or the metadata of locations", Warning: true}
}
