package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/clouds"
	"github.com/glance-tui/glance-tui/ui/detail"
	"github.com/glance-tui/glance-tui/ui/drafts"
	"github.com/glance-tui/glance-tui/ui/form"
	"github.com/glance-tui/glance-tui/ui/history"
	"github.com/glance-tui/glance-tui/ui/list"
	"github.com/glance-tui/glance-tui/ui/merge"
	"github.com/glance-tui/glance-tui/ui/response"
	"github.com/glance-tui/glance-tui/ui/review"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/viewer"
)

func matches(msg tea.KeyPressMsg, b ...key.Binding) bool { return key.Matches(msg, b...) }

// route runs an intention of a screen; mine is false for a message
// that is none.
func (m *Model) route(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case screen.Open:
		return m.push(detail.New(m.ctx, msg.Image).AskedAt(msg.Asked)), true
	case screen.Edit:
		m.popTo(isForm)
		return m.openForm(msg.Image, msg.Asked), true
	case screen.Merge: // in place of the review that found out
		m.dropAhead() // no one has seen what is to be decided
		m.makeRoom(msg.Above)
		return m.push(merge.New(m.ctx, msg)), true
	case screen.Review:
		m.dropAhead() // no one has seen what would be sent
		m.makeRoom(msg.Above)
		return m.push(review.New(m.ctx, msg)), true
	case screen.Send: // in place of the review that was agreed to
		m.stack = slices.DeleteFunc(m.stack, isOfEdit)
		return m.push(response.New(m.ctx, msg)), true
	case screen.Back:
		return m.pop(), true
	case screen.Home:
		m.stack = m.stack[:min(1, len(m.stack))]
		return m.reveal(), true
	case screen.Sent:
		m.drafts.DropDraft(msg.After.ID)
		return m.broadcast(msg), true
	case screen.Ignored:
		if _, kept := m.drafts.Draft(msg.Now.ID); !kept {
			m.drafts.KeepDraft(record.Draft{Base: msg.Now, Wanted: msg.Wanted, Saved: m.ctx.Now()})
		}
		return m.broadcast(screen.DraftsChanged{}), true
	case screen.OpenDrafts:
		m.popTo(isDrafts)
		m.drafts.Read()
		return m.push(drafts.New(m.ctx)), true
	case screen.GoOn:
		if !m.drafts.Choose(msg.Draft.ID) {
			return m.say(screen.Warning, "This draft is no longer available: another glance-tui opened or discarded it."), true
		}
		return m.openForm(msg.Image, msg.Asked), true
	case screen.Discard:
		m.drafts.Discard(msg.Draft.ID)
		return m.broadcast(screen.DraftsChanged{}), true
	case screen.OpenHistory:
		m.popTo(isHistory)
		return m.push(history.New(m.ctx, msg.Image)), true
	case screen.OpenDemo:
		return m.connect("", nil, true), true
	case screen.Connect:
		return m.connect(msg.Cloud, msg.Answers, false), true
	case screen.Copy:
		return m.copy(msg), true
	case copied:
		return tea.Batch(tea.Raw(msg.sequence), m.say(screen.Success, msg.said)), true
	case screen.Show:
		m.popTo(isViewer)
		return m.push(viewer.New(m.ctx, msg)), true
	case screen.Flash:
		return m.show(msg), true
	}
	return nil, false
}

func isForm(s screen.Screen) bool     { _, ok := s.(*form.Form); return ok }
func isDrafts(s screen.Screen) bool   { _, ok := s.(*drafts.Drafts); return ok }
func isMerge(s screen.Screen) bool    { _, ok := s.(*merge.Merge); return ok }
func isHistory(s screen.Screen) bool  { _, ok := s.(*history.History); return ok }
func isReview(s screen.Screen) bool   { _, ok := s.(*review.Review); return ok }
func isViewer(s screen.Screen) bool   { _, ok := s.(*viewer.Viewer); return ok }
func isResponse(s screen.Screen) bool { _, ok := s.(*response.Response); return ok }

// makeRoom leaves the screens of an edit in progress: one follows the other, so
// that going back leads to where the edit was made. A undo is above the
// screen that showed what it undoes, and goes back to that.
func (m *Model) makeRoom(above bool) {
	if !above {
		m.popTo(isOfEdit)
		return
	}
	for len(m.stack) > 0 && (isMerge(m.top()) || isReview(m.top())) {
		m.stack = m.stack[:len(m.stack)-1]
	}
}

// isOfEdit reports whether a screen is one of an edit in progress.
func isOfEdit(s screen.Screen) bool { return isMerge(s) || isReview(s) || isResponse(s) }

// popTo takes the lowest screen of a kind off the stack, and all above it, so
// that a second visit replaces the first instead of piling up.
func (m *Model) popTo(kind func(screen.Screen) bool) {
	for i, s := range m.stack {
		if kind(s) {
			m.stack = m.stack[:i]
			return
		}
	}
}

// enter begins work with the service: the list is the first screen.
func (m *Model) enter() tea.Cmd {
	m.stack = nil
	session := m.ctx.Service.Session()
	m.drafts.Enter(session.ServiceID())
	m.resolver = new(resolving)
	cmds := []tea.Cmd{m.push(list.New(m.ctx))}
	for _, note := range session.Notes {
		cmds = append(cmds, m.say(screen.Warning, note))
	}
	return tea.Batch(cmds...)
}

// choose shows the first screen, with what went wrong where something did.
func (m *Model) choose(problem error) tea.Cmd {
	c := m.connector.Clouds()
	if problem != nil {
		c.Problem = problem
	}
	m.stack = nil
	m.dropAhead()
	return m.push(clouds.New(m.ctx, c))
}

func (m *Model) push(s screen.Screen) tea.Cmd {
	m.stack = append(m.stack, s)
	m.resize()
	cmd := s.Init()
	m.do(s.TakeActions()...)
	return cmd
}

func (m *Model) pop() tea.Cmd {
	if len(m.stack) < 2 {
		return nil
	}
	m.stack = m.stack[:len(m.stack)-1]
	return m.reveal()
}

func (m *Model) reveal() tea.Cmd {
	m.resize()
	if _, ok := m.top().(*list.List); ok {
		m.drafts.Read()
	}
	var cmd tea.Cmd
	if r, ok := m.top().(screen.Revealer); ok {
		cmd = r.Reveal()
		m.do(m.top().TakeActions()...)
	}
	return cmd
}
