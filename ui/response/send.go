package response

import (
	"cmp"
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// The image is looked at again after firstPause and less often the longer
// nothing happens; after patience the screen says so and goes on watching, and
// when it takes very long still less often.
const (
	firstPause = time.Second
	lastPause  = 10 * time.Second
	patience   = time.Minute
	veryLong   = 10 * time.Minute
	rarePause  = time.Minute
	// longest is how long a request may take. A server that fetches the size of
	// a location from a slow host takes minutes.
	longest = 10 * time.Minute
)

type (
	// answered is the end of a request.
	answered struct {
		of       *Response
		at       int // the request
		asked    screen.Asked
		image    model.Image
		exchange model.Exchange
		err      error
		// unrecorded is why the history does not have it; nil when it does.
		unrecorded error
	}
	// got answers read.
	got struct {
		of    *Response
		try   int
		asked screen.Asked
		image model.Image
		err   error
	}
	// due is the time for another look.
	due struct {
		of    *Response
		watch int
	}
)

// start begins with the first request. It runs once in the life of the screen:
// nothing that a user can press starts it again.
func (r *Response) start() tea.Cmd {
	if r.outcome != unsent {
		return nil
	}
	r.outcome = sending
	r.begun = r.ctx.Now()
	r.seen = r.seen.Saw(r.base.Status, r.begun)
	return tea.Batch(r.spin(), r.send())
}

// send sends the request at hand, once.
func (r *Response) send() tea.Cmd {
	q := r.request()
	if q.sent {
		return nil
	}
	q.sent = true
	// It is carried out whether or not somebody waits for the answer: the server
	// does not stop either, and until it is through no other edit may be sent.
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	service, id, patch, at := r.ctx.Service, r.base.ID, q.Patch, r.at
	end := r.ctx.Underway.Begin(id, r.ctx.Now())
	carryOut := func() answered {
		img, exchange, err := service.Patch(ctx, id, patch)
		return answered{of: r, at: at, image: img, exchange: exchange, err: err}
	}
	if l := q.Location; l != nil {
		found := q.Before // the answer holds no image
		carryOut = func() answered {
			exchange, err := service.AddLocation(ctx, id, *l)
			return answered{of: r, at: at, image: found, exchange: exchange, err: err}
		}
	}
	j, last, life, numbers := r.journal, !r.follows(), r.life, r.ctx
	left := leftEdit{r.base, r.width}
	return tea.Batch(r.peekLater(), func() tea.Msg {
		defer end()
		defer cancel()
		begun := j.begin()
		a := carryOut()
		a.asked = numbers.Ask()
		doubtful := at > 0 || a.err != nil && edit.Doubtful(edit.AsFailure(a.err), patch)
		a.unrecorded = cmp.Or(begun, j.answered(a.exchange, a.err, outcomeOf(a.err, last, doubtful)))
		if life.Err() != nil {
			return a.late(left)
		}
		return a
	})
}

// answer takes the end of a request.
func (r *Response) answer(msg answered) tea.Cmd {
	q := r.request()
	if msg.of != r || msg.at != r.at || !q.left && (r.outcome != sending || r.reading) {
		return nil
	}
	if q.left && !r.comeLate(q) {
		return r.unrecorded(msg.unrecorded)
	}
	q.exchange, r.pause = msg.exchange, firstPause
	defer r.layOut()
	return tea.Batch(r.unrecorded(msg.unrecorded), r.goOn(q, msg))
}

// goOn is what follows from an answer.
func (r *Response) goOn(q *request, msg answered) tea.Cmd {
	switch {
	case msg.err == nil && r.follows():
		r.answeredWith(msg.image)
		return r.between(msg)
	case msg.err == nil:
		r.outcome = accepted
		r.answeredWith(msg.image)
		r.saw(msg.image, msg.asked)
		r.Do(screen.Sent{Before: r.base, After: msg.image, Asked: msg.asked})
		return r.read()
	}
	q.fail(msg.err, r.rules)
	if r.follows() {
		r.held = heldFailed
	}
	if r.at == 0 && !q.doubtful() {
		r.outcome = refused
		return nil
	}
	r.outcome = unknown
	return r.read()
}

// read reads the image to see what holds now.
func (r *Response) read() tea.Cmd {
	r.try++
	r.reading = true
	ctx, service, id, try, asked := r.life, r.ctx.Service, r.base.ID, r.try, r.ctx.Ask()
	return func() tea.Msg {
		img, err := service.Get(ctx, id)
		return got{of: r, try: try, asked: asked, image: img, err: err}
	}
}

// holds takes what the image is now.
func (r *Response) holds(msg got) tea.Cmd {
	if msg.of != r || msg.try != r.try || r.life.Err() != nil {
		return nil
	}
	r.reading = false
	r.notRead = nil
	defer r.layOut()
	if r.outcome == sending && r.maySendNext(msg) {
		r.at++
		r.request().Before = msg.image
		return r.send()
	}
	if msg.err != nil {
		r.notRead = edit.AsFailure(msg.err)
		if r.notRead.Kind == model.FailedNotFound {
			r.gone = true
			r.Do(screen.ImageGone{ID: r.base.ID})
			return r.record()
		}
		return r.watchOn()
	}
	moved := msg.image.Status != r.seen.Now()
	if r.through() {
		r.looks++
	}
	r.saw(msg.image, msg.asked)
	r.checked = true
	r.found = model.Compare(r.base, r.wanted, msg.image)
	r.sift()
	if q := r.request(); r.outcome == accepted && q.Location != nil && q.failure == nil && model.CallFailed(msg.image) {
		q.failure, r.outcome = model.CallFailure(q.exchange), unknown
	}
	r.Do(screen.ImageSeen{Image: msg.image, Asked: msg.asked})
	switch r.outcome {
	case unknown, notDone, partly:
		before := r.outcome
		switch r.found.Outcome() {
		case model.OutcomeDone:
			r.outcome = accepted
			r.Do(screen.Sent{Before: r.base, After: msg.image, Asked: msg.asked})
		case model.OutcomeNotDone:
			r.outcome = notDone
		case model.OutcomeOpen: // what is not shown may or may not have been changed
			r.outcome = unknown
		default:
			r.outcome = partly
		}
		moved = moved || before != r.outcome
	}
	r.weigh(msg.image)
	if r.undone() && len(r.overwritten) != r.told {
		r.told = len(r.overwritten)
		wanted, _ := r.rules.Merge(r.base, r.wanted, msg.image)
		r.Do(screen.Overwritten{Before: r.base, After: r.wanted, Now: msg.image, Wanted: wanted})
	}
	if r.fruitless() && !r.toldIgnored {
		r.toldIgnored = true
		wanted, _ := r.rules.Merge(r.base, r.wanted, msg.image)
		r.Do(screen.Ignored{Now: msg.image, Wanted: wanted})
	}
	if moved {
		r.pause = firstPause
	}
	return tea.Batch(r.watchOn(), r.record())
}

// later takes a reading that the list made after this screen made its last. What
// it tells of the edit is for the root to say, which remembers more of it.
func (r *Response) later(msg screen.ImageSeen) tea.Cmd {
	if msg.Image.ID != r.base.ID || msg.Asked <= r.asked || r.Shows() == "" {
		return nil
	}
	r.saw(msg.Image, msg.Asked)
	r.layOut()
	return r.watchOn()
}

// saw takes a reading over.
func (r *Response) saw(img model.Image, asked screen.Asked) {
	r.after, r.known, r.asked = img.Recalling(r.after), true, asked
	r.seen = r.seen.Saw(img.Status, r.ctx.Now())
	if img.Status == r.predicted && !r.reached && r.outcome != sending {
		r.reached = true
		r.reachedAfter = r.ctx.Now().Sub(r.begun)
		if d := r.took(); d > 0 && !r.checked {
			r.reachedAfter = d
		}
	}
}

// watching is whether there is something to wait for: the predicted status,
// the end of a motion, an answer that may still be in the making, or an edit
// of somebody else's that undoes this one.
func (r *Response) watching() bool {
	if r.gone || r.life.Err() != nil {
		return false
	}
	switch r.outcome {
	case accepted:
		return !r.through() || r.looks < len(laterLooks)
	case notDone, partly:
		f := r.failure()
		return f != nil && (f.Exchange.Code == 0 || f.Exchange.Code >= 500)
	case unknown:
		return true
	}
	return false
}

// unanswered is whether the service itself gave no answer: none came, or that of a
// proxy, which can have any code. After its own 500 nothing was stored (measured).
func (r *Response) unanswered() bool {
	f := r.failure()
	return f != nil && (f.Kind == model.FailedAnswerLost || f.Exchange.Code == 0 || f.Exchange.Code > 500)
}

// mayYetBeDone is whether the server may still be at work on an edit that does not
// show, as long as a request can take; whether this screen is there or not.
func (r *Response) mayYetBeDone() bool { return r.unanswered() && r.elapsed() < longest }

// through is whether the edit was carried out and all that it sets in motion
// has come to its end.
func (r *Response) through() bool {
	return r.outcome == accepted && r.checked && r.reached && !r.after.Status.InMotion()
}

// grow makes the pauses longer.
func (r *Response) grow() {
	longest := lastPause
	if r.ctx.Now().Sub(r.begun) > veryLong {
		longest = rarePause
	}
	r.pause = min(r.pause*3/2, longest)
}

// watchOn asks for another look after the pause.
func (r *Response) watchOn() tea.Cmd {
	if !r.watching() {
		return nil
	}
	r.watch++
	next, pause := due{of: r, watch: r.watch}, r.pause
	if r.through() {
		pause = laterLooks[r.looks]
	} else {
		r.grow()
	}
	return r.tick(pause, func(time.Time) tea.Msg { return next })
}
