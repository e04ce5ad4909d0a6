package packed_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/filter"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/packed"
)

// served is an image as a server with all that there is would show it.
func served(n int) model.Image {
	id := fmt.Sprintf("%08x-3f4a-40e7-8a2c-bfab23927dea", n)
	var img model.Image
	if err := img.UnmarshalShown(fmt.Appendf(nil, `{
		"id": %q, "name": "Ubuntu 24.04 %d", "status": "active", "visibility": "public", "owner": "5ef70662f8b34079a6eddb8da9d75fe8",
		"protected": true, "os_hidden": false, "min_disk": 20, "min_ram": 2048, "disk_format": "qcow2", "container_format": "bare",
		"size": %d, "virtual_size": 42949672960, "checksum": "%032x", "os_hash_algo": "sha512", "os_hash_value": "%0128x",
		"created_at": "2026-01-02T03:04:05Z", "updated_at": "2026-02-03T04:05:06Z", "tags": ["LTS", "ubuntu"],
		"locations": [{"url": "file:///var/lib/glance/images/%s", "metadata": {"store": "local", "weight": 10}}],
		"direct_url": "file:///var/lib/glance/images/%s", "self": "/v2/images/%s", "file": "/v2/images/%s/file", "schema": "/v2/schemas/image",
		"stores": "local", "os_glance_failed_import": "", "os_distro": "ubuntu", "os_version": "24.04", "hw_disk_bus": "virtio",
		"instance_uuid": "%08x-0000-4000-8000-000000000000", "kernel_id": null, "odd": 5
	}`, id, n, 2254249+n, n, n, id, id, id, id, n)); err != nil {
		panic(err)
	}
	return img
}

func equal(t *testing.T, what string, got, want model.Image) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %#v\nwant %#v", what, got, want)
	}
}

// odd are images that no server shows, but that tests and hostile servers may.
func odd() []model.Image {
	local := time.Date(2026, 1, 2, 3, 4, 5, 6, time.FixedZone("", 3600))
	return []model.Image{
		{},
		{ID: "x", Name: model.Some(""), Tags: []string{}, Locations: []model.Location{}, Properties: map[string]model.Opt[string]{}, Extra: map[string]json.RawMessage{}},
		{ID: "x", Size: model.Some[int64](-1), VirtualSize: model.Some[int64](-1 << 63), MinDisk: -1, MinRAM: 1<<63 - 1},
		{ID: "local time", CreatedAt: local, UpdatedAt: time.Unix(0, 1).UTC()},
		{ID: "1970", CreatedAt: time.Unix(0, 0).UTC(), UpdatedAt: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)},
		{ID: "numbers", Locations: []model.Location{{URL: "u", Metadata: map[string]any{"n": 5}}, {URL: "v"}}},
		{ID: "broken text", Locations: []model.Location{{URL: "\xff", Metadata: map[string]any{"n": "\xff"}}}, Name: model.Some("\xffA")},
		{ID: "nil within", Locations: []model.Location{{Metadata: map[string]any{"n": nil}}}, Extra: map[string]json.RawMessage{"x": nil}},
		{ID: "withheld", LocationsWithheld: true},
		{ID: "withheld, as last shown", LocationsShown: true, LocationsWithheld: true, Locations: []model.Location{{URL: "u"}}},
		{ID: "unread", LocationsShown: true, Locations: []model.Location{{URL: "u"}}, Checksum: model.Some("c"), Unread: map[string]json.RawMessage{"protected": json.RawMessage(`"True"`), "min_ram": json.RawMessage(`1e400`)}},
		{ID: "unread, too", Properties: map[string]model.Opt[string]{"p": model.Some("v")}, Extra: map[string]json.RawMessage{"self": json.RawMessage(`"s"`)}, Unread: map[string]json.RawMessage{"locations": json.RawMessage(`{"a":[]}`), "name": json.RawMessage(`5`)}},
		{ID: "tags", Tags: []string{"", "a,b", "A\x00B", "日本"}},
		{ID: "12345678", Properties: map[string]model.Opt[string]{"": model.Some(""), "id": model.Some("12345678-12345678"), "hex": model.Some("DEADbeefDEADbeef"), "low": model.Some("deadbeefdeadbeef"), "none": model.Null[string]()}},
		{ID: strings.Repeat("long", 1000), Name: model.Some(strings.Repeat("名", 1000)), Properties: map[string]model.Opt[string]{"big": model.Some(strings.Repeat("x", 1<<20))}},
	}
}

