package watch

import (
	"errors"
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

// scanPause is the time between two scans, where a server cannot tell what
// changed.
const scanPause = 30 * time.Second

// cycle is the number of polls in which each kind gets its turn: one of them
// asks for changes of hidden images, one for images that may have been deleted
// elsewhere, the rest for changes of the others.
const cycle = 6

// step is one of the two questions of a poll.
type step int

const (
	elsewhere step = iota // for what changed anywhere, and what was deleted out of sight
	onScreen              // for what is on the screen
)

// poll looks for what changed: one request at a time, and a pause after each
// poll, which asks for what changed and then for what is on the screen.
type poll struct {
	on      bool      // there is something to keep up to date
	wake    Tag       // the Woken that is awaited
	due     time.Time // when the next poll is; zero for none
	began   time.Time // when the last poll began, and
	last    time.Time // when it ended
	pollErr error     // why it failed

	request struct { // that is in flight
		tag Tag
		Request
		window window // where it asks for changes
	}
	todo    []step // of this poll
	at      step   // what it asks for now
	good    bool   // something of it was answered
	doubted int    // images that it has read again
	first   step   // of a poll: after a failure it begins with the other one
	rowsAt  time.Time
	// The image of which all screens were told last, and when. What a list shows of
	// an image they do not take.
	toldID string
	toldAt time.Time

	anchored bool         // the latest change was asked for, from which polls go on
	changes  [lists]since // by list
	overflow bool         // there were too many: the list has to be read again
	// blind is a server that cannot tell what changed (before 2016): the pages of
	// the list are read again and again. proven is one that can, as it has shown,
	// and missed the change that it should have told.
	blind, proven bool
	tried         bool // it was asked once more since the last scan
	broken        int  // requests for changes that failed, one after another
	missed        time.Time
	// The polls since the last one for hidden images, and since the last check.
	sinceHidden, sinceCheck int
	hiddenAt, checkedAt     time.Time
	check                   check
}

// start begins to poll, once there is something to keep up to date.
func (w *Watch) start() {
	if w.on {
		return
	}
	w.on, w.hiddenAt, w.checkedAt, w.lastActivity = true, w.now, w.now, w.now
	w.sinceHidden = cycle / 2 // apart from the checks
	w.schedule()
}

// schedule sets the time of the next poll, in place of one set before.
func (w *Watch) schedule() {
	if w.every <= 0 || w.request.tag != 0 {
		return // the end of a poll sets the next one
	}
	if w.paused(w.now) {
		w.due, w.wake = time.Time{}, 0
		return
	}
	w.wakeAt(w.next())
}

func (w *Watch) wakeAt(at time.Time) {
	w.due, w.wake = at, w.tag()
	w.emit(Wake{w.wake, max(0, at.Sub(w.now))})
}

// next is when to poll next.
func (w *Watch) next() time.Time {
	if w.last.IsZero() {
		return w.now
	}
	more := w.changes[Visible].more || w.changes[Hidden].more || !w.anchored
	return later(w.last.Add(w.pause(w.every, more, w.now)), w.notBefore)
}

// hasten brings the next poll forward, where it would be due earlier by now.
func (w *Watch) hasten() {
	if w.on && (w.due.IsZero() || w.next().Before(w.due)) {
		w.schedule()
	}
}

// active notes that the user is there.
func (w *Watch) active() {
	w.blurred, w.lastActivity = time.Time{}, w.now
	w.hasten()
}

// focused is active by the terminal itself: who comes back wants to see how
// things are, whatever the pause would be, but for what the server needs.
func (w *Watch) focused() {
	if w.blurred.IsZero() {
		return
	}
	w.blurred, w.lastActivity = time.Time{}, w.now
	if w.on && w.request.tag == 0 && w.every > 0 {
		w.wakeAt(later(w.last.Add(max(soon, w.rest())), w.notBefore))
	}
}

// lostFocus notes that the terminal is no longer in focus.
func (w *Watch) lostFocus() {
	if !w.blurred.IsZero() {
		return
	}
	w.blurred = w.now
	if w.on && !w.due.IsZero() {
		w.schedule()
	}
}

// startPoll asks what is to be asked now.
func (w *Watch) startPoll() {
	if w.paused(w.now) {
		w.due = time.Time{}
		return
	}
	w.began, w.good, w.doubted = w.now, false, 0
	w.todo = []step{w.first, onScreen - w.first}
	w.proceed()
	w.nextPage()
}

// proceed asks the next question of a poll, or ends it. It ends as well where the
// server asked for a pause meanwhile, or the user went away.
func (w *Watch) proceed() {
	c := &w.check
	switch {
	case w.now.Before(w.notBefore), w.paused(w.now):
		w.endPoll()
		return
	case len(c.missing) > 0:
		w.confirm()
		return
	case len(c.doubts) > 0 && w.doubted < doubtsAtOnce:
		id := c.doubts[0]
		c.doubts = c.doubts[1:]
		w.doubted++
		w.pollFor(Request{Kind: AskOne, IDs: []string{id}})
		return
	}
	for len(w.todo) > 0 && w.request.tag == 0 {
		w.at, w.todo = w.todo[0], w.todo[1:]
		switch {
		case w.at == elsewhere:
			w.askElsewhere()
		case !w.unwatched(w.now):
			w.askOnScreen()
		}
	}
	if w.request.tag == 0 {
		w.endPoll()
	}
}

// endPoll ends a poll, well or badly.
func (w *Watch) endPoll() {
	w.last, w.took = w.now, w.now.Sub(w.began)
	w.schedule()
}

// pollFor sends a request of a poll.
func (w *Watch) pollFor(r Request) {
	w.request.Request, w.request.tag = r, w.ask(r)
}

// askElsewhere asks for what is out of sight. The poll does not wait for pages of
// the list.
func (w *Watch) askElsewhere() {
	switch {
	case w.scan.failed():
		w.retryPage()
	case w.blind:
		w.scanOn()
	case w.overflow && w.scan.done:
		w.overflow = false
		w.startScan()
	case !w.anchored: // the latest change of all, from which polls go on
		w.pollFor(Request{Kind: AskLatest})
	case w.changes[Visible].more:
		w.askChanges(Visible)
	case w.changes[Hidden].more:
		w.askChanges(Hidden)
	case !w.proven && !w.changes[Visible].newest.IsZero():
		w.askChanges(Visible) // does this server know the question at all?
	default:
		w.takeTurns()
	}
}

// takeTurns gives each kind of question its turn. While something of this user's
// is changing, more are for changes.
func (w *Watch) takeTurns() {
	w.sinceCheck++
	w.sinceHidden++
	if !w.unwatched(w.now) && w.checkDue() && w.askOthers() {
		w.sinceCheck, w.checkedAt = 0, w.now
		return
	}
	list := Visible
	due := w.sinceHidden >= cycle && w.now.Sub(w.hiddenAt) >= (cycle-1)*w.every
	if w.hidesImages() && (due || w.sinceHidden > 1 && w.hiddenInMotion()) {
		list, w.sinceHidden, w.hiddenAt = Hidden, 0, w.now
	}
	w.askChanges(list)
}

func (w *Watch) askChanges(list ListKind) {
	w.request.window = w.changes[list].ask(w.now)
	w.pollFor(Request{Kind: AskSince, List: list, Since: w.request.window.from, Limit: w.request.window.limit})
}

// tookPoll takes the response to a request of a poll.
func (w *Watch) tookPoll(r Responded) {
	w.request.tag = 0
	kind := w.request.Kind
	changes := kind == AskLatest || kind == AskSince
	if changes {
		w.broken++
	}
	if deleted := kind == AskOne && notFound(r.Err); r.Err != nil && !deleted {
		w.failed(r.Err)
		if kind == AskSince && !w.proven && w.rejected(r.Err) {
			w.blind, w.tried = true, true
		}
		w.endPoll()
		return
	}
	w.good, w.failures, w.pollErr = true, 0, nil
	switch kind {
	case AskLatest:
		w.broken = 0
		for list := range w.changes {
			w.changes[list].begin(r.Page, w.now.Sub(w.scan.began), w.now)
		}
		w.anchored = true
	case AskSince:
		w.broken = 0
		w.tookChanges(r)
	case AskIDs:
		w.tookListed(r)
	case AskOne:
		w.tookOne(r)
	}
	w.proceed()
}

// failed notes that a poll failed.
func (w *Watch) failed(err error) {
	if w.pollErr = err; !w.good {
		w.failures++
	}
	w.first = onScreen - w.at
	w.todo, w.check.missing, w.check.single = nil, nil, false
	if f := new(api.Failure); errors.As(err, &f) {
		w.wait(f, w.now)
	}
}

func (w *Watch) tookChanges(r Responded) {
	list := w.request.List
	if list == Visible && !w.proven {
		w.prove(r.Page)
	}
	w.overflow = !w.changes[list].took(w.request.window, r.Page, w.now) || w.overflow
	w.take(r.Page.Images, r.Asked, w.Loading())
	if len(r.Page.Images) > 0 {
		w.lastActivity = w.now
		w.emit(Changed{r.Page.Images, r.Asked})
	}
}

// prove holds the first response against what has to be in it: the change that
// was the latest when the polls began. A server that is asked twice and leaves
// it out does not know the question.
func (w *Watch) prove(page api.Page) {
	latest := w.changes[Visible].newest
	switch {
	case len(page.Images) > 0:
		w.proven = true
	case latest.IsZero():
	case w.missed.Equal(latest):
		w.blind, w.tried = true, true
	default: // perhaps it was deleted in between
		w.missed, w.anchored = latest, false
	}
}

// rejected reports whether a failure means that the server does not know the
// question, though it answers others: it says so, or breaks again and again.
func (w *Watch) rejected(err error) bool {
	f := new(api.Failure)
	return errors.As(err, &f) && (f.Kind == api.FailedBadRequest || f.Kind == api.FailedServer && (w.broken > 3 || w.tried))
}

// scanOn reads on in the list of a server that cannot tell what changed. Between
// two scans it is asked once more: it may only have been out of order.
func (w *Watch) scanOn() {
	switch {
	case !w.scan.done || w.scan.endless || w.now.Sub(w.scan.ended) < scanPause:
		w.nextPage()
	case !w.tried:
		w.tried, w.blind, w.anchored, w.missed = true, false, false, time.Time{}
	default:
		w.tried = false
		w.startScan()
	}
}

// hiddenInMotion reports whether an image is hidden that this user edited and the server is changing.
func (w *Watch) hiddenInMotion() bool {
	return w.eager(w.now) && slices.ContainsFunc(w.edited, func(e edited) bool {
		at, known := w.store.Find(e.id)
		return e.transitional && known && w.store.list(at) == Hidden
	})
}

// notFound reports whether an image was not found.
func notFound(err error) bool {
	f := new(api.Failure)
	return errors.As(err, &f) && f.Kind == api.FailedNotFound
}
