package together

import (
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/client"
	machine "github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/ui"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// timeout bounds every wait. Nothing here takes nearly as long.
const timeout = 5 * time.Minute

// program is a whole glance-tui without a terminal: the root model in a loop
// of its own, commands beside it, as Bubble Tea runs them.
type program struct {
	t    *testing.T
	name string
	root *ui.Model
	in   chan tea.Msg
	stop chan struct{}

	passing []tea.Msg // of the Update at work

	mu      sync.Mutex
	changed *sync.Cond
	view    string
	// What passed by so far.
	sends       []machine.Plan
	reviews     []screen.Review
	merges      []screen.Merge
	overwritten []screen.Overwritten // those that were superseded among them

	seenAtSend int
	restores   int // how often a review of what puts an edit back was offered and came
	sent       int // edits that the server accepted
	seen       int // readings of an image
}

func launch(t *testing.T, name string, c *client.Client) *program {
	return launchEvery(t, name, c, time.Second)
}

// launchEvery launches one that looks that often.
func launchEvery(t *testing.T, name string, c *client.Client, refresh time.Duration) *program {
	p := &program{t: t, name: name, in: make(chan tea.Msg, 256), stop: make(chan struct{})}
	p.changed = sync.NewCond(&p.mu)
	p.root = ui.New(ui.Config{Context: &screen.Context{
		Service: c, Now: time.Now, Options: screen.Options{Refresh: refresh},
	}, FixedTheme: true, Observe: func(a tea.Msg) { p.passing = append(p.passing, a) }})
	begin := p.root.Init()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case msg := <-p.in:
				p.take(msg)
			case <-p.stop:
				return
			}
		}
	}()
	t.Cleanup(func() { close(p.stop); <-ended })
	p.post(tea.WindowSizeMsg{Width: 150, Height: 60})
	p.post(tea.BatchMsg{begin})
	return p
}

func (p *program) post(msg tea.Msg) {
	select {
	case p.in <- msg:
	case <-p.stop:
	}
}

func (p *program) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() { p.post(cmd()) }()
}

// take does with a message what Bubble Tea does.
func (p *program) take(msg tea.Msg) {
	if msg == nil {
		return
	}
	if cmds, inOrder, wrapped := uitest.Wrapped(msg); wrapped {
		if inOrder {
			go func() {
				for _, cmd := range cmds {
					p.post(cmd())
				}
			}()
			return
		}
		for _, cmd := range cmds {
			p.run(cmd)
		}
		return
	}
	p.passing = []tea.Msg{msg}
	_, cmd := p.root.Update(msg)
	view := strings.Join(strings.Fields(uitest.Plain(p.root.View().Content)), " ")
	p.mu.Lock()
	for _, msg := range p.passing {
		p.count(msg)
	}
	p.view = view
	p.changed.Broadcast()
	p.mu.Unlock()
	p.run(cmd)
}

// count counts what passes by: messages, and the actions that they lead to.
func (p *program) count(msg tea.Msg) {
	switch msg := msg.(type) {
	case screen.Send:
		p.sends = append(p.sends, msg.Run.Edit().Plan())
		p.seenAtSend = p.seen // the looks come after it, and so may the reading before it
	case screen.Review:
		p.reviews = append(p.reviews, msg)
	case screen.Merge:
		p.merges = append(p.merges, msg)
	case screen.Overwritten:
		p.overwritten = append(p.overwritten, msg)
	case screen.Superseded:
		p.overwritten = append(p.overwritten, screen.Overwritten{Before: msg.Before, After: msg.After, Now: msg.Now})
	case screen.Sent:
		p.sent++
	case screen.ImageSeen:
		p.seen++
	}
}

func (p *program) press(names ...string) {
	for _, name := range names {
		p.post(keys.Press(name))
	}
}

// until waits for a condition, which is asked after every message.
func (p *program) until(what string, holds func() bool) bool {
	if p.within(timeout, holds) {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.t.Errorf("%s waits in vain: %s\n%s", p.name, what, p.view)
	return false
}

// soon is until for what may not come.
func (p *program) soon(holds func() bool) bool { return p.within(5*time.Second, holds) }

func (p *program) within(d time.Duration, holds func() bool) bool {
	deadline := time.Now().Add(d)
	alarm := time.AfterFunc(d, p.changed.Broadcast)
	defer alarm.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	for !holds() {
		if !time.Now().Before(deadline) {
			return false
		}
		p.changed.Wait()
	}
	return true
}

// shows is for conditions of until.
func (p *program) shows(texts ...string) bool {
	for _, s := range texts {
		if strings.Contains(p.view, s) {
			return true
		}
	}
	return false
}
