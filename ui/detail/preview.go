package detail

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Preview draws an image for the pane beside the list: what it is, where its
// data is, and as many of its properties as fit. It gives exactly height
// lines of at most width columns.
func Preview(t *theme.Theme, img model.Image, session api.Session, now time.Time, width, height int) string {
	if width < 1 || height < 1 {
		return ""
	}
	lines := draw.Para(t.Strong, draw.Name(img), width)
	lines = append(lines[:min(len(lines), 2)], previewState(t, img, width), "")
	lines = append(lines, draw.Rows(t, previewFacts(t, img, session, now, width-10), 8, width)...)
	if _, unread := img.Unread["tags"]; unread {
		lines = append(lines, "", draw.Unread(t, &img, "tags", width))
	}
	if len(img.Tags) > 0 {
		chips := draw.Chips(t.Chip, img.Tags, width)
		lines = slices.Concat(lines, []string{""}, chips[:min(len(chips), 3)])
	}
	lines = slices.Concat(lines, []string{""}, previewLocations(t, img, width))
	if len(img.Properties) > 0 {
		lines = append(lines, "", draw.Heading(t, "Properties", fmt.Sprint(img.PropertyCount()), width))
		lines = append(lines, previewProperties(t, img, width, height-len(lines))...)
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	return draw.Fit(lines, width, height)
}

// longestOdd is how wide a value that could not be read may be among others.
const longestOdd = 8

func previewState(t *theme.Theme, img model.Image, width int) string {
	words := []string{draw.Status(t, img.Status), t.Text.Render(safe.Text(string(img.Visibility)))}
	for n, name := range []string{"status", "visibility"} {
		if raw, unread := img.UnreadText(name); unread {
			words[n] = t.Warn.Render(name + " " + safe.Cut(safe.Text(raw), longestOdd))
		}
	}
	for _, a := range model.Attributes() {
		on, flag := a.Field(&img).(*bool)
		word := strings.ToLower(a.Label)
		if raw, unread := img.UnreadText(a.Name); flag && unread {
			words = append(words, t.Warn.Render(word+" "+safe.Cut(safe.Text(raw), longestOdd)))
		} else if flag && *on {
			words = append(words, t.Warn.Render(word))
		}
	}
	return safe.Cut(strings.Join(words, t.Faint.Render("  ")), width)
}

func previewFacts(t *theme.Theme, img model.Image, session api.Session, now time.Time, room int) []draw.Row {
	room = max(1, room)
	formats := img.DiskFormat.Value
	if c := img.ContainerFormat.Value; c != "" {
		formats = strings.TrimPrefix(formats+" in "+c, " in ")
	}
	size := draw.Size(img.Size)
	if img.VirtualSize.Set && img.VirtualSize != img.Size {
		size += ", virtual size " + draw.Size(img.VirtualSize)
	}
	var needs []string
	for _, a := range model.Attributes() {
		least, minimum := a.Field(&img).(*int64)
		if raw, unread := img.UnreadText(a.Name); minimum && unread {
			needs = append(needs, raw+" "+a.Of)
		} else if minimum && *least > 0 {
			needs = append(needs, draw.Number(*least)+" "+a.Unit+" "+a.Of)
		}
	}
	owner := cmp.Or(draw.ProjectName(img.Owner.Value, session), img.Owner.Value)
	row := func(label, value string, attributes ...string) draw.Row {
		for _, name := range attributes {
			if _, unread := img.Unread[name]; unread {
				return draw.Row{Label: label, Lines: []string{draw.Unread(t, &img, name, room)}}
			}
		}
		return draw.Row{Label: label, Lines: []string{draw.Value(t, t.Text, draw.Clip(value, 512), room)}}
	}
	rows := []draw.Row{
		{Label: "id", Lines: []string{draw.Value(t, t.Link, img.ID, room)}},
		row("size", size, "size", "virtual_size"), row("format", formats, "disk_format", "container_format"), row("project", owner, "owner"),
	}
	if len(needs) > 0 {
		rows = append(rows, row("requires", strings.Join(needs, ", ")))
	}
	return append(rows, row("created", draw.Ago(img.CreatedAt, now), "created_at"), row("updated", draw.Ago(img.UpdatedAt, now), "updated_at"))
}

func previewLocations(t *theme.Theme, img model.Image, width int) []string {
	const most = 4
	head := func(remark string) string { return draw.Heading(t, "Locations", remark, width) }
	raw, unread := img.UnreadText("locations")
	switch {
	case unread:
		return []string{head("not understood"), t.Warn.Render(safe.Cut(safe.Text(raw), width))}
	case img.LocationsWithheld:
		return []string{head("hidden from you")}
	case !img.LocationsShown:
		return []string{head("hidden by the server")}
	case len(img.Locations) == 0:
		return []string{head("none")}
	}
	out := []string{head(fmt.Sprint(len(img.Locations)))}
	for n, l := range img.Locations {
		if n == most-1 && len(img.Locations) > most {
			return append(out, t.Dim.Render(safe.Cut(fmt.Sprintf("… %d more", len(img.Locations)-n), width)))
		}
		out = append(out, t.Link.Render(safe.CutMiddle(safe.Text(draw.Clip(l.URL, 512)), width)))
	}
	return out
}

func previewProperties(t *theme.Theme, img model.Image, width, room int) []string {
	pairs := draw.Properties(img)
	more := 0
	if len(pairs) > room {
		more = len(pairs) - max(0, room-1)
		pairs = pairs[:len(pairs)-more]
	}
	rows := make([]draw.Row, len(pairs))
	for i, p := range pairs {
		rows[i].Label = draw.Clip(p.Name, 256)
	}
	labels := draw.LabelWidth(rows, max(1, width/2))
	for i, p := range pairs {
		rows[i].Lines = []string{draw.Value(t, t.Text, draw.Clip(p.Value, 512), max(1, width-labels-2))}
	}
	out := draw.Rows(t, rows, labels, width)
	if more > 0 {
		out = append(out, t.Dim.Render(safe.Cut(fmt.Sprintf("… %d more", more), width)))
	}
	return out
}
