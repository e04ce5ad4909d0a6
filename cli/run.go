package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/glance-tui/glance-tui/ui/safe"
)

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1 // rejected or failed
	exitUsage  = 2 // invalid usage
)

// Run runs a command line (without the program's name) and gives the
// exit status.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	noCore()
	log.SetOutput(io.Discard) // a library's lines may quote a server, and are no result
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	defer stop()
	s := &streams{in: stdin, out: stdout, err: stderr, deaf: stop}
	s.mortal = context.AfterFunc(ctx, stop)
	out := &written{Writer: stdout}
	root := newRoot(s)
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		unquoteUsages(root)
	}
	root.SetArgs(append([]string{}, args...)) // nil would be the process's own
	root.SetIn(stdin)
	root.SetOut(out)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if lost := out.failure(); lost != nil {
		err = lost
	}
	return report(stderr, cmd, err)
}

// endings are the signals that end the program in order: what is to be kept is
// written down first. A dropped connection is one of them (SIGHUP), unless
// whoever started the program had it ignored, as nohup does.
func endings() []os.Signal {
	all := []os.Signal{syscall.SIGINT, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer

	// The first signal ends what is being done, and a second one the process, as
	// if it had no handler. The terminal UI calls mortal so that nothing ends it
	// before what was typed is written down, and deaf once it is.
	mortal func() bool
	deaf   func()
}

// note writes a line for a user, beside the result. It may quote untrusted text.
func (s *streams) note(format string, args ...any) {
	fmt.Fprintln(s.err, safe.Text(fmt.Sprintf(format, args...)))
}

// failed marks an error of a command's work. All other errors come from cobra,
// which found the command line wrong.
type failed struct{ error }

func (f failed) Unwrap() error { return f.error }

// usageError is a command line that only the command itself could find wrong.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

func wrongUsage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// action is a command's work.
type action func(ctx context.Context, args []string) error

// runs makes an action what cobra calls, its errors told from cobra's own.
func runs(do action) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := do(cmd.Context(), args)
		var wrong usageError
		if err == nil || errors.As(err, &wrong) {
			return err
		}
		return failed{err}
	}
}
