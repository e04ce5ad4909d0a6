package list

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// A server tells of what it has, and never of what it has no longer. So images
// are asked for by their ids: with each look those in sight, which tells of any
// change of them as well, whatever its time; now and then a few others, those
// that the user edited or marked first, and then all in turn. What a list leaves
// out may have become hidden, or be shown no more; only when it is nowhere is it
// gone.

const (
	// checkedAtOnce is how many images a check asks for.
	checkedAtOnce = 25
	// fewInSight is how many rows are asked for with each look; of more it is half
	// of them.
	fewInSight = 5
	// hiddenTurn is which of the checks is for hidden images, if there are any.
	hiddenTurn = 4
	// farSearch is how many images are looked at to find the next ones to check.
	farSearch = 2000
	// doubtsAtOnce is how many doubtful images are read with a look.
	doubtsAtOnce = 3
	// deafFor is how long a server is not asked for several images by their ids
	// after it has shown that it does not know the question.
	deafFor = 10 * time.Minute
)

type (
	listedMsg struct {
		n      int
		ids    []string
		list   pass
		asked  screen.Asked
		images []model.Image
		err    error
	}
	foundMsg struct {
		n     int
		id    string
		asked screen.Asked
		image model.Image
		err   error
	}
	// oneMsg is a reading of one image, for all screens.
	oneMsg foundMsg
)

// checkup is the state of the checks.
type checkup struct {
	n    int           // of them so far
	next [passes]int32 // where each list's turn goes on, by place in the store
	mark int32         // and that of the marked ones
	bad  bool          // the last check found that images are gone

	// missing are images that a list left out. They are looked for in the other
	// one, then one of them by itself.
	missing []string
	list    pass // where they were missed
	single  bool
	some    bool // the lists gave some of what they were asked for
	asked   screen.Asked
	// works is a server that has given some of many once, and so knows the
	// question. Another one would seem to have lost every image: it is asked for
	// one at a time until then.
	works bool
	deaf  time.Time
	// doubts are images of which a reading came too late to tell whether it is
	// newer than the one that is there.
	doubts []string
}

