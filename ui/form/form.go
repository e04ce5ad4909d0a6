// Package form is the editor of one image: a field for every attribute that a
// client can set, and beside them the patch that the edit amounts to, in words
// and as JSON, following every key.
//
// The state is what the user typed, valid or not. From it and the base (the
// image as the server last gave it) follows the wanted image; from the two
// follow faults, patch, words and predicted status, all of them by package
// model. Nothing is sent from here: ctrl+s asks for a review.
package form

import (
	"context"
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/input"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// schemaTimeout is how long the form waits for the deployment's schema before
// it stays with the usual one.
const schemaTimeout = 30 * time.Second

// Form is the editor of one image. It satisfies screen.Screen. Make it with New.
type Form struct {
	screen.Actions
	ctx    *screen.Context
	fields []field
	rules  rules.Rules

	base  model.Image
	asked screen.Asked // when base was
	start state        // the base as the form shows it
	state state
	hist  history
	edit  derived // what follows from base and state

	touched bool // the edit was derived again and is not yet in the memory

	began     model.Image    // what the edit began as, where conflicts are open
	conflicts []conflict     // open, and decided for the user's own value
	lost      []conflict     // about what cannot come back: nothing to decide
	gone      bool           // the server no longer has the image
	anyway    bool           // it is edited though it may not be this project's to change
	opening   []screen.Flash // what is to be said when the form opens

	focus   spot
	editor  *input.Field // the text at the focus
	inLines bool         // it has the room of the fields, in lines
	open    int          // the id of the location that is being edited; 0 for none

	pane          pane
	width, height int
	top           int // the first line of the fields on screen
	frame         frame
	stopReading   context.CancelFunc
}

// New is the form on an image as it was last read. A draft that the memory
// holds is opened, merged with what the server says now.
func New(ctx *screen.Context, image model.Image) *Form {
	session := ctx.Service.Session()
	f := &Form{
		ctx:    ctx,
		base:   image,
		rules:  rules.ForSession(session),
		editor: input.New(),
		width:  80, height: 20,
		stopReading: func() {},
	}
	f.fields = fieldsFor(session)
	f.start = stateOf(image, image, nil)
	f.state = f.start
	f.takeDraft()
	f.anyway = f.edit.changed // someone who has a draft chose to
	f.recompute()
	f.setFocus(f.stops()[0][0])
	if !f.edit.changed {
		f.remember() // a draft that the server meanwhile fulfilled
	}
	f.touched = false
	return f
}

// AskedAt tells when the image was asked for; older readings do not count.
func (f *Form) AskedAt(asked screen.Asked) *Form {
	f.asked = asked
	return f
}

// schemaRead answers the command of Init.
type schemaRead struct {
	form   *Form
	schema *rules.Schema
	stores []api.Store
	err    error
}

// Init asks for the deployment's schema and says what became of a draft.
func (f *Form) Init() tea.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), schemaTimeout)
	f.stopReading = cancel
	service := f.ctx.Service
	sorts := service.Session().TellsWeights() && f.base.MaySort()
	cmds := []tea.Cmd{func() tea.Msg {
		defer cancel()
		schema, err := service.Schema(ctx)
		var stores []api.Store
		if sorts {
			stores, _ = service.Stores(ctx) // without them their order cannot be predicted, no more
		}
		return schemaRead{form: f, schema: schema, stores: stores, err: err}
	}}
	for _, say := range f.opening {
		f.Do(say)
	}
	f.opening = nil
	return tea.Batch(cmds...)
}

// Update takes keys, pastes and news. Whatever it changes is in the memory when
// it returns, so that nothing typed hangs on this screen.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	cmd := f.update(msg)
	f.remember()
	return cmd
}

