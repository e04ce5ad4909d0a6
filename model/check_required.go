package model

import "slices"

// checkRequired finds the changes that a server refuses since its schema
// requires a name that they do not hold, and warns where a required one goes.
func (d *difference) checkRequired(a *Attribute) {
	s := d.rules.schema()
	if len(s.Required) == 0 || a.Kind == KindLocations && d.rules.callsForLocations(*d.before) {
		return // a call for a location is not held against the schema
	}
	for _, change := range d.changed(a) {
		name := a.Name
		if a.Kind == KindProperties {
			name = change.field.Key
		}
		switch lacking := s.lacking(name); {
		case !change.removal && lacking != "":
			d.add(change.field, &Fault{
				Text:   "this server requires the property " + lacking + " of every single change, so it refuses this one",
				Advice: `ask the operator to take "required" out of the schema`,
			})
		case change.removal && slices.Contains(s.Required, name):
			d.add(change.field, &Fault{Text: "this server wants every image to have it", Warning: true,
				Advice: "give it another value instead"})
		}
	}
}

// changedPlace is a place in the form that an edit changes.
type changedPlace struct {
	field   Field
	removal bool // it goes, which servers do not hold against the schema
}

// changed is what the edit changes about an attribute.
func (d *difference) changed(a *Attribute) []changedPlace {
	whole := changedPlace{field: Field{Attr: a.Name, Index: -1}}
	switch a.Kind {
	case KindProperties:
		var places []changedPlace
		for _, name := range d.properties {
			_, kept := d.after.Properties[name]
			places = append(places, changedPlace{Field{Attr: a.Name, Key: name, Part: "value", Index: -1}, !kept})
		}
		return places
	case KindLocations:
		if slices.ContainsFunc(d.moves, func(o Operation) bool { return o.Op != OpRemove }) {
			return []changedPlace{whole}
		}
		return nil
	}
	if a.Settable() && !a.Same(d.before, d.after) {
		return []changedPlace{whole}
	}
	return nil
}
