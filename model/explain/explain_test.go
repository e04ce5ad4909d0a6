package explain_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/model/rules/rulestest"
)

// line is a step as a screen would write it.
func line(s explain.Step) string {
	out := s.Verb + ": " + s.Text
	if s.Before != "" || s.After != "" {
		out += " (" + s.Before + " → " + s.After + ")"
	}
	for _, a := range s.Added {
		out += " +" + a
	}
	for _, r := range s.Removed {
		out += " −" + r
	}
	if s.Note != "" {
		out += " [" + s.Note + "]"
	}
	for _, h := range s.Hazards {
		out += fmt.Sprintf(" ▲ %s: %s", h.Kind, h.Text)
		if h.Confirm != "" {
			out += " {" + h.Confirm + "}"
		}
	}
	return out
}

func TestExplainAttributes(t *testing.T) {
	for _, c := range []struct{ operation, want string }{
		{`"replace","path":"/name","value":"Fedora 17 Server"`,
			`rename: rename it to "Fedora 17 Server" ("Fedora 17" → "Fedora 17 Server")`},
		{`"replace","path":"/name","value":null`, `rename: clear the name ("Fedora 17" → null)`},
		{`"replace","path":"/name","value":""`, `rename: make the name empty ("Fedora 17" → "")`},
		{`"replace","path":"/name","value":"Fedora 17"`,
			`rename: rename it to "Fedora 17" ("Fedora 17" → "Fedora 17") [no change: that is its value already]`},
		{`"replace","path":"/name","value":"名前\u202e\u001b[0m\"\n"`,
			`rename: rename it to "名前\u202e\x1b[0m\"\n" ("Fedora 17" → "名前\u202e\x1b[0m\"\n")`},
		{`"replace","path":"/tags","value":["lts","fedora","beefy","lts"]`,
			`tags: set the tags to beefy, fedora, lts +lts [sent whole: the server takes no single tag]`},
		{`"replace","path":"/tags","value":["a b","",",","null"]`,
			`tags: set the tags to "", ",", "a b", "null" +"" +"," +"a b" +"null" −beefy −fedora [sent whole: the server takes no single tag]`},
		{`"replace","path":"/tags","value":[]`, `tags: remove all tags −beefy −fedora`},
		{`"replace","path":"/tags","value":["fedora","beefy"]`,
			`tags: set the tags to beefy, fedora [no change: that is its value already]`},
		{`"replace","path":"/protected","value":true`,
			`protection: protect it from deletion (false → true) ▲ locks: it cannot be deleted until the protection is removed`},
		{`"replace","path":"/protected","value":false`,
			`protection: take away its protection from deletion (false → false) [no change: that is its value already]`},
		{`"replace","path":"/os_hidden","value":true`,
			`hidden: hide it from the lists of images (false → true) ▲ hides: it disappears from image lists; it can still be used by ID`},
		{`"replace","path":"/min_disk","value":20`, `min disk: require at least 20 GB of disk (0 GB → 20 GB)`},
		{`"replace","path":"/min_ram","value":2048`, `min RAM: require at least 2,048 MB of RAM (0 MB → 2,048 MB)`},
		{`"replace","path":"/min_ram","value":2e3`, `min RAM: require at least 2,000 MB of RAM (0 MB → 2,000 MB)`},
		{`"replace","path":"/disk_format","value":"qcow2"`, `disk format: set the disk format to qcow2 (null → "qcow2")`},
		{`"replace","path":"/container_format","value":null`, `container: clear the container format ("bare" → null)`},
		{`"replace","path":"/owner","value":"p2"`,
			`owner: give it to project p2 ("p1" → "p2") ▲ gives away: that project owns it from then on; project p1 can no longer change it {owner}`},
		{`"replace","path":"/owner","value":null`,
			`owner: take its owner away ("p1" → null) ▲ gives away: it belongs to no project from then on: only an administrator can change it; project p1 can no longer change it {owner}`},
		{`"add","path":"/os_version","value":"24.04"`, `property: set property os_version to 24.04 (– → "24.04")`},
		{`"add","path":"/a~1b~0c","value":""`, `property: set property a/b~c to "" (– → "")`},
		{`"add","path":"/odd name","value":"null"`, `property: set property "odd name" to "null" (– → "null")`},
		{`"replace","path":"/os_distro","value":"ubuntu"`, `property: set property os_distro to ubuntu ("fedora" → "ubuntu")`},
		{`"replace","path":"/os_distro","value":"fedora"`,
			`property: set property os_distro to fedora ("fedora" → "fedora") [no change: that is its value already]`},
		{`"add","path":"/ramdisk_id","value":null`, `property: clear property ramdisk_id but keep it, as null (– → null)`},
		{`"remove","path":"/os_distro"`, `property: remove property os_distro ("fedora" → –)`},
		{`"remove","path":"/kernel_id"`, `property: remove property kernel_id (null → –)`},
		{`"remove","path":"/x"`, `property: remove property x (– → –) ` +
			`[the server refuses this: The property x was removed after you opened the image.]`},
		{`"remove","path":"/name"`, `name: remove the name ` +
			`[the server refuses this: The attribute name is part of every image and cannot be removed.]`},
		{`"add","path":"/get_data","value":"x"`, `property: set property get_data to x (– → "x") [nothing is stored: the server uses this name itself]`},
	} {
		steps := explain.Steps(rules.Rules{}, modeltest.Fedora(t), rulestest.PatchOf(t, `[{"op":`+c.operation+`}]`))
		if got := line(steps[0]); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.operation, got, c.want)
		}
	}
}

