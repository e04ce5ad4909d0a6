package ui

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/form"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/list"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// updateMemory takes what the disk answered.
func (m *Model) updateMemory(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case draftsFound:
		m.memory.takeFound(msg)
		if isForm(m.top()) {
			return m.warnOfOthers()
		}
		changed := m.broadcast(screen.DraftsChanged{})
		if msg.err != nil && !m.unreadSaid {
			m.unreadSaid = true
			return tea.Batch(changed, m.say(screen.Warning, "not all earlier drafts can be read: "+msg.err.Error()))
		}
		return changed
	case draftsWritten:
		say := m.memory.wrote(msg.results, m.width)
		cmds := []tea.Cmd{m.pauseWriting()}
		if say.Text != "" {
			cmds = append(cmds, m.say(say.Level, say.Text), m.memory.look())
		}
		return tea.Batch(cmds...)
	case writingPaused:
		m.memory.busy = false
		m.memory.retry()
	case draftDiscarded:
		if msg.err != nil {
			return tea.Batch(m.memory.look(), m.say(screen.Warning, "the draft could not be discarded: "+msg.err.Error()))
		}
	}
	return nil
}

// pauseWriting lets a moment pass between two writings. Where one failed it
// lets more pass: a full disk is no fuller for being asked twice.
func (m *Model) pauseWriting() tea.Cmd {
	if m.ctx.Options.Still {
		m.memory.busy = false
		return nil
	}
	pause := betweenWrites
	if m.memory.failed != nil {
		pause = 20 * betweenWrites
	}
	return tea.Tick(pause, func(time.Time) tea.Msg { return writingPaused{} })
}

// Flush writes down what no command wrote yet. It is called after the end of
// the program's loop, whatever ended it.
func (m *Model) Flush() { m.memory.Flush() }

// Kept is a sentence on what the program leaves for its next start; "" for
// nothing. It is safe text.
func (m *Model) Kept() string { return m.memory.Kept() }

// notice stands where a flash would, while there is none: that something is not
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
	for _, d := range m.memory.Drafts() {
		if d.HeldBy == "" {
			names = append(names, draw.Name(d.Base))
		}
	}
	t := m.ctx.Theme
	var what string
	switch len(names) {
	case 0:
		return ""
	case 1:
		what = draw.Around(m.width-len("  D shows it"), "An unsent edit of ", names[0], " is kept.")
	default:
		what = strconv.Itoa(len(names)) + " unsent edits are kept."
	}
	shows := map[bool]string{true: " shows it", false: " shows them"}[len(names) == 1]
	key := keys.Drafts.Help().Key
	return safe.Cut(" "+t.Changed.Render(t.Glyphs.Draft+" "+what)+"  "+t.Key.Render(key)+t.KeyDesc.Render(shows), m.width)
}

// edit opens the form, which takes a draft up by itself.
func (m *Model) edit(img model.Image, asked screen.Asked) tea.Cmd {
	m.editing = img.ID
	return tea.Batch(m.push(form.New(m.ctx, img).AskedAt(asked)), m.memory.look())
}

// warnOfOthers says that another program is at the same edit.
func (m *Model) warnOfOthers() tea.Cmd {
	for _, d := range m.memory.Drafts() {
		if d.Base.ID == m.editing && d.HeldBy != "" {
			return m.show(screen.Flash{Level: screen.Warning, Text: "another glance-tui has an unsent edit of this image open: " + d.HeldBy, Image: &d.Base})
		}
	}
	return nil
}
