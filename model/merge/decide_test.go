package merge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

// sidesFor decides all conflicts for one side.
func sidesFor(conflicts []merge.Conflict, side merge.Side) []merge.Side {
	return slices.Repeat([]merge.Side{side}, len(conflicts))
}

func TestDecide(t *testing.T) {
	base := modeltest.Fedora(t)
	mine, theirs := base.Clone(), base.Clone()
	mine.Name, theirs.Name = model.Some("mine"), model.Some("theirs")
	mine.MinDisk, theirs.MinRAM = 5, 512
	mine.Properties["os_distro"], theirs.Properties["os_distro"] = model.Some("mine"), model.Some("theirs")
	delete(mine.Properties, "kernel_id")
	theirs.Properties["kernel_id"] = model.Some("1b0ae5c8-4b1c-4b4c-8f7e-8a5c7c9b8a11")

	_, conflicts := merge.Merge(base, mine, theirs)
	var got []string
	for _, c := range conflicts {
		got = append(got, c.Label)
	}
	if !slices.Equal(got, []string{"name", "kernel_id", "os_distro"}) {
		t.Fatalf("conflicts: %v", got)
	}
	for _, c := range []struct {
		sides         []merge.Side
		name, distro  string
		kernelPresent bool
	}{
		{nil, "mine", "mine", false},
		{[]merge.Side{merge.SideTheirs}, "theirs", "mine", false},
		{[]merge.Side{merge.SideMine, merge.SideTheirs, merge.SideBase}, "mine", "fedora", true},
		{[]merge.Side{merge.SideBase, merge.SideBase, merge.SideTheirs}, "Fedora 17", "theirs", true},
	} {
		i := merge.Decide(base, mine, theirs, c.sides)
		_, kernel := i.Properties["kernel_id"]
		if i.Name.Value != c.name || i.Properties["os_distro"].Value != c.distro || kernel != c.kernelPresent {
			t.Errorf("%v: name %q, os_distro %q, kernel_id %v", c.sides, i.Name.Value, i.Properties["os_distro"].Value, kernel)
		}
		if i.MinDisk != 5 || i.MinRAM != 512 {
			t.Errorf("%v: what does not conflict is lost: min_disk %d, min_ram %d", c.sides, i.MinDisk, i.MinRAM)
		}
	}
}

func TestDecideLocations(t *testing.T) {
	for _, c := range []struct {
		name, base, mine, theirs string
		asMine, asTheirs, asBase string
		settled                  bool
	}{
		{"dropped here, changed there", "a b", "b", "a:2 b", "b", "a:2 b", "a b", false},
		{"changed here, dropped there", "a b", "a:1 b", "b", "b a:1", "b", "b a", false},
		{"changed here, deleted there", "A b", "A:1 b", "b", "b", "b", "b", true},
		{"a second one of deleted data", "A b", "A A:1 b", "b", "b", "b", "b", true},
		{"metadata of each", "a", "a:1", "a:2", "a:1", "a:2", "a", false},
		{"both add one address", "a", "a x:1", "a t x:2", "a t x:1", "a t x:2", "a t", false},
		{"order of each", "a b c", "b a c m", "c t b a", "b a c m t", "c t b a m", "a b c t m", false},
		{"a first place of each", "a", "m a", "t a", "m a t", "t a m", "a t m", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := func(spec string) model.Image {
				return model.Image{LocationsShown: true, Locations: modeltest.LocationsOf(spec)}
			}
			base, mine, theirs := i(c.base), i(c.mine), i(c.theirs)
			_, conflicts := merge.Merge(base, mine, theirs)
			if len(conflicts) != 1 || conflicts[0].Settled != c.settled {
				t.Fatalf("conflicts: %+v", conflicts)
			}
			for side, want := range map[merge.Side]string{merge.SideMine: c.asMine, merge.SideTheirs: c.asTheirs, merge.SideBase: c.asBase} {
				if got := modeltest.SpecOf(merge.Decide(base, mine, theirs, []merge.Side{side}).Locations); got != want {
					t.Errorf("side %d: %q, want %q", side, got, want)
				}
			}
		})
	}
	theirs := model.Image{}
	mine := model.Image{LocationsShown: true, Locations: modeltest.LocationsOf("a b")}
	_, conflicts := merge.Merge(model.Image{LocationsShown: true, Locations: modeltest.LocationsOf("a")}, mine, theirs)
	if len(conflicts) != 1 || !conflicts[0].Settled {
		t.Errorf("hidden meanwhile: %+v", conflicts)
	}
}

func TestNoOrderIsGivenUpSilently(t *testing.T) {
	for _, c := range []struct{ base, mine, theirs, want string }{
		{"a b", "b a m", "t b a", "t b a m"},
		{"a b", "m b a", "b a t", "m b a t"},
	} {
		i := func(spec string) model.Image {
			return model.Image{LocationsShown: true, Locations: modeltest.LocationsOf(spec)}
		}
		merged, conflicts := merge.Merge(i(c.base), i(c.mine), i(c.theirs))
		if got := modeltest.SpecOf(merged.Locations); got != c.want || len(conflicts) > 0 {
			t.Errorf("%s, %s, %s: %q, want %q; %+v", c.base, c.mine, c.theirs, got, c.want, conflicts)
		}
	}
}

