package form

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

var _ screen.Screen = (*Form)(nil)
var _ screen.Revealer = (*Form)(nil)

// open is a form on an image that the service holds, at 80x20.
func open(t *testing.T, image model.Image, prepare ...func(*screen.Context, *fakeservice.Service)) *Form {
	t.Helper()
	service := fakeservice.New(image)
	ctx := uitest.Context(service)
	for _, p := range prepare {
		p(ctx, service)
	}
	f := New(ctx, image)
	uitest.Start(f, 80, 20)
	return f
}

// goTo moves the focus as tab does, as far as an attribute's first stop.
func goTo(t *testing.T, f *Form, attr string) {
	t.Helper()
	for range 400 {
		if f.focus.attr == attr {
			return
		}
		uitest.Run(f, uitest.Keys("tab"))
	}
	t.Fatalf("tab never reaches %s", attr)
}

// goToAdd moves the focus to the place where a list takes a new row.
func goToAdd(t *testing.T, f *Form, attr string) {
	t.Helper()
	for range 400 {
		if f.focus == (spot{attr: attr, id: addRow}) {
			return
		}
		uitest.Run(f, uitest.Keys("tab"))
	}
	t.Fatalf("tab never reaches the last row of %s", attr)
}

// patchIn is the edit's operations, one to a line: op path value.
func patchIn(f *Form) string {
	var lines []string
	for _, o := range f.edit.patch {
		lines = append(lines, strings.TrimSuffix(strings.TrimPrefix(string(patch.Patch{o}.JSON()), "["), "]"))
	}
	return strings.Join(lines, "\n")
}

func wantPatch(t *testing.T, f *Form, want ...string) {
	t.Helper()
	if got := patchIn(f); got != strings.Join(want, "\n") {
		t.Errorf("the patch is\n%s\nwant\n%s\nfaults: %v", got, strings.Join(want, "\n"), f.edit.faults)
	}
}

func faultTexts(f *Form) string {
	var out []string
	for _, x := range f.edit.faults {
		out = append(out, x.field+": "+x.text)
	}
	return strings.Join(out, "\n")
}

func plain(f *Form) string { return uitest.Plain(f.View()) }

func seen(t *testing.T, f *Form, want ...string) {
	t.Helper()
	view := plain(f)
	for _, w := range want {
		if !strings.Contains(view, w) {
			t.Errorf("not on the screen: %q\n%s", w, view)
		}
	}
}

func flashOf(t *testing.T, out []tea.Msg) string {
	t.Helper()
	m, ok := uitest.Find[screen.Flash](out)
	if !ok {
		t.Fatalf("nothing was said: %v", out)
	}
	return m.Text
}

func TestTheMainEdit(t *testing.T) {
	image := uitest.Fedora()
	image.DiskFormat, image.ContainerFormat = model.Some("qcow2"), model.Some("bare")
	f := open(t, image)
	seen(t, f, "No changes yet.")

	uitest.Run(f, uitest.Type(" Server"))
	goTo(t, f, "tags")
	uitest.Run(f, uitest.Type(", lts"))
	goToAdd(t, f, "locations")
	uitest.Run(f, uitest.Type("http://mirror/f17.qcow2"))

	wantPatch(t, f,
		`{"op":"replace","path":"/name","value":"Fedora 17 Server"}`,
		`{"op":"replace","path":"/tags","value":["beefy","fedora","lts"]}`,
		`{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f17.qcow2","metadata":{}}}`)
	if got := uitest.Plain(f.Aside(60)); got != "◌ queued → ● active after sending" {
		t.Errorf("the header says %q", got)
	}
	seen(t, f, "3 operations", "1 rename it to")

	out := uitest.Run(f, uitest.Keys("ctrl+s"))
	review, ok := uitest.Find[screen.Review](out)
	if !ok {
		t.Fatalf("no review was asked for: %v", out)
	}
	p, err := review.Rules.Diff(review.Base, review.Wanted)
	if err != nil || len(p) != 3 || review.Base.Name.Value != "Fedora 17" {
		t.Errorf("the review is of %v, %v", p, err)
	}
}

func TestEveryKeyIsInThePatchAtOnce(t *testing.T) {
	f := open(t, uitest.Fedora())
	for _, c := range []struct{ key, name string }{
		{"x", "Fedora 17x"}, {"y", "Fedora 17xy"}, {"backspace", "Fedora 17x"},
	} {
		uitest.Run(f, uitest.Keys(c.key))
		wantPatch(t, f, `{"op":"replace","path":"/name","value":"`+c.name+`"}`)
	}
	uitest.Run(f, uitest.Keys("backspace"))
	wantPatch(t, f)
	seen(t, f, "No changes yet.")
	if f.Unsaved() != "" {
		t.Errorf("unsaved: %q", f.Unsaved())
	}
}

