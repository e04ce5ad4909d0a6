package rules_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestEmptyListsOfLocations(t *testing.T) {
	with := func(s model.Status, urls string) model.Image {
		return model.Image{Status: s, LocationsShown: true, Locations: modeltest.LocationsOf(urls)}
	}
	active, deactivated := with(model.StatusActive, "a"), with(model.StatusDeactivated, "a")
	for _, c := range []struct {
		name     string
		admin    bool
		seen     []model.Image // before
		now      model.Image
		withheld bool
	}{
		{"deactivated", false, nil, with(model.StatusDeactivated, ""), true},
		{"deactivated, to an administrator", true, nil, with(model.StatusDeactivated, ""), false},
		{"deactivated, and those of active ones are shown", false, []model.Image{active}, with(model.StatusDeactivated, ""), true},
		{"deactivated, and those of another are shown", false, []model.Image{deactivated}, with(model.StatusDeactivated, ""), false},
		{"active, and nothing is known", false, nil, with(model.StatusActive, ""), true},
		{"active, to an administrator", true, nil, with(model.StatusActive, ""), false},
		{"active, and those of another are shown", false, []model.Image{active}, with(model.StatusActive, ""), false},
		{"active, with locations", false, nil, active, false},
		{"deactivated, with locations", false, nil, deactivated, false},
		{"queued", false, nil, with(model.StatusQueued, ""), false},
		{"saving", false, nil, with(model.StatusSaving, ""), false},
		{"importing", false, nil, with(model.StatusImporting, ""), false},
		{"killed", false, nil, with(model.StatusKilled, ""), false},
		{"deactivated, where the server hides all", false, nil, model.Image{Status: model.StatusDeactivated}, false},
		{"what someone lists is not evidence for what has no list", false, []model.Image{{Status: model.StatusDeactivated}}, with(model.StatusDeactivated, ""), true},
	} {
		v := model.Viewer{Admin: c.admin}
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
func withhold(i model.Image) model.Image {
	i = i.Clone()
	i.Status, i.Locations = model.StatusDeactivated, []model.Location{}
	delete(i.Extra, "direct_url")
	delete(i.Extra, "stores")
	new(model.Viewer).Read(&i)
	return i
}

// placedExtra is active, and has what a server shows with the locations.
func placedExtra(i model.Image) model.Image {
	i = i.Clone()
	i.Status = model.StatusActive
	i.Extra = map[string]json.RawMessage{"direct_url": json.RawMessage(`"http://a"`), "stores": json.RawMessage(`"web"`)}
	return i
}

func TestWithheldImagesComeAsTheyWent(t *testing.T) {
	i := withhold(placedExtra(model.Image{ID: "1", LocationsShown: true, Locations: modeltest.LocationsOf("a b")}))
	if text := string(jsontext.MustEncode(i)); !strings.Contains(text, `"locations":[]`) {
		t.Errorf("the document is %s", text)
	}
	if ok, why := (rules.Rules{}).Editable(i, "locations"); ok || why != "hidden from you while the image is deactivated" {
		t.Errorf("editable: %t, %q", ok, why)
	}
	i.Status = model.StatusActive
	if ok, why := (rules.Rules{}).Editable(i, "locations"); ok || !strings.Contains(why, "policy") {
		t.Errorf("active, editable: %t, %q", ok, why)
	}
}

// What a reading withholds did not change, was not lost, and is no one's doing.
func TestWithheldIsNotGone(t *testing.T) {
	about := func(changes []merge.Change) []merge.Change {
		return slices.DeleteFunc(slices.Clone(changes), func(c merge.Change) bool { return c.Field.Attr != "locations" && !model.FollowsLocations(c.Field.Attr) })
	}
	rapid.Check(t, func(r *rapid.T) {
		base := placedExtra(modeltest.LivedImage().Draw(r, "base"))
		wanted := modeltest.LivedEdit(r, base)
		later := placedExtra(modeltest.LivedEdit(r, wanted))
		hidden := withhold(later)

		for what, changes := range map[string][]merge.Change{
			"changed": merge.Changes(base, hidden), "changed back": merge.Changes(hidden, base),
			"changed while hidden": merge.Changes(hidden, withhold(wanted)),
			"changed as recalled":  merge.Changes(base, hidden.Recalling(base)),
		} {
			if got := about(changes); len(got) > 0 {
				r.Fatalf("%s: %v", what, got)
			}
		}
		for _, reading := range []model.Image{hidden, hidden.Recalling(base), hidden.Recalling(wanted)} {
			c := merge.Compare(base, wanted, reading)
			if got := about(slices.Concat(c.Applied, c.NotApplied, c.Others, c.ServerSet)); len(got) > 0 {
				r.Fatalf("compared: %v", got)
			}
			if fmt.Sprint(about(c.Requested)) != fmt.Sprint(about(c.Unknown)) {
				r.Fatalf("asked %v, unknown %v", about(c.Requested), about(c.Unknown))
			}
			if len(c.Unknown) > 0 && (c.All() || len(c.NotApplied) == 0 && c.Outcome() != record.OutcomeOpen) {
				r.Fatalf("no one knows, and yet it is %s", c.Outcome())
			}
		}
		erased, _ := merge.Overwrote(base, wanted, hidden, wanted)
		if got := about(erased); len(got) > 0 {
			r.Fatalf("erased: %v", got)
		}
		if _, whole := merge.Overwrote(base, wanted, hidden, wanted); modeltest.SpecOf(whole.Locations) != modeltest.SpecOf(wanted.Locations) {
			r.Fatalf("both together have %s", modeltest.SpecOf(whole.Locations))
		}
	})
}

// An edit of locations outlasts a time in which no one sees them.
func TestEditOutlastsWithheldLocations(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := placedExtra(modeltest.LivedImage().Draw(r, "base"))
		mine := modeltest.LivedEdit(r, base)
		now := placedExtra(modeltest.LivedEdit(r, base))
		hidden := withhold(now).Recalling(base)

		between, conflicts := merge.Merge(base, mine, hidden)
		for _, c := range conflicts {
			if c.Field.Attr == "locations" {
				r.Fatalf("a conflict with what is not shown: %+v", c)
			}
		}
		if modeltest.SpecOf(between.Locations) != modeltest.SpecOf(mine.Locations) {
			r.Fatalf("%s became %s", modeltest.SpecOf(mine.Locations), modeltest.SpecOf(between.Locations))
		}
		changed := !pairing.SameLocationLists(mine.Locations, base.Locations)
		if _, faults := (rules.Rules{}).CheckedDiff(hidden, between); rules.Blocks(faults) != changed {
			r.Fatalf("locations changed: %t; %v", changed, faults)
		}
		// Shown again, they are merged as if they had never been hidden. (All else was
		// merged meanwhile, so that it is of no interest here.)
		want, wantConflicts := merge.Merge(base, mine, now)
		got, gotConflicts := merge.Merge(hidden, between, now)
		of := func(all []merge.Conflict) (out []merge.Conflict) {
			for _, c := range all {
				if c.Field.Attr == "locations" {
					out = append(out, c)
				}
			}
			return out
		}
		if modeltest.SpecOf(got.Locations) != modeltest.SpecOf(want.Locations) || fmt.Sprint(of(gotConflicts)) != fmt.Sprint(of(wantConflicts)) {
			r.Fatalf("%s, want %s", modeltest.SpecOf(got.Locations), modeltest.SpecOf(want.Locations))
		}
	})
}

func TestUndoOfLocationsThatAreWithheld(t *testing.T) {
	base := model.Image{ID: "1", Status: model.StatusActive, Name: model.Some("old"), LocationsShown: true, Locations: modeltest.LocationsOf("a")}
	wanted := base.Clone()
	wanted.Name, wanted.Locations = model.Some("new"), modeltest.LocationsOf("a b")
	p, err := rules.Diff(base, wanted)
	if err != nil {
		t.Fatal(err)
	}
	e := record.Entry{Base: base, Wanted: wanted, Requests: []patch.Patch{p}, Result: record.Result{Outcome: record.OutcomeApplied}}
	made, before, _ := merge.Undo(rules.Rules{}, e)
	now := withhold(wanted).Recalling(made)
	merged, conflicts := merge.Merge(made, before, now)
	if len(conflicts) > 0 || merged.Name != base.Name || modeltest.SpecOf(merged.Locations) != "a" {
		t.Errorf("%+v; %s", conflicts, modeltest.SpecOf(merged.Locations))
	}
	_, faults := rules.Rules{}.CheckedDiff(now, merged)
	if len(faults) != 1 || !strings.Contains(faults[0].Text, "hidden from you") {
		t.Errorf("%v", faults)
	}
}
