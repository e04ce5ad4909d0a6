package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model/filter"
)

// topic is a help topic: for cobra, which lists it apart, a command that does
// nothing. Its text is written when someone asks for it.
type topic struct {
	*cobra.Command
	text func() string
}

func newTopic(name, short string, text func() string) topic {
	t := topic{&cobra.Command{Use: name, Short: short}, text}
	t.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		cmd.Long = text()
		cmd.Root().HelpFunc()(cmd, args)
	})
	return t
}

// newTopics are all of them, by name.
func newTopics(root *cobra.Command) []topic {
	return []topic{
		newTopic("changes", "Syntax of changes to an image", aboutChanges),
		newTopic("connecting", "Choosing a cloud; connection flags", func() string { return aboutConnecting(root) }),
		newTopic("faults", "Faults that demo-server can inject", aboutFaults),
		newTopic("filters", "Filter syntax", aboutFilters),
	}
}

func aboutFilters() string {
	var b strings.Builder
	b.WriteString(`A filter is a list of words and terms separated by spaces; an image must match
all of them. In the terminal UI press /; on the command line give it after
"list", in quotes where it contains <, >, ! or ~.

`)
	for _, term := range filter.Terms() {
		fmt.Fprintf(&b, "  %-24s %s\n", term.Form, term.Means)
	}
	b.WriteString(`
Case is ignored, except in property names. Dates and times are in UTC, as in the
Image API.

A key can be abbreviated as long as it is unambiguous: vis:pub, st:q. In the
terminal UI, tab completes it. Both find the same images, with one difference:
the terminal UI also shows hidden images and community images of other projects,
which list prints with hidden:yes and visibility:community.`)
	return b.String()
}

func aboutChanges() string {
	var b strings.Builder
	b.WriteString(`A change sets a value, whatever the value was before. What already has the value
is not sent, so running the same command twice sends one edit. Contradictory
changes are an error.

`)
	for _, f := range edit.ChangeForms() {
		fmt.Fprintf(&b, "  %-24s %s\n", f.Form, f.Means)
	}
	b.WriteString(`
A value extends to the end of the argument, including spaces. Quote a tag that
contains a comma and a property name that contains an equals sign, and double
quotes inside: 'tags+="a,b",c' (the outer quotes are for the shell).`)
	return b.String()
}

// aboutConnecting describes the flags that no command's help lists.
func aboutConnecting(root *cobra.Command) string {
	flags := pflag.NewFlagSet("connecting", pflag.ContinueOnError)
	flags.SortFlags = false
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) {
		if _, ok := f.Annotations[connection]; ok {
			shown := *f
			shown.Hidden = false
			flags.AddFlag(&shown)
		}
	})
	text := `The cloud is taken from the first of these that is given:

  1. --os-cloud
  2. OS_CLOUD
  3. the OS_* variables and flags
  4. the only cloud in clouds.yaml

clouds.yaml is looked for in the working directory, ~/.config/openstack,
/etc/xdg/openstack and /etc/openstack; OS_CLIENT_CONFIG_FILE names another file.
secure.yaml and clouds-public.yaml are looked for next to it, then in the same
directories. $XDG_CONFIG_HOME replaces ~/.config.

With a cloud of clouds.yaml, variables choose the region, interface,
certificates and OS_AUTH_TYPE, and supply values missing from the file, such as
OS_PASSWORD or OS_TOKEN. Other variables (OS_USERNAME, OS_PROJECT_NAME,
OS_AUTH_URL ...) are ignored if the cloud has a value of its own; a note names
them. If OS_AUTH_URL or OS_USERNAME differs from the cloud's, no password or
token is taken from variables.

A password, one-time code (auth types v3totp, v3multifactor) or application
credential secret that is not configured is asked for on the terminal, never
read from a pipe.

"profile: NAME" in clouds.yaml refers to a cloud in clouds-public.yaml, or else
to one that openstacksdk ships (ovh, otc, citycloud ...). URLs are not supported
as profiles.

TLS certificates are verified against the first of: cacert (a file or a
directory), "verify: FILE" in clouds.yaml, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE,
the system's CA certificates.

A service without Keystone: OS_AUTH_TYPE=none OS_ENDPOINT=URL.

The flags have the names of the openstack client. Each has a variable, for
example OS_AUTH_URL for --os-auth-url; flags take precedence:

` + flags.FlagUsagesWrapped(helpWidth)
	return strings.TrimRight(text, "\n")
}