func TestExplainVisibility(t *testing.T) {
	const (
		public    = `make it public ▲ publishes: every project of this cloud will see and boot it {public}`
		community = `make it a community image ▲ publishes: every project of this cloud can find it among the community images and boot it {community}`
	)
	for _, c := range []struct {
		from, to model.Visibility
		want     string
	}{
		{model.Private, model.Public, public},
		{model.Shared, model.Public, public},
		{model.Community, model.Public, public},
		{model.Private, model.Community, community},
		{model.Shared, model.Community, community + ` ▲ unshares: its members find it among the community images only; the list of members is kept`},
		{model.Public, model.Community, `make it a community image ▲ hides: it leaves the lists of the other projects, which can still boot it by its id`},
		{model.Private, model.Shared, `make it shared [only the projects on its list of members will see it]`},
		{model.Public, model.Shared, `make it shared ▲ hides: other projects than its members can no longer see or boot it`},
		{model.Community, model.Shared, `make it shared ▲ hides: other projects than its members can no longer see or boot it`},
		{model.Shared, model.Private, `make it private ▲ unshares: its members can no longer see or boot it; the list of members is kept`},
		{model.Public, model.Private, `make it private ▲ hides: other projects can no longer see or boot it`},
		{model.Community, model.Private, `make it private ▲ hides: other projects can no longer see or boot it`},
	} {
		before := modeltest.Fedora(t)
		before.Visibility = c.from
		s := explain.Steps(rules.Rules{}, before, patch.Patch{{Op: patch.OpReplace, Path: "/visibility", Value: string(c.to)}})[0]
		s.Before, s.After = "", ""
		if got, want := line(s), "visibility: "+c.want; got != want {
			t.Errorf("%s to %s\n got %s\nwant %s", c.from, c.to, got, want)
		}
	}
}

