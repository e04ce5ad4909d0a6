package demo_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

func urls(i model.Image) []string {
	list := []string{}
	for _, l := range i.Locations {
		list = append(list, l.URL)
	}
	return list
}

// The story of the README: find the queued image, add a tag, rename it, add a
// location, see it become active.
func TestTheQueuedFedoraBecomesActive(t *testing.T) {
	a := open(t, demo.Options{}).admin()
	queued := a.list("status=queued")
	var fedora model.Image
	for _, i := range queued.Images {
		if i.Name == model.Some("Fedora 17") {
			fedora = i
		}
	}
	if fedora.ID != demo.FedoraID || len(fedora.Locations) != 0 || !fedora.LocationsShown {
		t.Fatalf("no Fedora 17 among the queued images: %q", queued.names())
	}
	wanted := fedora.Clone()
	wanted.Name = model.Some("Fedora 17 Server")
	wanted.Tags = append(wanted.Tags, "lts")
	wanted.Locations = []model.Location{{URL: "http://mirror.example.org/f17.qcow2", Metadata: map[string]any{}}}
	patch := patch.Patch{
		{Op: patch.OpReplace, Path: "/name", Value: "Fedora 17 Server"},
		{Op: patch.OpReplace, Path: "/tags", Value: wanted.Tags},
		{Op: patch.OpAdd, Path: "/locations/-", Value: wanted.Locations[0]},
	}
	got := a.patch(fedora.ID, string(patch.JSON())).want(http.StatusOK).image()
	if got.Status != model.StatusActive || got.Name != wanted.Name || got.Size != model.Some(int64(17<<10)) {
		t.Errorf("after the patch: %s %q %v", got.Status, got.Name.Value, got.Size)
	}
	if got.Locations[0].Metadata["store"] != "web" || string(got.Extra["direct_url"]) != `"http://mirror.example.org/f17.qcow2"` {
		t.Errorf("locations %v, direct_url %s", got.Locations, got.Extra["direct_url"])
	}
	if !got.UpdatedAt.After(fedora.UpdatedAt) || got.UpdatedAt.Nanosecond() != 0 {
		t.Errorf("updated_at %v, was %v", got.UpdatedAt, fedora.UpdatedAt)
	}
	if again := a.show(fedora.ID); again.Status != model.StatusActive {
		t.Errorf("the next GET shows %s", again.Status)
	}
}

func TestPatchAnswers(t *testing.T) {
	a := open(t, demo.Options{Empty: true, Mirrors: []string{"files"}})
	admin := a.admin()
	id := admin.ready("one")
	active := admin.ready("two")
	admin.upload(active, "data").want(204)
	const v20, v21 = patch.MediaTypeV20, patch.MediaTypeV21
	for _, c := range []struct {
		id, mediaType, body string
		code                int
		says                string
	}{
		{"nosuch", v21, `[]`, 404, "No image found"},
		{"nosuch", v21, `[{"op":"x"}]`, 400, "Invalid operation"},
		{id, v21, `[]`, 200, ""},
		{id, v21 + "; charset=utf-8", `[]`, 200, ""},
		{id, v20, `[{"replace":"/name","value":"older"}]`, 200, ""},
		{id, v20, `[{"add":"/name","value":"x"}]`, 409, "already present"},
		{id, "application/json", `[]`, 415, "application/json is not supported"},
		{id, "application/json-patch+json", `[]`, 415, ""},
		{id, "", `[]`, 415, ""},
		{id, v21, ``, 400, "Body expected"},
		{id, v21, `{}`, 400, "JSON array"},
		{id, v21, `[{"op":"test","path":"/name","value":"one"}]`, 400, "Invalid operation"},
		{id, v21, `[{"op":"add","path":5,"value":"x"}]`, 500, ""},
		{id, v21, `[{"op":"remove","path":"/name"}]`, 403, "may not be removed"},
		{id, v21, `[{"op":"replace","path":"/nosuch","value":"x"}]`, 409, "does not exist"},
		{id, v21, `[{"op":"add","path":"/id","value":"x"}]`, 403, "read-only"},
		{id, v21, `[{"op":"add","path":"/os_glance_x","value":"x"}]`, 403, "reserved"},
		{id, v21, `[{"op":"add","path":"/tags/-","value":"x"}]`, 400, "Invalid JSON pointer"},
		{id, v21, `[{"op":"replace","path":"/locations","value":[]}]`, 403, "Cannot set locations to empty list."},
		{id, v21, `[{"op":"remove","path":"/locations/0"}]`, 409, "image status is queued"},
		{active, v21, `[{"op":"remove","path":"/locations/0"}]`, 403, "Cannot remove last location"},
		{active, v21, `[{"op":"replace","path":"/disk_format","value":"raw"}]`, 403, "queued image"},
		{active, v21, `[{"op":"replace","path":"/locations","value":[{"url":"http://files/f1.raw","metadata":{}}]}]`, 400, "Original locations is not empty"},
		{active, v21, `[{"op":"add","path":"/locations/-","value":{"url":"http://files/f1.raw","metadata":{"n":5}}}]`, 500, ""},
	} {
		headers := []string{"Content-Type", c.mediaType}
		if c.mediaType == "" {
			headers = nil
		}
		got := admin.send("PATCH", "/v2/images/"+c.id, c.body, headers...).want(c.code)
		if c.says != "" {
			got.says(c.says)
		}
		if c.code == 415 && got.header.Get("Accept-Patch") != v20+", "+v21 {
			t.Errorf("Accept-Patch %q", got.header.Get("Accept-Patch"))
		}
	}
}

