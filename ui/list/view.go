package list

import (
	"errors"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/dustin/go-humanize"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/watch"
)

// headLines are the filter line and the headings.
const headLines = 2

// visible is how many rows there is room for.
func (l *List) visible() int { return max(1, l.height-headLines) }

// listWidth is the room for the rows.
func (l *List) listWidth() int {
	if l.width < sideBySide {
		return l.width
	}
	return l.width - max(previewW, l.width/3) - 1
}

// View draws the filter line, the headings, the rows and, in a wide window,
// the selected image.
func (l *List) View() string {
	out := []string{l.viewSummary()}
	body := l.viewBody(l.listWidth(), l.height-1)
	if l.width >= sideBySide && len(l.rows.shown) > 0 {
		body = l.viewBeside(body)
	}
	return strings.Join(append(out, body...), "\n")
}

func (l *List) viewBody(width, height int) []string {
	if len(l.rows.shown) == 0 {
		return l.viewEmpty(width, height)
	}
	cols, widths := layout(width)
	lines := []string{l.viewHeadings(cols, widths)}
	for i := l.offset; i < len(l.rows.shown) && i < l.offset+l.visible(); i++ {
		lines = append(lines, l.viewRow(i, cols, widths))
	}
	return lines
}

func (l *List) viewHeadings(cols []column, widths []int) string {
	t := l.ctx.Theme
	o := orders[l.rows.order]
	var p pen
	p.write(&t.Text, strings.Repeat(" ", margin))
	for i, c := range cols {
		if i > 0 {
			p.write(&t.Faint, strings.Repeat(" ", gap))
		}
		title, style := heading(c.attr), &t.Faint
		if c.width == glyphOnly.width {
			title = ""
		}
		if c.attr == o.attr {
			style = &t.Accent
			arrow := t.Glyphs.Down
			if l.rows.back {
				arrow = t.Glyphs.Up
			}
			if safe.Width(title) < widths[i] {
				title += arrow
			}
		}
		before, after := room(title, widths[i], c.right)
		p.write(&t.Faint, before)
		p.write(style, safe.Cut(title, widths[i]))
		p.write(&t.Faint, after)
	}
	return p.String()
}

// viewSummary is the line above the headings: the filter, how much is shown,
// how it is sorted, and what keeps it from being fresh.
func (l *List) viewSummary() string {
	t := l.ctx.Theme
	right := t.Dim.Render(l.counted())
	if l.filterErr != nil {
		right = t.Warn.Render(t.Glyphs.Warn + " " + safe.Text(l.filterErr.Error()))
		right = safe.Cut(right, max(10, l.width*2/3))
	} else if err := l.watch.Err(); err != nil && l.store.Len() > 0 {
		now, room := "  "+l.whatNow(), max(10, l.width*2/3)
		right = safe.Cut(t.Glyphs.Warn+" "+safe.Text(oneLine(err)), max(10, room-safe.Width(now))) // what helps stays visible
		right = safe.Cut(t.Warn.Render(right)+t.Dim.Render(now), room)
		if l.rows.filtered() { // how many fit is what one filters for
			count := "  " + l.counted()
			right = safe.Cut(right, max(10, room-safe.Width(count))) + t.Dim.Render(count)
		}
	}
	left := " "
	room := max(4, l.width-safe.Width(right)-6)
	switch {
	case l.typing:
		left += t.Accent.Render("/") + " " + l.field.View(t, room)
	case l.field.Value() != "":
		left += t.Accent.Render("/") + " " + t.Text.Render(safe.Cut(safe.Text(l.field.Value()), room))
	case l.rows.only != nil:
		left += t.Dim.Render("marked only")
	default:
		left += t.Dim.Render(safe.Cut(l.rows.orderName(), room))
	}
	space := max(1, l.width-safe.Width(left)-safe.Width(right)-1)
	return left + strings.Repeat(" ", space) + right
}

