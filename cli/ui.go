package cli

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"github.com/glance-tui/glance-tui/cli/tty"
	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/state"
	"github.com/glance-tui/glance-tui/ui"
	"github.com/glance-tui/glance-tui/ui/clouds"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// addUI declares the flags of the terminal UI alone.
func (o *options) addUI(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&o.readOnly, "read-only", false, "do not send any request that changes data")
	flags.BoolVar(&o.dryRun, "dry-run", false, "show what would be sent without sending it")
	flags.DurationVar(&o.refresh, "refresh", defaultRefresh, "check for changes every `TIME`; 0 turns it off")
	_ = cmd.RegisterFlagCompletionFunc("refresh", cobra.NoFileCompletions)
}

// uiCommand is the terminal UI.
type uiCommand struct {
	*options
	*streams
}

func newUI(o *options, s *streams) *uiCommand { return &uiCommand{options: o, streams: s} }

func (c *uiCommand) run(ctx context.Context, _ []string) error {
	if c.refresh < 0 || c.refresh > 0 && c.refresh < time.Second {
		return wrongUsage("--refresh must be at least 1s, or 0 to turn it off: %s", c.refresh)
	}
	if err := c.canDraw(); err != nil {
		return err
	}
	littleMemory()
	if err := c.settleKeeping(); err != nil {
		return err
	}
	join := &connector{options: c.options}
	keeper, closeKeeper, noKeeper := c.keeper()
	defer closeKeeper()
	defer join.close()
	start := c.start()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	_ = os.Unsetenv("TEA_TRACE") // a file in which Bubble Tea writes each key, those of a password among them
	var program *tea.Program
	stage, err := c.takeTerminal(func() { program.Send(ui.CaughtUp{}) }, func(error) { cancel(errTerminalGone) })
	if err != nil {
		return err
	}
	defer stage.giveBack()
	root := ui.New(ui.Config{
		Context: &screen.Context{
			Theme: c.style(), Now: time.Now, Outside: outside{stage, os.Getenv},
			Options: screen.Options{
				ReadOnly: c.readOnly, DryRun: c.dryRun, Refresh: c.refresh, Plain: c.plain(),
			},
		},
		Keeper: keeper, NoKeeper: noKeeper, Connector: join, Start: start, Cloud: c.cloud, FixedTheme: c.theme.value != "auto",
		Output: stage.out, Log: programLog{stage.log, join}, Suspend: suspension{stage},
	})
	program = tea.NewProgram(root, tea.WithContext(ctx), tea.WithInput(stage.in), tea.WithOutput(stage.out), tea.WithFPS(framesASecond))
	s := c.streams
	s.mortal()
	_, err = program.Run()
	root.Flush() // whatever ended it
	ended, gone := ctx.Err() != nil, context.Cause(ctx)
	s.deaf() // what is left is to wait for the terminal
	stage.giveBack()
	if errors.Is(err, tea.ErrProgramPanic) {
		stage.tellPanic(c.streams)
	}
	if kept := root.Kept(); kept != "" {
		c.note("%s", kept)
	}
	if errors.Is(gone, errTerminalGone) {
		return gone
	}
	if errors.Is(err, tea.ErrInterrupted) || ended {
		return context.Canceled
	}
	return err
}

// framesASecond is how often Bubble Tea may draw. A key waits for the next beat:
// with 60 a second up to 17 ms, which is the whole of what it may take.
const framesASecond = 120

// littleMemory has the collector run when half as much again is in use as was
// left the last time, in place of twice as much: measured at 100,000 images,
// the program takes 110 MB instead of 134 for no time that one could measure.
func littleMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}

// keeper is what keeps drafts and history; none where there is no telling where
// to, which is said on the screen and stops no one.
func (c *uiCommand) keeper() (screen.Keeper, func(), error) {
	store, err := state.Open(state.Options{})
	if err != nil {
		return nil, func() {}, err
	}
	c.logins = &logins{store: store}
	return store, func() { _ = store.Close(); c.logins.tell(c.streams) }, nil
}

// start is what the program begins with: the first screen where nothing is
// configured or several clouds are and none was named; else the cloud, whose
// faults the first screen shows.
func (c *uiCommand) start() ui.Start {
	if c.demo {
		return ui.StartDemo
	}
	var nothing *config.NothingConfigured
	if _, err := config.Load(c.sources()); errors.As(err, &nothing) {
		return ui.StartChoose
	}
	return ui.StartConnect
}

// connector gives the terminal UI its service: a client of a cloud, or of the
// embedded service.
type connector struct {
	*options

	mu     sync.Mutex
	closes []func()              // what to end with the program
	hides  []func(string) string // the secrets that are in use
}

var _ ui.Connector = (*connector)(nil)

// Connect logs in to a cloud of clouds.yaml; an empty name is what the flags
// and variables say.
func (j *connector) Connect(ctx context.Context, name string, answers screen.Answers) (screen.Service, error) {
	opts := j.clientOptions(name)
	opts.Answers = answers
	c, err := client.Connect(ctx, opts)
	if err != nil {
		return nil, err
	}
	j.atEnd(c.Close)
	j.mu.Lock()
	j.hides = append(j.hides, c.Hide)
	j.mu.Unlock()
	return c, nil
}

// Demo starts the embedded service.
func (j *connector) Demo(ctx context.Context) (screen.Service, error) {
	c, stop, err := j.connectDemo(ctx)
	if err != nil {
		return nil, err
	}
	j.atEnd(stop)
	return c, nil
}

// Clouds is what is configured, for the first screen.
func (j *connector) Clouds() clouds.Config {
	conf := clouds.Config{Tried: j.cloud}
	var nothing *config.NothingConfigured
	if _, err := config.Load(config.Sources{Dirs: j.sources().Dirs, Flags: j.settings}); errors.As(err, &nothing) {
		conf.Places = nothing.Looked
	}
	entries, err := config.List(j.sources())
	conf.Problem = err
	for _, e := range entries {
		conf.Clouds = append(conf.Clouds, clouds.Entry{Name: e.Name, AuthURL: e.AuthURL, Region: e.Region, Project: e.Project})
	}
	return conf
}

// programLog is what libraries said, without the secrets that a server may echo.
type programLog struct {
	*tty.Log
	*connector
}

// Lines are what was said.
func (l programLog) Lines() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	lines := l.Log.Lines()
	for n := range lines {
		for _, hide := range l.hides {
			lines[n] = hide(lines[n])
		}
	}
	return lines
}

func (j *connector) atEnd(f func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.closes = append(j.closes, f)
}

func (j *connector) close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, f := range j.closes {
		f()
	}
}
