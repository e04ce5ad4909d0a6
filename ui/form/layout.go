package form

import (
	"github.com/glance-tui/glance-tui/model"
)

// Where things are. From wideFrom columns on, the patch is beside the
// fields; below that, beneath them.
const (
	wideFrom   = 100
	pairFrom   = 74 // columns of the fields from which short ones are in pairs
	margin     = 1  // of the body, as the header has it
	gutter     = 4  // the margin, the cursor's sign, the mark, a space
	labelWide  = 18 // "Container format" and two spaces
	labelPairs = 13 // the left labels of pairs are shorter
	roomyFrom  = 18 // lines of the fields from which every group has its empty line
	paneGap    = 3  // between fields and patch: space, line, space
)

type rect struct{ x, y, width, height int }

// geometry is where the parts are in the body.
type geometry struct {
	wide, pairs   bool
	fields        rect
	help          rect // one or two lines beneath the fields, or none
	pane          rect // its heading included
	fieldsHeading bool
}

func (f *Form) geometry() geometry {
	w, h := f.width, f.height
	var g geometry
	switch {
	case f.pane.full:
		g.pane = rect{margin, 0, max(1, w-2*margin), h}
		return g
	case w >= wideFrom && h >= 6:
		g.wide, g.fieldsHeading = true, true
		left := min(max(w*54/100, 55), 96)
		g.help.height = 1
		if h >= 14 {
			g.help.height = 2
		}
		g.fields = rect{0, 1, left, h - 1 - g.help.height}
		g.pane = rect{left + paneGap, 0, w - left - paneGap - margin, h}
	default:
		below := 0
		switch {
		case h >= 18:
			below = h / 3
		case h >= 9:
			below = 3
		case h >= 6:
			below = 1
		}
		if h >= 7 {
			g.help.height = 1
		}
		g.fields = rect{0, 0, w, h - below - g.help.height}
		g.pane = rect{margin, h - below, max(1, w-2*margin), below}
	}
	g.help = rect{gutter, g.fields.y + g.fields.height, max(1, g.fields.width-gutter), g.help.height}
	g.pairs = g.fields.width >= pairFrom
	return g
}

// valueWidth is the room for a labeled value that has a line to itself.
func (f *Form) valueWidth() int {
	g := f.geometry()
	return max(1, g.fields.width-gutter-g.labelWidth())
}

func (g geometry) labelWidth() int {
	if g.pairs {
		return labelPairs
	}
	return min(labelWide, max(1, (g.fields.width-gutter)/2))
}

// rows are the form's lines without the faults, in order.
func (f *Form) rows() []row {
	g := f.geometry()
	var out []row
	var group model.Group
	for i, x := range f.fields {
		a := x.describes()
		var rows []row
		if text, unread := f.unreadText(a.Name); unread {
			rows = []row{f.unreadRow(a, text)}
		} else {
			rows = x.rows(f)
		}
		list := a.Kind == model.KindLocations || a.Kind == model.KindProperties
		if i > 0 && (list || a.Group != group && g.fields.height >= roomyFrom) {
			out = append(out, row{filler: true})
		}
		if g.pairs && a.Beside {
			last := &out[len(out)-1]
			last.cells = append(last.cells, rows[0].cells[0])
		} else {
			out = append(out, rows...)
		}
		group = a.Group
	}
	return out
}

// stops are the places where tab stops, by row.
func (f *Form) stops() [][]spot {
	var out [][]spot
	for _, r := range f.rows() {
		var stops []spot
		for _, c := range r.cells {
			if c.stop {
				stops = append(stops, c.at)
			}
		}
		if len(stops) > 0 {
			out = append(out, stops)
		}
	}
	return out
}

// here finds the focus among the stops: its row and its place in it. A chip
// counts as its field's text, a property's name as its row.
func (f *Form) here(stops [][]spot) (r, c int) {
	best := 0
	for i, row := range stops {
		for j, s := range row {
			switch {
			case s == f.focus:
				return i, j
			case s.attr == f.focus.attr && (s.id == f.focus.id || s.attr == "tags") && best == 0:
				best, r, c = 1, i, j
			}
		}
	}
	return r, c
}

// move goes to the next place, or the one before; the ends are joined.
func (f *Form) move(by int) {
	stops := f.stops()
	r, c := f.here(stops)
	n, at := 0, 0
	for i, row := range stops {
		if i < r {
			at += len(row)
		}
		n += len(row)
	}
	at = ((at+c+by)%n + n) % n
	for _, row := range stops {
		if at < len(row) {
			f.setFocus(row[at])
			return
		}
		at -= len(row)
	}
}

// moveLine goes to the line below or above, and stays at the ends.
func (f *Form) moveLine(by int) {
	stops := f.stops()
	r, c := f.here(stops)
	if r += by; r >= 0 && r < len(stops) {
		f.setFocus(stops[r][min(c, len(stops[r])-1)])
	}
}

// near is the place itself while it exists, else the one closest to it.
func (f *Form) near(at spot) spot {
	f.open = 0
	switch at.attr {
	case "tags":
		if at.id >= len(f.state.tags) {
			at.id = addRow
		}
	case "locations":
		l := f.state.locationRow(at.id)
		switch {
		case l == nil:
			return spot{attr: at.attr, id: addRow}
		case at.part == fieldItself:
		case l.going || f.locked(at) != "":
			return spot{attr: at.attr, id: at.id}
		default:
			f.open = at.id
			at.line = min(at.line, len(l.metadata))
		}
	case "properties":
		switch p := f.state.propertyRow(at.id); {
		case p == nil:
			return spot{attr: at.attr, id: addRow}
		case at.part == fieldItself:
			at.part = partValue
		}
	case byServer:
		for _, row := range f.stops() {
			if row[0] == at {
				return at
			}
		}
		return spot{attr: "properties", id: addRow}
	}
	return at
}