func (f *Form) update(msg tea.Msg) tea.Cmd {
	f.frame.fresh = false
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		return f.key(m)
	case tea.PasteMsg:
		return f.paste(m.Content)
	case schemaRead:
		if m.form != f {
			return nil
		}
		return f.takeSchema(m)
	case screen.ImageSeen:
		if m.Image.ID != f.base.ID || m.Asked < f.asked {
			return nil
		}
		f.asked = m.Asked
		return f.takeTheirs(m.Image)
	case reloaded:
		if m.form == f && m.asked >= f.asked {
			f.asked = m.asked
			return f.takeTheirs(m.image)
		}
	case screen.Decided:
		if m.Theirs.ID == f.base.ID {
			f.takeDecisions(m)
		}
	case screen.ImageGone:
		if m.ID == f.base.ID {
			f.gone = true
			f.pane.stale()
		}
	case screen.Sent:
		if m.After.ID == f.base.ID {
			f.asked = m.Asked
			f.takeSent(m.After)
		}
	case screen.ThemeChanged:
		f.pane.stale()
	}
	return nil
}

func (f *Form) takeSchema(m schemaRead) tea.Cmd {
	declared := f.rules.Schema
	f.rules = rules.ForSession(f.ctx.Service.Session()) // the version may be known by now
	f.rules.Schema, f.rules.Stores = declared, m.stores
	if m.err != nil {
		f.recompute()
		return f.Flash(screen.Warning, "Could not read the server's schema; checking against the default one.")
	}
	f.rules.Schema = m.schema
	f.recompute()
	return nil
}

// key gives a key to the form as a whole, then to the field with the focus,
// then to the text in it.
func (f *Form) key(m tea.KeyPressMsg) tea.Cmd {
	if f.pane.full && f.pane.key(m) {
		return nil
	}
	if f.inLines = f.inLines && f.mayHaveLines(); f.inLines && f.linesKey(m) {
		return nil
	}
	switch {
	case key.Matches(m, keys.ReviewEdit):
		return f.review()
	case key.Matches(m, keys.KeepDraft):
		return f.escape()
	case key.Matches(m, keys.Undo):
		return f.travel(f.hist.undo, "nothing to undo")
	case key.Matches(m, keys.Redo):
		return f.travel(f.hist.redo, "nothing to redo")
	case key.Matches(m, keys.ResetField):
		return f.resetField()
	case key.Matches(m, keys.ResetAll):
		return f.resetAll()
	case key.Matches(m, keys.TogglePane):
		f.pane.toggle()
		return nil
	case key.Matches(m, keys.PaneDown):
		f.pane.scroll(+1)
		return nil
	case key.Matches(m, keys.PaneUp):
		f.pane.scroll(-1)
		return nil
	}
	field := f.focused()
	why := f.barred()
	if why == "" {
		if taken, cmd := field.key(f, m); taken {
			return cmd
		}
		if field.text(&f.state, f.focus) != nil && f.editor.Takes(m) {
			f.typed(m)
			return nil
		}
	}
	switch {
	case m.Code == tea.KeyUp:
		f.moveLine(-1)
	case m.Code == tea.KeyDown:
		f.moveLine(+1)
	case f.edit.guard != "" && key.Matches(m, keys.EditAnyway):
		f.anyway = true
		f.recompute()
		f.load()
		return f.Remark(screen.Info, "You can edit it now. The server decides when it is sent.")
	case key.Matches(m, keys.PrevField):
		f.move(-1)
	case key.Matches(m, keys.NextField), key.Matches(m, keys.Add):
		f.move(+1)
	case why != "" && (m.Text != "" || key.Matches(m, keys.Choose, keys.Remove) || m.Code == tea.KeyBackspace):
		return f.Remark(screen.Info, why)
	}
	return nil
}

func (f *Form) paste(content string) tea.Cmd {
	if f.pane.full {
		return nil // the fields are out of sight
	}
	field := f.focused()
	if why := f.barred(); why != "" {
		return f.Remark(screen.Info, why)
	}
	if p, ok := field.(paster); ok && p.paste(f, content) {
		return nil
	}
	if field.text(&f.state, f.focus) == nil {
		return f.Remark(screen.Info, "Cannot paste here.")
	}
	if f.mayHaveLines() {
		return f.pasteLines(input.WithBreaks(content))
	}
	line, joined := input.OneLine(content)
	f.hist.endGroup()
	f.typed(tea.PasteMsg{Content: line})
	f.hist.endGroup()
	if joined {
		return f.Remark(screen.Info, "Pasted as one line; line breaks became spaces.")
	}
	return nil
}

