package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
	"github.com/glance-tui/glance-tui/ui/safe"
)

type undoCommand struct{ *sender }

func newUndo(o *options, s *streams) *cobra.Command {
	c := undoCommand{newSender(o, s)}
	c.undoes = true
	cmd := &cobra.Command{
		Use:   "undo ENTRY",
		Short: "Undo an edit of the history",
		Long: `Undo an edit that was sent from this machine. ENTRY is its ID as printed by
glance-tui history, or at least the first 4 characters of it. The values that
the edit changed are restored; later changes are kept. If the same values were
changed again, you choose which to keep; without a terminal nothing is sent.
What cannot be restored is listed. The undo is reviewed, sent and recorded in
the history like any edit, see: glance-tui help edit`,
		Example: `glance-tui history
glance-tui undo k5w2m7qx
glance-tui undo k5w2m7qx --dry-run --os-cloud prod-eu`,
		Args:              exactly("ENTRY"),
		ValidArgsFunction: completeEntry,
		RunE:              runs(c.run),
	}
	c.addFlags(cmd)
	return cmd
}

// shownID is how much of an entry's id the history prints: its own name, without
// that of the place.
func shownID(e record.Entry) string {
	_, name, _ := strings.Cut(e.ID, "/")
	return name[:min(len(name), 8)]
}

// shortestID is how much of an entry's id has to be typed: fewer characters may
// be meant as a number in the list.
const shortestID = 4

// findEntry is the only entry that an id, or the beginning of one, names. The
// name of the place, which is not shown, counts only where it is given in full.
func findEntry(all []record.Entry, id string) (record.Entry, error) {
	place, begins, inPlace := strings.Cut(id, "/")
	if !inPlace {
		begins = id
	}
	var found []record.Entry
	for _, e := range all {
		where, name, _ := strings.Cut(e.ID, "/")
		switch {
		case inPlace && where != place:
		case name == begins:
			return e, nil
		case strings.HasPrefix(name, begins):
			found = append(found, e)
		}
	}
	if len(begins) < shortestID {
		return record.Entry{}, wrongUsage("%q is too short for the ID of an edit: give at least %d characters of the ID that glance-tui history prints", safe.Text(id), shortestID)
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return record.Entry{}, fmt.Errorf("no edit in the history has the ID %q; glance-tui history lists them", safe.Text(id))
	}
	return record.Entry{}, fmt.Errorf("the IDs of %d edits start with %q: give more characters", len(found), safe.Text(id))
}

// completeEntry offers the latest entries.
func completeEntry(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	store, err := state.Open(state.Options{})
	if len(args) > 0 || err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer store.Close()
	all, _ := store.AllEntries(20)
	var offers []string
	for _, e := range all {
		offers = append(offers, cobra.CompletionWithDesc(shownID(e), safe.Text(strings.Join(sentences(e), "; "))))
	}
	return offers, cobra.ShellCompDirectiveNoFileComp
}

func (c undoCommand) run(ctx context.Context, args []string) error {
	if err := c.checkFlags(); err != nil {
		return err
	}
	entry, err := c.entry(args[0])
	if err != nil {
		return err
	}
	service, closeService, err := c.connect(ctx, c.streams)
	if err != nil {
		return err
	}
	defer closeService()
	if here := service.Session().ServiceID(); here.Key() != entry.Service.Key() {
		return fmt.Errorf("the edit was sent to %s, but this is %s: choose the cloud with --os-cloud, and the project", cloudOf(entry.Service), cloudOf(here))
	}
	if entry.Outcome == record.OutcomeOpen {
		entry = c.resolve(ctx, service, entry)
		if why := entry.CanUndo(); why != "" && entry.Outcome != record.OutcomeOpen {
			return errors.New(why)
		}
	}
	now, err := service.Get(ctx, entry.Base.ID)
	if err != nil {
		return err
	}
	if entry.Outcome == record.OutcomeOpen {
		return &api.Failure{
			Doing: "undo the edit", Means: "It got no response, and the image does not show all of it, so its outcome is unknown.",
			Advice: "Compare the image with the edit in glance-tui history. If the server applies it later, run the command again.",
		}
	}
	return c.send(ctx, service, edit.Undo(entry, now, rulesOf(ctx, service, true)))
}

// entry reads the edit that is to be undone.
func (c undoCommand) entry(id string) (record.Entry, error) {
	store, err := state.Open(state.Options{})
	if err != nil {
		return record.Entry{}, err
	}
	defer store.Close()
	all, unread := store.AllEntries(maxEntries)
	entry, err := findEntry(all, id)
	if err != nil {
		return entry, errors.Join(err, unread)
	}
	checked := entry
	if entry.Outcome == record.OutcomeOpen {
		checked.Outcome = record.OutcomeApplied // a reading will tell
	}
	if why := checked.CanUndo(); why != "" {
		return entry, errors.New(why)
	}
	return entry, nil
}

// resolve finds out what became of an edit without a response. Where that is not
// known yet, the entry stays as it is.
func (c undoCommand) resolve(ctx context.Context, service *client.Client, entry record.Entry) record.Entry {
	store, err := state.Open(state.Options{})
	if err != nil {
		return entry
	}
	defer store.Close()
	found, err := edit.Handler{Service: service, Keeper: store}.Resolve(ctx, []record.Entry{entry})
	for _, entry = range found.Resolved() {
		if entry.Outcome == record.OutcomeApplied {
			c.note("The edit got no response, but the image shows that it was applied.")
		}
	}
	if err != nil {
		c.note("This could not be recorded in the history: %v", err)
	}
	return entry
}
