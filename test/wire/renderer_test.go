package wire

import (
	"bytes"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/creack/pty"
)

// player shows a view more with every key.
type player struct {
	views []tea.View
	at    int
}

func (p *player) Init() tea.Cmd { return nil }

func (p *player) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		if k.String() == "q" {
			return p, tea.Quit
		}
		p.at++
	}
	return p, nil
}

func (p *player) View() tea.View {
	v := p.views[min(p.at, len(p.views)-1)]
	v.AltScreen = true
	return v
}

// What the renderer in memory writes for a change is what a program writes to a
// terminal, byte by byte.
func TestTheRendererWritesAsBubbleTeaDoes(t *testing.T) {
	for seed := range 5 {
		s := stories.Example(seed)
		tty, terminal, err := pty.Open()
		if err != nil {
			t.Skipf("no pseudo-terminals here: %v", err)
		}
		if err := pty.Setsize(tty, &pty.Winsize{Cols: uint16(s.width), Rows: uint16(s.height)}); err != nil {
			t.Fatal(err)
		}
		written := make(chan []byte, 1024)
		go func() {
			defer close(written)
			for {
				buf := make([]byte, 32<<10)
				n, err := tty.Read(buf)
				if err != nil {
					return
				}
				written <- buf[:n]
			}
		}()
		program := tea.NewProgram(&player{views: s.views}, tea.WithInput(terminal), tea.WithOutput(terminal),
			tea.WithEnvironment([]string{"TERM=xterm-256color", "SSH_TTY=/dev/pts/0"}), // no question about mode 2026
			tea.WithColorProfile(colorprofile.TrueColor), tea.WithoutSignalHandler())
		ended := make(chan error, 1)
		go func() { _, err := program.Run(); ended <- err }()

		renderer := NewRenderer(s.width, s.height, colorprofile.TrueColor)
		var got []byte
		until := func(what string, ok func() bool) {
			t.Helper()
			for !ok() {
				select {
				case b := <-written:
					got = append(got, b...)
				case <-time.After(5 * time.Minute):
					t.Fatalf("story %d: %s does not come; what came is\n%q", seed, what, got)
				}
			}
		}
		for n, v := range s.views {
			want := renderer.Write(v)
			if n > 0 {
				if _, err := tty.WriteString("x"); err != nil {
					t.Fatal(err)
				}
			}
			// The first comes with the modes that a program sets.
			until(string(want), func() bool {
				return n == 0 && bytes.Contains(got, bytes.TrimPrefix(want, []byte("\x1b[?25l"))) || n > 0 && bytes.Equal(got, want)
			})
			got = nil
		}
		if _, err := tty.WriteString("q"); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; err != nil && !strings.Contains(err.Error(), "killed") {
			t.Error(err)
		}
		_, _ = terminal.Close(), tty.Close()
	}
}
