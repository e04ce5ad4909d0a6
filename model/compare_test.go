package model

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestCompareTellsWhoseDoingItIs(t *testing.T) {
	base := Image{
		ID: fedoraID, Name: Some("old"), Status: StatusActive, Tags: []string{"lts", "ubuntu"}, LocationsShown: true,
		Locations: []Location{
			{URL: "rbd://pool/x", Metadata: map[string]any{}},
			{URL: "http://mirror.example/x", Metadata: map[string]any{"zone": "eu-1"}},
		},
		Properties: map[string]Opt[string]{"os_distro": Some("ubuntu")},
	}
	wanted := base.Clone()
	wanted.Name = Some("new")
	wanted.Tags = []string{"lts", "noble"}
	wanted.Locations = append(wanted.Locations[1:], Location{URL: "http://new.example/x", Metadata: map[string]any{}})
	wanted.Properties["os_version"] = Some("24.04")

	for _, c := range []struct {
		name                string
		got                 func(*Image)
		kept, lost, foreign string
		outcome             Outcome
	}{
		{"all of it", func(*Image) {}, "name tags locations locations os_version", "", "", OutcomeDone},
		{"nothing of it", func(i *Image) { *i = base.Clone() }, "", "name tags locations locations os_version", "", OutcomeNotDone},
		{"the name was overwritten", func(i *Image) { i.Name = Some("theirs") },
			"tags locations locations os_version", "name", "", OutcomePartly},
		{"a tag of another came in", func(i *Image) { i.Tags = append(i.Tags, "zz") },
			"name tags locations locations os_version", "", "tags", OutcomeDone},
		{"a tag of mine is missing", func(i *Image) { i.Tags = []string{"lts"} },
			"name tags locations locations os_version", "tags", "", OutcomePartly},
		{"of tags, some of each", func(i *Image) { i.Tags = []string{"noble", "ubuntu", "zz"} },
			"name tags locations locations os_version", "tags", "tags", OutcomePartly},
		{"a removed location is back", func(i *Image) {
			i.Locations = append([]Location{base.Locations[0]}, i.Locations...)
		}, "name tags locations os_version", "locations", "", OutcomePartly},
		{"an added location is missing", func(i *Image) { i.Locations = i.Locations[:1] },
			"name tags locations os_version", "locations", "", OutcomePartly},
		{"another location came in", func(i *Image) {
			i.Locations = append(i.Locations, Location{URL: "http://other.example/", Metadata: map[string]any{}})
		}, "name tags locations locations os_version", "", "locations", OutcomeDone},
		{"another attribute changed", func(i *Image) { i.Protected = true },
			"name tags locations locations os_version", "", "protected", OutcomeDone},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := wanted.Clone()
			c.got(&got)
			r := Compare(base, wanted, got)
			if labels(r.Kept) != c.kept || labels(r.Lost) != c.lost || labels(r.Foreign) != c.foreign || r.Outcome() != c.outcome {
				t.Errorf("%s: kept %v\nlost %v\nforeign %v", r.Outcome(), r.Kept, r.Lost, r.Foreign)
			}
		})
	}
}

func labels(changes []Change) (all string) {
	for n, c := range changes {
		if n > 0 {
			all += " "
		}
		all += c.Label
	}
	return all
}

func TestCompareSaysWhatOfTheTagsIsWhose(t *testing.T) {
	i := func(tags ...string) Image { return Image{Tags: tags} }
	c := Compare(i("a", "b"), i("b", "c", "d"), i("a", "c", "x"))
	for what, one := range map[string]struct {
		got  []Change
		want string
	}{
		"kept":    {c.Kept, "tags | tags | a b → a b c"},
		"lost":    {c.Lost, "tags | tags | a c x → c d x"},
		"foreign": {c.Foreign, "tags | tags | b c d → c d x"},
	} {
		if len(one.got) != 1 || row(one.got[0]) != one.want {
			t.Errorf("%s: %v, want %s", what, one.got, one.want)
		}
	}
}

