package faults

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	inject "github.com/glance-tui/glance-tui/demo/faults"
	"github.com/glance-tui/glance-tui/state"
	"github.com/glance-tui/glance-tui/ui"
	"github.com/glance-tui/glance-tui/ui/clouds"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/theme"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// timeout is how long a story waits for what must come, by the clock of its bubble:
// while anything is being done no time passes. The client waits a minute for an answer.
const timeout = 10 * time.Minute

// url is where the service is, in the memory of the test.
const url = "http://127.0.0.1:9292"

// player runs the whole program without a terminal: it runs commands
// beside each other, as Bubble Tea does, gives their messages to the program,
// and waits until the screen shows what a user would wait for.
type player struct {
	testing.TB
	server *demo.Server
	dial   func(ctx context.Context, network, address string) (net.Conn, error)
	root   *ui.Model
	msgs   chan tea.Msg
	over   context.Context
	atWork sync.WaitGroup // commands
	saw    func(tea.Msg)  // sees each message before the program does
}

type settings struct {
	width, height int
	refresh       time.Duration
	still         bool
}

func play(t testing.TB, s settings, texts ...string) *player {
	t.Helper()
	server := demo.New(demo.Options{Still: true})
	p := &player{TB: t, server: server, dial: demotest.Serve(t, server.Handler()), saw: func(tea.Msg) {}}
	p.fault(texts...)
	p.begin(s)
	return p
}

func (p *player) begin(s settings) {
	service := p.client()
	p.msgs, p.over = make(chan tea.Msg), p.Context()
	p.Cleanup(p.atWork.Wait)
	if s.width == 0 {
		s.width, s.height = 100, 44
	}
	store, err := state.Open(state.Options{Dir: filepath.Join(p.TempDir(), "state")})
	if err != nil {
		p.Fatal(err)
	}
	p.Cleanup(func() { _ = store.Close() })
	p.root = ui.New(ui.Config{FixedTheme: true, Keeper: store, Connector: nowhere{}, Observe: p.saw, Context: &screen.Context{
		Service: service, Theme: theme.New(true, false), Now: time.Now,
		Options: screen.Options{Refresh: s.refresh, Still: s.still},
	}})
	p.give(tea.WindowSizeMsg{Width: s.width, Height: s.height})
	p.runCmd(p.root.Init())
}

func (p *player) client() *client.Client {
	c := client.New(client.Options{Endpoint: url, Dial: p.dial, Backoff: time.Millisecond})
	p.Cleanup(c.Close)
	return c
}

// nowhere is where no other cloud is.
type nowhere struct{}

func (nowhere) Connect(context.Context, string, screen.Answers) (screen.Service, error) {
	return nil, errors.New("there is no other cloud")
}

func (nowhere) Demo(context.Context) (screen.Service, error) { return nil, errors.New("no demo") }

func (nowhere) Clouds() clouds.Config { return clouds.Config{} }

// fault sets what goes wrong from now on; nothing goes wrong without a text.
func (p *player) fault(texts ...string) {
	p.Helper()
	var list []inject.Fault
	for _, text := range texts {
		f, err := inject.Parse(text)
		if err != nil {
			p.Fatal(err)
		}
		list = append(list, f)
	}
	p.server.Faults().Set(list...)
}

func (p *player) give(msg tea.Msg) {
	p.saw(msg)
	_, cmd := p.root.Update(msg)
	p.runCmd(cmd)
}

// carryOut runs a command; its message comes when it is ready.
func (p *player) runCmd(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	p.atWork.Go(func() { p.tell(cmd()) })
}

func (p *player) tell(msg tea.Msg) {
	if msg == nil {
		return
	}
	if cmds, inOrder, wrapped := uitest.Wrapped(msg); wrapped {
		for _, c := range cmds {
			if inOrder {
				p.tell(c())
			} else {
				p.runCmd(c)
			}
		}
		return
	}
	select {
	case p.msgs <- msg:
	case <-p.over.Done():
	}
}

// press gives keys one after another.
func (p *player) press(names ...string) {
	p.Helper()
	for _, m := range uitest.Keys(names...) {
		p.give(m)
	}
}

func (p *player) typed(text string) {
	p.Helper()
	for _, m := range uitest.Type(text) {
		p.give(m)
	}
}

func (p *player) screen() string { return uitest.Plain(p.root.View().Content) }

// says reports whether the screen holds a text, however its lines are broken.
func (p *player) says(text string) bool {
	return strings.Contains(strings.Join(strings.Fields(p.screen()), " "), text)
}

// until waits until the screen says all of it.
func (p *player) until(texts ...string) {
	p.Helper()
	p.untilSo("says "+strings.Join(texts, ", "), func() bool {
		for _, text := range texts {
			if !p.says(text) {
				return false
			}
		}
		return true
	})
}

func (p *player) untilGone(text string) {
	p.Helper()
	p.untilSo("no longer says "+text, func() bool { return !p.says(text) })
}

func (p *player) untilSo(what string, so func() bool) {
	p.Helper()
	late := time.NewTimer(timeout)
	defer late.Stop()
	look := time.NewTicker(100 * time.Millisecond) // what the service counts changes without a message
	defer look.Stop()
	for !so() {
		select {
		case <-look.C:
		case m := <-p.msgs:
			p.give(m)
		case <-late.C:
			p.Fatalf("the screen never %s:\n%s", what, p.screen())
		}
	}
}

// has is what the screen must say at once.
func (p *player) has(texts ...string) {
	p.Helper()
	for _, text := range texts {
		if !p.says(text) {
			p.Errorf("the screen does not say %q:\n%s", text, p.screen())
		}
	}
}

// name is what the service calls the image of these stories, however it is
// spelled on a screen.
func (p *player) name() string {
	p.Helper()
	p.fault()
	img, err := p.client().Get(p.Context(), demo.FedoraID)
	if err != nil {
		p.Fatal(err)
	}
	return img.Name.Value
}
