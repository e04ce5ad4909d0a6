package draw

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/theme"
)

// Margin is left free at both sides of text that is alone.
const Margin = 2

// Browser is a list of items, a few of them visible, and below it the one
// under the cursor in full. Make it with NewBrowser.
type Browser[T any] struct {
	id            func(T) string
	most          func(height int) int
	items         []T
	rows          picker
	below         Pager
	width, height int
}

// NewBrowser makes one without items. They are told apart by what id gives of
// them, and most is how many rows they may take of a height.
func NewBrowser[T any](id func(T) string, most func(height int) int) Browser[T] {
	return Browser[T]{id: id, most: most, width: 80, height: 20}
}

// SetItems changes the items; the cursor stays on its own where that is still
// there.
func (b *Browser[T]) SetItems(items []T) {
	was, had := b.Chosen()
	b.items = items
	b.rows.setRows(len(items))
	for n, x := range items {
		if had && b.id(x) == b.id(was) {
			b.rows.move(n)
		}
	}
	b.layOut()
}

// Items are those of SetItems.
func (b *Browser[T]) Items() []T { return b.items }

// Chosen is the item under the cursor; false where there are none.
func (b *Browser[T]) Chosen() (x T, found bool) {
	if at := b.rows.at; at < len(b.items) {
		return b.items[at], true
	}
	return x, false
}

// SetSize is the room of the view.
func (b *Browser[T]) SetSize(width, height int) {
	b.width, b.height = width, height
	b.layOut()
}

// Width is the room for a row.
func (b *Browser[T]) Width() int { return b.width }

// Room is the width of what is below.
func (b *Browser[T]) Room() int { return max(1, b.width-2*Margin) }

func (b *Browser[T]) layOut() {
	rows := max(1, min(len(b.items), b.most(b.height)))
	b.rows.setHeight(rows)
	b.below.SetSize(b.width, max(0, b.height-rows-1))
}

// SetBelow is the chosen item in full, in lines of Room.
func (b *Browser[T]) SetBelow(lines []string) { b.below.SetLines(Indented(lines, Margin)) }

// Choose moves the cursor by a key, and reports whether the key was one that
// does.
func (b *Browser[T]) Choose(k tea.KeyPressMsg) bool {
	if !b.rows.update(k) {
		return false
	}
	b.below.ToTop()
	return true
}

// Scroll moves what is below by a key.
func (b *Browser[T]) Scroll(k tea.KeyPressMsg) { b.below.Update(k) }

// InSight are the items visible, and which of them is the chosen one.
func (b *Browser[T]) InSight() (items []T, chosen int) {
	from, to := b.rows.inSight()
	return b.items[from:to], b.rows.at - from
}

// View draws the rows of the items visible, and the chosen one.
func (b *Browser[T]) View(t *theme.Theme, rows []string) string {
	if b.width <= 2*Margin {
		return Fit(nil, b.width, b.height)
	}
	lines := slices.Clone(rows)
	if b.height > len(lines)+2 {
		lines = append(lines, "")
		lines = append(lines, strings.Split(b.below.View(t), "\n")...)
	}
	return Fit(lines, b.width, b.height)
}

// ViewNone says in lines of Room why there are no items.
func (b *Browser[T]) ViewNone(lines []string) string {
	if b.width <= 2*Margin {
		return Fit(nil, b.width, b.height)
	}
	return Fit(append([]string{""}, Indented(lines, Margin)...), b.width, b.height)
}
