package rules

import (
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// Diff is Rules.Diff for a current server with the default schema and limits.
func Diff(before, after model.Image) (patch.Patch, error) { return Rules{}.Diff(before, after) }

// Diff finds the smallest patch that makes a server's image "before" into
// "after". Every operation is one that a real server takes, in an order in
// which it takes it; removals of locations are at the end, as they delete
// data at once even when a later operation fails. The same two images always
// give the same patch; equal ones give an empty one.
//
// Attributes that only the server sets (Extra, status, size, times, …) are not
// compared. Locations are compared without metadata's "store", which is the
// server's; an "after" without LocationsShown and without locations leaves
// them as they are.
//
// The error is a [*model.Refusal] when no patch can express the edit: its faults are
// those of [Rules.Check].
func (r Rules) Diff(before, after model.Image) (patch.Patch, error) {
	p, faults := r.CheckedDiff(before, after)
	if blocks(faults) {
		return nil, &model.Refusal{Problems: faults}
	}
	return p, nil
}

// CheckedDiff is [Rules.Diff] and [Rules.Check] in one, for a form that needs both with
// every key. The patch is nil where a fault that is no warning keeps the edit
// from being sent.
func (r Rules) CheckedDiff(before, after model.Image) (patch.Patch, []model.Problem) {
	d := r.compare(&before, &after)
	if blocks(d.check()) {
		return nil, d.problems
	}
	p := make(patch.Patch, 0, 4+len(d.properties)+len(d.moves))
	p = d.diffSettings(p)
	p = d.diffProperties(p)
	p = append(p, d.moves...)
	if len(p) == 0 {
		return nil, d.problems
	}
	return p, d.problems
}

// diffSettings sets each attribute that differs.
func (d *difference) diffSettings(p patch.Patch) patch.Patch {
	for _, a := range model.Settable() {
		if !a.Same(d.before, d.after) {
			p = append(p, patch.Operation{Op: patch.OpReplace, Path: "/" + a.Name, Value: a.Sent(d.after)})
		}
	}
	return p
}

// diffProperties adds, replaces and removes by name. A changed one is replaced
// rather than added, so that the server answers 409 if it vanished meanwhile.
func (d *difference) diffProperties(p patch.Patch) patch.Patch {
	for _, name := range d.properties {
		o := patch.Operation{Op: patch.OpReplace, Path: "/" + patch.EscapePointer(name)}
		_, old := d.before.Properties[name]
		value, wanted := d.after.Properties[name]
		switch {
		case !wanted:
			o.Op = patch.OpRemove
		case !old:
			o.Op = patch.OpAdd
		}
		if wanted {
			o.Value = model.Nullable(value)
		}
		p = append(p, o)
	}
	return p
}
