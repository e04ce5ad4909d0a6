package rules_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// hiddenQueued is a queued image of a server that hides locations.
func hiddenQueued() model.Image {
	return model.Image{ID: "da3b75d9", Status: model.StatusQueued, Visibility: model.Private, Properties: map[string]model.Opt[string]{}}
}

var calling = rules.Rules{LocationCalls: true}

// withLocation is the draft with formats and one location.
func withLocation(i model.Image, url string) model.Image {
	i = i.Clone()
	i.DiskFormat, i.ContainerFormat = model.Some("qcow2"), model.Some("bare")
	i.Locations, i.LocationsShown = []model.Location{{URL: url}}, true
	return i
}

func TestLocationCall(t *testing.T) {
	base := hiddenQueued()
	wanted := withLocation(base, "http://mirror/f17.qcow2")
	p, err := calling.Diff(base, wanted)
	if err != nil {
		t.Fatal(err)
	}
	requests, _ := calling.Split(base, p)
	if len(requests) != 2 || len(requests[0]) != 2 || requests[0][0].Path != "/disk_format" {
		t.Fatalf("parted into %v", requests)
	}
	stages := calling.Stages(base, requests)
	first, second := calling.Request(stages[0], requests[0]), calling.Request(stages[1], requests[1])
	if first.Method != "PATCH" || first.Path != "/v2/images/da3b75d9" || first.ContentType != patch.MediaTypeV21 {
		t.Errorf("first %s %s %s", first.Method, first.Path, first.ContentType)
	}
	got := fmt.Sprintf("%s %s %s %s", second.Method, second.Path, second.ContentType, second.Body)
	if want := `POST /v2/images/da3b75d9/locations application/json {"url":"http://mirror/f17.qcow2"}`; got != want {
		t.Errorf("second %s, want %s", got, want)
	}
	if status := calling.Predict(base, p); status != model.StatusActive {
		t.Errorf("predicted %s", status)
	}
	after, err := calling.Apply(base, p)
	if err != nil || after.LocationsShown || len(after.Locations) > 0 || after.Status != model.StatusActive {
		t.Errorf("afterwards %v, %v", after, err)
	}
	steps := explain.Steps(calling, base, p)
	if last := steps[len(steps)-1]; !strings.Contains(last.Note, "request of its own") || last.Hazards[0].Kind != explain.HazardActivates {
		t.Errorf("explained as %+v", last)
	}
	if failed := explain.FailedOperation(calling, stages[1], requests[1], 409, "Image has active task"); failed != 0 {
		t.Errorf("failed %d", failed)
	}
	back, lost := merge.Invert(calling, p, base)
	if len(back) > 0 || !slices.ContainsFunc(lost, func(s string) bool { return strings.Contains(s, "http://mirror/f17.qcow2 stays") }) {
		t.Errorf("undo %s, lost %q", back.JSON(), lost)
	}
	if _, cannot := explain.OpenStack(base, p); len(cannot) != 1 || !strings.Contains(cannot[0], "glance add-location") {
		t.Errorf("commands: cannot %q", cannot)
	}
}

func TestWithoutTheCallHiddenLocationsAreClosed(t *testing.T) {
	base := hiddenQueued()
	wanted := withLocation(base, "http://mirror/f17.qcow2")
	if p, err := (rules.Rules{}).Diff(base, wanted); err == nil {
		t.Errorf("made %s", p.JSON())
	}
	if ok, why := (rules.Rules{}).Editable(base, "locations"); ok || why != rules.HiddenLocations {
		t.Errorf("editable %t: %s", ok, why)
	}
	if _, err := (rules.Rules{}).Apply(base, patch.Patch{{Op: patch.OpAdd, Path: "/locations/-", Value: model.Location{URL: "http://a"}}}); err == nil {
		t.Error("a PATCH adds to hidden locations")
	}
}

