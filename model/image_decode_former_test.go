package model_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
)

// formerDecode reads an image by encoding/json alone, as this package did before
// it read most of them itself. The two must agree on everything.
func formerDecode(data []byte) (i model.Image, err error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return i, err
	}
	if object == nil {
		return i, model.ErrNotAnObject
	}
	var others []string
	for name, raw := range object {
		if name != "tags" && name != "locations" {
			spelled, _ := json.Marshal(name)
			others = append(others, string(spelled)+":"+string(raw))
		}
	}
	if err := i.UnmarshalJSON([]byte("{" + strings.Join(others, ",") + "}")); err != nil {
		return i, err
	}
	unread := func(name string) {
		if i.Unread == nil {
			i.Unread = map[string]json.RawMessage{}
		}
		i.Unread[name] = object[name]
	}
	if raw, found := object["tags"]; found {
		if i.Tags, err = formerTags(raw); err != nil {
			unread("tags")
		}
	}
	if raw, found := object["locations"]; found {
		i.Locations, err = formerLocations(raw)
		if i.LocationsShown = err == nil; err != nil {
			unread("locations")
		}
	}
	return i, nil
}

func formerTags(raw []byte) ([]string, error) {
	var elements []any
	if err := json.Unmarshal(raw, &elements); err != nil {
		return nil, err
	}
	tags := make([]string, len(elements))
	for n, e := range elements {
		text, isText := e.(string)
		if !isText {
			return nil, model.ErrNotAnObject
		}
		tags[n] = text
	}
	if elements == nil {
		return nil, model.ErrNotAnObject
	}
	return model.NormalTags(tags), nil
}

func formerLocations(raw []byte) (list []model.Location, err error) {
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, err
	}
	if list == nil {
		return nil, model.ErrNotAnObject
	}
	return list, nil
}

// alike fails where the decoder and the former one do not say the same.
func alike(t interface {
	Fatalf(format string, args ...any)
}, document []byte) {
	want, wantErr := formerDecode(document)
	var got model.Image
	gotErr := got.UnmarshalJSON(document)
	if fmt.Sprint(gotErr) != fmt.Sprint(wantErr) {
		t.Fatalf("%q: %v, formerly %v", document, gotErr, wantErr)
	}
	if gotErr == nil && !reflect.DeepEqual(got, want) {
		t.Fatalf("%q is\n%#v, formerly\n%#v", document, got, want)
	}
}

