package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model/filter"
)

// unquoteUsages takes the quotes off the texts of flags: they mark a value's
// name for help, and mean nothing to a shell.
func unquoteUsages(cmd *cobra.Command) {
	unquote := func(f *pflag.Flag) { _, f.Usage = pflag.UnquoteUsage(f) }
	cmd.Flags().VisitAll(unquote)
	cmd.PersistentFlags().VisitAll(unquote)
	for _, c := range cmd.Commands() {
		unquoteUsages(c)
	}
}

// completeTopics offers what has a help text.
func completeTopics(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var offers []string
	for _, c := range cmd.Root().Commands() {
		if len(args) == 0 && !c.Hidden && c.Name() != "help" {
			offers = append(offers, cobra.CompletionWithDesc(c.Name(), c.Short))
		}
	}
	return offers, cobra.ShellCompDirectiveNoFileComp
}

// completeClouds offers the clouds of clouds.yaml.
func (o *options) completeClouds(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	entries, err := config.List(o.sources())
	if err != nil {
		return cobra.AppendActiveHelp(nil, err.Error()), cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, e := range entries {
		about := e.AuthURL
		if e.Project != "" {
			about = e.Project + " at " + about
		}
		names = append(names, cobra.CompletionWithDesc(e.Name, about))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeSetting offers the values of a connection setting.
func completeSetting(s config.Setting) cobra.CompletionFunc {
	switch s.Key {
	case "cacert", "cert", "key":
		return completeFiles
	case "interface", "image_interface":
		return cobra.FixedCompletions([]string{"public", "internal", "admin"}, cobra.ShellCompDirectiveNoFileComp)
	case "auth_type":
		return cobra.FixedCompletions([]string{
			string(config.Password), string(config.Token), string(config.ApplicationCredential),
			"v3totp", "v3multifactor", string(config.None), string(config.TokenEndpoint),
		}, cobra.ShellCompDirectiveNoFileComp)
	}
	return cobra.NoFileCompletions
}

func completeFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

// completeFilter offers the keys of a filter, and behind a colon its values.
func completeFilter(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	not := ""
	if strings.HasPrefix(typed, "!") {
		not = "!"
	}
	key, _, hasKey := strings.Cut(strings.TrimPrefix(typed, not), ":")
	const more = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	var offers []string
	for _, term := range filter.Terms() {
		switch {
		case term.Key == "":
		case !hasKey:
			offers = append(offers, cobra.CompletionWithDesc(not+term.Key+":", term.Means))
		case term.Key == key:
			for _, v := range term.Values {
				offers = append(offers, not+key+":"+v)
			}
			return offers, cobra.ShellCompDirectiveNoFileComp
		}
	}
	return offers, more
}
