package cli

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/glance-tui/glance-tui/test/hostile"
)

const hostileDocument = `{"name":"evil\u001b[2J\u202egpj.exe\u0085\u2028 日本語 é\u0301 \ud83d\ude00\udb40\udc41","n":-1.5,"i":9223372036854775807,` +
	`"tags":["yes","012","null","a: b","- x","#",""," lead","tab\tnew\nline"],"empty":[],"none":{},"nil":null,"t":true,` +
	`"deep":{"a":[{"b":"c"}]},"key\u001b\u202e":"v","~":"1e3"}`

func TestDocumentsKeepTheirMeaning(t *testing.T) {
	var want any
	if err := json.Unmarshal([]byte(hostileDocument), &want); err != nil {
		t.Fatal(err)
	}
	pretty, err := prettyJSON([]byte(hostileDocument))
	if err != nil {
		t.Fatal(err)
	}
	var fromJSON any
	if err := json.Unmarshal(pretty, &fromJSON); err != nil || !reflect.DeepEqual(fromJSON, want) {
		t.Errorf("JSON: %v\n%s", err, pretty)
	}
	text, err := toYAML([]byte(hostileDocument))
	if err != nil {
		t.Fatal(err)
	}
	var fromYAML any
	if err := yaml.Unmarshal(text, &fromYAML); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	again, err := json.Marshal(fromYAML)
	if err != nil {
		t.Fatal(err)
	}
	fromYAML = nil
	if err := json.Unmarshal(again, &fromYAML); err != nil || !reflect.DeepEqual(fromYAML, want) {
		t.Errorf("YAML: %v\n%s\n%v\n%v", err, text, fromYAML, want)
	}
}

func TestDocumentsCannotHarmATerminal(t *testing.T) {
	for name, f := range map[string]func([]byte) ([]byte, error){"json": prettyJSON, "yaml": toYAML} {
		text, err := f([]byte(hostileDocument))
		if err != nil {
			t.Fatal(err)
		}
		for _, said := range hostile.Plain(text) {
			t.Errorf("%s: %s", name, said)
		}
		if !strings.Contains(string(text), "日本語") {
			t.Errorf("%s hides ordinary letters: %s", name, text)
		}
	}
}

func TestDocumentsOfRubbish(t *testing.T) {
	for _, s := range []string{"", "{", `{"a"`, "[1,", "nope", `{"a":}`} {
		if out, err := prettyJSON([]byte(s)); err == nil {
			t.Errorf("JSON of %q: %q", s, out)
		}
		if out, err := toYAML([]byte(s)); err == nil {
			t.Errorf("YAML of %q: %q", s, out)
		}
	}
}

// Each attack as a name and as a value, with all that is not ASCII as raw
// bytes: a server need not escape as ours does.
func TestDocumentsOfTheCorpus(t *testing.T) {
	for _, a := range hostile.Attacks() {
		if !a.Valid() {
			continue
		}
		quoted := strconv.Quote(a.Text)
		raw, err := json.Marshal(map[string]any{"key " + a.Text: a.Text, "list": []string{a.Text}})
		if err != nil {
			t.Fatal(err)
		}
		var want any
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatal(err)
		}
		for name, f := range map[string]func([]byte) ([]byte, error){"json": prettyJSON, "yaml": toYAML} {
			text, err := f(raw)
			if err != nil {
				t.Fatal(err)
			}
			for _, said := range hostile.Plain(text) {
				t.Errorf("%s of %s: %s", name, quoted, said)
			}
			var got any
			if name == "json" {
				err = json.Unmarshal(text, &got)
			} else {
				err = yaml.Unmarshal(text, &got)
			}
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s of %s reads as %q (%v), want %q\n%s", name, quoted, got, err, want, text)
			}
		}
	}
	// Bytes that are no UTF-8 within a text, as they came.
	for _, f := range []func([]byte) ([]byte, error){prettyJSON, toYAML} {
		for _, text := range hostile.Texts(func(a hostile.Attack) bool { return a.Kind == hostile.Encoding && !strings.Contains(a.Text, "\x00") }) {
			out, err := f([]byte(`{"name": "` + text + `"}`))
			if said := hostile.Plain(out); err != nil || len(said) > 0 {
				t.Errorf("%q: %v, %q", text, err, said)
			}
		}
	}
}
