package rules_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestParsePatchBodies(t *testing.T) {
	for _, c := range []struct {
		name, body string
		code       int
		says       string
	}{
		{"empty", ``, 400, "Body expected"},
		{"nothing in it", `[]`, 200, ""},
		{"cut short", `[`, 400, "Malformed JSON"},
		{"something behind", `[] x`, 400, "Malformed JSON"},
		{"two values", `[][]`, 400, "Malformed JSON"},
		{"a byte order mark", "\ufeff[]", 400, "Malformed JSON"},
		{"not UTF-8", "[{\"op\":\"add\",\"path\":\"/p\",\"value\":\"\xff\"}]", 400, "Malformed JSON"},
		{"an object", `{}`, 400, "must be a JSON array"},
		{"a text", `"x"`, 400, "Expected list/dict"},
		{"a number", `5`, 400, "Expected list/dict"},
		{"null", `null`, 400, "Expected list/dict"},
		{"no objects", `[5]`, 400, "Operations must be JSON objects"},
		{"lists", `[[]]`, 400, "Operations must be JSON objects"},
		{"no verb", `[{}]`, 400, "Unable to find `op`"},
		{"null for a verb", `[{"op":null,"path":"/p","value":"x"}]`, 400, "Unable to find `op`"},
		{"a number for a verb", `[{"op":5,"path":"/p","value":"x"}]`, 400, "Invalid operation: `5`"},
		{"upper case", `[{"op":"ADD","path":"/p","value":"x"}]`, 400, "Invalid operation: `ADD`"},
		{"test", `[{"op":"test","path":"/name","value":"x"}]`, 400, "Invalid operation: `test`"},
		{"move", `[{"op":"move","from":"/a","path":"/b"}]`, 400, "Invalid operation: `move`"},
		{"copy", `[{"op":"copy","from":"/a","path":"/b"}]`, 400, "Invalid operation: `copy`"},
		{"no path", `[{"op":"add","value":"x"}]`, 400, "Unable to find 'path'"},
		{"null for a path", `[{"op":"add","path":null,"value":"x"}]`, 500, ""},
		{"a number for a path", `[{"op":"add","path":5,"value":"x"}]`, 500, ""},
		{"a list for a path", `[{"op":"remove","path":["name"]}]`, 500, ""},
		{"no value", `[{"op":"add","path":"/p"}]`, 400, `Operation "add" requires a member named "value"`},
		{"no value for what is read-only", `[{"op":"add","path":"/status"}]`, 400, "requires a member"},
		{"a value too much", `[{"op":"remove","path":"/p","value":"x"}]`, 200, ""},
		{"other members", `[{"op":"add","path":"/p","value":"x","from":5,"comment":"y"}]`, 200, ""},
		{"the last of two members counts", `[{"op":"add","path":"/p","value":5,"value":"x"}]`, 200, ""},
		{"the first of two, too", `[{"op":"add","path":"/p","value":"x","value":5}]`, 400, "5 is not of type"},
		{"a surrogate pair", `[{"op":"add","path":"/p","value":"\ud83d\ude00"}]`, 200, ""},
		{"half a pair", `[{"op":"add","path":"/p","value":"\ud83d"}]`, 500, ""},
		{"the other half", `[{"op":"add","path":"/p","value":"\ude00x"}]`, 500, ""},
		{"halves in disorder", `[{"op":"add","path":"/p","value":"\ude00\ud83d"}]`, 500, ""},
		{"half a pair in a path", `[{"op":"add","path":"/\ud83d","value":"x"}]`, 500, ""},
		{"no escape at all", `[{"op":"add","path":"/p","value":"\\ud83d"}]`, 200, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := rules.ParsePatch(patch.MediaTypeV21, []byte(c.body))
			requireAnswer(t, err, c.code, c.says)
		})
	}
}

func TestParsePatchMediaTypes(t *testing.T) {
	for mediaType, code := range map[string]int{
		patch.MediaTypeV21:                     200,
		patch.MediaTypeV20:                     200,
		patch.MediaTypeV21 + "; charset=utf-8": 200,
		"application/json-patch+json":          415,
		"application/json":                     415,
		"":                                     415,
		strings.ToUpper(patch.MediaTypeV21):    415,
	} {
		_, err := rules.ParsePatch(mediaType, []byte(`[]`))
		t.Run(mediaType, func(t *testing.T) { requireAnswer(t, err, code, "") })
	}
}

// TestParsePatchV20: the older form of an operation, in which an add refuses
// what is there.
func TestParsePatchV20(t *testing.T) {
	for _, c := range []struct {
		body string
		code int
		says string
	}{
		{`{"replace": "/name", "value": "x"}`, 200, ""},
		{`{"remove": "/p"}`, 200, ""},
		{`{"add": "/q", "value": "x"}`, 200, ""},
		{`{"add": "/locations/-", "value": {"url": "http://a", "metadata": {}}}`, 200, ""},
		{`{"add": "/p", "value": "x"}`, 409, "Property p already present"},
		{`{"add": "/q", "value": "x"}, {"add": "/q", "value": "y"}`, 409, "already present"},
		{`{"add": "/name", "value": "x"}`, 409, "already present"},
		{`{"add": "/context", "value": "x"}`, 409, "already present"},
		{`{"remove": "/name"}`, 403, "may not be removed"},
		{`{"replace": "/name", "add": "/name", "value": "x"}`, 400, "only one member"},
		{`{"value": "x"}`, 400, "exactly one member"},
		{`{"op": "replace", "path": "/name", "value": "x"}`, 400, "exactly one member"},
		{`{"replace": "/name"}`, 400, "requires a member"},
		{`{"replace": 5, "value": "x"}`, 500, ""},
	} {
		t.Run(c.body, func(t *testing.T) {
			_, err := serve(rules.Rules{}, modeltest.QueuedImage(t), patch.MediaTypeV20, "["+c.body+"]")
			requireAnswer(t, err, c.code, c.says)
		})
	}
}