func TestWhatGoesInComesOut(t *testing.T) {
	s := packed.New()
	var all []model.Image
	g := modeltest.New(1)
	for n := range 3000 { // more than a chunk, and texts that come again
		all = append(all, g.Image(), served(n))
	}
	all = append(all, odd()...)
	for n := range all {
		all[n].ID = fmt.Sprint(all[n].ID, "/", n) // each its own
	}
	for n, img := range all {
		if _, known := s.Find(img.ID); known {
			t.Fatalf("image %d is there already", n)
		}
		if at := s.Add(img); int(at) != n {
			t.Fatalf("image %d is at %d", n, at)
		}
	}
	if s.Len() != len(all) {
		t.Errorf("%d of %d", s.Len(), len(all))
	}
	for n, want := range all {
		at, known := s.Find(want.ID)
		if !known || int(at) != n {
			t.Fatalf("image %d is found at %d, %v", n, at, known)
		}
		equal(t, fmt.Sprint("image ", n), s.Image(at), want)
	}
	later := func(n int) model.Image {
		img := all[len(all)-1-n]
		img.ID = all[n].ID
		return img
	}
	for n := range all {
		s.Set(int32(n), later(n))
	}
	for n := range all {
		equal(t, fmt.Sprint("place ", n), s.Image(int32(n)), later(n))
		if at, known := s.Find(all[n].ID); !known || int(at) != n {
			t.Fatalf("image %d is found at %d, %v", n, at, known)
		}
	}
}

func TestWhatComesOutIsACopy(t *testing.T) {
	s := packed.New()
	for _, img := range append(odd(), served(1)) {
		want := img.Clone()
		at := s.Add(img)
		for range 2 {
			got := s.Image(at)
			for n := range got.Tags {
				got.Tags[n] = "changed"
			}
			for n := range got.Locations {
				got.Locations[n].URL = "changed"
				if got.Locations[n].Metadata != nil {
					got.Locations[n].Metadata["new"] = "changed"
				}
			}
			if got.Properties != nil {
				got.Properties["new"] = model.Some("changed")
			}
			for name := range got.Extra {
				if len(got.Extra[name]) > 0 {
					got.Extra[name][0] = '!'
				}
			}
		}
		equal(t, want.ID, s.Image(at), want)
	}
}

// Rows, sorting and filters see in the open part, and in what Fill adds, what
// the whole image says.
func TestPartsAgreeWithTheWhole(t *testing.T) {
	s := packed.New()
	g := modeltest.New(2)
	all := odd()
	for n := range 300 {
		all = append(all, g.Image(), served(n))
	}
	for _, img := range all {
		s.Add(img)
	}
	names := []string{"os_distro", "instance_uuid", "kernel_id", "stores", "odd", "self", "nowhere", "hex", ""}
	var into model.Image
	for n, img := range all {
		at := int32(n)
		if s.ID(at) != img.ID || s.Name(at) != img.Name.Value || s.LowerName(at) != strings.ToLower(img.Name.Value) ||
			s.Status(at) != img.Status || s.Visibility(at) != img.Visibility || s.Owner(at) != img.Owner.Value ||
			s.Size(at) != img.Size.Or(-1) || (s.Created(at) == img.CreatedAt.Unix()) == img.CreatedAt.IsZero() {
			t.Errorf("the open part of %v", img.ID)
		}
		s.Fill(at, &into, s.Part(filter.Reads{Properties: names, Locations: true, Attributes: n%2 == 0}))
		head, whole := into, img
		if into.LocationsShown != img.LocationsShown || !reflect.DeepEqual(into.Unread, img.Unread) {
			t.Errorf("%v: unknown are %s, shown %v", img.ID, into.Unread, into.LocationsShown)
		}
		for _, name := range names {
			value, has := img.Properties[name]
			raw, hasExtra := img.Extra[name]
			got, hasGot := into.Properties[name]
			gotRaw, hasGotRaw := into.Extra[name]
			if has != hasGot || value != got || hasExtra != hasGotRaw || string(raw) != string(gotRaw) {
				t.Errorf("%v: %s is %v %q, not %v %q", img.ID, name, got, gotRaw, value, raw)
			}
		}
		if !slices.EqualFunc(into.Locations, img.Locations, func(a, b model.Location) bool { return a.URL == b.URL }) {
			t.Errorf("%v: locations %v", img.ID, into.Locations)
		}
		if n%2 == 1 {
			s.Fill(at, &head, packed.Part{})
		}
		for _, i := range []*model.Image{&head, &whole} {
			i.Properties, i.Extra, i.Locations, i.VirtualSize = nil, nil, nil, model.Null[int64]()
			i.Checksum, i.HashAlgo, i.HashValue = model.Null[string](), model.Null[string](), model.Null[string]()
		}
		equal(t, "head of "+img.ID, head, whole)
	}
}

