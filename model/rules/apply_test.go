package rules_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// The tables follow what was measured on a real Glance 25.

func TestApplyBaseAttributes(t *testing.T) {
	var cases []exchangeCase
	add := func(name, body string, code int, want, says string) {
		cases = append(cases, exchangeCase{name: name, before: modeltest.QueuedImage(t), body: body, code: code, want: want, says: says})
	}
	for _, op := range []string{"add", "replace"} {
		add(op+" a name", set(op, "/name", `"x"`), 200, `{"name": "x"}`, "")
		add(op+" an empty name", set(op, "/name", `""`), 200, `{"name": ""}`, "")
		add(op+" no name", set(op, "/name", `null`), 200, `{"name": null}`, "")
		add(op+" a name with NUL and spaces", set(op, "/name", `" a\u0000\n "`), 200, `{"name": " a\u0000\n "}`, "")
		add(op+" a name of 255", set(op, "/name", textOf(255)), 200, "", "")
		add(op+" a name of 256", set(op, "/name", textOf(256)), 400, "", "is too long")
		add(op+" a number for a name", set(op, "/name", `5`), 400, "", "5 is not of type 'null', 'string'")
		add(op+" an emoji", set(op, "/name", `"😀"`), 400, "", "4 byte")

		add(op+" tags", set(op, "/tags", `["b", "a", "b", "B", "b ", ""]`), 200, `{"tags": ["", "B", "a", "b", "b "]}`, "")
		add(op+" no tags", set(op, "/tags", `[]`), 200, `{"tags": []}`, "")
		add(op+" null for tags", set(op, "/tags", `null`), 400, "", "None is not of type 'array'")
		add(op+" a long tag", set(op, "/tags", listOf(textOf(256))), 400, "", "is too long")
		add(op+" an emoji as tag", set(op, "/tags", `["😀"]`), 400, "", "4 byte")
		add(op+" one tag", set(op, "/tags/-", `"b"`), 400, "", "Invalid JSON pointer")
		add(op+" a tag's place", set(op, "/tags/0", `"b"`), 400, "", "Invalid JSON pointer")

		for _, v := range model.Visibilities {
			add(op+" "+string(v), set(op, "/visibility", `"`+string(v)+`"`), 200, `{"visibility": "`+string(v)+`"}`, "")
		}
		add(op+" another visibility", set(op, "/visibility", `"all"`), 400, "", "is not one of")
		add(op+" no visibility", set(op, "/visibility", `null`), 400, "", "")

		for _, name := range []string{"protected", "os_hidden"} {
			add(op+" "+name, set(op, "/"+name, `true`), 200, `{"`+name+`": true}`, "")
			for _, value := range []string{`"true"`, `1`, `null`} {
				add(op+" "+name+" "+value, set(op, "/"+name, value), 400, "", "is not of type 'boolean'")
			}
		}
		for _, name := range []string{"min_disk", "min_ram"} {
			add(op+" "+name, set(op, "/"+name, `2147483647`), 200, `{"`+name+`": 2147483647}`, "")
			add(op+" "+name+" 2.0", set(op, "/"+name, `2.0`), 200, `{"`+name+`": 2}`, "")
			add(op+" "+name+" negative", set(op, "/"+name, `-1`), 400, "", "negative")
			add(op+" "+name+" too large", set(op, "/"+name, `2147483648`), 400, "", "out of range")
			for _, value := range []string{`"5"`, `1.5`, `null`, `true`, `1e400`} {
				add(op+" "+name+" "+value, set(op, "/"+name, value), 400, "", "is not of type 'integer'")
			}
		}
		add(op+" an owner", set(op, "/owner", `"them"`), 200, `{"owner": "them"}`, "")
		add(op+" an empty owner", set(op, "/owner", `""`), 200, `{"owner": null}`, "")

		for _, name := range []string{"disk_format", "container_format"} {
			add(op+" "+name, set(op, "/"+name, `"ami"`), 200, `{"`+name+`": "ami"}`, "")
			add(op+" no "+name, set(op, "/"+name, `null`), 200, `{"`+name+`": null}`, "")
			add(op+" bad "+name, set(op, "/"+name, `"x"`), 400, "", "is not one of [None, ")
		}
		add(op+" a number as value", set(op, "/os_hidden", `{"a": [1, null, false, "it's"]}`), 400, "", `{'a': [1, None, False, "it's"]}`)
	}
	for _, a := range model.Attributes() {
		if a.Base && !a.ByServer && a.Kind != model.KindLocations {
			add("remove "+a.Name, remove("/"+a.Name), 403, "", "may not be removed")
		}
	}
	runExchanges(t, cases)
}

