package merge_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/words"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

// conflict is a conflict as a screen would write it.
func conflictText(c merge.Conflict) string {
	return fmt.Sprintf("%s (%s): %s, mine %s, theirs %s", c.Field, c.Label, c.Base, c.Mine, c.Theirs)
}

func TestMerge(t *testing.T) {
	base := modeltest.Fedora(t)
	mine, theirs := base.Clone(), base.Clone()
	mine.Name = model.Some("mine")
	mine.MinDisk = 5
	mine.Visibility = model.Public
	mine.DiskFormat = model.Some("raw")
	mine.Tags = []string{"fedora", "mine", "both"}
	mine.Properties["os_distro"] = model.Some("mine")
	mine.Properties["both"] = model.Some("same")
	mine.Properties["mine"] = model.Some("1")
	delete(mine.Properties, "kernel_id")

	theirs.Name = model.Some("theirs")
	theirs.MinRAM = 512
	theirs.Visibility = model.Public
	theirs.Protected = true
	theirs.Tags = []string{"beefy", "theirs", "both"}
	theirs.Properties["os_distro"] = model.Some("theirs")
	theirs.Properties["both"] = model.Some("same")
	theirs.Properties["theirs"] = model.Some("1")
	theirs.Properties["kernel_id"] = model.Some("1b0ae5c8-4b1c-4b4c-8f7e-8a5c7c9b8a11")
	theirs.Status = model.StatusUploading
	theirs.Extra["stores"] = json.RawMessage(`"local"`)

	want := theirs.Clone()
	want.Name, want.MinDisk, want.DiskFormat = model.Some("mine"), 5, model.Some("raw")
	want.Tags = []string{"both", "mine", "theirs"}
	want.Properties["os_distro"] = model.Some("mine")
	want.Properties["mine"] = model.Some("1")
	delete(want.Properties, "kernel_id")

	merged, conflicts := merge.Merge(base, mine, theirs)
	for _, c := range merge.Changes(want, merged) {
		t.Errorf("merged: %s", row(c))
	}
	var got []string
	for _, c := range conflicts {
		got = append(got, conflictText(c))
	}
	if all, want := strings.Join(got, "\n"), `name (name): "Fedora 17", mine "mine", theirs "theirs"
property kernel_id (kernel_id): null, mine –, theirs "1b0ae5c8-4b1c-4b4c-8f7e-8a5c7c9b8a11"
property os_distro (os_distro): "fedora", mine "mine", theirs "theirs"`; all != want {
		t.Errorf("conflicts\n got %s\nwant %s", all, want)
	}
}

func TestMergeLocations(t *testing.T) {
	for _, c := range []struct {
		name, base, mine, theirs, want string
		conflicts                      string
	}{
		{"neither", "a b", "a b", "a b", "a b", ""},
		{"only mine", "a b", "c a", "a b", "c a", ""},
		{"only theirs", "a b", "a b", "c:1 b", "c:1 b", ""},
		{"both the same", "a b", "b c", "b c", "b c", ""},
		{"both add", "a", "a m", "a t", "a t m", ""},
		{"both add the same", "a", "a x m", "a x", "a x m", ""},
		{"both add one address", "a", "a x:1", "a x:2", "a x:1", `location 2 (locations): –, mine http://x {"k":"1"}, theirs http://x {"k":"2"}`},
		{"both drop", "a b c", "a b", "b c", "b", ""},
		{"one drops, one adds", "a b", "a", "a b c", "a c", ""},
		{"metadata of each", "a b", "a:1 b", "a b:2", "a:1 b:2", ""},
		{"metadata of one", "a b", "a:1 b", "a:2 b", "a:1 b", `location 1 (locations): http://a, mine http://a {"k":"1"}, theirs http://a {"k":"2"}`},
		{"the same metadata", "a b c", "a:1 b", "a:1 c b", "a:1 b", ""},
		{"dropped here, changed there", "a b", "b", "a:2 b", "b", `locations (locations): http://a, mine –, theirs http://a {"k":"2"}`},
		{"changed here, dropped there", "a b", "a:1 b", "b", "b a:1", `location 1 (locations): http://a, mine http://a {"k":"1"}, theirs –`},
		{"changed here, deleted there", "A b", "A:1 b", "b", "b", `location 1 (locations): rbd://A, mine rbd://A {"k":"1"}, theirs –`},
		{"order by mine", "a b c", "c a b", "a b c t", "c a b t", ""},
		{"order by theirs", "a b c", "a b c m", "c b a", "c b a m", ""},
		{"a place by mine", "a b", "m a b", "a b t", "m a b t", ""},
		{"order of each, the same", "a b c", "c b a m", "c b a t", "c b a m t", ""},
		{"order of each", "a b c", "b a c", "c b a", "b a c",
			`locations (locations): http://a, http://b, http://c, mine http://b, http://a, http://c, theirs http://c, http://b, http://a`},
		{"order of each, of what is left", "a b c", "b a", "c b", "b", ""},
		{"one address twice", "a:1 a:2", "a:2", "a:1 a:2 t", "a:2 t", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := func(spec string) model.Image {
				return model.Image{LocationsShown: true, Locations: modeltest.LocationsOf(spec)}
			}
			merged, conflicts := merge.Merge(i(c.base), i(c.mine), i(c.theirs))
			if got := modeltest.SpecOf(merged.Locations); got != c.want {
				t.Errorf("merged: %q, want %q", got, c.want)
			}
			var got []string
			for _, k := range conflicts {
				got = append(got, conflictText(k))
			}
			if all := strings.Join(got, "\n"); all != c.conflicts {
				t.Errorf("conflicts\n got %s\nwant %s", all, c.conflicts)
			}
		})
	}
	base := model.Image{LocationsShown: true, Locations: modeltest.LocationsOf("a")}
	mine := model.Image{LocationsShown: true, Locations: modeltest.LocationsOf("a b")}
	merged, conflicts := merge.Merge(base, mine, model.Image{})
	if len(merged.Locations) > 0 || merged.LocationsShown || len(conflicts) != 1 ||
		conflictText(conflicts[0]) != `locations (locations): http://a, mine http://a, http://b, theirs hidden` {
		t.Errorf("hidden meanwhile: %+v %+v", merged, conflicts)
	}
}

