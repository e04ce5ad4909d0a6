package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// left is a program whose edit of the name was accepted and left.
func left(t *testing.T) (program, *fakeservice.Service) {
	t.Helper()
	s := demoImages()
	p := launch(t, 120, 34, s, nil)
	now := uitest.Clock
	p.ctx.Now = func() time.Time { now = now.Add(time.Second); return now }
	uitest.Run(p, uitest.Keys("/"), uitest.Type("name:\"Fedora 17\""), uitest.Keys("enter", "e"), uitest.Type(" Server"), uitest.Keys("ctrl+s", "enter"))
	has(t, p, "200 OK")
	uitest.Run(p, uitest.Keys("esc"))
	return p, s
}

// hears is what the screens are told of a message.
func (p program) hears(msg tea.Msg) []tea.Msg {
	w := &witness{}
	p.stack = append([]screen.Screen{w}, p.stack...)
	defer func() { p.stack = p.stack[1:] }()
	uitest.Run(p, msg)
	return w.heard
}

func TestALossIsReportedThoughTheAnswerWasLeft(t *testing.T) {
	p, s := left(t)
	id := uitest.Fedora().ID
	s.Change(id, func(i *model.Image) { i.Name, i.MinRAM = model.Some("Fedora 17"), 512 })
	msgs := p.hears(screen.ImagesChanged{Images: []model.Image{s.Image(id)}, Asked: p.ctx.Ask()})
	has(t, p, "Another edit overwrote your edit of Fedora 17", "(name). A draft that restores it was saved.")
	found, ok := uitest.Find[screen.Overwritten](msgs)
	if !ok || found.Wanted.Name.Value != "Fedora 17 Server" || found.Wanted.MinRAM != 512 {
		t.Errorf("told %+v", found.Wanted)
	}
	told(t, p, false, s.Image(id)) // not twice
	uitest.Run(p, uitest.Keys("e"))
	has(t, p, "Edit Fedora 17", "Fedora 17 Server", "512 MB")
}

// Someone changed it on purpose, or an edit that was in progress wrote back what
// this program never read: no one here can tell, so it is said and no more.
func TestAnotherValueIsSaid(t *testing.T) {
	p, s := left(t)
	id := uitest.Fedora().ID
	s.Change(id, func(i *model.Image) { i.Name = model.Some("theirs") })
	msgs := p.hears(screen.ImagesChanged{Images: []model.Image{s.Image(id)}, Asked: p.ctx.Ask()})
	has(t, p, "Another edit of theirs changed values that you set at ", `: name is "theirs" now`)
	if _, got := uitest.Find[screen.Superseded](msgs); !got {
		t.Error("no news of it")
	}
	if _, kept := p.ctx.Memory.Draft(id); kept {
		t.Error("a draft against someone's purpose is kept")
	}
	before := p.flash.n
	told(t, p, false, s.Image(id))
	if p.flash.n != before {
		t.Error("it is said twice")
	}
}

func TestWhatIsNoLossIsNotReported(t *testing.T) {
	for name, c := range map[string]func(*model.Image){
		"another field": func(i *model.Image) { i.MinRAM = 512 },
		"nothing":       func(*model.Image) {},
	} {
		t.Run(name, func(t *testing.T) {
			p, s := left(t)
			id := uitest.Fedora().ID
			s.Change(id, c)
			told(t, p, false, s.Image(id))
		})
	}
	t.Run("a list of before the edit", func(t *testing.T) {
		p, _ := left(t)
		told(t, p, false, uitest.Fedora())
	})
	t.Run("an own later edit", func(t *testing.T) {
		p, s := left(t)
		id := uitest.Fedora().ID
		was := s.Image(id)
		s.Change(id, func(i *model.Image) { i.Name = model.Some("Fedora 17") })
		uitest.Run(p, screen.Sent{Before: was, After: s.Image(id), Asked: p.ctx.Ask()})
		told(t, p, false, s.Image(id))
	})
}

func told(t *testing.T, p program, want bool, seen model.Image) {
	t.Helper()
	msgs := p.hears(screen.ImagesChanged{Images: []model.Image{seen}, Asked: p.ctx.Ask()})
	if _, got := uitest.Find[screen.Overwritten](msgs); got != want {
		t.Errorf("told of a loss: %v\n%s", got, p.screen())
	}
}
