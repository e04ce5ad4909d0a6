package ui

import (
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/test/wire"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// What changes costs on the line about what its letters cost, and nothing else
// is drawn with it: the list alone is held in ui/list.
func TestAChangeCostsFewBytes(t *testing.T) {
	var images []model.Image
	for n := range 60 {
		i := uitest.Active()
		i.ID = fmt.Sprintf("00000000-0000-4000-8000-%012d", n)
		i.Name = model.Some(fmt.Sprintf("ubuntu-24.04-server-%03d", n))
		i.CreatedAt = uitest.Clock.AddDate(0, 0, -n-2)
		images = append(images, i)
	}
	p := launch(t, 120, 40, fakeservice.New(images...), nil)
	to := wire.NewRenderer(120, 40, colorprofile.TrueColor)
	to.Write(p.View())
	costs := func(what string, most int, steps ...any) {
		t.Helper()
		uitest.Run(p, steps...)
		if n := len(to.Write(p.View())); n == 0 || n > most {
			t.Errorf("%s: %d bytes, %d at most\n%s", what, n, most, p.screen())
		}
	}

	costs("an announcement", 45, screen.Flash{Text: "something happened"})
	costs("its end", 20, flashTick{p.flash.n})

	changed := images[4].Clone()
	changed.Status, changed.UpdatedAt = model.StatusDeactivated, uitest.Clock.Add(-time.Minute)
	costs("a status that changes", 340, screen.ImageSeen{Image: changed, Asked: p.ctx.Ask()})
	costs("its announcement's end", 20, flashTick{p.flash.n})

	costs("the form", 4100, uitest.Keys("e"))
	costs("a first letter", 620, uitest.Type("x"))
	costs("a letter", 205, uitest.Type("y"))
	costs("another", 210, uitest.Type("z"))
	costs("a letter less", 215, uitest.Keys("backspace"))
	costs("the next field", 670, uitest.Keys("tab"))
}
