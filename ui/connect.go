package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// connecting is an attempt to reach a cloud; at most one at a time.
type connecting struct {
	try    int // counts attempts, so that a late answer is known as stale
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

func (m *Model) connect(cloud string, demo bool) tea.Cmd {
	if m.conn.cancel != nil {
		m.conn.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	what := "the cloud of your variables"
	switch {
	case demo:
		what = "the demo"
	case cloud != "":
		what = safe.Text(cloud)
	}
	m.conn = connecting{try: m.conn.try + 1, what: what, cancel: cancel}
	try, connector := m.conn.try, m.connector
	dial := func() tea.Msg {
		var s screen.Service
		var err error
		if demo {
			s, err = connector.Demo(ctx)
		} else {
			s, err = connector.Connect(ctx, cloud)
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
			return m.choose(msg.err)
		}
		m.ctx.Service = msg.service
		return m.enter()
	}
	return nil
}

func (m *Model) keyConnecting(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case matches(msg, keys.Quit):
		m.conn.cancel()
		return tea.Quit
	case matches(msg, keys.Back):
		m.conn.cancel()
		m.conn.cancel = nil
		return m.choose(&model.Failure{
			Doing: "connect to " + m.conn.what, Kind: model.FailedCancelled,
			Means: "you cancelled it", Advice: "Choose a cloud, or open the demo.", Err: errors.New("cancelled"),
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
