package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestApplyProperties(t *testing.T) {
	const uuid = `"da3b75d9-3f4a-40e7-8a2c-bfab23927dea"`
	q := modeltest.QueuedImage(t)
	cases := []exchangeCase{
		{name: "add a new one", body: set("add", "/q", `"2"`), want: `{"q": "2", "p": "1"}`},
		{name: "add an existing one", body: set("add", "/p", `"2"`), want: `{"p": "2"}`},
		{name: "replace", body: set("replace", "/p", `"2"`), want: `{"p": "2"}`},
		{name: "replace a missing one", body: set("replace", "/q", `"2"`), code: 409, says: "does not exist"},
		{name: "remove", body: remove("/p"), want: `{"p": null}`},
		{name: "remove a missing one", body: remove("/q"), code: 409, says: "does not exist"},
		{name: "remove one twice", body: remove("/p") + "," + remove("/p"), code: 409},
		{name: "an empty value", body: set("add", "/q", `""`), want: `{"q": ""}`},
		{name: "70 kB", body: set("add", "/q", `"`+strings.Repeat("x", 70000)+`"`)},
		{name: "an emoji in the value", body: set("add", "/q", `"😀"`), code: 400, says: "Q can't contain 4 byte"},
		{name: "an emoji in the name", body: set("add", "/😀", `"x"`), code: 400, says: "Property names can't"},
		{name: "a long name", body: set("add", "/"+strings.Repeat("n", 256), `"x"`)},
		{name: "kernel_id: a UUID", body: set("add", "/kernel_id", uuid), want: `{"kernel_id": ` + uuid + `}`},
		{name: "kernel_id: null", body: set("add", "/ramdisk_id", `null`)},
		{name: "kernel_id: empty", body: set("add", "/kernel_id", `""`), code: 400, says: "does not match"},
		{name: "kernel_id: text", body: set("add", "/kernel_id", `"x"`), code: 400, says: "does not match"},
		{name: "one of a list", body: set("add", "/cinder_encryption_key_deletion_policy", `"do_not_delete"`)},
		{name: "not one of a list", body: set("add", "/cinder_encryption_key_deletion_policy", `"x"`), code: 400, says: "is not one of ['on_image_deletion', 'do_not_delete']"},
		{name: "the last one wins", body: set("add", "/q", `"1"`) + "," + set("add", "/q", `"2"`), want: `{"q": "2"}`},

		{name: "a slash in the name", body: set("add", "/a~1b", `"x"`), want: `{"a/b": "x"}`},
		{name: "a tilde in the name", body: set("add", "/a~0b", `"x"`), want: `{"a~b": "x"}`},
		{name: "an escaped escape", body: set("add", "/a~01b", `"x"`), want: `{"a~1b": "x"}`},
		{name: "outer spaces", body: set("add", "/ sp ", `"x"`), want: `{"sp": "x"}`},
		{name: "odd but fine", body: set("add", `/a b.c:d%e'f-G1`, `"x"`), want: `{"a b.c:d%e'f-G1": "x"}`},
		{name: "no name", body: set("add", "/", `"x"`), want: `{"": "x"}`},
		{name: "two slashes in front", body: set("add", "//p4", `"x"`), want: `{"p4": "x"}`},
		{name: "case matters", body: set("add", "/P", `"x"`), want: `{"P": "x", "p": "1"}`},

		{name: "stores becomes a property", body: set("add", "/stores", `"x"`), want: `{"stores": "x"}`},
		{name: "stores is not there", body: set("replace", "/stores", `"x"`), code: 409},
		{name: "stores comes and goes", body: set("add", "/stores", `"x"`) + "," + remove("/stores"), want: `{"stores": null}`},
		{name: "stores is hidden by the real one", before: modeltest.ActiveImage(t, "http://a"), body: set("add", "/stores", `"x"`), want: `{"stores": null}`},
	}
	for _, value := range []string{`5`, `true`, `null`, `[]`, `{}`} {
		cases = append(cases, exchangeCase{name: "value " + value, body: set("add", "/q", value), code: 400, says: "is not of type 'string'"})
	}
	for n := range cases {
		if cases[n].before.ID == "" {
			cases[n].before = q
		}
	}
	runExchanges(t, cases)
}

func TestApplyTakesNamesOfTheServersOwn(t *testing.T) {
	var cases []exchangeCase
	for _, name := range serversOwn {
		c := exchangeCase{name: name, before: modeltest.QueuedImage(t), body: set("add", "/"+name, `"x"`), want: fmt.Sprintf(`{%q: null}`, name)}
		switch name {
		case "image_id":
			c.code = 404
		case "base", "extra_properties", "__class__", "__dict__", "__weakref__":
			c.code = 500
		}
		cases = append(cases, c,
			exchangeCase{name: name + " removed", before: modeltest.QueuedImage(t), body: remove("/" + name), code: 403, says: "may not be removed"})
	}
	runExchanges(t, cases)
}

func TestApplyPropertyQuota(t *testing.T) {
	full := modeltest.QueuedImage(t)
	full.Properties = map[string]model.Opt[string]{}
	for n := range 128 {
		full.Properties[fmt.Sprintf("p%d", n)] = model.Some("x")
	}
	over := full.Clone()
	over.Properties["over"] = model.Some("x")
	runExchanges(t, []exchangeCase{
		{name: "one too many", before: full, body: set("add", "/q", `"x"`), code: 413, says: "Attempted: 129, Maximum: 128"},
		{name: "add, then remove", before: full, body: set("add", "/q", `"x"`) + "," + remove("/p1")},
		{name: "remove, then add", before: full, body: remove("/p1") + "," + set("add", "/q", `"x"`)},
		{name: "replace at the limit", before: full, body: set("replace", "/p1", `"y"`)},
		{name: "replace over the limit", before: over, body: set("replace", "/p1", `"y"`)},
		{name: "a hidden one counts", before: full, body: set("add", "/stores", `"x"`), code: 413},
		{name: "another quota", rules: rules.Rules{Limits: rules.Limits{Properties: 200}}, before: full, body: set("add", "/q", `"x"`)},
		{name: "no quota", rules: rules.Rules{Limits: rules.Limits{Properties: -1}}, before: over, body: set("add", "/q", `"x"`)},
	})
}

func TestApplyWithoutCustomProperties(t *testing.T) {
	schema := *rules.DefaultSchema()
	schema.AdditionalProperties = false
	rules := rules.Rules{Schema: &schema}
	runExchanges(t, []exchangeCase{
		{name: "a property of one's own", rules: rules, before: modeltest.QueuedImage(t), body: set("add", "/mine", `"x"`), code: 400,
			says: "Additional properties are not allowed ('mine' was unexpected)"},
		{name: "one that the deployment declares", rules: rules, before: modeltest.QueuedImage(t), body: set("add", "/os_distro", `"x"`)},
		{name: "removal of one's own", rules: rules, before: modeltest.QueuedImage(t), body: remove("/p"), want: `{"p": null}`},
	})
}