// pasteLines puts text into the value of a property as it is.
func (f *Form) pasteLines(text string) tea.Cmd {
	f.hist.endGroup()
	f.insert(text)
	f.hist.endGroup()
	if n := input.Lines(text); n > 1 && !f.inLines {
		return f.Flash(screen.Info, fmt.Sprintf("Pasted %d lines. Press %s to edit them.", n, keys.InLines.Help().Key))
	}
	return nil
}

// review asks for the review of the edit, or says why there is none.
func (f *Form) review() tea.Cmd {
	f.settle()
	switch bad := f.firstBlocking(); {
	case f.ctx.Options.ReadOnly || f.ctx.Service.Session().ReadOnly:
		return f.Remark(screen.Warning, "Read-only mode: edits cannot be sent.")
	case f.gone:
		return f.Remark(screen.Warning, "This image was deleted on the server.")
	case f.edit.guard != "":
		return f.Remark(screen.Info, f.barred())
	case bad != nil && (f.base.Unread[bad.at.attr] != nil || bad.at.attr == "locations" && f.base.LocationsWithheld):
		f.setFocus(bad.at)
		return tea.Batch(f.Remark(screen.Warning, draw.Around(f.width, "Fix first: ", bad.field, ": "+bad.text)+"; loading the image again"), f.reload())
	case bad != nil:
		f.setFocus(bad.at)
		return f.Remark(screen.Warning, draw.Around(f.width, "Fix first: ", bad.field, ": "+bad.text))
	case len(f.edit.patch) == 0:
		return f.Remark(screen.Info, "No changes to send.")
	}
	if len(f.openConflicts()) > 0 {
		return f.Do(f.merge())
	}
	return f.Do(screen.Review{Base: f.base, Wanted: f.edit.wanted.image, Rules: f.rules})
}

// escape ends the editing of a location first, then leaves.
func (f *Form) escape() tea.Cmd {
	if f.pane.full {
		f.pane.toggle()
		return nil
	}
	if f.editsLocation() {
		f.setFocus(spot{attr: "locations", id: f.open})
		return nil
	}
	f.settle()
	f.stopReading()
	if !f.edit.changed {
		return f.Do(screen.Back{})
	}
	f.Do(screen.Back{})
	return f.FlashOf(f.base, screen.Info, "Draft saved. Edit the image again to continue.")
}

// Shows is the image.
func (f *Form) Shows() string { return f.base.ID }

// About is the image.
func (f *Form) About() string { return f.base.ID }

// Title is the breadcrumb.
func (f *Form) Title() string {
	if f.edit.guard != "" {
		return "View " + f.called()
	}
	return "Edit " + f.called()
}

// called is what users call the image.
func (f *Form) called() string { return draw.Name(f.base) }

// Aside is the status, and the one that the edit will lead to.
func (f *Form) Aside(width int) string {
	t := f.ctx.Theme
	now := draw.Status(t, f.base.StatusWord())
	if f.gone {
		return safe.Cut(t.Bad.Render("deleted on the server"), width)
	}
	if next := f.edit.status; len(f.edit.patch) > 0 && next != f.base.Status {
		arrow := t.Dim.Render(" " + t.Glyphs.Arrow + " ")
		long := now + arrow + draw.Status(t, next) + t.Dim.Render(" after sending")
		if safe.Width(long) <= width {
			return long
		}
		return safe.Cut(now+arrow+draw.Status(t, next), width)
	}
	return safe.Cut(now, width)
}

// Typing is true: letters mean text nearly everywhere in a form, and a q
// pressed beside a field must not quit.
func (f *Form) Typing() bool { return true }

// Unsaved is what would be lost by quitting now.
func (f *Form) Unsaved() string {
	if !f.edit.changed || f.ctx.Memory.Lasts() {
		return ""
	}
	return "discard the draft of " + f.called()
}

// Reveal is called when the form is on top again.
func (f *Form) Reveal() tea.Cmd {
	f.pane.stale()
	f.frame.fresh = false
	return nil
}
