package list

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
)

const (
	// inMotion is how often to look while some image is on its way.
	inMotion = 2 * time.Second
	// sweepPause is the time between two walks through all pages; one page a
	// look, they find what vanished.
	sweepPause = 30 * time.Second
	// slowest is the longest pause after failures.
	slowest = time.Minute
	// litFor is how long a changed row stands out.
	litFor = 4 * time.Second
	// changesAtOnce is how many changes one look can bring.
	changesAtOnce = 100
)

type (
	watchTick  struct{ n int }
	changesMsg struct {
		n      int
		images []model.Image
		err    error
	}
	litTick struct{}
)

// watch looks for changes now and then.
type watch struct {
	n        int // counts ticks; an earlier one is stale
	failures int
	err      error
	since    time.Time // of the first of these failures
}

// schedule sets the time of the next look, in place of one set before.
func (l *List) schedule() tea.Cmd {
	every := l.ctx.Options.Refresh
	if every <= 0 {
		return nil
	}
	for s, n := range l.store.counts {
		if n > 0 && s.InMotion() {
			every = min(every, inMotion)
		}
	}
	for range l.watch.failures {
		every = min(2*every, slowest)
	}
	l.watch.n++
	n := l.watch.n
	return tea.Tick(every, func(time.Time) tea.Msg { return watchTick{n} })
}

// look asks for what changed since the newest change that is known. Times are
// whole seconds, so that the same second is asked for again and what is known
// already is dropped.
func (l *List) look(msg watchTick) tea.Cmd {
	if msg.n != l.watch.n {
		return nil
	}
	if l.firstWalk() { // it failed: begin again
		return l.begin()
	}
	service, n, since, filter := l.ctx.Service, l.watch.n, l.store.newest, visible.filter(l.walk.narrow)
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), slowest)
		defer cancel()
		images, err := service.ChangedSince(ctx, since, changesAtOnce, filter)
		return changesMsg{n: n, images: images, err: err}
	}
}

func (l *List) tookChanges(msg changesMsg) tea.Cmd {
	if msg.n != l.watch.n {
		return nil
	}
	if msg.err != nil {
		if l.watch.failures == 0 {
			l.watch.since = l.ctx.Now()
		}
		l.watch.failures, l.watch.err = l.watch.failures+1, msg.err
		return l.schedule()
	}
	l.watch.failures, l.watch.err = 0, nil
	cmd := l.take(msg.images, false)
	var sweep tea.Cmd
	switch {
	case !l.walk.done:
		sweep = l.nextPage()
	case l.walk.endless: // another walk would not end either
	case l.ctx.Now().Sub(l.walk.ended) >= sweepPause, len(msg.images) == changesAtOnce:
		sweep = l.begin()
	}
	var news tea.Cmd
	if len(msg.images) > 0 {
		news = screen.Say(screen.ImagesChanged{Images: msg.images})
	}
	return tea.Batch(cmd, sweep, news, l.schedule())
}

// take puts readings into the store and the rows. What changed while the user
// watched lights up and is said.
func (l *List) take(images []model.Image, quiet bool) tea.Cmd {
	var touched []int32
	fresh := 0
	var news []tea.Cmd
	for _, img := range images {
		at, did, before := l.store.put(img, l.walk.n)
		switch did {
		case added:
			touched = append(touched, at)
			fresh++
			if !quiet {
				news = append(news, l.light(img.ID), announce(screen.Info, "%s appeared, %s", img, img.Status))
			}
		case changed:
			touched = append(touched, at)
			news = append(news, l.light(img.ID))
			if before.Status != img.Status {
				level := screen.Info
				if img.Status == model.StatusActive {
					level = screen.Success
				} else if img.Status == model.StatusKilled {
					level = screen.Trouble
				}
				news = append(news, announce(level, "%s went %s "+l.ctx.Theme.Glyphs.Arrow+" %s", img, before.Status, img.Status))
			}
		}
	}
	if len(touched) == 0 {
		return nil
	}
	l.keep(func() { l.rows.update(touched...) })
	if fresh > 3 && !quiet {
		news = append(news, screen.Say(screen.Flash{Text: draw.Count(fresh, "new image")}))
	}
	return tea.Batch(news...)
}

// vanish takes an image away.
func (l *List) vanish(id string) tea.Cmd {
	at, ok := l.store.remove(id)
	if !ok {
		return nil
	}
	l.marked.set(at, false)
	img := l.store.images.Image(at)
	l.keep(func() { l.rows.update(at) })
	return screen.Say(screen.Flash{Level: screen.Warning, Text: draw.Name(img) + " is gone from the server"})
}

func announce(level screen.Level, format string, img model.Image, args ...any) tea.Cmd {
	return screen.Say(screen.Flash{Level: level, Text: fmt.Sprintf(format, append([]any{draw.Name(img)}, args...)...)})
}

// light makes a row stand out for a moment.
func (l *List) light(id string) tea.Cmd {
	if l.ctx.Options.Still {
		return nil
	}
	l.lit[id] = l.ctx.Now().Add(litFor)
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
