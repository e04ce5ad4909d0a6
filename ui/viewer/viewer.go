// Package viewer is the screen that shows texts as they are: requests as JSON and as
// commands, responses, the program's log. They can be copied, saved, and opened in a
// pager.
package viewer

import (
	"errors"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/input"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// Viewer is the screen. Make it with New.
type Viewer struct {
	screen.Actions
	ctx   *screen.Context
	title string
	docs  []screen.Document
	shown int // of the documents
	pager draw.Pager

	file   *input.Field // the name of a file, while it is asked for
	saving bool         // a file is being written
	exists string       // the file that is there already, while it is asked whether to replace it

	width, height int
}

// New shows documents.
func New(ctx *screen.Context, s screen.Show) *Viewer {
	return &Viewer{ctx: ctx, title: s.Title, docs: s.Documents, file: input.New()}
}

// saved answers save, and paged the pager.
type (
	saved struct {
		of   *Viewer
		path string // as it was typed
		full string
		err  error
	}
	paged struct {
		of  *Viewer
		err error
	}
)

// Init has nothing to ask for.
func (v *Viewer) Init() tea.Cmd { return nil }

// Update takes keys and what became of a file.
func (v *Viewer) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return v.key(msg)
	case tea.PasteMsg:
		v.file.Update(msg)
	case saved:
		if msg.of == v {
			return v.tookSaved(msg)
		}
	case paged:
		if msg.of == v && msg.err != nil {
			return v.Flash(screen.Warning, "Could not open the pager: "+msg.err.Error()+".")
		}
	case screen.ThemeChanged:
		v.layOut()
	}
	return nil
}

func (v *Viewer) key(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case v.exists != "":
		path := v.exists
		v.exists = ""
		v.layOut()
		if key.Matches(k, keys.Yes) {
			return v.save(path, true)
		}
		return nil
	case v.file.Focused():
		return v.name(k)
	}
	doc := v.docs[v.shown]
	switch {
	case key.Matches(k, keys.Back):
		return v.Do(screen.Back{})
	case key.Matches(k, keys.NextTab):
		v.turnTo((v.shown + 1) % len(v.docs))
	case key.Matches(k, keys.PrevTab):
		v.turnTo((v.shown + len(v.docs) - 1) % len(v.docs))
	case key.Matches(k, keys.Copy):
		return v.Do(screen.Copy{What: doc.What, Text: doc.Text})
	case key.Matches(k, keys.Save) && v.ctx.Outside != nil:
		v.file.SetValue(fileName(doc.File))
		v.file.Focus()
		v.layOut()
	case key.Matches(k, keys.InPager) && v.ctx.Outside != nil:
		return tea.Exec(v.ctx.Outside.Pager(doc.Text), func(err error) tea.Msg { return paged{of: v, err: err} })
	default:
		v.pager.Update(k)
	}
	return nil
}

// name takes a key while the name of a file is typed.
func (v *Viewer) name(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(k, keys.Cancel):
	case key.Matches(k, keys.SaveAs):
		if v.file.Value() == "" {
			return v.Flash(screen.Warning, "Type a file name, or press esc to cancel.")
		}
		cmd := v.save(v.file.Value(), false)
		v.file.Blur()
		v.layOut()
		return cmd
	default:
		v.file.Update(k)
		return nil
	}
	v.file.Blur()
	v.layOut()
	return nil
}

// fileName is a name to offer: an id of a server can be any text.
func fileName(s string) string {
	name := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-", r)) {
			return r
		}
		return '-'
	}, draw.Clip(s, 100))
	return strings.TrimLeft(name, ".-")
}

func (v *Viewer) save(path string, over bool) tea.Cmd {
	v.saving = true
	outside, text := v.ctx.Outside, v.docs[v.shown].Text
	return func() tea.Msg {
		full, err := outside.Save(path, text, over)
		return saved{of: v, path: path, full: full, err: err}
	}
}

// Waits is for a file: there may be a question about it.
func (v *Viewer) Waits() screen.Waiting {
	if v.saving {
		return screen.WaitsForContent
	}
	return screen.WaitsForNothing
}

func (v *Viewer) tookSaved(msg saved) tea.Cmd {
	v.saving = false
	switch {
	case errors.Is(msg.err, fs.ErrExist):
		v.exists = msg.path
		v.layOut()
		return nil
	case msg.err != nil:
		return v.Flash(screen.Warning, "Could not save the file: "+msg.err.Error()+".")
	}
	return v.Flash(screen.Success, "Saved as "+msg.full+".")
}

func (v *Viewer) turnTo(n int) {
	v.shown = n
	v.pager.ToTop()
	v.layOut()
}

// SetSize is the room for View.
func (v *Viewer) SetSize(width, height int) {
	v.width, v.height = width, height
	v.layOut()
}

// Title is the breadcrumb.
func (v *Viewer) Title() string { return v.title }

// Aside is empty.
func (v *Viewer) Aside(int) string { return "" }

// Typing is true while the name of a file is typed.
func (v *Viewer) Typing() bool { return v.file.Focused() }

// Unsaved is empty: what is shown is elsewhere, too.
func (v *Viewer) Unsaved() string { return "" }

// Keys are what can be pressed now.
func (v *Viewer) Keys() keys.Help {
	next, prev, save, pager := keys.NextTab, keys.PrevTab, keys.Save, keys.InPager
	next.SetEnabled(len(v.docs) > 1)
	prev.SetEnabled(len(v.docs) > 1)
	save.SetEnabled(v.ctx.Outside != nil)
	pager.SetEnabled(v.ctx.Outside != nil)
	footer := []key.Binding{keys.Copy, keys.Back, save, pager, next}
	switch {
	case v.exists != "":
		footer = []key.Binding{keys.Yes, keys.No}
	case v.file.Focused():
		footer = []key.Binding{keys.SaveAs, keys.Cancel}
	}
	return keys.Help{Footer: footer, Groups: []keys.Group{
		{Name: "This text", Keys: []key.Binding{keys.Copy, save, pager, next, prev, keys.Back}},
		{Name: "Move", Keys: draw.ScrollKeys()},
	}}
}