// Cursor is in the filter line while it takes letters.
func (l *List) Cursor() *tea.Cursor {
	if !l.typing {
		return nil
	}
	right := safe.Width(l.counted())
	if l.filterErr != nil {
		right = min(max(10, l.width*2/3), safe.Width(l.filterErr.Error())+2)
	}
	return tea.NewCursor(3+l.field.CursorX(max(4, l.width-right-6)), 0)
}

// counted says how many rows there are of how many.
func (l *List) counted() string {
	all := humanize.Comma(int64(l.store.Live()))
	if l.watch.Loading() {
		all += " loaded so far"
	}
	s := "" // the header says how many there are
	switch {
	case l.rows.filtered():
		s = humanize.Comma(int64(len(l.rows.shown))) + " of " + all
	case l.watch.Loading():
		s = humanize.Comma(int64(l.store.Live())) + " of ?"
	}
	if n := l.marked.n; n > 0 {
		s = strings.TrimSuffix(humanize.Comma(int64(n))+" marked, "+s, ", ")
	}
	return strings.Trim(l.paused()+", "+s, ", ")
}

// filterKeys help where a filter shows nothing.
func (l *List) filterKeys() []key.Binding {
	if l.typing {
		return []key.Binding{keys.DropFilter}
	}
	return []key.Binding{keys.ShowAll, keys.Filter}
}

// whatNow is what becomes of a list that could not be read.
func (l *List) whatNow() string {
	switch at, again := l.watch.Retries(); {
	case !again:
		return keys.Refresh.Help().Key + ": retry"
	case !at.IsZero(): // which can be long
		return "retrying at " + draw.Clock(at)
	}
	return "retrying"
}

// paused says why nothing is polled, "" while it is.
func (l *List) paused() string {
	if l.watch.State() == watch.Paused {
		return "paused: terminal not in focus"
	}
	return ""
}

// oneLine is what went wrong, for a line that the rows share.
func oneLine(err error) string {
	if f := new(api.Failure); errors.As(err, &f) && f.Means != "" {
		return f.Means
	}
	return err.Error()
}

// viewEmpty says why there is nothing to see, and which key helps.
func (l *List) viewEmpty(width, height int) []string {
	t := l.ctx.Theme
	room := max(10, min(72, width-8))
	var say []string
	var help []key.Binding
	sentence := func(head, text string) {
		say = append(say, t.Strong.Render(head), "")
		say = append(say, draw.Para(t.Text, text, room)...)
	}
	switch err := l.watch.Err(); {
	case l.store.Len() == 0 && err != nil:
		say = draw.Trouble(t, err, room)
		help = append(help, keys.Refresh, keys.Quit)
	case l.store.Len() == 0 && l.watch.Loading():
		say = append(say, t.Strong.Render("Loading images "+t.Glyphs.More))
	case l.filterErr != nil:
		sentence("This filter is not valid", safe.Text(l.filterErr.Error())+".")
		help = append(help, l.filterKeys()...)
	case l.rows.filtered() && l.store.Live() > 0:
		text := "None of the " + draw.Count(l.store.Live(), "image") + " matches this filter."
		if l.watch.Loading() {
			text = "No match among the images loaded so far. Still loading."
		}
		sentence("No matches", text)
		if other := l.suggested(); other != "" {
			say = append(say, "")
			say = append(say, draw.Para(t.Text, "Did you mean "+safe.Text(other)+"?", room)...)
			if l.typing {
				help = append(help, keys.Complete)
			}
		}
		help = append(help, l.filterKeys()...)
	default:
		sentence("No images", "No image is visible to this project. New images appear automatically.")
		help = append(help, keys.Refresh)
	}
	lines := make([]string, min(4, height/4))
	lines = append(lines, draw.Indented(say, 4)...)
	lines = append(lines, "")
	for _, b := range help {
		lines = append(lines, "    "+t.Key.Render(safe.Pad(b.Help().Key, 8))+t.KeyDesc.Render(b.Help().Desc))
	}
	return lines
}
