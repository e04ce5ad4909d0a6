package review_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

type ctx = context.Context

func on3(edit func() (a, b model.Image), change func(*screen.Context)) stage {
	base, wanted := edit()
	return on(base, wanted, change)
}

// Whatever is pressed in whatever order at whatever size: it never panics,
// always fits, and never sends what was not agreed to.
func TestMonkey(t *testing.T) {
	r := uitest.Rand(3, 4)
	names := []string{"enter", "esc", "tab", "y", "c", "o", "D", "j", "k", "G", "g", "ctrl+d", "up", "down",
		"backspace", "left", "p", "u", "b", "l", "i", "c", "d", "e", "l", "e", "t", "space", "?", "1"}
	for _, edit := range []func() (a, b model.Image){activate, publish, rename} {
		s := on(edit())
		for range 3400 {
			var msgs []tea.Msg
			agreed := false
			switch r.IntN(30) {
			case 0:
				s.service.Change(uitest.Active().ID, func(i *model.Image) {
					i.Tags = []string{string(rune('a' + r.IntN(26)))}
				})
			case 1:
				msgs = s.press(screen.ThemeChanged{}, uitest.Paste("public delete"))
			case 2:
				s.service.BeforeGet = func(ctx, int) error {
					if r.IntN(2) == 0 {
						return fakeservice.Refused(500, "oops", "read the image", api.Exchange{})
					}
					return nil
				}
			default:
				name := names[r.IntN(len(names))]
				if name == "enter" {
					s.SetSize(120, 60)
					agreed = strings.Contains(s.text(), "enter: send") || strings.Contains(s.text(), "enter: try again")
				}
				msgs = s.press(uitest.Keys(name))
			}
			if got, ok := uitest.Find[screen.Send](msgs); ok {
				if len(got.Run.Edit().Plan().Patches()) == 0 || slices.ContainsFunc(got.Run.Edit().Plan().Patches(), func(p patch.Patch) bool { return len(p) == 0 }) || !agreed {
					t.Fatalf("sent %v, agreed: %v", got.Run.Edit().Plan().Patches(), agreed)
				}
				s = on(edit())
			}
			if r.IntN(3) > 0 {
				continue
			}
			w, h := 1+r.IntN(170), 1+r.IntN(50)
			uitest.Shot(t, s.Review, w, h)
			_, _, _, _ = s.Keys(), s.Title(), s.Aside(w), s.Unsaved()
		}
	}
}