func TestAFaultComesAndGoesAsOneTypes(t *testing.T) {
	f := open(t, uitest.Fedora())
	uitest.Run(f, uitest.Type(strings.Repeat("x", 249)))
	seen(t, f, "255 characters at most: 3 too many", "Fix before sending")
	out := uitest.Run(f, uitest.Keys("tab", "ctrl+s"))
	if f.focus.attr != "name" || !strings.Contains(flashOf(t, out), "3 too many") {
		t.Errorf("ctrl+s left the focus on %v and said %q", f.focus, flashOf(t, out))
	}
	uitest.Run(f, uitest.Keys("backspace", "backspace", "backspace"))
	if got := faultTexts(f); got != "" {
		t.Errorf("still at fault: %s", got)
	}
	seen(t, f, "1 operation")
}

func TestNumbersMustBeNumbers(t *testing.T) {
	f := open(t, uitest.Fedora())
	goTo(t, f, "min_disk")
	uitest.Run(f, uitest.Type("x"))
	seen(t, f, "must be a whole number")
	if out := uitest.Run(f, uitest.Keys("ctrl+s")); !strings.Contains(flashOf(t, out), "min disk") {
		t.Errorf("said %q", flashOf(t, out))
	}
	uitest.Run(f, uitest.Keys("backspace", "backspace"), uitest.Type("20"))
	wantPatch(t, f, `{"op":"replace","path":"/min_disk","value":20}`)
	uitest.Run(f, uitest.Type("00000000000000000000000"))
	seen(t, f, "too large")
	uitest.Run(f, uitest.Keys("ctrl+r"), uitest.Type("9999999999"))
	if !strings.Contains(faultTexts(f), "2147483647") {
		t.Errorf("faults: %q", faultTexts(f))
	}
}

func TestUndoRevertsAWordAndRedoRestoresIt(t *testing.T) {
	f := open(t, uitest.Fedora())
	uitest.Run(f, uitest.Type(" Server edition"))
	goTo(t, f, "protected")
	uitest.Run(f, uitest.Keys("space"))
	names := []string{}
	for range 4 {
		uitest.Run(f, uitest.Keys("ctrl+z"))
		names = append(names, f.state.value("name").Value)
	}
	want := []string{"Fedora 17 Server edition", "Fedora 17 Server ", "Fedora 17 ", "Fedora 17"}
	if !slices.Equal(names, want) {
		t.Errorf("undo gave %q", names)
	}
	if f.focus.attr != "name" {
		t.Errorf("undo left the focus on %v", f.focus)
	}
	if out := uitest.Run(f, uitest.Keys("ctrl+z")); flashOf(t, out) != "nothing to undo" {
		t.Errorf("said %q", flashOf(t, out))
	}
	uitest.Run(f, uitest.Keys("ctrl+y", "ctrl+y", "ctrl+y", "ctrl+y"))
	if f.state.value("name").Value != "Fedora 17 Server edition" || !f.on("protected") {
		t.Errorf("redo gave %q, %v", f.state.value("name").Value, f.on("protected"))
	}
}

func TestResetOfOneFieldAndOfAll(t *testing.T) {
	f := open(t, uitest.Fedora())
	uitest.Run(f, uitest.Type("!"))
	goTo(t, f, "protected")
	uitest.Run(f, uitest.Keys("y", "ctrl+r"))
	wantPatch(t, f, `{"op":"replace","path":"/name","value":"Fedora 17!"}`)
	uitest.Run(f, uitest.Keys("n", "y", "ctrl+x"))
	wantPatch(t, f)
	uitest.Run(f, uitest.Keys("ctrl+z"))
	if f.state.value("name").Value != "Fedora 17!" || !f.on("protected") {
		t.Error("undo did not bring the edit back")
	}
}

func TestTogglesAndChoices(t *testing.T) {
	f := open(t, uitest.Fedora())
	goTo(t, f, "visibility")
	uitest.Run(f, uitest.Keys("right"))
	goTo(t, f, "os_hidden")
	uitest.Run(f, uitest.Keys("right"))
	goTo(t, f, "disk_format")
	uitest.Run(f, uitest.Keys("q"))
	wantPatch(t, f,
		`{"op":"replace","path":"/disk_format","value":"qcow2"}`,
		`{"op":"replace","path":"/visibility","value":"shared"}`,
		`{"op":"replace","path":"/os_hidden","value":true}`)
	uitest.Run(f, uitest.Keys("home"))
	goTo(t, f, "visibility")
	uitest.Run(f, uitest.Keys("left", "left", "left"))
	wantPatch(t, f, `{"op":"replace","path":"/os_hidden","value":true}`)
}

