package clients_test

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// What the openstack client prints of an image is the image, for diff: as the
// state before, as what is wanted, and as both.
func TestTheOpenstackClientsDocumentIsUnderstood(t *testing.T) {
	t.Parallel()
	c := open(t)
	who := newOpenStack(t, c.admin()).(openStack)
	if err := who.do("image", "set", "--property", "hw_cpu_cores=04", "--property", "hw_boot_menu=Yes", "--property", "mine=x", demo.FedoraID); err != nil {
		t.Fatal(err)
	}
	printed, err := who.run("image", "show", demo.FedoraID, "-f", "json")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get(c.url + "/v2/images/" + demo.FedoraID)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	given, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, way := range []struct{ name, before, wanted string }{
		{"both", printed, printed}, {"wanted", string(given), printed}, {"neither", string(given), string(given)},
	} {
		var base model.Image
		text, err := patch.FromOpenStackClient([]byte(way.before), nil)
		if err == nil {
			err = json.Unmarshal(text, &base)
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, err = patch.FromOpenStackClient([]byte(way.wanted), base.Properties); err != nil {
			t.Fatal(err)
		}
		wanted, err := model.DecodeWanted(base, text)
		if err != nil {
			t.Errorf("%s: %v", way.name, err)
			continue
		}
		if patch, err := rules.For(api.ReleaseCurrent).Diff(base, wanted); err != nil || len(patch) != 0 {
			t.Errorf("%s: %s, %v", way.name, patch.JSON(), err)
		}
		if _, there := base.Properties["mine"]; !there {
			t.Errorf("%s: the properties are %v", way.name, base.Properties)
		}
	}
}
