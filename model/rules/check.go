package rules

import (
	"fmt"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// Check lists every fault of a draft in the order of the form: what keeps
// [Rules.Diff] from making a patch, and warnings about what the server may
// refuse. Only what differs between the two images is looked at: what the
// server holds already is no fault of the draft's.
func (r Rules) Check(before, after model.Image) []model.Problem {
	return r.compare(&before, &after).check()
}

// check looks at one attribute after another, in the order of the form.
func (d *difference) check() []model.Problem {
	for _, a := range model.Attributes() {
		if d.checkUnread(a) {
			continue
		}
		switch a.Kind {
		case model.KindTags:
			d.checkTags()
		case model.KindLocations:
			d.checkLocations()
			d.add(model.Field{Attr: a.Name, Index: -1}, checkHidden(patch.Patch(d.moves).HoldsHidden()))
		case model.KindProperties:
			d.checkProperties()
		default:
			d.checkSetting(a)
		}
		d.checkRequired(a)
	}
	return d.problems
}

func (d *difference) add(field model.Field, fault *model.Problem) {
	if fault != nil {
		fault.Field = field
		d.problems = append(d.problems, *fault)
	}
}

// checkUnread is about an attribute that either image does not know: no edit
// changes it. It reports whether the attribute is one.
func (d *difference) checkUnread(a *model.Attribute) bool {
	alike, decided := model.UnreadAlike(d.before, d.after, a.Name)
	if !decided || a.ByServer {
		return false
	}
	if alike || a.Kind == model.KindLocations && !d.locations {
		return true
	}
	fault := &model.Problem{Text: d.before.WhyUnread(a.Name), Advice: model.UnreadAdvice}
	if _, unread := d.before.Unread[a.Name]; !unread {
		fault = &model.Problem{Text: model.UnreadWanted, Advice: "write " + a.Kind.Form()}
	}
	d.add(model.Field{Attr: a.Name, Index: -1}, fault)
	return true
}

// checkSetting checks an attribute that is set as a whole to one value.
func (d *difference) checkSetting(a *model.Attribute) {
	if a.ByServer {
		return
	}
	changed := !a.Same(d.before, d.after)
	if !changed && !a.Formats {
		return // formats matter even unchanged: to the first location
	}
	value, field := a.Sent(d.after), model.Field{Attr: a.Name, Index: -1}
	if a.Formats {
		d.add(field, d.checkFormat(value, changed))
	}
	if changed {
		d.add(field, d.rules.CheckValue(a.Name, value))
		d.add(field, d.checkRole(a.Name, value))
		d.add(field, checkHidden(patch.ValueHoldsHidden(value)))
	}
}

// checkFormat holds a format against the image's state: fixed when there is
// data, and needed when the draft brings some.
func (d *difference) checkFormat(value any, changed bool) *model.Problem {
	status := d.before.Status
	switch {
	case changed && status != model.StatusQueued:
		return &model.Problem{
			Text:   fmt.Sprintf("fixed once the image has left the status queued (it is %s)", d.before.StatusWord()),
			Advice: "make a new image with the format you want",
		}
	case (value == nil || value == "") && status == model.StatusQueued && d.addsFirstLocation():
		return &model.Problem{
			Text:   "must be set before the image gets its first location",
			Advice: "choose a format in the same edit",
		}
	}
	return nil
}

// addsFirstLocation reports whether the draft gives data to an image that has none.
func (d *difference) addsFirstLocation() bool {
	return d.locations && len(d.before.Locations) == 0 && len(d.after.Locations) > 0
}

// checkRole warns of what the server lets only an administrator do.
func (d *difference) checkRole(name string, value any) *model.Problem {
	switch {
	case !d.rules.NeedsAdmin(name, value):
		return nil
	case name == "owner":
		return &model.Problem{Text: "only an administrator can change the owner", Warning: true,
			Advice: "the server will most likely refuse it"}
	case name == "visibility":
		return &model.Problem{Text: "mostly only an administrator can make an image public", Warning: true,
			Advice: "shared or community need no such role"}
	}
	return nil
}

// checkTags checks all tags, since the list is sent as a whole.
func (d *difference) checkTags() {
	if quota := d.rules.limits().Tags; exceeds(len(d.tags), quota) {
		d.add(model.Field{Attr: "tags", Index: -1}, tooMany(len(d.tags), quota, "tags"))
	}
	d.add(model.Field{Attr: "tags", Index: -1}, checkHidden(slices.ContainsFunc(d.tags, model.TextHoldsHidden)))
	described := d.rules.tagSchema()
	for _, tag := range d.tags {
		d.add(model.Field{Attr: "tags", Key: tag, Index: -1}, described.checkTextFault(tag))
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
		field := model.Field{Attr: "properties", Key: name, Index: -1}
		fault := d.checkPropertyName(name, old)
		if fault != nil {
			field.Part = "name"
			d.add(field, fault)
		}
		if kept && (fault == nil || fault.Warning) {
			field.Part = "value"
			d.add(field, d.rules.CheckPropertyValue(name, value))
		}
		d.add(field, checkHidden(model.TextHoldsHidden(name) || model.TextHoldsHidden(value.Value)))
	}
	if quota := d.rules.limits().Properties; added && exceeds(len(d.after.Properties), quota) {
		d.add(model.Field{Attr: "properties", Index: -1}, tooMany(len(d.after.Properties), quota, "properties"))
	}
}

// checkPropertyName checks a new name; an old one must only be within reach.
func (d *difference) checkPropertyName(name string, old bool) *model.Problem {
	if old {
		return checkAddress(name)
	}
	return d.rules.CheckPropertyName(name)
}

// blocks reports whether any of the faults keeps the edit from being sent.
func blocks(faults []model.Problem) bool {
	return slices.ContainsFunc(faults, func(f model.Problem) bool { return !f.Warning })
}

// NeedsAdmin reports whether a value of an attribute is known to be for
// administrators, and the caller is not one. A deployment's policy can say
// otherwise.
func (r Rules) NeedsAdmin(attribute string, value any) bool {
	return r.notAdmin() && (attribute == "owner" || attribute == "visibility" && value == string(model.Public))
}

const (
	holdsHidden       = "contains “" + model.Hidden + "”, which stands for a secret that the server sent back"
	adviceHoldsHidden = "Remove the placeholder. What the server has in its place is not sent."
)

// checkHidden is the fault of what would be sent with a stand-in for a secret
// in it. A list is sent as a whole, so one that holds a stand-in anywhere cannot
// be changed by a replace.
func checkHidden(holds bool) *model.Problem {
	if !holds {
		return nil
	}
	return &model.Problem{Text: holdsHidden, Advice: adviceHoldsHidden}
}
