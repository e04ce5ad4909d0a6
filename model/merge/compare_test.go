package merge_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/words"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/record"
)

func TestCompareTellsWhoseDoingItIs(t *testing.T) {
	base := model.Image{
		ID: modeltest.FedoraID, Name: model.Some("old"), Status: model.StatusActive, Tags: []string{"lts", "ubuntu"}, LocationsShown: true,
		Locations: []model.Location{
			{URL: "rbd://pool/x", Metadata: map[string]any{}},
			{URL: "http://mirror.example/x", Metadata: map[string]any{"zone": "eu-1"}},
		},
		Properties: map[string]model.Opt[string]{"os_distro": model.Some("ubuntu")},
	}
	wanted := base.Clone()
	wanted.Name = model.Some("new")
	wanted.Tags = []string{"lts", "noble"}
	wanted.Locations = append(wanted.Locations[1:], model.Location{URL: "http://new.example/x", Metadata: map[string]any{}})
	wanted.Properties["os_version"] = model.Some("24.04")

	for _, c := range []struct {
		name                string
		got                 func(*model.Image)
		kept, lost, foreign string
		outcome             record.Outcome
	}{
		{"all of it", func(*model.Image) {}, "name tags locations locations os_version", "", "", record.OutcomeApplied},
		{"nothing of it", func(i *model.Image) { *i = base.Clone() }, "", "name tags locations locations os_version", "", record.OutcomeNotApplied},
		{"the name was overwritten", func(i *model.Image) { i.Name = model.Some("theirs") },
			"tags locations locations os_version", "name", "", record.OutcomePartlyApplied},
		{"a tag of another came in", func(i *model.Image) { i.Tags = append(i.Tags, "zz") },
			"name tags locations locations os_version", "", "tags", record.OutcomeApplied},
		{"a tag of mine is missing", func(i *model.Image) { i.Tags = []string{"lts"} },
			"name tags locations locations os_version", "tags", "", record.OutcomePartlyApplied},
		{"of tags, some of each", func(i *model.Image) { i.Tags = []string{"noble", "ubuntu", "zz"} },
			"name tags locations locations os_version", "tags", "tags", record.OutcomePartlyApplied},
		{"a removed location is back", func(i *model.Image) {
			i.Locations = append([]model.Location{base.Locations[0]}, i.Locations...)
		}, "name tags locations os_version", "locations", "", record.OutcomePartlyApplied},
		{"an added location is missing", func(i *model.Image) { i.Locations = i.Locations[:1] },
			"name tags locations os_version", "locations", "", record.OutcomePartlyApplied},
		{"another location came in", func(i *model.Image) {
			i.Locations = append(i.Locations, model.Location{URL: "http://other.example/", Metadata: map[string]any{}})
		}, "name tags locations locations os_version", "", "locations", record.OutcomeApplied},
		{"another attribute changed", func(i *model.Image) { i.Protected = true },
			"name tags locations locations os_version", "", "protected", record.OutcomeApplied},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := wanted.Clone()
			c.got(&got)
			r := merge.Compare(base, wanted, got)
			if labels(r.Applied) != c.kept || labels(r.NotApplied) != c.lost || labels(r.Others) != c.foreign || r.Outcome() != c.outcome {
				t.Errorf("%s: kept %v\nlost %v\nforeign %v", r.Outcome(), r.Applied, r.NotApplied, r.Others)
			}
		})
	}
}

func labels(changes []merge.Change) (all string) {
	for n, c := range changes {
		if n > 0 {
			all += " "
		}
		all += c.Label
	}
	return all
}

func TestCompareSaysWhatOfTheTagsIsWhose(t *testing.T) {
	i := func(tags ...string) model.Image { return model.Image{Tags: tags} }
	c := merge.Compare(i("a", "b"), i("b", "c", "d"), i("a", "c", "x"))
	for what, one := range map[string]struct {
		got  []merge.Change
		want string
	}{
		"kept":    {c.Applied, "tags | tags | a b → a b c"},
		"lost":    {c.NotApplied, "tags | tags | a c x → c d x"},
		"foreign": {c.Others, "tags | tags | b c d → c d x"},
	} {
		if len(one.got) != 1 || row(one.got[0]) != one.want {
			t.Errorf("%s: %v, want %s", what, one.got, one.want)
		}
	}
}

