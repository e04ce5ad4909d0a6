package model

import (
	"errors"
	"strings"
	"testing"
)

// requireDiff asks for exactly these operations, and that the server takes
// them and ends where it should.
func requireDiff(t *testing.T, r Rules, before, after Image, want ...string) {
	t.Helper()
	p, err := r.Diff(before, after)
	if err != nil {
		t.Fatalf("refused: %v", err)
	}
	var lines []string
	for _, o := range p {
		lines = append(lines, string(mustEncode(o)))
	}
	if got, want := strings.Join(lines, "\n"), strings.Join(want, "\n"); got != want {
		t.Fatalf("gives\n%s\nwant\n%s", got, want)
	}
	now, err := r.Apply(before, p)
	if err != nil {
		t.Fatalf("the server refuses: %v", err)
	}
	if rest, err := r.Diff(now, after); err != nil || len(rest) > 0 {
		t.Fatalf("still to do: %s %v", rest.JSON(), err)
	}
}

// edited is the image after an edit.
func edited(i Image, edit func(*Image)) Image {
	i = i.Clone()
	edit(&i)
	return i
}

func TestDiffSettings(t *testing.T) {
	before := queuedImage(t)
	for _, c := range []struct {
		name string
		edit func(*Image)
		want []string
	}{
		{"nothing", func(i *Image) {}, nil},
		{"the name", func(i *Image) { i.Name = Some("<x> & \"y\"") }, []string{`{"op":"replace","path":"/name","value":"<x> & \"y\""}`}},
		{"no name", func(i *Image) { i.Name = Null[string]() }, []string{`{"op":"replace","path":"/name","value":null}`}},
		{"an empty name", func(i *Image) { i.Name = Some("") }, []string{`{"op":"replace","path":"/name","value":""}`}},
		{"visibility", func(i *Image) { i.Visibility = Public }, []string{`{"op":"replace","path":"/visibility","value":"public"}`}},
		{"protected", func(i *Image) { i.Protected = true }, []string{`{"op":"replace","path":"/protected","value":true}`}},
		{"hidden", func(i *Image) { i.Hidden = true }, []string{`{"op":"replace","path":"/os_hidden","value":true}`}},
		{"minima", func(i *Image) { i.MinDisk, i.MinRAM = 5, 2147483647 },
			[]string{`{"op":"replace","path":"/min_disk","value":5}`, `{"op":"replace","path":"/min_ram","value":2147483647}`}},
		{"the owner", func(i *Image) { i.Owner = Some("them") }, []string{`{"op":"replace","path":"/owner","value":"them"}`}},
		{"formats", func(i *Image) { i.ContainerFormat, i.DiskFormat = Null[string](), Some("qcow2") },
			[]string{`{"op":"replace","path":"/disk_format","value":"qcow2"}`, `{"op":"replace","path":"/container_format","value":null}`}},
		{"tags", func(i *Image) { i.Tags = []string{"b", "a", "b"} }, []string{`{"op":"replace","path":"/tags","value":["a","b"]}`}},
		{"the same tags", func(i *Image) { i.Tags = []string{"a", "a"} }, nil},
		{"no tags", func(i *Image) { i.Tags = nil }, []string{`{"op":"replace","path":"/tags","value":[]}`}},
		{"tags are case-sensitive", func(i *Image) { i.Tags = []string{"A"} }, []string{`{"op":"replace","path":"/tags","value":["A"]}`}},
		{"what only the server sets", func(i *Image) {
			i.ID, i.Status, i.Size, i.Checksum, i.Extra = "2", StatusActive, Some[int64](5), Some("x"), nil
		}, nil},
		{"the order", func(i *Image) {
			i.Properties["z"], i.Tags, i.Name = Some("1"), nil, Some("x")
			i.DiskFormat, i.Protected = Some("iso"), true
			i.Locations = []Location{{URL: "http://a"}}
		}, []string{
			`{"op":"replace","path":"/disk_format","value":"iso"}`,
			`{"op":"replace","path":"/name","value":"x"}`,
			`{"op":"replace","path":"/tags","value":[]}`,
			`{"op":"replace","path":"/protected","value":true}`,
			`{"op":"add","path":"/z","value":"1"}`,
			`{"op":"add","path":"/locations/-","value":{"url":"http://a","metadata":{}}}`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) { requireDiff(t, Rules{}, before, edited(before, c.edit), c.want...) })
	}
}

