package model_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/filter"
	"github.com/glance-tui/glance-tui/model/rules"
)

// TestAllocations holds what lists and forms do again and again to the memory
// that it takes now, with a little slack: times are the machine's, but a value
// that suddenly escapes to the heap is ours.
func TestAllocations(t *testing.T) {
	before, after := ordinary()
	most, mostAfter := largest()
	document, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	patch, err := rules.Diff(before, after)
	if err != nil {
		t.Fatal(err)
	}
	filter, err := filter.Parse("status:active tag:lts name:~ubuntu size:>1M prop:os_version=24.04 !visibility:public zz", time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	room := make([]byte, 0, 64<<10)
	for _, c := range []struct {
		name string
		most float64
		do   func()
	}{
		{"an ordinary edit", 18, func() { _, _ = rules.Diff(before, after) }},
		{"the largest edit", 375, func() { _, _ = rules.Diff(most, mostAfter) }},
		{"no edit", 7, func() { _, _ = rules.Diff(before, before) }},
		{"the checks of an ordinary edit", 11, func() { _ = rules.Rules{}.Check(before, after) }},
		{"applying a patch", 30, func() { _, _ = rules.Rules{}.Apply(before, patch) }},
		{"a patch as JSON", 8, func() { _ = patch.JSON() }},
		{"reading an image", 33, func() { _ = new(model.Image).UnmarshalShown(document) }},
		{"writing an image", 6, func() { _, _ = before.AppendJSON(room) }},
		{"a filter", 0, func() { _ = filter.Match(&before, api.Session{}) }},
	} {
		if n := testing.AllocsPerRun(100, c.do); n > c.most {
			t.Errorf("%s: %v allocations, at most %v wanted", c.name, n, c.most)
		} else {
			t.Logf("%s: %v of %v", c.name, n, c.most)
		}
	}
}

// TestOperations holds edits that users make to the fewest operations that say
// them. That nothing shorter is possible is for TestDiffIsMinimal; this shows it
// at a glance.
func TestOperations(t *testing.T) {
	base, _ := ordinary()
	base.Locations = []model.Location{{URL: "http://a", Metadata: map[string]any{}}, {URL: "http://b", Metadata: map[string]any{}}, {URL: "http://c", Metadata: map[string]any{}}}
	queued := base.Clone()
	queued.Status, queued.Locations, queued.DiskFormat = model.StatusQueued, []model.Location{}, model.Null[string]()
	add := func(i *model.Image, urls ...string) {
		for _, u := range urls {
			i.Locations = append(i.Locations, model.Location{URL: u, Metadata: map[string]any{}})
		}
	}
	for _, c := range []struct {
		name string
		base model.Image
		edit func(*model.Image)
		want int
	}{
		{"nothing", base, func(*model.Image) {}, 0},
		{"rename", base, func(i *model.Image) { i.Name = model.Some("new") }, 1},
		{"one tag more", base, func(i *model.Image) { i.Tags = append(i.Tags, "new") }, 1},
		{"every tag another", base, func(i *model.Image) { i.Tags = []string{"x", "y", "z"} }, 1},
		{"the same tags in another order, twice", base, func(i *model.Image) { i.Tags = []string{"ubuntu", "lts", "ubuntu"} }, 0},
		{"publish, protect and hide", base, func(i *model.Image) { i.Visibility, i.Protected, i.Hidden = model.Public, true, true }, 3},
		{"a property comes, one changes, one goes", base, func(i *model.Image) {
			i.Properties["new"], i.Properties["os_version"] = model.Some("1"), model.Some("2")
			delete(i.Properties, "os_distro")
		}, 3},
		{"a property with another name", base, func(i *model.Image) {
			i.Properties["system"] = i.Properties["os_distro"]
			delete(i.Properties, "os_distro")
		}, 2},
		{"a location comes", base, func(i *model.Image) { add(i, "http://d") }, 1},
		{"a location goes", base, func(i *model.Image) { i.Locations = i.Locations[1:] }, 1},
		{"a location is replaced", base, func(i *model.Image) { i.Locations[2].URL = "http://d" }, 2},
		{"a location in the middle is replaced", base, func(i *model.Image) { i.Locations[1].URL = "http://d" }, 3},
		{"locations in another order", base, func(i *model.Image) { i.Locations[0], i.Locations[2] = i.Locations[2], i.Locations[0] }, 1},
		{"metadata of two locations", base, func(i *model.Image) {
			i.Locations[0].Metadata, i.Locations[1].Metadata = map[string]any{"a": "b"}, map[string]any{"c": 1}
		}, 1},
		{"the store alone, which is the server's", base, func(i *model.Image) { i.Locations[0].Metadata = map[string]any{"store": "other"} }, 0},
		{"the first location of a queued image, and its format", queued, func(i *model.Image) {
			i.DiskFormat = model.Some("raw")
			add(i, "http://a")
		}, 2},
		{"the first three locations", queued, func(i *model.Image) {
			i.DiskFormat = model.Some("raw")
			add(i, "http://a", "http://b", "http://c")
		}, 2},
	} {
		after := c.base.Clone()
		c.edit(&after)
		p, err := rules.Diff(c.base, after)
		if err != nil || len(p) != c.want {
			t.Errorf("%s: %d operations and not %d, %v\n%s", c.name, len(p), c.want, err, p.Pretty())
		}
	}
}
