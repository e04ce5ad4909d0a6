package cli

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
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
		if i := strings.IndexFunc(string(text), func(r rune) bool { return r != '\n' && (r < ' ' || !drawn(r)) }); i >= 0 {
			t.Errorf("%s: %q", name, text[i:min(i+20, len(text))])
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