// doubt has an image read again.
func (c *checkup) doubt(id string) {
	if !slices.Contains(c.doubts, id) {
		c.doubts = append(c.doubts, id)
	}
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

// sureFor is how long an image out of sight counts as there after it was read.
func (l *List) sureFor() time.Duration { return turns * l.ctx.Options.Refresh }

// askSight asks for what is in sight: the image that is open, or the rows; nil
// where that was read a moment ago.
func (l *List) askSight(now time.Time) tea.Cmd {
	if id := l.ctx.InSight; id != "" {
		at, known := l.store.images.Find(id)
		if known && l.store.gone[at] || id == l.watch.toldID && now.Sub(l.watch.toldAt) < time.Second {
			return nil // gone, or its screen reads it by itself
		}
		return l.askOne(id)
	}
	// While an edit is followed there are more looks, but no more of these.
	fresh := l.ctx.Options.Refresh * 9 / 10
	if l.watch.blind || now.Sub(l.watch.seen) < fresh {
		return nil // blind servers do not know the question
	}
	l.watch.seen = now
	rows := l.inSight()
	if len(rows) == 0 {
		return nil
	}
	some := [passes]bool{}
	for _, at := range rows {
		some[l.listOf(at)] = true
	}
	most := max(fewInSight, len(rows)/2+1) // the selected one is among them each time
	if some[visible] && some[hidden] {
		most = len(rows) // each list has every other look
	}
	list := l.listOf(slices.MinFunc(rows, func(a, b int32) int { return cmp.Compare(l.store.read[a], l.store.read[b]) }))
	var ids []string
	for _, at := range rows {
		if id := l.store.images.ID(at); len(ids) < most && l.listOf(at) == list && l.store.age(at, now) >= fresh && plainID(id) {
			ids = append(ids, id)
		}
	}
	return l.askListed(ids, list, now)
}

func (l *List) listOf(at int32) pass {
	if l.store.head(at).Hidden {
		return hidden
	}
	return visible
}

// askOthers checks images out of sight; nil when there is nothing to check.
func (l *List) askOthers(now time.Time) tea.Cmd {
	c := &l.watch.check
	c.n++
	list := visible
	if c.n%hiddenTurn == 0 {
		list = hidden
	}
	ids := l.toCheck(list, now)
	if len(ids) == 0 {
		list = visible + hidden - list
		ids = l.toCheck(list, now)
	}
	return l.askListed(ids, list, now)
}

// askListed begins a check of images that should be in a list; nil for none.
func (l *List) askListed(ids []string, list pass, now time.Time) tea.Cmd {
	c := &l.watch.check
	if len(ids) == 0 {
		return nil
	}
	c.some = false
	if len(ids) == 1 || !c.works && now.Before(c.deaf) {
		c.missing, c.single = ids[:1], true
		return l.confirm()
	}
	return l.listed(ids, list)
}

// askOne reads one image.
func (l *List) askOne(id string) tea.Cmd {
	service, n, asked := l.ctx.Service, l.watch.n, l.ctx.Ask()
	return l.ask(func(ctx context.Context) tea.Msg {
		img, err := service.Get(ctx, id)
		return oneMsg{n: n, id: id, asked: asked, image: img, err: err}
	})
}

// tookOne tells every screen of a reading, this one as well.
func (l *List) tookOne(msg oneMsg) tea.Cmd {
	if !l.awaited(msg.n) {
		return nil
	}
	if missing(msg.err) {
		_ = l.answered(nil)
		return tea.Batch(l.vanish([]string{msg.id}, msg.asked, true), l.proceed())
	}
	if l.answered(msg.err) != nil {
		return l.endLook()
	}
	l.Do(screen.ImageSeen{Image: msg.image, Asked: msg.asked})
	return l.proceed()
}

// missing is whether an image was not found.
func missing(err error) bool {
	f := new(model.Failure)
	return errors.As(err, &f) && f.Kind == model.FailedNotFound
}

// confirm looks for what a list left out.
func (l *List) confirm() tea.Cmd {
	c := &l.watch.check
	if !c.single && len(c.missing) > 1 {
		return l.listed(c.missing, visible+hidden-c.list)
	}
	c.single, c.asked = true, l.ctx.Ask()
	service, n, id, asked := l.ctx.Service, l.watch.n, c.missing[0], c.asked
	return l.ask(func(ctx context.Context) tea.Msg {
		img, err := service.Get(ctx, id)
		return foundMsg{n: n, id: id, asked: asked, image: img, err: err}
	})
}

func (l *List) listed(ids []string, list pass) tea.Cmd {
	service, n, filter, asked := l.ctx.Service, l.watch.n, list.filter(l.walk.narrow), l.ctx.Ask()
	l.watch.check.asked = asked
	return l.ask(func(ctx context.Context) tea.Msg {
		images, err := service.Listed(ctx, ids, filter)
		return listedMsg{n: n, ids: ids, list: list, asked: asked, images: images, err: err}
	})
}

func (l *List) tookListed(msg listedMsg) tea.Cmd {
	c, now := &l.watch.check, l.ctx.Now()
	if !l.awaited(msg.n) {
		return nil
	}
	second := c.open()
	if l.answered(msg.err) != nil {
		return l.endLook()
	}
	cmds := []tea.Cmd{l.tookReadings(msg.images, msg.asked, now)}
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
	return tea.Batch(append(cmds, l.proceed())...)
}

func (l *List) tookFound(msg foundMsg) tea.Cmd {
	c, now := &l.watch.check, l.ctx.Now()
	if !l.awaited(msg.n) {
		return nil
	}
	gone := missing(msg.err)
	if !gone && l.answered(msg.err) != nil {
		return l.endLook()
	}
	_ = l.answered(nil)
	var cmd tea.Cmd
	switch {
	case gone && c.works:
		cmd = l.gone(c.missing)
	case gone:
		cmd = l.gone(c.missing[:1])
	default:
		if !c.works && len(c.missing) > 1 {
			c.deaf = now.Add(deafFor)
		}
		cmd = l.tookReadings([]model.Image{msg.image}, msg.asked, now)
		c.bad = false
	}
	c.missing, c.single = nil, false
	return tea.Batch(cmd, l.proceed())
}

// tookReadings takes images of a check; most are known.
func (l *List) tookReadings(images []model.Image, asked screen.Asked, now time.Time) tea.Cmd {
	cmd, changes := l.take(images, asked, false)
	if changes {
		l.watch.stir(now)
		l.Do(screen.ImagesChanged{Images: images, Asked: asked})
	}
	return cmd
}

// gone ends a check that found out that images are there no longer.
func (l *List) gone(ids []string) tea.Cmd {
	l.watch.check.missing, l.watch.check.bad = nil, true
	l.watch.stir(l.ctx.Now())
	return l.vanish(ids, l.watch.check.asked, true)
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

// toCheck chooses what a check of a list out of sight asks for.
func (l *List) toCheck(list pass, now time.Time) []string {
	c := &l.watch.check
	var ids []string
	want := func(at int32) bool {
		id := l.store.images.ID(at)
		return !l.store.gone[at] && l.listOf(at) == list && l.store.age(at, now) >= l.sureFor() &&
			plainID(id) && !slices.Contains(ids, id)
	}
	for id := range l.rows.pinned {
		if at, known := l.store.images.Find(id); known && len(ids) < checkedAtOnce/2 && want(at) {
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
	rows := slices.Clone(l.rows.shown[min(l.offset, len(l.rows.shown)):min(l.offset+l.visible(), len(l.rows.shown))])
	selected, _ := l.place()
	slices.SortStableFunc(rows, func(a, b int32) int {
		switch selected {
		case a:
			return -1
		case b:
			return 1
		}
		return cmp.Compare(l.store.read[a], l.store.read[b])
	})
	return rows
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
