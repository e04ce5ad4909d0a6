package detail

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/theme"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// unread is an image of which nothing can be read but its id.
func unread() model.Image {
	i := model.Image{ID: uitest.Active().ID, Unread: map[string]json.RawMessage{}}
	for _, a := range model.Attributes() {
		if a.Base && a.Name != "id" {
			i.Unread[a.Name] = json.RawMessage(`{"` + a.Name + `":"\u001b[31m"}`)
		}
	}
	i.Unread["protected"], i.Unread["name"] = json.RawMessage(`"True"`), json.RawMessage{}
	return i
}

func TestWhatIsNotUnderstoodIsShownAsItCame(t *testing.T) {
	s := open(unread())
	s.golden(t, "unread")
	for _, a := range model.Attributes() {
		if a.Base && a.Name != "id" && a.Name != "locations" {
			want := `{"` + a.Name + `"`
			switch a.Name {
			case "protected":
				want = `"True": not understood`
			case "name":
				want = "missing: the server did not give it"
			}
			s.shows(t, a.Label+" "+want)
		}
	}
	s.press("tab")
	s.shows(t, `{"locations":`)
}

func TestPreviewOfWhatIsNotUnderstood(t *testing.T) {
	img := unread()
	view := uitest.Plain(Preview(theme.New(true, false), img, api.Session{}, uitest.Clock, 60, 30))
	for _, want := range []string{uitest.Active().ID, `status {"statu…`, `visibility {"visib…`, `protected "True"`, `{"size"`, `{"disk_format"`, `{"owner"`, `{"min_disk"`, `{"tags"`, `{"locations"`, `{"created_at"`} {
		if !strings.Contains(view, want) {
			t.Errorf("no %q in\n%s", want, view)
		}
	}
	for _, zero := range []string{"hidden by the server", "none", "years ago"} {
		if strings.Contains(view, zero) {
			t.Errorf("it says %q\n%s", zero, view)
		}
	}
}
