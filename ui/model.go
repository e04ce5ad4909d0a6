// Package ui is the terminal user interface: a root model that holds a stack
// of screens, routes messages to them and draws the frame around the topmost.
// What a screen shows and does is the screen's own business; see package
// screen for the contract and the directories beside this file for the screens.
package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/ui/clouds"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Connector finds an Image service. The cli implements it.
type Connector interface {
	// Connect authenticates with the cloud of that name, or with what flags
	// and variables say where name is empty. Errors are *api.Failure; where a
	// *api.SecretNeeded is among them, it can be tried again with an answer.
	Connect(ctx context.Context, name string, answers screen.Answers) (screen.Service, error)
	// Demo starts the embedded service.
	Demo(ctx context.Context) (screen.Service, error)
	// Clouds is what is configured, for the first screen.
	Clouds() clouds.Config
}

// Start is what the program begins with.
type Start int

// The ways to begin.
const (
	// StartConnect connects to Cloud (or to what the variables say).
	StartConnect Start = iota
	// StartDemo opens the embedded service.
	StartDemo
	// StartChoose shows the first screen.
	StartChoose
)

// Config is what New needs.
type Config struct {
	Context   *screen.Context
	Connector Connector
	Start     Start
	Cloud     string
	// Keeper is where drafts and history outlive the program; nil for nowhere.
	Keeper screen.Keeper
	// NoKeeper is why there is no Keeper.
	NoKeeper error
	// FixedTheme keeps the theme of Context whatever the terminal's background.
	FixedTheme bool
	// Output is what the frames go to; nil is one that takes them at once.
	Output Output
	// Observe is told of each action before it is run, for tests that run
	// the whole program; nil for no one.
	Observe func(action tea.Msg)
	// Log is what libraries said while the screen was up; nil for nothing.
	Log Log
	// Suspend stops the program until its shell has it go on; nil where there is no
	// such thing.
	Suspend tea.ExecCommand
}

// Output tells whether the terminal has taken all that was drawn. Where it has
// not, CaughtUp comes when it has.
type Output interface{ Behind() bool }

// CaughtUp says that the terminal has taken all that was drawn.
type CaughtUp struct{}

// Model is the root of the program.
type Model struct {
	ctx        *screen.Context
	drafts     *edit.Drafts
	history    *keptHistory // nil where nothing outlives the program
	noKeeper   error        // why
	connector  Connector
	start      Start
	cloud      string
	fixedTheme bool

	stack       []screen.Screen
	editing     string // the image of the form that was opened last
	unreadSaid  bool   // that earlier drafts cannot be read
	lost        edit.LostUpdates
	resolver    *resolving
	draftRunner *edit.DraftRunner
	pausing     bool      // between two writings of drafts
	actions     []tea.Msg // that were asked for and are not run yet
	ahead       typedAhead
	lastKey     time.Time // of which the screens were told

	observe    func(tea.Msg)
	output     Output
	log        Log
	suspend    tea.ExecCommand
	suspending tea.Cmd  // to be run when everything is on disk; else nil
	frame      tea.View // the last one that was drawn

	tellsPlaces bool // the terminal can tell where a key is

	over   overlay // what is above the screens; nil mostly
	conn   connecting
	flash  flash
	width  int
	height int
}

// New makes the root model.
func New(c Config) *Model {
	var history *keptHistory
	if c.Keeper != nil {
		history = &keptHistory{Keeper: c.Keeper}
		c.Keeper = history
	}
	drafts := edit.NewDrafts(c.Keeper != nil)
	c.Context.Memory, c.Context.Keeper = drafts, c.Keeper
	if c.Context.Theme == nil {
		c.Context.Theme = theme.New(true, c.Context.Options.Plain)
	}
	return &Model{
		ctx: c.Context, drafts: drafts, draftRunner: &edit.DraftRunner{Files: c.Keeper}, connector: c.Connector, start: c.Start, cloud: c.Cloud,
		fixedTheme: c.FixedTheme, output: c.Output, observe: c.Observe, log: c.Log, suspend: c.Suspend,
		history: history, noKeeper: c.NoKeeper, width: 80, height: 24,
	}
}

// Init asks the terminal for its background, without waiting for the answer,
// and begins.
func (m *Model) Init() tea.Cmd {
	var ask tea.Cmd
	if !m.fixedTheme {
		ask = tea.RequestBackgroundColor
	}
	var begin tea.Cmd
	switch {
	case m.ctx.Service != nil:
		begin = m.enter()
	case m.start == StartDemo:
		begin = m.connect("", nil, true)
	case m.start == StartChoose:
		begin = m.choose(nil)
	default:
		begin = m.connect(m.cloud, nil, false)
	}
	return tea.Batch(ask, begin)
}

// Update takes a message in, runs the actions that the screens ask for,
// and has what that changed of a draft written down.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmds []tea.Cmd
	for _, one := range m.apart(msg) {
		cmds = append(cmds, m.takeIn(one)...)
		for next, ok := m.nextAhead(); ok; next, ok = m.nextAhead() {
			cmds = append(cmds, m.takeIn(next)...)
		}
	}
	return m, tea.Batch(append(cmds, m.sync())...)
}

// takeIn takes one message in, and then the actions that it led to.
func (m *Model) takeIn(msg tea.Msg) []tea.Cmd {
	defer m.lookAt()
	m.flash.now = false
	cmds := []tea.Cmd{m.update(msg), m.watchEdits(msg)}
	for len(m.actions) > 0 {
		next := m.actions[0]
		m.actions = m.actions[1:]
		if m.observe != nil {
			m.observe(next)
		}
		cmds = append(cmds, m.update(next), m.watchEdits(next))
	}
	return cmds
}

