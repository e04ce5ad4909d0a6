package viewer

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// longest is how many bytes of a text are laid out; what is longer can be saved or
// opened in a pager.
const longest = 1 << 20

// layOut makes the lines of what is shown, and gives them the room that the tabs and
// a question leave.
func (v *Viewer) layOut() {
	var lines []string
	for line := range strings.SplitSeq(strings.TrimRight(draw.Clip(v.docs[v.shown].Text, longest), "\n"), "\n") {
		lines = append(lines, safe.Wrap(safe.Text(line), max(1, v.width-2))...)
	}
	for n, l := range lines {
		lines[n] = " " + safe.Cut(l, max(0, v.width-2))
	}
	v.pager.SetLines(lines)
	v.pager.SetSize(v.width, max(1, v.height-len(v.head())-len(v.foot())))
}

// head is the names of the documents, where there are several.
func (v *Viewer) head() []string {
	if len(v.docs) < 2 || v.height < 4 {
		return nil
	}
	t := v.ctx.Theme
	var tabs []string
	for n, d := range v.docs {
		style := t.Dim
		if n == v.shown {
			style = t.Accent.Underline(true)
		}
		tabs = append(tabs, style.Render(safe.Text(d.Name)))
	}
	return []string{safe.Cut(" "+strings.Join(tabs, "  "), v.width), ""}
}

const prompt = " Save as: "

func (v *Viewer) fieldWidth() int { return max(1, v.width-len(prompt)-1) }

// foot is what is asked about a file.
func (v *Viewer) foot() []string {
	t := v.ctx.Theme
	switch {
	case v.exists != "":
		return []string{safe.Cut(t.Warn.Render(" "+t.Glyphs.Warn+" "+safe.Text(v.exists)+" exists. Replace it?"), v.width)}
	case v.file.Focused():
		return []string{t.Dim.Render(prompt) + v.file.View(t, v.fieldWidth())}
	}
	return nil
}

// View draws the body.
func (v *Viewer) View() string {
	lines := append(v.head(), strings.Split(v.pager.View(v.ctx.Theme), "\n")...)
	foot := v.foot()
	for len(lines) < v.height-len(foot) {
		lines = append(lines, "")
	}
	return draw.Fit(append(lines[:max(0, v.height-len(foot))], foot...), v.width, v.height)
}

// Cursor is in the name of the file, while it is typed.
func (v *Viewer) Cursor() *tea.Cursor {
	if !v.file.Focused() {
		return nil
	}
	return tea.NewCursor(len(prompt)+v.file.CursorX(v.fieldWidth()), max(0, v.height-1))
}
