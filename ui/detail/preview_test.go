package detail

import (
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/theme"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

func TestPreviewTellsWhatMatters(t *testing.T) {
	session := api.Session{ProjectNames: map[string]string{"02a7fb2dd4ef434c8a628c511dcbbeb6": "platform"}}
	for name, img := range map[string]model.Image{
		"active": rich(), "queued": uitest.Fedora(), "hostile": uitest.Hostile(),
		"many": uitest.WithProperties(uitest.Active(), 120),
	} {
		view := Preview(theme.New(true, false), img, session, uitest.Clock, 52, 30)
		uitest.Golden(t, "preview-"+name, view)
		if n := strings.Count(view, "\n") + 1; n != 30 {
			t.Errorf("%s: %d lines", name, n)
		}
	}
}

func TestPreviewFitsEverySize(t *testing.T) {
	th := theme.New(false, true)
	for _, img := range []model.Image{rich(), uitest.Hostile(), uitest.WithProperties(uitest.Active(), 500), {}} {
		for w := range 70 {
			for _, h := range []int{0, 1, 2, 5, 12, 41} {
				view := Preview(th, img, api.Session{}, uitest.Clock, w, h)
				if why := uitest.Fits(view, w, max(h, 1)); why != "" {
					t.Fatalf("%dx%d: %s", w, h, why)
				}
			}
		}
	}
}

func BenchmarkPreview(b *testing.B) {
	img, th := uitest.WithProperties(uitest.Active(), 128), theme.New(true, false)
	for b.Loop() {
		_ = Preview(th, img, api.Session{}, uitest.Clock, 60, 41)
	}
}

func ExamplePreview() {
	img := model.Image{ID: "da3b75d9", Name: model.Some("Fedora 17"), Status: model.StatusQueued, Visibility: model.Private}
	view := Preview(theme.New(true, false), img, api.Session{}, uitest.Clock, 40, 2)
	fmt.Println(uitest.Plain(view))
	// Output:
	// Fedora 17
	// ◌ queued  private
}
