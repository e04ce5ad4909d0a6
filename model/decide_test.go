package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// sidesFor decides all conflicts for one side.
func sidesFor(conflicts []Conflict, side Side) []Side {
	return slices.Repeat([]Side{side}, len(conflicts))
}

func TestDecide(t *testing.T) {
	base := fedora(t)
	mine, theirs := base.Clone(), base.Clone()
	mine.Name, theirs.Name = Some("mine"), Some("theirs")
	mine.MinDisk, theirs.MinRAM = 5, 512
	mine.Properties["os_distro"], theirs.Properties["os_distro"] = Some("mine"), Some("theirs")
	delete(mine.Properties, "kernel_id")
	theirs.Properties["kernel_id"] = Some("1b0ae5c8-4b1c-4b4c-8f7e-8a5c7c9b8a11")

	_, conflicts := Rules{}.Merge(base, mine, theirs)
	var got []string
	for _, c := range conflicts {
		got = append(got, c.Label)
	}
	if !slices.Equal(got, []string{"name", "kernel_id", "os_distro"}) {
		t.Fatalf("conflicts: %v", got)
	}
	for _, c := range []struct {
		sides         []Side
		name, distro  string
		kernelPresent bool
	}{
		{nil, "mine", "mine", false},
		{[]Side{SideTheirs}, "theirs", "mine", false},
		{[]Side{SideMine, SideTheirs, SideBase}, "mine", "fedora", true},
		{[]Side{SideBase, SideBase, SideTheirs}, "Fedora 17", "theirs", true},
	} {
		i := Rules{}.Decide(base, mine, theirs, c.sides)
		_, kernel := i.Properties["kernel_id"]
		if i.Name.Value != c.name || i.Properties["os_distro"].Value != c.distro || kernel != c.kernelPresent {
			t.Errorf("%v: name %q, os_distro %q, kernel_id %v", c.sides, i.Name.Value, i.Properties["os_distro"].Value, kernel)
		}
		if i.MinDisk != 5 || i.MinRAM != 512 {
			t.Errorf("%v: what does not clash is lost: min_disk %d, min_ram %d", c.sides, i.MinDisk, i.MinRAM)
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
			i := func(spec string) Image { return Image{LocationsShown: true, Locations: locationsOf(spec)} }
			base, mine, theirs := i(c.base), i(c.mine), i(c.theirs)
			_, conflicts := Rules{}.Merge(base, mine, theirs)
			if len(conflicts) != 1 || conflicts[0].Settled != c.settled {
				t.Fatalf("conflicts: %+v", conflicts)
			}
			for side, want := range map[Side]string{SideMine: c.asMine, SideTheirs: c.asTheirs, SideBase: c.asBase} {
				if got := specOf(Rules{}.Decide(base, mine, theirs, []Side{side}).Locations); got != want {
					t.Errorf("side %d: %q, want %q", side, got, want)
				}
			}
		})
	}
	theirs := Image{}
	mine := Image{LocationsShown: true, Locations: locationsOf("a b")}
	_, conflicts := Rules{}.Merge(Image{LocationsShown: true, Locations: locationsOf("a")}, mine, theirs)
	if len(conflicts) != 1 || !conflicts[0].Settled {
		t.Errorf("hidden meanwhile: %+v", conflicts)
	}
}

func TestNoOrderIsGivenUpSilently(t *testing.T) {
	for _, c := range []struct{ base, mine, theirs, want string }{
		{"a b", "b a m", "t b a", "t b a m"},
		{"a b", "m b a", "b a t", "m b a t"},
	} {
		i := func(spec string) Image { return Image{LocationsShown: true, Locations: locationsOf(spec)} }
		merged, conflicts := Rules{}.Merge(i(c.base), i(c.mine), i(c.theirs))
		if got := specOf(merged.Locations); got != c.want || len(conflicts) > 0 {
			t.Errorf("%s, %s, %s: %q, want %q; %+v", c.base, c.mine, c.theirs, got, c.want, conflicts)
		}
	}
}

// oneEach leaves each address once: of two with one address nobody can say
// which of them the other side changed.
func oneEach(i Image) Image {
	var once []Location
	for _, l := range i.Locations {
		if !slices.ContainsFunc(once, func(o Location) bool { return o.URL == l.URL }) {
			once = append(once, l)
		}
	}
	i.Locations = once
	return i
}

