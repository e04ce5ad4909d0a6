package form

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// pane is the patch beside the fields: in words, then as it will be sent.
type pane struct {
	full bool // it has the whole body
	room rect
	top  int

	title, remark string
	lines         []string
	fresh         bool // lines are of the present edit, at the present width
}

// stale makes the pane draw itself again.
func (p *pane) stale() { p.fresh = false }

func (p *pane) toggle() { p.full, p.top, p.fresh = !p.full, 0, false }

// key takes the keys that scroll while the pane has the body; the fields are
// out of sight then, so keys for them are taken and do nothing.
func (p *pane) key(m tea.KeyPressMsg) (taken bool) {
	switch {
	case key.Matches(m, keys.Up):
		p.move(-1)
	case key.Matches(m, keys.Down):
		p.move(+1)
	case key.Matches(m, keys.Top):
		p.move(-len(p.lines))
	case key.Matches(m, keys.Bottom):
		p.move(len(p.lines))
	case key.Matches(m, keys.ReviewEdit, keys.KeepDraft, keys.TogglePane, keys.PaneDown, keys.PaneUp,
		keys.Undo, keys.Redo, keys.ResetAll):
		return false
	}
	return true
}

// scroll moves by half of what is on screen.
func (p *pane) scroll(direction int) { p.move(direction * max(1, (p.room.height-1)/2)) }

func (p *pane) move(by int) {
	p.top = max(0, min(p.top+by, len(p.lines)-p.visible()))
}

// visible is how many lines are on screen: the heading takes one, and the hint
// another where there are more.
func (p *pane) visible() int {
	n := p.room.height - 1
	if len(p.lines) > n && n > 2 {
		n--
	}
	return max(n, 0)
}

// layout makes the lines where they are out of date.
func (p *pane) layout(f *Form, room rect) {
	if !p.fresh || p.room.width != room.width {
		p.title, p.remark, p.lines = f.patchLines(room.width)
		p.fresh = true
	}
	p.room = room
	p.move(0)
}

func (p *pane) view(f *Form) []string {
	if p.room.height < 1 || p.room.width < 1 {
		return nil
	}
	t := f.ctx.Theme
	out := []string{draw.Heading(t, p.title, p.remark, p.room.width)}
	end := min(len(p.lines), p.top+p.visible())
	out = append(out, p.lines[p.top:end]...)
	if below := len(p.lines) - end; len(out) < p.room.height && (below > 0 || p.top > 0) {
		var parts []string
		if p.top > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", t.Glyphs.Up, p.top))
		}
		if below > 0 {
			parts = append(parts, fmt.Sprintf("%s %d more, %s", t.Glyphs.Down, below, keys.PaneDown.Help().Key))
		}
		out = append(out, t.Dim.Render(safe.PadLeft(strings.Join(parts, "  "), p.room.width)))
	}
	return out
}

// How much of a very long edit the pane shows, in bytes: it is drawn again with
// every key. The review shows all.
const (
	longestWords = 1 << 10 // of one operation
	longestJSON  = 32 << 10
	heaviest     = 1 << 20 // of values; beyond it the pane tells nothing but that
)

// weight is the length of what a patch sets, but for its locations.
func weight(p patch.Patch) (n int) {
	for _, o := range p {
		text, _ := o.Value.(string)
		n += len(text)
	}
	return n
}

