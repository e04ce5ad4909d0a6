package model_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

func TestEqualMetadata(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b map[string]any
		want bool
	}{
		{"nil is empty", nil, map[string]any{}, true},
		{"the store does not count", map[string]any{"store": "a"}, nil, true},
		{"another store", map[string]any{"store": "a", "k": "v"}, map[string]any{"store": "b", "k": "v"}, true},
		{"a member more", map[string]any{"k": "v"}, map[string]any{"k": "v", "l": "w"}, false},
		{"a member instead", map[string]any{"k": "v"}, map[string]any{"l": "v"}, false},
		{"numbers by value", map[string]any{"n": json.Number("1.50")}, map[string]any{"n": 1.5}, true},
		{"whole numbers", map[string]any{"n": json.Number("1e2")}, map[string]any{"n": int64(100)}, true},
		{"large numbers", map[string]any{"n": json.Number("9007199254740993")}, map[string]any{"n": json.Number("9007199254740992")}, false},
		{"a number and its text", map[string]any{"n": json.Number("1")}, map[string]any{"n": "1"}, false},
		{"a number and true", map[string]any{"n": 1}, map[string]any{"n": true}, false},
		{"null and absent", map[string]any{"n": nil}, map[string]any{}, false},
		{"null and null", map[string]any{"n": nil}, map[string]any{"n": nil}, true},
		{"deep", map[string]any{"n": []any{"a", map[string]any{"b": 1}}}, map[string]any{"n": []any{"a", map[string]any{"b": json.Number("1")}}}, true},
		{"deep and other", map[string]any{"n": []any{"a", map[string]any{"b": 1}}}, map[string]any{"n": []any{"a", map[string]any{"c": 1}}}, false},
		{"a longer list", map[string]any{"n": []any{"a"}}, map[string]any{"n": []any{"a", "a"}}, false},
		{"a list and a text", map[string]any{"n": []any{"a"}}, map[string]any{"n": "a"}, false},
		{"an inner store counts", map[string]any{"n": map[string]any{"store": "a"}}, map[string]any{"n": map[string]any{"store": "b"}}, false},
		{"no number", map[string]any{"n": math.NaN()}, map[string]any{"n": math.NaN()}, false},
		{"beyond measure", map[string]any{"n": json.Number("1e999999999")}, map[string]any{"n": json.Number("1e999999999")}, true},
		{"one beyond measure", map[string]any{"n": json.Number("1e999999999")}, map[string]any{"n": json.Number("1")}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if model.EqualMetadata(c.a, c.b) != c.want || model.EqualMetadata(c.b, c.a) != c.want {
				t.Errorf("want %t", c.want)
			}
		})
	}
}

func TestTagsAreASet(t *testing.T) {
	for _, c := range []struct {
		a, b []string
		want bool
	}{
		{nil, []string{}, true},
		{[]string{"b", "a"}, []string{"a", "b", "a"}, true},
		{[]string{"a"}, []string{"A"}, false},
		{[]string{"a"}, []string{"a "}, false},
		{[]string{""}, nil, false},
	} {
		if got := model.SameTags(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %t", c.a, c.b, got)
		}
	}
	given := []string{"b", "a", "b"}
	if got := model.NormalTags(given); len(got) != 2 || got[0] != "a" || got[1] != "b" {
		t.Errorf("normal is %q", got)
	}
	if given[0] != "b" {
		t.Error("the list given was sorted")
	}
}

func TestWholeNumber(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "-0": 0, "5": 5, "2.0": 2, "2e3": 2000, "20e-1": 2, "-1": -1, "9223372036854775807": math.MaxInt64} {
		if got, ok := jsontext.Integer(text); !ok || got != want {
			t.Errorf("%s is %d, %t", text, got, ok)
		}
	}
	for _, text := range []string{"", "1.5", "x", "01", "+1", "9223372036854775808", "1e999999999", "1e-999999999", "0x10", "1_0", "1/1", "NaN", "Inf", `"5"`, "null"} {
		if got, ok := jsontext.Integer(text); ok {
			t.Errorf("%s is taken for %d", text, got)
		}
	}
}
