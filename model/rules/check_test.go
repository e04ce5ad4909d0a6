package rules_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// checkCase is a draft with one thing wrong with it.
type checkCase struct {
	name   string
	rules  rules.Rules
	before model.Image
	edit   func(*model.Image)
	where  string // the field, as Field.String names it
	says   string // a part of the text; empty: nothing is wrong
	advice string // a part of the way out
	warns  bool
}

func runChecks(t *testing.T, cases []checkCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.before.ID == "" {
				c.before = modeltest.QueuedImage(t)
			}
			after := edited(c.before, c.edit)
			faults := c.rules.Check(c.before, after)
			_, err := c.rules.Diff(c.before, after)
			if refused := errors.As(err, new(*model.Refusal)); refused != (c.says != "" && !c.warns) {
				t.Errorf("Diff says %v", err)
			}
			if c.says == "" {
				if len(faults) > 0 {
					t.Errorf("found fault with it: %+v", faults)
				}
				return
			}
			if len(faults) != 1 {
				t.Fatalf("%d faults: %+v", len(faults), faults)
			}
			f := faults[0]
			if f.Field.String() != c.where || f.Warning != c.warns || !strings.Contains(f.Text, c.says) || !strings.Contains(f.Advice, c.advice) {
				t.Errorf("%s: %q (%q), warning %t; want %s: %q (%q)", f.Field, f.Text, f.Advice, f.Warning, c.where, c.says, c.advice)
			}
		})
	}
}

func TestCheckSettings(t *testing.T) {
	active := modeltest.ActiveImage(t, "http://a")
	member := rules.Rules{RolesKnown: true}
	runChecks(t, []checkCase{
		{name: "nothing", edit: func(i *model.Image) {}},
		{name: "a long name", edit: func(i *model.Image) { i.Name = model.Some(strings.Repeat("é", 258)) }, where: "name", says: "255 characters at most: 3 too many"},
		{name: "a name of 255", edit: func(i *model.Image) { i.Name = model.Some(strings.Repeat("é", 255)) }},
		{name: "an emoji", edit: func(i *model.Image) { i.Name = model.Some("a 🚀") }, where: "name", says: "no emoji", advice: "leave it out"},
		{name: "not UTF-8", edit: func(i *model.Image) { i.Name = model.Some("a\xff") }, where: "name", says: "no UTF-8"},
		{name: "a strange visibility", edit: func(i *model.Image) { i.Visibility = "everyone" }, where: "visibility", says: "not one of", advice: "private"},
		{name: "no visibility", edit: func(i *model.Image) { i.Visibility = "" }, where: "visibility", says: "not one of"},
		{name: "less than nothing", edit: func(i *model.Image) { i.MinDisk = -1 }, where: "min_disk", says: "negative", advice: "0 means"},
		{name: "too much", edit: func(i *model.Image) { i.MinRAM = 1 << 31 }, where: "min_ram", says: "2147483647 at most"},
		{name: "an empty owner", edit: func(i *model.Image) { i.Owner = model.Some("") }, where: "owner", says: "as none", advice: "clear"},
		{name: "a strange format", edit: func(i *model.Image) { i.DiskFormat = model.Some("floppy") }, where: "disk_format", says: "not one of", advice: "qcow2"},
		{name: "formats of an active image", before: active, edit: func(i *model.Image) { i.DiskFormat = model.Some("iso") }, where: "disk_format", says: "it is active", advice: "new image"},
		{name: "formats of a deactivated image", before: withStatus(active, model.StatusDeactivated), edit: func(i *model.Image) { i.ContainerFormat = model.Null[string]() }, where: "container_format", says: "it is deactivated"},
		{name: "formats during an import", before: withStatus(modeltest.QueuedImage(t), model.StatusImporting), edit: func(i *model.Image) { i.DiskFormat = model.Some("iso") }, where: "disk_format", says: "it is importing"},
		{name: "no format for the first location", before: formatlessImage(t), edit: func(i *model.Image) { i.DiskFormat = model.Some("raw"); i.Locations = locs("a") }, where: "container_format", says: "before the image gets its first location", advice: "same edit"},
		{name: "a format taken away with the first location", edit: func(i *model.Image) { i.DiskFormat = model.Null[string](); i.Locations = locs("a b") }, where: "disk_format", says: "first location"},

		{name: "public as a member", rules: member, edit: func(i *model.Image) { i.Visibility = model.Public }, where: "visibility", says: "only an administrator", advice: "community", warns: true},
		{name: "the owner as a member", rules: member, edit: func(i *model.Image) { i.Owner = model.Some("them") }, where: "owner", says: "only an administrator", warns: true},
		{name: "public already", rules: member, before: edited(active, func(i *model.Image) { i.Visibility = model.Public }), edit: func(i *model.Image) { i.Name = model.Null[string]() }},
		{name: "public as an administrator", rules: rules.Rules{RolesKnown: true, Admin: true}, edit: func(i *model.Image) { i.Visibility = model.Public; i.Owner = model.Some("them") }},
		{name: "public, roles unknown", edit: func(i *model.Image) { i.Visibility = model.Public; i.Owner = model.Some("them") }},
	})
}

