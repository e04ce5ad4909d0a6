package model

import "slices"

// Diff is Rules.Diff for a current server with the default schema and limits.
func Diff(before, after Image) (Patch, error) { return Rules{}.Diff(before, after) }

// Diff finds the smallest patch that makes a server's image "before" into
// "after". Every operation is one that a real server takes, in an order in
// which it takes it; removals of locations stand at the end, as they delete
// data at once even when a later operation fails. The same two images always
// give the same patch; equal ones give an empty one.
//
// Attributes that only the server sets (Extra, status, size, times, …) are not
// compared. Locations are compared without metadata's "store", which is the
// server's; an "after" without LocationsShown and without locations leaves
// them as they are.
//
// The error is a [*Refusal] when no patch can express the edit: its faults are
// those of [Rules.Check].
func (r Rules) Diff(before, after Image) (Patch, error) {
	faults := r.Check(before, after)
	if blocks(faults) {
		return nil, &Refusal{Faults: faults}
	}
	c := checker{rules: r, before: &before, after: &after}
	var p Patch
	p = append(p, c.diffSettings()...)
	p = append(p, c.diffProperties()...)
	if c.changesLocations() {
		operations, _ := r.planLocations(before.Locations, after.Locations)
		p = append(p, operations...)
	}
	return p, nil
}

// diffSettings sets each attribute that differs, and the tags as a whole.
func (c *checker) diffSettings() Patch {
	var p Patch
	for _, s := range settings {
		if value := s.get(c.after); value != s.get(c.before) {
			p = append(p, Operation{Op: OpReplace, Path: "/" + s.name, Value: value})
		}
		if s.name == "name" && !SameTags(c.before.Tags, c.after.Tags) {
			p = append(p, Operation{Op: OpReplace, Path: "/tags", Value: NormalTags(c.after.Tags)})
		}
	}
	return p
}

// diffProperties adds, replaces and removes by name. A changed one is replaced
// rather than added, so that the server answers 409 if it vanished meanwhile.
func (c *checker) diffProperties() Patch {
	var p Patch
	for _, name := range c.changedProperties() {
		o := Operation{Op: OpReplace, Path: "/" + EscapePointer(name)}
		_, old := c.before.Properties[name]
		value, wanted := c.after.Properties[name]
		switch {
		case !wanted:
			o.Op = OpRemove
		case !old:
			o.Op = OpAdd
		}
		if wanted {
			o.Value = nullable(value)
		}
		p = append(p, o)
	}
	return slices.Clip(p)
}
