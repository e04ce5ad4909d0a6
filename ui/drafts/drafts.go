// Package drafts is the screen with the drafts: what each would change, what
// changed on the server since it was begun. One is continued in the form.
package drafts

import (
	"context"
	"errors"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// Drafts is the screen. Make it with New.
type Drafts struct {
	screen.Actions
	ctx    *screen.Context
	drafts draw.Browser[record.Draft]
	now    map[string]*reading // of their images, by id
	asking bool                // whether to discard the one under the cursor
	opens  bool                // the form, as soon as the image is read
	width  int

	life  context.Context // ends when the screen is left
	leave context.CancelFunc
}

// reading is an image as the server has it now.
type reading struct {
	image model.Image
	asked screen.Asked
	done  bool
	err   error
}

// New is the screen of the memory's drafts.
func New(ctx *screen.Context) *Drafts {
	life, leave := context.WithCancel(context.Background())
	d := &Drafts{ctx: ctx, now: map[string]*reading{}, life: life, leave: leave}
	d.drafts = draw.NewBrowser(func(x record.Draft) string { return x.ID }, func(height int) int { return height / 3 })
	d.take()
	return d
}

// got answers read.
type got struct {
	of    *Drafts
	id    string
	asked screen.Asked
	image model.Image
	err   error
}

// Init reads the image of every draft: what changed meanwhile is what one wants
// to know before going on.
func (d *Drafts) Init() tea.Cmd { return d.readMissing() }

func (d *Drafts) readMissing() tea.Cmd {
	var cmds []tea.Cmd
	for _, x := range d.drafts.Items() {
		if d.now[x.Base.ID] == nil {
			cmds = append(cmds, d.read(x.Base.ID))
		}
	}
	return tea.Sequence(cmds...) // one after another: the server has other work
}

func (d *Drafts) read(id string) tea.Cmd {
	d.now[id] = &reading{}
	service, life, asked := d.ctx.Service, d.life, d.ctx.Ask()
	return func() tea.Msg {
		if life.Err() != nil {
			return nil
		}
		img, err := service.Get(life, id)
		return got{of: d, id: id, asked: asked, image: img, err: err}
	}
}

// take shows what the memory holds now; the cursor stays on its draft.
func (d *Drafts) take() {
	d.drafts.SetItems(d.ctx.Memory.Drafts())
	d.layOut()
}

// Update takes keys, readings and news of drafts.
func (d *Drafts) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return d.key(msg)
	case got:
		if msg.of == d && d.life.Err() == nil {
			return d.took(msg)
		}
	case screen.ImageSeen:
		if was := d.now[msg.Image.ID]; was != nil && msg.Asked >= was.asked {
			d.now[msg.Image.ID] = &reading{image: msg.Image, asked: msg.Asked, done: true}
			d.layOut()
		}
	case screen.DraftsChanged:
		d.take()
		return d.readMissing()
	case screen.ThemeChanged:
		d.layOut()
	}
	return nil
}

// Waits reports whether the form is to open as soon as the image is read.
func (d *Drafts) Waits() screen.Waiting {
	if d.opens {
		return screen.WaitsForNext
	}
	return screen.WaitsForNothing
}

// Reveal is called when the form above went away: the drafts may be others.
func (d *Drafts) Reveal() tea.Cmd {
	d.take()
	if len(d.drafts.Items()) == 0 {
		return d.Do(screen.Back{})
	}
	return d.readMissing()
}

func (d *Drafts) took(msg got) tea.Cmd {
	if was := d.now[msg.id]; was == nil || msg.asked >= was.asked {
		d.now[msg.id] = &reading{image: msg.image, asked: msg.asked, done: true, err: msg.err}
	}
	d.layOut()
	chosen, found := d.drafts.Chosen()
	if d.opens && found && chosen.Base.ID == msg.id {
		return d.continueDraft()
	}
	if gone(msg.err) {
		return d.Do(screen.ImageGone{ID: msg.id})
	}
	return nil
}

func gone(err error) bool {
	var f *api.Failure
	return errors.As(err, &f) && f.Kind == api.FailedNotFound
}

func (d *Drafts) key(k tea.KeyPressMsg) tea.Cmd {
	defer d.layOut()
	chosen, found := d.drafts.Chosen()
	if d.asking {
		d.asking = false
		if found && key.Matches(k, keys.Yes) {
			d.Do(screen.Discard{Draft: chosen})
			return d.Flash(screen.Info, draw.About(d.width, "Draft of ", chosen.Base, " discarded."))
		}
		return nil
	}
	if d.drafts.Choose(k) {
		d.opens = false
		return nil
	}
	switch {
	case key.Matches(k, keys.Back):
		d.leave()
		return d.Do(screen.Back{})
	case !found:
		return nil
	case key.Matches(k, keys.GoOn):
		return d.continueDraft()
	case key.Matches(k, keys.Discard):
		if chosen.OwnedBy != "" {
			return d.Remark(screen.Warning, "Open in another glance-tui ("+chosen.OwnedBy+"). Close it there first.")
		}
		d.asking = true
	case key.Matches(k, keys.Refresh):
		d.now = map[string]*reading{}
		return d.readMissing()
	case key.Matches(k, keys.PartDown, keys.PartUp):
		d.drafts.Scroll(k)
	}
	return nil
}

// continueDraft opens the form, once the image is read.
func (d *Drafts) continueDraft() tea.Cmd {
	chosen, found := d.drafts.Chosen()
	if !found {
		return nil
	}
	now := d.now[chosen.Base.ID]
	switch {
	case chosen.OwnedBy != "":
		return d.Remark(screen.Warning, "Open in another glance-tui ("+chosen.OwnedBy+").")
	case now == nil:
		d.opens = true
		return d.read(chosen.Base.ID)
	case !now.done:
		d.opens = true
		return nil
	}
	d.opens = false
	switch {
	case gone(now.err):
		return d.FlashOf(chosen.Base, screen.Warning, "This image was deleted. Press x to discard the draft.")
	case now.err != nil:
		delete(d.now, chosen.Base.ID) // the next try reads again
		return d.FlashOf(chosen.Base, screen.Warning, "Cannot continue the draft: the image could not be read: "+now.err.Error())
	}
	return d.Do(screen.GoOn{Draft: chosen, Image: now.image, Asked: now.asked})
}

// SetSize is the room for View.
func (d *Drafts) SetSize(width, height int) {
	d.width = width
	d.drafts.SetSize(width, height)
	d.layOut()
}

// Cursor is nil: nothing is typed here.
func (d *Drafts) Cursor() *tea.Cursor { return nil }

// Title is the breadcrumb.
func (d *Drafts) Title() string { return "Drafts" }

// Aside is how many there are.
func (d *Drafts) Aside(int) string { return "" }

// Typing is false: letters are keys here.
func (d *Drafts) Typing() bool { return false }

// Unsaved is empty: the memory holds them.
func (d *Drafts) Unsaved() string { return "" }

// Keys are what can be pressed now.
func (d *Drafts) Keys() keys.Help {
	footer := []key.Binding{keys.GoOn, keys.Discard, keys.Refresh, keys.Back}
	if d.asking {
		footer = []key.Binding{keys.Yes, keys.No}
	}
	return keys.Help{Footer: footer, Groups: []keys.Group{
		{Name: "Drafts", Keys: []key.Binding{keys.GoOn, keys.Discard, keys.Refresh}},
		{Name: "Move", Keys: []key.Binding{keys.Up, keys.Down, keys.Top, keys.Bottom, keys.PartDown, keys.PartUp}},
	}}
}
