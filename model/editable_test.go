package model

import (
	"slices"
	"strings"
	"testing"
)

func TestEditable(t *testing.T) {
	queued, active := queuedImage(t), activeImage(t, "http://a")
	closed := *DefaultSchema()
	closed.AdditionalProperties = false
	bare := Schema{Attributes: map[string]SchemaAttribute{"name": {IsBase: true}, "os_glance_x": {}, "self": {}, "seal": {ReadOnly: true}}}
	for _, c := range []struct {
		name      string
		rules     Rules
		base      Image
		attribute string
		why       string // empty: editable
	}{
		{"a name", Rules{}, active, "name", ""},
		{"formats while queued", Rules{}, queued, "disk_format", ""},
		{"formats with data", Rules{}, active, "disk_format", "it is active"},
		{"formats during an upload", Rules{}, withStatus(queued, StatusSaving), "container_format", "it is saving"},
		{"locations", Rules{}, active, "locations", ""},
		{"hidden locations", Rules{}, hiding(active), "locations", "show_multiple_locations"},
		{"locations of a deactivated image", Rules{}, withStatus(active, StatusDeactivated), "locations", "it is deactivated"},
		{"properties", Rules{}, active, "properties", ""},
		{"properties that the server declares", Rules{Schema: &closed}, active, "properties", ""},
		{"no properties at all", Rules{Schema: &bare}, active, "properties", "declares itself"},
		{"the size", Rules{}, active, "size", "only the server"},
		{"the status", Rules{}, active, "status", "only the server"},
		{"the owner, which the server decides", Rules{RolesKnown: true}, active, "owner", ""},
		{"hidden", Rules{}, active, "os_hidden", ""},
		{"hidden, by a schema without it", Rules{Schema: &bare}, active, "os_hidden", "this server cannot hide images"},
		{"hidden, by a schema that describes nothing", Rules{Schema: &Schema{}}, active, "os_hidden", ""},
		{"hidden, of an image that is", Rules{Schema: &bare}, hiddenImage(active), "os_hidden", ""},
		{"what is none", Rules{}, active, "colour", "no such attribute"},
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
func hiddenImage(i Image) Image { i.Hidden = true; return i }

func TestServersThatCanHideImages(t *testing.T) {
	for want, sessions := range map[bool][]Session{
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
	for _, status := range Statuses {
		for _, base := range []Image{withStatus(activeImage(t, "http://a"), status), hiding(withStatus(activeImage(t), status))} {
			for attribute, edit := range map[string]func(*Image){
				"disk_format": func(i *Image) { i.DiskFormat = Some("iso") },
				"locations":   func(i *Image) { i.Locations = append(locs("b"), i.Locations...) },
				"name":        func(i *Image) { i.Name = Some("x") },
			} {
				ok, _ := Rules{}.Editable(base, attribute)
				if _, err := Diff(base, edited(base, edit)); ok != (err == nil) {
					t.Errorf("%s of an image that is %s (shown: %t): editable %t, but Diff says %v", attribute, status, base.LocationsShown, ok, err)
				}
			}
		}
	}
}

func TestChoices(t *testing.T) {
	r := Rules{Schema: &Schema{Attributes: map[string]SchemaAttribute{
		"visibility":  {Enum: []string{"public", "cosmic", "private"}},
		"disk_format": {Enum: []string{"raw", "gpt"}},
	}}}
	for _, c := range []struct {
		rules     Rules
		attribute string
		want      string
	}{
		{Rules{}, "visibility", "private shared community public"},
		{r, "visibility", "private public cosmic"},
		{Rules{}, "disk_format", "ami ari aki vhd vhdx vmdk raw qcow2 vdi iso ploop"},
		{r, "disk_format", "raw gpt"},
		{r, "status", "queued uploading saving importing active deactivated pending_delete deleted killed"},
		{Rules{}, "cinder_encryption_key_deletion_policy", "on_image_deletion do_not_delete"},
		{Rules{}, "name", ""},
		{Rules{}, "colour", ""},
	} {
		if got := strings.Join(c.rules.Choices(c.attribute), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.attribute, got, c.want)
		}
	}
	given := Rules{}.Choices("disk_format")
	given[0] = "changed"
	if slices.Contains(DefaultSchema().Attributes["disk_format"].Enum, "changed") {
		t.Error("the schema changed with the answer")
	}
}

func TestAttributesAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range Attributes() {
		if seen[a.Name] {
			t.Errorf("%s stands twice", a.Name)
		}
		seen[a.Name] = true
		if a.Label == "" || a.Group == "" || !strings.HasSuffix(a.Help, ".") {
			t.Errorf("%s is not described: %+v", a.Name, a)
		}
		found, ok := AttributeNamed(a.Name)
		if !ok || found != a {
			t.Errorf("%s is not found by its name", a.Name)
		}
		settable := a.Settable()
		inParts := a.Kind == KindLocations || a.Kind == KindProperties
		if settable == (a.ByServer || inParts) {
			t.Errorf("%s: settable %t", a.Name, settable)
		}
	}
}

func TestReleaseNamed(t *testing.T) {
	for name, want := range map[string]Release{"": ReleaseCurrent, "current": ReleaseCurrent, "2015": Release2015} {
		got, err := ReleaseNamed(name)
		if err != nil || got != want {
			t.Errorf("%q is %q, %v", name, got, err)
		}
		if again, err := ReleaseNamed(got.String()); err != nil || again != want {
			t.Errorf("%q is not a name for %q", got.String(), want)
		}
	}
	if _, err := ReleaseNamed("2016"); err == nil || !strings.Contains(err.Error(), "2015") {
		t.Errorf("says %v", err)
	}
}

func TestHoldsData(t *testing.T) {
	for url, want := range map[string]bool{
		"http://a": false, "https://a": false, "file:///a": true, "rbd://pool/a": true, "swift+https://a": true, "cinder://a/b": true, "odd": true,
	} {
		if got := (Location{URL: url}).HoldsData(); got != want {
			t.Errorf("%s: %t", url, got)
		}
	}
}
