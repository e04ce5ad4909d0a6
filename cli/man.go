package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newMan prints the manual page, for packagers.
func newMan(s *streams, topics []topic) *cobra.Command {
	cmd := &cobra.Command{
		Use: "man", Short: "Print the manual page", Hidden: true,
		Args: cobra.NoArgs, ValidArgsFunction: cobra.NoFileCompletions,
	}
	cmd.RunE = runs(func(context.Context, []string) error {
		_, err := io.WriteString(s.out, manPage(cmd.Root(), topics))
		return err
	})
	return cmd
}

// manPage is the manual page of the whole program, from the same texts as the
// help (macros: man(7)).
func manPage(root *cobra.Command, topics []topic) string {
	p := &page{}
	day, _, _ := strings.Cut(date, "T")
	p.line(`.TH GLANCE-TUI 1 "%s" "glance-tui %s" "User commands"`, day, manText(versionNumber()))
	p.section("NAME")
	p.line(`glance\-tui \- %s`, manText(root.Short))
	p.section("SYNOPSIS")
	p.line(`.B glance\-tui`)
	p.line(`[\fIflags\fR]`)
	for _, cmd := range root.Commands() {
		if documented(cmd) {
			p.line(".br\n.B glance\\-tui\n%s", manText(strings.TrimPrefix(cmd.UseLine(), "glance-tui ")))
		}
	}
	p.section("DESCRIPTION")
	p.paragraph(root.Long)
	p.example(root.Example)
	p.section("COMMANDS")
	for _, cmd := range root.Commands() {
		if documented(cmd) {
			p.command(cmd)
		}
	}
	p.section("FLAGS")
	p.flags(root.Flags())
	for _, t := range topics {
		p.section(strings.ToUpper(t.Name()))
		p.literal(t.text())
	}
	p.section("ENVIRONMENT")
	p.tagged("OS_CLOUD, OS_AUTH_URL, OS_USERNAME, ...", "As for the openstack client; see CONNECTING.")
	p.tagged("OS_CLIENT_CONFIG_FILE", "A clouds.yaml to read instead of those in the usual directories.")
	p.tagged(keepVariable, "1: as --keep-token.")
	p.tagged("NO_COLOR, TERM, COLORFGBG", "Colors and background of the terminal.")
	p.tagged("LC_ALL, LC_CTYPE, LANG", "If not UTF-8, only ASCII characters are used.")
	p.tagged("PAGER", "What shows a text outside the terminal UI.")
	p.tagged("XDG_CONFIG_HOME, XDG_STATE_HOME", "Where clouds.yaml and the files below are.")
	p.section("FILES")
	p.tagged("~/.config/openstack/clouds.yaml, secure.yaml", "Clouds and their passwords.")
	p.tagged("~/.local/state/glance-tui", "Drafts, history and saved tokens.")
	p.section("EXIT STATUS")
	p.tagged("0", "Success.")
	p.tagged("1", "Rejected or failed; the reason is on standard error.")
	p.tagged("2", "Invalid usage.")
	p.section("SEE ALSO")
	p.line(`.BR openstack (1), .BR glance (1)`)
	return p.String()
}

// documented reports whether the page describes a command.
func documented(cmd *cobra.Command) bool {
	return !cmd.Hidden && cmd.Name() != "help" && !cmd.IsAdditionalHelpTopicCommand()
}

// page builds a manual page line by line.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) { fmt.Fprintf(&p.Builder, format+"\n", args...) }

func (p *page) section(name string) { p.line(`.SH "%s"`, manText(name)) }

func (p *page) tagged(tag, text string) {
	p.line(".TP\n\\fB%s\\fR\n%s", manText(tag), manText(text))
}

func (p *page) paragraph(text string) {
	for i, part := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			p.line(".PP")
		}
		p.line("%s", manText(part))
	}
}

// literal keeps a text's own lines, such as those of a table.
func (p *page) literal(text string) {
	p.line(".nf\n%s\n.fi", manText(strings.TrimSpace(text)))
}

func (p *page) example(text string) {
	if text == "" {
		return
	}
	p.line(".PP\n.RS 4\n.nf\n%s\n.fi\n.RE", manText(text))
}

func (p *page) command(cmd *cobra.Command) {
	p.line(".SS \"%s\"", manText(strings.TrimPrefix(cmd.UseLine(), "glance-tui ")))
	text := cmd.Long
	if text == "" || cmd.HasSubCommands() {
		text = cmd.Short + "."
	}
	p.paragraph(text)
	p.flags(cmd.LocalNonPersistentFlags())
	p.example(cmd.Example)
}

func (p *page) flags(set *pflag.FlagSet) {
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		value, usage := pflag.UnquoteUsage(f)
		if value != "" {
			name += " " + value
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.DefValue != "0s" {
			usage += " (default " + f.DefValue + ")"
		}
		p.tagged(name, usage)
	})
}

// manText escapes what troff would take for its own.
func manText(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, `"`, `\(dq`, "'", `\(aq`, "~", `\(ti`, "^", `\(ha`, "`", `\(ga`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
