package rules_test

import (
	_ "embed"
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
)

// deploymentSchema is of a cloud with formats, lengths and properties of its
// own, where no one may add others.
//
//go:embed testdata/schema_deployment.json
var deploymentSchema []byte

func deployment(t *testing.T) rules.Rules {
	t.Helper()
	schema, err := rules.ParseSchema(deploymentSchema)
	if err != nil {
		t.Fatal(err)
	}
	return rules.Rules{Schema: schema}
}

// What the form offers comes from the deployment.
func TestADeploymentOffersItsOwn(t *testing.T) {
	r := deployment(t)
	for attribute, want := range map[string]string{
		"disk_format": "raw gpt", "container_format": "bare sif", "visibility": "private shared",
		"tier": "gold silver", "cost_centre": "", "os_distro": "",
	} {
		if got := strings.Join(r.Choices(attribute), " "); got != want {
			t.Errorf("%s: offers %q, want %q", attribute, got, want)
		}
	}
	if got := r.DeclaredProperties(); !slices.Equal(got, []string{"contact", "cost_centre", "tier"}) {
		t.Errorf("declares %v", got)
	}
	if got := (rules.Rules{}).DeclaredProperties(); !slices.Contains(got, "os_distro") || slices.Contains(got, "name") {
		t.Errorf("a usual server declares %v", got)
	}
	if ok, why := r.Editable(modeltest.QueuedImage(t), "properties"); !ok {
		t.Errorf("its own properties cannot be added: %s", why)
	}
}

// What a draft is held against comes from it too.
func TestADeploymentsSchemaDecides(t *testing.T) {
	r := deployment(t)
	put := func(name, value string) func(*model.Image) {
		return func(i *model.Image) { i.Properties[name] = model.Some(value) }
	}
	with := func(url string) func(*model.Image) {
		return func(i *model.Image) {
			i.DiskFormat, i.ContainerFormat, i.Locations = model.Some("gpt"), model.Some("sif"), []model.Location{{URL: url}}
		}
	}
	const property = "property "
	runChecks(t, []checkCase{
		{name: "a format of its own", rules: r, edit: func(i *model.Image) { i.DiskFormat, i.ContainerFormat = model.Some("gpt"), model.Some("sif") }},
		{name: "its format elsewhere", edit: func(i *model.Image) { i.DiskFormat = model.Some("gpt") }, where: "disk_format", says: "not one of the values", advice: "qcow2"},
		{name: "a usual format", rules: r, edit: func(i *model.Image) { i.DiskFormat = model.Some("qcow2") }, where: "disk_format", says: "not one of the values", advice: "one of raw, gpt"},
		{name: "no format", rules: r, before: edited(modeltest.QueuedImage(t), func(i *model.Image) { i.DiskFormat = model.Some("raw") }), edit: func(i *model.Image) { i.DiskFormat = model.Null[string]() }},
		{name: "a usual visibility", rules: r, edit: func(i *model.Image) { i.Visibility = model.Community }, where: "visibility", says: "not one of", advice: "private, shared"},
		{name: "a name as long as can be", rules: r, edit: func(i *model.Image) { i.Name = model.Some(strings.Repeat("é", 40)) }},
		{name: "a name too long here", rules: r, edit: func(i *model.Image) { i.Name = model.Some(strings.Repeat("é", 41)) }, where: "name", says: "40 characters at most: 1 too many"},
		{name: "a tag too long here", rules: r, edit: func(i *model.Image) { i.Tags = []string{"thirteen chars"} }, where: "tag thirteen chars", says: "12 characters at most: 2 too many"},
		{name: "a disk too large", rules: r, edit: func(i *model.Image) { i.MinDisk = 101 }, where: "min_disk", says: "100 at most"},
		{name: "too little memory", rules: r, edit: func(i *model.Image) { i.MinRAM = 511 }, where: "min_ram", says: "512 at least"},
		{name: "a URL as long as can be", rules: r, edit: with("http://" + strings.Repeat("x", 23))},
		{name: "a URL too long here", rules: r, edit: with("http://" + strings.Repeat("x", 24)), where: "location 1 (url)", says: "30 characters at most: 1 too many"},

		{name: "a declared property", rules: r, edit: put("tier", "gold")},
		{name: "a value that is not declared", rules: r, edit: put("tier", "lead"), where: property + "tier (value)", says: "not one of the values", advice: "one of gold, silver"},
		{name: "null where none is declared", rules: r, edit: func(i *model.Image) { i.Properties["tier"] = model.Null[string]() }, where: property + "tier (value)", says: "null is no value"},
		{name: "null where it is", rules: r, edit: func(i *model.Image) { i.Properties["cost_centre"] = model.Null[string]() }},
		{name: "its pattern", rules: r, edit: put("cost_centre", "0815")},
		{name: "not its pattern", rules: r, edit: put("cost_centre", "815"), where: property + "cost_centre (value)", says: "not in the form", advice: "^[0-9]{4}$"},
		{name: "too short", rules: r, edit: put("contact", "ab"), where: property + "contact (value)", says: "3 characters at least"},
		{name: "too long", rules: r, edit: put("contact", "an address far too long"), where: property + "contact (value)", says: "10 characters at most: 13 too many"},
		{name: "required of an object that a text is not", rules: r, before: edited(modeltest.QueuedImage(t), put("contact", "ops")), edit: func(i *model.Image) { delete(i.Properties, "contact") }},
		{name: "one that is not declared", rules: r, edit: put("os_distro", "x"), where: property + "os_distro (name)", says: "those it declares itself", advice: "one of contact, cost_centre, tier"},
		{name: "one that is not declared but there", rules: r, edit: put("p", "y"), where: property + "p (value)", says: "those it declares itself"},
		{name: "its removal", rules: r, edit: func(i *model.Image) { delete(i.Properties, "p") }},
	})
}

