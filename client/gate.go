package client

import (
	"context"
	"sync"
	"time"
)

// gate lets what the user asked for go before the reading of lists. Reads of
// many images pass it one at a time, and none begins while any other request
// is under way, nor in the moment after one, since the requests of an edit
// follow each other. Most servers of the Image API have few workers: an edit
// would wait behind pages that nobody looks at.
//
// Other requests never wait here. One that lasts (a server may fetch a
// location's URL before it answers) holds lists up for a bounded time.
type gate struct {
	turn   chan struct{} // full while one has its turn, waiting for others or under way
	moment time.Duration // how long it stays shut behind another request
	most   time.Duration // how long it is shut to one that waits

	mu     sync.Mutex
	others int           // under way
	last   time.Time     // when the latest of them ended
	free   chan struct{} // closed when the last of them ends; nil while there is none
}

func newGate(p patience) *gate {
	return &gate{turn: make(chan struct{}, 1), moment: p.moment, most: p.yield}
}

// first begins a request that goes first, whose end done tells. It waits for
// nothing.
func (g *gate) first() (done func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.others == 0 {
		g.free = make(chan struct{})
	}
	g.others++
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.others--
		if g.others == 0 {
			g.last = time.Now()
			close(g.free)
			g.free = nil
		}
	}
}

// bulk waits until a read of many images may begin, whose end done tells. When
// the context ends first, done is nil.
func (g *gate) bulk(ctx context.Context) (done func(), err error) {
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if err := g.yield(ctx); err != nil {
		<-g.turn
		return nil, err
	}
	return func() { <-g.turn }, nil
}

// yield waits for others to end.
func (g *gate) yield(ctx context.Context) error {
	var enough <-chan time.Time
	for {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		free, rest := g.shut()
		if free == nil && rest <= 0 {
			return nil
		}
		if enough == nil {
			enough = time.After(g.most)
		}
		var moment <-chan time.Time
		if free == nil {
			moment = time.After(rest)
		}
		select {
		case <-free:
		case <-moment:
		case <-enough:
			return nil
		case <-ctx.Done():
		}
	}
}

// shut is what has to come to pass before the gate is open: the end of others,
// or else some time; neither when it is open.
func (g *gate) shut() (free <-chan struct{}, rest time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.others > 0 || g.last.IsZero() {
		return g.free, 0
	}
	return nil, g.moment - time.Since(g.last)
}
