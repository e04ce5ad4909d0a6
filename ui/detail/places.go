package detail

import (
	"fmt"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// viewLocations lists where the data is, the metadata beneath each URL.
func (d *Detail) viewLocations(room int) []string {
	if _, unread := d.image.Unread["locations"]; unread {
		return []string{draw.Unread(d.ctx.Theme, &d.image, "locations", room)}
	}
	switch {
	case !d.image.LocationsShown:
		return d.viewUnseen(room)
	case len(d.image.Locations) == 0:
		return draw.Para(d.ctx.Theme.Dim, "No locations: the image has no data yet.", room)
	}
	return d.viewPlaces(d.image.Locations, room)
}

func (d *Detail) viewPlaces(list []model.Location, room int) []string {
	t := d.ctx.Theme
	var out []string
	for n, l := range list {
		number := fmt.Sprintf("%d", n+1)
		under := len(number) + 2
		for i, line := range draw.Para(t.Link, draw.Clip(l.URL, 2048), max(1, room-under)) {
			if i == 0 {
				out = append(out, t.Dim.Render(number)+"  "+line)
				continue
			}
			out = append(out, safe.Pad("", under)+line)
		}
		out = append(out, draw.Indented(d.pairs(draw.Metadata(l.Metadata), 20, max(1, room-under)), under)...)
	}
	return out
}

// viewProperties lists the custom properties by name.
func (d *Detail) viewProperties(room int) []string {
	if _, cut := d.image.Unread["properties"]; cut {
		return append([]string{draw.Unread(d.ctx.Theme, &d.image, "properties", room)}, d.pairs(draw.Properties(d.image), 32, room)...)
	}
	if len(d.image.Properties) == 0 {
		return draw.Para(d.ctx.Theme.Dim, "None.", room)
	}
	return d.pairs(draw.Properties(d.image), 32, room)
}

// pairs are names with their values, long ones on several lines.
func (d *Detail) pairs(pairs []draw.Pair, widest, room int) []string {
	t := d.ctx.Theme
	rows := make([]draw.Row, len(pairs))
	for i, p := range pairs {
		rows[i].Label = draw.Clip(p.Name, 512)
	}
	labels := draw.LabelWidth(rows, min(widest, max(1, room/2)))
	for i, p := range pairs {
		value := max(1, room-labels-2)
		const most = 6 // lines of one value; the JSON tab has all of it
		lines := draw.Para(t.Text, draw.Clip(p.Value, most*max(value, 40)), value)
		if len(lines) > most {
			lines = append(lines[:most-1], t.Dim.Render(safe.Cut("… shortened; see the JSON tab", value)))
		}
		rows[i].Lines = lines
	}
	return draw.Rows(t, rows, labels, room)
}
