// Package clouds is the first screen: which cloud to open, or, where none is
// configured, what this program is, the demo, and where a cloud would be
// configured.
package clouds

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// Config is what is known of the user's configuration.
type Config struct {
	// Places are where a clouds.yaml was looked for, in that order.
	Places []string
	// Clouds are those that were found.
	Clouds []Entry
	// Problem is why the last attempt to connect failed; nil before any.
	Problem error
	// Tried is the cloud of that attempt, "" for the variables' one.
	Tried string
}

// Entry is one configured cloud; all but Name may be empty.
type Entry struct {
	Name, AuthURL, Region, Project string
}

// Clouds is the first screen.
type Clouds struct {
	screen.Actions
	ctx           *screen.Context
	conf          Config
	at            int // the row of the cursor: a cloud, or the demo behind them
	help          draw.Pager
	width, height int
}

// New makes the first screen.
func New(ctx *screen.Context, conf Config) *Clouds {
	c := &Clouds{ctx: ctx, conf: conf}
	for i, e := range conf.Clouds {
		if e.Name == conf.Tried {
			c.at = i
		}
	}
	return c
}

// Init has nothing to ask for.
func (c *Clouds) Init() tea.Cmd { return nil }

// Update moves the cursor and opens what is under it.
func (c *Clouds) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch {
	case key.Matches(k, keys.OpenDemo):
		return c.Do(screen.OpenDemo{})
	case key.Matches(k, keys.Open):
		if c.at < len(c.conf.Clouds) {
			return c.Do(screen.Connect{Cloud: c.conf.Clouds[c.at].Name})
		}
		return c.Do(screen.OpenDemo{})
	case key.Matches(k, keys.TryAgain) && c.conf.Problem != nil:
		return c.Do(screen.Connect{Cloud: c.conf.Tried})
	case len(c.conf.Clouds) == 0:
		c.help.Update(k)
	case key.Matches(k, keys.Up):
		c.move(-1)
	case key.Matches(k, keys.Down):
		c.move(1)
	case key.Matches(k, keys.PgUp):
		c.move(-10)
	case key.Matches(k, keys.PgDown):
		c.move(10)
	case key.Matches(k, keys.Top):
		c.move(-len(c.conf.Clouds))
	case key.Matches(k, keys.Bottom):
		c.move(len(c.conf.Clouds))
	}
	return nil
}

// move goes through the clouds and the demo, which is the last row.
func (c *Clouds) move(by int) { c.at = max(0, min(c.at+by, len(c.conf.Clouds))) }

// SetSize is the room for View.
func (c *Clouds) SetSize(width, height int) { c.width, c.height = width, height }

// Cursor is nil: nothing is typed here.
func (c *Clouds) Cursor() *tea.Cursor { return nil }

// Title is the breadcrumb.
func (c *Clouds) Title() string {
	switch {
	case c.conf.Problem != nil:
		return "Not connected"
	case len(c.conf.Clouds) == 0:
		return "Welcome"
	}
	return "Clouds"
}

// Aside is empty.
func (c *Clouds) Aside(int) string { return "" }

// Keys are what can be pressed now.
func (c *Clouds) Keys() keys.Help {
	open := keys.Open
	footer := []key.Binding{open, keys.OpenDemo}
	if len(c.conf.Clouds) == 0 {
		open = key.NewBinding(key.WithKeys("enter", "d"), key.WithHelp("enter", keys.OpenDemo.Help().Desc))
		footer = []key.Binding{open}
	}
	if c.conf.Problem != nil {
		footer = append(footer, keys.TryAgain)
	}
	return keys.Help{
		Footer: footer,
		Groups: []keys.Group{
			{Name: "Open", Keys: footer},
			{Name: "Move", Keys: draw.ScrollKeys()},
		},
	}
}

// Typing is false: letters are keys here.
func (c *Clouds) Typing() bool { return false }

// Unsaved is empty: nothing can be lost.
func (c *Clouds) Unsaved() string { return "" }
