package demotest

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
)

// Serve runs a handler on a network in memory until the test ends, and gives what
// makes connections to it, for client.Options.Dial. In a bubble of testing/synctest
// time passes while all wait for such a network; for a real one it is still.
func Serve(t testing.TB, h http.Handler) func(ctx context.Context, network, address string) (net.Conn, error) {
	t.Helper()
	m := &memory{conns: make(chan net.Conn), closed: make(chan struct{})}
	life, end := context.WithCancel(context.Background())
	var work sync.WaitGroup
	counted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		work.Add(1)
		defer work.Done()
		h.ServeHTTP(w, r)
	})
	s := &http.Server{Handler: counted, BaseContext: func(net.Listener) context.Context { return life }}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Serve(m) // ends with http.ErrServerClosed
	}()
	t.Cleanup(func() {
		end() // whoever only waits stops waiting
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		<-done
		work.Wait()
	})
	return m.dial
}

// memory is a net.Listener of connections within the process.
type memory struct {
	conns  chan net.Conn
	once   sync.Once
	closed chan struct{}
}

func (m *memory) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case m.conns <- theirs:
		return ours, nil
	case <-m.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (m *memory) Accept() (net.Conn, error) {
	select {
	case c := <-m.conns:
		return c, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

func (m *memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}

func (*memory) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 9292} }