func TestExplainLocations(t *testing.T) {
	const (
		deletes   = ` ▲ deletes data: its data is deleted at once and cannot be brought back {delete}`
		forgotten = ` [only forgotten: the file at this address stays]`
		whole     = ` [sent whole: the server takes no single change here]`
		file      = `{"url":"file:///images/da3b","metadata":{"store":"local"}}`
		http      = `{"url":"http://mirror/f17.qcow2","metadata":{"region":"north"}}`
		rbd       = `{"url":"rbd://pool/f17","metadata":{}}`
	)
	for _, c := range []struct {
		name, patch string
		want        []string
	}{
		{"each removal names what is there at that moment",
			`[{"op":"remove","path":"/locations/0"},{"op":"remove","path":"/locations/0"}]`,
			[]string{
				`location: remove the location file:///images/da3b −file:///images/da3b` + deletes,
				`location: remove the location http://mirror/f17.qcow2 −http://mirror/f17.qcow2` + forgotten}},
		{"the last by its sign",
			`[{"op":"remove","path":"/locations/-"}]`,
			[]string{`location: remove the location rbd://pool/f17 −rbd://pool/f17` + deletes}},
		{"the last that there is",
			`[{"op":"remove","path":"/locations/2"},{"op":"remove","path":"/locations/1"},{"op":"remove","path":"/locations/0"}]`,
			[]string{
				`location: remove the location rbd://pool/f17 −rbd://pool/f17` + deletes,
				`location: remove the location http://mirror/f17.qcow2 −http://mirror/f17.qcow2` + forgotten,
				`location: remove the location file:///images/da3b −file:///images/da3b [the server refuses this: Glance keeps at least one location on an active image.]` + deletes}},
		{"out of range", `[{"op":"remove","path":"/locations/7"}]`,
			[]string{`location: remove location 8 [the server refuses this: The location to remove is not there any more.]`}},
		{"add", `[{"op":"add","path":"/locations/-","value":{"url":"http://b/x","metadata":{}}}]`,
			[]string{`location: add the location http://b/x +http://b/x`}},
		{"add with metadata, at a place",
			`[{"op":"add","path":"/locations/1","value":{"url":"http://b/a,b?c=d&e","metadata":{"z":"1","a":["<2>"]}}}]`,
			[]string{`location: add the location http://b/a,b?c=d&e with the metadata {"a":["<2>"],"z":"1"} +http://b/a,b?c=d&e [stored last: the server keeps no place for a new location]`}},
		{"order", `[{"op":"replace","path":"/locations","value":[` + rbd + `,` + file + `,` + http + `]}]`,
			[]string{`locations: move location 3: it becomes the first (rbd://pool/f17)` + whole}},
		{"metadata of one", `[{"op":"replace","path":"/locations","value":[` + file + `,{"url":"http://mirror/f17.qcow2","metadata":{"region":"south"}},` + rbd + `]}]`,
			[]string{`locations: change the metadata of location 2 ({"region":"north"} → {"region":"south"})` + whole}},
		{"metadata of several", `[{"op":"replace","path":"/locations","value":[{"url":"file:///images/da3b","metadata":{"n":1}},{"url":"http://mirror/f17.qcow2","metadata":{}},{"url":"rbd://pool/f17","metadata":{"x":null}}]}]`,
			[]string{`locations: change the metadata of locations 1, 2 and 3` + whole}},
		{"order and metadata", `[{"op":"replace","path":"/locations","value":[` + rbd + `,` + file + `,{"url":"http://mirror/f17.qcow2","metadata":{}}]}]`,
			[]string{`locations: move location 3: it becomes the first (rbd://pool/f17); and change the metadata of location 3 ({"region":"north"} → {})` + whole}},
		{"nothing new", `[{"op":"replace","path":"/locations","value":[` + file + `,` + http + `,` + rbd + `]}]`,
			[]string{`locations: leave the locations as they are [no change: that is its value already]`}},
		{"other addresses", `[{"op":"replace","path":"/locations","value":[` + file + `,` + http + `,{"url":"http://b/x","metadata":{}}]}]`,
			[]string{`locations: replace the locations by file:///images/da3b, http://mirror/f17.qcow2, http://b/x +http://b/x −rbd://pool/f17 [the server refuses this: A list of locations can be put in order, but not be replaced by other URLs at once.]`}},
		{"all gone", `[{"op":"replace","path":"/locations","value":[]}]`,
			[]string{`locations: remove all locations [the server refuses this: Glance keeps at least one location on an active image.]`}},
		{"come, be put in order, go",
			`[{"op":"add","path":"/locations/-","value":{"url":"http://b/x","metadata":{}}},
			  {"op":"replace","path":"/locations","value":[{"url":"http://b/x","metadata":{}},` + http + `,` + rbd + `,` + file + `]},
			  {"op":"remove","path":"/locations/3"}]`,
			[]string{
				`location: add the location http://b/x +http://b/x`,
				`locations: reorder the locations: location 4 becomes the first and location 1 becomes the fourth` + whole,
				`location: remove the location file:///images/da3b −file:///images/da3b` + deletes}},
	} {
		t.Run(c.name, func(t *testing.T) {
			steps := explain.Steps(rules.Rules{}, modeltest.Stored(t), rulestest.PatchOf(t, c.patch))
			for n, s := range steps {
				if got := line(s); got != c.want[n] {
					t.Errorf("step %d\n got %s\nwant %s", n+1, got, c.want[n])
				}
			}
			if len(steps) != len(c.want) {
				t.Errorf("%d steps, want %d", len(steps), len(c.want))
			}
		})
	}
}

