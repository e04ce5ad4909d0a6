package model_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
)

// huge are images that a server may show and no one could work with.
func huge(t *testing.T) map[string][]byte {
	t.Helper()
	with := func(name string, value any) []byte {
		var object map[string]any
		if err := json.Unmarshal([]byte(`{`+wholeImage+`}`), &object); err != nil {
			t.Fatal(err)
		}
		object[name] = value
		return jsontext.MustEncode(object)
	}
	tags, locations := make([]string, 100_000), make([]any, 5000)
	for n := range tags {
		tags[n] = fmt.Sprintf("tag-%06d", n)
	}
	for n := range locations {
		locations[n] = map[string]any{"url": fmt.Sprintf("http://a/%d", n), "metadata": map[string]any{}}
	}
	properties := strings.TrimSuffix(string(with("q", "w")), "}")
	var many strings.Builder
	many.WriteString(properties)
	for n := range 100_000 {
		fmt.Fprintf(&many, `,"p%06d":"v"`, n)
	}
	many.WriteString("}")
	nested := strings.Repeat(`{"a":[`, 4500) + "1" + strings.Repeat("]}", 4500)
	return map[string][]byte{
		"name": with("name", strings.Repeat("n", 10<<20)), "tags": with("tags", tags), "locations": with("locations", locations),
		"p":          with("p", strings.Repeat("v", 10<<20)),
		"properties": []byte(many.String()), "deep": []byte(properties + `,"deep":` + nested + "}"),
		"checksum": []byte(properties + `,"checksum":` + nested + "}"),
	}
}

func TestWhatIsTooLargeIsCutAndLocked(t *testing.T) {
	for name, document := range huge(t) {
		t.Run(name, func(t *testing.T) {
			var i model.Image
			if err := i.UnmarshalShown(document); err != nil {
				t.Fatal(err)
			}
			i.Bound(len(document))
			text := jsontext.MustEncode(i)
			if len(text) > 200<<10 {
				t.Errorf("%d bytes are kept", len(text))
			}
			if model.DepthOf(text) > model.DeepestValue+1 {
				t.Errorf("it is %d levels deep", model.DepthOf(text))
			}
			var again model.Image
			if err := again.UnmarshalShown(text); err != nil || name != "properties" && len(merge.Changes(again, i)) > 0 {
				t.Errorf("it does not come back: %v, %v", err, merge.Changes(again, i))
			}
			if _, known := model.AttributeNamed(name); known && i.Knows(name) {
				t.Error("it is taken for known")
			}
			if ok, why := (rules.Rules{}).Editable(i, name); ok || why == "" {
				t.Errorf("it can be edited: %s", why)
			}
			before := i.Clone()
			i.Bound(len(document))
			if c := merge.Changes(before, i); len(c) > 0 {
				t.Errorf("cut twice it is another: %v", c)
			}
			edited := i.Clone()
			edited.MinRAM = 4096
			if p, err := (rules.Rules{}).Diff(i, edited); err != nil || len(p) != 1 {
				t.Errorf("another field alone: %s %v", p.JSON(), err)
			}
			if merged, conflicts := merge.Merge(i, edited, i); len(conflicts) > 0 || len(merge.Changes(merged, edited)) > 0 {
				t.Errorf("merged it is another: %v", conflicts)
			}
			var small model.Image
			if err := small.UnmarshalShown([]byte(`{` + wholeImage + `}`)); err != nil {
				t.Fatal(err)
			}
			var refused *model.Refusal
			if _, is := map[string]bool{"name": true, "tags": true, "locations": true, "properties": true}[name]; is {
				if p, err := (rules.Rules{}).Diff(i, small); !errors.As(err, &refused) {
					t.Errorf("a value that replaces it is sent: %s", p.JSON())
				}
			}
		})
	}
}

func TestOrdinaryImagesAreNotCut(t *testing.T) {
	i := modeltest.MustImage(t, answer)
	for n := range 900 {
		i.Properties[fmt.Sprint(n)] = model.Some(strings.Repeat("v", 1000))
	}
	before := i.Clone()
	i.Bound(len(jsontext.MustEncode(i)))
	if i.Unread != nil || len(merge.Changes(before, i)) > 0 {
		t.Errorf("it is cut: %v", merge.Changes(before, i))
	}
}