func TestApplyNeverTouchesWhatOnlyTheServerSets(t *testing.T) {
	var cases []exchangeCase
	for name, says := range map[string]string{
		"id": "read-only", "status": "read-only", "checksum": "read-only", "size": "read-only", "virtual_size": "read-only",
		"created_at": "read-only", "updated_at": "read-only", "self": "read-only", "file": "read-only", "schema": "read-only",
		"direct_url": "read-only", "os_hash_algo": "read-only", "os_hash_value": "read-only",
		"location": "reserved", "deleted": "reserved", "deleted_at": "reserved",
		"os_glance_import_task": "reserved", "os_glance": "reserved",
	} {
		for _, body := range []string{set("add", "/"+name, `"x"`), set("replace", "/"+name, `null`), remove("/" + name)} {
			cases = append(cases, exchangeCase{name: body, before: modeltest.QueuedImage(t), body: body, code: 403, says: says})
		}
	}
	runExchanges(t, cases)
}

func TestApplyFormatsInEachStatus(t *testing.T) {
	var cases []exchangeCase
	for _, status := range model.Statuses {
		c := exchangeCase{name: string(status), before: withStatus(modeltest.QueuedImage(t), status), body: set("replace", "/disk_format", `"raw"`)}
		if status != model.StatusQueued && status != model.StatusImporting {
			c.code, c.says = 403, "can be only replaced for a queued image"
		}
		cases = append(cases, c)
	}
	runExchanges(t, cases)
}

func TestApplyOtherAttributesInEachStatus(t *testing.T) {
	body := strings.Join([]string{set("replace", "/name", `"x"`), set("replace", "/tags", `["b"]`), set("replace", "/protected", `true`),
		set("add", "/q", `"2"`), remove("/p")}, ",")
	var cases []exchangeCase
	for _, status := range model.Statuses {
		cases = append(cases, exchangeCase{name: string(status), before: withStatus(modeltest.QueuedImage(t), status), body: body,
			want: `{"name": "x", "tags": ["b"], "protected": true, "q": "2", "p": null}`})
	}
	runExchanges(t, cases)
}

func TestApplyAsksForARole(t *testing.T) {
	member, admin := rules.Rules{RolesKnown: true}, rules.Rules{RolesKnown: true, Admin: true}
	public, owner := set("replace", "/visibility", `"public"`), set("replace", "/owner", `"me"`)
	runExchanges(t, []exchangeCase{
		{name: "member publishes", rules: member, before: modeltest.QueuedImage(t), body: public, code: 403, says: "publicize_image"},
		{name: "member shares", rules: member, before: modeltest.QueuedImage(t), body: set("replace", "/visibility", `"community"`)},
		{name: "member sets the owner to the same", rules: member, before: modeltest.QueuedImage(t), body: owner, code: 403, says: "non admin"},
		{name: "admin publishes", rules: admin, before: modeltest.QueuedImage(t), body: public},
		{name: "admin sets the owner", rules: admin, before: modeltest.QueuedImage(t), body: owner},
		{name: "roles unknown", before: modeltest.QueuedImage(t), body: public + "," + owner},
	})
}

func TestApplyTagQuota(t *testing.T) {
	tags := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprintf("%q", fmt.Sprint(i))
		}
		return set("replace", "/tags", listOf(list...))
	}
	runExchanges(t, []exchangeCase{
		{name: "128", before: modeltest.QueuedImage(t), body: tags(128)},
		{name: "129", before: modeltest.QueuedImage(t), body: tags(129), code: 413, says: "Attempted: 129, Maximum: 128"},
		{name: "another quota", rules: rules.Rules{Limits: rules.Limits{Tags: 2}}, before: modeltest.QueuedImage(t), body: tags(3), code: 413, says: "Maximum: 2"},
		{name: "no quota", rules: rules.Rules{Limits: rules.Limits{Tags: -1}}, before: modeltest.QueuedImage(t), body: tags(500)},
	})
}