// A server with only version 2.0's form says so in the header, and takes it.
func TestOldMedia(t *testing.T) {
	a := open(t, demo.Options{Empty: true, OldMedia: true})
	path := "/v2/images/" + a.ready("one")
	for _, refused := range []string{patch.MediaTypeV21, "application/json"} {
		got := a.send("PATCH", path, `[{"replace":"/name","value":"x"}]`, "Content-Type", refused).want(415)
		got.says(refused + " is not supported")
		if got.header.Get("Accept-Patch") != patch.MediaTypeV20 {
			t.Errorf("Accept-Patch %q", got.header.Get("Accept-Patch"))
		}
	}
	a.send("PATCH", path, `[{"replace":"/name","value":"older"}]`, "Content-Type", patch.MediaTypeV20+"; charset=utf-8").want(200)
}

func TestNewLocationsAreLookedAt(t *testing.T) {
	a := open(t, demo.Options{Empty: true, Mirrors: []string{"10.1.2.3:8080"}})
	id := a.ready("one")
	add := func(url string) answer {
		return a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"`+url+`","metadata":{}}}]`)
	}
	for url, says := range map[string]string{
		"":                                "Invalid location",
		"nourl":                           "Invalid location",
		"HTTP://mirror/f1.raw":            "Invalid location",
		"ftp://mirror/f1.raw":             "Invalid location",
		"file:///etc/passwd":              "Invalid location",
		"swift+config://x":                "Invalid location",
		"http://mirror/f0.raw":            "Invalid location", // nothing in it
		"http://mirror/nosuch.raw":        "Invalid location",
		"http://mirror/missing/x.raw":     "Invalid location",
		"http://":                         "The Store URI was malformed.",
		"http://127.0.0.1/f1.raw":         "The Store URI was malformed.",
		"http://localhost/f1.raw":         "The Store URI was malformed.",
		"http://169.254.169.254/latest":   "The Store URI was malformed.",
		"http://10.1.2.3/f1.raw":          "The Store URI was malformed.",
		"http://mirror:8080/f1.raw":       "The Store URI was malformed.",
		"http://unknown.invalid/f1.raw":   "The Store URI was malformed.",
		"http://notexample.org.evil/f1.r": "The Store URI was malformed.",
	} {
		add(url).want(400).says(says)
	}
	if got := a.show(id); got.Status != model.StatusQueued || len(got.Locations) != 0 {
		t.Fatalf("after refusals: %+v", got)
	}
	for _, url := range []string{
		"http://mirror/f1.raw", "https://a.b.example/x", "https://mirror.example.org:443/x.img?a=b&c=d#e",
		"http://user:secret@mirror/f2.raw", "http://10.1.2.3:8080/f1.raw",
		"https://cloud-images.ubuntu.com/noble/current/noble-server-cloudimg-amd64.img",
	} {
		add(url).want(200)
	}
	add("http://mirror/f1.raw").want(400).says("already exists")
	if got := a.show(id); got.Size != model.Some(int64(1024)) || len(got.Locations) != 6 {
		t.Errorf("%v %v", got.Size, urls(got))
	}
	one := open(t, demo.Options{Empty: true, OneStore: true})
	id = one.ready("one")
	got := one.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f1.raw","metadata":{"store":"mine"}}}]`).want(200).image()
	if got.Locations[0].Metadata["store"] != "mine" || got.Extra["stores"] != nil {
		t.Errorf("a server with one store: %v %s", got.Locations, got.Extra["stores"])
	}
}

