package state_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
)

// texts are what a terminal, a server or an attacker may put into a string.
var texts = rapid.OneOf(
	rapid.String(),
	rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 12), func(b []byte) string { return string(b) }),
	rapid.SampledFrom([]string{
		"", "plain", "漢字", "e\u0301", "\x00", "\x1b[2J\x1b]0;x\x07", "\r\n\t\x7f\u0085", "\u202e\u2066\u200b\u2028",
		"\ufffd", "\xff", "\xed\xa0\x80", "\xc3", "a\xf0\x9f\x98b", state.EscapeMark, state.EscapeMark + "ff", state.EscapeMark + state.EscapeMark,
		`"\u0000"`, `\ud800`, "<script>&amp;", "$(touch x)", "name", "os_glance_x", "null", strings.Repeat("a\u0300", 50),
	}),
)

var optTexts = rapid.Custom(func(t *rapid.T) model.Opt[string] {
	if rapid.Bool().Draw(t, "null") {
		return model.Null[string]()
	}
	return model.Some(texts.Draw(t, "text"))
})

var optNumbers = rapid.Custom(func(t *rapid.T) model.Opt[int64] {
	if rapid.Bool().Draw(t, "null") {
		return model.Null[int64]()
	}
	return model.Some(rapid.Int64().Draw(t, "number"))
})

// values are what metadata of a location holds after decoding.
var values = rapid.Custom(func(t *rapid.T) any {
	switch rapid.IntRange(0, 6).Draw(t, "kind") {
	case 0:
		return nil
	case 1:
		return rapid.Bool().Draw(t, "bool")
	case 2:
		return json.Number(rapid.SampledFrom([]string{"0", "-0", "1.0", "1e400", "9007199254740993", "0.1"}).Draw(t, "number"))
	case 3:
		return []any{texts.Draw(t, "text"), nil, []any{}}
	case 4:
		return map[string]any{texts.Draw(t, "key"): texts.Draw(t, "text"), "n": map[string]any{}}
	}
	return texts.Draw(t, "text")
})

var locations = rapid.Custom(func(t *rapid.T) model.Location {
	return model.Location{URL: texts.Draw(t, "url"), Metadata: rapid.MapOfN(texts, values, 0, 3).Draw(t, "metadata")}
})

// raw is compact JSON, as it is kept.
var raw = rapid.SampledFrom([]json.RawMessage{
	json.RawMessage(`null`), json.RawMessage(`5`), json.RawMessage(`1.0e2`), json.RawMessage(`"\ud800"`), json.RawMessage(`"<&>"`),
	json.RawMessage("\"\xff\u2028\""), json.RawMessage(`{"a":[1,{"b":null}],"a":2}`), json.RawMessage(`["\u0000"]`),
})

var times = rapid.Custom(func(t *rapid.T) time.Time {
	if rapid.Bool().Draw(t, "absent") {
		return time.Time{}
	}
	return time.Unix(rapid.Int64Range(-62135596799, 253402300799).Draw(t, "seconds"), rapid.SampledFrom([]int64{0, 1, 999999999}).Draw(t, "ns")).UTC()
})

