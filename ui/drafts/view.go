package drafts

import (
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

const (
	nameRoom  = 12 // of a row, at least
	countRoom = 10
	agoRoom   = 12
	stateRoom = 16
)

// View draws the drafts and, below them, the one under the cursor.
func (d *Drafts) View() string {
	t, room := d.ctx.Theme, d.drafts.Room()
	inSight, chosen := d.drafts.InSight()
	if len(inSight) == 0 {
		return d.drafts.ViewNone(append(draw.Para(t.Strong, "No drafts", room),
			draw.Para(t.Dim, "Changes that you make and do not send are saved here.", room)...))
	}
	var rows []string
	for n, x := range inSight {
		rows = append(rows, d.row(x, n == chosen))
	}
	return d.drafts.View(t, rows)
}

func (d *Drafts) layOut() {
	d.drafts.SetBelow(d.viewChosen(d.drafts.Room()))
}

func (d *Drafts) row(x record.Draft, chosen bool) string {
	t, width := d.ctx.Theme, d.drafts.Width()
	cursor, style := " ", t.Text
	if chosen {
		cursor, style = t.Glyphs.Cursor, t.Strong
	}
	state, look := d.state(x)
	head := " " + t.Accent.Render(cursor) + " "
	left := max(nameRoom, min(width-3-countRoom-agoRoom-stateRoom-3*2, 60))
	return safe.Cut(head+style.Render(safe.Pad(draw.Name(x.Base), left))+"  "+
		t.Dim.Render(safe.Pad(draw.Count(changes(x), "change"), countRoom)+"  "+
			safe.Pad(draw.Ago(x.Saved, d.ctx.Now()), agoRoom))+"  "+
		look(state), width)
}

func changes(x record.Draft) int { return len(merge.ByClient(merge.Changes(x.Base, x.Wanted))) }

// state is what matters before going on, and its look.
func (d *Drafts) state(x record.Draft) (string, func(...string) string) {
	t, now := d.ctx.Theme, d.now[x.Base.ID]
	switch {
	case x.OwnedBy != "":
		return t.Glyphs.Lock + " open elsewhere", t.Warn.Render
	case now == nil || !now.done:
		return t.Glyphs.More, t.Dim.Render
	case gone(now.err):
		return t.Glyphs.Fail + " image deleted", t.Bad.Render
	case now.err != nil:
		return t.Glyphs.Warn + " read failed", t.Warn.Render
	case len(merge.ByClient(merge.Changes(x.Base, now.image))) > 0:
		return t.Glyphs.Warn + " changed since", t.Changed.Render
	}
	return t.Glyphs.OK + " unchanged", t.Good.Render
}

// viewChosen is the draft under the cursor: what it would change, and what
// changed on the server since.
func (d *Drafts) viewChosen(room int) []string {
	x, found := d.drafts.Chosen()
	if !found {
		return nil
	}
	t := d.ctx.Theme
	var out []string
	if d.asking {
		out = append(out, draw.Para(t.Warn, t.Glyphs.Warn+" Discard this draft permanently? y: discard; any other key: keep", room)...)
		out = append(out, "")
	}
	if x.OwnedBy != "" {
		out = append(out, draw.Para(t.Warn, t.Glyphs.Warn+" Open in another glance-tui: "+x.OwnedBy+".", room)...)
		out = append(out, "")
	}
	mine := merge.ByClient(merge.Changes(x.Base, x.Wanted))
	out = append(out, draw.Heading(t, "Your changes", draw.Time(x.Saved, d.ctx.Now()), room))
	if len(mine) == 0 {
		out = append(out, draw.Para(t.Dim, "Your input is saved, but not yet valid.", room)...)
	}
	out = append(out, draw.Changes(t, mine, t.Changed, room)...)
	out = append(out, "")
	return append(out, d.viewSince(x, room)...)
}

// viewSince is what changed on the server since the edit was begun.
func (d *Drafts) viewSince(x record.Draft, room int) []string {
	t, now := d.ctx.Theme, d.now[x.Base.ID]
	head := func(remark string) string { return draw.Heading(t, "Changed on the server since", remark, room) }
	switch {
	case now == nil || !now.done:
		return []string{head("reading " + t.Glyphs.More)}
	case gone(now.err):
		return append([]string{head("")}, draw.Para(t.Bad, "The image was deleted.", room)...)
	case now.err != nil:
		return append([]string{head("")}, draw.Trouble(t, now.err, room)...)
	}
	theirs := merge.ByClient(merge.Changes(x.Base, now.image))
	if len(theirs) == 0 {
		return append([]string{head("")}, draw.Para(t.Dim, "No editable attribute was changed.", room)...)
	}
	return append([]string{head("")}, draw.Changes(t, theirs, t.Text, room)...)
}
