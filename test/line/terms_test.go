package line

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
	"github.com/glance-tui/glance-tui/test/wire"
)

// sight is what was seen at a place of visit, as letters and as a screen.
type sight struct {
	text string
	wire.Screen
}

// visit goes through the list, scrolls it in both directions, and types into a
// form. Each sight is waited for until the cursor, and the image beside the rows
// where there is one, are where they go; and until it is as known, where it is.
func visit(m *terminal.Terminal, known []sight) []sight {
	var seen []sight
	look := func(texts ...string) {
		if m.WaitFor(texts...); known == nil {
			m.Silence(long)
		} else {
			wanted := known[len(seen)].text
			m.Until("to be\n"+wanted, func(screen string) bool { return screen == wanted })
			m.Silence(resting)
		}
		seen = append(seen, sight{m.Screen(), m.Seen()})
	}
	at := func(name string) {
		row := regexp.MustCompile("▸  . \\w+ +" + name)
		m.Until("to have the cursor on "+name, func(screen string) bool {
			return row.MatchString(screen) && (!strings.Contains(screen, "│") || strings.Contains(screen, "│ "+name))
		})
		look()
	}
	m.WaitFor("NAME", "newest first", "200 images")
	m.Press("s")
	m.WaitFor("by name")
	m.Press("g")
	for range 25 {
		m.Press("j")
	}
	at("alpine-3.22-minimal")
	m.Press("G", "k", "k")
	at("数据分析平台")
	for range 20 {
		m.Press("k")
	}
	at("ubuntu-24.04-minimal")
	m.Press("/")
	m.Type("Fedora 17")
	m.Press("enter")
	at("Fedora 17")
	m.Press("e")
	m.WaitFor("Edit Fedora 17")
	m.Type(" Server")
	look("1 operation", "Fedora 17 Server")
	m.Press("esc")
	at("Fedora 17")
	return seen
}

// library is a service for looking only: drafts are kept with the program. Its
// images are so old that no age changes while someone looks.
func library(t *testing.T) string {
	t.Helper()
	longAgo := time.Now().AddDate(-3, -2, 0)
	_, url := serve(t, demo.Options{Still: true, Images: 200, Now: func() time.Time { return longAgo }})
	return url
}

// TestEveryTypeOfTerminalShowsTheSame: what a type lacks changes sequences and
// colors, never letters; and no more colors are written than it has.
func TestEveryTypeOfTerminalShowsTheSame(t *testing.T) {
	t.Parallel()
	url := library(t)
	var first []sight
	for _, c := range []struct {
		term   string
		colors int
	}{
		{"", 1 << 24}, {"xterm-256color", 256}, {"screen-256color", 256}, {"tmux-256color", 256},
		{"screen", 256}, {"xterm", 16}, {"linux", 16},
	} {
		t.Run(c.term, func(t *testing.T) {
			if first != nil {
				t.Parallel()
			}
			m := terminal.StartOver(t, terminal.Line{Term: c.term}, 80, 24, command(t, url, "--refresh", "0"))
			seen := visit(m, first)
			if got := colorsIn(m.Raw()); got != c.colors {
				t.Errorf("%d colors", got)
			}
			if n := len(m.Raw()); n > 40_000 {
				t.Errorf("%d bytes", n)
			}
			if first == nil {
				first = seen
			}
		})
	}
}

var (
	millions = regexp.MustCompile(`[34]8;2;`)
	indexed  = regexp.MustCompile(`[34]8;5;`)
	basic    = regexp.MustCompile(`\x1b\[(\d+;)*([349][0-7]|10[0-7])(;\d+)*m`)
)

// colorsIn is how many colors a terminal needs for what was written to it.
func colorsIn(raw []byte) int {
	switch {
	case millions.Match(raw):
		return 1 << 24
	case indexed.Match(raw):
		return 256
	case basic.Match(raw):
		return 16
	}
	return 2
}

// TestWithinTmuxAndScreen has the program drawn by terminals that are not ours,
// which draw on ours: cell by cell, colors included, it is what the program
// draws there itself. Where one is not installed its part is skipped.
func TestWithinTmuxAndScreen(t *testing.T) {
	t.Parallel()
	const width, height = 132, 40
	url := library(t)
	direct := terminal.StartOver(t, terminal.Line{Term: "screen-256color"}, width, height, command(t, url, "--refresh", "0"))
	wanted := visit(direct, nil)
	tmux := func(dir string) []string {
		return []string{"tmux", "-u", "-S", filepath.Join(dir, "socket"), "-f", filepath.Join(dir, "configuration"), "new-session"}
	}
	screen := func(dir string) []string {
		return []string{"screen", "-U", "-c", filepath.Join(dir, "configuration"), "-S", "test"}
	}
	const ofTmux = "set -g status off\nset -g default-terminal tmux-256color\nset -g escape-time 0\n"
	const ofScreen = "startup_message off\nterm screen-256color\ndefutf8 on\naltscreen on\nmaptimeout 0\n"
	for _, c := range []struct {
		name, configuration string
		command             func(dir string) []string
		term                string // that the program is told
	}{
		{"tmux", ofTmux, tmux, "tmux-256color"},
		{"screen", ofScreen, screen, "screen-256color"},
		{"a vt100, which tmux can be", ofTmux, tmux, "vt100"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			outer := c.command(dir)
			path := terminal.Tool(t, outer[0], "the program is drawn within it")
			if err := os.WriteFile(filepath.Join(dir, "configuration"), []byte(c.configuration), 0o600); err != nil {
				t.Fatal(err)
			}
			sockets := filepath.Join(dir, "sockets")
			if err := os.Mkdir(sockets, 0o700); err != nil {
				t.Fatal(err)
			}
			inner := command(t, url, "--refresh", "0")
			cmd := exec.Command(path, append(append(outer[1:], "env", "TERM="+c.term), inner.Args...)...)
			cmd.Env = append(inner.Env, "SCREENDIR="+sockets, "TMUX_TMPDIR="+sockets, "SHELL=/bin/sh")
			m := terminal.StartOver(t, terminal.Line{Term: "xterm-256color"}, width, height, cmd)
			for n, s := range visit(m, wanted) {
				if diff := wire.Difference(s.Screen, wanted[n].Screen); diff != "" && c.term != "vt100" {
					t.Errorf("sight %d has other colors, or another cursor: %s", n, diff)
				}
			}
			m.Press("q")
			m.WaitExit()
		})
	}
}
