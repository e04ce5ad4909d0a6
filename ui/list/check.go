package list

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// A server tells of what it has, and never of what it has no longer. So a few
// images at a time are asked for by their ids: those in sight first, then those
// that the user edited or marked, and then all others in turn. What a list leaves out may have
// become hidden, or be shown no more; only when it is nowhere is it gone.

const (
	// checkedAtOnce is how many images a check asks for, and inSight how many of
	// them at most for being in sight, so that the others get their turn.
	checkedAtOnce, inSight = 25, 17
	// hiddenTurn is which of the checks is for hidden images, if there are any.
	hiddenTurn = 4
	// farSearch is how many images are looked at to find the next ones to check.
	farSearch = 2000
	// mostSure bounds what is remembered of readings.
	mostSure = 4 * atOnce
)

type (
	listedMsg struct {
		n      int
		ids    []string
		list   pass
		images []model.Image
		err    error
	}
	foundMsg struct {
		n     int
		id    string
		image model.Image
		err   error
	}
)

// checkup is the state of the checks.
type checkup struct {
	n    int                  // of them so far
	next [passes]int32        // where each list's turn goes on, by place in the store
	mark int32                // and that of the marked ones
	sure map[string]time.Time // when images were read
	bad  bool                 // the last check found that images are gone

	// missing are images that a list left out. They are looked for in the other
	// one, then one of them by itself.
	missing []string
	list    pass // where they were missed
	single  bool
	some    bool // the lists gave some of what they were asked for
	// works is a server that has given some of many once, and so knows the
	// question. Another one would seem to have lost every image.
	works bool
}

// open is whether a check has left a question.
func (c *checkup) open() bool { return len(c.missing) > 0 }

// checkDue is whether it is time for a check: now and then, and more often
// while checks find something, since many images are deleted together.
func (w *watch) checkDue(now time.Time, every time.Duration) bool {
	others := turns
	if w.check.bad {
		others = 2
	}
	return w.sinceCheck >= others && now.Sub(w.checkedAt) >= time.Duration(others-1)*every
}

// sureFor is how long an image counts as there after it was read.
func (l *List) sureFor() time.Duration { return turns * l.ctx.Options.Refresh }

// saw notes that images are there.
func (l *List) saw(images []model.Image, now time.Time) {
	sure := l.watch.check.sure
	if sure == nil || len(sure) > mostSure {
		fresh := map[string]time.Time{}
		for id, at := range sure {
			if now.Sub(at) < l.sureFor() {
				fresh[id] = at
			}
		}
		sure = fresh
	}
	for _, img := range images {
		sure[img.ID] = now
	}
	l.watch.check.sure = sure
}

// askListed begins a check; nil when there is nothing to check.
func (l *List) askListed(now time.Time) tea.Cmd {
	c := &l.watch.check
	c.n++
	list := l.dueInSight(now)
	if c.n%hiddenTurn == 0 {
		list = hidden
	}
	ids := l.toCheck(list, now)
	if len(ids) == 0 {
		list = visible + hidden - list
		ids = l.toCheck(list, now)
	}
	switch len(ids) {
	case 0:
		return nil
	case 1:
		c.missing, c.single = ids, true
		return l.confirm()
	}
	c.some = false
	return l.listed(ids, list)
}

// confirm looks for what a list left out.
func (l *List) confirm() tea.Cmd {
	c := &l.watch.check
	if !c.single && len(c.missing) > 1 {
		return l.listed(c.missing, visible+hidden-c.list)
	}
	c.single = true
	service, n, id := l.ctx.Service, l.watch.n, c.missing[0]
	return l.ask(func(ctx context.Context) tea.Msg {
		img, err := service.Get(ctx, id)
		return foundMsg{n: n, id: id, image: img, err: err}
	})
}

func (l *List) listed(ids []string, list pass) tea.Cmd {
	service, n, filter := l.ctx.Service, l.watch.n, list.filter(l.walk.narrow)
	return l.ask(func(ctx context.Context) tea.Msg {
		images, err := service.Listed(ctx, ids, filter)
		return listedMsg{n: n, ids: ids, list: list, images: images, err: err}
	})
}

func (l *List) tookListed(msg listedMsg) tea.Cmd {
	c, now := &l.watch.check, l.ctx.Now()
	if !l.awaited(msg.n) {
		return nil
	}
	second := c.open()
	if l.ended(msg.err) != nil {
		c.missing, c.single = nil, false
		return l.schedule()
	}
	cmds := []tea.Cmd{l.tookReadings(msg.images, now)}
	c.some = c.some || len(msg.images) > 0
	c.works = c.works || len(msg.images) > 0 && len(msg.ids) > 1
	c.missing, c.list = l.without(msg.ids, msg.images), msg.list
	switch {
	case !c.open():
		c.bad = false
	case second && c.some:
		cmds = append(cmds, l.gone(c.missing))
	case second:
		c.single = true // neither list knows any of them: does this server know the question?
	}
	return tea.Batch(append(cmds, l.schedule())...)
}

