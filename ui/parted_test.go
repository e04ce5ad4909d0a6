package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// The whole way of an edit whose second request, which deletes data, is
// refused: what is left of it is the draft, and is sent again as one request.
func TestTheRestOfAnEditIsTheDraft(t *testing.T) {
	s := demoImages()
	s.BeforePatch = func(context.Context) error {
		if len(s.Patches()) == 2 {
			return fakeservice.Refused(403, "You are not authorized to complete delete_image_location action.", "send the edit", api.Exchange{})
		}
		return nil
	}
	p := launch(t, 120, 40, s, nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("ubuntu"), uitest.Keys("enter", "e"), uitest.Type(" LTS"))
	focusOn(t, p, "file://")
	uitest.Run(p, uitest.Keys("ctrl+k"))
	has(t, p, "2 operations", "sent in two requests")
	uitest.Run(p, uitest.Keys("ctrl+s"))
	has(t, p, "Two requests: the second is sent only if the first succeeds.")
	uitest.Run(p, uitest.Type("delete"), uitest.Keys("enter"))
	has(t, p, "Request 2 of 2: 403 Forbidden", "nothing was deleted")
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "Edit ubuntu-24.04-server LTS", "1 operation", `"op": "remove", "path": "/locations/0"`)

	// It outlives the form, too.
	uitest.Run(p, uitest.Keys("esc", "esc", "e"))
	has(t, p, "1 operation", `"op": "remove", "path": "/locations/0"`)
	uitest.Run(p, uitest.Keys("ctrl+s"), uitest.Type("delete"), uitest.Keys("enter"))
	has(t, p, "200 OK")
	if got := s.Image(uitest.Active().ID); len(s.Patches()) != 3 || len(got.Locations) != 1 || got.Name.Value != "ubuntu-24.04-server LTS" {
		t.Errorf("%d requests made it %q with %v", len(s.Patches()), got.Name.Value, got.Locations)
	}
}

// focusOn walks with tab until the line with the focus holds a text.
func focusOn(t *testing.T, p program, text string) {
	t.Helper()
	for range 30 {
		for line := range strings.Lines(p.screen()) {
			if strings.Contains(line, "▸") && strings.Contains(line, text) {
				return
			}
		}
		uitest.Run(p, uitest.Keys("tab"))
	}
	t.Fatalf("tab never reaches %s:\n%s", text, p.screen())
}
