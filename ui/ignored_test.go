package ui

import (
	"testing"

	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// What was typed for an edit that the server accepts and ignores is not lost.
func TestAnIgnoredEditIsSavedAsADraft(t *testing.T) {
	s := demoImages()
	s.Ignore = func(o patch.Operation) bool { return o.Path == "/name" }
	p := launch(t, 120, 34, s, nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("name:\"Fedora 17\""), uitest.Keys("enter", "e"), uitest.Type(" Server"), uitest.Keys("ctrl+s", "enter"))
	has(t, p, "accepted, but nothing changed", "saved as a draft")
	uitest.Run(p, uitest.Keys("esc"))
	d, kept := p.ctx.Memory.Draft(uitest.Fedora().ID)
	if !kept || d.Wanted.Name.Value != "Fedora 17 Server" || d.Base.Name.Value != "Fedora 17" {
		t.Fatalf("kept %t: %v", kept, d.Wanted.Name)
	}
	uitest.Run(p, uitest.Keys("e"))
	has(t, p, "Edit Fedora 17", "Fedora 17 Server")
}