func TestALocationAddedAtAnIndexIsStoredLast(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	id := a.ready("one")
	a.upload(id, "data").want(204)
	file := a.show(id).Locations[0].URL
	got := a.patch(id, `[{"op":"add","path":"/locations/0","value":{"url":"http://mirror/f1.raw","metadata":{}}}]`).want(200).image()
	wantStrings(t, "the answer", urls(got), []string{"http://mirror/f1.raw", file})
	wantStrings(t, "the next GET", urls(a.show(id)), []string{file, "http://mirror/f1.raw"})
	if stores := string(a.show(id).Extra["stores"]); stores != `"local,web"` {
		t.Errorf("stores %s", stores)
	}
}

func TestDataOfARemovedLocationIsGoneThoughThePatchFails(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	id := a.ready("one")
	a.upload(id, "data").want(204)
	a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f1.raw","metadata":{}}}]`).want(200)
	a.patch(id, `[{"op":"replace","path":"/name","value":"lost"},{"op":"remove","path":"/locations/0"},{"op":"remove","path":"/nosuch"}]`).want(409)
	got := a.show(id)
	wantStrings(t, "what is left", urls(got), []string{"http://mirror/f1.raw"})
	if got.Name != model.Some("one") || got.Status != model.StatusActive || got.Size != model.Some(int64(4)) || !got.Checksum.Set {
		t.Errorf("%+v", got)
	}
	// A location on the web is only forgotten, and not when the patch fails.
	a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f2.raw","metadata":{}}}]`).want(200)
	a.patch(id, `[{"op":"remove","path":"/locations/0"},{"op":"remove","path":"/nosuch"}]`).want(409)
	wantStrings(t, "the web's", urls(a.show(id)), []string{"http://mirror/f1.raw", "http://mirror/f2.raw"})
	// Even the last one: an active image without any location.
	id = a.ready("two")
	a.upload(id, "data").want(204)
	a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f1.raw","metadata":{}}},`+
		`{"op":"remove","path":"/locations/0"},{"op":"replace","path":"/locations","value":[]}]`).want(403)
	if got := a.show(id); got.Status != model.StatusActive || len(got.Locations) != 0 {
		t.Errorf("%s with %q", got.Status, urls(got))
	}
	a.get("/v2/images/" + id + "/file").want(204)
}

func TestHiddenLocations(t *testing.T) {
	a := open(t, demo.Options{Empty: true, HideLocations: true})
	id := a.ready("one")
	a.upload(id, "data").want(204)
	got := a.show(id)
	if got.LocationsShown || got.Extra["direct_url"] != nil || string(got.Extra["stores"]) != `"local"` {
		t.Errorf("%+v", got)
	}
	a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f1.raw","metadata":{}}}]`).want(403).says("invisible")
	a.patch(id, `[{"op":"remove","path":"/locations/0"}]`).want(403)
	a.patch(id, `[{"op":"replace","path":"/name","value":"x"}]`).want(200)
	if data := a.get("/v2/images/" + id + "/file").want(200); string(data.body) != "data" {
		t.Errorf("a change of the name lost the data: %q", data.body)
	}
}

func TestA2015ServerLetsAllLocationsGo(t *testing.T) {
	a := open(t, demo.Options{Empty: true, Release: api.Release2015})
	id := a.ready("one")
	a.upload(id, "data").want(204)
	got := a.patch(id, `[{"op":"replace","path":"/locations","value":[]}]`).want(200).image()
	if got.Status != model.StatusQueued || len(got.Locations) != 0 || got.Size.Set {
		t.Errorf("%s %q %v", got.Status, urls(got), got.Size)
	}
	a.get("/v2/images/" + id + "/file").want(204)
	a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f1.raw","metadata":{}}}]`).want(200)
	if s := a.show(id).Status; s != model.StatusActive {
		t.Errorf("with a location again: %s", s)
	}
}

