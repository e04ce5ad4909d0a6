package cli

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"slices"
	"sync"

	"github.com/charmbracelet/x/term"

	"github.com/glance-tui/glance-tui/cli/tty"
)

// stage is the terminal while the terminal UI has it.
type stage struct {
	session *tty.Session
	in      *tty.Input
	out     *output
	log     *tty.Log    // what libraries say meanwhile
	stderr  *tty.Stderr // nil where standard error leads elsewhere

	once sync.Once
	undo []func()
}

var errTerminalGone = errors.New("the terminal was closed")

// canDraw says why the terminal UI cannot be shown here.
func (c *uiCommand) canDraw() error {
	if !isTerminal(c.in) || !isTerminal(c.out) {
		return wrongUsage("standard input and output must be a terminal; " +
			"over SSH use ssh -t HOST glance-tui; in scripts use glance-tui list")
	}
	if kind := os.Getenv("TERM"); runtime.GOOS != "windows" && slices.Contains(typewriters, kind) {
		return fmt.Errorf("the terminal UI cannot draw on this terminal (TERM=%s), which cannot move its cursor: "+
			"glance-tui list works here", kind)
	}
	w, h, err := term.GetSize(c.out.(term.File).Fd())
	if err == nil && w*h > largestWindow {
		return fmt.Errorf("the terminal UI cannot draw a window of %d columns and %d rows: "+
			"make it smaller, or use glance-tui list", w, h)
	}
	return nil
}

// typewriters are the types of terminals that cannot move their cursor.
var typewriters = []string{"", "dumb", "unknown", "network", "dialup", "glasstty", "emacs", "9term", "noansi"}

// largestWindow is how many cells a window may have: more than any screen has, and
// as many as Bubble Tea takes while it runs.
const largestWindow = 1 << 20

func isTerminal(stream any) bool {
	f, ok := stream.(term.File)
	return ok && term.IsTerminal(f.Fd())
}

// takeTerminal makes the terminal the program's own. Until it is given back no one
// else writes on it.
func (c *uiCommand) takeTerminal(caughtUp func(), gone func(error)) (*stage, error) {
	in, out := c.in.(term.File), c.out.(term.File)
	session, err := tty.Take(in, out)
	if err != nil {
		return nil, fmt.Errorf("could not set up the terminal: %w", err)
	}
	s := &stage{session: session, in: tty.NewInput(in, gone), out: newOutput(out, caughtUp, gone), log: &tty.Log{}}
	log.SetOutput(s.log)
	s.undo = append(s.undo, func() { log.SetOutput(io.Discard) })
	release := func() {}
	if isTerminal(c.err) {
		if caught, err := tty.CatchStderr(s.log); err == nil {
			s.stderr, release = caught, sync.OnceFunc(caught.Release)
		}
	}
	s.undo = append(s.undo, release, session.RescueOn(release))
	return s, nil
}

// giveBack leaves the terminal as it was found, with all that was written to it.
func (s *stage) giveBack() {
	s.once.Do(func() {
		s.out.drain()
		asked, last := s.out.questions()
		s.session.GiveBack(asked-s.in.Fences(), last)
		for _, undo := range s.undo {
			undo()
		}
	})
}

// realStderr is for programs that the terminal is lent to.
func (s *stage) realStderr() *os.File {
	if s.stderr != nil {
		return s.stderr.Real()
	}
	return os.Stderr
}

// tellPanic writes the trace of a fault of ours, which Bubble Tea wrote while
// standard error was caught.
func (s *stage) tellPanic(to *streams) {
	lines := s.log.Lines()
	for _, line := range lines[max(0, slices.Index(lines, "Caught panic:")):] {
		fmt.Fprintln(to.err, line)
	}
}

// suspension gives the terminal back to the shell until the program is to go on. It
// is an ExecCommand of Bubble Tea, which leaves the screen for it.
type suspension struct{ *stage }

var errNotStopped = errors.New("no shell could have it go on")

// Run stops the program, and returns when it goes on.
func (s suspension) Run() error {
	s.out.settle()
	return s.session.Lend(func() error {
		if !tty.Stop() {
			return errNotStopped
		}
		return nil
	})
}

func (suspension) SetStdin(io.Reader)  {}
func (suspension) SetStdout(io.Writer) {}
func (suspension) SetStderr(io.Writer) {}
