package cli

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/glance-tui/glance-tui/demo/faults"
)

// faultList is a flag that may come several times.
type faultList struct {
	list []faults.Fault
	help bool // "help" was asked for

	saying sync.Mutex
}

var _ pflag.Value = (*faultList)(nil)

// String is what was given.
func (l *faultList) String() string {
	texts := make([]string, len(l.list))
	for n, f := range l.list {
		texts[n] = f.String()
	}
	return strings.Join(texts, " ")
}

// Set takes one more.
func (l *faultList) Set(text string) error {
	if text == "help" {
		l.help = true
		return nil
	}
	f, err := faults.Parse(text)
	if err != nil {
		return fmt.Errorf("%w; --fault help lists all", err)
	}
	l.list = append(l.list, f)
	return nil
}

// Type is what help shows for the value.
func (l *faultList) Type() string { return "FAULT" }

// struck logs an injected fault to standard error.
func (c *demoServerCommand) struck(f faults.Fault, r *http.Request) {
	c.faults.saying.Lock()
	defer c.faults.saying.Unlock()
	c.note("%s  %s %s: %s", time.Now().Format("15:04:05"), r.Method, escapedLine(r.URL.Path), f)
}

// escapedLine keeps what a client sends from being more than a line.
func escapedLine(s string) string {
	q := fmt.Sprintf("%q", s)
	return q[1 : len(q)-1]
}

// aboutFaults lists all faults, places and settings.
func aboutFaults() string {
	var b strings.Builder
	b.WriteString(`demo-server can inject the faults of real services, proxies and networks:

  --fault [WHERE:]FAULT[=VALUE][,SETTING[=VALUE]...][@WHICH]

The flag can be repeated; the first fault is the outermost. For example:

  --fault patch:drop-after           every edit is applied, its response is lost
  --fault list:503,retry-after=2@1-2 the first two pages of the list
  --fault get:401@3                  the third GET of an image
  --fault delay=2s                   every request

WHERE selects the requests:
`)
	for _, p := range faults.Places() {
		fmt.Fprintf(&b, "  %-14s %s\n", p.Name, p.Is)
	}
	b.WriteString("\nFAULT is what happens to such a request:\n")
	for _, k := range faults.Kinds() {
		name := k.Name
		if k.Value != "" {
			value, usual, _ := strings.Cut(k.Value, " ")
			name += "=" + value
			if usual != "" {
				usual = " " + usual
			}
			fmt.Fprintf(&b, "  %-20s %s\n", name, wrapped(k.Does+usual, 23))
			continue
		}
		fmt.Fprintf(&b, "  %-20s %s\n", name, wrapped(k.Does, 23))
	}
	b.WriteString("\nSETTING applies to the faults that support it:\n")
	for _, s := range faults.Settings() {
		name := s.Name
		if s.Value != "" {
			name += "=" + s.Value
		}
		fmt.Fprintf(&b, "  %-20s %s\n", name, wrapped(s.Does, 23))
	}
	b.WriteString(`
WHICH of these requests, counted from 1: @3 the third, @2-4 three of them, @2-
all from the second on. Without it, every matching request is affected.`)
	return b.String()
}

// wrapped breaks a text into lines of at most helpWidth columns that begin so
// far to the right.
func wrapped(text string, indent int) string {
	var b strings.Builder
	column := indent
	for n, word := range strings.Fields(text) {
		switch {
		case n == 0:
		case column+1+len(word) > helpWidth:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}

// completeFault offers the places, and behind a colon the faults.
func completeFault(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	place, _, placed := strings.Cut(typed, ":")
	var offers []string
	for _, k := range faults.Kinds() {
		name := k.Name
		if placed {
			name = place + ":" + name
		}
		offers = append(offers, cobra.CompletionWithDesc(name, k.Does))
	}
	if !placed {
		for _, p := range faults.Places() {
			offers = append(offers, cobra.CompletionWithDesc(p.Name+":", p.Is))
		}
	}
	return offers, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