// Whatever is decided, a conflict touches nothing but its own field.
func TestDecideLaws(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := oneEach(livedImage().Draw(r, "base"))
		mine, theirs := oneEach(livedEdit(r, base)), oneEach(livedEdit(r, base))
		merged, conflicts := Rules{}.Merge(base, mine, theirs)
		decide := func(side Side) Image { return Rules{}.Decide(base, mine, theirs, sidesFor(conflicts, side)) }

		sameEdit(r, "all mine is the merge", merged, decide(SideMine))
		sameEdit(r, "nothing decided is the merge", merged, Rules{}.Decide(base, mine, theirs, nil))

		all := decide(SideTheirs)
		// A location that one side dropped has no place in its order.
		dropped := slices.ContainsFunc(conflicts, func(c Conflict) bool { return c.Mine == Absent || c.Theirs == Absent })
		loses := func(what string, from, decided Image, unless func(Change) bool) {
			for _, lost := range Compare(base, from, decided).Lost {
				isOrder := lost.Field == Field{Attr: "locations", Index: -1} && lost.Before != Absent && lost.After != Absent
				if !unless(lost) && !(isOrder && dropped) {
					r.Errorf("%s loses %s\nconflicts %+v", what, row(lost), conflicts)
				}
			}
		}
		loses("all theirs of theirs", theirs, all, func(Change) bool { return false })
		loses("all theirs of mine", mine, all, func(lost Change) bool { return clashes(conflicts, lost) })
		loses("all mine of theirs", theirs, merged, func(lost Change) bool { return clashes(conflicts, lost) })
		loses("all mine of mine", mine, merged, func(lost Change) bool {
			return clashes(slices.DeleteFunc(slices.Clone(conflicts), func(c Conflict) bool { return !c.Settled }), lost)
		})

		sides := make([]Side, len(conflicts))
		for n := range sides {
			sides[n] = rapid.SampledFrom([]Side{SideMine, SideTheirs, SideBase}).Draw(r, fmt.Sprint("side", n))
		}
		mixed := Rules{}.Decide(base, mine, theirs, sides)
		for n, c := range conflicts {
			if c.Field.Attr == "locations" {
				continue
			}
			from := [...]Image{SideMine: mine, SideTheirs: theirs, SideBase: base}[sides[n]]
			if slices.ContainsFunc(Changes(mixed, from), func(d Change) bool { return d.Field == c.Field }) {
				r.Errorf("%s is not as decided (%d)", c.Field, sides[n])
			}
		}
		if sets := Compare(base, mine, mixed); slices.ContainsFunc(sets.Lost, func(c Change) bool { return c.Field.Attr == "tags" }) {
			r.Errorf("a tag of mine is lost: %v", sets.Lost)
		}
	})
}

func TestDeletedDataNeverComesBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := livedImage().Draw(r, "base")
		mine, theirs := livedEdit(r, base), livedEdit(r, base)
		sides := rapid.SliceOfN(rapid.SampledFrom([]Side{SideMine, SideTheirs, SideBase}), 0, 8).Draw(r, "sides")
		for _, l := range (Rules{}.Decide(base, mine, theirs, sides)).Locations {
			here := func(o Location) bool { return o.URL == l.URL }
			if l.HoldsData() && slices.ContainsFunc(base.Locations, here) && !slices.ContainsFunc(theirs.Locations, here) {
				r.Errorf("%s is back", l.URL)
			}
		}
	})
}

// clashes is whether a change is about a conflict. One of a location is when
// the conflict names its URL.
func clashes(conflicts []Conflict, lost Change) bool {
	return slices.ContainsFunc(conflicts, func(c Conflict) bool {
		if lost.Field.Attr != "locations" {
			return c.Field == lost.Field
		}
		url := func(s string) string { u, _, _ := strings.Cut(s, " "); return strings.TrimSuffix(u, ",") }
		all := c.Base + " " + c.Mine + " " + c.Theirs + ","
		return c.Field.Attr == "locations" && (strings.Contains(all, url(lost.Before)) || strings.Contains(all, url(lost.After)))
	})
}

func ExampleRules_Decide() {
	base := Image{Name: Some("Fedora 17"), MinDisk: 1}
	mine := Image{Name: Some("Fedora 17 Server"), MinDisk: 5}
	theirs := Image{Name: Some("Fedora"), MinDisk: 8, Protected: true}
	_, conflicts := Rules{}.Merge(base, mine, theirs)
	sides := make([]Side, len(conflicts))
	for n, c := range conflicts {
		if c.Label == "name" {
			sides[n] = SideTheirs
		}
	}
	wanted := Rules{}.Decide(base, mine, theirs, sides)
	fmt.Println(wanted.Name.Value, wanted.MinDisk, wanted.Protected)
	// Output: Fedora 5 true
}