// bytesAnImage is what an image may take: what the memory of a list of 100,000
// hangs on.
const bytesAnImage = 480

func TestLittleMemory(t *testing.T) {
	const n = 20_000
	before := modeltest.Heap()
	s := packed.New()
	for i := range n {
		s.Add(served(i))
	}
	each := (modeltest.Heap() - before) / n
	t.Logf("%d bytes an image", each)
	if each > bytesAnImage {
		t.Errorf("an image takes %d bytes, more than %d", each, bytesAnImage)
	}
	runtime.KeepAlive(s)
}

func TestGoingOverAllMakesNothing(t *testing.T) {
	s := packed.New()
	for n := range 100 {
		s.Add(served(n))
	}
	var into model.Image
	for _, part := range []packed.Part{{}, s.Part(filter.Reads{Properties: []string{"os_distro", "instance_uuid"}}), s.Part(filter.Reads{Locations: true})} {
		if n := testing.AllocsPerRun(10, func() {
			for at := range int32(s.Len()) {
				s.Fill(at, &into, part)
			}
		}); n > 0 {
			t.Errorf("%+v: %v allocations", part, n)
		}
	}
}

func FuzzImage(f *testing.F) {
	for n := range 2 {
		text, _ := served(n).MarshalJSON()
		f.Add(text)
	}
	f.Add([]byte(`{"id":"aaaaaaaa","a":"aaaaaaaaaaaaaaaa","name":"aaaaaaaa","tags":null,"locations":[{"url":"aaaaaaaa","metadata":{"a":[1e3,null,{"b":""}]}}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var img model.Image
		if img.UnmarshalShown(text) != nil {
			return
		}
		s := packed.New()
		at := s.Add(img)
		for range 3 { // the second time some texts are shared ones
			equal(t, "image", s.Image(at), img)
			s.Set(at, img)
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	images := make([]model.Image, 1000)
	for n := range images {
		images[n] = served(n)
	}
	s := packed.New()
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		if n%100_000 == 0 {
			s = packed.New()
		}
		s.Add(images[n%1000])
	}
}

func BenchmarkImage(b *testing.B) {
	s := packed.New()
	at := s.Add(served(1))
	b.ReportAllocs()
	for b.Loop() {
		_ = s.Image(at)
	}
}

func BenchmarkFill(b *testing.B) {
	s := packed.New()
	for n := range 1000 {
		s.Add(served(n))
	}
	for name, part := range map[string]packed.Part{
		"head": {}, "property": s.Part(filter.Reads{Properties: []string{"os_distro"}}), "locations": s.Part(filter.Reads{Locations: true}),
	} {
		b.Run(name, func(b *testing.B) {
			var into model.Image
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				s.Fill(int32(n%1000), &into, part)
			}
		})
	}
}

// TestEveryAttributeIsPacked: what the table has comes out again, and a filter finds
// it in what is filled in for that filter.
func TestEveryAttributeIsPacked(t *testing.T) {
	for _, a := range model.Attributes() {
		s := packed.New()
		img := model.Image{ID: "x"}
		modeltest.SetValue(a, &img)
		at := s.Add(img)
		equal(t, a.Name, s.Image(at), img)
		key, _, _ := strings.Cut(a.Filter.Form, ":")
		term := "!" + key + `:""`
		switch v := a.Field(&img).(type) {
		case *bool:
			term = key + ":yes"
		case *int64:
			term = key + ":7"
		case *time.Time:
			term = key + ":2026-01-02"
		case *string:
			term = key + ":" + *v
		case *map[string]model.Opt[string]:
			term = key + ":p=value"
		}
		if key == "" {
			continue
		}
		f, err := filter.Parse(term, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		var into model.Image
		s.Fill(at, &into, s.Part(f.Reads()))
		if !f.Match(&img, api.Session{}) || !f.Match(&into, api.Session{}) {
			t.Errorf("%s: %s finds it not in %+v", a.Name, term, into)
		}
	}
}