func TestParsePatchNamesTheOperation(t *testing.T) {
	good, bad := set("replace", "/name", `"x"`), set("replace", "/name", `5`)
	_, err := rules.ParsePatch(patch.MediaTypeV21, []byte(listOf(good, good, bad, bad)))
	var refused *patch.Rejection
	if !errors.As(err, &refused) || refused.Index != 2 {
		t.Errorf("got %#v, want operation 2", err)
	}
	_, err = rules.ParsePatch(patch.MediaTypeV21, []byte(`{}`))
	if !errors.As(err, &refused) || refused.Index != -1 {
		t.Errorf("got %#v, want no operation", err)
	}
}

func TestParsePatchKeepsValuesAsTheyCame(t *testing.T) {
	p, err := rules.ParsePatch(patch.MediaTypeV21, []byte(listOf(set("replace", "/min_ram", `5`), set("add", "/locations/-", modeltest.AtWith("http://a", `{"n": 1.50}`)), remove("/p"))))
	if err != nil {
		t.Fatal(err)
	}
	want := patch.Patch{
		{Op: patch.OpReplace, Path: "/min_ram", Value: json.Number("5")},
		{Op: patch.OpAdd, Path: "/locations/-", Value: map[string]any{"url": "http://a", "metadata": map[string]any{"n": json.Number("1.50")}}},
		{Op: patch.OpRemove, Path: "/p"},
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got %#v\nwant %#v", p, want)
	}
}

func TestParsePatchAsksTheDeploymentsSchema(t *testing.T) {
	schema, err := rules.ParseSchema([]byte(`{"properties": {"disk_format": {"type": ["null", "string"], "enum": [null, "gpt"]}}, "additionalProperties": {"type": "string"}}`))
	if err != nil {
		t.Fatal(err)
	}
	body := []byte(listOf(set("replace", "/disk_format", `"gpt"`)))
	if _, err := (rules.Rules{Schema: schema}).ParsePatch(patch.MediaTypeV21, body); err != nil {
		t.Errorf("refused: %v", err)
	}
	if _, err := rules.ParsePatch(patch.MediaTypeV21, body); err == nil {
		t.Error("the default schema has no gpt")
	}
}

func FuzzParsePatch(f *testing.F) {
	for _, body := range []string{
		`[]`, `[{"op":"add","path":"/a~1b","value":"\ud83d"}]`, `[{"op":"replace","path":"/locations","value":[{"url":"http://a","metadata":{"n":[1,null]}}]}]`,
		`[{"op":"remove","path":"/locations/-"},{"op":"add","path":"//p/","value":{}}]`, `[{"op":"replace","path":"/min_ram","value":1e999999999}]`,
		`[{"op":"add","path":"/locations/99999999999999999999","value":{"url":"http://a","metadata":{},"validation_data":{"os_hash_algo":"sha512","os_hash_value":"00"}}}]`,
		`[{"add":"/p","value":"x"},{"remove":"/locations/0"}]`,
	} {
		f.Add(body, false)
		f.Add(body, true)
	}
	before := modeltest.ActiveImage(f, "file:///1", "http://a")
	untouched := string(jsontext.MustEncode(before))
	f.Fuzz(func(t *testing.T, body string, old bool) {
		mediaType := patch.MediaTypeV21
		if old {
			mediaType = patch.MediaTypeV20
		}
		p, err := rules.ParsePatch(mediaType, []byte(body))
		var refused *patch.Rejection
		if err != nil {
			if !errors.As(err, &refused) || refused.Code < 400 || refused.Message == "" {
				t.Fatalf("a refusal without code or words: %#v", err)
			}
			return
		}
		got, err := rules.Rules{}.Apply(before, p)
		if err != nil && !errors.As(err, &refused) {
			t.Fatalf("not a rejection: %#v", err)
		}
		if now := string(jsontext.MustEncode(before)); now != untouched {
			t.Fatalf("the image given changed to %s", now)
		}
		if err == nil && !old {
			again, err := rules.Rules{}.Apply(before, p)
			if err != nil || string(jsontext.MustEncode(again)) != string(jsontext.MustEncode(got)) {
				t.Fatalf("once %s, then %s", jsontext.MustEncode(got), jsontext.MustEncode(again))
			}
			if _, err := rules.ParsePatch(patch.MediaTypeV21, p.JSON()); err != nil {
				t.Fatalf("its own JSON is refused: %v", err)
			}
		}
	})
}
