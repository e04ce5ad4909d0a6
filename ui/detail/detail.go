// Package detail is the screen of one image: every attribute, its locations,
// properties and members, the statuses seen so far, and the raw JSON.
package detail

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// part is one tab of the screen.
type part int

const (
	overview part = iota
	locations
	properties
	members
	raw
	parts // how many there are
)

// Detail is the screen of one image.
type Detail struct {
	screen.Actions
	ctx   *screen.Context
	image model.Image
	read  time.Time // when image was read, and
	asked screen.Asked
	seen  draw.History
	gone  bool

	part          part
	pager         draw.Pager
	width, height int

	members memberList
	unseen  unseenList
	raw     *draw.Document // nil before it was read
	views   bool           // it is to be shown as text as soon as it is read

	reading bool
	try     int // counts readings; an answer to an older one is stale
	failed  error
	pause   time.Duration                                        // until the next look at an image in transition
	away    bool                                                 // the terminal is out of focus
	watch   int                                                  // counts the ticks that are due; older ones are stale
	after   func(time.Duration, func(time.Time) tea.Msg) tea.Cmd // tea.Tick; tests look by themselves
	stop    context.CancelFunc
	life    context.Context // ends when the screen is left
}

// New makes the screen of an image as it was last read.
func New(ctx *screen.Context, img model.Image) *Detail {
	life, stop := context.WithCancel(context.Background())
	d := &Detail{ctx: ctx, life: life, stop: stop, pause: firstPause, after: tea.Tick}
	d.show(img, 0)
	return d
}

// AskedAt tells when the image was asked for; older readings do not count.
func (d *Detail) AskedAt(asked screen.Asked) *Detail {
	d.asked = asked
	return d
}

// Init watches an image that is about to change.
func (d *Detail) Init() tea.Cmd { return d.tick() }

// show takes a reading of the image over.
func (d *Detail) show(img model.Image, asked screen.Asked) {
	d.image, d.read, d.asked, d.gone = img, d.ctx.Now(), asked, false
	d.seen = d.seen.Saw(img.Status, d.read)
	d.layOut()
}

// Update takes keys, readings of this image and answers to its own questions.
func (d *Detail) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return d.key(msg)
	case screen.ImageSeen:
		return d.heard(msg.Image, msg.Asked)
	case screen.Sent:
		return d.heard(msg.After, msg.Asked)
	case screen.ImagesChanged:
		return d.reloadOnListChange(msg)
	case screen.ImageGone:
		if msg.ID == d.image.ID {
			d.gone = true
			d.layOut()
		}
	case screen.ThemeChanged, screen.DraftsChanged:
		d.layOut()
	case screen.Touched, tea.FocusMsg:
		return d.attended()
	case tea.BlurMsg:
		d.away = true
	case gotImage:
		return d.got(msg)
	case gotMembers:
		if msg.of == d {
			d.members.take(msg)
			d.layOut()
		}
	case gotUnseen:
		if msg.of == d {
			d.unseen.take(msg)
			d.layOut()
		}
	case due:
		if msg.of == d && msg.watch == d.watch && d.image.Status.Transitional() && !d.gone {
			return d.get(false)
		}
	}
	return nil
}

// reloadOnListChange reads the image again when a list shows that it changed. The list's
// own reading can be older than an edit that was answered meanwhile.
func (d *Detail) reloadOnListChange(news screen.ImagesChanged) tea.Cmd {
	for _, img := range news.Images {
		if img.ID == d.image.ID && news.Asked >= d.asked && len(merge.Changes(d.image, img)) > 0 && !d.reading {
			return d.get(false)
		}
	}
	return nil
}

// heard takes over what another screen, or this one, read of the image; a
// reading that was asked for before the one shown is dropped.
func (d *Detail) heard(img model.Image, asked screen.Asked) tea.Cmd {
	if img.ID != d.image.ID || asked < d.asked {
		return nil
	}
	moved := img.Status != d.image.Status
	if len(merge.Changes(d.image, img)) > 0 {
		d.raw = nil // which is of the reading before
	}
	d.show(img, asked)
	var again tea.Cmd
	if d.part == raw {
		again = d.need()
	}
	if moved {
		d.pause = firstPause
		return tea.Batch(again, d.tick())
	}
	return again
}