// images are any that the type can hold, however odd: an edit that is not done
// may have a property called "name", or locations that are hidden.
var images = rapid.Custom(func(t *rapid.T) model.Image {
	return model.Image{
		ID: texts.Draw(t, "id"), Name: optTexts.Draw(t, "name"), Status: model.Status(texts.Draw(t, "status")),
		Visibility: model.Visibility(texts.Draw(t, "visibility")), Owner: optTexts.Draw(t, "owner"),
		Protected: rapid.Bool().Draw(t, "protected"), Hidden: rapid.Bool().Draw(t, "hidden"),
		MinDisk: rapid.Int64().Draw(t, "min_disk"), MinRAM: rapid.Int64().Draw(t, "min_ram"),
		DiskFormat: optTexts.Draw(t, "disk"), ContainerFormat: optTexts.Draw(t, "container"),
		Size: optNumbers.Draw(t, "size"), VirtualSize: optNumbers.Draw(t, "virtual"),
		Checksum: optTexts.Draw(t, "checksum"), HashAlgo: optTexts.Draw(t, "algo"), HashValue: optTexts.Draw(t, "hash"),
		CreatedAt: times.Draw(t, "created"), UpdatedAt: times.Draw(t, "updated"),
		Tags: rapid.SliceOfN(texts, 0, 4).Draw(t, "tags"), LocationsShown: rapid.Bool().Draw(t, "shown"), LocationsWithheld: rapid.Bool().Draw(t, "withheld"),
		Locations:  rapid.SliceOfN(locations, 0, 3).Draw(t, "locations"),
		Properties: rapid.MapOfN(texts, optTexts, 0, 4).Draw(t, "properties"),
		Extra:      rapid.MapOfN(rapid.SampledFrom([]string{"self", "stores", "odd", "\x1b"}), raw, 0, 3).Draw(t, "extra"),
		Unread:     rapid.MapOfN(rapid.SampledFrom([]string{"name", "protected", "tags"}), raw, 0, 2).Draw(t, "unread"),
	}
})

// TestDraftsComeBackAsTheyWere: no text and no value is lost or altered.
func TestDraftsComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := record.Draft{
			Service: api.ServiceID{Cloud: texts.Draw(t, "cloud"), User: texts.Draw(t, "user"), Region: texts.Draw(t, "region"), Demo: rapid.Bool().Draw(t, "demo")},
			Base:    images.Draw(t, "base"), Wanted: images.Draw(t, "wanted"),
			Typed: rapid.SampledFrom([]json.RawMessage{nil, json.RawMessage(`null`), json.RawMessage(`{"min_disk":"12x"}`), json.RawMessage("\"\xff\"")}).Draw(t, "typed"),
			Saved: times.Draw(t, "saved"),
		}
		file, err := state.SealDraft(d)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Count(file, []byte("\n")) != 1 || !json.Valid(file) {
			t.Fatalf("not one line of JSON: %q", file)
		}
		again, err := state.UnsealDraft(file)
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		if difference := differ(again, d); difference != "" {
			t.Fatalf("%s\n%s", difference, file)
		}
	})
}

// differ says where two values are not the same; an empty list or map is the
// same as none.
func differ(got, want any) string { return differAt("", reflect.ValueOf(got), reflect.ValueOf(want)) }

func differAt(at string, got, want reflect.Value) string {
	if got.IsValid() != want.IsValid() {
		return fmt.Sprintf("%s is %v, want %v", at, got, want)
	}
	if !got.IsValid() {
		return ""
	}
	if got.Type() != want.Type() {
		return fmt.Sprintf("%s is a %s, want a %s", at, got.Type(), want.Type())
	}
	switch got.Kind() {
	case reflect.Pointer, reflect.Interface:
		return differAt(at, got.Elem(), want.Elem())
	case reflect.Slice:
		if got.Len() != want.Len() {
			return fmt.Sprintf("%s has %d elements, want %d", at, got.Len(), want.Len())
		}
		for n := range got.Len() {
			if s := differAt(fmt.Sprintf("%s[%d]", at, n), got.Index(n), want.Index(n)); s != "" {
				return s
			}
		}
	case reflect.Map:
		if got.Len() != want.Len() {
			return fmt.Sprintf("%s has %d members, want %d", at, got.Len(), want.Len())
		}
		for each := want.MapRange(); each.Next(); {
			value := got.MapIndex(each.Key())
			if s := differAt(fmt.Sprintf("%s[%q]", at, each.Key()), value, each.Value()); s != "" {
				return s
			}
		}
	case reflect.Struct:
		if moment, ok := got.Interface().(time.Time); ok {
			if !moment.Equal(want.Interface().(time.Time)) {
				return fmt.Sprintf("%s is %v, want %v", at, got, want)
			}
			return ""
		}
		for n := range got.NumField() {
			if got.Type().Field(n).IsExported() {
				if s := differAt(at+"."+got.Type().Field(n).Name, got.Field(n), want.Field(n)); s != "" {
					return s
				}
			}
		}
	default:
		if !got.Equal(want) {
			return fmt.Sprintf("%s is %q, want %q", at, fmt.Sprint(got), fmt.Sprint(want))
		}
	}
	return ""
}

