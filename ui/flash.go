package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// flash is the line above the keys: what happened a moment ago.
type flash struct {
	n     int
	level screen.Level
	text  string
	image *model.Image  // see screen.Flash
	here  screen.Screen // the screen that it is about as that is now; nil for none
	now   bool          // it came of the message that is being taken in
}

type flashTick struct{ n int }

// How long a flash is shown: long enough to be read twice, a warning longer.
const (
	flashFor   = 8 * time.Second
	warningFor = 20 * time.Second
)

// say shows a text.
func (m *Model) say(level screen.Level, text string) tea.Cmd {
	return m.show(screen.Flash{Level: level, Text: text})
}

// show shows a flash. Of what one message leads to, the most important stays.
func (m *Model) show(f screen.Flash) tea.Cmd {
	level := f.Level
	if m.flash.now && m.flash.text != "" && level < screen.Warning && m.flash.level >= screen.Warning {
		return nil
	}
	m.flash = flash{n: m.flash.n + 1, level: level, text: safe.Text(f.Text), image: f.Image, now: true}
	if f.Here {
		m.flash.here = m.top()
	}
	if m.ctx.Options.Still {
		return nil
	}
	n, d := m.flash.n, flashFor
	if level >= screen.Warning {
		d = warningFor
	}
	return tea.Tick(d, func(time.Time) tea.Msg { return flashTick{n} })
}

func (f *flash) expire(t flashTick) {
	if t.n == f.n {
		f.text = ""
	}
}

// outdated takes a flash away that is about a screen as it was before something
// was pressed.
func (f *flash) outdated() {
	if f.here != nil {
		f.text = ""
	}
}

// flashed is the text of the flash, for the screen on top; "" for none.
func (m *Model) flashed() string {
	f := &m.flash
	if f.text == "" || f.here != nil && f.here != m.top() {
		return ""
	}
	if s, one := m.top().(screen.Subject); f.image == nil || one && s.About() == f.image.ID {
		return f.text
	}
	return draw.About(m.width, "", *f.image, ": "+f.text)
}

func (m *Model) viewFlash() string {
	t := m.ctx.Theme
	text := m.flashed()
	if text == "" {
		return m.notice()
	}
	sign, style := " ", t.Dim
	switch m.flash.level {
	case screen.Success:
		sign, style = t.Glyphs.OK, t.Good
	case screen.Warning:
		sign, style = t.Glyphs.Warn, t.Warn
	case screen.Error:
		sign, style = t.Glyphs.Fail, t.Bad
	}
	return style.Render(safe.Cut(" "+sign+" "+text, m.width))
}
