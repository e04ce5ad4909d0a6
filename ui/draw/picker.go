package draw

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/keys"
)

// Picker is the cursor in a list of rows, of which a few are in sight. The zero
// value is at the first of none.
type Picker struct {
	rows, at, top, height int
}

// SetRows says how many rows there are. The cursor stays where it is, as far
// as there is such a row.
func (p *Picker) SetRows(n int) {
	p.rows = n
	p.move(p.at)
}

// SetHeight is how many rows are in sight.
func (p *Picker) SetHeight(n int) {
	p.height = max(1, n)
	p.move(p.at)
}

// At is the row under the cursor; -1 where there is none.
func (p *Picker) At() int {
	if p.rows == 0 {
		return -1
	}
	return p.at
}

// Put moves the cursor to a row.
func (p *Picker) Put(row int) { p.move(row) }

// Update moves by one key, and reports whether the key was one that does.
func (p *Picker) Update(k tea.KeyPressMsg) bool {
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

func (p *Picker) move(to int) {
	p.at = max(0, min(to, p.rows-1))
	p.top = min(p.top, p.at)
	p.top = max(p.top, p.at-p.height+1)
	p.top = max(0, min(p.top, p.rows-p.height))
}

// InSight are the first row in sight and the one behind the last.
func (p *Picker) InSight() (from, to int) {
	return p.top, min(p.rows, p.top+max(1, p.height))
}
