package modeltest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// TestShrink looks for edits that "fail" for one reason, and wants them small.
func TestShrink(t *testing.T) {
	patchOf := func(p modeltest.Pair) patch.Patch {
		patch, err := rules.Diff(p.Before, p.After)
		if err != nil {
			return nil // an edit that no one can make does not fail in this way
		}
		return patch
	}
	has := func(op patch.Op, path string) func(patch.Operation) bool {
		return func(o patch.Operation) bool { return o.Op == op && strings.HasPrefix(o.Path, path) }
	}
	for name, c := range map[string]struct {
		fails func(modeltest.Pair) bool
		// most is how many operations and locations the smallest edit has.
		operations, locations int
	}{
		"a tag goes": {func(p modeltest.Pair) bool {
			return slices.ContainsFunc(p.Before.Tags, func(t string) bool { return !slices.Contains(p.After.Tags, t) && len(patchOf(p)) > 0 })
		}, 1, 1},
		"a removed location": {func(p modeltest.Pair) bool { return slices.ContainsFunc(patchOf(p), has(patch.OpRemove, "/locations")) }, 2, 2},
		"a new order": {func(p modeltest.Pair) bool {
			return p.Before.Status == model.StatusActive && slices.ContainsFunc(patchOf(p), has(patch.OpReplace, "/locations"))
		}, 2, 2},
		"a property": {func(p modeltest.Pair) bool { return slices.ContainsFunc(patchOf(p), has(patch.OpAdd, "/p")) }, 1, 1},
		"protected and a tag": {func(p modeltest.Pair) bool {
			return p.After.Protected && !p.Before.Protected && !model.SameTags(p.Before.Tags, p.After.Tags)
		}, 2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			shrunk := 0
			for seed := range uint64(400) {
				p := modeltest.Pair{Before: modeltest.Image(seed)}
				p.After = modeltest.Wanted(seed, p.Before)
				if !c.fails(p) {
					continue
				}
				was := p.Before.Clone()
				small := modeltest.Shrink(p, 0, c.fails)
				shrunk++
				if !c.fails(small) {
					t.Fatalf("seed %d: the small edit does not fail: %v", seed, small)
				}
				if n := len(patchOf(small)); n > c.operations {
					t.Errorf("seed %d: %d operations: %s", seed, n, patchOf(small).Pretty())
				}
				if n := max(len(small.Before.Locations), len(small.After.Locations)); small.Before.Status == model.StatusActive && n > c.locations {
					t.Errorf("seed %d: %d locations: %v", seed, n, small)
				}
				if n := len(small.Before.Properties) + len(small.After.Properties) + len(small.Before.Tags) + len(small.After.Tags); n > 1 {
					t.Errorf("seed %d: %d properties and tags are left: %v", seed, n, small)
				}
				if len(merge.Changes(was, p.Before)) > 0 {
					t.Fatalf("seed %d: the edit itself was changed", seed)
				}
				if again := modeltest.Shrink(p, 0, c.fails); len(merge.Changes(again.After, small.After)) > 0 {
					t.Errorf("seed %d: not the same twice", seed)
				}
			}
			if shrunk < 5 {
				t.Errorf("only %d edits of 400 were of use", shrunk)
			}
		})
	}
}

// TestShrinkStops: a question may cost a real server's time.
func TestShrinkStops(t *testing.T) {
	asked := 0
	p := modeltest.Pair{Before: modeltest.Image(7)}
	p.After = modeltest.Wanted(7, p.Before)
	modeltest.Shrink(p, 5, func(modeltest.Pair) bool { asked++; return asked%2 == 0 })
	if asked > 5 {
		t.Errorf("asked %d times", asked)
	}
	if same := modeltest.Shrink(p, 0, func(modeltest.Pair) bool { return false }); len(merge.Changes(same.After, p.After)) > 0 {
		t.Error("what does not fail was made smaller")
	}
}

// TestShorterFindsTheObvious: the search finds a shorter patch where there is
// one, and says when it gave up.
func TestShorterFindsTheObvious(t *testing.T) {
	before := modeltest.Image(1)
	after := before.Clone()
	after.Name, after.Protected = model.Some("other"), !before.Protected
	if p, searched := modeltest.Shorter(rules.Rules{}, before, after, 2, 0); len(p) != 2 || !searched {
		t.Errorf("found %v, %t", p, searched)
	}
	if p, searched := modeltest.Shorter(rules.Rules{}, before, after, 1, 0); p != nil || !searched {
		t.Errorf("found %v, %t", p, searched)
	}
	if _, searched := modeltest.Shorter(rules.Rules{}, before, after, 3, 1); searched {
		t.Error("it did not give up")
	}
}
