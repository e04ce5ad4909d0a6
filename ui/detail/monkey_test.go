package detail

import (
	"context"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// Whatever is pressed and whatever comes: it never panics and always fits.
func TestMonkey(t *testing.T) {
	r := uitest.Rand(7, 8)
	names := []string{"tab", "shift+tab", "J", "j", "k", "G", "g", "ctrl+d", "ctrl+u", "ctrl+r", "e", "y", "x", "enter"}
	for _, img := range []model.Image{rich(), uitest.Hostile(), uitest.WithProperties(uitest.Fedora(), 300), {ID: "bare"}} {
		s := open(img)
		s.service.BeforeGet = func(context.Context, int) error {
			if r.IntN(8) == 0 {
				return fakeservice.Refused(500, "oops", "read the image", api.Exchange{})
			}
			return nil
		}
		for range 2500 {
			switch r.IntN(30) {
			case 0:
				s.service.Change(img.ID, func(i *model.Image) { i.Status = model.Statuses[r.IntN(len(model.Statuses))] })
			case 1:
				s.look()
			case 2:
				s.Update(screen.ThemeChanged{})
			case 3:
				s.Update(screen.ImageGone{ID: img.ID})
			case 4:
				s.Update(screen.ImageSeen{Image: s.service.Image(img.ID)})
			default:
				s.press(names[r.IntN(len(names))])
			}
			if r.IntN(3) > 0 {
				continue
			}
			w, h := 1+r.IntN(170), 1+r.IntN(50)
			uitest.Shot(t, s.Detail, w, h)
			_, _, _ = s.Keys(), s.Title(), s.Aside(w)
		}
	}
}