func TestDiffProperties(t *testing.T) {
	before := queuedImage(t)
	before.Properties = map[string]Opt[string]{"a": Some("1"), "b": Some("2"), "kernel_id": Null[string]()}
	for _, c := range []struct {
		name string
		edit func(map[string]Opt[string])
		want []string
	}{
		{"a new one is added", func(p map[string]Opt[string]) { p["c"] = Some("") }, []string{`{"op":"add","path":"/c","value":""}`}},
		{"a changed one is replaced", func(p map[string]Opt[string]) { p["a"] = Some("2") }, []string{`{"op":"replace","path":"/a","value":"2"}`}},
		{"one that is gone is removed", func(p map[string]Opt[string]) { delete(p, "a") }, []string{`{"op":"remove","path":"/a"}`}},
		{"a new name is both", func(p map[string]Opt[string]) { delete(p, "a"); p["c"] = Some("1") },
			[]string{`{"op":"remove","path":"/a"}`, `{"op":"add","path":"/c","value":"1"}`}},
		{"null is not absent", func(p map[string]Opt[string]) { delete(p, "kernel_id"); p["ramdisk_id"] = Null[string]() },
			[]string{`{"op":"remove","path":"/kernel_id"}`, `{"op":"add","path":"/ramdisk_id","value":null}`}},
		{"escapes", func(p map[string]Opt[string]) { p["x/y~z"] = Some("1"); p["é &"] = Some("<") },
			[]string{`{"op":"add","path":"/x~1y~0z","value":"1"}`, `{"op":"add","path":"/é &","value":"<"}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := edited(before, func(i *Image) { c.edit(i.Properties) })
			requireDiff(t, Rules{}, before, after, c.want...)
		})
	}
}

func TestDiffAtThePropertyQuota(t *testing.T) {
	rules := Rules{Limits: Limits{Properties: 2}}
	before := queuedImage(t)
	before.Properties = map[string]Opt[string]{"a": Some("1"), "b": Some("2")}
	swapped := edited(before, func(i *Image) { delete(i.Properties, "b"); i.Properties["c"] = Some("3") })
	requireDiff(t, rules, before, swapped, `{"op":"remove","path":"/b"}`, `{"op":"add","path":"/c","value":"3"}`)
	before.Properties["over"] = Some("x")
	requireDiff(t, rules, before, edited(before, func(i *Image) { i.Properties["a"] = Some("2") }), `{"op":"replace","path":"/a","value":"2"}`)
}

// TestDiffIgnoresAnAttributeOfAnUnexpectedType: what the server showed in
// another type than the API says stands in Extra and is left alone.
func TestDiffIgnoresAnAttributeOfAnUnexpectedType(t *testing.T) {
	before := mustImage(t, `{"status": "active", "visibility": "private", "name": 5, "tags": "x", "mine": {"a": 1}}`)
	requireDiff(t, Rules{}, before, before.Clone())
}

func TestRefusalIsAnErrorWithReasons(t *testing.T) {
	before := queuedImage(t)
	after := edited(before, func(i *Image) { i.Name = Some(strings.Repeat("x", 258)); i.MinRAM = -1 })
	_, err := Diff(before, after)
	var refusal *Refusal
	if !errors.As(err, &refusal) || len(refusal.Faults) != 2 {
		t.Fatalf("got %#v", err)
	}
	const want = "name: 255 characters at most: 3 too many; min_ram: a negative number is not possible (0 means no minimum)"
	if err.Error() != want {
		t.Errorf("says %q", err)
	}
}
