package list

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// sweepPause is the time between two walks through all pages, where a server
// cannot tell what changed.
const sweepPause = 30 * time.Second

// turns is the number of looks in which each kind gets its turn: one of them
// asks for changes of hidden images, one for images that may have vanished out
// of sight, the rest for changes of the others.
const turns = 6

// part is one of the two questions of a look.
type part int

const (
	beyond part = iota // for what changed anywhere, and what vanished out of sight
	sight              // for what is in sight
)

type (
	watchTick  struct{ n int }
	changesMsg struct {
		n         int
		list      pass
		asked     question
		at        screen.Asked
		page      model.Page
		err       error
		beginning bool // it answers anchor
	}
)

// watch looks for what changed: one request at a time, and a pause after each
// look, which asks for what changed and then for what is in sight.
type watch struct {
	pace

	n    int       // counts ticks; an earlier one is stale
	on   bool      // there is something to keep fresh
	busy bool      // a look is under way
	sent time.Time // when the last look began, and
	last time.Time // when it ended
	due  time.Time // the next one; zero for none

	todo    []part    // of the look that is under way
	at      part      // what it asks for now
	good    bool      // something of it was answered
	doubted int       // doubtful images that it has read
	first   part      // of a look: after a failure it begins with the other one
	seen    time.Time // when rows were asked for last
	// The image of which all screens were told last, and when. What a list shows of
	// an image they do not take.
	toldID string
	toldAt time.Time

	begun    bool          // the latest change was asked for, from which looks go on
	changes  [passes]since // by list
	overflow bool          // there were too many: the list has to be read again
	// blind is a server that cannot tell what changed (before 2016): the pages of
	// the list are read again and again. proven is one that can, as it has shown,
	// and doubt the change that it should have told.
	blind, proven bool
	tried         bool // it was asked once more since the last walk
	broken        int  // questions for changes that failed, one after another
	doubt         time.Time
	// The looks of other kinds since the last one for hidden images, and since the
	// last check.
	sinceHidden, sinceCheck int
	hiddenAt, checkedAt     time.Time
	check                   checkup

	err error // of the last look
}

// wake begins to watch, once there is something to keep fresh.
func (l *List) wake() tea.Cmd {
	if l.watch.on {
		return nil
	}
	now := l.ctx.Now()
	l.watch.on, l.watch.hiddenAt, l.watch.checkedAt = true, now, now
	l.watch.sinceHidden = turns / 2 // apart from the checks
	l.watch.stir(now)
	return l.schedule()
}

// open is whether the last look left something to ask for at once.
func (w *watch) open() bool { return w.changes[visible].more || w.changes[hidden].more }

// schedule sets the time of the next look, in place of one set before.
func (l *List) schedule() tea.Cmd {
	w, now := &l.watch, l.ctx.Now()
	if l.ctx.Options.Refresh <= 0 || w.busy {
		return nil // the end of a look sets the next one
	}
	if w.due = w.next(l.ctx.Options.Refresh, now); w.asleep(now) {
		w.due = time.Time{}
	}
	return l.tick()
}

// tick waits until the next look is due.
func (l *List) tick() tea.Cmd {
	w, now := &l.watch, l.ctx.Now()
	w.n++
	if w.due.IsZero() {
		return nil
	}
	n := w.n
	return l.after(max(0, w.due.Sub(now)), func(time.Time) tea.Msg { return watchTick{n} })
}

// next is when to look next.
func (w *watch) next(every time.Duration, now time.Time) time.Time {
	if w.last.IsZero() {
		return now
	}
	return w.last.Add(w.pause(every, w.open() || !w.begun, now))
}

// hasten brings the next look forward, where it would be due earlier by now.
func (l *List) hasten() tea.Cmd {
	w, now := &l.watch, l.ctx.Now()
	if !w.on || !w.due.IsZero() && !w.next(l.ctx.Options.Refresh, now).Before(w.due) {
		return nil
	}
	return l.schedule()
}

// afresh forgets what kept the looks apart: somebody wants to know.
func (l *List) afresh() tea.Cmd {
	w := &l.watch
	w.failures, w.pages, w.err, w.took, w.asked = 0, 0, nil, 0, 0
	return l.touched()
}

// touched notes that somebody is there.
func (l *List) touched() tea.Cmd {
	l.watch.away = time.Time{}
	l.watch.stir(l.ctx.Now())
	return l.hasten()
}