func TestANameIsClearedToNullAndAnEmptyOneStays(t *testing.T) {
	f := open(t, uitest.Fedora())
	uitest.Run(f, uitest.Times(9, "backspace"))
	wantPatch(t, f, `{"op":"replace","path":"/name","value":null}`)

	image := uitest.Fedora()
	image.Name = model.Some("")
	f = open(t, image)
	uitest.Run(f, uitest.Keys("x", "backspace"))
	wantPatch(t, f)
}

func TestFormatsOfAnActiveImageAreLockedAndSayWhy(t *testing.T) {
	f := open(t, uitest.Active())
	goTo(t, f, "disk_format")
	seen(t, f, "Fixed once the image has left the status queued")
	out := uitest.Run(f, uitest.Keys("right"))
	if !strings.Contains(flashOf(t, out), "fixed once") {
		t.Errorf("said %q", flashOf(t, out))
	}
	wantPatch(t, f)
}

func TestHostileTextsComeToNoPatchAndNoHarm(t *testing.T) {
	f := open(t, uitest.Hostile())
	for range len(f.stops()) * 2 {
		uitest.Run(f, uitest.Keys("tab"))
		if strings.ContainsAny(plain(f), "\x1b\x07\u202e") {
			t.Fatalf("a control character is drawn:\n%q", plain(f))
		}
	}
	if f.edit.changed || len(f.edit.patch) > 0 {
		t.Errorf("looking at it changed it: %s", patchIn(f))
	}
}

func TestReadOnlyCanBeLookedAt(t *testing.T) {
	f := open(t, uitest.Fedora(), func(c *screen.Context, _ *fakeservice.Service) { c.Options.ReadOnly = true })
	out := uitest.Run(f, uitest.Type("x"), uitest.Keys("ctrl+s"))
	if _, asked := uitest.Find[screen.Review](out); asked || !strings.Contains(flashOf(t, out), "Read-only") {
		t.Errorf("said %q", flashOf(t, out))
	}
}

func TestNothingChangedIsNotReviewed(t *testing.T) {
	f := open(t, uitest.Fedora())
	if out := uitest.Run(f, uitest.Keys("ctrl+s")); !strings.Contains(flashOf(t, out), "No changes to send") {
		t.Errorf("said %q", flashOf(t, out))
	}
}

func TestTheOwnerIsForAdministrators(t *testing.T) {
	has := func(f *Form) bool {
		return slices.ContainsFunc(f.fields, func(x field) bool { return x.describes().Name == "owner" })
	}
	if f := open(t, uitest.Fedora()); !has(f) {
		t.Error("an administrator has no owner to set")
	}
	member := func(_ *screen.Context, s *fakeservice.Service) { s.Who.IsAdmin = false }
	if f := open(t, uitest.Fedora(), member); has(f) {
		t.Error("a member is offered the owner")
	}
	f := open(t, uitest.Fedora(), member)
	goTo(t, f, "visibility")
	uitest.Run(f, uitest.Keys("end"))
	seen(t, f, "administrator can make an image public")
	if len(f.edit.patch) != 1 {
		t.Error("a warning keeps the edit from being sent")
	}
}

func TestTheDeploymentsSchemaRefinesTheRules(t *testing.T) {
	schema := *rules.DefaultSchema()
	schema.Attributes = map[string]rules.SchemaAttribute{}
	for name, a := range rules.DefaultSchema().Attributes {
		schema.Attributes[name] = a
	}
	format := schema.Attributes["disk_format"]
	format.Enum = []string{"raw", "fancy"}
	schema.Attributes["disk_format"] = format
	f := open(t, uitest.Fedora(), func(_ *screen.Context, s *fakeservice.Service) { s.Declared = &schema })
	goTo(t, f, "disk_format")
	uitest.Run(f, uitest.Keys("f"))
	seen(t, f, "fancy", "3 of 3")
}

func TestWithoutASchemaTheUsualRulesHold(t *testing.T) {
	service := fakeservice.New(uitest.Fedora())
	service.BeforeSchema = func() error { return fakeservice.Refused(503, "down", "read the schema", api.Exchange{}) }
	f := New(uitest.Context(service), uitest.Fedora())
	if got := flashOf(t, uitest.Start(f, 80, 20)); !strings.Contains(got, "default one") {
		t.Errorf("said %q", got)
	}
	uitest.Run(f, uitest.Type(strings.Repeat("x", 300)))
	if faultTexts(f) == "" {
		t.Error("nothing is checked")
	}
}

// on reports whether a flag is set.
func (f *Form) on(attr string) bool { return f.state.value(attr).Value == "true" }
