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
	return r.compare(&before, &after).check()
}

// check looks at one attribute after another, in the order of the form.
func (d *difference) check() []Fault {
	for _, a := range Attributes() {
		if d.checkUnread(a) {
			continue
		}
		switch a.Kind {
		case KindTags:
			d.checkTags()
		case KindLocations:
			d.checkLocations()
			d.add(Field{Attr: a.Name, Index: -1}, checkHidden(Patch(d.moves).HoldsHidden()))
		case KindProperties:
			d.checkProperties()
		default:
			d.checkSetting(a)
		}
		d.checkRequired(a)
	}
	return d.faults
}

func (d *difference) add(field Field, fault *Fault) {
	if fault != nil {
		fault.Field = field
		d.faults = append(d.faults, *fault)
	}
}

// checkUnread is about an attribute that either image does not know: no edit
// changes it. It is true where the attribute is one.
func (d *difference) checkUnread(a *Attribute) bool {
	alike, decided := unreadAlike(d.before, d.after, a.Name)
	if !decided || a.ByServer {
		return false
	}
	if alike || a.Kind == KindLocations && !d.locations {
		return true
	}
	fault := &Fault{Text: d.before.whyUnread(a.Name), Advice: unreadAdvice}
	if _, unread := d.before.Unread[a.Name]; !unread {
		fault = &Fault{Text: unreadWanted, Advice: "write " + a.Kind.form()}
	}
	d.add(Field{Attr: a.Name, Index: -1}, fault)
	return true
}

// checkSetting checks an attribute that is set as a whole to one value.
func (d *difference) checkSetting(a *Attribute) {
	if a.ByServer {
		return
	}
	changed := !a.Same(d.before, d.after)
	if !changed && !a.Formats {
		return // formats matter even unchanged: to the first location
	}
	value, field := a.Sent(d.after), Field{Attr: a.Name, Index: -1}
	if a.Formats {
		d.add(field, d.checkFormat(value, changed))
	}
	if changed {
		d.add(field, d.rules.CheckValue(a.Name, value))
		d.add(field, d.checkRole(a.Name, value))
		d.add(field, checkHidden(valueHoldsHidden(value)))
	}
}

// checkFormat holds a format against the image's state: fixed when there is
// data, and needed when the draft brings some.
func (d *difference) checkFormat(value any, changed bool) *Fault {
	status := d.before.Status
	switch {
	case changed && status != StatusQueued:
		return &Fault{
			Text:   fmt.Sprintf("fixed once the image has left the status queued (it is %s)", d.before.StatusWord()),
			Advice: "make a new image with the format you want",
		}
	case (value == nil || value == "") && status == StatusQueued && d.addsFirstLocation():
		return &Fault{
			Text:   "must be set before the image gets its first location",
			Advice: "choose a format in the same edit",
		}
	}
	return nil
}

// addsFirstLocation is whether the draft gives data to an image that has none.
func (d *difference) addsFirstLocation() bool {
	return d.locations && len(d.before.Locations) == 0 && len(d.after.Locations) > 0
}

// checkRole warns of what the server lets only an administrator do.
func (d *difference) checkRole(name string, value any) *Fault {
	switch {
	case !d.rules.NeedsAdmin(name, value):
		return nil
	case name == "owner":
		return &Fault{Text: "only an administrator can change the owner", Warning: true,
			Advice: "the server will most likely refuse it"}
	case name == "visibility":
		return &Fault{Text: "mostly only an administrator can make an image public", Warning: true,
			Advice: "shared or community need no such role"}
	}
	return nil
}

// checkTags checks all tags, since the list is sent as a whole.
func (d *difference) checkTags() {
	if quota := d.rules.limits().Tags; exceeds(len(d.tags), quota) {
		d.add(Field{Attr: "tags", Index: -1}, tooMany(len(d.tags), quota, "tags"))
	}
	d.add(Field{Attr: "tags", Index: -1}, checkHidden(slices.ContainsFunc(d.tags, textHoldsHidden)))
	described := d.rules.tagSchema()
	for _, tag := range d.tags {
		d.add(Field{Attr: "tags", Key: tag, Index: -1}, described.checkTextFault(tag))
	}
}

// checkProperties checks what comes, changes and goes, by name. The value of a
// property that cannot have its name is not looked at.
func (d *difference) checkProperties() {
	added := false
	for _, name := range d.properties {
		_, old := d.before.Properties[name]
		value, kept := d.after.Properties[name]
		added = added || !old
		field := Field{Attr: "properties", Key: name, Index: -1}
		fault := d.checkPropertyName(name, old)
		if fault != nil {
			field.Part = "name"
			d.add(field, fault)
		}
		if kept && (fault == nil || fault.Warning) {
			field.Part = "value"
			d.add(field, d.rules.CheckPropertyValue(name, value))
		}
		d.add(field, checkHidden(textHoldsHidden(name) || textHoldsHidden(value.Value)))
	}
	if quota := d.rules.limits().Properties; added && exceeds(len(d.after.Properties), quota) {
		d.add(Field{Attr: "properties", Index: -1}, tooMany(len(d.after.Properties), quota, "properties"))
	}
}

// checkPropertyName checks a new name; an old one must only be within reach.
func (d *difference) checkPropertyName(name string, old bool) *Fault {
	if old {
		return checkAddress(name)
	}
	return d.rules.CheckPropertyName(name)
}

// blocks is whether any of the faults keeps the edit from being sent.
func blocks(faults []Fault) bool {
	return slices.ContainsFunc(faults, func(f Fault) bool { return !f.Warning })
}