func TestCompareOfTheEnds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := modeltest.LivedImage().Draw(r, "base")
		wanted, other := modeltest.LivedEdit(r, base), modeltest.LivedEdit(r, base)
		if c := merge.Compare(base, wanted, wanted.Clone()); !c.All() || len(c.Others) > 0 || len(c.Applied) != len(c.Requested) {
			r.Errorf("as wanted: lost %v, foreign %v", c.NotApplied, c.Others)
		}
		c := merge.Compare(base, wanted, base.Clone())
		if len(c.Requested) > 0 && (!c.None() || len(c.Applied) > 0) || len(c.NotApplied) != len(c.Requested) || len(c.Others) > 0 {
			r.Errorf("as before: asked %v\nkept %v\nlost %v\nforeign %v", c.Requested, c.Applied, c.NotApplied, c.Others)
		}
		c = merge.Compare(base, base, other)
		if !c.All() || len(c.Others) != len(withoutServers(merge.Changes(base, other))) {
			r.Errorf("nothing asked for: lost %v, foreign %v", c.NotApplied, c.Others)
		}
		c = merge.Compare(base, wanted, other)
		if same := len(withoutServers(merge.Changes(wanted, other))) == 0; same != (len(c.NotApplied)+len(c.Others) == 0) {
			r.Errorf("as wanted is %v, but lost %v, foreign %v", same, c.NotApplied, c.Others)
		}
		if c.All() != (c.Outcome() == record.OutcomeApplied) || c.All() && c.None() {
			r.Errorf("all %v none %v: %s", c.All(), c.None(), c.Outcome())
		}
	})
}

// Whatever someone else did meanwhile, each location that was to change is
// kept exactly when it is as it was to be.
func TestCompareTakesLocationsOneByOne(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		list := func(name string) model.Image {
			i := model.Image{LocationsShown: true}
			for n := range 4 {
				if at := rapid.IntRange(0, 3).Draw(r, fmt.Sprint(name, n)); at > 0 {
					l := model.Location{URL: fmt.Sprintf("http://host/%d", n), Metadata: map[string]any{}}
					if at > 1 {
						l.Metadata["k"] = fmt.Sprint(at)
					}
					i.Locations = append(i.Locations, l)
				}
			}
			return i
		}
		base, wanted, got := list("base"), list("wanted"), list("got")
		at := func(i model.Image, url string) string {
			n := slices.IndexFunc(i.Locations, func(l model.Location) bool { return l.URL == url })
			if n < 0 {
				return merge.Absent
			}
			return words.LocationValue(i.Locations[n])
		}
		c := merge.Compare(base, wanted, got)
		kept, lost, foreign := 0, 0, 0
		for n := range 4 {
			url := fmt.Sprintf("http://host/%d", n)
			was, meant, is := at(base, url), at(wanted, url), at(got, url)
			switch {
			case meant != was && is == meant:
				kept++
			case meant != was:
				lost++
			case is != meant:
				foreign++
			}
		}
		if len(c.Applied) != kept || len(c.NotApplied) != lost || len(c.Others) != foreign {
			r.Errorf("want %d, %d, %d\nkept %v\nlost %v\nforeign %v", kept, lost, foreign, c.Applied, c.NotApplied, c.Others)
		}
	})
}

func ExampleCompare() {
	base := model.Image{Name: model.Some("Fedora 17"), Tags: []string{"fedora"}}
	wanted := model.Image{Name: model.Some("Fedora 17 Server"), Tags: []string{"fedora", "lts"}}
	got := model.Image{Name: model.Some("Fedora"), Tags: []string{"fedora", "lts"}, Protected: true}
	c := merge.Compare(base, wanted, got)
	fmt.Println("kept", c.Applied[0].Label)
	fmt.Println("lost", c.NotApplied[0].Label, "is", c.NotApplied[0].Before, "was to be", c.NotApplied[0].After)
	fmt.Println("foreign", c.Others[0].Label, "is", c.Others[0].After)
	// Output:
	// kept tags
	// lost name is "Fedora" was to be "Fedora 17 Server"
	// foreign protected is true
}

// A value that is neither the one before the edit nor the wanted one does not tell
// whether the edit was applied and overwritten, or never arrived.
func TestAThirdValueTellsNothing(t *testing.T) {
	base := model.Image{ID: modeltest.FedoraID, Name: model.Some("old"), Tags: []string{"a"}, Properties: map[string]model.Opt[string]{"p": model.Some("1")}}
	wanted, got := base.Clone(), base.Clone()
	wanted.Name, got.Name = model.Some("new"), model.Some("theirs")
	if c := merge.Compare(base, wanted, got); c.Outcome() != record.OutcomeOpen || len(c.Third) != 1 {
		t.Errorf("%q, %v", c.Outcome(), c.Third)
	}
	if c := merge.Compare(base, wanted, base); c.Outcome() != record.OutcomeNotApplied || len(c.Third) != 0 {
		t.Errorf("as before: %q, %v", c.Outcome(), c.Third)
	}
	wanted.Properties["p"], got.Properties["p"] = model.Some("2"), model.Some("2")
	if c := merge.Compare(base, wanted, got); c.Outcome() != record.OutcomePartlyApplied {
		t.Errorf("with a part of it: %q", c.Outcome())
	}
	wanted, got = base.Clone(), base.Clone()
	wanted.Tags, got.Tags = []string{"a", "b"}, []string{"a", "c"}
	if c := merge.Compare(base, wanted, got); c.Outcome() != record.OutcomeNotApplied {
		t.Errorf("a tag is there or not: %q", c.Outcome())
	}
}
