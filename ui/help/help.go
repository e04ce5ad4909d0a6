// Package help shows the keys of a screen, all of them, by group.
package help

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Help is a list of keys that scrolls where the window is low.
type Help struct {
	theme  *theme.Theme
	title  string
	help   keys.Help
	offset int
}

// New is the help for a screen of that title.
func New(t *theme.Theme, title string, h keys.Help) *Help {
	return &Help{theme: t, title: title, help: h}
}

// Scroll moves by a key of the moving group.
func (h *Help) Scroll(msg tea.KeyPressMsg) {
	switch {
	case key.Matches(msg, keys.Up):
		h.offset--
	case key.Matches(msg, keys.Down):
		h.offset++
	case key.Matches(msg, keys.PgUp):
		h.offset -= 8
	case key.Matches(msg, keys.PgDown):
		h.offset += 8
	}
}

// View draws at most height lines of at most width columns; two columns of
// groups side by side where there is room.
func (h *Help) View(width, height int) string {
	width, height = max(1, width), max(1, height)
	var blocks, wide [][]string
	for _, g := range h.help.Groups {
		if g.Wide {
			wide = append(wide, h.block(g))
		} else {
			blocks = append(blocks, h.block(g))
		}
	}
	lines := stack(blocks)
	if col := min(40, (width-2)/2); col >= 34 {
		lines = beside(balance(blocks), col)
	}
	lines = append(lines, stack(wide)...)
	head := h.theme.Strong.Render("Keys") + h.theme.Dim.Render("  "+h.title)
	room := max(1, height-3)
	h.offset = max(0, min(h.offset, len(lines)-room))
	shown := lines[h.offset:min(len(lines), h.offset+room)]
	foot := h.theme.Dim.Render("press any key to close")
	if len(lines) > room {
		foot = h.theme.Dim.Render(fmt.Sprintf("lines %d to %d of %d; j/k scroll, any other key closes",
			h.offset+1, h.offset+len(shown), len(lines)))
	}
	out := append([]string{head}, shown...)
	out = append(out, "", foot)
	for i := range out {
		out[i] = safe.Cut(out[i], width)
	}
	return strings.Join(out, "\n")
}

func (h *Help) block(g keys.Group) []string {
	out := []string{"", h.theme.Accent.Render(g.Name)}
	keyWidth := 12
	for _, b := range g.Keys {
		keyWidth = max(keyWidth, safe.Width(b.Help().Key)+2)
	}
	for _, b := range g.Keys {
		if b.Help().Key == "" {
			continue
		}
		out = append(out, h.theme.Key.Render(safe.Pad(b.Help().Key, keyWidth))+h.theme.Text.Render(b.Help().Desc))
	}
	return out
}

func stack(blocks [][]string) []string {
	var out []string
	for _, b := range blocks {
		out = append(out, b...)
	}
	return out
}

// balance parts the blocks into two columns of about the same height, in
// their order.
func balance(blocks [][]string) [2][]string {
	total := len(stack(blocks))
	var cols [2][]string
	for _, b := range blocks {
		if len(cols[1]) == 0 && (len(cols[0]) == 0 || len(cols[0])+len(b)/2 <= total/2) {
			cols[0] = append(cols[0], b...)
		} else {
			cols[1] = append(cols[1], b...)
		}
	}
	return cols
}

func beside(cols [2][]string, width int) []string {
	var out []string
	for i := range max(len(cols[0]), len(cols[1])) {
		left, right := "", ""
		if i < len(cols[0]) {
			left = cols[0][i]
		}
		if i < len(cols[1]) {
			right = cols[1][i]
		}
		out = append(out, safe.Pad(left, width)+"  "+right)
	}
	return out
}
