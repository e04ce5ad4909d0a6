package form

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// unreadFedora is a queued image of which nothing that a form shows can be read,
// but its properties.
func unreadFedora(t *testing.T) model.Image {
	t.Helper()
	var i model.Image
	if err := i.UnmarshalShown([]byte(`{"id":"da3b75d9-3f4a-40e7-8a2c-bfab23927dea","name":["Fedora"],"status":"queued","owner":{},
		"visibility":null,"protected":"True","os_hidden":"True\u001b[31m","min_disk":"10","min_ram":99999999999999999999,"disk_format":5,
		"tags":"a b","locations":{"0":"http://a/"},"p":"v"}`)); err != nil {
		t.Fatal(err)
	}
	return i
}

func TestWhatIsNotUnderstoodIsShownAndLocked(t *testing.T) {
	f := open(t, unreadFedora(t))
	f.SetSize(160, 45)
	seen(t, f, `["Fedora"]`, `"True"`, `"10"`, "9999999999", `"a b"`, `{"0":"http://a/"}`, model.Missing)
	uitest.Golden(t, "unread-100x30", uitest.Shot(t, f, 100, 30))
	uitest.Golden(t, "unread-80x24", uitest.Shot(t, f, 80, 24))
	f.SetSize(100, 60)
	for _, a := range model.Attributes() {
		if a.ByServer || a.Kind == model.KindProperties {
			continue
		}
		if f.base.Knows(a.Name) {
			t.Errorf("%s is known", a.Name)
			continue
		}
		goTo(t, f, a.Name)
		for _, keys := range []string{"right", "left", "space", "delete", "n", "y", "ctrl+z", "backspace"} {
			uitest.Run(f, uitest.Keys(keys))
		}
		out := uitest.Run(f, uitest.Type("x1"))
		if f.edit.changed || len(f.edit.faults) > 0 {
			t.Fatalf("%s: %s, %s", a.Name, patchIn(f), faultTexts(f))
		}
		if said := flashOf(t, out); !strings.Contains(said, "not known") {
			t.Errorf("%s: the reason is %q", a.Name, said)
		}
		uitest.Run(f, uitest.Paste("a, b"))
	}
	goToAdd(t, f, "properties")
	uitest.Run(f, uitest.Type("q"), uitest.Keys("tab"), uitest.Type("1"))
	wantPatch(t, f, `{"op":"add","path":"/q","value":"1"}`)
	asked, ok := uitest.Find[screen.Review](uitest.Run(f, uitest.Keys("ctrl+s")))
	if !ok || len(asked.Wanted.Unread) != len(f.base.Unread) {
		t.Errorf("asked for %+v", asked)
	}
}

// A fresh reading in which a value is not understood any more is no zero.
func TestAReadingThatIsNotUnderstood(t *testing.T) {
	f := open(t, uitest.Active())
	goTo(t, f, "protected")
	uitest.Run(f, uitest.Keys("right"))
	wantPatch(t, f, `{"op":"replace","path":"/protected","value":true}`)
	theirs := uitest.Active()
	theirs.Unread = map[string]json.RawMessage{"protected": json.RawMessage(`"True"`)}
	uitest.Run(f, screen.ImageSeen{Image: theirs, Asked: f.ctx.Ask()})
	wantPatch(t, f)
	seen(t, f, `on the server: "True"; ctrl+r: use it`)
	seen(t, f, "its value is not known")
	// To send it reads the image once more. That is understood again: what was
	// typed is still wanted.
	if _, asked := uitest.Find[screen.Review](uitest.Run(f, uitest.Keys("ctrl+s"))); asked {
		t.Error("it is sent on a reading that no one saw")
	}
	wantPatch(t, f, `{"op":"replace","path":"/protected","value":true}`)
	// Or the server's is taken, and locked.
	uitest.Run(f, screen.ImageSeen{Image: theirs, Asked: f.ctx.Ask()})
	goTo(t, f, "protected")
	uitest.Run(f, uitest.Keys("ctrl+r"))
	wantPatch(t, f)
	if f.edit.changed || f.state.unread == nil {
		t.Errorf("it is still an edit: %s", faultTexts(f))
	}
	uitest.Run(f, uitest.Keys("ctrl+z"))
	if !f.edit.changed {
		t.Error("ctrl+z does not bring it back")
	}
}
