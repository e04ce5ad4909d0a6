package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestEditable(t *testing.T) {
	queued, active := modeltest.QueuedImage(t), modeltest.ActiveImage(t, "http://a")
	closed := *rules.DefaultSchema()
	closed.AdditionalProperties = false
	bare := rules.Schema{Attributes: map[string]rules.SchemaAttribute{"name": {IsBase: true}, "os_glance_x": {}, "self": {}, "seal": {ReadOnly: true}}}
	for _, c := range []struct {
		name      string
		rules     rules.Rules
		base      model.Image
		attribute string
		why       string // empty: editable
	}{
		{"a name", rules.Rules{}, active, "name", ""},
		{"formats while queued", rules.Rules{}, queued, "disk_format", ""},
		{"formats with data", rules.Rules{}, active, "disk_format", "it is active"},
		{"formats during an upload", rules.Rules{}, withStatus(queued, model.StatusSaving), "container_format", "it is saving"},
		{"locations", rules.Rules{}, active, "locations", ""},
		{"hidden locations", rules.Rules{}, hiding(active), "locations", "show_multiple_locations"},
		{"locations of a deactivated image", rules.Rules{}, withStatus(active, model.StatusDeactivated), "locations", "it is deactivated"},
		{"properties", rules.Rules{}, active, "properties", ""},
		{"properties that the server declares", rules.Rules{Schema: &closed}, active, "properties", ""},
		{"no properties at all", rules.Rules{Schema: &bare}, active, "properties", "declares itself"},
		{"the size", rules.Rules{}, active, "size", "only the server"},
		{"the status", rules.Rules{}, active, "status", "only the server"},
		{"the owner, which the server decides", rules.Rules{RolesKnown: true}, active, "owner", ""},
		{"hidden", rules.Rules{}, active, "os_hidden", ""},
		{"hidden, by a schema without it", rules.Rules{Schema: &bare}, active, "os_hidden", "this server cannot hide images"},
		{"hidden, by a schema that describes nothing", rules.Rules{Schema: &rules.Schema{}}, active, "os_hidden", ""},
		{"hidden, of an image that is", rules.Rules{Schema: &bare}, hiddenImage(active), "os_hidden", ""},
		{"what is none", rules.Rules{}, active, "shade", "no such attribute"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ok, why := c.rules.Editable(c.base, c.attribute)
			if ok != (c.why == "") || !strings.Contains(why, c.why) || ok && why != "" {
				t.Errorf("%t, %q", ok, why)
			}
		})
	}
}

// TestEditableAgreesWithCheck: what cannot be edited is refused when it is.
func hiddenImage(i model.Image) model.Image { i.Hidden = true; return i }

func TestServersThatCanHideImages(t *testing.T) {
	for want, sessions := range map[bool][]api.Session{
		true:  {{}, {APIVersion: "v2.7"}, {APIVersion: "v2.17"}, {APIVersion: "v3"}},
		false: {{APIVersion: "v2.6"}, {APIVersion: "v2.0"}, {NoHidden: true}, {APIVersion: "v2.16", NoHidden: true}},
	} {
		for _, s := range sessions {
			if s.HidesImages() != want {
				t.Errorf("%+v: %t", s, !want)
			}
		}
	}
}

func TestEditableAgreesWithCheck(t *testing.T) {
	for _, status := range model.Statuses {
		for _, base := range []model.Image{withStatus(modeltest.ActiveImage(t, "http://a"), status), hiding(withStatus(modeltest.ActiveImage(t), status))} {
			for attribute, edit := range map[string]func(*model.Image){
				"disk_format": func(i *model.Image) { i.DiskFormat = model.Some("iso") },
				"locations":   func(i *model.Image) { i.Locations = append(locs("b"), i.Locations...) },
				"name":        func(i *model.Image) { i.Name = model.Some("x") },
			} {
				ok, _ := rules.Rules{}.Editable(base, attribute)
				if _, err := rules.Diff(base, edited(base, edit)); ok != (err == nil) {
					t.Errorf("%s of an image that is %s (shown: %t): editable %t, but Diff says %v", attribute, status, base.LocationsShown, ok, err)
				}
			}
		}
	}
}

func TestChoices(t *testing.T) {
	r := rules.Rules{Schema: &rules.Schema{Attributes: map[string]rules.SchemaAttribute{
		"visibility":  {Enum: []string{"public", "cosmic", "private"}},
		"disk_format": {Enum: []string{"raw", "gpt"}},
	}}}
	for _, c := range []struct {
		rules     rules.Rules
		attribute string
		want      string
	}{
		{rules.Rules{}, "visibility", "private shared community public"},
		{r, "visibility", "private public cosmic"},
		{rules.Rules{}, "disk_format", "ami ari aki vhd vhdx vmdk raw qcow2 vdi iso ploop"},
		{r, "disk_format", "raw gpt"},
		{r, "status", "queued uploading saving importing active deactivated pending_delete deleted killed"},
		{rules.Rules{}, "cinder_encryption_key_deletion_policy", "on_image_deletion do_not_delete"},
		{rules.Rules{}, "name", ""},
		{rules.Rules{}, "shade", ""},
	} {
		if got := strings.Join(c.rules.Choices(c.attribute), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.attribute, got, c.want)
		}
	}
	given := rules.Rules{}.Choices("disk_format")
	given[0] = "changed"
	if slices.Contains(rules.DefaultSchema().Attributes["disk_format"].Enum, "changed") {
		t.Error("the schema changed with the answer")
	}
}

func TestAttributesAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range model.Attributes() {
		if seen[a.Name] {
			t.Errorf("%s is there twice", a.Name)
		}
		seen[a.Name] = true
		if a.Label == "" || a.Group == "" || !strings.HasSuffix(a.Help, ".") {
			t.Errorf("%s is not described: %+v", a.Name, a)
		}
		found, ok := model.AttributeNamed(a.Name)
		if !ok || found != a {
			t.Errorf("%s is not found by its name", a.Name)
		}
		settable := a.Settable()
		inParts := a.Kind == model.KindLocations || a.Kind == model.KindProperties
		if settable == (a.ByServer || inParts) {
			t.Errorf("%s: settable %t", a.Name, settable)
		}
	}
}

func TestReleaseNamed(t *testing.T) {
	for name, want := range map[string]api.Release{"": api.ReleaseCurrent, "current": api.ReleaseCurrent, "2015": api.Release2015} {
		got, err := api.ReleaseNamed(name)
		if err != nil || got != want {
			t.Errorf("%q is %q, %v", name, got, err)
		}
		if again, err := api.ReleaseNamed(got.String()); err != nil || again != want {
			t.Errorf("%q is not a name for %q", got.String(), want)
		}
	}
	if _, err := api.ReleaseNamed("2016"); err == nil || !strings.Contains(err.Error(), "2015") {
		t.Errorf("says %v", err)
	}
}

func TestHoldsData(t *testing.T) {
	for url, want := range map[string]bool{
		"http://a": false, "https://a": false, "file:///a": true, "rbd://pool/a": true, "swift+https://a": true, "cinder://a/b": true, "odd": true,
	} {
		if got := (model.Location{URL: url}).HoldsData(); got != want {
			t.Errorf("%s: %t", url, got)
		}
	}
}