func (l *List) tookFound(msg foundMsg) tea.Cmd {
	c, now := &l.watch.check, l.ctx.Now()
	if !l.awaited(msg.n) {
		return nil
	}
	err := msg.err
	f := new(model.Failure)
	missing := errors.As(err, &f) && f.Kind == model.FailedNotFound
	if missing {
		err = nil
	}
	var cmd tea.Cmd
	err = l.ended(err)
	switch {
	case missing && c.works:
		cmd = l.gone(c.missing)
	case missing:
		cmd = l.gone(c.missing[:1])
	case err == nil:
		cmd = l.tookReadings([]model.Image{msg.image}, now)
		c.bad = false
	}
	c.missing, c.single = nil, false
	return tea.Batch(cmd, l.schedule())
}

// tookReadings takes images of a check; most are known.
func (l *List) tookReadings(images []model.Image, now time.Time) tea.Cmd {
	l.saw(images, now)
	cmd, changes := l.take(images, false)
	if changes {
		l.watch.stir(now)
		l.Do(screen.ImagesChanged{Images: images})
	}
	return cmd
}

// gone ends a check that found out that images are there no longer.
func (l *List) gone(ids []string) tea.Cmd {
	l.watch.check.missing, l.watch.check.bad = nil, true
	l.watch.stir(l.ctx.Now())
	return l.vanish(ids, true)
}

// without gives the ids of which no image came and that still count as there.
func (l *List) without(ids []string, images []model.Image) []string {
	came := make(map[string]bool, len(images))
	for _, img := range images {
		came[img.ID] = true
	}
	var out []string
	for _, id := range ids {
		if at, known := l.store.images.Find(id); known && !came[id] && !l.store.gone[at] {
			out = append(out, id)
		}
	}
	return out
}

// toCheck chooses what a check of a list asks for.
func (l *List) toCheck(list pass, now time.Time) []string {
	c := &l.watch.check
	var ids []string
	want := func(at int32) bool {
		id := l.store.images.ID(at)
		return !l.store.gone[at] && l.store.head(at).Hidden == (list == hidden) && now.Sub(c.sure[id]) >= l.sureFor() &&
			plainID(id) && !slices.Contains(ids, id)
	}
	for _, at := range l.inSight() {
		if len(ids) < inSight && want(at) {
			ids = append(ids, l.store.images.ID(at))
		}
	}
	for id := range l.rows.pinned {
		if at, known := l.store.images.Find(id); known && len(ids) < inSight && want(at) {
			ids = append(ids, id)
		}
	}
	n := int32(l.store.len())
	around := func(from *int32, most int, choose func(int32) bool) {
		tries := farSearch
		for range n {
			if len(ids) == most || tries == 0 {
				return
			}
			if at := *from; choose(at) {
				tries--
				if want(at) {
					ids = append(ids, l.store.images.ID(at))
				}
			}
			*from = (*from + 1) % n
		}
	}
	if l.marked.n > 0 {
		around(&c.mark, len(ids)+(checkedAtOnce-len(ids))/2, l.marked.has)
	}
	around(&c.next[list], checkedAtOnce, func(int32) bool { return true })
	return ids
}

// inSight are the rows on the screen, the selected one first and then those
// that were read the longest ago.
func (l *List) inSight() []int32 {
	sure := l.watch.check.sure
	rows := slices.Clone(l.rows.shown[min(l.offset, len(l.rows.shown)):min(l.offset+l.visible(), len(l.rows.shown))])
	slices.SortStableFunc(rows, func(a, b int32) int {
		x, y := l.store.images.ID(a), l.store.images.ID(b)
		switch l.selected {
		case x:
			return -1
		case y:
			return 1
		}
		return sure[x].Compare(sure[y])
	})
	return rows
}

// dueInSight is the list of the image in sight that was not read for the
// longest.
func (l *List) dueInSight(now time.Time) pass {
	list, longest := visible, l.sureFor()-1
	for _, at := range l.inSight() {
		head := l.store.head(at)
		if d := now.Sub(l.watch.check.sure[head.ID]); d > longest {
			longest, list = d, visible
			if head.Hidden {
				list = hidden
			}
		}
	}
	return list
}

// plainID is whether an id can stand in a list of them.
func plainID(id string) bool {
	for _, r := range id {
		if !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_') {
			return false
		}
	}
	return id != "" && len(id) <= 64
}
