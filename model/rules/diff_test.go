package rules_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/model/rules/rulestest"
)

// edited is the image after an edit.
func edited(i model.Image, edit func(*model.Image)) model.Image {
	i = i.Clone()
	edit(&i)
	return i
}

func TestDiffSettings(t *testing.T) {
	before := modeltest.QueuedImage(t)
	for _, c := range []struct {
		name string
		edit func(*model.Image)
		want []string
	}{
		{"nothing", func(i *model.Image) {}, nil},
		{"the name", func(i *model.Image) { i.Name = model.Some("<x> & \"y\"") }, []string{`{"op":"replace","path":"/name","value":"<x> & \"y\""}`}},
		{"no name", func(i *model.Image) { i.Name = model.Null[string]() }, []string{`{"op":"replace","path":"/name","value":null}`}},
		{"an empty name", func(i *model.Image) { i.Name = model.Some("") }, []string{`{"op":"replace","path":"/name","value":""}`}},
		{"visibility", func(i *model.Image) { i.Visibility = model.Public }, []string{`{"op":"replace","path":"/visibility","value":"public"}`}},
		{"protected", func(i *model.Image) { i.Protected = true }, []string{`{"op":"replace","path":"/protected","value":true}`}},
		{"hidden", func(i *model.Image) { i.Hidden = true }, []string{`{"op":"replace","path":"/os_hidden","value":true}`}},
		{"minima", func(i *model.Image) { i.MinDisk, i.MinRAM = 5, 2147483647 },
			[]string{`{"op":"replace","path":"/min_disk","value":5}`, `{"op":"replace","path":"/min_ram","value":2147483647}`}},
		{"the owner", func(i *model.Image) { i.Owner = model.Some("them") }, []string{`{"op":"replace","path":"/owner","value":"them"}`}},
		{"formats", func(i *model.Image) { i.ContainerFormat, i.DiskFormat = model.Null[string](), model.Some("qcow2") },
			[]string{`{"op":"replace","path":"/disk_format","value":"qcow2"}`, `{"op":"replace","path":"/container_format","value":null}`}},
		{"tags", func(i *model.Image) { i.Tags = []string{"b", "a", "b"} }, []string{`{"op":"replace","path":"/tags","value":["a","b"]}`}},
		{"the same tags", func(i *model.Image) { i.Tags = []string{"a", "a"} }, nil},
		{"no tags", func(i *model.Image) { i.Tags = nil }, []string{`{"op":"replace","path":"/tags","value":[]}`}},
		{"tags are case-sensitive", func(i *model.Image) { i.Tags = []string{"A"} }, []string{`{"op":"replace","path":"/tags","value":["A"]}`}},
		{"what only the server sets", func(i *model.Image) {
			i.ID, i.Status, i.Size, i.Checksum, i.Extra = "2", model.StatusActive, model.Some[int64](5), model.Some("x"), nil
		}, nil},
		{"the order", func(i *model.Image) {
			i.Properties["z"], i.Tags, i.Name = model.Some("1"), nil, model.Some("x")
			i.DiskFormat, i.Protected = model.Some("iso"), true
			i.Locations = []model.Location{{URL: "http://a"}}
		}, []string{
			`{"op":"replace","path":"/disk_format","value":"iso"}`,
			`{"op":"replace","path":"/name","value":"x"}`,
			`{"op":"replace","path":"/tags","value":[]}`,
			`{"op":"replace","path":"/protected","value":true}`,
			`{"op":"add","path":"/z","value":"1"}`,
			`{"op":"add","path":"/locations/-","value":{"url":"http://a","metadata":{}}}`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) { rulestest.RequireDiff(t, rules.Rules{}, before, edited(before, c.edit), c.want...) })
	}
}

func TestDiffProperties(t *testing.T) {
	before := modeltest.QueuedImage(t)
	before.Properties = map[string]model.Opt[string]{"a": model.Some("1"), "b": model.Some("2"), "kernel_id": model.Null[string]()}
	for _, c := range []struct {
		name string
		edit func(map[string]model.Opt[string])
		want []string
	}{
		{"a new one is added", func(p map[string]model.Opt[string]) { p["c"] = model.Some("") }, []string{`{"op":"add","path":"/c","value":""}`}},
		{"a changed one is replaced", func(p map[string]model.Opt[string]) { p["a"] = model.Some("2") }, []string{`{"op":"replace","path":"/a","value":"2"}`}},
		{"one that is gone is removed", func(p map[string]model.Opt[string]) { delete(p, "a") }, []string{`{"op":"remove","path":"/a"}`}},
		{"a new name is both", func(p map[string]model.Opt[string]) { delete(p, "a"); p["c"] = model.Some("1") },
			[]string{`{"op":"remove","path":"/a"}`, `{"op":"add","path":"/c","value":"1"}`}},
		{"null is not absent", func(p map[string]model.Opt[string]) { delete(p, "kernel_id"); p["ramdisk_id"] = model.Null[string]() },
			[]string{`{"op":"remove","path":"/kernel_id"}`, `{"op":"add","path":"/ramdisk_id","value":null}`}},
		{"escapes", func(p map[string]model.Opt[string]) { p["x/y~z"] = model.Some("1"); p["é &"] = model.Some("<") },
			[]string{`{"op":"add","path":"/x~1y~0z","value":"1"}`, `{"op":"add","path":"/é &","value":"<"}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := edited(before, func(i *model.Image) { c.edit(i.Properties) })
			rulestest.RequireDiff(t, rules.Rules{}, before, after, c.want...)
		})
	}
}

func TestDiffAtThePropertyQuota(t *testing.T) {
	rules := rules.Rules{Limits: rules.Limits{Properties: 2}}
	before := modeltest.QueuedImage(t)
	before.Properties = map[string]model.Opt[string]{"a": model.Some("1"), "b": model.Some("2")}
	swapped := edited(before, func(i *model.Image) { delete(i.Properties, "b"); i.Properties["c"] = model.Some("3") })
	rulestest.RequireDiff(t, rules, before, swapped, `{"op":"remove","path":"/b"}`, `{"op":"add","path":"/c","value":"3"}`)
	before.Properties["over"] = model.Some("x")
	rulestest.RequireDiff(t, rules, before, edited(before, func(i *model.Image) { i.Properties["a"] = model.Some("2") }), `{"op":"replace","path":"/a","value":"2"}`)
}

// TestDiffIgnoresAnAttributeOfAnUnexpectedType: what the server showed in
// another type than the API says is in Extra and is left alone.
func TestDiffIgnoresAnAttributeOfAnUnexpectedType(t *testing.T) {
	before := modeltest.MustImage(t, `{"status": "active", "visibility": "private", "name": 5, "tags": "x", "mine": {"a": 1}}`)
	rulestest.RequireDiff(t, rules.Rules{}, before, before.Clone())
}

func TestRefusalIsAnErrorWithReasons(t *testing.T) {
	before := modeltest.QueuedImage(t)
	after := edited(before, func(i *model.Image) { i.Name = model.Some(strings.Repeat("x", 258)); i.MinRAM = -1 })
	_, err := rules.Diff(before, after)
	var refusal *model.Refusal
	if !errors.As(err, &refusal) || len(refusal.Problems) != 2 {
		t.Fatalf("got %#v", err)
	}
	const want = "name: 255 characters at most: 3 too many; min_ram: a negative number is not possible (0 means no minimum)"
	if err.Error() != want {
		t.Errorf("says %q", err)
	}
}