// headOf is at most so many bytes of a text, whole characters.
func headOf[T string | []byte](text T, most int) T {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// patchLines is the whole of the pane: what will be sent, or why nothing can be.
func (f *Form) patchLines(width int) (title, remark string, lines []string) {
	t := f.ctx.Theme
	title = "Request preview"
	e := &f.edit
	blocking := 0
	for _, x := range e.faults {
		if !x.warning {
			blocking++
		}
	}
	switch {
	case f.gone:
		return title, "", draw.Para(t.Bad, "This image was deleted on the server. Your input stays here so that you can copy it.", width)
	case e.guard != "":
		why := sentence(e.guard) + " Press " + keys.EditAnyway.Help().Key + " to edit it anyway: the policy of this cloud may allow it."
		return "Read-only for you", "", draw.Para(t.Warn, why, width)
	case !e.changed:
		return title, "", draw.Para(t.Dim, "No changes yet. The patch appears here as you edit.", width)
	case blocking > 0:
		return "Fix before sending", draw.Count(blocking, "error"), f.faultLines(width)
	case len(e.patch) == 0:
		return title, "", draw.Para(t.Dim, "Nothing to send: your values match the server's.", width)
	}
	remark = draw.Count(len(e.patch), "operation")
	if n := weight(e.patch); n > heaviest {
		return title, remark, draw.Para(t.Dim, fmt.Sprintf("%s: too large to preview. Press %s to review it.",
			draw.Bytes(int64(n)), keys.ReviewEdit.Help().Key), width)
	}
	lines = f.stepLines(width)
	for _, x := range e.faults {
		if x.warning {
			lines = append(lines, hanging(t.Warn, t.Glyphs.Warn+" ", t.Changed, x.field+": "+x.text, width)...)
		}
	}
	lines = append(lines, "")
	wire, parted := f.wire()
	for _, q := range wire {
		shown := headOf(q.Pretty, longestJSON)
		lines = append(lines, draw.JSON(t, shown, width)...)
		if left := len(q.Pretty) - len(shown); left > 0 {
			lines = append(lines, draw.Para(t.Dim, "… "+draw.Bytes(int64(left))+" more; press "+keys.ReviewEdit.Help().Key+" to review all of it", width)...)
		}
		size := draw.Bytes(int64(len(q.Body))) + ", "
		switch {
		case q.ContentType == patch.MediaTypeV21:
			size += "v2.1"
		default:
			size += "by " + q.Method
		}
		if parted && len(wire) == 1 {
			size += ", sent in two requests"
		}
		lines = append(lines, t.Dim.Render(safe.PadLeft(size, width)))
	}
	return title, remark, lines
}

func (f *Form) faultLines(width int) []string {
	t := f.ctx.Theme
	var out []string
	for _, x := range f.edit.faults {
		if x.warning {
			continue
		}
		out = append(out, hanging(t.Bad, t.Glyphs.Fail+" ", t.Text, x.field+": "+x.text, width)...)
		if x.advice != "" {
			out = append(out, hanging(t.Dim, "  ", t.Dim, x.advice, width)...)
		}
	}
	return out
}

func (f *Form) stepLines(width int) []string {
	t := f.ctx.Theme
	var out []string
	steps := explain.Steps(f.rules, f.base, f.edit.patch)
	digits := len(fmt.Sprint(len(steps)))
	for i, s := range steps {
		number := safe.PadLeft(fmt.Sprint(i+1), digits) + " "
		text := headOf(s.Text, longestWords)
		if len(text) < len(s.Text) {
			text += "…"
		}
		out = append(out, hanging(t.Dim, number, t.Text, text, width)...)
		indent := strings.Repeat(" ", digits+1)
		if s.Note != "" {
			out = append(out, hanging(t.Dim, indent, t.Dim, "("+s.Note+")", width)...)
		}
		for _, h := range s.Hazards {
			out = append(out, hanging(t.Warn, indent+t.Glyphs.Warn+" ", f.hazardStyle(h), h.Text, width)...)
		}
	}
	return out
}

// A hazard that asks for a yes is set apart from a mere remark.
func (f *Form) hazardStyle(h explain.Hazard) lipgloss.Style {
	if h.Confirm == "" {
		return f.ctx.Theme.Changed
	}
	return f.ctx.Theme.Warn
}

// hanging wraps untrusted text behind a first column of ours.
func hanging(headStyle lipgloss.Style, head string, style lipgloss.Style, text string, width int) []string {
	w := safe.Width(head)
	if width <= w+4 {
		return []string{style.Render(safe.Cut(head+safe.Text(text), width))}
	}
	var out []string
	for i, l := range safe.Wrap(safe.Text(text), width-w) {
		before := strings.Repeat(" ", w)
		if i == 0 {
			before = headStyle.Render(head)
		}
		out = append(out, before+style.Render(safe.Cut(l, width-w)))
	}
	return out
}