func TestCheckTags(t *testing.T) {
	many := func(n int) []string {
		tags := make([]string, n)
		for i := range tags {
			tags[i] = fmt.Sprint(i)
		}
		return tags
	}
	runChecks(t, []checkCase{
		{name: "empty is a tag", edit: func(i *model.Image) { i.Tags = []string{"", " ", "a/b"} }},
		{name: "a long one", edit: func(i *model.Image) { i.Tags = []string{strings.Repeat("x", 256)} }, where: "tag " + strings.Repeat("x", 256), says: "1 too many"},
		{name: "an emoji", edit: func(i *model.Image) { i.Tags = []string{"🚀"} }, where: "tag 🚀", says: "no emoji"},
		{name: "128", edit: func(i *model.Image) { i.Tags = append(many(128), "0") }},
		{name: "129", edit: func(i *model.Image) { i.Tags = many(129) }, where: "tags", says: "128 tags at most: 1 too many", advice: "remove some"},
		{name: "another limit", rules: rules.Rules{Limits: rules.Limits{Tags: 200}}, edit: func(i *model.Image) { i.Tags = many(129) }},
		{name: "no limit", rules: rules.Rules{Limits: rules.Limits{Tags: -1}}, edit: func(i *model.Image) { i.Tags = many(500) }},
		{name: "too many before", before: edited(modeltest.QueuedImage(t), func(i *model.Image) { i.Tags = many(129) }), edit: func(i *model.Image) { i.Name = model.Null[string]() }},
	})
}

func TestCheckProperties(t *testing.T) {
	put := func(name, value string) func(*model.Image) {
		return func(i *model.Image) { i.Properties[name] = model.Some(value) }
	}
	full := edited(modeltest.QueuedImage(t), func(i *model.Image) {
		for n := range 127 {
			i.Properties[fmt.Sprint(n)] = model.Some("x")
		}
		delete(i.Properties, "kernel_id")
	})
	spaced := edited(modeltest.QueuedImage(t), put(" x", "1"))
	closed := *rules.DefaultSchema()
	closed.AdditionalProperties = false
	cases := []checkCase{
		{name: "odd but fine", edit: put("a b/c~d.é:%", "")},
		{name: "no name", edit: put("", "x"), where: "properties (name)", says: "needs a name"},
		{name: "a space in front", edit: put(" x", "1"), where: "property  x (name)", says: "drops spaces", advice: "without them"},
		{name: "a space behind", edit: put("x\u00a0", "1"), where: "property x\u00a0 (name)", says: "drops spaces"},
		{name: "a long name", edit: put(strings.Repeat("x", 257), "1"), where: "property " + strings.Repeat("x", 257) + " (name)", says: "2 too many"},
		{name: "an emoji in the name", edit: put("🚀", "1"), where: "property 🚀 (name)", says: "no emoji"},
		{name: "an emoji in the value", edit: put("x", "🚀"), where: "property x (value)", says: "no emoji"},
		{name: "not UTF-8", edit: put("x", "\xff"), where: "property x (value)", says: "no UTF-8"},
		{name: "null", edit: func(i *model.Image) { i.Properties["x"] = model.Null[string]() }, where: "property x (value)", says: "null is no value", advice: "remove the property"},
		{name: "null where the schema allows it", edit: func(i *model.Image) { i.Properties["ramdisk_id"] = model.Null[string]() }},
		{name: "no UUID", edit: put("kernel_id", "x"), where: "property kernel_id (value)", says: "not in the form", advice: "a UUID"},
		{name: "empty where a UUID is wanted", edit: put("kernel_id", ""), where: "property kernel_id (value)", says: "not in the form"},
		{name: "one of a list", edit: put("cinder_encryption_key_deletion_policy", "x"), where: "property cinder_encryption_key_deletion_policy (value)", says: "not one of", advice: "do_not_delete"},
		{name: "a very long value", edit: put("x", strings.Repeat("x", 65536)), where: "property x (value)", says: "64 kB", warns: true},
		{name: "129 properties", before: full, edit: put("x", "1"), where: "properties", says: "128 properties at most: 1 too many"},
		{name: "128 properties", before: full, edit: func(i *model.Image) { delete(i.Properties, "1"); i.Properties["x"] = model.Some("1") }},
		{name: "a name that cannot be reached, changed", before: spaced, edit: put(" x", "2"), where: "property  x (name)", says: "drops spaces"},
		{name: "a name that cannot be reached, removed", before: spaced, edit: func(i *model.Image) { delete(i.Properties, " x") }, where: "property  x (name)", says: "drops spaces"},
		{name: "a name that cannot be reached, left", before: spaced, edit: put("p", "2")},
		{name: "no properties of one's own", rules: rules.Rules{Schema: &closed}, edit: put("mine", "x"), where: "property mine (name)", says: "those it declares itself"},
	}
	for _, name := range serversOwn {
		cases = append(cases, checkCase{name: name, edit: put(name, "x"), where: "property " + name + " (name)", says: "keeps this name", advice: "another name"})
	}
	for _, name := range []string{"stores", "location", "deleted", "deleted_at", "os_glance_x", "os_glance", "self", "file", "schema", "direct_url"} {
		cases = append(cases, checkCase{name: name, edit: put(name, "x"), where: "property " + name + " (name)", says: "keeps this name"})
	}
	for _, a := range model.Attributes() {
		if a.Base {
			cases = append(cases, checkCase{name: a.Name, edit: put(a.Name, "x"), where: "property " + a.Name + " (name)", says: "keeps this name"})
		}
	}
	runChecks(t, cases)
}