func (d *Detail) key(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(k, keys.Back):
		d.stop()
		return d.Do(screen.Back{})
	case key.Matches(k, keys.NextTab):
		return d.turnTo((d.part + 1) % parts)
	case key.Matches(k, keys.PrevTab):
		return d.turnTo((d.part + parts - 1) % parts)
	case key.Matches(k, keys.RawJSON):
		return d.turnTo(raw)
	case key.Matches(k, keys.View):
		return d.view()
	case key.Matches(k, keys.CopyID):
		return d.Do(screen.Copy{What: "the id", Text: safe.Text(d.image.ID)})
	case key.Matches(k, keys.Edit):
		if d.gone {
			return d.Remark(screen.Warning, "This image was deleted and cannot be edited.")
		}
		return d.Do(screen.Edit{Image: d.image, Asked: d.asked})
	case key.Matches(k, keys.History):
		return d.Do(screen.OpenHistory{Image: d.image.ID})
	case key.Matches(k, keys.Refresh):
		return d.refresh()
	}
	d.pager.Update(k)
	return nil
}

// Waits is for the JSON that is to be shown.
func (d *Detail) Waits() screen.Waiting {
	if d.views {
		return screen.WaitsForNext
	}
	return screen.WaitsForNothing
}

// view shows the JSON as text, once it is read.
func (d *Detail) view() tea.Cmd {
	if d.raw == nil {
		d.views = true
		return d.get(true)
	}
	d.views = false
	return d.Do(screen.Show{Title: d.Title(), Documents: []screen.Document{{
		Name: "JSON", What: "the JSON of the image", Text: d.raw.Text(), File: d.image.ID + ".json",
	}}})
}

// turnTo shows another part, and asks for what it needs the first time.
func (d *Detail) turnTo(p part) tea.Cmd {
	d.part = p
	d.pager.ToTop()
	cmd := d.need()
	d.layOut()
	return cmd
}

// need asks for what the part on screen shows and no one asked for yet.
func (d *Detail) need() tea.Cmd {
	switch {
	case d.part == members && d.mayHaveMembers() && !d.members.asked:
		return d.getMembers()
	case d.part == locations && d.mayAskUnseen() && !d.unseen.asked:
		return d.getUnseen()
	case d.part == raw && d.raw == nil && !d.reading:
		return d.get(true)
	}
	return nil
}

// SetSize is the room for View.
func (d *Detail) SetSize(width, height int) {
	d.width, d.height = width, height
	d.layOut()
}

// Cursor is nil: nothing is typed here.
func (d *Detail) Cursor() *tea.Cursor { return nil }

// About is the image.
func (d *Detail) About() string { return d.image.ID }

// Title is the image's name.
func (d *Detail) Title() string { return draw.Name(d.image) }

// Shows is the image.
func (d *Detail) Shows() string { return d.image.ID }

// Typing is false: letters are keys here.
func (d *Detail) Typing() bool { return false }

// Unsaved is empty: nothing can be lost.
func (d *Detail) Unsaved() string { return "" }

// Keys are what can be pressed now.
func (d *Detail) Keys() keys.Help {
	return keys.Help{
		Footer: []key.Binding{keys.Edit, keys.NextTab, keys.Back, keys.History, keys.CopyID, keys.Refresh},
		Groups: []keys.Group{
			{Name: "This image", Keys: []key.Binding{keys.Edit, keys.History, keys.CopyID, keys.Refresh, keys.Back}},
			{Name: "Tabs", Keys: []key.Binding{keys.NextTab, keys.PrevTab, keys.RawJSON, keys.View}},
			{Name: "Move", Keys: draw.ScrollKeys()},
		},
	}
}

// Reveal is called when the form above went away: it may have left a draft.
func (d *Detail) Reveal() tea.Cmd {
	d.layOut()
	return nil
}
