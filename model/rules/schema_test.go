package rules_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestDefaultSchemaIsAServersOwn(t *testing.T) {
	s := rules.DefaultSchema()
	if !s.AdditionalProperties {
		t.Error("custom properties are allowed by default")
	}
	for name, want := range map[string]rules.SchemaAttribute{
		"name": {Types: []string{"null", "string"}, MaxLength: 255, IsBase: true, Description: "Descriptive name for the image"},
		"container_format": {Types: []string{"null", "string"}, IsBase: true, Description: "Format of the container",
			Enum: []string{"ami", "ari", "aki", "bare", "ovf", "ova", "docker", "compressed"}},
		"protected": {Types: []string{"boolean"}, IsBase: true, Description: "If true, image will not be deletable."},
		"checksum":  {Types: []string{"null", "string"}, MaxLength: 32, ReadOnly: true, IsBase: true, Description: "md5 hash of image contents."},
		"kernel_id": {Types: []string{"null", "string"}, Pattern: rules.UUIDPattern, Description: "ID of image stored in Glance that should be used as the kernel when booting an AMI-style image."},
		"tags": {Types: []string{"array"}, IsBase: true, Description: "List of strings related to the image",
			Items: &rules.SchemaAttribute{Types: []string{"string"}, MaxLength: 255, IsBase: true}},
	} {
		if got := s.Attributes[name]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s is\n%+v, want\n%+v", name, got, want)
		}
	}
	url := s.Attributes["locations"].Items.Members["url"]
	if url.MaxLength != 255 || !slices.Equal(s.Attributes["locations"].Items.Required, []string{"url", "metadata"}) {
		t.Errorf("locations: %+v", s.Attributes["locations"].Items)
	}
	for _, a := range model.Attributes() {
		if described, found := s.Attributes[a.Name]; a.Base && (!found || !described.IsBase) {
			t.Errorf("%s is not in the schema", a.Name)
		}
	}
	if !json.Valid(rules.DefaultSchemaJSON()) {
		t.Error("DefaultSchemaJSON is no JSON")
	}
}

func TestParseSchemaToleratesUnknownShapes(t *testing.T) {
	s, err := rules.ParseSchema([]byte(`{"properties": {
		"a": {"type": 5, "enum": "x", "maxLength": "long", "minimum": null, "pattern": 7, "readOnly": "yes", "items": [], "properties": 5},
		"b": 17, "c": null,
		"d": {"type": "integer", "minimum": 1, "maximum": 9.0, "enum": [1, null, "x", "y"], "minLength": -3, "maxLength": 99999999999999},
		"e": {"type": ["string"], "pattern": "(?<=x)y", "is_base": false}
	}, "links": 5}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b", "c"} {
		if !reflect.DeepEqual(s.Attributes[name], rules.SchemaAttribute{IsBase: true}) {
			t.Errorf("%s says %+v", name, s.Attributes[name])
		}
	}
	if d := s.Attributes["d"]; *d.Minimum != 1 || *d.Maximum != 9 || d.MinLength != 0 || d.MaxLength != 0 || !slices.Equal(d.Enum, []string{"x", "y"}) {
		t.Errorf("d says %+v", d)
	}
	if !s.AdditionalProperties {
		t.Error("a schema that says nothing allows custom properties")
	}
	e := s.Attributes["e"]
	if v := e.Check("anything"); v != nil {
		t.Errorf("a pattern that Go cannot read refuses: %s", v.Message())
	}
}

func TestParseSchemaRefusesWhatIsNone(t *testing.T) {
	for _, document := range []string{``, `[]`, `null`, `{}`, `{"properties": 5}`, `{"properties": null}`} {
		if _, err := rules.ParseSchema([]byte(document)); err == nil {
			t.Errorf("%q was taken for a schema", document)
		}
	}
}

func TestSchemaChecks(t *testing.T) {
	low, high := int64(1), int64(5)
	for _, c := range []struct {
		name  string
		a     rules.SchemaAttribute
		value any
		says  string // empty: fine
	}{
		{"anything", rules.SchemaAttribute{}, []any{nil, true}, ""},
		{"null", rules.SchemaAttribute{Types: []string{"string"}}, nil, "None is not of type 'string'"},
		{"true", rules.SchemaAttribute{Types: []string{"integer", "null"}}, true, "True is not of type 'integer', 'null'"},
		{"a whole number", rules.SchemaAttribute{Types: []string{"integer"}}, json.Number("2.0"), ""},
		{"a number", rules.SchemaAttribute{Types: []string{"number"}}, json.Number("2.5"), ""},
		{"below", rules.SchemaAttribute{Minimum: &low}, json.Number("0"), "0 is less than the minimum of 1"},
		{"above", rules.SchemaAttribute{Maximum: &high}, json.Number("5.5"), "5.5 is greater than the maximum of 5"},
		{"between", rules.SchemaAttribute{Minimum: &low, Maximum: &high}, json.Number("5"), ""},
		{"characters, not bytes", rules.SchemaAttribute{MaxLength: 2}, "éé", ""},
		{"too short", rules.SchemaAttribute{MinLength: 2}, "é", "'é' is too short"},
		{"somewhere in it", rules.SchemaAttribute{Pattern: "b"}, "abc", ""},
		{"nowhere in it", rules.SchemaAttribute{Pattern: "^b$"}, "abc", "'abc' does not match '^b$'"},
		{"a quote", rules.SchemaAttribute{Enum: []string{"a"}}, `it's "x"`, `'it\'s "x"' is not one of ['a']`},
		{"an element", rules.SchemaAttribute{Items: &rules.SchemaAttribute{Types: []string{"string"}}}, []any{"a", nil}, "None is not of type 'string'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if v := c.a.Check(c.value); v != nil {
				got = strings.TrimPrefix(v.Message(), rules.SchemaFault)
			}
			if got != c.says {
				t.Errorf("says %q, want %q", got, c.says)
			}
		})
	}
}

func FuzzParseSchema(f *testing.F) {
	f.Add([]byte(`{"properties": {"name": {"type": ["null", "string"], "maxLength": 255}}, "additionalProperties": false}`), "name", "x")
	f.Add([]byte(`{"properties": {"a": {"items": {"properties": {"b": {"enum": [null]}}, "required": ["c"], "additionalProperties": false}}}}`), "a", "y")
	f.Add([]byte(`{"properties": {"a": {"pattern": "((((", "minimum": 1e999999999}}}`), "a", "")
	f.Add([]byte(`{"properties": {"name": {}}, "required": ["a", 5, "name"]}`), "a", "x")
	f.Add(deploymentSchema, "tier", "gold")
	f.Add(rules.EmbeddedSchema, "kernel_id", "x")
	f.Fuzz(func(t *testing.T, document []byte, name, value string) {
		s, err := rules.ParseSchema(document)
		if err != nil {
			return
		}
		r := rules.Rules{Schema: s}
		before := modeltest.QueuedImage(t)
		after := before.Clone()
		after.Properties[name] = model.Some(value)
		after.Name = model.Some(value)
		p, err := r.Diff(before, after)
		if err != nil {
			return
		}
		if _, err := r.Apply(before, p); err != nil {
			t.Fatalf("%s is refused: %v", p.JSON(), err)
		}
	})
}
