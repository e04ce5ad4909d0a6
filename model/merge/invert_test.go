package merge_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/model/rules/rulestest"
)

func TestInvert(t *testing.T) {
	const (
		qcow2 = `{"op":"replace","path":"/disk_format","value":"qcow2"}`
		add   = `{"op":"add","path":"/locations/-","value":{"url":"http://a/x","metadata":{}}}`
	)
	one := func(url string) model.Image {
		i := modeltest.Stored(t)
		i.Locations = []model.Location{{URL: url, Metadata: map[string]any{}}}
		return i
	}
	legacy := modeltest.Fedora(t)
	legacy.Name = model.Some(strings.Repeat("n", 256))
	legacy.Tags = []string{strings.Repeat("t", 256), "plain"}
	legacy.Properties["kernel_id"] = model.Some("no id")
	for _, c := range []struct {
		name    string
		release api.Release
		before  model.Image
		patch   string
		back    string
		lost    []string
	}{
		{name: "nothing", before: modeltest.Fedora(t), back: `[]`},
		{name: "what is set is set back", before: modeltest.Fedora(t),
			patch: `{"op":"replace","path":"/name","value":null},{"op":"replace","path":"/tags","value":[]},{"op":"replace","path":"/visibility","value":"public"},` + qcow2,
			back: `[{"op":"replace","path":"/disk_format","value":null},{"op":"replace","path":"/name","value":"Fedora 17"},` +
				`{"op":"replace","path":"/tags","value":["beefy","fedora"]},{"op":"replace","path":"/visibility","value":"private"}]`},
		{name: "properties come back and go", before: modeltest.Fedora(t),
			patch: `{"op":"add","path":"/a~1b","value":"1"},{"op":"remove","path":"/os_distro"},{"op":"remove","path":"/kernel_id"}`,
			back: `[{"op":"remove","path":"/a~1b"},{"op":"add","path":"/kernel_id","value":null},` +
				`{"op":"add","path":"/os_distro","value":"fedora"}]`},
		{name: "an image that became active", before: modeltest.Fedora(t), patch: qcow2 + `,` + add + `,{"op":"replace","path":"/name","value":"x"}`,
			back: `[{"op":"replace","path":"/name","value":"Fedora 17"}]`,
			lost: []string{
				`The location http://a/x stays: an image keeps at least one.`,
				`The disk format stays "qcow2": it is fixed once the image has data.`,
				`The image stays active.`}},
		{name: "an image that became active in 2015", release: api.Release2015, before: modeltest.Fedora(t), patch: qcow2 + `,` + add,
			back: `[{"op":"replace","path":"/locations","value":[]}]`,
			lost: []string{`The disk format stays "qcow2": it is fixed once the image has data.`}},
		{name: "an http location comes back", before: modeltest.Stored(t), patch: `{"op":"remove","path":"/locations/1"}`,
			back: `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f17.qcow2","metadata":{"region":"north"}}},` +
				`{"op":"replace","path":"/locations","value":[{"url":"file:///images/da3b","metadata":{"store":"local"}},` +
				`{"url":"http://mirror/f17.qcow2","metadata":{"region":"north"}},{"url":"rbd://pool/f17","metadata":{}}]}]`},
		{name: "data does not come back", before: modeltest.Stored(t), patch: `{"op":"remove","path":"/locations/2"},{"op":"remove","path":"/locations/0"}`,
			back: `[]`,
			lost: []string{
				`The data of file:///images/da3b is deleted and cannot come back.`,
				`The data of rbd://pool/f17 is deleted and cannot come back.`}},
		{name: "a moved location", before: one("file:///x"), patch: add + `,{"op":"remove","path":"/locations/0"}`,
			back: `[]`,
			lost: []string{
				`The data of file:///x is deleted and cannot come back.`,
				`The location http://a/x stays: an image keeps at least one.`}},
		{name: "the undo destroys nothing", before: one("http://b/x"),
			patch: `{"op":"add","path":"/locations/-","value":{"url":"rbd://pool/x","metadata":{}}},` + add,
			back:  `[{"op":"remove","path":"/locations/2"}]`,
			lost:  []string{`The location rbd://pool/x stays: to remove it would delete its data.`}},
		{name: "an order", before: modeltest.Stored(t),
			patch: `{"op":"replace","path":"/locations","value":[{"url":"rbd://pool/f17","metadata":{}},{"url":"http://mirror/f17.qcow2","metadata":{}},{"url":"file:///images/da3b","metadata":{"store":"local"}}]}`,
			back: `[{"op":"replace","path":"/locations","value":[{"url":"file:///images/da3b","metadata":{"store":"local"}},` +
				`{"url":"http://mirror/f17.qcow2","metadata":{"region":"north"}},{"url":"rbd://pool/f17","metadata":{}}]}]`},
		{name: "all gone in 2015, data and all", release: api.Release2015, before: one("file:///x"), patch: `{"op":"replace","path":"/locations","value":[]}`,
			back: `[]`,
			lost: []string{`The data of file:///x is deleted and cannot come back.`, `The image stays queued.`}},
		{name: "all gone in 2015, but for an address", release: api.Release2015, before: one("http://b/x"), patch: `{"op":"replace","path":"/locations","value":[]}`,
			back: `[{"op":"add","path":"/locations/-","value":{"url":"http://b/x","metadata":{}}}]`},
		{name: "what older servers took and this one does not", before: legacy,
			patch: `{"op":"replace","path":"/kernel_id","value":null},{"op":"replace","path":"/name","value":"x"},{"op":"replace","path":"/tags","value":[]},{"op":"replace","path":"/min_ram","value":5}`,
			back:  `[{"op":"replace","path":"/min_ram","value":0}]`,
			lost:  []string{`What the edit made of name stays: `, `What the edit made of tag `, `What the edit made of property kernel_id`}},
		{name: "refused", before: modeltest.Fedora(t), patch: `{"op":"remove","path":"/nothing"}`, back: `[]`,
			lost: []string{`The server rejects the edit, so there is nothing to undo.`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			back, lost := merge.Invert(rules.For(c.release), rulestest.PatchOf(t, `[`+c.patch+`]`), c.before)
			if got := string(back.JSON()); got != c.back {
				t.Errorf("back\n got %s\nwant %s", got, c.back)
			}
			if !slices.EqualFunc(lost, c.lost, strings.HasPrefix) {
				t.Errorf("lost\n got %q\nwant %q", lost, c.lost)
			}
		})
	}
}

