package patch_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// oscDocument is what `openstack image show -f json` prints of the image that apiDocument
// is, but for what does not matter here (measured with 6.0 and 10.5).
const (
	oscDocument = `{"container_format": "bare", "disk_format": "raw", "id": "5f0c1e5f-0c1e-4f0c-8e5f-0c1e5f0c1e5f", "min_disk": 1, "name": "t",
		"properties": {"os_hidden": false, "os_hash_algo": "sha512", "stores": "local", "locations": [], "os_distro": "ubuntu",
		"hw_cpu_cores": 4, "hw_video_ram": 0, "hw_boot_menu": true, "hw_vif_multiqueue_enabled": false},
		"protected": false, "status": "active", "tags": ["a,b"], "visibility": "shared"}`
	apiDocument = `{"container_format": "bare", "disk_format": "raw", "id": "5f0c1e5f-0c1e-4f0c-8e5f-0c1e5f0c1e5f", "min_disk": 1, "name": "t",
		"os_hidden": false, "os_hash_algo": "sha512", "stores": "local", "locations": [], "os_distro": "ubuntu", "checksum": null,
		"hw_cpu_cores": "04", "hw_video_ram": "many", "hw_boot_menu": "Yes", "hw_vif_multiqueue_enabled": "no",
		"protected": false, "status": "active", "tags": ["a,b"], "visibility": "shared"}`
)

// between is the patch between two documents, as `glance-tui diff` makes it.
func between(t *testing.T, before, wanted string) (string, error) {
	t.Helper()
	text, err := patch.FromOpenStackClient([]byte(before), nil)
	if err != nil {
		return "", err
	}
	var base model.Image
	if err := json.Unmarshal(text, &base); err != nil {
		t.Fatal(err)
	}
	if text, err = patch.FromOpenStackClient([]byte(wanted), base.Properties); err != nil {
		return "", err
	}
	image, err := model.DecodeWanted(base, text)
	if err != nil {
		return "", err
	}
	patch, err := rules.For(api.ReleaseCurrent).Diff(base, image)
	return string(patch.JSON()), err
}

func TestTheOpenstackClientsDocument(t *testing.T) {
	for _, c := range []struct{ name, before, from, to, want string }{
		{"nothing changed", oscDocument, "", "", `[]`},
		{"nothing changed since the API's own", apiDocument, "", "", `[]`},
		{"a property", apiDocument, `"ubuntu"`, `"debian"`, `[{"op":"replace","path":"/os_distro","value":"debian"}]`},
		{"a base attribute among the properties", oscDocument, `"os_hidden": false`, `"os_hidden": true`, `[{"op":"replace","path":"/os_hidden","value":true}]`},
		{"a property removed", oscDocument, `"os_distro": "ubuntu",`, ``, `[{"op":"remove","path":"/os_distro"}]`},
		{"a property removed that the client reads", oscDocument, `"hw_cpu_cores": 4,`, ``, `[{"op":"remove","path":"/hw_cpu_cores"}]`},
		{"a number as a text", apiDocument, `"hw_cpu_cores": 4`, `"hw_cpu_cores": "8"`, `[{"op":"replace","path":"/hw_cpu_cores","value":"8"}]`},
		{"a name", oscDocument, `"name": "t"`, `"name": "u"`, `[{"op":"replace","path":"/name","value":"u"}]`},
	} {
		if got, err := between(t, c.before, strings.Replace(oscDocument, c.from, c.to, 1)); err != nil || got != c.want {
			t.Errorf("%s: %s, %v; want %s", c.name, got, err, c.want)
		}
	}
	// It leaves out null: such a name is known, and can be given.
	nameless := strings.Replace(oscDocument, `"name": "t",`, ``, 1)
	if got, err := between(t, nameless, oscDocument); err != nil || got != `[{"op":"replace","path":"/name","value":"t"}]` {
		t.Errorf("a name where there was none: %s, %v", got, err)
	}
	if got, err := between(t, oscDocument, nameless); err != nil || got != `[]` {
		t.Errorf("a name left out: %s, %v", got, err)
	}
	// A reading that was changed says no text; it is refused rather than guessed.
	for from, to := range map[string]string{
		`"hw_cpu_cores": 4`: `"hw_cpu_cores": 5`, `"hw_boot_menu": true`: `"hw_boot_menu": false`, `"hw_video_ram": 0`: `"hw_video_ram": 64`,
		`"hw_vif_multiqueue_enabled": false`: `"hw_vif_multiqueue_enabled": true`,
	} {
		var refusal *model.Refusal
		if got, err := between(t, apiDocument, strings.Replace(oscDocument, from, to, 1)); !errors.As(err, &refusal) || !strings.Contains(err.Error(), "put it in quotes") {
			t.Errorf("%s: %s, %v", to, got, err)
		}
	}
	twice := strings.Replace(oscDocument, `"os_hidden": false`, `"name": "another"`, 1)
	if _, err := between(t, oscDocument, twice); err == nil || !strings.Contains(err.Error(), `"name" is both`) {
		t.Errorf("named twice: %v", err)
	}
	for _, other := range []string{apiDocument, `{"properties": "a text"}`, `[]`, `null`, `{`, ``, `{"properties": null}`} {
		if got, err := patch.FromOpenStackClient([]byte(other), nil); err != nil || string(got) != other {
			t.Errorf("%s became %s, %v", other, got, err)
		}
	}
}

func TestAPropertyCalledPropertiesIsWarnedOf(t *testing.T) {
	before := modeltest.QueuedImage(t)
	after := before.Clone()
	after.Properties["properties"] = model.Some("x")
	rules := rules.For(api.ReleaseCurrent)
	patch, err := rules.Diff(before, after)
	if err != nil {
		t.Fatal(err)
	}
	if steps := explain.Steps(rules, before, patch); len(steps) != 1 || len(steps[0].Hazards) != 1 || steps[0].Hazards[0].Kind != explain.HazardMisread || steps[0].Hazards[0].Confirm != "" {
		t.Errorf("%+v", steps)
	}
	faults := rules.Check(before, after)
	if len(faults) != 1 || !faults[0].Warning || !strings.Contains(faults[0].Text, "Terraform") {
		t.Errorf("%+v", faults)
	}
	again := after.Clone()
	again.Properties["properties"] = model.Some("y")
	if patch, err = rules.Diff(after, again); err != nil || len(explain.Steps(rules, after, patch)[0].Hazards) != 0 {
		t.Errorf("one that is there already: %v, %v", patch, err)
	}
}
