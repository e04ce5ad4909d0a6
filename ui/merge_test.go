package ui

import (
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/form"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// Someone else renames the image between the form and the sending of another
// name: nothing is sent before that is decided, and all screens go on from
// there.
func TestTheWholeWayOfAConflict(t *testing.T) {
	s := demoImages()
	id := uitest.Fedora().ID
	p := launch(t, 120, 34, s, nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("name:\"Fedora 17\""), uitest.Keys("enter", "e"), uitest.Type(" Server"), uitest.Keys("ctrl+s"))
	s.Change(id, func(i *model.Image) { i.Name, i.MinRAM = model.Some("Theirs"), 512 })
	uitest.Run(p, uitest.Keys("enter"))
	has(t, p, "Merge Theirs", `"Fedora 17 Server"`, "min_ram")
	golden(t, p, "merge-120x34", 120, 34)

	// Back in the form it is there as well, and ctrl+s leads here again.
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "Edit Theirs", `on the server: "Theirs"`, "512 MB")
	uitest.Run(p, uitest.Keys("ctrl+s"))
	has(t, p, "Merge Theirs")

	uitest.Run(p, uitest.Keys("enter"))
	if len(s.Patches()) > 0 {
		t.Fatal("sent undecided")
	}
	uitest.Run(p, uitest.Keys("m", "enter"))
	has(t, p, "Review Theirs", "rename")
	if _, isForm := p.stack[len(p.stack)-2].(*form.Form); !isForm {
		t.Errorf("beneath the review is %T", p.stack[len(p.stack)-2])
	}
	uitest.Run(p, uitest.Keys("enter"))
	has(t, p, "200 OK")
	if i := s.Image(id); i.Name.Value != "Fedora 17 Server" || i.MinRAM != 512 || len(s.Patches()) != 1 {
		t.Errorf("%v %d, %d patches", i.Name, i.MinRAM, len(s.Patches()))
	}
}

func TestTheirsIsTakenInAMerge(t *testing.T) {
	s := demoImages()
	id := uitest.Fedora().ID
	p := launch(t, 80, 24, s, nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("name:\"Fedora 17\""), uitest.Keys("enter", "e"), uitest.Type(" Server"), uitest.Keys("ctrl+s"))
	s.Change(id, func(i *model.Image) { i.Name = model.Some("Theirs") })
	uitest.Run(p, uitest.Keys("enter"))
	uitest.Run(p, uitest.Keys("t", "enter"))
	has(t, p, "the image already has these values")
	uitest.Run(p, uitest.Keys("enter", "esc"))
	has(t, p, "Edit Theirs")
	if top := p.stack[len(p.stack)-1]; top.Unsaved() != "" || len(s.Patches()) > 0 {
		t.Errorf("unsaved: %q, %d patches", top.Unsaved(), len(s.Patches()))
	}
}

// The server accepted the edit, and another one overwrote it: what restores it is one key
// away, and going back from its review loses nothing.
func TestTheWholeWayOfALostEdit(t *testing.T) {
	s := demoImages()
	id := uitest.Fedora().ID
	s.AfterPatch = func() error {
		s.AfterPatch = nil
		s.Change(id, func(i *model.Image) { *i = uitest.Fedora(); i.MinRAM = 512 })
		return nil
	}
	p := launch(t, 120, 34, s, nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("name:\"Fedora 17\""), uitest.Keys("enter", "e"), uitest.Type(" Server"), uitest.Keys("ctrl+s", "enter"))
	has(t, p, "overwritten by another edit", "restore yours")
	uitest.Run(p, uitest.Keys("r"))
	has(t, p, "Review Fedora 17", `rename it to "Fedora 17 Server"`)
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "Edit Fedora 17", "Fedora 17 Server", "512 MB")
	uitest.Run(p, uitest.Keys("ctrl+s", "enter"))
	if i := s.Image(id); i.Name.Value != "Fedora 17 Server" || i.MinRAM != 512 {
		t.Errorf("%v %d", i.Name, i.MinRAM)
	}
}
