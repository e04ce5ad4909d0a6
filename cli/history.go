package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// historyCommand lists what was sent from this machine. It needs no cloud.
type historyCommand struct {
	*options
	*streams
	format *choice
	limit  int
}

func newHistory(o *options, s *streams) *cobra.Command {
	c := &historyCommand{options: o, streams: s, format: newChoice("table", "table", "json")}
	cmd := &cobra.Command{
		Use:   "history [IMAGE]",
		Short: "List edits sent from this machine",
		Long: `List edits sent from this machine, latest first: time, ID, outcome, image, cloud
and user. IMAGE is an ID or the name at the time of the edit. No cloud is
contacted. To undo an edit: glance-tui undo ID, or press H in the terminal UI,
then u.`,
		Example: `glance-tui history
glance-tui history "Fedora 17" --format json
glance-tui history --os-cloud prod-eu --limit 5`,
		Args: func(cmd *cobra.Command, args []string) error {
			return cmp.Or(cobra.MaximumNArgs(1)(cmd, args), named(args, "IMAGE"))
		},
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              runs(c.run),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.VarP(c.format, "format", "f", "output format")
	flags.IntVarP(&c.limit, "limit", "n", 50, "list at most `NUMBER` edits")
	_ = cmd.RegisterFlagCompletionFunc("format", c.format.complete)
	_ = cmd.RegisterFlagCompletionFunc("limit", cobra.NoFileCompletions)
	return cmd
}

// maxEntries is more than a history holds.
const maxEntries = 1 << 20

func (c *historyCommand) run(_ context.Context, args []string) error {
	if c.limit < 1 {
		return wrongUsage("--limit must be 1 or greater: %d", c.limit)
	}
	store, err := state.Open(state.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	found, unread := store.AllEntries(maxEntries)
	var entries []record.Entry
	for _, e := range found {
		if len(entries) < c.limit && c.wants(e, args) {
			entries = append(entries, e)
		}
	}
	write := c.table
	if c.format.value == "json" {
		write = c.json
	}
	if err := write(entries); err != nil {
		return err
	}
	c.noteSkipped(store, found)
	if len(entries) == 0 && unread == nil {
		c.note("No edits recorded in %s.", safe.Text(store.Dir()))
	}
	return unread
}

// noteSkipped tells of lines that could not be read: they may have been edits.
func (c *historyCommand) noteSkipped(store *state.Store, found []record.Entry) {
	seen := map[string]bool{}
	for _, e := range found {
		if key := e.Service.Key(); !seen[key] {
			seen[key] = true
			n, err := store.Skipped(e.Service)
			if err == nil && n.Damaged > 0 {
				c.note("Skipped %s in the history of %s.", draw.Count(n.Damaged, "damaged line"), safe.Text(cloudOf(e.Service)))
			}
			if err == nil && n.Newer > 0 {
				c.note("Skipped %s of a newer glance-tui in the history of %s.", draw.Count(n.Newer, "line"), safe.Text(cloudOf(e.Service)))
			}
		}
	}
}

func (c *historyCommand) wants(e record.Entry, image []string) bool {
	switch {
	case c.demo && !e.Service.Demo, c.cloud != "" && e.Service.Cloud != c.cloud:
		return false
	case len(image) == 0:
		return true
	}
	return e.Base.ID == image[0] || e.Base.Name.Or("") == image[0] || e.Wanted.Name.Or("") == image[0]
}

// historyEntry is an entry as JSON: the fields of the API under their own
// names.
type historyEntry struct {
	Time     time.Time       `json:"time"`
	Place    api.ServiceID   `json:"place"`
	ImageID  string          `json:"image_id"`
	Name     *string         `json:"image_name"`
	Outcome  string          `json:"outcome"`
	Resolved bool            `json:"resolved_later"`
	Undoes   string          `json:"undoes,omitempty"`
	ID       string          `json:"id"`
	Patches  []patch.Patch   `json:"patches"`
	Words    []string        `json:"words"`
	Answers  []historyAnswer `json:"answers"`
}

type historyAnswer struct {
	Code         int     `json:"code"`
	Reason       string  `json:"reason"`
	RequestID    string  `json:"request_id"`
	Detail       string  `json:"detail,omitempty"`
	Milliseconds float64 `json:"milliseconds"`
}

func (c *historyCommand) json(entries []record.Entry) error {
	out := make([]historyEntry, 0, len(entries))
	for _, e := range entries {
		h := historyEntry{
			Time: e.StartedAt, Place: e.Service, ImageID: e.Base.ID, Outcome: outcomeWord(e), Resolved: e.Resolved,
			Undoes: e.Undoes, ID: e.ID, Patches: e.Requests, Words: sentences(e), Answers: []historyAnswer{},
		}
		if e.Base.Name.Set {
			h.Name = &e.Base.Name.Value
		}
		for _, a := range e.Responses {
			h.Answers = append(h.Answers, historyAnswer{
				Code: a.Code, Reason: a.Reason, RequestID: a.RequestID, Detail: a.Detail,
				Milliseconds: float64(a.Duration.Microseconds()) / 1000,
			})
		}
		out = append(out, h)
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("could not write the history: %w", err)
	}
	_, err := c.out.Write(text.Bytes())
	return err
}

// table prints a line for each entry. On a terminal what is too wide is cut;
// elsewhere everything is in full.
func (c *historyCommand) table(entries []record.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	width := 0
	if f, ok := c.out.(term.File); ok && term.IsTerminal(f.Fd()) {
		width, _, _ = term.GetSize(f.Fd())
	}
	rows := [][]string{{"TIME", "ID", "OUTCOME", "IMAGE", "CLOUD", "BY", "WHAT"}}
	for _, e := range entries {
		who := strings.Trim(e.Service.User+"@"+e.Service.Project, "@")
		rows = append(rows, []string{
			e.StartedAt.Local().Format("2006-01-02 15:04:05"), shownID(e), outcomeWord(e), draw.Name(e.Base), cloudOf(e.Service), who,
			strings.Join(sentences(e), "; "),
		})
	}
	widths := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, cell := range r[:len(r)-1] {
			r[i] = safe.Text(cell)
			if r[i] == "" {
				r[i] = "-"
			}
			widths[i] = min(max(widths[i], safe.Width(r[i])), 40)
		}
		r[len(r)-1] = safe.Text(r[len(r)-1])
	}
	var text strings.Builder
	for _, r := range rows {
		var line strings.Builder
		for i, cell := range r[:len(r)-1] {
			if width > 0 {
				cell = safe.Cut(cell, widths[i])
			}
			line.WriteString(cell + strings.Repeat(" ", max(0, widths[i]-safe.Width(cell))) + "  ")
		}
		whole := line.String() + r[len(r)-1]
		if width > 0 {
			whole = safe.Cut(whole, width)
		}
		text.WriteString(whole + "\n")
	}
	_, err := c.out.Write([]byte(text.String()))
	return err
}

func cloudOf(p api.ServiceID) string {
	switch {
	case p.Demo:
		return "demo"
	case p.Cloud != "":
		return p.Cloud
	}
	return p.Endpoint
}

// outcomeWord is what became of an edit, as the screens say it.
func outcomeWord(e record.Entry) string {
	switch e.Outcome {
	case record.OutcomeOpen:
		if e.OwnedBy != "" {
			return "in progress"
		}
		return "no response"
	case record.OutcomeApplied:
		return "applied"
	case record.OutcomePartlyApplied:
		return "partly applied"
	case record.OutcomeNotApplied:
		return "not applied"
	case record.OutcomeRejected:
		return "rejected"
	case record.OutcomeDeleted:
		return "deleted"
	}
	return string(e.Outcome)
}

// sentences are what the operations of an entry do.
func sentences(e record.Entry) []string {
	out := []string{}
	for _, s := range explain.Entry(e) {
		out = append(out, s.Text)
	}
	return out
}
