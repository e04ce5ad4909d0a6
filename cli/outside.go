package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// outside is what is beyond the terminal UI: the clipboard, files, a pager.
type outside struct {
	stage  *stage
	getenv func(string) string
}

var _ screen.Outside = outside{}

// tmuxTime is how long tmux may take for a copy.
const tmuxTime = 2 * time.Second

// Copy gives text to what the program runs in. Only tmux says what became of it.
func (o outside) Copy(text string) (said, sequence string) {
	sequence = ansi.SetSystemClipboard(text)
	switch {
	case o.getenv("TMUX") != "":
		ctx, cancel := context.WithTimeout(context.Background(), tmuxTime)
		defer cancel()
		load := exec.CommandContext(ctx, "tmux", "load-buffer", "-w", "-")
		load.Stdin = strings.NewReader(text)
		if load.Run() == nil {
			return "tmux, which passes it on to the terminal's clipboard.", ""
		}
		return `tmux. Without "set -g set-clipboard on" it stays there.`, sequence
	case o.getenv("STY") != "":
		return "the terminal's clipboard, through screen.", ansi.ScreenPassthrough(sequence, longestInScreen)
	}
	return "the terminal's clipboard.", sequence
}

// longestInScreen is how much GNU screen passes on at once.
const longestInScreen = 76

// Save writes a file that only its user can read.
func (outside) Save(path, text string, over bool) (full string, err error) {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		path = filepath.Join(home, rest)
	}
	if full, err = filepath.Abs(path); err != nil {
		return "", err
	}
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	if !over {
		return full, writeFile(full, os.O_EXCL, text)
	}
	// Beside it first: what is there stays until all of the new one is.
	if info, err := os.Lstat(full); err != nil || !info.Mode().IsRegular() {
		return full, errors.Join(err, &fs.PathError{Op: "replace", Path: full, Err: errNoFile})
	}
	beside := full + ".new"
	if err := writeFile(beside, os.O_EXCL, text); err != nil {
		return full, err
	}
	if err := os.Rename(beside, full); err != nil {
		_ = os.Remove(beside)
		return full, err
	}
	return full, nil
}

var errNoFile = errors.New("not an ordinary file")

func writeFile(path string, flags int, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|flags, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(path)
	}
	return err
}

// Pager shows text in $PAGER, or in less.
func (o outside) Pager(text string) tea.ExecCommand {
	return &pager{outside: o, text: strings.Join(safe.Lines(text), "\n") + "\n"}
}

type pager struct {
	outside
	text string
}

// Run has the terminal lent to the pager until it ends.
func (p *pager) Run() error {
	command := p.getenv("PAGER")
	if strings.TrimSpace(command) == "" {
		command = "less"
	}
	p.stage.out.settle()
	return p.stage.session.Lend(func() error {
		cmd := exec.CommandContext(context.Background(), "sh", "-c", command) // it ends when the user ends it
		cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(p.text), p.stage.out.File, p.stage.realStderr()
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w", command, err)
		}
		return nil
	})
}

func (*pager) SetStdin(io.Reader)  {}
func (*pager) SetStdout(io.Writer) {}
func (*pager) SetStderr(io.Writer) {}
