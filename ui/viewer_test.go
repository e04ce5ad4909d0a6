package ui

import (
	"io/fs"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// fakeOutside is a clipboard, files and a pager in memory.
type fakeOutside struct {
	copied, paged string
	files         map[string]string
}

func (d *fakeOutside) Copy(text string) (string, string) {
	d.copied = text
	return "the fake clipboard.", "\x1b]52;c;\a"
}

func (d *fakeOutside) Save(path, text string, over bool) (string, error) {
	if _, there := d.files[path]; there && !over {
		return "", fs.ErrExist
	}
	d.files[path] = text
	return "/home/" + path, nil
}

func (d *fakeOutside) Pager(text string) tea.ExecCommand { d.paged = text; return nil }

// TestTextsAreLookedAtCopiedAndSaved: the commands of a review, and the JSON of an
// image.
func TestTextsAreLookedAtCopiedAndSaved(t *testing.T) {
	p := launch(t, 100, 30, fakeservice.New(uitest.Fedora()), nil)
	d := &fakeOutside{files: map[string]string{"patch.json": "what was there"}}
	p.ctx.Outside = d
	uitest.Run(p, uitest.Keys("e"), uitest.Type(" x"), uitest.Keys("ctrl+s", "v"))
	has(t, p, "JSON  curl  openstack", `"op": "replace"`, "y copy", "w save to a file", "p open in $PAGER", "tab next part")
	golden(t, p, "viewer-100x30", 100, 30)
	uitest.Run(p, uitest.Keys("y"))
	has(t, p, "Sent the JSON patch to the fake clipboard.")
	if !strings.Contains(d.copied, `"/name"`) {
		t.Errorf("copied %q", d.copied)
	}
	uitest.Run(p, uitest.Keys("w"))
	has(t, p, "Save as: patch.json", "enter save")
	uitest.Run(p, uitest.Keys("enter"))
	has(t, p, "patch.json exists. Replace it?")
	uitest.Run(p, uitest.Keys("n"))
	if d.files["patch.json"] != "what was there" {
		t.Error("a file was overwritten without a yes")
	}
	uitest.Run(p, uitest.Keys("w", "enter", "y"))
	has(t, p, "Saved as /home/patch.json.")
	if !strings.Contains(d.files["patch.json"], `"/name"`) {
		t.Errorf("saved %q", d.files["patch.json"])
	}
	uitest.Run(p, uitest.Keys("tab"))
	has(t, p, "curl -")
	uitest.Run(p, uitest.Keys("tab", "w", "backspace", "esc"))
	has(t, p, "openstack image set")
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "Review ")
	uitest.Run(p, uitest.Keys("esc", "ctrl+x", "esc", "enter", "v"))
	has(t, p, `"disk_format"`)
	uitest.Run(p, uitest.Keys("w"))
	has(t, p, "Save as: ", ".json")
	uitest.Run(p, uitest.Keys("esc", "esc"))
	has(t, p, "Overview")
}

// TestTheLogIsRead: what libraries said, and that they said nothing.
func TestTheLogIsRead(t *testing.T) {
	p := launch(t, 100, 30, demoImages(), nil)
	uitest.Run(p, uitest.Keys("L"))
	has(t, p, "The program log is empty.")
	p.log = lines{"2026/11/28 Unsolicited response"}
	uitest.Run(p, uitest.Keys("L", "L"))
	has(t, p, "Program log", "Unsolicited response")
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "newest first")
}

type lines []string

func (l lines) Lines() []string { return l }
