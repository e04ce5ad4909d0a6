package model_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

// answer is an image as a Glance 25 with two stores shows it.
const answer = `{
 "hw_disk_bus": "virtio", "kernel_id": null, "name": "Fedora 17", "disk_format": "qcow2",
 "container_format": "bare", "visibility": "private", "size": 2254249, "virtual_size": null,
 "status": "active", "checksum": "d41d8cd98f00b204e9800998ecf8427e", "protected": false,
 "min_ram": 512, "min_disk": 2, "owner": "5ef70662f8b34079a6eddb8da9d75fe8", "os_hidden": false,
 "os_hash_algo": "sha512", "os_hash_value": "abc", "id": "da3b75d9-3f4a-40e7-8a2c-bfab23927dea",
 "created_at": "2012-08-10T19:23:50Z", "updated_at": "2012-08-12T11:11:33Z",
 "locations": [{"url": "http://mirror/f17.qcow2?a=1&b=2", "metadata": {"store": "web", "n": 1}}],
 "direct_url": "http://mirror/f17.qcow2", "tags": ["lts", "beefy", "lts"],
 "self": "/v2/images/da3b75d9", "file": "/v2/images/da3b75d9/file", "schema": "/v2/schemas/image",
 "stores": "web", "os_glance_import_task": "", "odd": 5
}`

func TestDecodeReadsEveryAttribute(t *testing.T) {
	got := modeltest.MustImage(t, answer)
	want := model.Image{
		ID: "da3b75d9-3f4a-40e7-8a2c-bfab23927dea", Name: model.Some("Fedora 17"), Status: model.StatusActive,
		Visibility: model.Private, Owner: model.Some("5ef70662f8b34079a6eddb8da9d75fe8"), MinDisk: 2, MinRAM: 512,
		DiskFormat: model.Some("qcow2"), ContainerFormat: model.Some("bare"), Size: model.Some[int64](2254249),
		Checksum: model.Some("d41d8cd98f00b204e9800998ecf8427e"), HashAlgo: model.Some("sha512"), HashValue: model.Some("abc"),
		CreatedAt: got.CreatedAt, UpdatedAt: got.UpdatedAt,
		Tags: []string{"beefy", "lts"}, LocationsShown: true,
		Locations: []model.Location{{URL: "http://mirror/f17.qcow2?a=1&b=2",
			Metadata: map[string]any{"store": "web", "n": json.Number("1")}}},
		Properties: map[string]model.Opt[string]{"hw_disk_bus": model.Some("virtio"), "kernel_id": model.Null[string]()},
		Extra: map[string]json.RawMessage{
			"self": json.RawMessage(`"/v2/images/da3b75d9"`), "file": json.RawMessage(`"/v2/images/da3b75d9/file"`),
			"schema": json.RawMessage(`"/v2/schemas/image"`), "direct_url": json.RawMessage(`"http://mirror/f17.qcow2"`),
			"stores": json.RawMessage(`"web"`), "os_glance_import_task": json.RawMessage(`""`), "odd": json.RawMessage(`5`),
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("decoded\n%+v\nwant\n%+v", got, want)
	}
	if s := model.EncodeTime(got.CreatedAt) + " " + model.EncodeTime(got.UpdatedAt); s != "2012-08-10T19:23:50Z 2012-08-12T11:11:33Z" {
		t.Errorf("times: %s", s)
	}
}

func TestDecodeKeepsTimesBeyondTheYears(t *testing.T) {
	for _, text := range []string{`"9999-12-31T23:59:59-01:00"`, `"0000-01-01T00:00:00+01:00"`} {
		image := modeltest.MustImage(t, `{"updated_at": `+text+`}`)
		if string(image.Unread["updated_at"]) != text {
			t.Errorf("%s was read as %v", text, image.UpdatedAt)
		}
	}
}

func TestDecodeKeepsUnexpectedTypes(t *testing.T) {
	for name, value := range map[string]string{
		"id": `5`, "name": `5`, "status": `null`, "visibility": `[]`, "owner": `{}`, "protected": `"true"`,
		"os_hidden": `null`, "min_disk": `1.5`, "min_ram": `"5"`, "disk_format": `1`, "container_format": `true`,
		"size": `"big"`, "virtual_size": `1e99`, "checksum": `0`, "os_hash_algo": `0`, "os_hash_value": `0`,
		"created_at": `"yesterday"`, "updated_at": `17`, "tags": `"a"`, "locations": `[5]`,
		"stores": `["a"]`, "os_glance_x": `"y"`, "mine": `{"a":1}`,
	} {
		t.Run(name, func(t *testing.T) {
			image := modeltest.MustImage(t, `{"`+name+`": `+value+`}`)
			kept := image.Extra
			if model.IsBase(name) {
				kept = image.Unread
			}
			if string(kept[name]) != value {
				t.Errorf("%q is kept as %s, want %s", name, kept[name], value)
			}
			if len(image.Properties) > 0 || image.LocationsShown {
				t.Errorf("the value was also taken for something else: %+v", image)
			}
			again := modeltest.MustImage(t, string(jsontext.MustEncode(image)))
			if !reflect.DeepEqual(withoutDefaults(again), withoutDefaults(image)) {
				t.Errorf("round trip gave %+v, want %+v", again, image)
			}
		})
	}
}

// withoutDefaults drops the difference between an absent and an empty list of tags.
func withoutDefaults(i model.Image) model.Image {
	if len(i.Tags) == 0 {
		i.Tags = nil
	}
	return i
}

func TestDecodeRefusesWhatIsNoObject(t *testing.T) {
	for _, document := range []string{`null`, `[]`, `"x"`, `5`, `{`, ``} {
		var image model.Image
		if err := json.Unmarshal([]byte(document), &image); err == nil && document != "null" {
			t.Errorf("%q was taken for an image", document)
		}
		if err := image.UnmarshalJSON([]byte(document)); err == nil {
			t.Errorf("%q was taken for an image", document)
		}
	}
}

func TestDecodeForgetsWhatWasThere(t *testing.T) {
	image := modeltest.MustImage(t, answer)
	if err := json.Unmarshal([]byte(`{"id":"1"}`), &image); err != nil {
		t.Fatal(err)
	}
	if image.Name.Set || len(image.Properties) > 0 || image.LocationsShown {
		t.Errorf("left over: %+v", image)
	}
}

func TestHiddenLocationsAreToldFromNone(t *testing.T) {
	if modeltest.MustImage(t, `{}`).LocationsShown {
		t.Error("no locations attribute was read as shown")
	}
	if !modeltest.MustImage(t, `{"locations": []}`).LocationsShown {
		t.Error("an empty list was read as hidden")
	}
}

func TestEncodeIsTheAPIShape(t *testing.T) {
	image := modeltest.MustImage(t, answer)
	text := string(jsontext.MustEncode(image))
	if again := modeltest.MustImage(t, text); !reflect.DeepEqual(again, image) {
		t.Errorf("round trip gave\n%+v\nwant\n%+v", again, image)
	}
	for _, want := range []string{
		`{"id":"da3b75d9-`, `"kernel_id":null`, `"virtual_size":null`, `?a=1&b=2`,
		`"locations":[{"url":"http://mirror/f17.qcow2?a=1&b=2","metadata":{"n":1,"store":"web"}}]`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing in %s", want, text)
		}
	}
}

