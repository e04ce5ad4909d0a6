package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestEmptyListsOfLocations(t *testing.T) {
	with := func(s Status, urls string) Image {
		return Image{Status: s, LocationsShown: true, Locations: locationsOf(urls)}
	}
	active, deactivated := with(StatusActive, "a"), with(StatusDeactivated, "a")
	for _, c := range []struct {
		name     string
		admin    bool
		seen     []Image // before
		now      Image
		withheld bool
	}{
		{"deactivated", false, nil, with(StatusDeactivated, ""), true},
		{"deactivated, to an administrator", true, nil, with(StatusDeactivated, ""), false},
		{"deactivated, and those of active ones are shown", false, []Image{active}, with(StatusDeactivated, ""), true},
		{"deactivated, and those of another are shown", false, []Image{deactivated}, with(StatusDeactivated, ""), false},
		{"active, and nothing is known", false, nil, with(StatusActive, ""), true},
		{"active, to an administrator", true, nil, with(StatusActive, ""), false},
		{"active, and those of another are shown", false, []Image{active}, with(StatusActive, ""), false},
		{"active, with locations", false, nil, active, false},
		{"deactivated, with locations", false, nil, deactivated, false},
		{"queued", false, nil, with(StatusQueued, ""), false},
		{"saving", false, nil, with(StatusSaving, ""), false},
		{"importing", false, nil, with(StatusImporting, ""), false},
		{"killed", false, nil, with(StatusKilled, ""), false},
		{"deactivated, where the server hides all", false, nil, Image{Status: StatusDeactivated}, false},
		{"what somebody lists is not evidence for what has no list", false, []Image{{Status: StatusDeactivated}}, with(StatusDeactivated, ""), true},
	} {
		v := Viewer{Admin: c.admin}
		for _, i := range c.seen {
			v.Read(&i)
		}
		shown := c.now.LocationsShown
		v.Read(&c.now)
		if c.now.LocationsWithheld != c.withheld || c.now.LocationsShown != (shown && !c.withheld) {
			t.Errorf("%s: withheld %t, shown %t", c.name, c.now.LocationsWithheld, c.now.LocationsShown)
		}
	}
}

// withhold is the image as its owner reads it while it is deactivated.
func withhold(i Image) Image {
	i = i.Clone()
	i.Status, i.Locations = StatusDeactivated, []Location{}
	delete(i.Extra, "direct_url")
	delete(i.Extra, "stores")
	new(Viewer).Read(&i)
	return i
}

// placedExtra is active, and has what a server shows with the locations.
func placedExtra(i Image) Image {
	i = i.Clone()
	i.Status = StatusActive
	i.Extra = map[string]json.RawMessage{"direct_url": json.RawMessage(`"http://a"`), "stores": json.RawMessage(`"web"`)}
	return i
}

func TestWithheldImagesComeAsTheyWent(t *testing.T) {
	i := withhold(placedExtra(Image{ID: "1", LocationsShown: true, Locations: locationsOf("a b")}))
	if text := string(mustEncode(i)); !strings.Contains(text, `"locations":[]`) {
		t.Errorf("the document is %s", text)
	}
	if ok, why := (Rules{}).Editable(i, "locations"); ok || why != "hidden from you while the image is deactivated" {
		t.Errorf("editable: %t, %q", ok, why)
	}
	i.Status = StatusActive
	if ok, why := (Rules{}).Editable(i, "locations"); ok || !strings.Contains(why, "policy") {
		t.Errorf("active, editable: %t, %q", ok, why)
	}
}

