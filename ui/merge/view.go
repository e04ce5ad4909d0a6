package merge

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

const (
	// wideRoom is where the three values are beside each other.
	wideRoom = 118
	gap      = 2
	// fewLines are drawn of a long value; InFull shows all of it.
	fewLines = 4
	// most is how many bytes of a value are drawn in full.
	most = 256 << 10
)

// SetSize is the room for View.
func (m *Merge) SetSize(width, height int) {
	m.width, m.height = width, height
	m.layOut()
	if m.at < len(m.firsts) {
		m.pager.Show(m.firsts[m.at], m.ends[m.at])
	}
}

func (m *Merge) room() int { return max(1, m.width-2*draw.Margin) }

func (m *Merge) footHeight() int {
	if m.height >= 8 {
		return 2
	}
	return 1
}

// layOut makes the lines again; whatever changes what is drawn calls it.
func (m *Merge) layOut() {
	if m.width < 1 {
		return
	}
	room, left := m.room(), min(draw.Margin, m.width/4)
	m.pager.SetSize(m.width, max(0, m.height-m.footHeight()))
	m.fully.SetSize(m.width, m.height)
	if m.full {
		m.fully.SetLines(draw.Indented(m.viewFull(room), left))
	}
	t := m.ctx.Theme
	lines := draw.Para(t.Warn, t.Glyphs.Warn+" "+m.msg.Why, room)
	if len(m.conflicts) == 0 {
		lines = draw.Para(t.Good, t.Glyphs.OK+" No conflicts: changes from both sides were merged.", room)
	}
	m.firsts, m.ends = m.firsts[:0], m.ends[:0]
	for n := range m.conflicts {
		lines = append(lines, "")
		m.firsts = append(m.firsts, len(lines))
		lines = append(lines, m.viewConflict(n, room)...)
		m.ends = append(m.ends, len(lines))
	}
	lines = append(lines, m.viewSilent(room)...)
	m.pager.SetLines(draw.Indented(lines, left))
}

// View draws the fields, and what enter does beneath them.
func (m *Merge) View() string {
	t := m.ctx.Theme
	if m.full {
		return m.fully.View(t)
	}
	foot := draw.Indented([]string{m.viewFoot()}, min(draw.Margin, m.width/4))
	if m.footHeight() > 1 {
		rule := t.Faint.Render(strings.Repeat(t.Glyphs.Rule, m.room()))
		foot = append(draw.Indented([]string{rule}, min(draw.Margin, m.width/4)), foot...)
	}
	if m.height <= len(foot) {
		return draw.Fit(foot, m.width, m.height)
	}
	body := strings.Split(m.pager.View(t), "\n")
	for len(body) < m.height-len(foot) {
		body = append(body, "")
	}
	return draw.Fit(append(body, foot...), m.width, m.height)
}

func (m *Merge) viewFoot() string {
	t, room := m.ctx.Theme, m.room()
	key := func(k, does string) string { return t.Key.Render(k) + t.Text.Render(" "+does) }
	if n := m.left(); n > 0 {
		return safe.Cut(t.Warn.Render(fmt.Sprintf("%s %d of %s unresolved: ", t.Glyphs.Warn, n, draw.Count(len(m.conflicts), "field")))+
			strings.Join([]string{key("m", m.msg.Names.Mine), key("t", m.msg.Names.Theirs), key("b", m.msg.Names.Base)}, t.Text.Render(", ")), room)
	}
	return safe.Cut(key("enter", "continue to review (nothing is sent yet)"), room)
}

// choice is one of the three values of a conflict.
type choice struct {
	key, name, value string
	side             merge.Side
}

// choices are in the order of time: what was, what the server has, mine.
func (m *Merge) choices(c merge.Conflict) []choice {
	n := m.msg.Names
	return []choice{
		{"b", n.Base, c.Base, merge.SideBase},
		{"t", n.Theirs, c.Theirs, merge.SideTheirs},
		{"m", n.Mine, c.Mine, merge.SideMine},
	}
}

// viewConflict is one field: its name and what was decided, then the values.
func (m *Merge) viewConflict(n, room int) []string {
	t, c := m.ctx.Theme, m.conflicts[n]
	lead, style := "  ", t.Strong
	if n == m.at {
		lead, style = t.Accent.Render(t.Glyphs.Cursor)+" ", t.Accent
	}
	state := m.viewState(n)
	name := style.Render(safe.Cut(safe.Text(draw.Clip(c.Field.String(), 512)), max(1, room-len("  ")-gap-safe.Width(state))))
	head := lead + name
	head += strings.Repeat(" ", max(gap, room-safe.Width(head)-safe.Width(state))) + state
	out := []string{safe.Cut(head, room)}
	if room >= wideRoom {
		out = append(out, m.viewBeside(n, room-4)...)
	} else {
		out = append(out, m.viewStacked(n, room-4)...)
	}
	if c.Settled {
		out = append(out, draw.Indented(draw.Para(t.Dim, "Only possible value: "+m.onlyTheirs(c)+".", max(1, room-4)), 4)...)
	}
	return out
}