// TestEveryFieldIsKept fails when a type of model grows a field that is not
// written down.
func TestEveryFieldIsKept(t *testing.T) {
	n := 0
	var d record.Draft
	fill(reflect.ValueOf(&d).Elem(), &n)
	d.ID, d.OwnedBy = "", "" // what finds and holds the file, not what is in it
	d.Typed = json.RawMessage(`{"form":1}`)
	for _, i := range []*model.Image{&d.Base, &d.Wanted} {
		i.Extra = map[string]json.RawMessage{"self": json.RawMessage(`"x"`)}
		i.Unread = map[string]json.RawMessage{"min_ram": json.RawMessage(`"512"`), "protected": json.RawMessage(`null`), "tags": {},
			"properties": json.RawMessage(`{"cut":"[\"p\"]","of":100000}`)}
	}
	file, err := state.SealDraft(d)
	if err != nil {
		t.Fatal(err)
	}
	again, err := state.UnsealDraft(file)
	if err != nil {
		t.Fatal(err)
	}
	if difference := differ(again, d); difference != "" {
		t.Errorf("%s\n%s", difference, file)
	}
}

// fill gives every exported field a value that is not its zero and that no
// other has.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int64, reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Interface:
		v.Set(reflect.ValueOf(fmt.Sprint("value ", *n)))
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), n)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n)
		fill(value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(int64(*n), 0).UTC()))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), n)
			}
		}
	default:
		panic(v.Kind().String() + ": say how to fill it")
	}
}

// TestDeepNesting: what is kept can be read again, however a server nests.
func TestDeepNesting(t *testing.T) {
	for _, depth := range []int{10, 1000, 1001, 9990, 9999, 10_000, 20_000} {
		d := draft(1)
		nested := json.RawMessage(strings.Repeat("[", depth) + strings.Repeat("]", depth))
		d.Base.Extra = map[string]json.RawMessage{"deep": nested, "self": json.RawMessage(`"x"`)}
		d.Base.Unread = map[string]json.RawMessage{"tags": nested}
		file, err := state.SealDraft(d)
		if err != nil {
			t.Fatalf("depth %d: %v", depth, err)
		}
		again, err := state.UnsealDraft(file)
		if err != nil {
			t.Fatalf("depth %d: %v", depth, err)
		}
		if _, kept := again.Base.Extra["deep"]; kept != (depth <= 1000) || len(again.Base.Extra["self"]) == 0 {
			t.Errorf("depth %d: kept is %v", depth, kept)
		}
		if again.Base.Knows("tags") {
			t.Errorf("depth %d: what is not known is taken for no tags", depth)
		}
	}
	var deep any = "x"
	for range 20_000 {
		deep = []any{deep}
	}
	d := draft(1)
	d.Wanted.Locations = []model.Location{{URL: "http://x", Metadata: map[string]any{"deep": deep}}}
	if _, err := state.SealDraft(d); err == nil {
		t.Error("metadata that cannot be read again was written")
	}
}

func TestTypedMustBeJSON(t *testing.T) {
	d := draft(1)
	d.Typed = json.RawMessage(`{`)
	if _, err := state.SealDraft(d); err == nil {
		t.Error("half a JSON text was written")
	}
}