func TestApplyUndoesAllButDeletedData(t *testing.T) {
	before := modeltest.ActiveImage(t, "file:///images/1", "http://a", "rbd://pool/1", "http://b")
	for _, c := range []struct {
		name, body string
		index      int
		kept       []string
	}{
		{"a missing property afterwards", remove("/locations/0") + "," + remove("/missing"), 1, []string{"file:///images/1"}},
		{"http is only forgotten", remove("/locations/1") + "," + remove("/missing"), 1, nil},
		{"the final quota check", remove("/locations/2") + "," + set("add", "/q", `"1"`), -1, []string{"rbd://pool/1"}},
		{"a bad value is found before anything", remove("/locations/0") + "," + set("replace", "/name", "5"), 1, nil},
		{"a range is checked at the end", remove("/locations/0") + "," + set("replace", "/min_ram", "2147483648"), 1, []string{"file:///images/1"}},
		{"an emoji is found at the end", remove("/locations/0") + "," + set("replace", "/name", `"😀"`), 1, []string{"file:///images/1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			untouched := string(jsontext.MustEncode(before))
			_, err := serve(rules.Rules{Limits: rules.Limits{Properties: 1}}, before, patch.MediaTypeV21, "["+c.body+"]")
			var refused *patch.Rejection
			if !errors.As(err, &refused) {
				t.Fatalf("got %v", err)
			}
			var kept []string
			for _, l := range refused.Kept {
				kept = append(kept, l.URL)
			}
			if !reflect.DeepEqual(kept, c.kept) || refused.Index != c.index {
				t.Errorf("gone %q, operation %d; want %q, %d", kept, refused.Index, c.kept, c.index)
			}
			if now := string(jsontext.MustEncode(before)); now != untouched {
				t.Errorf("the image given changed: %s", now)
			}
		})
	}
}

func TestApplyTakesTypedAndPlainValues(t *testing.T) {
	location := model.Location{URL: "http://a", Metadata: map[string]any{"k": []any{"v"}}}
	typed := patch.Patch{
		{Op: patch.OpReplace, Path: "/name", Value: "x"},
		{Op: patch.OpReplace, Path: "/protected", Value: true},
		{Op: patch.OpReplace, Path: "/min_ram", Value: int64(5)},
		{Op: patch.OpReplace, Path: "/min_disk", Value: 6},
		{Op: patch.OpReplace, Path: "/tags", Value: []string{"b", "c"}},
		{Op: patch.OpReplace, Path: "/kernel_id", Value: nil},
		{Op: patch.OpReplace, Path: "/locations", Value: []model.Location{location, {URL: "http://b"}}},
		{Op: patch.OpAdd, Path: "/locations/-", Value: model.Location{URL: "http://c"}},
	}
	fromTyped, err := rules.Rules{}.Apply(modeltest.QueuedImage(t), typed)
	if err != nil {
		t.Fatal(err)
	}
	fromPlain, err := serve(rules.Rules{}, modeltest.QueuedImage(t), patch.MediaTypeV21, string(typed.JSON()))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := string(jsontext.MustEncode(fromTyped)), string(jsontext.MustEncode(fromPlain)); a != b {
		t.Errorf("typed %s\nplain %s", a, b)
	}
	requireMembers(t, fromTyped, `{"name": "x", "protected": true, "min_ram": 5, "min_disk": 6, "tags": ["b", "c"], "status": "active"}`)
}

func TestApplyChecksTypedValues(t *testing.T) {
	for name, o := range map[string]patch.Operation{
		"a number for a name":   {Op: patch.OpReplace, Path: "/name", Value: 5},
		"a text for a number":   {Op: patch.OpReplace, Path: "/min_ram", Value: "5"},
		"half a number":         {Op: patch.OpReplace, Path: "/min_ram", Value: 1.5},
		"one tag":               {Op: patch.OpReplace, Path: "/tags", Value: "a"},
		"a location as a list":  {Op: patch.OpAdd, Path: "/locations/-", Value: []model.Location{}},
		"what is no JSON value": {Op: patch.OpReplace, Path: "/name", Value: func() {}},
		"a verb of RFC 6902":    {Op: "test", Path: "/name", Value: "n"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := rules.Rules{}.Apply(modeltest.QueuedImage(t), patch.Patch{o})
			requireAnswer(t, err, 400, "")
		})
	}
}

func TestApplyOfNothingChangesNothing(t *testing.T) {
	before := modeltest.ActiveImage(t, "http://a")
	got, err := rules.Rules{}.Apply(before, nil)
	if err != nil || string(jsontext.MustEncode(got)) != string(jsontext.MustEncode(before)) {
		t.Errorf("got %s, %v", jsontext.MustEncode(got), err)
	}
}