// viewState is what was decided, in a glyph and words.
func (m *Merge) viewState(n int) string {
	t, names := m.ctx.Theme, m.msg.Names
	if !m.decided[n] {
		return t.Warn.Render(t.Glyphs.Warn + " unresolved")
	}
	name := [...]string{merge.SideMine: names.Mine, merge.SideTheirs: names.Theirs, merge.SideBase: names.Base}[m.sides[n]]
	return t.Good.Render(t.Glyphs.OK + " " + safe.Text(name))
}

// sign marks the value that was chosen.
func (m *Merge) sign(n int, side merge.Side) (string, lipgloss.Style) {
	t := m.ctx.Theme
	switch {
	case !m.decided[n]:
		return " ", t.Text
	case m.sides[n] == side:
		return t.Good.Render(t.Glyphs.Radio), t.Good
	}
	return " ", t.Dim
}

func (m *Merge) letter(n int, ch choice) string {
	t := m.ctx.Theme
	if m.conflicts[n].Settled {
		return " "
	}
	return t.Key.Render(ch.key)
}

// viewStacked puts the values one under another.
func (m *Merge) viewStacked(n, room int) []string {
	names := 0
	choices := m.choices(m.conflicts[n])
	for _, ch := range choices {
		names = max(names, safe.Width(ch.name))
	}
	names = min(names, 16)
	const marks = 4 // the sign and the key, each with a space
	var out []string
	for _, ch := range choices {
		sign, style := m.sign(n, ch.side)
		lead := sign + " " + m.letter(n, ch) + " " + m.ctx.Theme.Dim.Render(safe.Pad(safe.Text(ch.name), names)) + "  "
		for _, l := range m.few(style, ch.value, max(1, room-marks-names-2)) {
			out = append(out, "    "+lead+l)
			lead = strings.Repeat(" ", marks+names+2)
		}
	}
	return out
}

// viewBeside puts the values into columns.
func (m *Merge) viewBeside(n, room int) []string {
	const columns = 3
	width := (room - (columns-1)*gap) / columns
	var all [columns][]string
	rows := 0
	for i, ch := range m.choices(m.conflicts[n]) {
		sign, style := m.sign(n, ch.side)
		head := sign + " " + m.letter(n, ch) + " " + m.ctx.Theme.Dim.Render(safe.Text(ch.name))
		all[i] = append([]string{head}, draw.Indented(m.few(style, ch.value, width-4), 4)...)
		rows = max(rows, len(all[i]))
	}
	out := make([]string, rows)
	for row := range rows {
		line := "    "
		for i, column := range all {
			cell := ""
			if row < len(column) {
				cell = column[row]
			}
			if i < columns-1 {
				cell = safe.Pad(cell, width) + strings.Repeat(" ", gap)
			}
			line += safe.Cut(cell, width+gap)
		}
		out[row] = strings.TrimRight(line, " ")
	}
	return out
}

// few is the beginning of a value, and how to see the rest of a long one.
func (m *Merge) few(style lipgloss.Style, value string, width int) []string {
	lines := draw.Para(style, draw.Clip(value, fewLines*width*4), width)
	if len(lines) <= fewLines {
		return lines
	}
	return append(lines[:fewLines-1:fewLines-1], safe.Cut(m.ctx.Theme.Dim.Render(
		fmt.Sprintf("%s %s in total; v: show", m.ctx.Theme.Glyphs.More, draw.Bytes(int64(len(value))))), width))
}

// viewFull is the three values of the conflict under the cursor, whole.
func (m *Merge) viewFull(room int) []string {
	t, c := m.ctx.Theme, m.conflicts[m.at]
	out := draw.Para(t.Accent, draw.Clip(c.Field.String(), 512), room)
	for _, ch := range m.choices(c) {
		size := ""
		if n := len(ch.value); n > room {
			size = draw.Bytes(int64(n))
		}
		out = append(out, "", draw.Heading(t, ch.name, size, room))
		for _, l := range safe.Wrap(safe.Text(draw.Clip(ch.value, most)), room) {
			out = append(out, t.Text.Render(l))
		}
	}
	return out
}

// viewSilent tells what was merged without asking.
func (m *Merge) viewSilent(room int) []string {
	t := m.ctx.Theme
	if len(m.mine)+len(m.theirs) == 0 {
		return nil
	}
	out := []string{"", draw.Heading(t, "Merged automatically", "changed on one side only, or identically on both", room)}
	for _, part := range []struct {
		name    string
		changes []merge.Change
		style   lipgloss.Style
	}{{m.msg.Names.Theirs, m.theirs, t.Changed}, {m.msg.Names.Mine, m.mine, t.Good}} {
		if len(part.changes) > 0 {
			out = append(out, draw.Para(t.Dim, part.name+":", room)...)
			out = append(out, draw.Indented(draw.Changes(t, part.changes, part.style, max(1, room-2)), 2)...)
		}
	}
	return out
}
