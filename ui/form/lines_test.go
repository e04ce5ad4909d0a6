package form

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/uitest"
)

// A pasted text keeps its line breaks in the value of a property, whichever of them
// the terminal sends; one that is a single line stays one.
func TestAPasteKeepsItsLineBreaks(t *testing.T) {
	for pasted, wanted := range map[string]string{
		"line1\nline2": `line1\nline2`, "line1\rline2": `line1\nline2`, "line1\r\n\r\nline2\r\n": `line1\n\nline2`, "one\n": `one`,
	} {
		f := onProperty(t)
		uitest.Run(f, uitest.Times(6, "backspace"), tea.PasteMsg{Content: pasted})
		wantPatch(t, f, `{"op":"replace","path":"/hw_disk_bus","value":"`+wanted+`"}`)
	}
	f := onProperty(t)
	uitest.Run(f, tea.PasteMsg{Content: "1\n2\n3"})
	seen(t, f, "virtio1␊2␊3", "3 lines")
	// A name is one line still.
	goTo(t, f, "name")
	uitest.Run(f, tea.PasteMsg{Content: " a\nb"})
	seen(t, f, "Fedora 17 a b")
}

// A value is edited in lines: enter makes a line break, the arrows go from line to
// line, and what was typed is in the edit however the lines are left.
func TestAValueIsEditedInLines(t *testing.T) {
	for _, leave := range []string{"ctrl+o", "esc", "tab"} {
		f := onProperty(t)
		uitest.Run(f, uitest.Keys("ctrl+o"))
		seen(t, f, "hw_disk_bus  1 line", "enter makes a line break")
		uitest.Run(f, uitest.Keys("enter"), uitest.Type("second"), uitest.Keys("enter", "enter"), uitest.Type("last"))
		wantPatch(t, f, `{"op":"replace","path":"/hw_disk_bus","value":"virtio\nsecond\n\nlast"}`)
		seen(t, f, "hw_disk_bus  4 lines")
		uitest.Run(f, uitest.Keys("up", "up"), uitest.Type("!"), uitest.Keys("home"), uitest.Type("?"), uitest.Keys("up", "end"), uitest.Type("."))
		wantPatch(t, f, `{"op":"replace","path":"/hw_disk_bus","value":"virtio.\n?!second\n\nlast"}`)
		uitest.Run(f, uitest.Keys("ctrl+z"))
		wantPatch(t, f, `{"op":"replace","path":"/hw_disk_bus","value":"virtio\n?!second\n\nlast"}`)
		if f.Cursor() == nil {
			t.Error("no cursor")
		}
		uitest.Golden(t, "lines", f.View())
		uitest.Run(f, uitest.Keys(leave))
		seen(t, f, "Visibility", "4 lines")
		wantPatch(t, f, `{"op":"replace","path":"/hw_disk_bus","value":"virtio\n?!second\n\nlast"}`)
	}
}

// What is written in lines fits every window.
func TestLinesFit(t *testing.T) {
	f := onProperty(t)
	uitest.Run(f, uitest.Keys("ctrl+o"), tea.PasteMsg{Content: "one\n日本語日本語日本語\n" + string(make([]byte, 500))})
	for width := 1; width < 60; width += 7 {
		for height := 1; height < 20; height += 3 {
			f.SetSize(width, height)
			if fault := uitest.Fits(f.View(), width, height); fault != "" {
				t.Errorf("%dx%d: %s", width, height, fault)
			}
			if c := f.Cursor(); c != nil && (c.X >= width || c.Y >= height) {
				t.Errorf("%dx%d: the cursor is at %d, %d", width, height, c.X, c.Y)
			}
		}
	}
}
