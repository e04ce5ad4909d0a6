package model_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// ordinary is an image as there are many, and a usual edit of it.
func ordinary() (before, after model.Image) {
	before = model.Image{
		ID: "da3b75d9-3f4a-40e7-8a2c-bfab23927dea", Name: model.Some("ubuntu-24.04"), Status: model.StatusActive,
		Visibility: model.Private, Owner: model.Some("5ef70662f8b34079a6eddb8da9d75fe8"),
		DiskFormat: model.Some("qcow2"), ContainerFormat: model.Some("bare"), Size: model.Some[int64](2254249),
		Tags: []string{"lts", "ubuntu"}, LocationsShown: true,
		Locations:  []model.Location{{URL: "http://mirror/u.qcow2", Metadata: map[string]any{"store": "web"}}},
		Properties: map[string]model.Opt[string]{},
		Extra:      map[string]json.RawMessage{"self": json.RawMessage(`"/v2/images/da3b"`), "file": json.RawMessage(`"/v2/images/da3b/file"`)},
	}
	for _, name := range []string{"os_distro", "os_version", "hw_disk_bus", "hw_vif_model", "architecture"} {
		before.Properties[name] = model.Some("value of " + name)
	}
	after = before.Clone()
	after.Name = model.Some("ubuntu-24.04-server")
	after.Tags = []string{"lts", "server", "ubuntu"}
	after.Properties["os_version"] = model.Some("24.04")
	return before, after
}

// largest is an image at all its quotas, of which everything changes.
func largest() (before, after model.Image) {
	before, _ = ordinary()
	before.Tags, before.Locations = nil, nil
	for n := range 128 {
		before.Tags = append(before.Tags, fmt.Sprintf("tag-%03d", n))
		if n < 128-len(before.Properties) {
			before.Properties[fmt.Sprintf("property-%03d", n)] = model.Some("x")
		}
		if n < 10 {
			before.Locations = append(before.Locations, model.Location{URL: fmt.Sprintf("http://mirror/%d", n), Metadata: map[string]any{"n": "x"}})
		}
	}
	for len(before.Properties) < 128 {
		before.Properties[fmt.Sprintf("more-%03d", len(before.Properties))] = model.Some("x")
	}
	after = before.Clone()
	after.Name = model.Some("other")
	for n := range after.Tags {
		after.Tags[n] += "x"
	}
	for name := range after.Properties {
		after.Properties[name] = model.Some("y")
	}
	for n := range after.Locations {
		after.Locations[n].URL += "x"
	}
	return before, after
}

func BenchmarkDiff(b *testing.B) {
	for name, images := range map[string]func() (before, after model.Image){"ordinary": ordinary, "largest": largest} {
		b.Run(name, func(b *testing.B) {
			before, after := images()
			b.ReportAllocs()
			for b.Loop() {
				if p, err := rules.Diff(before, after); err != nil || len(p) < 3 {
					b.Fatal(len(p), err)
				}
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	before, after := ordinary()
	b.ReportAllocs()
	for b.Loop() {
		if faults := (rules.Rules{}).Check(before, after); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}

func BenchmarkApply(b *testing.B) {
	before, after := ordinary()
	p, err := rules.Diff(before, after)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (rules.Rules{}).Apply(before, p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMerge(b *testing.B) {
	base, mine := ordinary()
	theirs := base.Clone()
	theirs.Tags, theirs.MinRAM = append(theirs.Tags, "theirs"), 512
	theirs.Properties["os_type"] = model.Some("linux")
	b.ReportAllocs()
	for b.Loop() {
		if merged, conflicts := merge.Merge(base, mine, theirs); len(conflicts) > 0 || merged.MinRAM != 512 {
			b.Fatal(conflicts)
		}
	}
}

func BenchmarkPredict(b *testing.B) {
	before, after := ordinary()
	p, err := rules.Diff(before, after)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if s := (rules.Rules{}).Predict(before, p); s != model.StatusActive {
			b.Fatal(s)
		}
	}
}

func BenchmarkParsePatch(b *testing.B) {
	before, after := largest()
	p, err := rules.Diff(before, after)
	if err != nil {
		b.Fatal(err)
	}
	text := p.JSON()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if got, err := rules.ParsePatch(patch.MediaTypeV21, text); err != nil || len(got) != len(p) {
			b.Fatal(len(got), err)
		}
	}
}

func BenchmarkPatchJSON(b *testing.B) {
	before, after := largest()
	p, err := rules.Diff(before, after)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if len(p.JSON()) == 0 || len(p.Pretty()) == 0 {
			b.Fatal("empty")
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	image, _ := ordinary()
	text, err := json.Marshal(image)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		var i model.Image
		if err := i.UnmarshalShown(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	image, _ := ordinary()
	var text []byte
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if text, err = image.AppendJSON(text[:0]); err != nil {
			b.Fatal(err)
		}
	}
}
