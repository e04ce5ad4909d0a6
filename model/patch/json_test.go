package patch_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestPatchJSON(t *testing.T) {
	p := patch.Patch{
		{Op: patch.OpReplace, Path: "/name", Value: `<a> & "b"`},
		{Op: patch.OpReplace, Path: "/kernel_id", Value: nil},
		{Op: patch.OpReplace, Path: "/tags", Value: []string(nil)},
		{Op: patch.OpReplace, Path: "/locations", Value: []model.Location(nil)},
		{Op: patch.OpAdd, Path: "/locations/-", Value: model.Location{URL: "http://a?x=1&y=2"}},
		{Op: patch.OpRemove, Path: "/p", Value: "not sent"},
	}
	const want = `[{"op":"replace","path":"/name","value":"<a> & \"b\""},` +
		`{"op":"replace","path":"/kernel_id","value":null},` +
		`{"op":"replace","path":"/tags","value":[]},` +
		`{"op":"replace","path":"/locations","value":[]},` +
		`{"op":"add","path":"/locations/-","value":{"url":"http://a?x=1&y=2","metadata":{}}},` +
		`{"op":"remove","path":"/p"}]`
	if got := string(p.JSON()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, empty := range []patch.Patch{nil, {}} {
		if got := string(empty.JSON()) + string(empty.Pretty()); got != "[][]" {
			t.Errorf("nothing is written as %s", got)
		}
	}
}

func TestPatchPretty(t *testing.T) {
	p := patch.Patch{
		{Op: patch.OpReplace, Path: "/name", Value: "Fedora 17: \"beefy\""},
		{Op: patch.OpRemove, Path: "/" + strings.Repeat("long", 20)},
		{Op: patch.OpReplace, Path: "/tags", Value: []string{"beefy", "fedora", "long term support", "server"}},
		{Op: patch.OpReplace, Path: "/tags", Value: []string{"beefy", "fedora", "long term support", "server", "an image like any other"}},
		{Op: patch.OpReplace, Path: "/description", Value: strings.Repeat("é", 80)},
		{Op: patch.OpReplace, Path: "/locations", Value: []model.Location{
			{URL: "http://mirror.example/a/rather/long/path/f17.qcow2", Metadata: map[string]any{"a": []any{}, "b": strings.Repeat("x", 30)}},
			{URL: "http://b"},
		}},
	}
	want := `[
  {"op": "replace", "path": "/name", "value": "Fedora 17: \"beefy\""},
  {"op": "remove", "path": "/` + strings.Repeat("long", 20) + `"},
  {"op": "replace", "path": "/tags",
   "value": ["beefy", "fedora", "long term support", "server"]},
  {"op": "replace", "path": "/tags",
   "value": [
     "beefy",
     "fedora",
     "long term support",
     "server",
     "an image like any other"
   ]},
  {"op": "replace", "path": "/description",
   "value": "` + strings.Repeat("é", 80) + `"},
  {"op": "replace", "path": "/locations",
   "value": [
     {
       "url": "http://mirror.example/a/rather/long/path/f17.qcow2",
       "metadata": {"a": [], "b": "` + strings.Repeat("x", 30) + `"}
     },
     {"url": "http://b", "metadata": {}}
   ]}
]`
	if got := string(p.Pretty()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestPrettyIsTheSameJSON(t *testing.T) {
	p := patch.Patch{{Op: patch.OpAdd, Path: `/"\`, Value: json.RawMessage(`{"a":[1,{"b":"` + strings.Repeat(`,:\"{}`, 20) + `"},[],{}],"c":null}`)}}
	var compact strings.Builder
	var value any
	if err := json.Unmarshal(p.Pretty(), &value); err != nil {
		t.Fatalf("%v:\n%s", err, p.Pretty())
	}
	if err := json.NewEncoder(&compact).Encode(value); err != nil {
		t.Fatal(err)
	}
	if compact.String() != string(p.JSON())+"\n" {
		t.Errorf("got  %s\nwant %s", compact.String(), p.JSON())
	}
}

// The older form says the same: each patch means there what it means in the
// newer one.
func TestTheOlderForm(t *testing.T) {
	const location = `{"metadata":{},"url":"http://c"}`
	for newer, older := range map[string]string{
		`[]`: `[]`,
		`[{"op":"replace","path":"/name","value":"<x>"}]`:                                                     `[{"replace":"/name","value":"<x>"}]`,
		`[{"op":"replace","path":"/name","value":null}]`:                                                      `[{"replace":"/name","value":null}]`,
		`[{"op":"add","path":"/name","value":"x"}]`:                                                           `[{"replace":"/name","value":"x"}]`,
		`[{"op":"add","path":"/tags","value":["a"]}]`:                                                         `[{"replace":"/tags","value":["a"]}]`,
		`[{"op":"add","path":"/a~1b~0","value":""}]`:                                                          `[{"add":"/a~1b~0","value":""}]`,
		`[{"op":"replace","path":"/p","value":"y"}]`:                                                          `[{"replace":"/p","value":"y"}]`,
		`[{"op":"remove","path":"/p"}]`:                                                                       `[{"remove":"/p"}]`,
		`[{"op":"add","path":"/locations/-","value":` + location + `}]`:                                       `[{"add":"/locations/-","value":` + location + `}]`,
		`[{"op":"add","path":"/locations/1","value":` + location + `},{"op":"remove","path":"/locations/0"}]`: `[{"add":"/locations/1","value":` + location + `},{"remove":"/locations/0"}]`,
	} {
		before := modeltest.ActiveImage(t, "http://a", "http://b")
		before.Properties["p"] = model.Some("x")
		p, err := rules.ParsePatch(patch.MediaTypeV21, []byte(newer))
		if err != nil {
			t.Fatalf("%s: %v", newer, err)
		}
		if got := string(p.JSONv20()); got != older {
			t.Errorf("%s\nis     %s\nshould %s", newer, got, older)
		}
		again, err := rules.ParsePatch(patch.MediaTypeV20, p.JSONv20())
		if err != nil {
			t.Fatalf("%s: %v", older, err)
		}
		want, err := rules.Rules{}.Apply(before, p)
		if err != nil {
			t.Fatalf("%s: %v", newer, err)
		}
		got, err := rules.Rules{}.Apply(before, again)
		if err != nil || string(jsontext.MustEncode(got)) != string(jsontext.MustEncode(want)) {
			t.Errorf("%s gives %s (%v)\nwant %s", older, jsontext.MustEncode(got), err, jsontext.MustEncode(want))
		}
		if back := string(again.JSONv20()); back != older {
			t.Errorf("read and written again %s is %s", older, back)
		}
	}
	if got := string((patch.Patch{{Op: patch.OpReplace, Path: "/tags", Value: []string(nil)}}).JSONv20()); got != `[{"replace":"/tags","value":[]}]` {
		t.Errorf("no tags: %s", got)
	}
	refused, err := rules.ParsePatch(patch.MediaTypeV20, []byte(`[{"add":"/name","value":"x"}]`))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(refused.JSONv20()); got != `[{"add":"/name","value":"x"}]` {
		t.Errorf("what refuses in the older form became %s", got)
	}
}

func TestRemovesLocations(t *testing.T) {
	for body, want := range map[string]bool{
		`[]`:                            false,
		`[{"op":"remove","path":"/p"}]`: false,
		`[{"op":"remove","path":"/locations/0"}]`:                                true,
		`[{"op":"remove","path":"/ locations /-"}]`:                              true,
		`[{"op":"replace","path":"/locations","value":[]}]`:                      true,
		`[{"op":"replace","path":"/name","value":"x"}]`:                          false,
		`[{"op":"add","path":"/p","value":"/locations/0"}]`:                      false,
		`[{"op":"replace","path":"/tags","value":[]}]`:                           false,
		`[{"op":"add","path":"/locations/0","value":` + modeltest.At("a") + `}]`: false,
	} {
		p, err := rules.ParsePatch(patch.MediaTypeV21, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		if got := p.RemovesLocations(); got != want {
			t.Errorf("%s: %t", body, got)
		}
	}
	if !(patch.Patch{{Op: patch.OpReplace, Path: "/locations", Value: []model.Location{}}}).RemovesLocations() {
		t.Error("a typed empty list")
	}
	if (patch.Patch{{Op: patch.OpRemove, Path: "locations/0"}}).RemovesLocations() {
		t.Error("a pointer that the server refuses")
	}
}
