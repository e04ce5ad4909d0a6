// Package demotest runs the embedded service in the tests of other packages.
package demotest

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
)

// Start runs a service on a free port of loopback until the test ends.
func Start(t testing.TB, opts demo.Options) *demo.Running {
	t.Helper()
	_, running := StartServer(t, opts)
	return running
}

// StartServer is Start, for tests that need the service itself too.
func StartServer(t testing.TB, opts demo.Options) (*demo.Server, *demo.Running) {
	t.Helper()
	server := demo.New(opts)
	running, err := server.Start("127.0.0.1:0")
	if err != nil {
		t.Fatalf("start the embedded service: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := running.Close(ctx); err != nil {
			t.Errorf("close the embedded service: %v", err)
		}
	})
	return server, running
}

// Moment is when a Clock starts unless the test says otherwise.
var Moment = time.Date(2026, time.November, 23, 14, 2, 7, 0, time.UTC)

// Clock is a time that only the test moves. Its Now goes into demo.Options.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock is a clock that shows Moment.
func NewClock() *Clock { return &Clock{now: Moment} }

// Now is the time that the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock forward.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
