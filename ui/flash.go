package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// flash is the line above the keys: what happened a moment ago.
type flash struct {
	n     int
	level screen.Level
	text  string
}

type flashTick struct{ n int }

// How long a flash stands: long enough to be read twice, trouble longer.
const (
	flashFor   = 8 * time.Second
	troubleFor = 20 * time.Second
)

func (m *Model) say(level screen.Level, text string) tea.Cmd {
	m.flash = flash{n: m.flash.n + 1, level: level, text: safe.Text(text)}
	if m.ctx.Options.Still {
		return nil
	}
	n, d := m.flash.n, flashFor
	if level >= screen.Warning {
		d = troubleFor
	}
	return tea.Tick(d, func(time.Time) tea.Msg { return flashTick{n} })
}

func (f *flash) expire(t flashTick) {
	if t.n == f.n {
		f.text = ""
	}
}

func (m *Model) viewFlash() string {
	t := m.ctx.Theme
	if m.flash.text == "" {
		return m.notice()
	}
	sign, style := " ", t.Dim
	switch m.flash.level {
	case screen.Success:
		sign, style = t.Glyphs.OK, t.Good
	case screen.Warning:
		sign, style = t.Glyphs.Warn, t.Warn
	case screen.Trouble:
		sign, style = t.Glyphs.Fail, t.Bad
	}
	return style.Render(safe.Cut(" "+sign+" "+m.flash.text, m.width))
}