func TestUpdatedAtMovesWithEveryChange(t *testing.T) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Empty: true, Now: clock.Now})
	id := a.ready("one")
	last := a.show(id).UpdatedAt
	for _, c := range []struct {
		what  string
		do    func() answer
		moves bool
	}{
		{"an empty patch", func() answer { return a.patch(id, `[]`) }, false},
		{"a patch that changes no value", func() answer { return a.patch(id, `[{"op":"replace","path":"/name","value":"one"}]`) }, true},
		{"a refused patch", func() answer { return a.patch(id, `[{"op":"remove","path":"/nosuch"}]`) }, false},
		{"a tag", func() answer { return a.put("/v2/images/"+id+"/tags/x", "") }, true},
		{"a member", func() answer { return a.post("/v2/images/"+id+"/members", `{"member":"x"}`) }, false},
		{"an upload", func() answer { return a.upload(id, "data") }, true},
		{"deactivation", func() answer { return a.post("/v2/images/"+id+"/actions/deactivate", "") }, true},
		{"deactivation again", func() answer { return a.post("/v2/images/"+id+"/actions/deactivate", "") }, false},
	} {
		clock.Advance(time.Second)
		c.do()
		now := a.show(id).UpdatedAt
		if moved := now.After(last); moved != c.moves {
			t.Errorf("%s: updated_at moved: %v", c.what, moved)
		}
		last = now
	}
}

// Whoever writes last wins the whole image, as measured.
func TestASlowPatchOverwritesWhatOthersChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := open(t, demo.Options{Empty: true})
		id := a.ready("one")
		var held sync.WaitGroup
		held.Go(func() {
			a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/wait/1/f1.raw","metadata":{}}}]`).want(200)
		})
		time.Sleep(300 * time.Millisecond)
		begin := time.Now()
		a.patch(id, `[{"op":"replace","path":"/name","value":"two"},{"op":"add","path":"/p","value":"q"}]`).want(200)
		a.put("/v2/images/"+id+"/tags/x", "").want(204)
		if took := time.Since(begin); took > 0 {
			t.Errorf("one slow request held others up for %v", took)
		}
		if got := a.show(id); got.Name != model.Some("two") {
			t.Errorf("between: %q", got.Name.Value)
		}
		held.Wait()
		got := a.show(id)
		if got.Name != model.Some("one") || len(got.Properties) != 0 || len(got.Tags) != 0 || got.Status != model.StatusActive {
			t.Errorf("afterwards: %q %v %v %s", got.Name.Value, got.Properties, got.Tags, got.Status)
		}
	})
}

func TestASlowPatchDoesNotBringADeletedImageBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := open(t, demo.Options{Empty: true})
		id := a.ready("one")
		var held sync.WaitGroup
		held.Go(func() {
			got := a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/wait/1/f1.raw","metadata":{}}}]`)
			if got.want(200).image().Status != model.StatusActive {
				t.Error("the held patch does not answer with an active image")
			}
		})
		time.Sleep(300 * time.Millisecond)
		a.delete("/v2/images/" + id).want(204)
		held.Wait()
		a.get("/v2/images/" + id).want(404)
	})
}

func TestQuotas(t *testing.T) {
	a := open(t, demo.Options{Empty: true, Limits: rules.Limits{Tags: 2, Properties: 2, Locations: 2}})
	id := a.ready("one")
	a.patch(id, `[{"op":"replace","path":"/tags","value":["a","b","c"]}]`).want(413)
	a.patch(id, `[{"op":"add","path":"/a","value":"1"},{"op":"add","path":"/b","value":"1"}]`).want(200)
	a.patch(id, `[{"op":"add","path":"/c","value":"1"}]`).want(413)
	a.patch(id, `[{"op":"add","path":"/c","value":"1"},{"op":"remove","path":"/a"}]`).want(200)
	var list []string
	for _, n := range []string{"1", "2", "3"} {
		list = append(list, `{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f`+n+`.raw","metadata":{}}}`)
	}
	a.patch(id, "["+strings.Join(list, ",")+"]").want(413)
	a.patch(id, "["+strings.Join(list[:2], ",")+"]").want(200)
}
