package response

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

func TestCompareTellsWhoseDoingItIs(t *testing.T) {
	base := uitest.Active()
	wanted := base.Clone()
	wanted.Name = model.Some("new")
	wanted.Tags = []string{"lts", "noble"}
	wanted.Locations = append(wanted.Locations[1:], model.Location{URL: "http://new.example/x", Metadata: map[string]any{}})
	wanted.Properties["os_version"] = model.Some("24.04")

	for _, c := range []struct {
		name                string
		got                 func(*model.Image)
		kept, lost, foreign int
		all, none           bool
	}{
		{"all of it", func(*model.Image) {}, 5, 0, 0, true, false},
		{"nothing of it", func(i *model.Image) { *i = base.Clone() }, 0, 5, 0, false, true},
		{"the name was overwritten", func(i *model.Image) { i.Name = model.Some("theirs") }, 4, 1, 0, false, false},
		{"a tag of another came in", func(i *model.Image) { i.Tags = append(i.Tags, "zz") }, 5, 0, 1, true, false},
		{"a tag of mine is missing", func(i *model.Image) { i.Tags = i.Tags[:1] }, 4, 1, 0, false, false},
		{"a removed location is back", func(i *model.Image) {
			i.Locations = append([]model.Location{base.Locations[0]}, i.Locations...)
		}, 4, 1, 0, false, false},
		{"an added location is missing", func(i *model.Image) { i.Locations = i.Locations[:1] }, 4, 1, 0, false, false},
		{"another location came in", func(i *model.Image) {
			i.Locations = append(i.Locations, model.Location{URL: "http://other.example/", Metadata: map[string]any{}})
		}, 5, 0, 1, true, false},
		{"another attribute changed", func(i *model.Image) { i.Protected = true }, 5, 0, 1, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := wanted.Clone()
			c.got(&got)
			r := compare(base, wanted, got)
			if len(r.kept) != c.kept || len(r.lost) != c.lost || len(r.foreign) != c.foreign || r.all() != c.all || r.none() != c.none {
				t.Errorf("kept %v\nlost %v\nforeign %v\nall %v none %v", r.kept, r.lost, r.foreign, r.all(), r.none())
			}
		})
	}
}

// Whatever an edit was: read back as wanted it is all there, read back as
// before it is all missing.
func TestCompareOfTheTwoEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := uitest.Active()
		wanted := base.Clone()
		urls := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"http://a/", "http://b/", "http://c/",
			base.Locations[0].URL, base.Locations[1].URL}), func(s string) string { return s })
		wanted.Locations = nil
		for _, u := range urls.Draw(t, "urls") {
			wanted.Locations = append(wanted.Locations, model.Location{URL: u, Metadata: map[string]any{}})
		}
		wanted.Tags = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"lts", "ubuntu", "x", "y"}), func(s string) string { return s }).Draw(t, "tags")
		wanted.Name = model.Some(rapid.SampledFrom([]string{"a", base.Name.Value}).Draw(t, "name"))
		if r := compare(base, wanted, wanted.Clone()); !r.all() || len(r.foreign) > 0 || len(r.kept) != len(r.asked) {
			t.Fatalf("as wanted: lost %v, foreign %v", r.lost, r.foreign)
		}
		r := compare(base, wanted, base.Clone())
		if len(r.asked) > 0 && (!r.none() || len(r.kept) > 0) || len(r.foreign) > 0 {
			t.Fatalf("as before: asked %v\nkept %v\nlost %v\nforeign %v", r.asked, r.kept, r.lost, r.foreign)
		}
	})
}
