package line

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
	"github.com/glance-tui/glance-tui/test/wire"
)

// visit goes through the list and into a form, and gives what is seen at the
// end of each part.
func visit(m *terminal.Terminal) []wire.Screen {
	var seen []wire.Screen
	look := func(texts ...string) {
		m.WaitFor(texts...)
		m.Silence(resting)
		seen = append(seen, m.Seen())
	}
	m.WaitFor("NAME", "newest first")
	m.WaitGone(" of ?")
	m.Press("s")
	m.WaitFor("by name")
	m.Press("g")
	for range 25 {
		m.Press("j") // some of it scrolls
	}
	look("▸")
	m.Press("G", "k", "k")
	look("▸")
	m.Press("/")
	m.Type("Fedora 17")
	m.Press("enter", "e")
	m.WaitFor("Edit Fedora 17")
	m.Type(" Server")
	look("1 operation")
	m.Press("esc")
	look("NAME")
	return seen
}

// TestEveryTerminalTypeShowsTheSame: what a type of terminal lacks changes the
// sequences and the colours, never the letters.
func TestEveryTerminalTypeShowsTheSame(t *testing.T) {
	t.Parallel()
	_, url := serve(t, demo.Options{Still: true, Images: 200})
	var first []wire.Screen
	for _, c := range []struct {
		term    string
		colours int
	}{
		{"", 1 << 24}, {"xterm-256color", 256}, {"screen-256color", 256}, {"tmux-256color", 256},
		{"xterm", 16}, {"screen", 16}, {"linux", 16}, {"vt100", 2},
	} {
		t.Run(c.term, func(t *testing.T) {
			m := terminal.StartOver(t, terminal.Line{Term: c.term}, 80, 24, command(t, url, "--refresh", "0"))
			seen := visit(m)
			fmt.Println(c.term, len(m.Raw()), coloursIn(m.Raw()))
			_ = first
			_ = seen
		})
	}
}

var (
	millions = regexp.MustCompile(`[34]8;2;`)
	indexed  = regexp.MustCompile(`[34]8;5;`)
	basic    = regexp.MustCompile(`\x1b\[(\d+;)*(3[0-7]|9[0-7]|4[0-7]|10[0-7])(;\d+)*m`)
)

func coloursIn(raw []byte) int {
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

var _ = exec.Command
var _ = os.Getenv
var _ = filepath.Join
var _ = strings.Join
