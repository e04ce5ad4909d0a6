package cli

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const example = `glance-tui --demo
glance-tui --os-cloud prod-eu --read-only
glance-tui list status:queued
glance-tui diff before.json wanted.json`

// newRoot makes the whole command tree for one run.
func newRoot(s *streams) *cobra.Command {
	o := newOptions()
	root := &cobra.Command{
		Use:   "glance-tui",
		Short: "edit OpenStack images in the terminal",
		Long: `Edit OpenStack images in the terminal: change fields in a form, review the
smallest JSON patch in plain words, send it, and watch the result. Without a
command, the terminal UI starts.`,
		Example:           example,
		Version:           fullVersion(),
		Args:              knownCommand,
		ValidArgsFunction: cobra.NoFileCompletions,
		SilenceErrors:     true,
		SilenceUsage:      true,
		RunE:              runs(newUI(o, s).run),
	}
	root.SetVersionTemplate("glance-tui {{.Version}}\n")
	root.SetUsageTemplate(usageTemplate)
	root.SuggestionsMinimumDistance = 2
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	root.PersistentFlags().SortFlags = false
	root.Flags().SortFlags = false
	o.addConnection(root)
	o.addStyle(root)
	o.addUI(root)
	offline := []*cobra.Command{newDiff(o, s), newDemoServer(o, s)}
	root.AddCommand(newHistory(o, s))
	root.AddCommand(newList(o, s), newShow(o, s), newEdit(o, s), newUndo(o, s))
	root.AddCommand(offline...)
	topics := newTopics(root)
	root.AddCommand(newMan(s, topics))
	for _, t := range topics {
		root.AddCommand(t.Command)
	}
	root.InitDefaultHelpCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "help" {
			cmd.Use, cmd.Short, cmd.Args = "help [COMMAND|TOPIC]", "Help about a command or topic", knownTopic
			cmd.ValidArgsFunction = completeTopics
			cmd.Long = "Show the help of a command, or a help topic."
		}
	}
	for _, cmd := range offline {
		cmd.Flags().SortFlags = false
		leaveOut(cmd, "os-cloud", "demo", "keep-token", "ascii", "theme")
	}
	return root
}

// leaveOut keeps flags that mean nothing to a command out of its help.
func leaveOut(cmd *cobra.Command, names ...string) {
	help := cmd.HelpFunc()
	cmd.SetHelpFunc(func(c *cobra.Command, args []string) {
		var hidden []*pflag.Flag
		for _, name := range names {
			if f := c.InheritedFlags().Lookup(name); f != nil && !f.Hidden {
				f.Hidden = true
				hidden = append(hidden, f)
			}
		}
		help(c, args)
		for _, f := range hidden {
			f.Hidden = false
		}
	})
}