// oddDocuments are where a decoder of one's own goes astray.
var oddDocuments = []string{
	answer, "", " ", "{", "{}", " {} ", "{} x", "{},", "null", "[]", `"x"`, "\x00", "{}\x00", "\ufeff{}",
	`{"a":1,}`, `{,}`, `{"a" 1}`, `{"a":}`, `{a:1}`, `{"a":"b" "c":"d"}`, `{"a":"b",}`, `{"a":"b"}}`,
	`{"name":"a","name":"b"}`, `{"name":5,"name":"b"}`, `{"name":"a","name":5}`, `{"p":"a","p":5}`, `{"p":5,"p":"a"}`,
	`{"self":1,"self":2}`, `{"tags":["a"],"tags":5}`, `{"n\u0061me":"x"}`, `{"n\u0061me":"x","name":"y"}`, `{"p\n":"x"}`,
	`{"a":"\u00e9\ud83d\ude00\/\b"}`, `{"a":"\ud83d"}`, `{"a":"\x"}`, `{"a":"\u12"}`, `{"a":"\u12G4"}`, "{\"a\":\"\t\"}", "{\"a\":\"\xff\"}", "{\"\xff\":\"a\"}",
	`{"a":"é"}`, "{\"a\":\"\u2028\"}", `{"a":"`, `{"a":"\`, `{"a":"\"`, `{"a`, `{"a"`, `{"a":`, `{"a":t`, `{"a":tru}`, `{"a":nulll}`, `{"a":TRUE}`,
	`{"size":0}`, `{"size":-0}`, `{"size":01}`, `{"size":1.}`, `{"size":.5}`, `{"size":+1}`, `{"size":1e5}`, `{"size":1E+2}`, `{"size":1e}`, `{"size":--1}`, `{"size":-}`, `{"size":0x10}`, `{"size":1e999999999}`, `{"size":NaN}`, `{"size":Infinity}`,
	`{"tags":[]}`, `{"tags":null}`, `{"tags":["b","a","b"]}`, `{"tags":["a",5]}`, `{"tags":["a",]}`, `{"tags":[,]}`, `{"tags":["\u0061","a"]}`, `{"tags":[["a"]]}`, `{"tags":{}}`,
	`{"locations":[]}`, `{"locations":null}`, `{"locations":[null]}`, `{"locations":[{}]}`, `{"locations":[{"url":"u"}]}`, `{"locations":[{"url":5}]}`, `{"locations":[{"url":null}]}`,
	`{"locations":[{"url":"u","metadata":null}]}`, `{"locations":[{"url":"u","metadata":{}}]}`, `{"locations":[{"url":"u","metadata":{"store":"a","store":"b"}}]}`, `{"locations":[{"url":"u","metadata":{"n":1.50,"o":{"p":[null]}}}]}`,
	`{"locations":[{"URL":"u","Metadata":{"a":"b"}}]}`, `{"locations":[{"url":"u","URL":"v"}]}`, `{"locations":[{"url":"u","url":"v"}]}`, `{"locations":[{"url":"u","metadata":{"a":"b"},"metadata":{"c":"d"}}]}`, `{"locations":[{"url":"u","more":1}]}`, `{"locations":[{"url":"u","metadata":[]}]}`, `{"locations":[{"url":"u"},{"url":5}]}`, `{"locations":[{"url":"u\u0061","metadata":{"\u0061":"\u0062"}}]}`,
	`{"x":{"a":[1,{"b":[]}]}}`, `{"x":[1,2}`, `{"x":{"a":1]}`, `{"x":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `}`, `{"x":` + strings.Repeat("[", 10001) + strings.Repeat("]", 10001) + `}`,
	"\r\n\t {\r\n\t \"a\"\r\n\t :\r\n\t \"b\"\r\n\t ,\"c\":\"d\"\r\n\t }\r\n\t ", "{\"a\"\v:1}",
	`{"created_at":"2026-01-02T03:04:05Z","updated_at":"2026-13-02T03:04:05Z"}`, `{"protected":"true","os_hidden":true}`,
}

func TestDecodeAsFormerly(t *testing.T) {
	for _, document := range oddDocuments {
		alike(t, []byte(document))
		for cut := range min(len(document), 300) {
			alike(t, []byte(document[:cut]))
		}
	}
}

// TestDecodeAsFormerlyOfAnything puts pieces of JSON together, most in order.
func TestDecodeAsFormerlyOfAnything(t *testing.T) {
	names := []string{"id", "name", "status", "tags", "locations", "size", "os_hidden", "created_at", "self", "stores", "mine", `m\u0069ne`, "os_glance_x", "é"}
	values := []string{`"a"`, `"a\n"`, `""`, "null", "true", "5", "1.0", "-3", `["a","b"]`, `[{"url":"u","metadata":{"store":"s"}}]`,
		`[{"url":"u","metadata":{"n":1}},{"url":"v"}]`, `{"a":[{}]}`, `"2026-01-02T03:04:05Z"`, "[", `"`, "", "nul", "\"\xc3\""}
	rapid.Check(t, func(t *rapid.T) {
		var members []string
		for range rapid.IntRange(0, 8).Draw(t, "members") {
			space := rapid.SampledFrom([]string{"", " ", "\n\t"}).Draw(t, "space")
			members = append(members, space+`"`+rapid.SampledFrom(names).Draw(t, "name")+`"`+space+":"+space+
				rapid.SampledFrom(values).Draw(t, "value")+space)
		}
		alike(t, []byte("{"+strings.Join(members, ",")+"}"))
	})
}

func FuzzDecodeAsFormerly(f *testing.F) {
	for _, document := range oddDocuments {
		if len(document) < 2000 {
			f.Add([]byte(document))
		}
	}
	f.Fuzz(func(t *testing.T, document []byte) { alike(t, document) })
}
