package ui

import (
	"net/url"
	"strings"

	"github.com/glance-tui/glance-tui/ui/safe"
)

// leastTitle is how many columns of a title the screen's own summary leaves.
const leastTitle = 24

// viewHeader says where one is. The cloud and the project come first and are
// never left out, whatever the width: an edit in the wrong cloud is the worst one.
// The screen's title and its summary share the rest; the user, the region, the
// endpoint and the program's name come where there is room.
func (m *Model) viewHeader() string {
	t := m.ctx.Theme
	separator := " " + t.Faint.Render(t.Glyphs.Breadcrumb) + " "
	brand := t.Accent.Render("glance-tui")
	title, summary := "", func(int) string { return "" }
	if top := m.top(); top != nil && !m.conn.active() {
		summary = top.Aside
		if top.Title() != "" {
			title = separator + t.Strong.Render(top.Title())
		}
	}
	if m.ctx.Service == nil {
		return m.ends(" "+brand+title, summary(m.width*3/5))
	}

	p := m.whereabouts()
	p.cloud, p.project = share(p.cloud, p.project, m.width-2-safe.Width(separator))
	where := func(user, region string) string {
		left := " " + t.Strong.Render(p.cloud)
		if p.project != "" {
			left += separator + t.Text.Render(user+p.project)
		}
		if region != "" {
			left += separator + t.Dim.Render(region)
		}
		for _, b := range m.badges() {
			left += " " + t.Badge.Render(" "+b+" ")
		}
		return left
	}
	left := where("", "")
	room := m.width - safe.Width(left) - 2
	aside := summary(max(0, room-min(safe.Width(title), leastTitle)))
	title = safe.Cut(title, max(0, room-safe.Width(aside)))
	room = m.width - 2 - safe.Width(title) - safe.Width(aside)
	for _, more := range []string{where(p.user, ""), where(p.user, p.region)} {
		if safe.Width(more) <= room {
			left = more
		}
	}
	if next := left + separator + t.Dim.Render(p.endpoint); title == "" && p.endpoint != "" && safe.Width(next) <= room {
		left = next
	}
	if safe.Width(left)+2+safe.Width(brand) <= room {
		aside = strings.TrimPrefix(aside+"  "+brand, "  ")
	}
	return m.ends(left+title, aside)
}

// ends is a line of the frame with something at both ends.
func (m *Model) ends(left, right string) string {
	left = safe.Cut(left, m.width)
	if gap := m.width - safe.Width(left) - safe.Width(right) - 1; right != "" && gap > 0 {
		return left + strings.Repeat(" ", gap) + right
	}
	return left
}

// share cuts two texts in their middle to fit into a width together. Neither
// takes room from the other that it does not need.
func share(a, b string, width int) (string, string) {
	wa, wb := safe.Width(a), safe.Width(b)
	if wa+wb <= width {
		return a, b
	}
	forA := max(width/2, width-wb)
	a = safe.CutMiddle(a, max(0, min(wa, forA)))
	return a, safe.CutMiddle(b, max(0, width-safe.Width(a)))
}

// whereabouts is where the program is connected to, in safe text.
type whereabouts struct{ cloud, user, project, region, endpoint string }

// whereabouts tells the cloud by its name or, where it came from variables, by its
// host. The user has its @ behind it.
func (m *Model) whereabouts() whereabouts {
	s := m.ctx.Service.Session()
	p := whereabouts{safe.Text(s.Cloud), "", safe.Text(s.Project), safe.Text(s.Region), safe.Text(s.Endpoint)}
	switch {
	case p.cloud == "" && s.Demo:
		p.cloud = "demo"
	case p.cloud == "":
		p.cloud, p.endpoint = p.endpoint, ""
		if u, err := url.Parse(s.Endpoint); err == nil && u.Host != "" {
			p.cloud = safe.Text(u.Host)
		}
	}
	if p.project == "" {
		p.project = safe.Text(s.User)
	} else if s.User != "" {
		p.user = safe.Text(s.User) + "@"
	}
	return p
}

func (m *Model) badges() []string {
	s := m.ctx.Service.Session()
	var out []string
	if s.ReadOnly || m.ctx.Options.ReadOnly {
		out = append(out, "READ-ONLY")
	}
	if m.ctx.Options.DryRun {
		out = append(out, "DRY RUN")
	}
	if s.Insecure {
		out = append(out, "TLS NOT VERIFIED")
	}
	return out
}
