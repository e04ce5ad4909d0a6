package rules

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// checkRequired finds the changes that a server refuses since its schema
// requires a name that they do not hold, and warns where a required one goes.
func (d *difference) checkRequired(a *model.Attribute) {
	s := d.rules.schema()
	if len(s.Required) == 0 || a.Kind == model.KindLocations && d.rules.CallsForLocations(*d.before) {
		return // a call for a location is not held against the schema
	}
	for _, change := range d.changed(a) {
		name := a.Name
		if a.Kind == model.KindProperties {
			name = change.field.Key
		}
		switch lacking := s.lacking(name); {
		case !change.removal && lacking != "":
			d.add(change.field, &model.Problem{
				Text:   "this server requires the property " + lacking + " of every single change, so it refuses this one",
				Advice: `ask the operator to take "required" out of the schema`,
			})
		case change.removal && slices.Contains(s.Required, name):
			d.add(change.field, &model.Problem{Text: "this server wants every image to have it", Warning: true,
				Advice: "give it another value instead"})
		}
	}
}

// changedPlace is a place in the form that an edit changes.
type changedPlace struct {
	field   model.Field
	removal bool // it goes, which servers do not hold against the schema
}

// changed is what the edit changes about an attribute.
func (d *difference) changed(a *model.Attribute) []changedPlace {
	whole := changedPlace{field: model.Field{Attr: a.Name, Index: -1}}
	switch a.Kind {
	case model.KindProperties:
		var places []changedPlace
		for _, name := range d.properties {
			_, kept := d.after.Properties[name]
			places = append(places, changedPlace{model.Field{Attr: a.Name, Key: name, Part: "value", Index: -1}, !kept})
		}
		return places
	case model.KindLocations:
		if slices.ContainsFunc(d.moves, func(o patch.Operation) bool { return o.Op != patch.OpRemove }) {
			return []changedPlace{whole}
		}
		return nil
	}
	if a.Settable() && !a.Same(d.before, d.after) {
		return []changedPlace{whole}
	}
	return nil
}
