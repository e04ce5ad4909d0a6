package model

import (
	"slices"
	"strings"
)

// location says what the openstack client cannot do, with the glance client's
// command for it (python-glanceclient 4.1: location-add, location-update and
// location-delete). now is the list that the operation finds.
func (c *openstackCommands) location(now []Location, e edit) {
	switch e.op {
	case OpAdd:
		if l, ok := e.location(); ok && c.before.calledFor(Image{Locations: []Location{l}}) {
			c.glance("add-location", l) // python-glanceclient 4.7: API 2.17
			return
		} else if ok {
			c.glance("location-add", l)
			return
		}
	case OpRemove:
		at, ok := locationIndex(e.at, len(now)-1)
		if ok && at < len(now) && firstWithURL(now, at) {
			c.glance("location-delete", Location{URL: now[at].URL})
			return
		}
	case OpReplace:
		if c.replacement(now, e) {
			return
		}
	}
	c.no("neither the openstack nor the glance client can do it; use curl")
}

// replacement says a whole-list replace as commands for single locations,
// where it is one.
func (c *openstackCommands) replacement(now []Location, e edit) bool {
	list, ok := e.locations()
	if !ok || len(list) == 0 {
		return false
	}
	whole := c.saying
	if len(now) == 0 {
		for _, l := range list {
			c.saying = "add the location " + bareURL(l.URL)
			c.glance("location-add", l)
		}
		return true
	}
	pairs := pairLocations(now, list)
	if len(now) != len(list) || slices.Contains(pairs.toBefore, -1) || pairs.reordered() || repeatsURL(now) {
		return false
	}
	did := false
	for m, l := range list {
		n := pairs.toBefore[m]
		if !EqualMetadata(now[n].Metadata, l.Metadata) {
			did, c.saying = true, "change the metadata of the location "+bareURL(l.URL)
			c.glance("location-update", l)
		}
	}
	c.saying = whole
	return did
}

// glance refers the operation at hand to a command of the glance client.
func (c *openstackCommands) glance(verb string, l Location) {
	words := []string{"glance", verb, option("--url", l.URL)}
	if verb == "location-update" || verb == "location-add" && len(l.Metadata) > 0 {
		words = append(words, option("--metadata", metadataValue(l.Metadata)))
	}
	words = append(words, ShellQuote(c.before.ID))
	c.no("use  " + strings.Join(words, " "))
}

// firstWithURL is whether the location at an index is the one that the glance
// client would remove: the first with its URL.
func firstWithURL(list []Location, at int) bool {
	for n, l := range list {
		if l.URL == list[at].URL {
			return n == at
		}
	}
	return false
}

// repeatsURL is whether a URL stands in the list twice: the glance client
// would drop one of the two and be refused.
func repeatsURL(list []Location) bool {
	seen := map[string]struct{}{}
	for _, l := range list {
		if _, found := seen[l.URL]; found {
			return true
		}
		seen[l.URL] = struct{}{}
	}
	return false
}
