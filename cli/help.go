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

Flags of all commands:
{{flags .InheritedFlags}}{{end}}{{if .HasHelpSubCommands}}

More to read:{{range .Commands}}{{if .IsAdditionalHelpTopicCommand}}
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

// knownCommand refuses words behind the program's name that are no command.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	text := fmt.Sprintf("there is no command %q", args[0])
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return usageError{fmt.Errorf("%s", text)}
}

// exactly refuses any other number of arguments, naming those that it wants.
func exactly(names ...string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return wrongUsage("%s is missing", strings.Join(names[len(args):], " and "))
		case len(args) > len(names):
			return wrongUsage("%q is too much: %s takes no more", args[len(names)], strings.Join(names, " "))
		}
		return named(args, names...)
	}
}

// named refuses an empty argument: it comes from a variable of the shell that is
// not set, and nobody means the images without a name by it.
func named(args []string, names ...string) error {
	for n, name := range names[:min(len(args), len(names))] {
		if args[n] == "" {
			return wrongUsage("%s is empty", name)
		}
	}
	return nil
}
