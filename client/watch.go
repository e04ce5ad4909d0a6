package client

import (
	"context"
	"errors"
	"io"
	"time"
)

var (
	errStalled = errors.New("no byte came for too long")
	errTooLong = errors.New("the answer is too long")
)

// watchdog ends a request in which nothing happens any more. A time-out for
// the whole would fail large lists on slow links.
type watchdog struct {
	timer *time.Timer
	idle  time.Duration
	end   context.CancelCauseFunc
}

func watch(parent context.Context, idle time.Duration) (context.Context, *watchdog) {
	ctx, end := context.WithCancelCause(parent)
	d := &watchdog{idle: idle, end: end}
	d.timer = time.AfterFunc(idle, func() { end(errStalled) })
	return ctx, d
}

func (d *watchdog) pat() { d.timer.Reset(d.idle) }

func (d *watchdog) stop() {
	d.timer.Stop()
	d.end(nil)
}

// answerBody reads an answer: at most left bytes, watched, and remembering
// the error by which it broke off (a decoder would wrap or hide it).
type answerBody struct {
	from io.Reader
	left int64
	dog  *watchdog
	err  error
}

func (b *answerBody) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	if b.left <= 0 {
		// Only a further byte makes it too long.
		if n, err := b.from.Read(p[:min(1, len(p))]); n == 0 {
			return 0, err
		}
		b.err = errTooLong
		return 0, b.err
	}
	n, err := b.from.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.dog.pat()
	if err != nil && err != io.EOF {
		b.err = err
	}
	return n, err
}

// sleep waits, or gives the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
