package cli

import (
	"bufio"
	"io"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// table prints images as rows while they arrive. Column widths are fixed, so
// that no row has to wait for the widest one; on a terminal the name and the
// tags are cut to its width, elsewhere they are in full.
type table struct {
	w       *bufio.Writer
	theme   *theme.Theme
	session api.Session
	now     time.Time
	width   int // of the terminal; 0 elsewhere
	styled  bool
	begun   bool
}

// tableColumn is one column: as in the list of the terminal UI, behind the id,
// which scripts and other commands want.
type tableColumn struct {
	title string
	width int
	right bool
	attr  string // which attribute it shows
	text  func(*table, *model.Image) string
}

// The widths of what varies: the name gets the rest of a terminal's width.
const (
	nameWidth = 36
	minName   = 20
	maxTags   = 30
)

var tableColumns = []tableColumn{
	{"ID", 36, false, "id", func(_ *table, i *model.Image) string { return i.ID }},
	{"STATUS", 14, false, "status", func(_ *table, i *model.Image) string { return string(i.Status) }},
	{"NAME", nameWidth, false, "name", func(_ *table, i *model.Image) string { return i.Name.Value }},
	{"VISIBILITY", 10, false, "visibility", func(_ *table, i *model.Image) string { return string(i.Visibility) }},
	{"SIZE", 9, true, "size", func(_ *table, i *model.Image) string { return draw.Size(i.Size) }},
	{"FORMAT", 7, false, "disk_format", func(_ *table, i *model.Image) string { return i.DiskFormat.Value }},
	{"UPDATED", 9, true, "updated_at", func(t *table, i *model.Image) string { return draw.Age(i.UpdatedAt, t.now) }},
	{"PROJECT", 12, false, "owner", (*table).project},
	{"TAGS", 0, false, "tags", func(_ *table, i *model.Image) string { return strings.Join(i.Tags, " ") }},
}

func newTable(out io.Writer, looks *theme.Theme, session api.Session) *table {
	t := &table{theme: looks, session: session, now: time.Now()}
	if f, ok := out.(term.File); ok && term.IsTerminal(f.Fd()) {
		t.width, _, _ = term.GetSize(f.Fd())
		profile := colorprofile.NewWriter(out, os.Environ())
		t.styled = profile.Profile > colorprofile.Ascii
		out = profile
	}
	t.w = bufio.NewWriterSize(out, 64<<10)
	return t
}

// write prints one page of images.
func (t *table) write(images []model.Image) error {
	if !t.begun && len(images) > 0 {
		t.begun = true
		t.row(func(c tableColumn) string { return c.title }, nil)
	}
	for i := range images {
		img := &images[i]
		t.row(func(c tableColumn) string {
			if raw, unread := img.UnreadText(c.attr); unread {
				return raw
			}
			return c.text(t, img)
		}, img)
	}
	return t.w.Flush()
}

// row prints one row; a row without an image is the head.
func (t *table) row(text func(tableColumn) string, img *model.Image) {
	var line strings.Builder
	for i, c := range tableColumns {
		width := c.width
		if c.title == "NAME" && t.width > 0 {
			width = t.nameRoom()
		}
		cell := safe.Text(text(c))
		if cell == "" {
			cell = t.theme.Glyphs.Dash
		}
		if t.width > 0 && width > 0 {
			cell = safe.Cut(cell, width)
		}
		if i == len(tableColumns)-1 {
			line.WriteString(cell)
			break
		}
		pad := strings.Repeat(" ", max(0, width-safe.Width(cell)))
		cell = t.style(c, cell, img)
		if c.right {
			line.WriteString(pad + cell + "  ")
		} else {
			line.WriteString(cell + pad + "  ")
		}
	}
	row := line.String()
	if t.width > 0 {
		row = safe.Cut(row, t.width)
	}
	_, _ = t.w.WriteString(row + "\n") // bufio keeps the error for Flush
}

// nameRoom is what the other columns leave of a terminal's width to the name.
func (t *table) nameRoom() int {
	room := t.width - maxTags
	for _, c := range tableColumns {
		if c.title != "NAME" {
			room -= c.width + 2
		}
	}
	return max(minName, min(room, 60))
}

func (t *table) style(c tableColumn, cell string, img *model.Image) string {
	switch {
	case !t.styled:
		return cell
	case img == nil:
		return t.theme.Dim.Render(cell)
	case c.title == "STATUS":
		return t.theme.Status(img.Status).Render(cell)
	case c.title == "NAME":
		return t.theme.Text.Render(cell)
	}
	return t.theme.Dim.Render(cell)
}

// project is the owner's name where it is known, or the start of its id.
func (t *table) project(i *model.Image) string {
	owner := i.Owner.Value
	if name := t.session.ProjectNames[owner]; name != "" {
		return name
	}
	if owner != "" && owner == t.session.ProjectID && t.session.Project != "" {
		return t.session.Project
	}
	return owner[:min(len(owner), 12)]
}
