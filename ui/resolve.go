package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// Edits whose answer never came, since the program ended or the connection
// dropped, are found out about at the next start, by reading their images.

const (
	mostUnresolved = 20               // images read at a start
	resolveWithin  = 30 * time.Second // all together
	// A server may still be at work on a request whose sender is gone, for example
	// while it waits for the host of a location. Before that time an edit that does
	// not show is not yet one that was not carried out; it is read again.
	resolveAfter = 10 * time.Minute
	resolvePause = time.Minute
)

// resolved is what the readings showed.
type resolved struct {
	place   model.Place
	entries []model.Entry // with their endings
	young   []model.Entry // that may still be carried out
	again   bool          // it is not the first look
	err     error         // why one could not be written down
}

// resolve finds out what became of the edits of earlier runs. It is begun once
// for a service, before this run sends anything there, and again while there are
// some that may still be carried out.
func (m *Model) resolve(again bool) tea.Cmd {
	keeper, service, now := m.ctx.Keeper, m.ctx.Service, m.ctx.Now
	if keeper == nil {
		return nil
	}
	place, before := service.Session().Place(), m.ctx.Now()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), resolveWithin)
		defer cancel()
		out := resolved{place: place, again: again}
		entries, _ := keeper.Entries(place, 1000) // what of it can be read; the screen says the rest
		for _, e := range entries {
			if e.Outcome != model.OutcomeOpen || e.HeldBy != "" || e.Cut || !e.Begun.Before(before) || len(out.entries) == mostUnresolved {
				continue
			}
			img, err := service.Get(ctx, e.Base.ID)
			var f *model.Failure
			switch {
			case err == nil:
				e.Outcome, e.After = model.Compare(e.Base, e.Wanted, img).Outcome(), &img
				if e.Outcome == model.OutcomeOpen {
					continue // it shows too little
				}
				if e.Outcome != model.OutcomeDone && now().Sub(e.Begun) < resolveAfter {
					out.young = append(out.young, e)
					continue
				}
			case errors.As(err, &f) && f.Kind == model.FailedNotFound:
				e.Outcome = model.OutcomeGone
			default:
				continue // the next start tries again
			}
			e.Resolved, e.Ended = true, now()
			if err := keeper.End(e.ID, e.Ending); err != nil {
				out.err = err
			}
			out.entries = append(out.entries, e)
		}
		return out
	}
}

// tookResolved says what was found out, and lets go of the drafts that turned
// out to be carried out.
func (m *Model) tookResolved(msg resolved) tea.Cmd {
	if msg.place != m.memory.place {
		return nil
	}
	var cmds []tea.Cmd
	if len(msg.young) > 0 {
		cmds = append(cmds, m.resolveLater())
		if !msg.again {
			cmds = append(cmds, m.say(screen.Warning, youngSentence(m.width, msg.young)))
		}
	}
	if len(msg.entries) == 0 {
		return tea.Batch(cmds...)
	}
	cmds = append(cmds, m.broadcast(screen.HistoryChanged{}))
	for _, e := range msg.entries {
		if d, kept := m.memory.Draft(e.Base.ID); kept && e.After != nil && fulfilled(d, *e.After) {
			cmds = append(cmds, m.memory.Discard(d.ID), m.broadcast(screen.DraftsChanged{}))
		}
	}
	return tea.Batch(append(cmds, m.say(screen.Info, resolvedSentence(m.width, msg.entries)))...)
}

type resolveDue struct{ place model.Place }

func (m *Model) resolveLater() tea.Cmd {
	if m.ctx.Options.Still {
		return nil
	}
	due := resolveDue{m.memory.place}
	return tea.Tick(resolvePause, func(time.Time) tea.Msg { return due })
}

func youngSentence(width int, entries []model.Entry) string {
	if len(entries) > 1 {
		return fmt.Sprintf("%d edits have no response yet and may still be applied. They are checked every minute.", len(entries))
	}
	return draw.About(width, "No response came to the edit of ", entries[0].Base, ". It may still be applied: it is checked every minute.")
}

// fulfilled is whether a draft would change nothing any more.
func fulfilled(d model.Draft, now model.Image) bool {
	wanted, _ := model.Rules{}.Merge(d.Base, d.Wanted, now)
	return len(model.ByClient(model.Changes(now, wanted))) == 0
}

func resolvedSentence(width int, entries []model.Entry) string {
	if len(entries) > 1 {
		return fmt.Sprintf("%d edits whose answers never came were looked up on the server: H shows what became of them", len(entries))
	}
	e := entries[0]
	became := map[model.Outcome]string{
		model.OutcomeDone: "it was carried out", model.OutcomeNotDone: "it was not carried out",
		model.OutcomePartly: "a part of it was carried out", model.OutcomeGone: "the image no longer exists",
	}[e.Outcome]
	return draw.About(width, "the answer to the edit of ", e.Base, " never came: "+became+" (H shows it)")
}
