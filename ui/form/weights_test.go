package form

import (
	"encoding/json"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// TestAnOrderAgainstTheWeights is predicted: an administrator's form knows them.
func TestAnOrderAgainstTheWeights(t *testing.T) {
	image := uitest.Active() // a file, then a web location
	image.Extra = map[string]json.RawMessage{"stores": []byte(`"local,web"`)}
	stores := []api.Store{{ID: "local", Type: "file", Weight: 5}, {ID: "web", Type: "http"}}
	weights := func(version string) func(*screen.Context, *fakeservice.Service) {
		return func(_ *screen.Context, s *fakeservice.Service) { s.Rules.Stores, s.Who.APIVersion = stores, version }
	}
	swapped := func(f *Form) {
		goTo(t, f, "locations")
		uitest.Run(f, uitest.Keys("alt+down"))
	}
	f := open(t, image, weights("v2.17"))
	swapped(f)
	if len(f.edit.patch) > 0 {
		t.Errorf("sends an order that no one will see: %s", patchIn(f))
	}
	goToAdd(t, f, "locations")
	seen(t, f, "sorted by the weights")
	uitest.Run(f, uitest.Type("http://m/x"), uitest.Keys("tab"))
	seen(t, f, "sorted by the weights of its stores")
	wantPatch(t, f, `{"op":"add","path":"/locations/-","value":{"url":"http://m/x","metadata":{}}}`)

	f = open(t, image, weights("v2.9")) // too old to have weights: no one asks
	swapped(f)
	if len(f.edit.patch) != 1 {
		t.Errorf("patch %s", patchIn(f))
	}
}
