package form

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// onDeployment opens the form on a cloud with formats and properties of its
// own that takes no others.
func onDeployment(t *testing.T) *Form {
	t.Helper()
	schema, err := rules.ParseSchema([]byte(`{"properties": {
		"name": {"type": ["null", "string"], "maxLength": 20},
		"visibility": {"type": "string", "enum": ["private", "shared"]},
		"disk_format": {"type": ["null", "string"], "enum": [null, "gpt", "raw"]},
		"container_format": {"type": ["null", "string"], "enum": [null, "bare"]},
		"tier": {"type": "string", "enum": ["gold", "silver"], "description": "How well it is looked after", "is_base": false},
		"contact": {"type": "string", "maxLength": 10, "is_base": false}
	}, "additionalProperties": false}`))
	if err != nil {
		t.Fatal(err)
	}
	image := uitest.Fedora()
	image.Visibility = model.Private
	return open(t, image, func(_ *screen.Context, s *fakeservice.Service) { s.Declared = schema })
}

func TestADeploymentsFormatsAreOffered(t *testing.T) {
	f := onDeployment(t)
	goTo(t, f, "disk_format")
	uitest.Run(f, uitest.Keys("right"))
	seen(t, f, "gpt", "2 of 3")
	goTo(t, f, "visibility")
	if view := plain(f); strings.Contains(view, "community") || strings.Contains(view, "public") {
		t.Errorf("visibilities that this server does not know:\n%s", view)
	}
	uitest.Run(f, uitest.Keys("end"))
	wantPatch(t, f, `{"op":"replace","path":"/disk_format","value":"gpt"}`, `{"op":"replace","path":"/visibility","value":"shared"}`)
}

func TestADeploymentsOwnPropertyIsAdded(t *testing.T) {
	f := onDeployment(t)
	goToAdd(t, f, "properties")
	seen(t, f, "add a property…", "This server allows only: contact, tier.")
	uitest.Run(f, uitest.Type("tier"), uitest.Keys("enter"), uitest.Type("lead"))
	wantPatch(t, f)
	seen(t, f, "not one of the values that this server allows", "ne of gold, silver")
	uitest.Run(f, uitest.Times(4, "backspace"), uitest.Type("gold"))
	wantPatch(t, f, `{"op":"add","path":"/tier","value":"gold"}`)
	seen(t, f, "One of gold, silver. How well it is looked after")
}

func TestADeploymentsLengthsAreHeld(t *testing.T) {
	f := onDeployment(t)
	goToAdd(t, f, "properties")
	uitest.Run(f, uitest.Type("contact"), uitest.Keys("enter"), uitest.Type("eleven long"))
	wantPatch(t, f)
	seen(t, f, "10 characters at most: 1 too many")
	uitest.Run(f, uitest.Keys("backspace"))
	wantPatch(t, f, `{"op":"add","path":"/contact","value":"eleven lon"}`)
}

func TestAPropertyThatTheDeploymentDoesNotDeclare(t *testing.T) {
	f := onDeployment(t)
	goToAdd(t, f, "properties")
	uitest.Run(f, uitest.Type("mine"), uitest.Keys("enter"), uitest.Type("x"))
	wantPatch(t, f)
	seen(t, f, "no properties but those it declares", "ne of contact, tier")
}

// A server without os_hidden is not asked to set it.
func TestAServerThatCannotHideImages(t *testing.T) {
	f := onDeployment(t)
	goTo(t, f, "os_hidden")
	uitest.Run(f, uitest.Keys("space"))
	seen(t, f, "This server cannot hide images.")
	if f.on("os_hidden") || f.edit.changed {
		t.Error("the field is not locked")
	}
}
