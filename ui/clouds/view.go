package clouds

import (
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

const (
	intro = "Edit an image, review the exact JSON patch in plain words, send it, and watch the result."
	demo  = "built-in Image service with sample images; no setup"
)

// View draws the screen.
func (c *Clouds) View() string {
	room := c.width - 2*draw.Margin
	if room < 1 {
		return draw.Fit([]string{c.ctx.Theme.Text.Render("d demo")}, c.width, c.height)
	}
	top := c.viewTop(room)
	if len(c.conf.Clouds) == 0 {
		return c.viewNothing(top, room)
	}
	return c.viewChooser(top, room)
}

// viewTop is what is above all else: the problem, or what this is.
func (c *Clouds) viewTop(room int) []string {
	t := c.ctx.Theme
	if c.conf.Problem != nil {
		return append(draw.Trouble(t, c.conf.Problem, room), "")
	}
	if len(c.conf.Clouds) > 0 {
		return []string{t.Strong.Render(safe.Cut("Choose a cloud", room)), ""}
	}
	return append(append(
		draw.Para(t.Strong, "glance-tui edits images in an OpenStack cloud.", room),
		draw.Para(t.Text, intro, room)...), "")
}

func (c *Clouds) viewNothing(top []string, room int) string {
	lines := slices.Concat(top, c.demoRow(room, true), []string{""}, c.whereToConfigure(room))
	lines = append([]string{""}, draw.Indented(lines, draw.Margin)...)
	c.help.SetLines(lines)
	c.help.SetSize(c.width, c.height)
	return c.help.View(c.ctx.Theme)
}

// demoRow offers the demo as a row that the cursor can be on.
func (c *Clouds) demoRow(room int, chosen bool) []string {
	t := c.ctx.Theme
	lead := "  "
	style := t.Text
	if chosen {
		lead = t.Accent.Render(t.Glyphs.Cursor) + " "
		style = t.Strong
	}
	name := style.Render("Open the demo") + "  "
	under := draw.Para(t.Dim, demo, room-safe.Width(lead+name))
	if len(under) > 3 { // hardly any room beside it
		under = nil
	}
	out := []string{lead + name}
	for i, l := range under {
		if i == 0 {
			out[0] += l
			continue
		}
		out = append(out, strings.Repeat(" ", safe.Width(lead+name))+l)
	}
	return out
}

// An example that a password user can copy; its widest line decides the width
// of the column.
const example = `clouds:
  mycloud:
    auth:
      auth_url: https://identity.example/v3
      username: admin
      password: secret
      project_name: admin
      user_domain_name: Default
      project_domain_name: Default
    region_name: RegionOne`

func (c *Clouds) whereToConfigure(room int) []string {
	t := c.ctx.Theme
	sample := strings.Split(example, "\n")
	sampleWidth := 0
	for _, l := range sample {
		sampleWidth = max(sampleWidth, len(l))
	}
	for i, l := range sample {
		name, value, _ := strings.Cut(l, ":")
		sample[i] = t.Dim.Render(name+":") + t.Link.Render(value)
	}
	const gap = 3
	wide := room >= sampleWidth+gap+30
	leftWidth := room
	if wide {
		leftWidth = min(room-sampleWidth-gap, 60)
	}
	left := []string{draw.Heading(t, "Connect to a cloud", "", leftWidth)}
	if len(c.conf.Places) > 0 {
		left = append(left, draw.Para(t.Dim, "No cloud found in:", leftWidth)...)
		for _, p := range c.conf.Places {
			left = append(left, "  "+t.Link.Render(safe.CutMiddle(safe.Text(p), leftWidth-2)))
		}
	}
	left = append(left, draw.Para(t.Dim, "Create one of these files, or set OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, "+
		"OS_PROJECT_NAME etc. (for example from an openrc file), then restart.", leftWidth)...)
	head := draw.Heading(t, "clouds.yaml", "for example", min(sampleWidth, room))
	right := append([]string{head}, sample...)
	if wide {
		return draw.Beside(left, right, leftWidth, gap)
	}
	return slices.Concat(left, []string{""}, right)
}

// viewChooser is the table of clouds with the demo as its last row.
func (c *Clouds) viewChooser(top []string, room int) string {
	t := c.ctx.Theme
	rows := len(c.conf.Clouds)
	// In a low window the rows matter more than what is above them.
	top = top[:max(0, min(len(top), c.height-min(rows, 3)-4))]
	var head []string
	if len(top) > 0 {
		head = append([]string{""}, draw.Indented(top, draw.Margin)...)
	}
	cols := c.columns(room - 2)
	title := make([]string, len(cols))
	for i, col := range cols {
		title[i] = safe.Pad(col.title, col.width)
	}
	head = append(head, strings.Repeat(" ", draw.Margin+2)+t.Dim.Render(strings.Join(title, "  ")))

	space := max(1, c.height-len(head)-2)
	first := max(0, min(c.at, rows-1)-space+1)
	lines := head
	for i := first; i < min(rows, first+space); i++ {
		lines = append(lines, strings.Repeat(" ", draw.Margin)+c.row(i, cols))
	}
	lines = append(lines, "")
	lines = append(lines, draw.Indented(c.demoRow(room, c.at == rows)[:1], draw.Margin)...)
	return draw.Fit(lines, c.width, c.height)
}

type column struct {
	title string
	of    func(Entry) string
	width int
}

// columns are as many as fit, each as wide as its widest text.
func (c *Clouds) columns(room int) []column {
	all := []column{
		{title: "NAME", of: func(e Entry) string { return e.Name }},
		{title: "REGION", of: func(e Entry) string { return e.Region }},
		{title: "PROJECT", of: func(e Entry) string { return e.Project }},
		{title: "IDENTITY SERVICE", of: func(e Entry) string { return e.AuthURL }},
	}
	var out []column
	for _, col := range all {
		col.width = len(col.title)
		for _, e := range c.conf.Clouds {
			col.width = max(col.width, min(safe.Width(safe.Text(col.of(e))), 50))
		}
		col.width = min(col.width, room)
		if col.width < 8 && len(out) > 0 && col.width < len(col.title) {
			break
		}
		room -= col.width + 2
		out = append(out, col)
	}
	return out
}

func (c *Clouds) row(i int, cols []column) string {
	t := c.ctx.Theme
	cells := make([]string, len(cols))
	for n, col := range cols {
		style := t.Dim
		switch {
		case n == 0 && i == c.at:
			style = t.Strong
		case n == 0:
			style = t.Text
		}
		text := draw.Value(t, style, col.of(c.conf.Clouds[i]), col.width)
		cells[n] = safe.Pad(text, col.width)
	}
	lead := "  "
	if i == c.at {
		lead = t.Accent.Render(t.Glyphs.Cursor) + " "
	}
	return lead + strings.Join(cells, "  ")
}