// TestLocationCallChecks are what the call does not take.
func TestLocationCallChecks(t *testing.T) {
	const good = "http://mirror/f17.qcow2"
	for _, c := range []struct {
		name  string
		base  func(*model.Image)
		draft func(*model.Image)
		want  string // of the fault; "" for none
	}{
		{name: "one URL"},
		{name: "a long one", draft: func(i *model.Image) { i.Locations[0].URL += "?" + strings.Repeat("x", 300) }},
		{name: "two", draft: func(i *model.Image) { i.Locations = append(i.Locations, model.Location{URL: "http://b"}) }, want: rules.OneHiddenLocation},
		{name: "metadata", draft: func(i *model.Image) { i.Locations[0].Metadata = map[string]any{"a": "b"} }, want: "no metadata"},
		{name: "another scheme", draft: func(i *model.Image) { i.Locations[0].URL = "rbd://a/b" }, want: "only http and https"},
		{name: "file", draft: func(i *model.Image) { i.Locations[0].URL = "file:///etc/passwd" }, want: "no server takes"},
		{name: "no URL", draft: func(i *model.Image) { i.Locations[0].URL = "" }, want: "needs a URL"},
		{name: "no format", draft: func(i *model.Image) { i.DiskFormat = model.Null[string]() }, want: "must be set"},
		{name: "active", base: func(i *model.Image) {
			i.Status, i.DiskFormat, i.ContainerFormat = model.StatusActive, model.Some("qcow2"), model.Some("bare")
		},
			draft: func(i *model.Image) { i.Status = model.StatusActive }, want: rules.WhyHiddenLocations},
		{name: "a task is at work", base: func(i *model.Image) { i.Extra = map[string]json.RawMessage{"os_glance_import_task": []byte(`"da3b"`)} }, want: "at work"},
		{name: "a task was at work", base: func(i *model.Image) { i.Extra = map[string]json.RawMessage{"os_glance_import_task": []byte(`""`)} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			base := hiddenQueued()
			if c.base != nil {
				c.base(&base)
			}
			wanted := withLocation(base, good)
			if c.draft != nil {
				c.draft(&wanted)
			}
			faults := calling.Check(base, wanted)
			if c.want == "" && len(faults) > 0 || c.want != "" && !slices.ContainsFunc(faults, func(f model.Problem) bool { return strings.Contains(f.Text, c.want) && !f.Warning }) {
				t.Errorf("faults %v, want %q", faults, c.want)
			}
			if ok, why := calling.Editable(base, "locations"); ok != (base.Status == model.StatusQueued) {
				t.Errorf("editable: %t, %s", ok, why)
			}
		})
	}
}

// TestLocationCallMayFollow: without its formats the server would keep a
// location that it cannot use.
func TestLocationCallMayFollow(t *testing.T) {
	base := hiddenQueued()
	formats := patch.Patch{{Op: patch.OpReplace, Path: "/disk_format", Value: "raw"}, {Op: patch.OpReplace, Path: "/container_format", Value: "bare"}}
	good := base.Clone()
	good.DiskFormat, good.ContainerFormat = model.Some("raw"), model.Some("bare")
	bare, busy, active := good.Clone(), good.Clone(), good.Clone()
	bare.ContainerFormat = model.Null[string]()
	busy.Extra = map[string]json.RawMessage{"os_glance_import_task": []byte(`"da3b"`)}
	active.Status = model.StatusActive
	for name, now := range map[string]model.Image{"no format": bare, "busy": busy, "active": active} {
		if calling.MayFollow(base, formats, now) {
			t.Errorf("%s: it may follow", name)
		}
	}
	if !calling.MayFollow(base, formats, good) {
		t.Error("it may not follow")
	}
}

// TestCompareAfterACall: the location shows nowhere, the status tells.
func TestCompareAfterACall(t *testing.T) {
	base := withLocation(hiddenQueued(), "").Clone()
	base.Locations, base.LocationsShown = nil, false
	wanted := withLocation(base, "http://mirror/f17.qcow2")
	got := base.Clone()
	if c := merge.Compare(base, wanted, got); len(c.NotApplied) != 1 || !c.None() || !rules.CallFailed(got) {
		t.Errorf("queued: %+v", c)
	}
	got.Extra = map[string]json.RawMessage{"os_glance_import_task": []byte(`"da3b"`)}
	if c := merge.Compare(base, wanted, got); len(c.NotApplied)+len(c.Applied) != 0 || rules.CallFailed(got) {
		t.Errorf("at work: %+v", c)
	}
	got.Status = model.StatusActive
	if c := merge.Compare(base, wanted, got); len(c.Applied) != 1 || !c.All() || rules.CallFailed(got) {
		t.Errorf("active: %+v", c)
	}
}

// TestMergeKeepsTheHiddenLocation: a fresh reading says nothing of it.
func TestMergeKeepsTheHiddenLocation(t *testing.T) {
	base := hiddenQueued()
	mine, theirs := withLocation(base, "http://mirror/f17.qcow2"), base.Clone()
	theirs.Name = model.Some("theirs")
	merged, conflicts := merge.Merge(base, mine, theirs)
	if len(conflicts) > 0 || len(merged.Locations) != 1 || !merged.LocationsShown || merged.Name != theirs.Name {
		t.Errorf("merged %v, conflicts %v", merged, conflicts)
	}
	if merged, _ = merge.Merge(base, base, theirs); merged.LocationsShown {
		t.Error("locations are shown by a merge")
	}
}

func TestMinorVersion(t *testing.T) {
	for id, want := range map[string]int{"v2.16": 16, "v2.0": 0, "v2": -1, "v2.": -1, "v3.1": -1, "": -1, "v2.x": -1, "v2.-3": -1, "v2.17": 17} {
		if got := api.MinorVersion(id); got != want {
			t.Errorf("%q is %d, want %d", id, got, want)
		}
	}
	if rules.ForSession((api.Session{APIVersion: "v2.16"})).LocationCalls || !rules.ForSession((api.Session{APIVersion: "v2.18"})).LocationCalls {
		t.Error("the calls came with 2.17")
	}
}
