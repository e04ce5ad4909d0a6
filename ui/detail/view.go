package detail

import (
	"fmt"
	"strings"

	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// View draws the parts' names, what is the matter where something is, and the
// part on screen.
func (d *Detail) View() string {
	body := d.pager.View(d.ctx.Theme)
	if d.height < 4 {
		return body
	}
	return strings.Join(append(d.head(), body), "\n")
}

// head is what is above the part; one line at least is left for that.
func (d *Detail) head() []string {
	lines := append([]string{safe.Cut(d.tabs(), d.width), ""}, d.banner()...)
	return lines[:min(len(lines), d.height-1)]
}

// layOut makes the lines of the part again; whatever changes what is drawn
// calls it.
func (d *Detail) layOut() {
	if d.width < 1 {
		return
	}
	height := d.height
	if height >= 4 {
		height -= len(d.head())
	}
	d.pager.SetSize(d.width, height)
	room := max(1, d.width-2*draw.Margin)
	var lines []string
	switch d.part {
	case overview:
		lines = d.viewOverview(room)
	case locations:
		lines = d.viewLocations(room)
	case properties:
		lines = d.viewProperties(room)
	case members:
		lines = d.viewMembers(room)
	case raw:
		lines = d.viewRaw(room)
	}
	d.pager.SetLines(draw.Indented(lines, min(draw.Margin, d.width/4)))
}

// tabs are the names of the parts with how much is in each, the one on screen
// marked by more than its color.
func (d *Detail) tabs() string {
	t := d.ctx.Theme
	count := func(name string, n int) string {
		if n == 0 {
			return name
		}
		return fmt.Sprintf("%s %d", name, n)
	}
	names := [parts]string{
		overview:   "Overview",
		locations:  count("Locations", len(d.image.Locations)+len(d.unseen.list)),
		properties: count("Properties", d.image.PropertyCount()),
		members:    count("Members", len(d.members.list)),
		raw:        "JSON",
	}
	var b strings.Builder
	b.WriteString(" ")
	for p, name := range names {
		if part(p) == d.part {
			b.WriteString(t.Accent.Render(t.Glyphs.Cursor + name + " "))
			continue
		}
		b.WriteString(t.Dim.Render(" " + name + " "))
	}
	return b.String()
}

func (d *Detail) banner() []string {
	t := d.ctx.Theme
	room := max(1, d.width-2*draw.Margin)
	var lines []string
	switch {
	case d.gone:
		lines = draw.Para(t.Bad, t.Glyphs.Fail+" This image was deleted on the server. Shown as read at "+
			draw.Clock(d.read)+".", room)
	case d.failed != nil:
		lines = draw.Trouble(t, d.failed, room)
	default:
		if lines = d.viewDraft(room); len(lines) == 0 {
			return nil
		}
	}
	lines = lines[:min(len(lines), max(1, d.height/3))]
	return append(draw.Indented(lines, min(draw.Margin, d.width/4)), "")
}

// viewDraft offers the edit of this image that was not sent.
func (d *Detail) viewDraft(room int) []string {
	draft, kept := d.ctx.Memory.Draft(d.image.ID)
	if !kept {
		return nil
	}
	t := d.ctx.Theme
	say := t.Glyphs.Draft + " Draft"
	if ago := draw.Ago(draft.Saved, d.ctx.Now()); ago != "" && ago != "now" {
		say += " from " + ago
	}
	say += ". Press " + keys.Edit.Help().Key + " to continue."
	if names := draw.Settable(merge.Changes(draft.Base, d.image)); len(names) > 0 {
		say += " Changed on the server since: " + draw.Listed(names) + "."
	}
	return draw.Para(t.Changed, say, room)
}

// Aside is the status, and that a reading is in progress.
func (d *Detail) Aside(width int) string {
	t := d.ctx.Theme
	s := draw.Status(t, d.image.StatusWord())
	switch {
	case d.gone:
		s = t.Bad.Render(t.Glyphs.Fail + " deleted")
	case d.reading:
		s = t.Dim.Render("loading "+t.Glyphs.More) + "  " + s
	}
	return safe.Cut(s, width)
}

func (d *Detail) viewRaw(room int) []string {
	t := d.ctx.Theme
	switch {
	case d.raw != nil:
		return d.raw.Lines(t, room)
	case d.reading:
		return []string{t.Dim.Render("Loading image " + t.Glyphs.More)}
	}
	return draw.Para(t.Dim, "JSON not loaded. Press ctrl+r to load it.", room)
}

// viewMembers lists the projects with which the image is shared.
func (d *Detail) viewMembers(room int) []string {
	t := d.ctx.Theme
	switch {
	case !d.mayHaveMembers():
		return draw.Para(t.Dim, "Only shared images have members; this one is "+string(d.image.Visibility)+
			". Its member list is kept.", room)
	case d.members.err != nil:
		return draw.Trouble(t, d.members.err, room)
	case !d.members.known:
		return []string{t.Dim.Render("Loading members " + t.Glyphs.More)}
	case len(d.members.list) == 0:
		return draw.Para(t.Dim, "No members yet: only the owner's project can see this image.", room)
	}
	session := d.ctx.Service.Session()
	const statusWidth = 10
	who := make([]string, len(d.members.list))
	width := len("PROJECT")
	for i, m := range d.members.list {
		who[i] = safe.Text(draw.Project(m.ProjectID, session))
		width = max(width, safe.Width(who[i]))
	}
	width = min(width, max(8, room-statusWidth-20))
	row := func(a, b, c string) string {
		return safe.Cut(safe.Pad(a, width)+"  "+safe.Pad(b, statusWidth)+"  "+c, room)
	}
	lines := []string{t.Dim.Render(row("PROJECT", "STATUS", "SINCE"))}
	for i, m := range d.members.list {
		style := t.Dim
		if m.Status == "accepted" {
			style = t.Good
		}
		lines = append(lines, row(t.Text.Render(safe.CutMiddle(who[i], width)), style.Render(safe.Text(m.Status)),
			t.Dim.Render(draw.Time(m.UpdatedAt, d.ctx.Now()))))
	}
	return lines
}
