package model_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/filter"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

// What a server did not give in a readable form must not be overwritten: a
// tag more would be the whole list with one tag.
func TestWhatWasNotReadIsNotOverwritten(t *testing.T) {
	for _, c := range []struct{ name, tags string }{
		{"missing", ``},
		{"null", `,"tags":null`},
		{"a text", `,"tags":"one, two"`},
		{"a number among them", `,"tags":["one",2]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var shown model.Image
			if err := shown.UnmarshalShown([]byte(`{"id":"x","status":"active","visibility":"private"` + c.tags + `}`)); err != nil {
				t.Fatal(err)
			}
			if ok, why := (rules.Rules{}).Editable(shown, "tags"); ok || why == "" {
				t.Error("it can be edited")
			}
			wanted := shown.Clone()
			tags, _ := model.AttributeNamed("tags")
			tags.Set(&wanted, []string{"more"})
			var refused *model.Refusal
			if p, err := (rules.Rules{}).Diff(shown, wanted); !errors.As(err, &refused) || refused.Problems[0].Field.Attr != "tags" {
				t.Errorf("the patch is %s, %v", p.JSON(), err)
			}
			wanted = shown.Clone()
			wanted.Name = model.Some("a name is another matter")
			if _, err := (rules.Rules{}).Diff(shown, wanted); err != nil {
				t.Error(err)
			}
		})
	}
	var none model.Image
	if err := none.UnmarshalShown([]byte(`{"id":"x","status":"active","tags":[]}`)); err != nil || !none.Knows("tags") {
		t.Errorf("no tags are no unread ones: %s, %v", none.Unread, err)
	}
}

// oddValues are JSON values of every kind: for each attribute those that it
// cannot have are tried.
var oddValues = []string{
	`null`, `true`, `"True"`, `"512"`, `""`, `0`, `512`, `-1`, `1.5`, `1e400`, `99999999999999999999`, `[]`, `["a"]`, `[1]`,
	`{}`, `{"a":{"b":[null]}}`, `"\u0000\u001b[31m"`, `"<&>"`,
}

// wholeImage has a known value for every attribute.
const wholeImage = `"id":"da3b75d9-3f4a-40e7-8a2c-bfab23927dea","name":"golden","status":"queued","visibility":"private","owner":"p1",
	"protected":false,"os_hidden":false,"min_disk":10,"min_ram":512,"disk_format":"raw","container_format":"bare","size":1,"virtual_size":2,
	"checksum":"c","os_hash_algo":"sha512","os_hash_value":"h","created_at":"2024-01-01T00:00:00Z","updated_at":"2024-01-01T00:00:00Z",
	"tags":["a"],"locations":[{"url":"http://a/","metadata":{}}],"p":"v","self":"/v2"`

// shownWith is wholeImage with another value for one attribute, or without it
// where that is "missing".
func shownWith(t *testing.T, name, value string) model.Image {
	t.Helper()
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(`{`+wholeImage+`}`), &object); err != nil {
		t.Fatal(err)
	}
	if object[name] = json.RawMessage(value); value == "missing" {
		delete(object, name)
	}
	document, err := jsontext.Encode(object)
	if err != nil {
		t.Fatal(err)
	}
	var i model.Image
	if err := i.UnmarshalShown(document); err != nil {
		t.Fatal(err)
	}
	return i
}

// shownAs is how a value that could not be read is shown.
func shownAs(raw string) string {
	if raw == "" {
		return model.Missing
	}
	return quote.Visible(raw)
}

// eachUnread runs a test for every attribute and every value that it cannot
// have. known is the same image as it would be with a value of the right kind.
func eachUnread(t *testing.T, run func(t *testing.T, a *model.Attribute, odd, known model.Image, raw string)) {
	known := shownWith(t, "p", `"v"`)
	if known.Unread != nil {
		t.Fatalf("nothing is unread: %s", known.Unread)
	}
	for _, a := range model.AllAttributes {
		if !a.Base {
			continue
		}
		tried := 0
		for _, raw := range oddValues {
			odd := shownWith(t, a.Name, raw)
			if odd.Unread == nil {
				continue // a value that it may have
			}
			tried++
			t.Run(a.Name+"="+raw, func(t *testing.T) { run(t, a, odd, known.Clone(), raw) })
		}
		if model.AlwaysShown&(1<<model.BasePlaces[a.Name]) != 0 {
			missing := shownWith(t, a.Name, "missing")
			t.Run(a.Name+" missing", func(t *testing.T) { run(t, a, missing, known.Clone(), "") })
		}
		if tried < 6 {
			t.Errorf("%s: only %d values are odd", a.Name, tried)
		}
	}
}

func TestUnreadRoundTrip(t *testing.T) {
	eachUnread(t, func(t *testing.T, a *model.Attribute, odd, known model.Image, raw string) {
		if odd.Knows(a.Name) || !known.Knows(a.Name) || len(odd.Unread) != 1 {
			t.Fatalf("unread are %s", odd.Unread)
		}
		text := jsontext.MustEncode(odd)
		var object map[string]json.RawMessage
		if err := json.Unmarshal(text, &object); err != nil || string(object[a.Name]) != raw {
			t.Fatalf("%s was written as %s: %v", raw, object[a.Name], err)
		}
		if n := bytes.Count(text, []byte(`"`+a.Name+`":`)); n != 1 && raw != "" {
			t.Errorf("it is written %d times: %s", n, text)
		}
		var again model.Image
		if err := again.UnmarshalShown(text); err != nil || !reflect.DeepEqual(again, odd) {
			t.Errorf("again it is %+v, %v", again, err)
		}
		if copied := odd.Clone(); raw != "" {
			copied.Unread[a.Name][0] = '!'
		}
		if string(odd.Unread[a.Name]) != raw {
			t.Error("a clone shares it")
		}
		if shown, unread := odd.UnreadText(a.Name); !unread || shown != shownAs(raw) || strings.ContainsFunc(shown, unicode.IsControl) {
			t.Errorf("it is shown as %q", shown)
		}
	})
}

func TestUnreadCannotBeEdited(t *testing.T) {
	eachUnread(t, func(t *testing.T, a *model.Attribute, odd, known model.Image, _ string) {
		if ok, why := (rules.Rules{}).Editable(odd, a.Name); ok || why == "" {
			t.Error("it can be edited")
		}
		if p, err := (rules.Rules{}).Diff(odd, odd.Clone()); err != nil || len(p) > 0 {
			t.Errorf("to itself the patch is %s, %v", p.JSON(), err)
		}
		other := odd.Clone()
		other.Properties["p"] = model.Some("w")
		if p, err := (rules.Rules{}).Diff(odd, other); err != nil || len(p) != 1 || p[0].Path != "/p" {
			t.Errorf("another field alone: %s, %v", p.JSON(), err)
		}
		for _, pair := range [][2]model.Image{{odd, known}, {known, odd}} {
			var refused *model.Refusal
			p, err := (rules.Rules{}).Diff(pair[0], pair[1])
			switch {
			case a.ByServer || a.Kind == model.KindLocations && !pair[1].LocationsShown && len(pair[1].Locations) == 0:
				if a.Name != "status" && (err != nil || len(p) > 0) {
					t.Errorf("what only the server sets: %s, %v", p.JSON(), err)
				}
			case !errors.As(err, &refused) || len(refused.Problems) != 1 || refused.Problems[0].Field.Attr != a.Name || p != nil:
				t.Errorf("the patch is %s, %v", p.JSON(), err)
			}
		}
	})
}

// A wanted document that leaves it as it came is no edit, one that has another
// value is refused.
func TestUnreadInAWantedDocument(t *testing.T) {
	eachUnread(t, func(t *testing.T, a *model.Attribute, odd, known model.Image, raw string) {
		document := `{"p":"v"}`
		if raw != "" {
			document = `{"p":"v","` + a.Name + `": ` + raw + ` }`
		}
		wanted, err := model.DecodeWanted(odd, []byte(document))
		if err != nil || !reflect.DeepEqual(wanted, odd) {
			t.Errorf("as it came: %+v, %v", wanted, err)
		}
		if a.ByServer {
			return
		}
		wanted, err = model.DecodeWanted(odd, jsontext.MustEncode(known))
		if err != nil || !wanted.Knows(a.Name) {
			t.Fatalf("with a value: %v", err)
		}
		if _, err := (rules.Rules{}).Diff(odd, wanted); err == nil {
			t.Error("a value that replaces an unknown one is not refused")
		}
	})
}

func TestUnreadIsComparedAsItCame(t *testing.T) {
	eachUnread(t, func(t *testing.T, a *model.Attribute, odd, known model.Image, raw string) {
		if c := merge.Changes(odd, odd.Clone()); len(c) > 0 {
			t.Errorf("to itself: %v", c)
		}
		for _, pair := range [][2]model.Image{{odd, known}, {known, odd}} {
			c := merge.Changes(pair[0], pair[1])
			if len(c) != 1 || c[0].Field.Attr != a.Name || c[0].ByServer != a.ByServer {
				t.Fatalf("changes are %+v", c)
			}
			if shown := shownAs(raw); c[0].Before != shown && c[0].After != shown || c[0].Before == c[0].After {
				t.Errorf("the change is said as %q to %q", c[0].Before, c[0].After)
			}
		}
		if c := merge.Compare(odd, odd, odd); len(c.Requested)+len(c.Applied)+len(c.NotApplied)+len(c.Others)+len(c.ServerSet) > 0 || c.Sorted {
			t.Errorf("of no edit became %+v", c)
		}
		// An edit of it, and a reading after it that cannot be understood: no one
		// knows, so it is not lost.
		if a.Settable() {
			before := known.Clone()
			a.Set(&before, map[string]any{"name": "x", "tags": []string{"x"}, "owner": "x", "visibility": "community", "protected": true, "os_hidden": true,
				"min_disk": int64(7), "min_ram": int64(7), "disk_format": "iso", "container_format": "ovf"}[a.Name])
			if c := merge.Compare(before, known, odd); len(c.Requested) != 1 || len(c.Unknown) != 1 || len(c.Applied)+len(c.NotApplied)+len(c.Others) > 0 || c.Outcome() != record.OutcomeOpen {
				t.Errorf("of an edit became %+v", c)
			}
		}
		if c := merge.Compare(odd, odd, known); !a.ByServer && (len(c.Requested)+len(c.NotApplied) > 0 || len(c.Others) != 1) {
			t.Errorf("someone else set it: %+v", c)
		}
	})
}

func TestUnreadIsNoPartOfAMerge(t *testing.T) {
	eachUnread(t, func(t *testing.T, a *model.Attribute, odd, known model.Image, _ string) {
		edited := func(i model.Image) model.Image {
			i = i.Clone()
			i.Properties["p"] = model.Some("mine")
			return i
		}
		renamed := odd.Clone()
		renamed.Properties["q"] = model.Some("theirs")
		merged, conflicts := merge.Merge(odd, edited(odd), renamed)
		if want := edited(renamed); len(conflicts) > 0 || !reflect.DeepEqual(merged, want) {
			t.Errorf("both leave it: %+v, %+v", merged, conflicts)
		}
		// One side learns of a value, or loses it: that is no edit of mine.
		for _, pair := range [][2]model.Image{{odd, known}, {known, odd}} {
			merged, conflicts = merge.Merge(pair[0], edited(pair[0]), pair[1])
			if want := edited(pair[1]); len(conflicts) > 0 || !reflect.DeepEqual(merged, want) {
				t.Errorf("the server's value changed: %+v, %+v", merged, conflicts)
			}
		}
		if a.ByServer {
			return
		}
		// An older version of this program could make an edit of it.
		merged, conflicts = merge.Merge(odd, known, odd)
		if len(conflicts) != 1 || !conflicts[0].Settled || len(merge.Changes(merged, odd)) > 0 {
			t.Errorf("an edit of it: %+v, %+v", merged, conflicts)
		}
		if !a.Settable() {
			return // locations that are not shown are another matter
		}
		// One reading that is not understood takes no one's edit away.
		mine := known.Clone()
		a.Set(&mine, map[string]any{"name": "x", "tags": []string{"x"}, "owner": "x", "visibility": "community", "protected": true, "os_hidden": true,
			"min_disk": int64(7), "min_ram": int64(7), "disk_format": "iso", "container_format": "ovf"}[a.Name])
		merged, conflicts = merge.Merge(known, mine, odd)
		if len(conflicts) != 1 || conflicts[0].Settled || !reflect.DeepEqual(merged, mine) {
			t.Errorf("an edit, then unread: %+v, %+v", merged, conflicts)
		}
		if p, err := (rules.Rules{}).Diff(odd, merged); err == nil {
			t.Errorf("the edit would be sent: %s", p.JSON())
		}
		if again, conflicts := merge.Merge(odd, merged, known); len(conflicts) != 1 || conflicts[0].Settled || !reflect.DeepEqual(again, mine) {
			t.Errorf("an edit, then read again: %+v, %+v", again, conflicts)
		}
	})
}

func TestUnreadIsFoundByNoFilter(t *testing.T) {
	keys := map[string]string{
		"status": "status:queued", "visibility": "visibility:private", "tags": `tag:""`, "size": `size:""`, "name": `name:""`, "owner": `owner:""`,
		"updated_at": "updated:>2000-01-01", "created_at": "created:<1d", "disk_format": `format:""`, "container_format": `container:""`,
		"locations": `location:""`, "protected": "protected:no", "os_hidden": "hidden:no", "min_disk": "min_disk:0", "min_ram": "min_ram:<5", "id": "id:~",
	}
	eachUnread(t, func(t *testing.T, a *model.Attribute, odd, _ model.Image, _ string) {
		if term, found := keys[a.Name]; found {
			for _, s := range []string{term, "!" + term} {
				f, err := filter.Parse(s, time.Time{})
				if (err == nil) == f.Empty() {
					t.Fatalf("%s: %v", s, err)
				}
				if !f.Empty() && f.Match(&odd, api.Session{}) {
					t.Errorf("%s finds it", s)
				}
			}
		}
		free, _ := filter.Parse("!golden", time.Time{})
		if a.Name == "name" && free.Match(&odd, api.Session{}) {
			t.Error("a word that may be in the name is said not to be")
		}
		found, _ := filter.Parse("golden", time.Time{})
		if a.Name != "name" && !found.Match(&odd, api.Session{}) {
			t.Error("a word in its name does not find it")
		}
	})
}

// No undo claims to bring back what was not understood: the edit of an older
// version of this program made it known.
func TestUndoBringsNothingUnreadBack(t *testing.T) {
	values := map[string]any{
		"name": "x", "tags": []string{"x"}, "owner": "x", "visibility": "community", "protected": true, "os_hidden": true,
		"min_disk": int64(7), "min_ram": int64(7), "disk_format": "iso", "container_format": "ovf",
	}
	eachUnread(t, func(t *testing.T, a *model.Attribute, odd, _ model.Image, raw string) {
		value, settable := values[a.Name]
		if !settable {
			return
		}
		p := patch.Patch{{Op: patch.OpReplace, Path: "/" + a.Name, Value: value}, {Op: patch.OpReplace, Path: "/p", Value: "w"}}
		wanted, err := (rules.Rules{}).Apply(odd, p)
		if err != nil || !wanted.Knows(a.Name) {
			t.Fatalf("the edit: %v", err)
		}
		if s := explain.Steps((rules.Rules{}), odd, p)[0]; a.Kind != model.KindTags && s.Before != shownAs(raw) {
			t.Errorf("it was %q, %q", s.Before, s.Note)
		}
		e := record.Entry{Base: odd, Wanted: wanted, Requests: []patch.Patch{p}, Result: record.Result{Outcome: record.OutcomeApplied}}
		made, before, lost := merge.Undo((rules.Rules{}), e)
		back, err := (rules.Rules{}).Diff(made, before)
		if err != nil || len(back) != 1 || back[0].Path != "/p" || back[0].Value != "v" {
			t.Errorf("the undo is %s, %v", back.JSON(), err)
		}
		if len(lost) != 1 || !strings.Contains(lost[0], a.Name) {
			t.Errorf("what cannot come back is %q", lost)
		}
	})
}
