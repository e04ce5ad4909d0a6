package response

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// The image is looked at again after firstPause and less often the longer
// nothing happens; after patience the screen says so and goes on watching.
const (
	firstPause = time.Second
	lastPause  = 10 * time.Second
	patience   = time.Minute
)

type (
	// answered is the end of the PATCH.
	answered struct {
		of       *Response
		image    model.Image
		exchange model.Exchange
		err      error
	}
	// got answers read.
	got struct {
		of    *Response
		try   int
		image model.Image
		err   error
	}
	// due is the time for another look.
	due struct {
		of    *Response
		watch int
	}
)

// send carries the edit out. It runs once in the life of the screen: nothing
// that a user can press starts it again.
func (r *Response) send() tea.Cmd {
	if r.outcome != unsent {
		return nil
	}
	r.outcome = sending
	r.begun = r.ctx.Now()
	r.seen = r.seen.Saw(r.base.Status, r.begun)
	ctx, cancel := context.WithCancel(context.Background())
	r.stopSending = cancel
	service, id, patch := r.ctx.Service, r.base.ID, r.patch
	return tea.Batch(r.spin(), func() tea.Msg {
		img, exchange, err := service.Patch(ctx, id, patch)
		return answered{of: r, image: img, exchange: exchange, err: err}
	})
}

// answer takes the end of the PATCH.
func (r *Response) answer(msg answered) tea.Cmd {
	if msg.of != r || r.outcome != sending {
		return nil
	}
	r.stopSending()
	r.exchange = msg.exchange
	defer r.layOut()
	if msg.err == nil {
		r.outcome = accepted
		r.saw(msg.image)
		return tea.Batch(screen.Say(screen.Sent{Before: r.base, After: msg.image}), r.read())
	}
	r.failure = asFailure(msg.err)
	if r.exchange.Code == 0 && r.failure.Exchange.Method != "" {
		r.exchange = r.failure.Exchange
	}
	r.culprit = r.rules.Culprit(r.base, r.patch, r.failure.Exchange.Code, r.failure.Detail)
	if !r.doubtful() {
		r.outcome = refused
		return nil
	}
	r.outcome = unknown
	return r.read()
}

// doubtful is whether the failure leaves open what the server did: no answer,
// an answer that a proxy may have given, or a patch whose removals take effect
// even where the whole is refused.
func (r *Response) doubtful() bool {
	switch r.failure.Kind {
	case model.FailedReadOnlyMode, model.FailedConfigured:
		return false // it never left this program
	}
	code := r.failure.Exchange.Code
	return code == 0 || code >= 500 || r.patch.RemovesLocations()
}

func asFailure(err error) *model.Failure {
	var f *model.Failure
	if errors.As(err, &f) {
		return f
	}
	return &model.Failure{Doing: "send the edit", Detail: err.Error(), Err: err}
}

// read reads the image to see what holds now.
func (r *Response) read() tea.Cmd {
	r.try++
	r.reading = true
	ctx, service, id, try := r.life, r.ctx.Service, r.base.ID, r.try
	return func() tea.Msg {
		img, err := service.Get(ctx, id)
		return got{of: r, try: try, image: img, err: err}
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
	if msg.err != nil {
		r.notRead = asFailure(msg.err)
		if r.notRead.Kind == model.FailedNotFound {
			r.gone = true
			return screen.Say(screen.ImageGone{ID: r.base.ID})
		}
		return r.watchOn()
	}
	moved := msg.image.Status != r.seen.Now()
	r.saw(msg.image)
	r.checked = true
	r.found = compare(r.base, r.wanted, msg.image)
	news := []tea.Cmd{screen.Say(screen.ImageSeen{Image: msg.image})}
	switch r.outcome {
	case unknown, notDone, partly:
		before := r.outcome
		switch {
		case r.found.all():
			r.outcome = accepted
			news = append(news, screen.Say(screen.Sent{Before: r.base, After: msg.image}))
		case r.found.none():
			r.outcome = notDone
		default:
			r.outcome = partly
		}
		moved = moved || before != r.outcome
	}
	if moved {
		r.pause = firstPause
	}
	return tea.Batch(append(news, r.watchOn())...)
}

// saw takes a reading over.
func (r *Response) saw(img model.Image) {
	r.after, r.known = img, true
	r.seen = r.seen.Saw(img.Status, r.ctx.Now())
	if img.Status == r.predicted && !r.reached {
		r.reached = true
		r.reachedAfter = r.ctx.Now().Sub(r.begun)
		if r.exchange.Duration > 0 && !r.checked {
			r.reachedAfter = r.exchange.Duration
		}
	}
}

// watching is whether there is something to wait for: the predicted status,
// the end of a motion, or an answer that may still be in the making.
func (r *Response) watching() bool {
	if r.gone || r.life.Err() != nil {
		return false
	}
	switch r.outcome {
	case accepted:
		return !r.checked || !r.reached || r.after.Status.InMotion()
	case notDone, partly:
		return r.failure.Exchange.Code == 0 || r.failure.Exchange.Code >= 500
	case unknown:
		return true
	}
	return false
}

// watchOn asks for another look after the pause.
func (r *Response) watchOn() tea.Cmd {
	if !r.watching() {
		return nil
	}
	r.watch++
	next, pause := due{of: r, watch: r.watch}, r.pause
	r.pause = min(r.pause*3/2, lastPause)
	return r.tick(pause, func(time.Time) tea.Msg { return next })
}