// sameEdit fails where two images differ in what a client can set.
func sameEdit(r *rapid.T, what string, want, got model.Image) {
	r.Helper()
	for _, c := range withoutServers(merge.Changes(want, got)) {
		r.Errorf("%s: %s", what, row(c))
	}
}

func TestMergeLaws(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := modeltest.LivedImage().Draw(r, "base")
		mine, theirs := modeltest.LivedEdit(r, base), modeltest.LivedEdit(r, base)

		merged, conflicts := merge.Merge(base, mine, base)
		sameEdit(r, "theirs unchanged gives mine", mine, merged)
		if len(conflicts) > 0 {
			r.Errorf("theirs unchanged: conflicts %+v", conflicts)
		}
		merged, conflicts = merge.Merge(base, base, theirs)
		sameEdit(r, "mine unchanged gives theirs", theirs, merged)
		if len(conflicts) > 0 {
			r.Errorf("mine unchanged: conflicts %+v", conflicts)
		}
		merged, conflicts = merge.Merge(base, mine, mine)
		sameEdit(r, "both the same gives mine", mine, merged)
		if len(conflicts) > 0 {
			r.Errorf("both the same: conflicts %+v", conflicts)
		}

		one, first := merge.Merge(base, mine, theirs)
		other, second := merge.Merge(base, theirs, mine)
		// A second location of data that theirs deleted is settled; the other
		// way round it is one that comes while the first goes.
		settled := func(c merge.Conflict) bool { return c.Settled }
		if (len(first) == 0) != (len(second) == 0) && !slices.ContainsFunc(slices.Concat(first, second), settled) {
			r.Errorf("conflicts one way %+v, the other way %+v", first, second)
		}
		if len(first)+len(second) == 0 {
			sortLocations(one.Locations)
			sortLocations(other.Locations)
			sameEdit(r, "the sides may change places", one, other)
		}
	})
}

// sortLocations takes the order away: who comes first is told by whose list is
// followed.
func sortLocations(list []model.Location) {
	slices.SortFunc(list, func(a, b model.Location) int {
		return strings.Compare(a.URL+words.MetadataValue(a.Metadata), b.URL+words.MetadataValue(b.Metadata))
	})
}

func TestMergeLeavesTheImagesAlone(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := modeltest.LivedImage().Draw(r, "base")
		mine, theirs := modeltest.LivedEdit(r, base), modeltest.LivedEdit(r, base)
		was := [3]string{string(jsontext.MustEncode(base)), string(jsontext.MustEncode(mine)), string(jsontext.MustEncode(theirs))}
		merged, _ := merge.Merge(base, mine, theirs)
		for n := range merged.Locations {
			merged.Locations[n].Metadata["changed"] = "x"
		}
		merged.Properties["changed"] = model.Some("x")
		if is := [3]string{string(jsontext.MustEncode(base)), string(jsontext.MustEncode(mine)), string(jsontext.MustEncode(theirs))}; is != was {
			r.Errorf("an image changed:\n%s\n%s", was, is)
		}
	})
}

func ExampleMerge() {
	base := model.Image{Name: model.Some("Fedora 17"), Tags: []string{"fedora"}}
	mine := model.Image{Name: model.Some("Fedora 17 Server"), Tags: []string{"fedora", "lts"}}
	theirs := model.Image{Name: model.Some("Fedora"), Tags: []string{"fedora", "old"}, Protected: true}
	merged, conflicts := merge.Merge(base, mine, theirs)
	fmt.Println(merged.Name.Value, merged.Tags, merged.Protected)
	for _, c := range conflicts {
		fmt.Println(c.Label, "was", c.Base, "and is now", c.Theirs)
	}
	// Output:
	// Fedora 17 Server [fedora lts old] true
	// name was "Fedora 17" and is now "Fedora"
}