// oneEach leaves each address once: of two with one address no one can say
// which of them the other side changed.
func oneEach(i model.Image) model.Image {
	var once []model.Location
	for _, l := range i.Locations {
		if !slices.ContainsFunc(once, func(o model.Location) bool { return o.URL == l.URL }) {
			once = append(once, l)
		}
	}
	i.Locations = once
	return i
}

// Whatever is decided, a conflict touches nothing but its own field.
func TestDecideLaws(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := oneEach(modeltest.LivedImage().Draw(r, "base"))
		mine, theirs := oneEach(modeltest.LivedEdit(r, base)), oneEach(modeltest.LivedEdit(r, base))
		merged, conflicts := merge.Merge(base, mine, theirs)
		decide := func(side merge.Side) model.Image { return merge.Decide(base, mine, theirs, sidesFor(conflicts, side)) }

		sameEdit(r, "all mine is the merge", merged, decide(merge.SideMine))
		sameEdit(r, "nothing decided is the merge", merged, merge.Decide(base, mine, theirs, nil))

		all := decide(merge.SideTheirs)
		// A location that one side dropped has no place in its order.
		dropped := slices.ContainsFunc(conflicts, func(c merge.Conflict) bool { return c.Mine == merge.Absent || c.Theirs == merge.Absent })
		loses := func(what string, from, decided model.Image, unless func(merge.Change) bool) {
			for _, lost := range merge.Compare(base, from, decided).NotApplied {
				isOrder := lost.Field == model.Field{Attr: "locations", Index: -1} && lost.Before != merge.Absent && lost.After != merge.Absent
				if !unless(lost) && !(isOrder && dropped) {
					r.Errorf("%s loses %s\nconflicts %+v", what, row(lost), conflicts)
				}
			}
		}
		loses("all theirs of theirs", theirs, all, func(merge.Change) bool { return false })
		loses("all theirs of mine", mine, all, func(lost merge.Change) bool { return isConflict(conflicts, lost) })
		loses("all mine of theirs", theirs, merged, func(lost merge.Change) bool { return isConflict(conflicts, lost) })
		loses("all mine of mine", mine, merged, func(lost merge.Change) bool {
			return isConflict(slices.DeleteFunc(slices.Clone(conflicts), func(c merge.Conflict) bool { return !c.Settled }), lost)
		})

		sides := make([]merge.Side, len(conflicts))
		for n := range sides {
			sides[n] = rapid.SampledFrom([]merge.Side{merge.SideMine, merge.SideTheirs, merge.SideBase}).Draw(r, fmt.Sprint("side", n))
		}
		mixed := merge.Decide(base, mine, theirs, sides)
		for n, c := range conflicts {
			if c.Field.Attr == "locations" {
				continue
			}
			from := [...]model.Image{merge.SideMine: mine, merge.SideTheirs: theirs, merge.SideBase: base}[sides[n]]
			if slices.ContainsFunc(merge.Changes(mixed, from), func(d merge.Change) bool { return d.Field == c.Field }) {
				r.Errorf("%s is not as decided (%d)", c.Field, sides[n])
			}
		}
		if sets := merge.Compare(base, mine, mixed); slices.ContainsFunc(sets.NotApplied, func(c merge.Change) bool { return c.Field.Attr == "tags" }) {
			r.Errorf("a tag of mine is lost: %v", sets.NotApplied)
		}
	})
}

func TestDeletedDataNeverComesBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := modeltest.LivedImage().Draw(r, "base")
		mine, theirs := modeltest.LivedEdit(r, base), modeltest.LivedEdit(r, base)
		sides := rapid.SliceOfN(rapid.SampledFrom([]merge.Side{merge.SideMine, merge.SideTheirs, merge.SideBase}), 0, 8).Draw(r, "sides")
		for _, l := range (merge.Decide(base, mine, theirs, sides)).Locations {
			here := func(o model.Location) bool { return o.URL == l.URL }
			if l.HoldsData() && slices.ContainsFunc(base.Locations, here) && !slices.ContainsFunc(theirs.Locations, here) {
				r.Errorf("%s is back", l.URL)
			}
		}
	})
}

// conflicts reports whether a change is about a conflict. One of a location is when
// the conflict names its URL.
func isConflict(conflicts []merge.Conflict, lost merge.Change) bool {
	return slices.ContainsFunc(conflicts, func(c merge.Conflict) bool {
		if lost.Field.Attr != "locations" {
			return c.Field == lost.Field
		}
		url := func(s string) string { u, _, _ := strings.Cut(s, " "); return strings.TrimSuffix(u, ",") }
		all := c.Base + " " + c.Mine + " " + c.Theirs + ","
		return c.Field.Attr == "locations" && (strings.Contains(all, url(lost.Before)) || strings.Contains(all, url(lost.After)))
	})
}

func ExampleDecide() {
	base := model.Image{Name: model.Some("Fedora 17"), MinDisk: 1}
	mine := model.Image{Name: model.Some("Fedora 17 Server"), MinDisk: 5}
	theirs := model.Image{Name: model.Some("Fedora"), MinDisk: 8, Protected: true}
	_, conflicts := merge.Merge(base, mine, theirs)
	sides := make([]merge.Side, len(conflicts))
	for n, c := range conflicts {
		if c.Label == "name" {
			sides[n] = merge.SideTheirs
		}
	}
	wanted := merge.Decide(base, mine, theirs, sides)
	fmt.Println(wanted.Name.Value, wanted.MinDisk, wanted.Protected)
	// Output: Fedora 5 true
}
