package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/glance-tui/glance-tui/ui/uitest"
)

// A terminal without many colors, or without any, gets a theme of its own
// whatever the user chose, and keeps it when it tells its background.
func TestFewColors(t *testing.T) {
	p := launch(t, 80, 24, demoImages(), nil)
	uitest.Run(p, tea.ColorProfileMsg{Profile: colorprofile.ANSI256})
	if p.ctx.Theme.FewColors {
		t.Error("256 colors are many")
	}
	uitest.Run(p, tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	if !p.ctx.Theme.FewColors || !p.ctx.Theme.Selected.GetReverse() {
		t.Error("without colors the selection is not reversed")
	}
	p.fixedTheme = false
	uitest.Run(p, p.setDark(false))
	if p.ctx.Theme.Dark || !p.ctx.Theme.FewColors {
		t.Errorf("after the background: dark %v, few %v", p.ctx.Theme.Dark, p.ctx.Theme.FewColors)
	}
}
