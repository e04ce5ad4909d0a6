package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/secret"
)

// connecting is an attempt to reach a cloud; at most one at a time.
type connecting struct {
	try    int // counts attempts, so that a late answer is known as stale
	cloud  string
	given  screen.Answers    // in this attempt
	needed *api.SecretNeeded // what was asked for first on the way to it
	what   string
	cancel context.CancelFunc
	frame  int
}

func (c connecting) active() bool { return c.cancel != nil }

type (
	connected struct {
		try     int
		service screen.Service
		err     error
	}
	connectTick struct{ try int }
)

// spinnerAfter keeps a spinner away from what is done at once.
const spinnerAfter = 150 * time.Millisecond

func (m *Model) connect(cloud string, answers screen.Answers, demo bool) tea.Cmd {
	if m.conn.cancel != nil {
		m.conn.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	what := "the cloud from your OS_* variables"
	switch {
	case demo:
		what = "the demo"
	case cloud != "":
		what = safe.Text(cloud)
	}
	needed := m.conn.needed
	if len(answers) == 0 {
		needed = nil
	}
	m.conn = connecting{try: m.conn.try + 1, what: what, cancel: cancel, cloud: cloud, given: answers, needed: needed}
	try, connector := m.conn.try, m.connector
	dial := func() tea.Msg {
		var s screen.Service
		var err error
		if demo {
			s, err = connector.Demo(ctx)
		} else {
			s, err = connector.Connect(ctx, cloud, answers)
		}
		return connected{try: try, service: s, err: err}
	}
	return tea.Batch(dial, m.tickConnecting())
}

func (m *Model) tickConnecting() tea.Cmd {
	if m.ctx.Options.Still {
		return nil
	}
	try := m.conn.try
	return tea.Tick(spinnerAfter, func(time.Time) tea.Msg { return connectTick{try} })
}

func (m *Model) updateConnecting(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case connectTick:
		if msg.try == m.conn.try && m.conn.active() {
			m.conn.frame++
			return m.tickConnecting()
		}
	case connected:
		if msg.try != m.conn.try || !m.conn.active() {
			return nil
		}
		m.conn.cancel = nil
		if msg.err != nil {
			return m.notConnected(msg.err)
		}
		m.conn.given, m.conn.needed = nil, nil
		m.ctx.Service = msg.service
		return m.enter()
	}
	return nil
}

// notConnected shows the first screen with the problem, and above it asks for a
// secret where that is what is missing, or where one that was typed is refused.
func (m *Model) notConnected(err error) tea.Cmd {
	given := m.conn.given
	m.conn.given = nil
	ask := secret.Config{Cloud: m.conn.cloud}
	var failure *api.Failure
	switch {
	case errors.As(err, &ask.Needed):
		ask.Given = given
		if m.conn.needed == nil {
			m.conn.needed = ask.Needed
		}
	case len(given) > 0 && m.conn.needed != nil && errors.As(err, &failure) && failure.Kind == api.FailedAuth:
		ask.Needed, ask.Problem = m.conn.needed, err // which of several was wrong, no one says
	default:
		return m.choose(err)
	}
	return tea.Batch(m.choose(err), m.push(secret.New(m.ctx, ask)))
}

func (m *Model) keyConnecting(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case matches(msg, keys.Quit):
		m.conn.cancel()
		return tea.Quit
	case matches(msg, keys.Back):
		m.conn.cancel()
		m.conn.cancel, m.conn.given = nil, nil
		return m.choose(&api.Failure{
			Doing: "connect to " + m.conn.what, Kind: api.FailedCancelled,
			Means: "You canceled it.", Advice: "Choose a cloud, or open the demo.", Err: errors.New("canceled"),
		})
	}
	return nil
}

// viewConnecting is the body while there is no screen yet.
func (m *Model) viewConnecting() string {
	t := m.ctx.Theme
	if m.conn.frame == 0 && !m.ctx.Options.Still {
		return "" // an answer within the first tick should not flash a sentence
	}
	sign := t.Glyphs.Spinner[m.conn.frame%len(t.Glyphs.Spinner)]
	return "\n  " + t.Accent.Render(sign) + " " + t.Text.Render("Connecting to "+m.conn.what+" …")
}