func TestCheckLocations(t *testing.T) {
	two := modeltest.ActiveImage(t, "http://a", "http://b")
	list := func(short string) func(*model.Image) { return func(i *model.Image) { i.Locations = locs(short) } }
	with := func(url string) func(*model.Image) {
		return func(i *model.Image) { i.Locations = append(i.Locations, model.Location{URL: url}) }
	}
	metadata := func(m map[string]any) func(*model.Image) {
		return func(i *model.Image) { i.Locations = append(i.Locations, model.Location{URL: "http://c", Metadata: m}) }
	}
	old := rules.For(api.Release2015)
	cases := []checkCase{
		{name: "none left", edit: list(""), where: "locations", says: "keeps at least one", advice: "in the same edit"},
		{name: "none left of one", before: modeltest.ActiveImage(t, "http://a"), edit: list(""), where: "locations", says: "keeps at least one"},
		{name: "none left, in 2015", rules: old, edit: list("")},
		{name: "none left of a queued image, in 2015", rules: old, before: withStatus(two, model.StatusQueued), edit: list(""), where: "locations", says: "of a queued image"},
		{name: "the only one replaced", before: modeltest.ActiveImage(t, "http://a"), edit: list("c")},
		{name: "a removal of a queued image", before: withStatus(two, model.StatusQueued), edit: list("a"), where: "locations", says: "of a queued image"},
		{name: "an addition to a queued image that has some", before: withStatus(two, model.StatusQueued), edit: list("a b c")},
		{name: "hidden", before: hiding(two), edit: list("c"), where: "locations", says: "hides locations", advice: "operator"},
		{name: "hidden and none wanted", before: hiding(two), edit: func(i *model.Image) { i.LocationsShown = true }, where: "locations", says: "hides locations"},

		{name: "no URL", edit: with(""), where: "location 3 (url)", says: "needs a URL"},
		{name: "a long URL", edit: with("http://" + strings.Repeat("x", 250)), where: "location 3 (url)", says: "255 characters at most: 2 too many"},
		{name: "no scheme", edit: with("mirror/x"), where: "location 3 (url)", says: "begins with its scheme", advice: "http://"},
		{name: "an empty scheme", edit: with("://x"), where: "location 3 (url)", says: "begins with its scheme"},
		{name: "upper case", edit: with("HTTP://x"), where: "location 3 (url)", says: "lower case"},
		{name: "a file", edit: with("file:///x"), where: "location 3 (url)", says: "file:", advice: "http"},
		{name: "a file in upper case", edit: with("FILE:///x"), where: "location 3 (url)", says: "FILE:"},
		{name: "filesystem", edit: with("filesystem:///x"), where: "location 3 (url)", says: "filesystem:"},
		{name: "swift+config", edit: with("swift+config://x"), where: "location 3 (url)", says: "swift+config:"},
		{name: "an emoji", edit: with("http://🚀"), where: "location 3 (url)", says: "no emoji"},
		{name: "other stores' schemes", edit: with("rbd://pool/x")},
		{name: "a file that is there", before: modeltest.ActiveImage(t, "file:///x"), edit: with("http://c")},

		{name: "an emoji in metadata", edit: metadata(map[string]any{"k": []any{"🚀"}}), where: "location 3 (metadata)", says: "no emoji"},
		{name: "an emoji as a name", edit: metadata(map[string]any{"m": map[string]any{"🚀": ""}}), where: "location 3 (metadata)", says: "no emoji"},
		{name: "no JSON", edit: metadata(map[string]any{"k": func() {}}), where: "location 3 (metadata)", says: "not a JSON object"},
		{name: "numbers", edit: metadata(map[string]any{"k": 1, "l": nil, "m": true})},
		{name: "changed metadata", edit: func(i *model.Image) { i.Locations[1].Metadata = map[string]any{"k": "🚀"} }, where: "location 2 (metadata)", says: "no emoji"},

		{name: "twice the same", edit: list("a b a"), where: "location 3", says: "in the list already", advice: "different metadata"},
		{name: "twice the same new one", edit: list("a b c{k:v} c{k:v}"), where: "location 4", says: "in the list already"},
		{name: "twice but for metadata", edit: list("a b a{k:v}")},
		{name: "twice on the server", before: modeltest.ActiveImage(t, "http://a", "http://a"), edit: list("a a b")},

		{name: "eleven", edit: list("a b 1 2 3 4 5 6 7 8 9"), where: "locations", says: "10 locations at most: 1 too many"},
		{name: "ten", edit: list("a b 1 2 3 4 5 6 7 8")},
		{name: "another limit", rules: rules.Rules{Limits: rules.Limits{Locations: 20}}, edit: list("a b 1 2 3 4 5 6 7 8 9")},
		{name: "a limit of one", rules: rules.Rules{Limits: rules.Limits{Locations: 1}}, before: modeltest.ActiveImage(t, "http://a"), edit: list("b"), where: "locations", says: "list is full", advice: "image_location_quota"},

		{name: "a removal as a member", rules: rules.Rules{RolesKnown: true}, edit: list("a"), where: "locations", says: "only an administrator", warns: true},
		{name: "an addition as a member", rules: rules.Rules{RolesKnown: true}, edit: list("a b c")},
		{name: "another order in 2015", rules: old, edit: list("b a"), where: "locations", says: "refuse to change the order", warns: true},
		{name: "an addition in 2015", rules: old, edit: list("a b c")},
	}
	for _, status := range model.Statuses {
		if status == model.StatusActive || status == model.StatusQueued {
			continue
		}
		cases = append(cases, checkCase{name: string(status), before: withStatus(two, status), edit: list("a b c"), where: "locations",
			says: "it is " + string(status), advice: rules.OpeningAdvice(status)})
	}
	for n := range cases {
		if cases[n].before.ID == "" {
			cases[n].before = two
		}
	}
	runChecks(t, cases)
}

