package list

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
)

const (
	// litFor is how long a changed row stands out.
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

func (l *List) add(s *news, level screen.Level, img model.Image, what string) {
	if s.n++; s.n <= fewNews {
		s.lines = append(s.lines, screen.Flash{Level: level, Text: draw.About(l.width, "", img, what)})
	}
}

// say is the news one by one, or the count of them: "12 new images".
func (s *news) say(level screen.Level, format string) []tea.Msg {
	if s.n <= fewNews {
		return s.lines
	}
	return []tea.Msg{screen.Flash{Level: level, Text: fmt.Sprintf(format, draw.Count(s.n, "image"))}}
}

// take puts readings into the store and the rows. What changed while the user
// watched lights up and is said. It reports whether anything changed.
func (l *List) take(images []model.Image, asked screen.Asked, quiet bool) (cmd tea.Cmd, changes bool) {
	now := l.ctx.Now()
	var touched []int32
	var lit []string
	var appeared, went news
	for _, img := range images {
		l.watch.heed(img)
		at, did, before := l.store.put(img, asked, now, l.mark())
		switch did {
		case late:
			l.watch.check.doubt(img.ID)
		case added:
			touched = append(touched, at)
			if !quiet {
				lit = append(lit, img.ID)
				l.add(&appeared, screen.Info, img, " appeared, "+string(img.Status))
			}
		case changed:
			touched = append(touched, at)
			lit = append(lit, img.ID)
			if before.Status != img.Status {
				level := screen.Info
				if img.Status == model.StatusActive {
					level = screen.Success
				} else if img.Status == model.StatusKilled {
					level = screen.Trouble
				}
				l.add(&went, level, img, fmt.Sprintf(" went %s %s %s", before.Status, l.ctx.Theme.Glyphs.Arrow, img.Status))
			}
		}
	}
	if len(touched) == 0 {
		return nil, false
	}
	l.keep(func() { l.rows.update(touched...) })
	l.Do(appeared.say(screen.Info, "%s appeared")...)
	l.Do(went.say(screen.Info, "the status of %s changed")...)
	return l.light(lit...), true
}

// vanish takes images away that the server no longer has, and tells the other
// screens unless they know.
func (l *List) vanish(ids []string, asked screen.Asked, tell bool) tea.Cmd {
	var gone news
	var touched []int32
	for _, id := range ids {
		at, ok := l.store.remove(id, asked)
		if !ok {
			continue
		}
		touched = append(touched, at)
		l.marked.set(at, false)
		delete(l.watch.mine, id)
		l.add(&gone, screen.Warning, l.store.images.Image(at), " is gone from the server")
		if tell {
			l.Do(screen.ImageGone{ID: id})
		}
	}
	if len(touched) == 0 {
		return nil
	}
	l.keep(func() { l.rows.update(touched...) })
	return l.Do(gone.say(screen.Warning, "%s are gone from the server")...)
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
