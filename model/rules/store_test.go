package rules_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/rules"
)

// weighted is a server whose web store goes before its file store.
var weighted = rules.Rules{Stores: []api.Store{{ID: "local", Type: "file"}, {ID: "web", Type: "http", Weight: 100}}}

// inStores is storedAt as that server shows it.
func inStores(names ...string) model.Image {
	i := storedAt(names...)
	for n := range i.Locations {
		i.Locations[n].Metadata = map[string]any{"store": "web"}
		if i.Locations[n].HoldsData() {
			i.Locations[n].Metadata = map[string]any{"store": "local"}
		}
	}
	return i
}

// namesIn are the locations of a list in storedAt's words.
func namesIn(list []model.Location) string {
	var names []string
	for _, l := range list {
		names = append(names, l.URL[strings.LastIndex(l.URL, "/")+1:])
	}
	return strings.Join(names, " ")
}

// TestWeightedStores: w is in the store that goes first, f in the other.
func TestWeightedStores(t *testing.T) {
	for _, c := range []struct {
		before, wanted string
		patch          string // in splitLines' words
		after          string
		warns          bool
	}{
		{before: "w1 f1", wanted: "w1 f1 w2", patch: "add - w2", after: "w1 w2 f1", warns: true},
		{before: "w1 f1", wanted: "w1 w2 f1", patch: "add - w2", after: "w1 w2 f1"},
		{before: "w1 f1", wanted: "f1 w1", after: "w1 f1", warns: true},
		{before: "w1 w2 f1", wanted: "w2 w1 f1", patch: "list w2 w1 f1", after: "w2 w1 f1"},
		{before: "w1 w2 f1", wanted: "f1 w2 w1", patch: "list w2 w1 f1", after: "w2 w1 f1", warns: true},
		{before: "w1 f1 f2", wanted: "f2", patch: "remove 1, remove 0", after: "f2"},
		{before: "w1 f1 f2", wanted: "f2 w2", patch: "add - w2, remove 1, remove 0", after: "w2 f2", warns: true},
		{before: "f1", wanted: "w1 f1", patch: "add - w1", after: "w1 f1"},
	} {
		before, wanted := inStores(strings.Fields(c.before)...), storedAt(strings.Fields(c.wanted)...)
		p, err := weighted.Diff(before, wanted)
		if err != nil {
			t.Errorf("%s to %s: %v", c.before, c.wanted, err)
			continue
		}
		if got := splitLines(p); got != c.patch && len(p) > 0 || len(p) == 0 && c.patch != "" {
			t.Errorf("%s to %s: %s, want %s", c.before, c.wanted, got, c.patch)
		}
		after, err := weighted.Apply(before, p)
		if err != nil || namesIn(after.Locations) != c.after {
			t.Errorf("%s to %s: becomes %s, %v; want %s", c.before, c.wanted, namesIn(after.Locations), err, c.after)
		}
		if faults := weighted.Check(before, wanted); c.warns != (len(faults) == 1 && faults[0].Text == rules.SortedLocations && faults[0].Warning) {
			t.Errorf("%s to %s: faults %v", c.before, c.wanted, faults)
		}
		requests, together := weighted.Split(before, p)
		if len(requests) == 2 {
			between, err := weighted.Apply(before, requests[0])
			if err != nil || !weighted.MayFollow(before, requests[0], between) {
				t.Errorf("%s to %s: the second may not follow: %v", c.before, c.wanted, err)
			}
			if got, err := weighted.Apply(between, requests[1]); err != nil || namesIn(got.Locations) != c.after {
				t.Errorf("%s to %s in two: becomes %s, %v", c.before, c.wanted, namesIn(got.Locations), err)
			}
		} else if together != "" {
			t.Errorf("%s to %s: %s", c.before, c.wanted, together)
		}
	}
}

// TestUnknownWeights: without them nothing can be predicted, but what came of
// an edit is explained, and no other location is removed in the place of one.
func TestUnknownWeights(t *testing.T) {
	for _, c := range []struct {
		base, wanted, got string
		sorted            bool
	}{
		{"w1 f1", "f1 w1", "w1 f1", true},
		{"w1 w2 f1", "f1 w2 w1", "w2 w1 f1", true},
		{"w1 w2 f1", "f1 w2 w1", "w1 w2 f1", false}, // nothing of it was done
		{"f1 w1", "w1 f1", "f1 w1", true},
		{"w1 f1 w2", "f1 w1 w2", "w1 w2 f1", false}, // no server that sorts would have shown that
		{"w1 w2", "w2 w1", "w1 w2", false},
		{"f1", "f1 w1", "w1 f1", true},
	} {
		base, wanted, got := inStores(strings.Fields(c.base)...), inStores(strings.Fields(c.wanted)...), inStores(strings.Fields(c.got)...)
		became := merge.Compare(base, wanted, got)
		if became.Sorted != c.sorted || c.sorted && len(became.NotApplied)+len(became.Others) > 0 || !c.sorted && became.All() {
			t.Errorf("%s to %s, became %s: %+v", c.base, c.wanted, c.got, became)
		}
	}
	base, wanted := inStores("w1", "f1"), storedAt("f1", "w2")
	p, err := rules.Diff(base, wanted)
	if err != nil {
		t.Fatal(err)
	}
	first := p[:1]
	if (rules.Rules{}).MayFollow(base, first, inStores("w1", "w2", "f1")) {
		t.Errorf("after %s a removal by place may follow, though the places are others", first.JSON())
	}
}

// TestWeightsArePredicted: whatever is wanted, the patch leads to the order that
// such a server shows, and a second look finds nothing left to do.
func TestWeightsArePredicted(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		names := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"w1", "w2", "w3", "f1", "f2"}), rapid.ID[string])
		wantedNames := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"w1", "w2", "w3", "w4", "w5", "f1", "f2"}), 1, -1, rapid.ID[string]).Draw(r, "wanted")
		before := inStores(names.Filter(func(s []string) bool { return len(s) > 0 }).Draw(r, "before")...)
		before.Locations = weighted.Sorted(before.Locations)
		wanted := storedAt()
		for _, name := range wantedNames { // new files cannot be added
			if l := storedLocation(name); !l.HoldsData() || strings.Contains(namesIn(before.Locations), name) {
				wanted.Locations = append(wanted.Locations, l)
			}
		}
		if len(wanted.Locations) == 0 {
			r.Skip("none")
		}
		p, err := weighted.Diff(before, wanted)
		if err != nil {
			r.Fatal(err)
		}
		after, err := weighted.Apply(before, p)
		if err != nil {
			r.Fatal(err)
		}
		if again, err := weighted.Diff(after, wanted); err != nil || len(again) > 0 {
			r.Fatalf("%s to %s by %s gives %s, and then %s, %v", namesIn(before.Locations), namesIn(wanted.Locations), splitLines(p), namesIn(after.Locations), splitLines(again), err)
		}
		plain, _ := rules.Diff(before, wanted)
		if len(p) > len(plain) {
			r.Fatalf("longer than where nothing is sorted: %s, %s", splitLines(p), splitLines(plain))
		}
	})
}