func TestExplainWhatActivatesAndDequeues(t *testing.T) {
	queued := modeltest.Fedora(t)
	p := rulestest.PatchOf(t, `[{"op":"replace","path":"/disk_format","value":"qcow2"},
		{"op":"add","path":"/locations/-","value":{"url":"http://a/x","metadata":{}}},
		{"op":"add","path":"/locations/-","value":{"url":"http://b/x","metadata":{}}}]`)
	steps := explain.Steps(rules.Rules{}, queued, p)
	if got, want := line(steps[1]), `location: add the location http://a/x +http://a/x ▲ activates: the image becomes active and usable`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(steps[2].Hazards) != 0 {
		t.Errorf("the second location activates again: %s", line(steps[2]))
	}
	whole := explain.Steps(rules.Rules{}, queued, rulestest.PatchOf(t, `[{"op":"replace","path":"/disk_format","value":"qcow2"},{"op":"replace","path":"/locations","value":[{"url":"http://a/x","metadata":{}},{"url":"http://b/x","metadata":{}}]}]`))
	if got, want := line(whole[1]), `locations: set the locations to http://a/x, http://b/x +http://a/x +http://b/x ▲ activates: the image becomes active and usable`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	early := explain.Steps(rules.Rules{}, queued, p[1:2])
	if want := `[the server refuses this: An image needs both formats before its first location.]`; !strings.Contains(line(early[0]), want) {
		t.Errorf("got %s, want %s in it", line(early[0]), want)
	}

	const dequeues = ` ▲ dequeues: the image returns to queued: it cannot be booted until it has data again {queued}`
	old := rules.For(api.Release2015)
	all := rulestest.PatchOf(t, `[{"op":"replace","path":"/locations","value":[]}]`)
	if got, want := line(explain.Steps(old, modeltest.Stored(t), all)[0]), `locations: remove all locations −file:///images/da3b −http://mirror/f17.qcow2 −rbd://pool/f17`+
		` ▲ deletes data: the data of 2 of them is deleted at once and cannot be brought back {delete}`+dequeues; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for _, c := range []struct{ url, want string }{
		{"http://a/x", `locations: remove all locations −http://a/x` + dequeues},
		{"file:///x", `locations: remove all locations −file:///x ▲ deletes data: its data is deleted at once and cannot be brought back {delete}` + dequeues},
	} {
		one := modeltest.Stored(t)
		one.Locations = []model.Location{{URL: c.url}}
		if got := line(explain.Steps(old, one, all)[0]); got != c.want {
			t.Errorf("got %s\nwant %s", got, c.want)
		}
		single := line(explain.Steps(old, one, rulestest.PatchOf(t, `[{"op":"remove","path":"/locations/0"}]`))[0])
		if !strings.HasSuffix(single, dequeues) {
			t.Errorf("the removal of the last location has no warning: %s", single)
		}
	}
}

func TestExplainNamesTheOtherLocationThatLosesItsData(t *testing.T) {
	i := modeltest.Stored(t)
	i.Locations = []model.Location{
		{URL: "file:///x", Metadata: map[string]any{"a": "1"}},
		{URL: "file:///x", Metadata: map[string]any{"a": "2"}},
	}
	s := explain.Steps(rules.Rules{}, i, rulestest.PatchOf(t, `[{"op":"remove","path":"/locations/1"}]`))[0]
	if len(s.Hazards) != 1 || !strings.Contains(s.Hazards[0].Text, "another location with this URL loses it too") {
		t.Errorf("got %s", line(s))
	}
}

