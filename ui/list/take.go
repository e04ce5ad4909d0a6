package list

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/watch"
)

const (
	// litFor is how long a changed row is highlighted.
	litFor = 4 * time.Second
	// fewNews is how many changes are said one by one.
	fewNews = 3
)

type litTick struct{}

// news is what became of images that were there before, to be said.
type news struct {
	lines []tea.Msg // the first few
	n     int
}

func (l *List) add(s *news, level screen.Level, before string, img model.Image, what string) {
	if s.n++; s.n <= fewNews {
		s.lines = append(s.lines, screen.Flash{Level: level, Text: draw.About(l.width, before, img, what)})
	}
}

// say is the news one by one, or the count of them: "New: 12 images".
func (s *news) say(level screen.Level, format string) []tea.Msg {
	if s.n <= fewNews {
		return s.lines
	}
	return []tea.Msg{screen.Flash{Level: level, Text: fmt.Sprintf(format, draw.Count(s.n, "image"))}}
}

// learned takes in what became known of images. What changed while the user
// watched lights up and is said.
func (l *List) learned(e watch.Learned) tea.Cmd {
	var touched []int32
	var lit []string
	var appeared, went news
	for _, c := range e.Changes {
		touched = append(touched, c.Index)
		if c.New && e.Known {
			continue
		}
		lit = append(lit, c.Image.ID)
		switch {
		case c.New:
			l.add(&appeared, screen.Info, "New image: ", c.Image, " ("+string(c.Image.Status)+")")
		case c.Before != c.Image.Status:
			level := screen.Info
			if c.Image.Status == model.StatusActive {
				level = screen.Success
			} else if c.Image.Status == model.StatusKilled {
				level = screen.Error
			}
			l.add(&went, level, "", c.Image, fmt.Sprintf(" is now %s (was %s)", c.Image.Status, c.Before))
		}
	}
	l.keep(func() { l.rows.update(touched...) })
	l.Do(appeared.say(screen.Info, "New: %s")...)
	l.Do(went.say(screen.Info, "Status changed: %s")...)
	return l.light(lit...)
}

// dropped takes images away that the server no longer has, and tells the other
// screens unless they know.
func (l *List) dropped(e watch.Deleted) {
	var gone news
	for _, at := range e.Images {
		l.marked.set(at, false)
		l.add(&gone, screen.Warning, "", l.store.Image(at), " was deleted")
		if !e.Reported {
			l.Do(screen.ImageGone{ID: l.store.ID(at)})
		}
	}
	l.keep(func() { l.rows.update(e.Images...) })
	l.Do(gone.say(screen.Warning, "Deleted: %s")...)
}

// light makes rows stand out for a moment.
func (l *List) light(ids ...string) tea.Cmd {
	if l.ctx.Options.Still || len(ids) == 0 {
		return nil
	}
	for _, id := range ids {
		l.lit[id] = l.ctx.Now().Add(litFor)
	}
	return tea.Tick(litFor, func(time.Time) tea.Msg { return litTick{} })
}

func (l *List) dim() {
	now := l.ctx.Now()
	for id, until := range l.lit {
		if !now.Before(until) {
			delete(l.lit, id)
		}
	}
}