// focused is touched by the terminal itself: who comes back wants to see how
// things are, whatever the pause would be.
func (l *List) focused() tea.Cmd {
	w := &l.watch
	if w.away.IsZero() {
		return nil
	}
	w.away = time.Time{}
	w.stir(l.ctx.Now())
	if !w.on || w.busy || l.ctx.Options.Refresh <= 0 {
		return nil
	}
	w.due = w.last.Add(soon)
	return l.tick()
}

// blurred notes that the terminal is no longer in focus.
func (l *List) blurred() tea.Cmd {
	if !l.watch.away.IsZero() {
		return nil
	}
	l.watch.away = l.ctx.Now()
	if !l.watch.on || l.watch.due.IsZero() {
		return nil
	}
	return l.schedule()
}

// look asks what is to be asked now.
func (l *List) look(msg watchTick) tea.Cmd {
	w, now := &l.watch, l.ctx.Now()
	if msg.n != w.n || w.busy || l.ctx.Options.Refresh <= 0 {
		return nil
	}
	if w.asleep(now) {
		w.due = time.Time{}
		return nil
	}
	w.busy, w.sent, w.good, w.doubted = true, now, false, 0
	w.todo = []part{w.first, sight - w.first}
	cmd := l.proceed()
	if l.firstWalk() || l.walk.failed() {
		return cmd
	}
	return tea.Batch(cmd, l.nextPage())
}

// proceed asks the next question of a look, or ends it.
func (l *List) proceed() tea.Cmd {
	w, now := &l.watch, l.ctx.Now()
	c := &w.check
	if c.open() {
		return l.confirm()
	}
	if len(c.doubts) > 0 && w.doubted < doubtsAtOnce {
		id := c.doubts[0]
		c.doubts = c.doubts[1:]
		w.doubted++
		return l.askOne(id)
	}
	for len(w.todo) > 0 {
		w.at, w.todo = w.todo[0], w.todo[1:]
		switch {
		case w.at == sight && !w.unwatched(now):
			if cmd := l.askSight(now); cmd != nil {
				return cmd
			}
		case w.at == beyond:
			if cmd, awaited := l.askBeyond(now); awaited {
				return cmd
			} else if cmd != nil {
				return tea.Batch(cmd, l.proceed())
			}
		}
	}
	return l.endLook()
}

// endLook ends a look, well or badly.
func (l *List) endLook() tea.Cmd {
	w, now := &l.watch, l.ctx.Now()
	w.busy, w.last, w.took = false, now, now.Sub(w.sent)
	return l.schedule()
}

// askBeyond asks for what is out of sight. Pages of the list are not waited for
// by the look.
func (l *List) askBeyond(now time.Time) (cmd tea.Cmd, awaited bool) {
	w := &l.watch
	switch {
	case l.walk.failed():
		return l.goOn(), false
	case w.blind:
		return l.sweep(), false
	case w.overflow && l.walk.done:
		w.overflow = false
		return l.begin(), false
	case !w.begun:
		return l.anchor(), true
	case w.changes[visible].more:
		return l.askChanges(visible), true
	case w.changes[hidden].more:
		return l.askChanges(hidden), true
	}
	return l.turn(now), true
}

// turn gives each kind of question its turn. While something of this user's is
// in motion, more are for changes.
func (l *List) turn(now time.Time) tea.Cmd {
	w, cycle := &l.watch, (turns-1)*l.ctx.Options.Refresh
	if !w.proven && !w.changes[visible].newest.IsZero() {
		return l.askChanges(visible) // does this server know the question at all?
	}
	w.sinceCheck++
	w.sinceHidden++
	hides := l.hidesImages()
	switch {
	case !w.unwatched(now) && w.checkDue(now, l.ctx.Options.Refresh):
		if cmd := l.askOthers(now); cmd != nil {
			w.sinceCheck, w.checkedAt = 0, now
			return cmd
		}
	case hides && w.sinceHidden >= turns && now.Sub(w.hiddenAt) >= cycle, hides && w.eager(now) && l.hiddenMine() && w.sinceHidden > 1:
		w.sinceHidden, w.hiddenAt = 0, now
		return l.askChanges(hidden)
	}
	return l.askChanges(visible)
}

// anchor asks for the latest change of all, from which looks go on.
func (l *List) anchor() tea.Cmd {
	filter := visible.filter(l.walk.narrow)
	service, n := l.ctx.Service, l.watch.n
	return l.ask(func(ctx context.Context) tea.Msg {
		page, err := service.LastChanged(ctx, filter)
		return changesMsg{n: n, beginning: true, page: page, err: err}
	})
}

