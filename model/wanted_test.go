package model_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/model/rules/rulestest"
)

func TestDecodeWanted(t *testing.T) {
	base := modeltest.MustImage(t, answer)
	for _, c := range []struct {
		name, document string
		want           []string // operations of the Diff
	}{
		{"the base itself", answer, nil},
		{"a base attribute left out stays", `{"name": "x", "hw_disk_bus": "virtio", "kernel_id": null}`, []string{`{"op":"replace","path":"/name","value":"x"}`}},
		{"null is not left out", `{"name": null, "hw_disk_bus": "virtio", "kernel_id": null}`, []string{`{"op":"replace","path":"/name","value":null}`}},
		{"a property left out goes", `{"kernel_id": null}`, []string{`{"op":"remove","path":"/hw_disk_bus"}`}},
		{"tags that are named", `{"tags": [], "hw_disk_bus": "virtio", "kernel_id": null}`, []string{`{"op":"replace","path":"/tags","value":[]}`}},
		{"locations that are named", `{"locations": [{"url": "http://new", "metadata": {}}], "hw_disk_bus": "virtio", "kernel_id": null}`,
			[]string{`{"op":"add","path":"/locations/-","value":{"url":"http://new","metadata":{}}}`, `{"op":"remove","path":"/locations/0"}`}},
		{"what only the server sets", `{"id": 5, "status": "queued", "size": "x", "updated_at": null, "self": 5, "stores": [], "os_glance_x": 1,
			"hw_disk_bus": "virtio", "kernel_id": null}`, nil},
		{"an unknown attribute, as it is", `{"odd": 5.0, "hw_disk_bus": "virtio", "kernel_id": null}`, nil},
		{"an attribute of an odd type, as it is", `{"checksum": 7, "hw_disk_bus": "virtio", "kernel_id": null}`, nil},
		{"2.0 is 2", `{"min_disk": 2.0, "hw_disk_bus": "virtio", "kernel_id": null}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			wanted, err := model.DecodeWanted(base, []byte(c.document))
			if err != nil {
				t.Fatal(err)
			}
			rulestest.RequireDiff(t, rules.Rules{}, base, wanted, c.want...)
		})
	}
}

func TestDecodeWantedRefusesOtherTypes(t *testing.T) {
	base := modeltest.MustImage(t, answer)
	for document, want := range map[string]string{
		`{"name": 5}`:              "name: this is no value for it: 5 (write a text in quotes)",
		`{"protected": "yes"}`:     `protected: this is no value for it: "yes" (write true or false)`,
		`{"min_ram": 1.5}`:         "min_ram: this is no value for it: 1.5 (write a whole number)",
		`{"tags": null}`:           "tags: this is no value for it: null (write a list of texts)",
		`{"locations": [5]}`:       `locations: this is no value for it: [5] (write a list of {"url": "…", "metadata": {}})`,
		`{"visibility": null}`:     "visibility: this is no value for it: null",
		`{"mine": 5}`:              "property mine (value): a property's value is a text, and this is none: 5 (put it in quotes)",
		`{"odd": 6, "mine": true}`: "property mine (value): a property's value is a text, and this is none: true (put it in quotes); property odd (value)",
	} {
		_, err := model.DecodeWanted(base, []byte(document))
		var refusal *model.Refusal
		if !errors.As(err, &refusal) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: says %v", document, err)
		}
	}
	for _, document := range []string{``, `[]`, `null`, `{`} {
		if _, err := model.DecodeWanted(base, []byte(document)); err == nil {
			t.Errorf("%q was taken for an image", document)
		}
	}
}

func TestDecodeWantedSharesNothing(t *testing.T) {
	base := modeltest.MustImage(t, answer)
	was := string(jsontext.MustEncode(base))
	wanted, err := model.DecodeWanted(base, []byte(`{"p": "x"}`))
	if err != nil {
		t.Fatal(err)
	}
	wanted.Properties["q"] = model.Some("y")
	wanted.Locations[0].Metadata["k"] = "v"
	wanted.Extra["self"] = json.RawMessage(`5`)
	if now := string(jsontext.MustEncode(base)); now != was {
		t.Errorf("the base changed:\n%s\n%s", was, now)
	}
}