// A server with that schema says the same.
func TestADeploymentsServerDecides(t *testing.T) {
	r := deployment(t)
	before := modeltest.QueuedImage(t)
	runExchanges(t, []exchangeCase{
		{name: "a format of its own", rules: r, before: before, body: set("replace", "/disk_format", `"gpt"`), want: `{"disk_format": "gpt"}`},
		{name: "a usual format", rules: r, before: before, body: set("replace", "/disk_format", `"qcow2"`), code: 400, says: "'qcow2' is not one of [None, 'raw', 'gpt']"},
		{name: "a long name", rules: r, before: before, body: set("replace", "/name", `"`+strings.Repeat("x", 41)+`"`), code: 400, says: "is too long"},
		{name: "a value", rules: r, before: before, body: set("add", "/tier", `"gold"`), want: `{"tier": "gold"}`},
		{name: "another value", rules: r, before: before, body: set("add", "/tier", `"lead"`), code: 400, says: "'lead' is not one of ['gold', 'silver']"},
		{name: "another property", rules: r, before: before, body: set("add", "/mine", `"x"`), code: 400, says: "('mine' was unexpected)"},
	})
}

// A schema that requires a name makes servers of 2026 refuse every other
// change: each is held against the whole schema by itself (measured).
func TestASchemaThatRequires(t *testing.T) {
	one := rules.Rules{Schema: requiring(t, `["team"]`)}
	two := rules.Rules{Schema: requiring(t, `["team", "floor"]`)}
	before := edited(modeltest.ActiveImage(t, "http://a", "http://b"), func(i *model.Image) { i.Properties["team"] = model.Some("a") })
	team := func(i *model.Image) { i.Properties["team"] = model.Some("b") }
	const refused = "requires the property team of every single change"
	runChecks(t, []checkCase{
		{name: "the required one", rules: one, before: before, edit: team},
		{name: "a name", rules: one, before: before, edit: func(i *model.Image) { i.Name = model.Some("x") }, where: "name", says: refused, advice: "operator"},
		{name: "a name beside it", rules: one, before: before, edit: func(i *model.Image) { i.Name = model.Some("x"); team(i) }, where: "name", says: refused},
		{name: "tags", rules: one, before: before, edit: func(i *model.Image) { i.Tags = []string{"x"} }, where: "tags", says: refused},
		{name: "another property", rules: one, before: before, edit: func(i *model.Image) { i.Properties["x"] = model.Some("y") }, where: "property x (value)", says: refused},
		{name: "a new location", rules: one, before: before, edit: func(i *model.Image) { i.Locations = locs("a b c") }, where: "locations", says: refused},
		{name: "a location that goes", rules: one, before: before, edit: func(i *model.Image) { i.Locations = locs("a") }},
		{name: "another property that goes", rules: one, before: before, edit: func(i *model.Image) { delete(i.Properties, "p") }},
		{name: "the required one goes", rules: one, before: before, edit: func(i *model.Image) { delete(i.Properties, "team") }, where: "property team (value)", says: "wants every image to have it", warns: true},
		{name: "one of two", rules: two, before: before, edit: team, where: "property team (value)", says: "requires the property floor"},
		{name: "nothing", rules: two, before: before, edit: func(*model.Image) {}},
	})
	runExchanges(t, []exchangeCase{
		{name: "the required one sent", rules: one, before: before, body: set("replace", "/team", `"b"`), want: `{"team": "b"}`},
		{name: "a name sent", rules: one, before: before, body: set("replace", "/name", `"x"`), code: 400, says: "'team' is a required property"},
		{name: "a location sent", rules: one, before: before, body: set("add", "/locations/-", modeltest.At("c")), code: 400, says: "'team' is a required property"},
		{name: "a removal sent", rules: one, before: before, body: remove("/team"), want: `{"team": null}`},
		{name: "one of two sent", rules: two, before: before, body: set("replace", "/team", `"b"`), code: 400, says: "'floor' is a required property"},
	})
}

func requiring(t *testing.T, names string) *rules.Schema {
	t.Helper()
	schema, err := rules.ParseSchema([]byte(`{"properties": {"team": {"type": "string", "is_base": false}}, "additionalProperties": {"type": "string"}, "required": ` + names + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