// lookAt tells the list's watch which image is visible.
func (m *Model) lookAt() {
	m.ctx.OnScreen = ""
	if s, one := m.top().(screen.Shower); one {
		m.ctx.OnScreen = s.Shows()
	}
}

// do has actions run before the next message is taken in.
func (m *Model) do(actions ...tea.Msg) { m.actions = append(m.actions, actions...) }

// give gives a message to a screen.
func (m *Model) give(s screen.Screen, msg tea.Msg) tea.Cmd {
	cmd := s.Update(msg)
	m.do(s.TakeActions()...)
	return cmd
}

// update routes: the window and the frame's own matters here, intentions to
// route, keys to the topmost screen, and all else to every screen.
func (m *Model) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		m.resize()
		return nil
	case tea.BackgroundColorMsg:
		return m.setDark(msg.IsDark())
	case tea.ColorProfileMsg:
		return m.setColors(msg.Profile)
	case tea.KeyPressMsg:
		if keys.OnlyModifies(msg) {
			return nil
		}
		touched := m.touched()
		if m.hold(msg) {
			return touched
		}
		return tea.Batch(touched, m.key(keys.OnLayout(msg, m.typing())))
	case tea.KeyboardEnhancementsMsg:
		m.tellsPlaces = msg.Flags != 0
		return nil
	case tea.PasteMsg:
		touched := m.touched()
		if m.hold(msg) {
			return touched
		}
		if top := m.top(); top != nil && m.over == nil {
			m.flash.outdated()
			return tea.Batch(touched, m.give(top, msg))
		}
		return touched
	case flashTick:
		m.flash.expire(msg)
		return nil
	case CaughtUp:
		return nil // View draws what is there by now
	case connected, connectTick:
		return m.updateConnecting(msg)
	case resumed:
		return m.tookResumed(msg)
	case screen.Happened:
		return m.happened(msg)
	case edit.DraftResults:
		return m.tookDrafts(msg)
	case savePaused:
		m.pausing = false
		m.drafts.Retry()
		return nil
	case openEntries, resolverEvent, screen.LeftOpen:
		return m.updateResolving(msg)
	}
	if cmd, mine := m.route(msg); mine {
		return cmd
	}
	return m.broadcast(msg)
}

// touchedEvery is how often the screens are told that someone presses keys.
const touchedEvery = 10 * time.Second

// touched tells the screens that someone is there.
func (m *Model) touched() tea.Cmd {
	now := m.ctx.Now()
	if now.Sub(m.lastKey) < touchedEvery {
		return nil
	}
	m.lastKey = now
	return m.broadcast(screen.Touched{})
}

func (m *Model) setDark(dark bool) tea.Cmd {
	if m.fixedTheme || dark == m.ctx.Theme.Dark {
		return nil
	}
	return m.setTheme(m.ctx.Theme.Turned())
}

// setColors takes how many colors the terminal shows; NO_COLOR makes it none.
func (m *Model) setColors(p colorprofile.Profile) tea.Cmd {
	if p != colorprofile.ANSI && p != colorprofile.ASCII || m.ctx.Theme.FewColors {
		return nil
	}
	return m.setTheme(m.ctx.Theme.WithFewColors())
}

func (m *Model) setTheme(t *theme.Theme) tea.Cmd {
	*m.ctx.Theme = *t
	return m.broadcast(screen.ThemeChanged{})
}

// happened gives what came of an edit in progress to the screen that shows it.
// Where that was left, the edit goes on here.
func (m *Model) happened(msg screen.Happened) tea.Cmd {
	for _, s := range m.stack {
		if r, shows := s.(screen.RunShower); shows && r.Run() == msg.Run {
			return m.give(s, msg)
		}
	}
	var a screen.Actions
	cmd := msg.Run.TakeLeft(&a, msg, m.width)
	m.do(a.TakeActions()...)
	return cmd
}

func (m *Model) broadcast(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(m.stack))
	for _, s := range m.stack {
		cmds = append(cmds, m.give(s, msg))
	}
	return tea.Batch(cmds...)
}

// key gives a key to what is on top: an overlay, the frame, the screen.
func (m *Model) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case matches(msg, keys.Redraw):
		return tea.ClearScreen
	case matches(msg, keys.Suspend) && !m.typing():
		return m.stop()
	}
	if m.over != nil {
		return m.over.key(m, msg)
	}
	if m.conn.active() {
		return m.keyConnecting(msg)
	}
	top := m.top()
	if top == nil {
		return tea.Quit
	}
	typing := top.Typing()
	switch {
	case matches(msg, keys.Abort), !typing && matches(msg, keys.Quit):
		return m.quit()
	case matches(msg, keys.Manual) && (!typing || msg.Code == tea.KeyF1):
		m.over = newHelpOverlay(m)
		return nil
	case !typing && matches(msg, keys.Palette):
		m.over = newPaletteOverlay(m)
		return nil
	case !typing && matches(msg, keys.Log):
		return m.openLog()
	}
	m.flash.outdated()
	return m.give(top, msg)
}

// quit leaves, or asks first while something would be lost.
func (m *Model) quit() tea.Cmd {
	if what := m.unsaved(); what != "" {
		m.over = newAsk("Quit and "+what+"?", tea.Quit)
		return nil
	}
	return tea.Quit
}

func (m *Model) unsaved() string {
	for i := len(m.stack) - 1; i >= 0; i-- {
		if what := m.stack[i].Unsaved(); what != "" {
			return what
		}
	}
	if n := m.ctx.InFlight.Count(); n > 0 {
		return "stop waiting for " + draw.Count(n, "response")
	}
	return m.unsavedDrafts()
}

func (m *Model) top() screen.Screen {
	if len(m.stack) == 0 {
		return nil
	}
	return m.stack[len(m.stack)-1]
}
