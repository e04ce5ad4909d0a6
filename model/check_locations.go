package model

import "fmt"

const hiddenLocations = "this server hides locations (show_multiple_locations is off) and refuses to change them"

// locationsOpen is whether the server takes changes of locations in a status.
func locationsOpen(s Status) bool { return s == StatusQueued || s == StatusActive }

func closedLocations(s Status) string {
	return fmt.Sprintf("locations can change only while an image is queued or active (it is %s)", s)
}

// mentionsLocations is whether the draft says anything about locations.
func (c *checker) mentionsLocations() bool {
	return c.after.LocationsShown || len(c.after.Locations) > 0
}

// changesLocations is whether it says something else than what is there. An
// empty list is no news of a queued image, shown or hidden.
func (c *checker) changesLocations() bool {
	if !c.mentionsLocations() {
		return false
	}
	if !c.before.LocationsShown {
		return len(c.after.Locations) > 0 || c.before.Status != StatusQueued
	}
	return !sameLocationLists(c.before.Locations, c.after.Locations)
}

func (c *checker) checkLocations() {
	if !c.changesLocations() {
		return
	}
	whole := Field{Attr: "locations", Index: -1}
	if fault := c.checkLocationsState(); fault != nil {
		c.add(whole, fault)
		return
	}
	if len(c.after.Locations) == 0 {
		c.add(whole, c.checkEmptying())
		return
	}
	m := matchLocations(c.before.Locations, c.after.Locations)
	c.checkEachLocation(m)
	if len(m.gone) > 0 {
		c.add(whole, c.checkRemoval())
	}
	c.add(whole, c.checkRoom(m))
	c.add(whole, c.checkOrder(m))
}

// checkLocationsState asks whether any change of locations is possible.
func (c *checker) checkLocationsState() *Fault {
	status := c.before.Status
	switch {
	case !c.before.LocationsShown:
		return &Fault{Text: hiddenLocations, Advice: "ask the operator of this cloud"}
	case !locationsOpen(status):
		return &Fault{Text: closedLocations(status), Advice: openingAdvice(status)}
	}
	return nil
}

func openingAdvice(s Status) string {
	switch {
	case s == StatusDeactivated:
		return "reactivate the image, change the locations, and deactivate it again"
	case s.InMotion():
		return "wait until the server is done with it"
	}
	return "make a new image"
}

// checkEmptying is about taking all locations away.
func (c *checker) checkEmptying() *Fault {
	switch {
	case !c.rules.emptiesLocations():
		return &Fault{Text: "an image keeps at least one location: the server refuses to remove the last",
			Advice: "add the new location in the same edit, or delete the image"}
	case c.before.Status == StatusQueued:
		return c.checkRemoval()
	}
	return nil
}

// checkRemoval is about taking any location away.
func (c *checker) checkRemoval() *Fault {
	switch {
	case c.before.Status == StatusQueued:
		return &Fault{Text: "the server removes no location of a queued image",
			Advice: "keep it until the image is active"}
	case c.rules.notAdmin():
		return &Fault{Text: "since 2023 servers let only an administrator remove a location, unless their policy says otherwise",
			Warning: true}
	}
	return nil
}

// checkEachLocation checks what is new or changed, and that nothing new stands
// twice.
func (c *checker) checkEachLocation(m matching) {
	for n, l := range c.after.Locations {
		field := Field{Attr: "locations", Index: n}
		old := m.old[n]
		if old < 0 {
			field.Part = "url"
			c.add(field, c.rules.CheckURL(l.URL))
		}
		if old < 0 || !EqualMetadata(c.before.Locations[old].Metadata, l.Metadata) {
			field.Part = "metadata"
			c.add(field, c.rules.CheckMetadata(l.Metadata))
		}
		field.Part = ""
		c.add(field, c.checkTwice(n, l))
	}
}

// checkTwice finds a location that stands earlier in the list, unless the
// server holds it as often already.
func (c *checker) checkTwice(n int, l Location) *Fault {
	earlier := occurrences(c.after.Locations[:n], l)
	if earlier == 0 || earlier < occurrences(c.before.Locations, l) {
		return nil
	}
	return &Fault{Text: "this location stands in the list already",
		Advice: "remove one of the two, or give them different metadata"}
}

func occurrences(list []Location, l Location) int {
	n := 0
	for _, other := range list {
		if sameLocation(other, l) {
			n++
		}
	}
	return n
}

// checkRoom is about the quota: it counts where locations come or are ordered.
func (c *checker) checkRoom(m matching) *Fault {
	count, quota := len(c.after.Locations), c.rules.limits().Locations
	if exceeds(count, quota) && (m.added > 0 || !m.inPlace(c.before.Locations, c.after.Locations)) {
		return tooMany(count, quota, "locations")
	}
	if _, fits := c.rules.planLocations(c.before.Locations, c.after.Locations); !fits {
		return &Fault{Text: "the list is full, and the server neither adds a location to it nor removes the last",
			Advice: "make a new image, or ask for a higher limit (image_location_quota)"}
	}
	return nil
}

// checkOrder warns of old servers: they took a whole list only for an image
// that had none (read from Glance 11), so that order and metadata were fixed.
func (c *checker) checkOrder(m matching) *Fault {
	if c.rules.Release != Release2015 || len(c.before.Locations) == 0 ||
		m.inPlace(c.before.Locations, c.after.Locations) {
		return nil
	}
	return &Fault{Text: "servers of that age refuse to change the order or the metadata of locations", Warning: true}
}
