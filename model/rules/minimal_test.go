package rules_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/model/rules/rulestest"
)

// TestDiffIsMinimal searches for a shorter patch: breadth first over all
// operations with values from the two images, as Apply takes them.
func TestDiffIsMinimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := drawSmallEdit(t)
		requireMinimal(t, rules.Rules{}, before, after)
	})
}

// TestDiffIsMinimalAtTheQuota is the same where the list has no room.
func TestDiffIsMinimalAtTheQuota(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := drawSmallEdit(t)
		quota := max(2, len(before.Locations), len(after.Locations))
		requireMinimal(t, rules.Rules{Limits: rules.Limits{Locations: quota}}, before, after)
	})
}

// TestDiffIsMinimalOnWeightedStores is the same where the server sorts: what it
// would not show is not searched for.
func TestDiffIsMinimalOnWeightedStores(t *testing.T) {
	rules := rules.Rules{Stores: []api.Store{{ID: "a", Type: "rbd"}, {ID: "b", Type: "http", Weight: 1}}}
	shown := func(i model.Image) model.Image {
		for n, l := range i.Locations {
			if strings.HasSuffix(l.URL, "b") || strings.HasSuffix(l.URL, "d") {
				i.Locations[n].URL = "rbd://" + l.URL[len("http://"):]
			}
		}
		sorted, err := rules.Apply(i, patch.Patch{{Op: patch.OpReplace, Path: "/min_ram", Value: 1}})
		if err != nil {
			t.Fatal(err)
		}
		i.Locations = sorted.Locations
		return i
	}
	rapid.Check(t, func(t *rapid.T) {
		before, after := drawSmallEdit(t)
		requireMinimal(t, rules, shown(before), shown(after))
	})
}

// longestSearched bounds the search: there are up to a hundred thousand patches
// that are one operation shorter.
const longestSearched = 4

func requireMinimal(t *rapid.T, rules rules.Rules, before, after model.Image) {
	patch, err := rules.Diff(before, after)
	if err != nil || len(patch) > longestSearched {
		t.Skip("refused, or too long to search")
	}
	if got, err := rules.Apply(before, patch); err != nil || rulestest.Wishes(got) != rulestest.Wishes(after) {
		t.Fatalf("wrong: %v\n%s", err, patch.Pretty())
	}
	if shorter, _ := modeltest.Shorter(rules, before, after, len(patch)-1, 0); shorter != nil {
		t.Fatalf("from %s\nto   %s\nDiff gives\n%s\nbut this does it, too:\n%s",
			rulestest.Wishes(before), rulestest.Wishes(after), patch.Pretty(), shorter.Pretty())
	}
}

// drawSmallEdit is an edit with few locations of few URLs, so that all that
// can go wrong with their order and their metadata happens often.
func drawSmallEdit(t *rapid.T) (before, after model.Image) {
	c := rulestest.Drawn{T: t}
	before = model.Image{Status: model.StatusActive, Visibility: model.Private, LocationsShown: true,
		DiskFormat: model.Some("raw"), ContainerFormat: model.Some("bare"),
		Properties: map[string]model.Opt[string]{"p": model.Some("1")}}
	before.Locations = drawLocations(c, 3, false)
	if len(before.Locations) == 0 {
		before.Status, before.DiskFormat = model.StatusQueued, model.Null[string]()
	}
	after = before.Clone()
	if c.IntN(3) > 0 {
		after.Locations = drawLocations(c, 3, true)
		after.DiskFormat = model.Some("raw")
	}
	switch c.IntN(5) {
	case 0:
		after.Properties = map[string]model.Opt[string]{"q": model.Some("1")}
	case 1:
		after.Properties["p"] = model.Some("2")
	case 2:
		after.Tags = []string{"a", "b"}
	case 3:
		after.Name, after.Protected = model.Some("x"), true
	}
	return before, after
}

// drawLocations is a list of distinct locations.
func drawLocations(c rulestest.Drawn, most int, numbers bool) []model.Location {
	metadata := []map[string]any{{}, {"k": "v"}}
	if numbers {
		metadata = append(metadata, map[string]any{"n": 1})
	}
	var list []model.Location
	for range c.IntN(most + 1) {
		l := model.Location{URL: pickOf(c, []string{"http://a", "http://b", "http://c", "http://d"}), Metadata: pickOf(c, metadata)}
		if !slices.ContainsFunc(list, func(other model.Location) bool { return rulestest.AsJSON(other) == rulestest.AsJSON(l) }) {
			list = append(list, l)
		}
	}
	return list
}
