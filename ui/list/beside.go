package list

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/detail"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// sideBySide is the width from which the selected image is next to the
// rows.
const sideBySide = 120

// restFor is how long the selection rests before its image is drawn beside
// the rows: longer than a held key takes to come again, so that on a slow line
// going through the rows costs what the rows cost.
const restFor = 150 * time.Millisecond

// beside is the image beside the rows. While the selection moves, the one where
// it rested last stays there, under its own name. Where a key scrolls the rows
// nothing does: a terminal scrolls whole lines, and what is next to the rows
// would keep it from that.
type beside struct {
	image  model.Image
	shown  bool
	n      int    // counts rests; an earlier one is stale
	awaits string // the image whose rest is waited for
}

type restMsg struct{ n int }

// Update takes pages, changes, news from other screens, and keys. The image
// beside the rows follows.
func (l *List) Update(msg tea.Msg) tea.Cmd {
	if r, ok := msg.(restMsg); ok {
		if r.n == l.beside.n {
			l.showBeside()
		}
		return nil
	}
	offset := l.offset
	cmd := l.update(msg)
	if _, pressed := msg.(tea.KeyPressMsg); pressed && offset != l.offset {
		l.beside.shown = false
	}
	return tea.Batch(cmd, l.follow())
}

// follow waits for the selection to rest where the image beside the rows is
// another.
func (l *List) follow() tea.Cmd {
	b := &l.beside
	switch id := l.selected; {
	case id == "" || l.width < sideBySide:
		*b = beside{n: b.n + 1}
		return nil
	case l.ctx.Options.Still, b.shown && b.image.ID == id:
		l.showBeside()
		return nil
	case b.awaits == id:
		return nil
	default:
		b.n, b.awaits = b.n+1, id
	}
	n := b.n
	return l.after(restFor, func(time.Time) tea.Msg { return restMsg{n} })
}

// showBeside has the selected image drawn beside the rows, as it is now.
func (l *List) showBeside() {
	img, ok := l.current()
	l.beside = beside{n: l.beside.n + 1, shown: ok}
	if ok {
		l.beside.image = img
	}
}

// viewBeside puts the image beside the rows.
func (l *List) viewBeside(body []string) []string {
	t := l.ctx.Theme
	left := l.listWidth()
	var view []string
	if l.beside.shown {
		room := l.width - left - 3
		view = strings.Split(detail.Preview(t, l.beside.image, l.rows.session, l.ctx.Now(), room, l.height-1), "\n")
	}
	bar := "│"
	if t.Glyphs.Plain {
		bar = "|"
	}
	for len(body) < l.height-1 {
		body = append(body, "")
	}
	for i := range body {
		side := ""
		if i < len(view) && view[i] != "" {
			side = " " + view[i]
		}
		// In the style of the row's end, which then goes on.
		fill := strings.Repeat(" ", max(0, left-safe.Width(body[i]))+1)
		body[i] += t.Dim.Render(fill+bar) + side
	}
	return body
}
