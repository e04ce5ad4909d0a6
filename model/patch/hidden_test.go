package patch_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// The stand-in for a secret is never sent, whatever is edited beside it, and
// keeps no edit from being sent that does not write it.
func TestNoPatchHoldsAStandIn(t *testing.T) {
	const hidden = "x " + model.Hidden + " y"
	before := model.Image{
		ID: "i", Status: model.StatusActive, Visibility: model.Private, Name: model.Some(hidden), Tags: []string{"a", hidden},
		Properties:     map[string]model.Opt[string]{"p": model.Some(hidden), hidden: model.Some("v"), "q": model.Some("v")},
		LocationsShown: true,
		Locations: []model.Location{
			{URL: "http://example.org/1", Metadata: map[string]any{"m": []any{hidden}}}, {URL: "http://example.org/" + model.Hidden, Metadata: map[string]any{}},
		},
	}
	tests := []struct {
		name  string
		edit  func(*model.Image)
		field string // refused there; "" when it can be sent
	}{
		{"nothing", func(*model.Image) {}, ""},
		{"another property", func(i *model.Image) { i.Properties["q"] = model.Some("w") }, ""},
		{"the name written again", func(i *model.Image) { i.Name = model.Some("w") }, ""},
		{"the property written again", func(i *model.Image) { i.Properties["p"] = model.Some("w") }, ""},
		{"the property removed", func(i *model.Image) { delete(i.Properties, "p") }, ""},
		{"a location removed", func(i *model.Image) { i.Locations = i.Locations[1:] }, ""},
		{"a location added", func(i *model.Image) {
			i.Locations = append(i.Locations, model.Location{URL: "http://example.org/3", Metadata: map[string]any{}})
		}, ""},
		{"the name corrected around it", func(i *model.Image) { i.Name = model.Some(model.Hidden) }, "name"},
		{"the value corrected around it", func(i *model.Image) { i.Properties["p"] = model.Some(model.Hidden) }, "property p"},
		{"copied to another", func(i *model.Image) { i.Properties["new"] = model.Some(hidden) }, "property new"},
		{"a name that contains it", func(i *model.Image) { i.Properties[hidden] = model.Some("w") }, "property"},
		{"a tag beside it", func(i *model.Image) { i.Tags = append(i.Tags, "b") }, "tags"},
		{"the tag removed", func(i *model.Image) { i.Tags = []string{"a"} }, ""},
		{"locations moved", func(i *model.Image) { i.Locations[0], i.Locations[1] = i.Locations[1], i.Locations[0] }, "locations"},
		{"metadata of another", func(i *model.Image) { i.Locations[1].Metadata = map[string]any{"a": "b"} }, "locations"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			after := before.Clone()
			tt.edit(&after)
			p, err := rules.Rules{}.Diff(before, after)
			if tt.field == "" {
				if err != nil || p.HoldsHidden() || strings.Contains(string(p.JSON()), model.Hidden) {
					t.Errorf("%s %v", p.JSON(), err)
				}
				return
			}
			var refused *model.Refusal
			if !errors.As(err, &refused) || !strings.HasPrefix(refused.Error(), tt.field) || !strings.Contains(refused.Error(), "secret") {
				t.Errorf("%s %v", p.JSON(), err)
			}
		})
	}
}

// What is looked for in a patch is all that its JSON would send, parsed ones
// included.
func TestStandInsInPatches(t *testing.T) {
	for text, holds := range map[string]bool{
		`[{"op":"replace","path":"/name","value":"` + model.Hidden + `"}]`:                                                                true,
		`[{"op":"replace","path":"/tags","value":["a","` + model.Hidden + `"]}]`:                                                          true,
		`[{"op":"add","path":"/locations/-","value":{"url":"http://x/","metadata":{"a":["` + model.Hidden + `"]}}}]`:                      true,
		`[{"op":"add","path":"/locations/-","value":{"url":"http://x/","metadata":{"` + model.Hidden + `":"b"}}}]`:                        true,
		`[{"op":"add","path":"/p","value":"v"},{"op":"remove","path":"/` + model.Hidden + `"}]`:                                           true,
		`[{"op":"replace","path":"/locations","value":[{"url":"http://x/","metadata":{}}]},{"op":"replace","path":"/min_ram","value":5}]`: false,
	} {
		p, err := rules.ParsePatch(patch.MediaTypeV21, []byte(text))
		if err != nil || p.HoldsHidden() != holds {
			t.Errorf("%s: %t, %v", text, !holds, err)
		}
	}
}
