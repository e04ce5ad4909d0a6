package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
)

// topic is something to read: for cobra, which lists it apart, a command that
// does nothing. Its text is written when somebody asks for it.
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
		newTopic("changes", "How to say what an image is to be", aboutChanges),
		newTopic("connecting", "How a cloud is found, and all flags for it", func() string { return aboutConnecting(root) }),
		newTopic("faults", "What demo-server can do wrong on purpose", aboutFaults),
		newTopic("filters", "How to say which images", aboutFilters),
	}
}

func aboutFilters() string {
	var b strings.Builder
	b.WriteString(`A filter is words with spaces between them, and all of them must hold. In the
terminal UI it is typed behind /, on the command line it follows list (in quotes
where the shell would read <, >, ! or ~ itself).

`)
	for _, term := range model.FilterTerms() {
		fmt.Fprintf(&b, "  %-24s %s\n", term.Form, term.Means)
	}
	b.WriteString(`
Case does not matter, but in the names of properties. Dates and times are in
UTC, as the Image API has them.

A key can be shortened as long as it stands for one key only: vis:pub, st:q. In
the terminal UI, tab completes it. Both find the same images, with one
difference: the terminal UI also shows hidden images and community images of
other projects, which list prints with hidden:yes and visibility:community.`)
	return b.String()
}

func aboutChanges() string {
	var b strings.Builder
	b.WriteString(`A change says what the image is to be, whatever it was. What it is already stays
as it is, so the same command twice sends one edit. Changes that contradict each
other are refused.

`)
	for _, f := range edit.ChangeForms() {
		fmt.Fprintf(&b, "  %-24s %s\n", f.Form, f.Means)
	}
	b.WriteString(`
A value goes to the end of the argument, spaces and all. A tag with a comma, and
the name of a property with an equals sign, stand in quotation marks, which are
doubled within: 'tags+="a,b",c' (the outer ones are the shell's).`)
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
	text := `The cloud is the one of --os-cloud, else of OS_CLOUD, else what OS_* variables
and flags describe, else the only one in clouds.yaml. That file is looked for in
the working directory, ~/.config/openstack, /etc/xdg/openstack and
/etc/openstack (OS_CLIENT_CONFIG_FILE names another); secure.yaml and
clouds-public.yaml stand beside it. $XDG_CONFIG_HOME counts.

Beside a cloud of clouds.yaml, variables choose region, interface, certificates
and OS_AUTH_TYPE, and fill in what the file leaves out, such as OS_PASSWORD or
OS_TOKEN. All others (OS_USERNAME, OS_PROJECT_NAME, OS_AUTH_URL ...) are ignored
where the cloud has its own; a sentence says which. Where OS_AUTH_URL or
OS_USERNAME is another than the cloud's, no password or token is taken from
variables either.

A password, one-time code (auth types v3totp, v3multifactor) or application
credential's secret that is configured nowhere is asked for on the terminal,
never read from a pipe.

"profile: NAME" in clouds.yaml takes a cloud of clouds-public.yaml, else one
that openstacksdk ships (ovh, otc, citycloud ...). Profiles that are URLs are
not supported.

Certificates are verified by the authorities in the file (or directory) of
cacert, else "verify: FILE" in clouds.yaml, else REQUESTS_CA_BUNDLE, else
CURL_CA_BUNDLE, else those of the system.

A service without Keystone: OS_AUTH_TYPE=none OS_ENDPOINT=URL.

Names are those of the openstack client. The variable of a flag is its name in
capitals, such as OS_AUTH_URL; flags win over variables:

` + flags.FlagUsagesWrapped(helpWidth)
	return strings.TrimRight(text, "\n")
}
