package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// usageTemplate is cobra's, with lines that fit 80 columns and without what
// says nothing.
const usageTemplate = `Usage:{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND{{end}}{{if .HasExample}}

Examples:
{{indent .Example}}{{end}}{{if .HasAvailableSubCommands}}

Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{flags .LocalFlags}}{{end}}{{if .HasAvailableInheritedFlags}}

Global flags:
{{flags .InheritedFlags}}{{end}}{{if .HasHelpSubCommands}}

Help topics:{{range .Commands}}{{if .IsAdditionalHelpTopicCommand}}
  glance-tui help {{rpad .Name 11}} {{.Short}}{{end}}{{end}}{{end}}
`

// helpWidth is the widest line of a help text.
const helpWidth = 80

func init() {
	cobra.AddTemplateFunc("indent", func(s string) string {
		return "  " + strings.ReplaceAll(s, "\n", "\n  ")
	})
	cobra.AddTemplateFunc("flags", func(set interface{ FlagUsagesWrapped(int) string }) string {
		return strings.TrimRight(set.FlagUsagesWrapped(helpWidth), "\n")
	})
}

// knownCommand rejects words after the program's name that are not a command.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	text := fmt.Sprintf("unknown command %q", args[0])
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return usageError{fmt.Errorf("%s", text)}
}

// knownTopic rejects what is neither a command nor a help topic; cobra would show
// the help of the program.
func knownTopic(cmd *cobra.Command, args []string) error {
	if found, rest, err := cmd.Root().Find(args); err != nil || len(rest) > 0 || found == cmd.Root() && len(args) > 0 {
		return wrongUsage("unknown help topic %q; run glance-tui help to see all", strings.Join(args, " "))
	}
	return nil
}

// exactly rejects any other number of arguments, naming those that are missing.
func exactly(names ...string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return wrongUsage("missing argument: %s", strings.Join(names[len(args):], " and "))
		case len(args) > len(names):
			return wrongUsage("unexpected argument %q", args[len(names)])
		}
		return named(args, names...)
	}
}

// named rejects an empty argument: it comes from a variable of the shell that is
// not set, and no one means the images without a name by it.
func named(args []string, names ...string) error {
	for n, name := range names[:min(len(args), len(names))] {
		if args[n] == "" {
			return wrongUsage("%s is empty", name)
		}
	}
	return nil
}
