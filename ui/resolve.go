package ui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// resolving is what finds out about the open entries of earlier runs. There is one
// for each time that work with a service begins.
type resolving struct {
	edit.Resolver

	begun   bool
	pending bool // it was said that some may still be applied
}

type (
	// openEntries begin it.
	openEntries struct {
		of      *resolving
		entries []record.Entry
	}
	// resolverEvent answers an effect.
	resolverEvent struct {
		of    *resolving
		event edit.Event
	}
)

// readWithin is how long the reading of one image may take.
const readWithin = 30 * time.Second

// resolve begins to find out what became of the edits of earlier runs: once for a
// service, when the drafts are known that may turn out to be applied.
func (m *Model) resolve() tea.Cmd {
	of, keeper, place := m.resolver, m.ctx.Keeper, m.ctx.Service.Session().ServiceID()
	if of.begun {
		return nil
	}
	of.begun = true
	return func() tea.Msg {
		entries, _ := keeper.Entries(place, 1000) // what of it can be read; the screen says the rest
		return openEntries{of, entries}
	}
}

// updateResolving takes what is news for the resolver.
func (m *Model) updateResolving(msg tea.Msg) tea.Cmd {
	r := m.resolver
	var effects []edit.Effect
	var cmds []tea.Cmd
	rested := r.Rests()
	switch msg := msg.(type) {
	case screen.LeftOpen:
		if msg.Entry.Service.Key() != m.ctx.Service.Session().ServiceID().Key() {
			return nil
		}
		r.Resolver, effects = r.Add(msg.Entry)
	case openEntries:
		if msg.of != r {
			return nil
		}
		r.Resolver, effects = edit.NewResolver(msg.entries, m.ctx.Now())
	case resolverEvent:
		if msg.of != r {
			return nil
		}
		if _, ended := msg.event.(edit.Ended); ended {
			return m.broadcast(screen.HistoryChanged{})
		}
		r.Resolver, effects = r.Step(msg.event)
	}
	for _, f := range effects {
		cmds = append(cmds, m.run(f))
	}
	if !rested && r.Rests() {
		cmds = append(cmds, m.tellResolved())
	}
	return tea.Batch(cmds...)
}

// run does what the resolver asks for.
func (m *Model) run(f edit.Effect) tea.Cmd {
	of := m.resolver
	if w, wakes := f.(edit.Wake); wakes {
		if m.ctx.Options.Still {
			return nil
		}
		return tea.Tick(w.After, func(time.Time) tea.Msg { return resolverEvent{of, edit.Woken{Tag: w.Tag}} })
	}
	do := edit.Handler{Service: m.ctx.Service, Keeper: m.ctx.Keeper}.Start(f)
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), readWithin)
		defer cancel()
		return resolverEvent{of, do(ctx)}
	}
}

// tellResolved says what a round found out, and lets go of the drafts that turned
// out to be applied.
func (m *Model) tellResolved() tea.Cmd {
	var cmds []tea.Cmd
	if pending := m.resolver.Pending(); len(pending) > 0 && !m.resolver.pending {
		m.resolver.pending = true
		cmds = append(cmds, m.say(screen.Warning, pendingSentence(m.width, pending)))
	}
	resolved := m.resolver.Resolved()
	for _, e := range resolved {
		if e.After != nil && m.drafts.DiscardApplied(*e.After) {
			cmds = append(cmds, m.broadcast(screen.DraftsChanged{}))
		}
	}
	if len(resolved) > 0 {
		cmds = append(cmds, m.say(screen.Info, resolvedSentence(m.width, resolved)))
	}
	return tea.Batch(cmds...)
}

func pendingSentence(width int, entries []record.Entry) string {
	if len(entries) > 1 {
		return fmt.Sprintf("%d edits have no response yet and may still be applied. They are checked every minute.", len(entries))
	}
	return draw.About(width, "No response came to the edit of ", entries[0].Base, ". It may still be applied: it is checked every minute.")
}

func resolvedSentence(width int, entries []record.Entry) string {
	if len(entries) > 1 {
		return fmt.Sprintf("Checked %d edits that got no response: press H for the outcomes.", len(entries))
	}
	e := entries[0]
	became := map[record.Outcome]string{
		record.OutcomeApplied: "it was applied", record.OutcomeNotApplied: "it was not applied",
		record.OutcomePartlyApplied: "it was partly applied", record.OutcomeDeleted: "the image was deleted",
	}[e.Outcome]
	return draw.About(width, "The edit of ", e.Base, " got no response: "+became+" (H: history).")
}
