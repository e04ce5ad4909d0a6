package form

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// onProperty opens the form of Fedora with the focus on the value of
// hw_disk_bus.
func onProperty(t *testing.T) *Form {
	t.Helper()
	f := open(t, uitest.Fedora())
	goTo(t, f, "properties")
	return f
}

func TestAValueChanges(t *testing.T) {
	f := onProperty(t)
	uitest.Run(f, uitest.Type("2"))
	wantPatch(t, f, `{"op":"replace","path":"/hw_disk_bus","value":"virtio2"}`)
	uitest.Run(f, uitest.Times(7, "backspace"))
	wantPatch(t, f, `{"op":"replace","path":"/hw_disk_bus","value":""}`)
}

func TestAPropertyIsAdded(t *testing.T) {
	f := onProperty(t)
	goToAdd(t, f, "properties")
	uitest.Run(f, uitest.Type("os/x"), uitest.Keys("enter"), uitest.Type("a b"))
	wantPatch(t, f, `{"op":"add","path":"/os~1x","value":"a b"}`)
	uitest.Run(f, uitest.Keys("shift+tab"), uitest.Type("y"), uitest.Keys("right"), uitest.Type(">"))
	wantPatch(t, f, `{"op":"add","path":"/os~1xy","value":">a b"}`)
	uitest.Run(f, uitest.Keys("ctrl+k"))
	wantPatch(t, f)
}

func TestRenameIsRemoveAndAdd(t *testing.T) {
	f := onProperty(t)
	uitest.Run(f, uitest.Keys("home", "left"), uitest.Type("x"))
	wantPatch(t, f,
		`{"op":"remove","path":"/hw_disk_bus"}`,
		`{"op":"add","path":"/hw_disk_busx","value":"virtio"}`)
	uitest.Run(f, uitest.Keys("ctrl+r"))
	wantPatch(t, f)
}

func TestAPropertyGoesAndComesBack(t *testing.T) {
	f := onProperty(t)
	uitest.Run(f, uitest.Keys("ctrl+k"))
	wantPatch(t, f, `{"op":"remove","path":"/hw_disk_bus"}`)
	seen(t, f, "− hw_disk_bus")
	uitest.Run(f, uitest.Type("x"))
	wantPatch(t, f, `{"op":"remove","path":"/hw_disk_bus"}`)
	uitest.Run(f, uitest.Keys("ctrl+k"))
	wantPatch(t, f)
}

func TestTwoOfOneName(t *testing.T) {
	f := onProperty(t)
	goToAdd(t, f, "properties")
	uitest.Run(f, uitest.Type("os_distro"))
	seen(t, f, "duplicate property name")
	uitest.Run(f, uitest.Type("2"))
	wantPatch(t, f, `{"op":"add","path":"/os_distro2","value":""}`)
}

func TestReservedNamesAreRefusedAtOnce(t *testing.T) {
	f := onProperty(t)
	goToAdd(t, f, "properties")
	uitest.Run(f, uitest.Type("os_glance_x"))
	seen(t, f, "the server keeps this name for itself")
}

func TestANullStaysNullUntilItIsTouched(t *testing.T) {
	f := open(t, uitest.Active())
	goTo(t, f, "properties")
	seen(t, f, "null")
	uitest.Run(f, uitest.Type("x"))
	if !strings.Contains(faultTexts(f), "kernel_id") {
		t.Errorf("faults: %q", faultTexts(f))
	}
	uitest.Run(f, uitest.Keys("backspace"))
	if f.edit.changed {
		t.Errorf("the patch is %s", patchIn(f))
	}
}

func TestAnEmptiedTextIsNullWhereOnlyThatIsAllowed(t *testing.T) {
	image := uitest.Active()
	image.Properties["kernel_id"] = model.Some("da3b75d9-3f4a-40e7-8a2c-bfab23927dea")
	f := open(t, image)
	goTo(t, f, "properties")
	uitest.Run(f, uitest.Times(36, "backspace"))
	wantPatch(t, f, `{"op":"replace","path":"/kernel_id","value":null}`)
}

func TestAPasteOfLines(t *testing.T) {
	f := onProperty(t)
	goToAdd(t, f, "properties")
	uitest.Run(f, uitest.Paste("a=1\nos_distro = debian\n"))
	wantPatch(t, f,
		`{"op":"add","path":"/a","value":"1"}`,
		`{"op":"replace","path":"/os_distro","value":"debian"}`)
	uitest.Run(f, uitest.Paste("just a name"))
	if p := f.state.propertyRow(f.focus.id); p == nil || p.name != "just a name" {
		t.Errorf("focus on %v", f.focus)
	}
}

func TestAHundredPropertiesScroll(t *testing.T) {
	f := open(t, uitest.WithProperties(uitest.Active(), 128))
	seen(t, f, "Name")
	goToAdd(t, f, "properties")
	view := plain(f)
	if strings.Contains(view, " Name ") || !strings.Contains(view, "property_128") || !strings.Contains(view, "↑") {
		t.Errorf("the end is not on screen:\n%s", view)
	}
	uitest.Run(f, uitest.Times(64, "up"), uitest.Type("!"))
	seen(t, f, "property_065", "value 65!")
	uitest.Run(f, uitest.Keys("tab", "ctrl+k"))
	wantPatch(t, f,
		`{"op":"replace","path":"/property_065","value":"value 65!"}`,
		`{"op":"remove","path":"/property_066"}`)
}

func TestOneTooManyProperties(t *testing.T) {
	f := open(t, uitest.WithProperties(uitest.Active(), 128))
	goToAdd(t, f, "properties")
	uitest.Run(f, uitest.Type("one_more"))
	if !strings.Contains(faultTexts(f), "128 properties at most: 1 too many") {
		t.Errorf("faults: %q", faultTexts(f))
	}
}

func TestWhatTheServerSetsIsOnlyShown(t *testing.T) {
	image := uitest.Active()
	image.Extra = map[string]json.RawMessage{
		"self": json.RawMessage(`"/v2/images/x"`), "stores": json.RawMessage(`"local,web"`),
		"os_glance_failed_import": json.RawMessage(`""`),
	}
	f := open(t, image)
	goTo(t, f, byServer)
	uitest.Run(f, uitest.Keys("down"))
	seen(t, f, "Set by the server", "stores", "local,web", "Set by the server.")
	if strings.Contains(plain(f), "self") {
		t.Error("the API's own address is shown")
	}
	if out := uitest.Run(f, uitest.Type("x")); !strings.Contains(flashOf(t, out), "set by the server") {
		t.Errorf("said %q", flashOf(t, out))
	}
}

func TestAServerThatForbidsNewProperties(t *testing.T) {
	schema, err := rules.ParseSchema([]byte(`{"properties": {"name": {"type": "string"}}, "additionalProperties": false}`))
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, uitest.Fedora(), func(_ *screen.Context, s *fakeservice.Service) { s.Declared = schema })
	goToAdd(t, f, "properties")
	seen(t, f, "this server allows no properties")
	uitest.Run(f, uitest.Type("x"))
	wantPatch(t, f)
}