func TestInvertKnowsThatTheServerTookThePatch(t *testing.T) {
	r := rules.Rules{RolesKnown: true, CheckLocation: func(string) (int64, *patch.Rejection) {
		t.Error("Invert asked about a URL")
		return 0, nil
	}}
	back, lost := merge.Invert(r, rulestest.PatchOf(t, `[{"op":"replace","path":"/visibility","value":"public"},
		{"op":"add","path":"/locations/-","value":{"url":"http://a/x","metadata":{}}}]`), modeltest.Stored(t))
	want := `[{"op":"replace","path":"/visibility","value":"private"},{"op":"remove","path":"/locations/3"}]`
	if string(back.JSON()) != want || len(lost) > 0 {
		t.Errorf("got %s %q, want %s", back.JSON(), lost, want)
	}
}

// Where nothing is said to be lost, the undo leads back; where something
// is, it leads as far as it can, and it never deletes data.
func TestInvertLeadsBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		before := modeltest.LivedImage().Draw(r, "before")
		after := modeltest.LivedEdit(r, before)
		rules := rules.For(rapid.SampledFrom([]api.Release{api.ReleaseCurrent, api.Release2015}).Draw(r, "release"))
		p, err := rules.Diff(before, after)
		if err != nil {
			r.Skip("no patch:", err)
		}
		there, err := rules.Apply(before, p)
		if err != nil {
			r.Fatalf("apply %s: %v", p.JSON(), err)
		}
		back, lost := merge.Invert(rules, p, before)
		again, err := rules.Apply(there, back)
		if err != nil {
			r.Fatalf("%s is undone by %s: %v", p.JSON(), back.JSON(), err)
		}
		left := withoutServers(merge.Changes(before, again))
		if len(lost) == 0 && len(left) > 0 {
			r.Errorf("%s is undone by %s, which leaves %+v", p.JSON(), back.JSON(), left)
		}
		for _, s := range explain.Steps((rules), there, back) {
			for _, h := range s.Hazards {
				if h.Kind == explain.HazardDeletesData {
					r.Errorf("%s is undone by %s, which deletes data: %s", p.JSON(), back.JSON(), s.Text)
				}
			}
		}
	})
}

func withoutServers(changes []merge.Change) []merge.Change {
	return slices.DeleteFunc(changes, func(c merge.Change) bool { return c.ByServer })
}

func TestGiveUp(t *testing.T) {
	after := modeltest.Fedora(t)
	after.Name = model.Some("new")
	after.Tags = []string{"new"}
	after.Properties = map[string]model.Opt[string]{"os_distro": model.Some("new"), "more": model.Some("1")}
	after.Locations = []model.Location{{URL: "http://a/x"}}
	for _, f := range []model.Field{
		{Attr: "name"}, {Attr: "tags", Key: "new"}, {Attr: "locations"}, {Attr: "locations", Index: 3, Part: "url"},
		{Attr: "properties", Key: "os_distro"}, {Attr: "properties", Key: "more"}, {Attr: "properties", Key: "kernel_id"}, {Attr: "properties"},
	} {
		wanted := modeltest.Fedora(t)
		if !merge.GiveUp(&wanted, after, f) {
			t.Errorf("%s: nothing was given up", f)
		}
		if merge.GiveUp(&wanted, after, f) {
			t.Errorf("%s: given up twice", f)
		}
	}
	empty := model.Image{}
	if !merge.GiveUp(&empty, after, model.Field{Attr: "properties", Key: "more"}) || !reflect.DeepEqual(empty.Properties, map[string]model.Opt[string]{"more": model.Some("1")}) {
		t.Errorf("properties from none: %v", empty.Properties)
	}
}

func ExampleInvert() {
	before := model.Image{Name: model.Some("Fedora 17"), Status: model.StatusActive, LocationsShown: true, Locations: []model.Location{
		{URL: "http://mirror/f17.qcow2"}, {URL: "file:///images/da3b"}}}
	patch := patch.Patch{
		{Op: patch.OpReplace, Path: "/name", Value: "Fedora 17 Server"},
		{Op: patch.OpRemove, Path: "/locations/1"},
	}
	back, lost := merge.Invert(rules.Rules{}, patch, before)
	fmt.Println(string(back.JSON()))
	fmt.Println(lost[0])
	// Output:
	// [{"op":"replace","path":"/name","value":"Fedora 17"}]
	// The data of file:///images/da3b is deleted and cannot come back.
}