// TestFirstVersionIsRead: version 1 as it was first written is read by all later
// programs, and written the same by those of version 1.
func TestFirstVersionIsRead(t *testing.T) {
	file, err := os.ReadFile("testdata/draft-v1.json")
	if err != nil {
		t.Fatal(err)
	}
	d, err := state.UnsealDraft(file)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := state.SealDraft(d); err != nil || string(again) != string(file) {
		t.Errorf("it is now written as %s (%v)", again, err)
	}
	want := model.Image{
		ID: "x", Status: model.StatusActive, Visibility: model.Private, Owner: model.Some("o"),
		DiskFormat: model.Some("raw"), ContainerFormat: model.Some("bare"), Size: model.Some[int64](5),
		CreatedAt: time.Date(2012, 8, 10, 19, 23, 50, 0, time.UTC), Tags: []string{"lts"}, LocationsShown: true,
		Locations:  []model.Location{{URL: "http://x", Metadata: map[string]any{"n": json.Number("1")}}},
		Properties: map[string]model.Opt[string]{"kernel_id": model.Null[string](), "os": model.Some("a")},
		Extra:      map[string]json.RawMessage{"self": json.RawMessage(`"/v2"`)},
	}
	if difference := differ(d.Base, want); difference != "" {
		t.Error(difference)
	}
}

func TestSpoiledAndNewerDraftsAreNotRead(t *testing.T) {
	file, err := state.SealDraft(draft(1))
	if err != nil {
		t.Fatal(err)
	}
	for n := range file[:len(file)-1] {
		spoiled := bytes.Clone(file)
		spoiled[n] ^= 1
		if _, err := state.UnsealDraft(spoiled); !errors.Is(err, state.ErrDamaged) {
			t.Fatalf("byte %d changed: %v", n, err)
		}
		if _, err := state.UnsealDraft(file[:n]); !errors.Is(err, state.ErrDamaged) {
			t.Fatalf("torn at byte %d: %v", n, err)
		}
	}
	if _, err := state.UnsealDraft([]byte(state.Line(`{"v":2,"kind":"sketch"}`))); !errors.Is(err, state.ErrNewer) {
		t.Errorf("a newer version: %v", err)
	}
	for _, body := range []string{`{"v":1,"kind":"draft"}`, `{"v":1,"kind":"begin"}`, `{"v":0}`, `{"v":-1}`, `null`, `[]`, `5`, ``, `{"v":1,"kind":"draft","base":{},"wanted":5}`} {
		if _, err := state.UnsealDraft([]byte(state.Line(body))); !errors.Is(err, state.ErrDamaged) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func FuzzDraftFile(f *testing.F) {
	file, err := state.SealDraft(draft(1))
	if err != nil {
		f.Fatal(err)
	}
	_, body, _ := bytes.Cut(bytes.TrimSuffix(file, []byte("}\n")), []byte(`"record":`))
	f.Add(body)
	f.Add([]byte(`{"v":1,"kind":"draft","escaped":true,"base":{"id":"` + state.EscapeMark + `ff` + state.EscapeMark + `"},"wanted":{}}`))
	f.Add([]byte(`{"v":9,"kind":"draft"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		_, _ = state.UnsealDraft(body)
		d, err := state.UnsealDraft([]byte(state.Line(string(body))))
		if err != nil {
			return
		}
		again, err := state.SealDraft(d)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		once, err := state.UnsealDraft(again)
		if err != nil {
			t.Fatal(err)
		}
		if difference := differ(once, d); difference != "" {
			t.Fatal(difference)
		}
	})
}

// TestEveryAttributeIsKept: what the table has comes back.
func TestEveryAttributeIsKept(t *testing.T) {
	for _, a := range model.Attributes() {
		d := draft(1)
		modeltest.SetValue(a, &d.Wanted)
		file, err := state.SealDraft(d)
		if err != nil {
			t.Fatal(err)
		}
		again, err := state.UnsealDraft(file)
		if err != nil {
			t.Fatal(err)
		}
		if difference := differ(again, d); difference != "" {
			t.Errorf("%s: %s", a.Name, difference)
		}
	}
}