// What a reading withholds did not change, was not lost, and is nobody's doing.
func TestWithheldIsNotGone(t *testing.T) {
	about := func(changes []Change) []Change {
		return slices.DeleteFunc(slices.Clone(changes), func(c Change) bool { return c.Field.Attr != "locations" && !followsLocations(c.Field.Attr) })
	}
	rapid.Check(t, func(r *rapid.T) {
		base := placedExtra(livedImage().Draw(r, "base"))
		wanted := livedEdit(r, base)
		later := placedExtra(livedEdit(r, wanted))
		hidden := withhold(later)

		for what, changes := range map[string][]Change{
			"changed": Changes(base, hidden), "changed back": Changes(hidden, base),
			"changed while hidden": Changes(hidden, withhold(wanted)),
			"changed as recalled":  Changes(base, hidden.Recalling(base)),
		} {
			if got := about(changes); len(got) > 0 {
				r.Fatalf("%s: %v", what, got)
			}
		}
		for _, reading := range []Image{hidden, hidden.Recalling(base), hidden.Recalling(wanted)} {
			c := Compare(base, wanted, reading)
			if got := about(slices.Concat(c.Kept, c.Lost, c.Foreign, c.Filled)); len(got) > 0 {
				r.Fatalf("compared: %v", got)
			}
			if fmt.Sprint(about(c.Asked)) != fmt.Sprint(about(c.Unknown)) {
				r.Fatalf("asked %v, unknown %v", about(c.Asked), about(c.Unknown))
			}
			if len(c.Unknown) > 0 && (c.All() || len(c.Lost) == 0 && c.Outcome() != OutcomeOpen) {
				r.Fatalf("nobody knows, and yet it is %s", c.Outcome())
			}
		}
		erased, _ := (Rules{}).Erased(base, wanted, hidden, wanted)
		if got := about(erased); len(got) > 0 {
			r.Fatalf("erased: %v", got)
		}
		if _, whole := (Rules{}).Erased(base, wanted, hidden, wanted); specOf(whole.Locations) != specOf(wanted.Locations) {
			r.Fatalf("both together have %s", specOf(whole.Locations))
		}
	})
}

// An edit of locations outlasts a time in which nobody sees them.
func TestEditOutlastsWithheldLocations(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := placedExtra(livedImage().Draw(r, "base"))
		mine := livedEdit(r, base)
		now := placedExtra(livedEdit(r, base))
		hidden := withhold(now).Recalling(base)

		between, conflicts := Rules{}.Merge(base, mine, hidden)
		for _, c := range conflicts {
			if c.Field.Attr == "locations" {
				r.Fatalf("a conflict with what is not shown: %+v", c)
			}
		}
		if specOf(between.Locations) != specOf(mine.Locations) {
			r.Fatalf("%s became %s", specOf(mine.Locations), specOf(between.Locations))
		}
		changed := !sameLocationLists(mine.Locations, base.Locations)
		if _, faults := (Rules{}).Edit(hidden, between); blocks(faults) != changed {
			r.Fatalf("locations changed: %t; %v", changed, faults)
		}
		// Shown again, they are merged as if they had never been hidden. (All else was
		// merged meanwhile, so that it is of no interest here.)
		want, wantConflicts := Rules{}.Merge(base, mine, now)
		got, gotConflicts := Rules{}.Merge(hidden, between, now)
		of := func(all []Conflict) (out []Conflict) {
			for _, c := range all {
				if c.Field.Attr == "locations" {
					out = append(out, c)
				}
			}
			return out
		}
		if specOf(got.Locations) != specOf(want.Locations) || fmt.Sprint(of(gotConflicts)) != fmt.Sprint(of(wantConflicts)) {
			r.Fatalf("%s, want %s", specOf(got.Locations), specOf(want.Locations))
		}
	})
}

func TestUndoOfLocationsThatAreWithheld(t *testing.T) {
	base := Image{ID: "1", Status: StatusActive, Name: Some("old"), LocationsShown: true, Locations: locationsOf("a")}
	wanted := base.Clone()
	wanted.Name, wanted.Locations = Some("new"), locationsOf("a b")
	patch, err := Diff(base, wanted)
	if err != nil {
		t.Fatal(err)
	}
	e := Entry{Base: base, Wanted: wanted, Requests: []Patch{patch}, Ending: Ending{Outcome: OutcomeDone}}
	made, before, _ := Rules{}.Undo(e)
	now := withhold(wanted).Recalling(made)
	merged, conflicts := Rules{}.Merge(made, before, now)
	if len(conflicts) > 0 || merged.Name != base.Name || specOf(merged.Locations) != "a" {
		t.Errorf("%+v; %s", conflicts, specOf(merged.Locations))
	}
	_, faults := Rules{}.Edit(now, merged)
	if len(faults) != 1 || !strings.Contains(faults[0].Text, "hidden from you") {
		t.Errorf("%v", faults)
	}
}
