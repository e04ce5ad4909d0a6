package conformance

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
)

// editFault is what is wrong with an edit.
type editFault struct {
	kind  string // of fault, in two words: a smaller edit must have the same
	what  []string
	pair  modeltest.Pair
	patch patch.Patch
}

func (f *editFault) String() string {
	return fmt.Sprintf("%s: %s\nfrom %s\nto   %s\nby   %s", f.kind, strings.Join(f.what, "\n"), text(f.pair.Before), text(f.pair.After), f.patch.JSON())
}

// edit makes one edit the program's way and compares what came of it with what
// was wanted and with what the model predicted. now is the image afterwards.
func (e *editor) edit(r *trial, base, wanted model.Image) (now model.Image, fault *editFault) {
	r.Helper()
	wrong := func(kind string, patch patch.Patch, what ...string) (model.Image, *editFault) {
		return base, &editFault{kind: kind, what: what, pair: modeltest.Pair{Before: base, After: wanted}, patch: patch}
	}
	p, err := e.rules.Diff(base, wanted)
	if err != nil {
		return wrong("no patch", nil, err.Error())
	}
	e.edits.Add(1)
	if len(p) == 0 {
		return base, nil
	}
	e.operations.Add(int64(len(p)))
	if shorter := e.shorter(base, wanted, p); shorter != "" {
		return wrong("not minimal", p, shorter)
	}
	forecast, err := e.rules.Apply(base, p)
	if err != nil && e.rules.Admin {
		return wrong("Apply refuses", p, err.Error())
	}
	refusal, _ := errors.AsType[*patch.Rejection](err)
	if e.spoil != nil {
		p = e.spoil(p)
	}
	_, answer, err := e.client.Patch(r.Context(), base.ID, p)
	switch {
	case refusal != nil && answer.Code != refusal.Code:
		return wrong("not as predicted", p, fmt.Sprintf("answered %d, predicted %v", answer.Code, refusal))
	case err != nil:
		return wrong("server refuses", p, err.Error())
	}
	now = e.get(r)
	wanted.Locations = e.rules.Sorted(wanted.Locations)
	faults := slices.Concat(
		unlike("wanted", object(r, wanted), object(r, now), true),
		unlike("predicted", object(r, forecast), object(r, now), false),
	)
	if predicted := e.rules.Predict(base, p); predicted != now.Status {
		faults = append(faults, fmt.Sprintf("status %s, predicted %s", now.Status, predicted))
	}
	if len(faults) > 0 {
		return wrong("not as wanted", p, faults...)
	}
	return now, nil
}

// work is how many patches are tried for a shorter one.
const work = 1500

// shorter says how the edit could do with fewer operations. Each attribute,
// tag list and property that differs needs one; that the locations need as many
// as they got is found out by brute force, where that is not too many.
func (e *editor) shorter(base, wanted model.Image, patch patch.Patch) string {
	others, places := 0, 0
	for _, c := range merge.Changes(base, wanted) {
		if !c.ByServer && c.Field.Attr != "locations" {
			others++
		}
	}
	for _, o := range patch {
		if strings.HasPrefix(o.Path, "/locations") {
			places++
		}
	}
	if len(patch)-places != others {
		return fmt.Sprintf("%d operations for %d differences beside the locations", len(patch)-places, others)
	}
	// All else as it will be: only the locations are left to do.
	before, after := wanted.Clone(), wanted.Clone()
	before.Locations, before.Status, before.Size = base.Locations, base.Status, base.Size
	after.Locations = e.rules.Sorted(after.Locations)
	found, searched := modeltest.Shorter(e.rules, before, after, places-1, work)
	if searched {
		e.searched.Add(1)
	}
	if found != nil {
		return "this does it, too: " + string(found.JSON())
	}
	return ""
}
