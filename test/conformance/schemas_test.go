package conformance

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/glance-tui/glance-tui/model/rules"
	realglance "github.com/glance-tui/glance-tui/test/real"
)

// The embedded service gets the very schema files that a real Glance reads.

// declaredSchema is the answer of a Glance with schema-own.json and formats of
// its own that forbids all other properties.
func declaredSchema(t testing.TB) []byte {
	t.Helper()
	schema, properties := usualSchema(t)
	for name := range maps.Clone(properties) {
		if p, _ := properties[name].(map[string]any); p["is_base"] == false {
			delete(properties, name)
		}
	}
	declare(t, properties, realglance.OwnSchema)
	formats := func(attribute string, list ...any) {
		described, _ := properties[attribute].(map[string]any)
		described["enum"] = append([]any{nil}, list...)
	}
	formats("disk_format", "raw", "qcow2", "gpt")
	formats("container_format", "bare", "sif")
	schema["additionalProperties"] = false
	return []byte(text(schema))
}

// requiredSchema is that of one with schema-required.json.
func requiredSchema(t testing.TB) []byte {
	t.Helper()
	schema, properties := usualSchema(t)
	var file struct {
		Properties json.RawMessage
		Required   []string
	}
	if err := json.Unmarshal(realglance.RequiredSchema, &file); err != nil {
		t.Fatal(err)
	}
	declare(t, properties, file.Properties)
	schema["required"] = file.Required
	return []byte(text(schema))
}

func usualSchema(t testing.TB) (schema, properties map[string]any) {
	t.Helper()
	if err := json.Unmarshal(rules.DefaultSchemaJSON(), &schema); err != nil {
		t.Fatal(err)
	}
	properties, _ = schema["properties"].(map[string]any)
	return schema, properties
}

// declare adds a deployment's own properties, marked as Glance marks them.
func declare(t testing.TB, properties map[string]any, file []byte) {
	t.Helper()
	var own map[string]map[string]any
	if err := json.Unmarshal(file, &own); err != nil {
		t.Fatal(err)
	}
	for name, described := range own {
		described["is_base"] = false
		properties[name] = described
	}
}