// TestCheckGivesAllFaultsInTheOrderOfTheForm: a user fixes them from above.
func TestCheckGivesAllFaultsInTheOrderOfTheForm(t *testing.T) {
	after := edited(modeltest.QueuedImage(t), func(i *model.Image) {
		i.Properties["base"], i.Properties["a"] = model.Some("x"), model.Some("🚀")
		i.Locations = []model.Location{{URL: "file:///x", Metadata: map[string]any{"k": "🚀"}}, {URL: ""}}
		i.DiskFormat, i.MinRAM, i.Visibility, i.Tags = model.Null[string](), -1, "x", []string{"🚀"}
		i.Name = model.Some("🚀")
	})
	var got []string
	for _, f := range (rules.Rules{}).Check(modeltest.QueuedImage(t), after) {
		got = append(got, f.Field.String())
	}
	const want = "name, tag 🚀, visibility, min_ram, disk_format, location 1 (url), location 1 (metadata), location 2 (url), property a (value), property base (name)"
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}

// FuzzAddress: a name that passes can be reached by a pointer.
func FuzzAddress(f *testing.F) {
	for _, name := range []string{"", "os_distro", "a/b", "a~b", "~01", " a", "a\n", "é", "//"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		e := patch.Decode(patch.Operation{Op: patch.OpAdd, Path: "/" + patch.EscapePointer(name), Value: ""})
		if rules.CheckAddress(name) == nil && (e.Fault != "" || e.Name != name) {
			t.Fatalf("%q is said to be reachable, but is read as %q (%s)", name, e.Name, e.Fault)
		}
	})
}