func TestCompareOfTheEnds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := livedImage().Draw(r, "base")
		wanted, other := livedEdit(r, base), livedEdit(r, base)
		if c := Compare(base, wanted, wanted.Clone()); !c.All() || len(c.Foreign) > 0 || len(c.Kept) != len(c.Asked) {
			r.Errorf("as wanted: lost %v, foreign %v", c.Lost, c.Foreign)
		}
		c := Compare(base, wanted, base.Clone())
		if len(c.Asked) > 0 && (!c.None() || len(c.Kept) > 0) || len(c.Lost) != len(c.Asked) || len(c.Foreign) > 0 {
			r.Errorf("as before: asked %v\nkept %v\nlost %v\nforeign %v", c.Asked, c.Kept, c.Lost, c.Foreign)
		}
		c = Compare(base, base, other)
		if !c.All() || len(c.Foreign) != len(withoutServers(Changes(base, other))) {
			r.Errorf("nothing asked for: lost %v, foreign %v", c.Lost, c.Foreign)
		}
		c = Compare(base, wanted, other)
		if same := len(withoutServers(Changes(wanted, other))) == 0; same != (len(c.Lost)+len(c.Foreign) == 0) {
			r.Errorf("as wanted is %v, but lost %v, foreign %v", same, c.Lost, c.Foreign)
		}
		if c.All() != (c.Outcome() == OutcomeDone) || c.All() && c.None() {
			r.Errorf("all %v none %v: %s", c.All(), c.None(), c.Outcome())
		}
	})
}

// Whatever somebody else did meanwhile, each location that was to change is
// kept exactly when it is as it was to be.
func TestCompareTakesLocationsOneByOne(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		list := func(name string) Image {
			i := Image{LocationsShown: true}
			for n := range 4 {
				if at := rapid.IntRange(0, 3).Draw(r, fmt.Sprint(name, n)); at > 0 {
					l := Location{URL: fmt.Sprintf("http://host/%d", n), Metadata: map[string]any{}}
					if at > 1 {
						l.Metadata["k"] = fmt.Sprint(at)
					}
					i.Locations = append(i.Locations, l)
				}
			}
			return i
		}
		base, wanted, got := list("base"), list("wanted"), list("got")
		at := func(i Image, url string) string {
			n := slices.IndexFunc(i.Locations, func(l Location) bool { return l.URL == url })
			if n < 0 {
				return Absent
			}
			return locationValue(i.Locations[n])
		}
		c := Compare(base, wanted, got)
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
		if len(c.Kept) != kept || len(c.Lost) != lost || len(c.Foreign) != foreign {
			r.Errorf("want %d, %d, %d\nkept %v\nlost %v\nforeign %v", kept, lost, foreign, c.Kept, c.Lost, c.Foreign)
		}
	})
}

func ExampleCompare() {
	base := Image{Name: Some("Fedora 17"), Tags: []string{"fedora"}}
	wanted := Image{Name: Some("Fedora 17 Server"), Tags: []string{"fedora", "lts"}}
	got := Image{Name: Some("Fedora"), Tags: []string{"fedora", "lts"}, Protected: true}
	c := Compare(base, wanted, got)
	fmt.Println("kept", c.Kept[0].Label)
	fmt.Println("lost", c.Lost[0].Label, "is", c.Lost[0].Before, "was to be", c.Lost[0].After)
	fmt.Println("foreign", c.Foreign[0].Label, "is", c.Foreign[0].After)
	// Output:
	// kept tags
	// lost name is "Fedora" was to be "Fedora 17 Server"
	// foreign protected is true
}

// A value that is neither the one before the edit nor the wanted one does not tell
// whether the edit was carried out and overwritten, or never came.
func TestAThirdValueTellsNothing(t *testing.T) {
	base := Image{ID: fedoraID, Name: Some("old"), Tags: []string{"a"}, Properties: map[string]Opt[string]{"p": Some("1")}}
	wanted, got := base.Clone(), base.Clone()
	wanted.Name, got.Name = Some("new"), Some("theirs")
	if c := Compare(base, wanted, got); c.Outcome() != OutcomeOpen || len(c.Third) != 1 {
		t.Errorf("%q, %v", c.Outcome(), c.Third)
	}
	if c := Compare(base, wanted, base); c.Outcome() != OutcomeNotDone || len(c.Third) != 0 {
		t.Errorf("as before: %q, %v", c.Outcome(), c.Third)
	}
	wanted.Properties["p"], got.Properties["p"] = Some("2"), Some("2")
	if c := Compare(base, wanted, got); c.Outcome() != OutcomePartly {
		t.Errorf("with a part of it: %q", c.Outcome())
	}
	wanted, got = base.Clone(), base.Clone()
	wanted.Tags, got.Tags = []string{"a", "b"}, []string{"a", "c"}
	if c := Compare(base, wanted, got); c.Outcome() != OutcomeNotDone {
		t.Errorf("a tag is there or not: %q", c.Outcome())
	}
}
