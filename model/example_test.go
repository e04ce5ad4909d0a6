package model_test

import (
	"encoding/json"
	"fmt"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// The image of the examples, as GET /v2/images/{id} shows it.
const document = `{"id": "da3b75d9-3f4a-40e7-8a2c-bfab23927dea", "name": "Fedora 17", "status": "queued",
	"visibility": "private", "tags": ["beefy", "fedora"], "disk_format": null, "container_format": "bare",
	"locations": [], "os_distro": "fedora"}`

func ExampleDiff() {
	var before model.Image
	if err := json.Unmarshal([]byte(document), &before); err != nil {
		panic(err)
	}
	after := before.Clone()
	after.Name = model.Some("Fedora 17 Server")
	after.Tags = append(after.Tags, "lts")
	after.DiskFormat = model.Some("qcow2")
	after.Locations = []model.Location{{URL: "http://mirror/f17.qcow2"}}

	patch, err := rules.Diff(before, after)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s\n", patch.Pretty())
	// Output:
	// [
	//   {"op": "replace", "path": "/disk_format", "value": "qcow2"},
	//   {"op": "replace", "path": "/name", "value": "Fedora 17 Server"},
	//   {"op": "replace", "path": "/tags",
	//    "value": ["beefy", "fedora", "lts"]},
	//   {"op": "add", "path": "/locations/-",
	//    "value": {"url": "http://mirror/f17.qcow2", "metadata": {}}}
	// ]
}

func ExampleDiff_refusal() {
	before := model.Image{Status: model.StatusActive, LocationsShown: true,
		Locations: []model.Location{{URL: "file:///images/da3b75d9"}}}
	after := before.Clone()
	after.Locations = nil

	_, err := rules.Diff(before, after)
	fmt.Println(err)

	patch, err := rules.For(api.Release2015).Diff(before, after)
	fmt.Println(string(patch.JSON()), err)
	// Output:
	// locations: an image keeps at least one location: the server refuses to remove the last (add the new location in the same edit, or delete the image)
	// [{"op":"replace","path":"/locations","value":[]}] <nil>
}

func ExampleRules_Apply() {
	var before model.Image
	if err := json.Unmarshal([]byte(document), &before); err != nil {
		panic(err)
	}
	p, err := rules.ParsePatch(patch.MediaTypeV21, []byte(`[
		{"op": "replace", "path": "/disk_format", "value": "qcow2"},
		{"op": "add", "path": "/locations/-", "value": {"url": "http://mirror/f17.qcow2", "metadata": {}}}
	]`))
	if err != nil {
		panic(err)
	}
	after, err := rules.Rules{}.Apply(before, p)
	fmt.Println(before.Status, "→", after.Status, err)

	_, err = rules.Rules{}.Apply(after, patch.Patch{{Op: patch.OpRemove, Path: "/locations/0"}})
	fmt.Println(err)
	// Output:
	// queued → active <nil>
	// Cannot remove last location in the image.
}
