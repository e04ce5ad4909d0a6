package wire

import (
	"bytes"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Renderer writes views as Bubble Tea does in a terminal of xterm's kind: with
// the same part underneath (ultraviolet's TerminalRenderer) and the same
// settings, but at once and in memory, so that what a change costs depends on
// nothing but the change. That both write the same is held by test/flow.
type Renderer struct {
	out    bytes.Buffer
	drawn  uv.ScreenBuffer
	to     *uv.TerminalRenderer
	cursor bool // it is shown
	begun  bool
	look   int // of the cursor
	last   tea.View
}

// NewRenderer is a renderer for a terminal of that size with the given colors.
func NewRenderer(width, height int, colors colorprofile.Profile) *Renderer {
	r := &Renderer{drawn: uv.NewScreenBuffer(width, height)}
	r.to = uv.NewTerminalRenderer(&r.out, []string{"TERM=xterm-256color"})
	r.to.SetColorProfile(colors)
	r.to.SetTabStops(width)
	r.to.SetBackspace(true)
	r.to.SetScrollOptim(true)
	r.to.SetFullscreen(true)
	r.to.SetRelativeCursor(false)
	r.to.Resize(width, height)
	r.to.Erase()
	return r
}

// Write gives the bytes that bring the terminal from the view before to this
// one; all of it at the first.
func (r *Renderer) Write(v tea.View) []byte {
	if r.begun && v.Content == r.last.Content && sameCursor(v.Cursor, r.last.Cursor) {
		return nil
	}
	r.last = v
	if look := cursorLook(v.Cursor); look != r.look {
		_, _ = r.to.WriteString(ansi.SetCursorStyle(look))
		r.look = look
	}
	r.drawn.Clear()
	uv.NewStyledString(v.Content).Draw(r.drawn, r.drawn.Bounds())
	r.to.Render(r.drawn.RenderBuffer)
	if v.Cursor != nil {
		r.to.MoveTo(v.Cursor.X, v.Cursor.Y)
	}
	_ = r.to.Flush() // to a buffer
	update := bytes.Clone(r.out.Bytes())
	r.out.Reset()
	shown := r.cursor
	r.cursor = v.Cursor != nil
	const show, hide = ansi.SetModeTextCursorEnable, ansi.ResetModeTextCursorEnable
	switch {
	case !r.cursor && (shown || !r.begun):
		update = append([]byte(hide), update...)
	case r.cursor && !shown:
		update = append(update, show...)
	case r.cursor && len(update) > 0: // it is hidden while the update is written
		update = append(append([]byte(hide), update...), show...)
	}
	r.begun = true
	return update
}

func sameCursor(a, b *tea.Cursor) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// cursorLook is the number of a cursor's look, 0 where there is none.
func cursorLook(c *tea.Cursor) int {
	switch {
	case c == nil:
		return 0
	case c.Blink:
		return 2*int(c.Shape) + 1
	}
	return 2*int(c.Shape) + 2
}