func (l *List) askChanges(p pass) tea.Cmd {
	q, filter := l.watch.changes[p].ask(l.ctx.Now()), p.filter(l.walk.narrow)
	service, n, at := l.ctx.Service, l.watch.n, l.ctx.Ask()
	return l.ask(func(ctx context.Context) tea.Msg {
		page, err := service.ChangedSince(ctx, q.from, q.limit, filter)
		return changesMsg{n: n, list: p, asked: q, at: at, page: page, err: err}
	})
}

// ask carries out a look; however bad the connection, it ends.
func (l *List) ask(what func(context.Context) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), slowest)
		defer cancel()
		return what(ctx)
	}
}

// awaited is whether an answer is the one that the watch waits for.
func (l *List) awaited(n int) bool { return n == l.watch.n && l.watch.busy }

// answered notes the answer to a question of a look, and gives its error back,
// with which the look is to be ended.
func (l *List) answered(err error) error {
	w := &l.watch
	if err == nil {
		w.good, w.failures, w.err, w.asked = true, 0, nil, 0
		return nil
	}
	if w.err = err; !w.good {
		w.failures++
	}
	w.first = sight - w.at
	w.todo, w.check.missing, w.check.single = nil, nil, false
	if f := new(model.Failure); errors.As(err, &f) {
		w.asked = f.Wait
	}
	return err
}

func (l *List) tookChanges(msg changesMsg) tea.Cmd {
	w, now := &l.watch, l.ctx.Now()
	if !l.awaited(msg.n) {
		return nil
	}
	w.broken++
	if err := l.answered(msg.err); err != nil {
		if !msg.beginning && !w.proven && w.refused(err) {
			w.blind, w.tried = true, true
		}
		return l.endLook()
	}
	w.broken = 0
	if msg.beginning {
		for p := range w.changes {
			w.changes[p].begin(msg.page, now.Sub(l.walk.began), now)
		}
		w.begun = true
		return l.proceed()
	}
	if msg.list == visible && !w.proven {
		l.prove(msg.page)
	}
	w.overflow = !w.changes[msg.list].took(msg.asked, msg.page, now) || w.overflow
	images := msg.page.Images
	cmd, _ := l.take(images, msg.at, l.loading())
	if len(images) > 0 {
		w.stir(now)
		l.Do(screen.ImagesChanged{Images: images, Asked: msg.at})
	}
	return tea.Batch(cmd, l.proceed())
}

// prove holds the first answer against what has to be in it: the change that
// was the latest when the watch began. A server that is asked twice and leaves
// it out does not know the question.
func (l *List) prove(page model.Page) {
	w := &l.watch
	latest := w.changes[visible].newest
	switch {
	case len(page.Images) > 0:
		w.proven = true
	case latest.IsZero():
	case w.doubt.Equal(latest):
		w.blind, w.tried = true, true
	default: // perhaps it was deleted in between
		w.doubt, w.begun = latest, false
	}
}

// refused is whether a failure means that the server does not know the
// question, though it answers others: it says so, or breaks again and again.
func (w *watch) refused(err error) bool {
	f := new(model.Failure)
	return errors.As(err, &f) && (f.Kind == model.FailedBadRequest || f.Kind == model.FailedServer && (w.broken > 3 || w.tried))
}

// sweep reads on in the list of a server that cannot tell what changed. Between
// two walks it is asked once more: it may only have been out of order.
func (l *List) sweep() tea.Cmd {
	w := &l.watch
	switch {
	case !l.walk.done || l.walk.endless || l.ctx.Now().Sub(l.walk.ended) < sweepPause:
		return l.nextPage()
	case !w.tried:
		w.tried, w.blind, w.begun, w.doubt = true, false, false, time.Time{}
		return nil
	}
	w.tried = false
	return l.begin()
}

// hiddenMine is whether an image is hidden that this user set in motion.
func (l *List) hiddenMine() bool {
	for id, e := range l.watch.mine {
		if !e.moving {
			continue
		}
		if at, known := l.store.images.Find(id); known && l.store.head(at).Hidden {
			return true
		}
	}
	return false
}

// paused says why nothing is looked for, "" while it is.
func (l *List) paused() string {
	w := &l.watch
	if w.on && w.due.IsZero() && !w.busy && w.asleep(l.ctx.Now()) && l.ctx.Options.Refresh > 0 {
		return "paused until this terminal has the focus"
	}
	return ""
}
