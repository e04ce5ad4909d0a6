package draw

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/keys"
)

// picker is the cursor in a list of rows, of which a few are visible. The zero
// value is at the first of none.
type picker struct {
	rows, at, top, height int
}

// setRows says how many rows there are. The cursor stays where it is, as far
// as there is such a row.
func (p *picker) setRows(n int) {
	p.rows = n
	p.move(p.at)
}

// setHeight is how many rows are visible.
func (p *picker) setHeight(n int) {
	p.height = max(1, n)
	p.move(p.at)
}

// update moves by one key, and reports whether the key was one that does.
func (p *picker) update(k tea.KeyPressMsg) bool {
	switch {
	case key.Matches(k, keys.Up):
		p.move(p.at - 1)
	case key.Matches(k, keys.Down):
		p.move(p.at + 1)
	case key.Matches(k, keys.Top):
		p.move(0)
	case key.Matches(k, keys.Bottom):
		p.move(p.rows - 1)
	default:
		return false
	}
	return true
}

func (p *picker) move(to int) {
	p.at = max(0, min(to, p.rows-1))
	p.top = min(p.top, p.at)
	p.top = max(p.top, p.at-p.height+1)
	p.top = max(0, min(p.top, p.rows-p.height))
}

// inSight are the first row visible and the one behind the last.
func (p *picker) inSight() (from, to int) {
	return p.top, min(p.rows, p.top+max(1, p.height))
}
