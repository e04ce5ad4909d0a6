package model

import (
	"fmt"
	"slices"
)

// Check lists every fault of a draft in the order of the form: what keeps
// [Rules.Diff] from making a patch, and warnings about what the server may
// refuse. Only what differs between the two images is looked at: what the
// server holds already is no fault of the draft's.
func (r Rules) Check(before, after Image) []Fault {
	c := checker{rules: r, before: &before, after: &after}
	for _, a := range attributes {
		switch a.Kind {
		case KindTags:
			c.checkTags()
		case KindLocations:
			c.checkLocations()
		case KindProperties:
			c.checkProperties()
		default:
			c.checkSetting(a)
		}
	}
	return c.faults
}

// checker gathers the faults of one draft.
type checker struct {
	rules         Rules
	before, after *Image
	faults        []Fault
}

func (c *checker) add(field Field, fault *Fault) {
	if fault != nil {
		fault.Field = field
		c.faults = append(c.faults, *fault)
	}
}

// checkSetting checks an attribute that is set as a whole to one value.
func (c *checker) checkSetting(a Attribute) {
	s, found := settingNamed(a.Name)
	if !found {
		return // set by the server
	}
	value := s.get(c.after)
	changed := s.get(c.before) != value
	field := Field{Attr: a.Name, Index: -1}
	if a.Formats {
		c.add(field, c.checkFormat(value, changed))
	}
	if !changed {
		return
	}
	c.add(field, c.rules.CheckValue(a.Name, value))
	c.add(field, c.checkRole(a.Name, value))
}

// checkFormat holds a format against the image's state: fixed when there is
// data, and needed when the draft brings some.
func (c *checker) checkFormat(value any, changed bool) *Fault {
	status := c.before.Status
	switch {
	case changed && status != StatusQueued:
		return &Fault{
			Text:   fmt.Sprintf("fixed once the image has left the status queued (it is %s)", status),
			Advice: "make a new image with the format you want",
		}
	case (value == nil || value == "") && status == StatusQueued && c.addsFirstLocation():
		return &Fault{
			Text:   "must be set before the image gets its first location",
			Advice: "choose a format in the same edit",
		}
	}
	return nil
}

// addsFirstLocation is whether the draft gives data to an image that has none.
func (c *checker) addsFirstLocation() bool {
	return c.mentionsLocations() && len(c.before.Locations) == 0 && len(c.after.Locations) > 0
}

// checkRole warns of what the server lets only an administrator do.
func (c *checker) checkRole(name string, value any) *Fault {
	switch {
	case !c.rules.notAdmin():
		return nil
	case name == "owner":
		return &Fault{Text: "only an administrator can change the owner", Warning: true,
			Advice: "the server will most likely refuse it"}
	case name == "visibility" && value == string(Public):
		return &Fault{Text: "mostly only an administrator can make an image public", Warning: true,
			Advice: "shared or community need no such role"}
	}
	return nil
}

// checkTags checks the whole list: it is sent as a whole.
func (c *checker) checkTags() {
	if SameTags(c.before.Tags, c.after.Tags) {
		return
	}
	wanted := NormalTags(c.after.Tags)
	if quota := c.rules.limits().Tags; exceeds(len(wanted), quota) {
		c.add(Field{Attr: "tags", Index: -1}, tooMany(len(wanted), quota, "tags"))
	}
	for _, tag := range wanted {
		c.add(Field{Attr: "tags", Key: tag, Index: -1}, c.rules.CheckTag(tag))
	}
}

// checkProperties checks what comes, changes and goes, by name. The value of a
// property that cannot have its name is not looked at.
func (c *checker) checkProperties() {
	added := false
	for _, name := range c.changedProperties() {
		_, old := c.before.Properties[name]
		value, kept := c.after.Properties[name]
		added = added || !old
		field := Field{Attr: "properties", Key: name, Index: -1}
		if fault := c.checkPropertyName(name, old); fault != nil {
			field.Part = "name"
			c.add(field, fault)
		} else if kept {
			field.Part = "value"
			c.add(field, c.rules.CheckPropertyValue(name, value))
		}
	}
	if quota := c.rules.limits().Properties; added && exceeds(len(c.after.Properties), quota) {
		c.add(Field{Attr: "properties", Index: -1}, tooMany(len(c.after.Properties), quota, "properties"))
	}
}

// checkPropertyName checks a new name; an old one must only be within reach.
func (c *checker) checkPropertyName(name string, old bool) *Fault {
	if old {
		return checkAddress(name)
	}
	return c.rules.CheckPropertyName(name)
}

// changedProperties is the names of the properties that differ, sorted.
func (c *checker) changedProperties() []string {
	var names []string
	for name, value := range c.after.Properties {
		if old, found := c.before.Properties[name]; !found || old != value {
			names = append(names, name)
		}
	}
	for name := range c.before.Properties {
		if _, found := c.after.Properties[name]; !found {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// blocks is whether any of the faults keeps the edit from being sent.
func blocks(faults []Fault) bool {
	return slices.ContainsFunc(faults, func(f Fault) bool { return !f.Warning })
}
