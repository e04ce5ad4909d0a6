package conformance

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// TestSchemasPredict holds the model against the cases of deployments with a
// schema of their own: with the schema that the server gives, Apply refuses and
// takes what the server does, and Check has a fault for every value that is
// refused.
func TestSchemasPredict(t *testing.T) {
	t.Run("demo", func(t *testing.T) { predictRefusals(t, demoServer(t)) })
	t.Run("glance", func(t *testing.T) { predictRefusals(t, realServer(t)) })
}

func predictRefusals(t *testing.T, s *server) {
	for _, g := range []Group{declaredCases, requiredCases} {
		if !g.On.Exists(s.name) {
			continue
		}
		user := s.need(t, g.On).connect(t, Admin)
		schema, err := user.Schema(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rules := rules.Rules{Schema: schema}
		told := 0
		for _, c := range g.filled() {
			if c.When.Method != http.MethodPatch || len(c.Given) == 0 {
				continue
			}
			base, body := asMade(t, c.Given[0]), []byte(strings.ReplaceAll(c.When.Body, "$mirror", "http://mirror.example"))
			p, err := rules.ParsePatch(c.When.Type, body)
			if err == nil {
				_, err = rules.Apply(base, p)
			}
			code := http.StatusOK
			if refused, ok := errors.AsType[*patch.Rejection](err); ok {
				code = refused.Code
			}
			told++
			if want := Expected(g.Name, c, s.name).Status; code != want {
				t.Errorf("%s/%s: predicted %d (%v), is %d", g.Name, c.Name, code, err, want)
			}
			draft, ok := meant(t, base, c.When.Type, body)
			if ok && code == http.StatusBadRequest && len(rules.Check(base, draft)) == 0 {
				t.Errorf("%s/%s: the form finds no fault in it", g.Name, c.Name)
			}
		}
		if told < 8 {
			t.Errorf("%s: only %d cases", g.Name, told)
		}
	}
}

// asMade is the queued image that a call makes.
func asMade(t testing.TB, c Call) (image model.Image) {
	t.Helper()
	if err := json.Unmarshal([]byte(c.Body), &image); err != nil {
		t.Fatal(err)
	}
	image.ID, image.Status, image.Visibility, image.LocationsShown = someUUID, model.StatusQueued, model.Shared, true
	return image
}

// meant is the draft of someone who wants what a patch says: what a server
// with the loosest schema makes of it; false where even that refuses it.
func meant(t testing.TB, base model.Image, mediaType string, body []byte) (draft model.Image, ok bool) {
	t.Helper()
	schema, err := rules.ParseSchema(rules.DefaultSchemaJSON())
	if err != nil {
		t.Fatal(err)
	}
	for name, a := range schema.Attributes {
		a.Enum, a.Pattern, a.MaxLength = nil, "", 0
		schema.Attributes[name] = a
	}
	loose := rules.Rules{Schema: schema}
	patch, err := loose.ParsePatch(mediaType, body)
	if err == nil {
		draft, err = loose.Apply(base, patch)
	}
	return draft, err == nil
}