func TestExplainSurvivesWhatNoServerTakes(t *testing.T) {
	patch := patch.Patch{
		{Op: "test", Path: "/name", Value: "x"}, {Op: "", Path: "", Value: nil},
		{Op: patch.OpReplace, Path: "name", Value: "x"}, {Op: patch.OpReplace, Path: "/a/b/c", Value: "x"},
		{Op: patch.OpReplace, Path: "/name", Value: 5}, {Op: patch.OpReplace, Path: "/tags", Value: "x"},
		{Op: patch.OpReplace, Path: "/tags", Value: []any{1}}, {Op: patch.OpReplace, Path: "/min_disk", Value: "x"},
		{Op: patch.OpReplace, Path: "/protected", Value: nil}, {Op: patch.OpReplace, Path: "/visibility", Value: nil},
		{Op: patch.OpReplace, Path: "/status", Value: "active"}, {Op: patch.OpAdd, Path: "/locations", Value: nil},
		{Op: patch.OpAdd, Path: "/locations/-", Value: "x"}, {Op: patch.OpReplace, Path: "/locations", Value: []any{"x"}},
		{Op: patch.OpReplace, Path: "/locations/0", Value: model.Location{}}, {Op: patch.OpRemove, Path: "/locations"},
		{Op: patch.OpRemove, Path: "/locations/99999999999999999999"}, {Op: patch.OpRemove, Path: "/locations/-1"},
		{Op: patch.OpAdd, Path: "/p", Value: 5}, {Op: patch.OpAdd, Path: "/p", Value: func() {}}, {Op: patch.OpAdd, Path: "/", Value: "x"},
	}
	for _, before := range []model.Image{{}, modeltest.Fedora(t), modeltest.Stored(t)} {
		steps := explain.Steps(rules.Rules{}, before, patch)
		for n, s := range steps {
			if s.Text == "" || s.Verb == "" || !reflect.DeepEqual(s.Operation.Path, patch[n].Path) {
				t.Errorf("operation %d (%s %s) has no words: %+v", n, patch[n].Op, patch[n].Path, s)
			}
		}
		if len(steps) != len(patch) {
			t.Errorf("%d steps for %d operations", len(steps), len(patch))
		}
	}
}

func TestExplainLeavesTheImageAlone(t *testing.T) {
	i := modeltest.Stored(t)
	was := string(jsontext.MustEncode(i))
	explain.Steps(rules.Rules{}, i, rulestest.PatchOf(t, `[{"op":"remove","path":"/locations/0"},{"op":"remove","path":"/os_distro"},{"op":"replace","path":"/tags","value":[]}]`))
	if is := string(jsontext.MustEncode(i)); is != was {
		t.Errorf("the image changed:\n%s\n%s", was, is)
	}
}

func TestExplainAsksNoOneAboutAURL(t *testing.T) {
	r := rules.Rules{CheckLocation: func(string) (int64, *patch.Rejection) {
		t.Error("Explain asked")
		return 0, nil
	}}
	explain.Steps(r, modeltest.Stored(t), rulestest.PatchOf(t, `[{"op":"add","path":"/locations/-","value":{"url":"http://b/x","metadata":{}}}]`))
}

func ExampleSteps() {
	before := model.Image{Name: model.Some("Fedora 17"), Visibility: model.Private, Status: model.StatusActive, Tags: []string{"beefy", "fedora"}}
	patch := patch.Patch{
		{Op: patch.OpReplace, Path: "/name", Value: "Fedora 17 Server"},
		{Op: patch.OpReplace, Path: "/tags", Value: []string{"beefy", "fedora", "lts"}},
		{Op: patch.OpReplace, Path: "/visibility", Value: "public"},
	}
	for n, step := range explain.Steps((rules.Rules{}), before, patch) {
		fmt.Println(n+1, step.Text)
		for _, h := range step.Hazards {
			fmt.Println("  ▲", h.Text)
		}
	}
	// Output:
	// 1 rename it to "Fedora 17 Server"
	// 2 set the tags to beefy, fedora, lts
	// 3 make it public
	//   ▲ every project of this cloud will see and boot it
}

func BenchmarkExplain(b *testing.B) {
	before := modeltest.Stored(b)
	after := before.Clone()
	after.Name, after.Visibility, after.Tags = model.Some("x"), model.Public, []string{"a", "b"}
	after.Properties["os_version"] = model.Some("24.04")
	after.Locations = []model.Location{after.Locations[2], after.Locations[1]}
	p, err := rules.Diff(before, after)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if len(explain.Steps(rules.Rules{}, before, p)) != len(p) {
			b.Fatal("steps")
		}
	}
}
