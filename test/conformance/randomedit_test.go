package conformance

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

// editFault is what is wrong with an edit.
type editFault struct {
	kind  string // of fault, in two words: a smaller edit must have the same
	what  []string
	pair  modeltest.Pair
	patch model.Patch
}

func (f *editFault) String() string {
	return fmt.Sprintf("%s: %s\nfrom %s\nto   %s\nby   %s", f.kind, strings.Join(f.what, "\n"), text(f.pair.Before), text(f.pair.After), f.patch.JSON())
}

// edit makes one edit the program's way and compares what came of it with what
// was wanted and with what the model foretold. now is the image afterwards.
func (e *editor) edit(r *trial, base, wanted model.Image) (now model.Image, fault *editFault) {
	r.Helper()
	wrong := func(kind string, patch model.Patch, what ...string) (model.Image, *editFault) {
		return base, &editFault{kind: kind, what: what, pair: modeltest.Pair{Before: base, After: wanted}, patch: patch}
	}
	patch, err := e.rules.Diff(base, wanted)
	if err != nil {
		return wrong("no patch", nil, err.Error())
	}
	e.edits.Add(1)
	if len(patch) == 0 {
		return base, nil
	}
	e.operations.Add(int64(len(patch)))
	if shorter := e.shorter(base, wanted, patch); shorter != "" {
		return wrong("not minimal", patch, shorter)
	}
	forecast, err := e.rules.Apply(base, patch)
	if err != nil && e.rules.Admin {
		return wrong("Apply refuses", patch, err.Error())
	}
	refusal, _ := errors.AsType[*model.Rejection](err)
	if e.spoil != nil {
		patch = e.spoil(patch)
	}
	_, answer, err := e.client.Patch(r.Context(), base.ID, patch)
	switch {
	case refusal != nil && answer.Code != refusal.Code:
		return wrong("not as foretold", patch, fmt.Sprintf("answered %d, foretold %v", answer.Code, refusal))
	case err != nil:
		return wrong("server refuses", patch, err.Error())
	}
	now = e.get(r)
	wanted.Locations = e.rules.Sorted(wanted.Locations)
	faults := slices.Concat(
		unlike("wanted", object(r, wanted), object(r, now), true),
		unlike("foretold", object(r, forecast), object(r, now), false),
	)
	if predicted := e.rules.Predict(base, patch); predicted != now.Status {
		faults = append(faults, fmt.Sprintf("status %s, predicted %s", now.Status, predicted))
	}
	if len(faults) > 0 {
		return wrong("not as wanted", patch, faults...)
	}
	return now, nil
}

// work is how many patches are tried for a shorter one.
const work = 1500

// shorter says how the edit could do with fewer operations. Each attribute,
// tag list and property that differs needs one; that the locations need as many
// as they got is found out by brute force, where that is not too many.
func (e *editor) shorter(base, wanted model.Image, patch model.Patch) string {
	others, places := 0, 0
	for _, c := range model.Changes(base, wanted) {
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
