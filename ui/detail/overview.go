package detail

import (
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// wideRoom is where two columns begin.
const wideRoom = 118

// viewOverview shows all attributes by group; in a wide window locations and
// properties are beside them.
func (d *Detail) viewOverview(room int) []string {
	if room < wideRoom {
		return d.attributes(room)
	}
	const gap = 4
	left := min(92, (room-gap)*6/10)
	right := room - gap - left
	beside := slices.Concat(
		d.section("Locations", len(d.image.Locations), d.viewLocations(right), right), []string{""},
		d.section("Properties", d.image.PropertyCount(), d.viewProperties(right), right))
	return draw.Beside(d.attributes(left), beside, left, gap)
}

func (d *Detail) section(title string, n int, lines []string, width int) []string {
	remark := ""
	if n > 0 {
		remark = draw.Number(int64(n))
	}
	return append([]string{draw.Heading(d.ctx.Theme, title, remark, width)}, lines...)
}

// attributes are rows of group, label and value.
func (d *Detail) attributes(room int) []string {
	t := d.ctx.Theme
	const groupWidth, labelWidth = 8, 16
	group := groupWidth + 2
	if room < 60 {
		group = 0
	}
	value := max(1, room-group-labelWidth-2)
	var out []string
	var last model.Group
	add := func(g model.Group, rows []draw.Row, labels int) {
		for i, line := range draw.Rows(t, rows, labels, room-group) {
			name := ""
			if g != last && i == 0 {
				name, last = string(g), g
			}
			if group > 0 {
				line = t.Dim.Bold(true).Render(safe.Pad(name, groupWidth)) + "  " + line
			}
			out = append(out, line)
		}
	}
	for _, a := range model.Attributes() {
		if a.Kind != model.KindProperties && a.Kind != model.KindLocations {
			add(a.Group, []draw.Row{{Label: a.Label, Lines: d.value(a, value)}}, labelWidth)
		}
	}
	others := make([]draw.Row, 0, len(d.image.Extra))
	for _, p := range draw.Extra(d.image) {
		others = append(others, draw.Row{Label: p.Name})
	}
	labels := max(labelWidth, draw.LabelWidth(others, (room-group)/2))
	for i, p := range draw.Extra(d.image) {
		others[i].Lines = []string{draw.Value(t, t.Text, draw.Clip(p.Value, 512), max(1, room-group-labels-2))}
	}
	add("Others", others, labels)
	return out
}

// value is one attribute for users, in one line mostly.
func (d *Detail) value(a *model.Attribute, width int) []string {
	t := d.ctx.Theme
	i, now := d.image, d.ctx.Now()
	text := func(s string) []string { return []string{draw.Value(t, t.Text, draw.Clip(s, 512), width)} }
	number := func(n int64) []string {
		if n == 0 {
			return []string{t.Faint.Render(safe.Cut("no minimum", width))}
		}
		return text(draw.Number(n) + " " + a.Unit)
	}
	flag := func(on bool, yes string) []string {
		if !on {
			return []string{t.Faint.Render("no")}
		}
		return []string{t.Warn.Render("yes") + t.Dim.Render(safe.Cut(" ("+yes+")", width-3))}
	}
	bytes := func(n model.Opt[int64]) []string {
		if !n.Set {
			return text("")
		}
		return []string{safe.Cut(t.Text.Render(draw.Size(n))+t.Dim.Render("  "+draw.Bytes(n.Value)), width)}
	}
	if _, unread := i.Unread[a.Name]; unread {
		return []string{draw.Unread(t, &i, a.Name, width)}
	}
	switch a.Name {
	case "id":
		return []string{draw.Value(t, t.Link, i.ID, width)}
	case "name":
		if i.Name.Value == "" {
			return []string{t.Faint.Render(safe.Cut(map[bool]string{true: `""`, false: "null"}[i.Name.Set], width))}
		}
		return draw.Para(t.Strong, draw.Clip(i.Name.Value, 1024), width)
	case "status":
		return d.statusLines(width)
	case "owner":
		session := d.ctx.Service.Session()
		lines := text(draw.Project(i.Owner.Value, session))
		if why := session.WhyNotEdit(i); why != "" {
			lines = append(lines, draw.Para(t.Warn, "Read-only for you: "+why+".", width)...)
		}
		return lines
	case "visibility":
		return []string{safe.Cut(t.Text.Render(safe.Text(string(i.Visibility)))+t.Dim.Render(audience(i.Visibility)), width)}
	case "os_hash_value":
		if i.HashValue.Set {
			return []string{t.Text.Render(safe.CutMiddle(safe.Text(draw.Clip(i.HashValue.Value, 512)), width))}
		}
	}
	switch v := a.Field(&i).(type) {
	case *model.Opt[string]:
		return text(v.Value)
	case *bool:
		return flag(*v, a.On)
	case *int64:
		return number(*v)
	case *model.Opt[int64]:
		return bytes(*v)
	case *time.Time:
		return text(draw.Time(*v, now))
	case *[]string:
		if len(*v) > 0 {
			return draw.Chips(t.Chip, *v, width)
		}
	}
	return text("")
}

// audience says who that is.
func audience(v model.Visibility) string {
	switch v {
	case model.Private:
		return " (owner's project only)"
	case model.Shared:
		return " (owner's project and members)"
	case model.Community:
		return " (all projects; not in default lists)"
	case model.Public:
		return " (all projects)"
	}
	return ""
}

// statusLines are the statuses seen since this screen was opened, with their
// times from the second on.
func (d *Detail) statusLines(width int) []string {
	t := d.ctx.Theme
	lines := []string{draw.Timeline(t, d.seen, "", 0, width)}
	if len(d.seen) < 2 {
		return lines
	}
	var times []string
	for i, m := range d.seen {
		s := safe.Text(string(m.Status)) + " at " + draw.Clock(m.At)
		if i == 0 {
			s = safe.Text(string(m.Status)) + " when opened (" + draw.Clock(m.At) + ")"
		}
		times = append(times, s)
	}
	return append(lines, draw.Para(t.Dim, strings.Join(times, ", "), width)...)
}
