package rules

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/patch"
)

// difference is what differs between two images, found once for the checks and
// for the patch.
type difference struct {
	rules         Rules
	before, after *model.Image

	tags       []string // the wanted ones, sorted; nil when they stay
	properties []string // the names of those that differ, sorted
	locations  bool     // whether they differ

	problems []model.Problem   // what is wrong with it, once checked
	moves    []patch.Operation // those that change the locations, once checked and found possible
}

func (r Rules) compare(before, after *model.Image) *difference {
	d := &difference{rules: r, before: before, after: after}
	if tags, _ := model.AttributeNamed("tags"); !tags.Same(before, after) {
		d.tags = model.NormalTags(after.Tags)
	}
	if before.Knows("properties") && after.Knows("properties") {
		d.properties = differingProperties(before.Properties, after.Properties)
	}
	d.locations = changesLocations(before, after)
	return d
}

// differingProperties is the names of what comes, changes and goes.
func differingProperties(before, after map[string]model.Opt[string]) []string {
	var names []string
	kept := 0
	for name, value := range after {
		old, found := before[name]
		if found {
			kept++
		}
		if !found || old != value {
			names = append(names, name)
		}
	}
	if kept < len(before) {
		for name := range before {
			if _, found := after[name]; !found {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// mentionsLocations reports whether a draft says anything about locations.
func mentionsLocations(after *model.Image) bool {
	return after.LocationsShown || len(after.Locations) > 0
}

// changesLocations reports whether it says something else than what is there. An
// empty list is no news of a queued image, shown or hidden.
func changesLocations(before, after *model.Image) bool {
	if !mentionsLocations(after) {
		return false
	}
	if !before.LocationsShown {
		return len(after.Locations) > 0 || before.Status != model.StatusQueued
	}
	return !pairing.SameLocationLists(before.Locations, after.Locations)
}
