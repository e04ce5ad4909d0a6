// Package history is the screen with what was sent: when, to which image, what
// became of it, and the way to undo it.
package history

import (
	"context"
	"errors"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// most is how many entries are shown; the history command has all of them.
const most = 200

// History is the screen. Make it with New.
type History struct {
	screen.Actions
	ctx     *screen.Context
	image   string // only the entries of this image; "" for all
	entries draw.Browser[record.Entry]
	steps   map[string][]explain.Step // of the entries that were visible, by ID
	read    bool
	failed  error  // why the history could not be read whole
	undoing string // the ID of the entry whose image is being read, to undo it

	life  context.Context // ends when the screen is left
	leave context.CancelFunc
}

type (
	// gotEntries answers look.
	gotEntries struct {
		of      *History
		entries []record.Entry
		err     error
	}
	// gotImage answers the reading before an edit is undone.
	gotImage struct {
		of    *History
		entry string
		image model.Image
		err   error
	}
)

// New is the history of the context's service, or of one image of it.
func New(ctx *screen.Context, image string) *History {
	life, leave := context.WithCancel(context.Background())
	return &History{
		ctx: ctx, image: image, steps: map[string][]explain.Step{}, life: life, leave: leave,
		entries: draw.NewBrowser(func(e record.Entry) string { return e.ID }, func(height int) int { return height * 2 / 5 }),
	}
}

// Init reads the history.
func (h *History) Init() tea.Cmd { return h.look() }

func (h *History) look() tea.Cmd {
	keeper, place := h.ctx.Keeper, h.ctx.Service.Session().ServiceID()
	if keeper == nil {
		h.read = true
		h.failed = errors.New("there is no directory to store the history in")
		h.layOut()
		return nil
	}
	return func() tea.Msg {
		entries, err := keeper.Entries(place, most)
		return gotEntries{of: h, entries: entries, err: err}
	}
}

// Update takes keys and what was read.
func (h *History) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return h.key(msg)
	case gotEntries:
		if msg.of == h {
			h.take(msg)
		}
	case gotImage:
		if msg.of == h && h.undoing == msg.entry && h.life.Err() == nil {
			return h.openUndo(msg)
		}
	case screen.HistoryChanged:
		return h.look()
	case screen.ThemeChanged:
		h.layOut()
	}
	return nil
}

// Waits is for the entries, or for the image of the one that is to be undone.
func (h *History) Waits() screen.Waiting {
	switch {
	case h.undoing != "":
		return screen.WaitsForNext
	case !h.read:
		return screen.WaitsForContent
	}
	return screen.WaitsForNothing
}

// Reveal is called when the screen above went away: it may have sent something.
func (h *History) Reveal() tea.Cmd { return h.look() }

func (h *History) take(msg gotEntries) {
	h.read, h.failed = true, msg.err
	var entries []record.Entry
	for _, e := range msg.entries {
		if h.image == "" || e.Base.ID == h.image {
			entries = append(entries, e)
		}
	}
	h.entries.SetItems(entries)
	h.layOut()
}

func (h *History) key(k tea.KeyPressMsg) tea.Cmd {
	defer h.layOut()
	if h.entries.Choose(k) {
		return nil
	}
	chosen, found := h.entries.Chosen()
	switch {
	case key.Matches(k, keys.Back):
		if h.undoing != "" {
			h.undoing = ""
			return h.Remark(screen.Info, "Canceled. Nothing was sent.")
		}
		h.leave()
		return h.Do(screen.Back{})
	case key.Matches(k, keys.Refresh):
		return h.look()
	case key.Matches(k, keys.PartDown, keys.PartUp):
		h.entries.Scroll(k)
	case !found:
		return nil
	case key.Matches(k, keys.TakeBack):
		return h.undo(chosen)
	case key.Matches(k, keys.CopyJSON) && len(chosen.Requests) > 0:
		d := h.json(chosen)
		return h.Do(screen.Copy{What: d.What, Text: d.Text})
	case key.Matches(k, keys.View) && len(chosen.Requests) > 0:
		return h.Do(screen.Show{Title: h.Title(), Documents: []screen.Document{h.json(chosen)}})
	}
	return nil
}

// undo reads the image: what happened to it since decides how the undo
// looks.
func (h *History) undo(e record.Entry) tea.Cmd {
	switch why := e.CanUndo(); {
	case why != "":
		return h.Remark(screen.Warning, why)
	case h.ctx.Options.ReadOnly || h.ctx.Service.Session().ReadOnly:
		return h.Remark(screen.Warning, "read-only: nothing is sent from here")
	case h.undoing != "":
		return nil
	}
	h.undoing = e.ID
	service, life, id, entry := h.ctx.Service, h.life, e.Base.ID, e.ID
	return func() tea.Msg {
		img, err := service.Get(life, id)
		return gotImage{of: h, entry: entry, image: img, err: err}
	}
}

func (h *History) openUndo(msg gotImage) tea.Cmd {
	h.undoing = ""
	defer h.layOut()
	for _, e := range h.entries.Items() {
		if e.ID != msg.entry {
			continue
		}
		if msg.err != nil {
			return h.FlashOf(e.Base, screen.Warning, "Cannot prepare the undo: the image could not be read: "+msg.err.Error())
		}
		return h.Do(screen.Undo(e, msg.image, rules.ForSession(h.ctx.Service.Session())))
	}
	return nil
}

// json is what was sent for an entry.
func (h *History) json(e record.Entry) screen.Document {
	text := ""
	for n, p := range e.Requests {
		if n > 0 {
			text += "\n"
		}
		text += string(p.Pretty())
	}
	return screen.Document{Name: "JSON", What: "the JSON patch", Text: text, File: "patch.json"}
}

// SetSize is the room for View.
func (h *History) SetSize(width, height int) {
	h.entries.SetSize(width, height)
	h.layOut()
}

// Cursor is nil: nothing is typed here.
func (h *History) Cursor() *tea.Cursor { return nil }

// Title is the breadcrumb.
func (h *History) Title() string { return "History" }

// Aside is how many entries there are.
func (h *History) Aside(width int) string {
	n := len(h.entries.Items())
	if n == 0 {
		return ""
	}
	s := draw.Count(n, "edit")
	if n >= most {
		s = "the last " + s
	}
	return h.ctx.Theme.Dim.Render(safe.Cut(s, width))
}

// Typing is false: letters are keys here.
func (h *History) Typing() bool { return false }

// Unsaved is empty: nothing can be lost.
func (h *History) Unsaved() string { return "" }

// Keys are what can be pressed now.
func (h *History) Keys() keys.Help {
	undo := keys.TakeBack
	if e, found := h.entries.Chosen(); !found || e.CanUndo() != "" {
		undo.SetEnabled(false)
	}
	footer := []key.Binding{undo, keys.CopyJSON, keys.Refresh, keys.Back}
	if h.undoing != "" {
		footer = []key.Binding{keys.Cancel}
	}
	return keys.Help{Footer: footer, Groups: []keys.Group{
		{Name: "History", Keys: []key.Binding{undo, keys.CopyJSON, keys.View, keys.Refresh}},
		{Name: "Move", Keys: []key.Binding{keys.Up, keys.Down, keys.Top, keys.Bottom, keys.PartDown, keys.PartUp}},
	}}
}
