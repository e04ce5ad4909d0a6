package ui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/form"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/list"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// savePause is the pause after a writing: fast typing costs a few writes a second,
// and the last key is on disk well within one.
const savePause = 250 * time.Millisecond

// savePaused is the end of that pause.
type savePaused struct{}

// sync is the command that does on the disk what is to be done for the drafts; nil
// when that is nothing, and while a command is at work or a pause is on.
func (m *Model) sync() tea.Cmd {
	if m.pausing && m.suspending == nil {
		return nil
	}
	batch, more := m.drafts.Next()
	if more {
		runner := m.draftRunner
		return func() tea.Msg { return runner.Do(batch) }
	}
	if m.suspending != nil && m.drafts.Idle() { // everything is on disk
		exec := m.suspending
		m.suspending = nil
		return exec
	}
	return nil
}

// tookDrafts takes what the disk answered.
func (m *Model) tookDrafts(msg edit.DraftResults) tea.Cmd {
	var cmds []tea.Cmd
	for _, n := range m.drafts.Took(msg) {
		cmds = append(cmds, m.tellDrafts(n))
	}
	if slices.ContainsFunc(msg.Results, func(r edit.DraftResult) bool { return r.Verb == edit.SaveDraft }) {
		cmds = append(cmds, m.pauseSaving())
	}
	return tea.Batch(cmds...)
}

func (m *Model) tellDrafts(n edit.DraftNews) tea.Cmd {
	warn := func(text string) tea.Cmd { return m.say(screen.Warning, text) }
	about := func(before, after string) tea.Cmd { return warn(draw.About(m.width, before, n.Base, after)) }
	switch n.What {
	case edit.DraftsRead:
		return tea.Batch(m.readDrafts(n.Err), m.resolve())
	case edit.DraftTaken:
		return about("Another glance-tui opened the draft of ", " at the same time. Yours is saved separately.")
	case edit.DraftContinued:
		return about("Another glance-tui changed the draft of ", " in the meantime. Both are saved: press D.")
	case edit.DraftsNotSaved:
		return warn("Drafts cannot be saved and will be lost when you quit: " + n.Err.Error())
	case edit.DraftNotDiscarded:
		return warn("Could not discard the draft: " + n.Err.Error())
	}
	return m.say(screen.Success, "Drafts are saved to disk again.")
}

// readDrafts shows the drafts that the disk has.
func (m *Model) readDrafts(unread error) tea.Cmd {
	if isForm(m.top()) {
		return m.warnOfOthers()
	}
	changed := m.broadcast(screen.DraftsChanged{})
	if unread != nil && !m.unreadSaid {
		m.unreadSaid = true
		return tea.Batch(changed, m.say(screen.Warning, "Some drafts could not be read: "+unread.Error()))
	}
	return changed
}

// pauseSaving lets a moment pass between two writings. Where one failed it lets
// more pass: a full disk is no fuller for being asked twice.
func (m *Model) pauseSaving() tea.Cmd {
	if m.ctx.Options.Still {
		return nil
	}
	m.pausing = true
	pause := savePause
	if m.drafts.Failed() != nil {
		pause = 20 * savePause
	}
	return tea.Tick(pause, func(time.Time) tea.Msg { return savePaused{} })
}

// Flush writes down what no command wrote yet. It is called after the end of
// the program's loop, whatever ended it.
func (m *Model) Flush() {
	if m.draftRunner.Files != nil {
		m.draftRunner.Finish(m.drafts)
	}
}

// Kept is a sentence on what the program leaves for its next start; "" for
// nothing. It is safe text.
func (m *Model) Kept() string {
	names := m.draftNames()
	switch {
	case !m.drafts.Lasts() || len(names) == 0:
		return ""
	case len(names) == 1:
		return "Draft of " + names[0] + " saved. Start glance-tui again to continue it."
	}
	return "Drafts of " + strings.Join(names, ", ") + " saved. Start glance-tui again to continue them."
}

// unsavedDrafts is what quitting would lose, as an ending of "Quit and …"; ""
// when nothing.
func (m *Model) unsavedDrafts() string {
	names := m.draftNames()
	switch {
	case m.drafts.Lasts() || len(names) == 0:
		return ""
	case len(names) == 1:
		return "discard the draft of " + names[0]
	}
	return "discard the drafts of several images"
}

// draftNames are the images of this program's drafts.
func (m *Model) draftNames() []string {
	var names []string
	for _, d := range m.drafts.Own() {
		names = append(names, draw.Name(d.Base))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// notice is where a flash would be, while there is none: that something is not
// kept, or edits that wait to be gone on with.
func (m *Model) notice() string {
	if lost := m.notKept(); lost != "" && !m.conn.active() {
		t := m.ctx.Theme
		return t.Warn.Render(safe.Cut(" "+t.Glyphs.Warn+" "+safe.Text(lost), m.width))
	}
	if _, here := m.top().(*list.List); !here || m.conn.active() {
		return ""
	}
	var names []string
	for _, d := range m.drafts.Drafts() {
		if d.OwnedBy == "" {
			names = append(names, draw.Name(d.Base))
		}
	}
	t := m.ctx.Theme
	var what string
	switch len(names) {
	case 0:
		return ""
	case 1:
		what = draw.Around(m.width-len("  D: show"), "Draft of ", names[0], " saved")
	default:
		what = strconv.Itoa(len(names)) + " drafts saved"
	}
	key := keys.Drafts.Help().Key
	return safe.Cut(" "+t.Changed.Render(t.Glyphs.Draft+" "+what)+"  "+t.Key.Render(key)+t.KeyDesc.Render(": show"), m.width)
}

// openForm opens the form, which takes a draft up by itself.
func (m *Model) openForm(img model.Image, asked screen.Asked) tea.Cmd {
	m.editing = img.ID
	m.drafts.Read()
	return m.push(form.New(m.ctx, img).AskedAt(asked))
}

// warnOfOthers says that another program is at the same edit.
func (m *Model) warnOfOthers() tea.Cmd {
	for _, d := range m.drafts.Drafts() {
		if d.Base.ID == m.editing && d.OwnedBy != "" {
			return m.show(screen.Flash{Level: screen.Warning, Text: "Another glance-tui has a draft of this image open: " + d.OwnedBy, Image: &d.Base})
		}
	}
	return nil
}
