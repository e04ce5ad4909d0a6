package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/state"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// sender is what edit and undo share: they review an edit, send it and report
// its outcome.
type sender struct {
	*options
	*streams
	format  *choice
	yes     bool
	dry     bool
	allow   []string
	undoes  bool     // the edit undoes another one
	remarks []string // for the review, besides the dangers
	// sleep is the clock of the looks at an edit; nil for that of the machine.
	sleep func(context.Context, time.Duration)
}

// dangers are the words that can be asked for, see explain.Hazard.
var dangers = []string{"public", "community", "delete", "queued", "owner"}

func newSender(o *options, s *streams) *sender {
	return &sender{options: o, streams: s, format: newChoice("text", "text", "json")}
}

func (c *sender) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringSliceVar(&c.allow, "allow", nil, "confirm dangers with the `WORDS` that the review asks for: public, community, delete, queued, owner")
	flags.BoolVarP(&c.yes, "yes", "y", false, "do not ask for confirmation; dangers still need --allow")
	flags.BoolVar(&c.dry, "dry-run", false, "show what would be sent without sending it")
	flags.BoolVar(&c.readOnly, "read-only", false, "do not send any request that changes data")
	flags.VarP(c.format, "format", "f", "output format")
	_ = cmd.RegisterFlagCompletionFunc("format", c.format.complete)
	_ = cmd.RegisterFlagCompletionFunc("allow", cobra.FixedCompletions(dangers, cobra.ShellCompDirectiveNoFileComp))
}

// checkFlags finds words that no danger asks for. No word at all is the value of
// a variable that is not set.
func (c *sender) checkFlags() error {
	if c.allow != nil && len(c.allow) == 0 {
		return wrongUsage("--allow is empty; use one or more of: %s", strings.Join(dangers, ", "))
	}
	for _, w := range c.allow {
		if !slices.Contains(dangers, w) {
			return wrongUsage("--allow: unknown word %q; use one or more of: %s", w, strings.Join(dangers, ", "))
		}
	}
	return nil
}

type editCommand struct{ *sender }

func newEdit(o *options, s *streams) *cobra.Command {
	c := editCommand{newSender(o, s)}
	cmd := &cobra.Command{
		Use:   "edit IMAGE CHANGE...",
		Short: "Change one image",
		Long: `Change one image with the smallest patch, as safely as in the terminal UI: just
before sending, the image is read again and changes by others are merged; the
edit is recorded in the history before it is sent; afterwards the image is read
to check the result. IMAGE is an ID or a unique name.

On a terminal the edit is shown, and sent after you confirm it. Without a
terminal the command is its own confirmation, but dangers need the words that
the review asks for: --allow public,delete. See: glance-tui help changes`,
		Example: `glance-tui edit "Fedora 17" name="Fedora 17 Server" tags+=lts protected=yes
glance-tui edit "Fedora 17" visibility=public --allow public
glance-tui edit "Fedora 17" prop:os_distro=fedora unset:prop:x --dry-run`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("missing arguments: IMAGE and CHANGE")
			}
			return named(args, "IMAGE")
		},
		ValidArgsFunction: completeChange,
		RunE:              runs(c.run),
	}
	c.addFlags(cmd)
	return cmd
}

// completeChange offers what a change can begin with.
func completeChange(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var offers []string
	for _, f := range edit.ChangeForms() {
		offers = append(offers, cobra.CompletionWithDesc(f.Begins, f.Means))
	}
	return offers, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

func (c editCommand) run(ctx context.Context, args []string) error {
	if err := c.checkFlags(); err != nil {
		return err
	}
	changes, err := edit.ParseChanges(args[1:])
	switch {
	case err != nil:
		return wrongUsage("%w", err)
	case len(changes) == 0:
		return wrongUsage("missing argument: CHANGE for %s, such as name=NAME or tags+=TAG; see: glance-tui help changes", args[0])
	}
	service, closeService, err := c.connect(ctx, c.streams)
	if err != nil {
		return err
	}
	defer closeService()
	base, _, err := find(ctx, service, args[0])
	if err != nil {
		return err
	}
	remark, err := checkOwner(ctx, service, changes, base)
	if err != nil {
		return err
	}
	if remark != "" {
		c.remarks = append(c.remarks, remark)
	}
	rules := rulesOf(ctx, service, changes.TouchLocations())
	wanted, err := changes.Apply(base, rules)
	if err != nil {
		return err
	}
	return c.send(ctx, service, edit.New(base, wanted, rules, edit.Options{}))
}

// rulesOf are the server's rules. What cannot be read of them leaves the last
// word to the server.
func rulesOf(ctx context.Context, service *client.Client, locations bool) rules.Rules {
	if locations {
		_, _ = service.Versions(ctx)
	}
	schema, err := service.Schema(ctx)
	rules := rules.ForSession(service.Session())
	if err == nil {
		rules.Schema = schema
	}
	if locations && rules.Admin {
		rules.Stores, _ = service.Stores(ctx)
	}
	return rules
}

// send reviews an edit, sends it, and reports its outcome.
func (c *sender) send(ctx context.Context, service *client.Client, e edit.Edit) error {
	if e.State() == edit.Reviewing {
		if refusal := e.Plan().Refusal; refusal != nil {
			return refusal
		}
		if !e.Plan().Sendable() {
			return c.nothingToDo(e)
		}
	}
	if c.readOnly && !c.dry {
		return &api.Failure{Doing: "send the edit", Kind: api.FailedReadOnlyMode,
			Means: "Read-only mode: nothing was sent", Advice: "Leave out --read-only to send it, or use --dry-run to see it."}
	}
	var keeper edit.Keeper
	if store, err := state.Open(state.Options{}); err == nil {
		defer store.Close()
		keeper = store
		if !c.dry {
			if err := store.Ready(); err != nil { // to be known before it is confirmed
				c.note("This edit may not be recorded in the history: %v", err)
			}
		}
	} else {
		c.note("This edit will not be recorded in the history: %v", err)
	}
	a := &asker{sender: c}
	r := edit.Runner{Handler: edit.Handler{Service: service, Keeper: keeper, Place: service.Session().ServiceID()}, Asker: a, Sleep: c.sleep}
	e = r.Run(ctx, e)
	if a.why != nil {
		return a.why
	}
	return c.report(ctx, e, a)
}

// nothingToDo is about an image that already has the values.
func (c *sender) nothingToDo(e edit.Edit) error {
	for _, l := range e.Stays() {
		c.note("%s", l)
	}
	if c.format.value == "json" {
		return c.writeJSON(e, "nothing to do")
	}
	_, err := fmt.Fprintf(c.out, "%s already has these values: nothing was sent.\n", safe.Text(draw.Name(e.Plan().Base)))
	return err
}