func TestEncodeOfAnEmptyImage(t *testing.T) {
	const want = `{"id":"","name":null,"status":"","visibility":"","owner":null,"protected":false,"os_hidden":false,` +
		`"min_disk":0,"min_ram":0,"disk_format":null,"container_format":null,"size":null,"virtual_size":null,` +
		`"checksum":null,"os_hash_algo":null,"os_hash_value":null,"tags":[]}`
	if got := string(jsontext.MustEncode(model.Image{})); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func FuzzImageDecode(f *testing.F) {
	f.Add([]byte(answer))
	f.Add([]byte(`{"tags":[null],"locations":[{"url":5}],"min_disk":1e999999999}`))
	f.Add([]byte(`{"locations":[{"url":"x","metadata":{"a":[1,2.0,1e5,{"b":null}]}}],"created_at":"0001-01-01T00:00:00Z"}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		var image model.Image
		if json.Unmarshal(document, &image) != nil {
			return
		}
		text, err := jsontext.Encode(image)
		if err != nil {
			t.Fatalf("decoded but does not encode: %v", err)
		}
		var again model.Image
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatalf("encoded but does not decode: %v", err)
		}
		if twice := jsontext.MustEncode(again); string(twice) != string(text) {
			t.Fatalf("not stable:\n%s\n%s", text, twice)
		}
	})
}
