package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
)

// traffic is what went to and from a server.
type traffic struct {
	requests       []string // method and path, in the order of their coming
	sent, received int64    // bytes on the connections, heads included
}

// relay passes connections on to a server and counts what goes through: every
// byte, unchanged.
type relay struct {
	listener net.Listener
	to       string // host and port

	mu    sync.Mutex
	total traffic
	open  int        // connections
	ended *sync.Cond // one of them
}

// newRelay listens on loopback, and leads to the server of the URL.
func newRelay(target string) (*relay, error) {
	u, err := url.Parse(target)
	if err != nil {
		return nil, err
	}
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &relay{listener: l, to: u.Host}
	r.ended = sync.NewCond(&r.mu)
	go r.serve()
	return r, nil
}

// url is where the relay stands for the server.
func (r *relay) url() string { return "http://" + r.listener.Addr().String() }

func (r *relay) close() { _ = r.listener.Close() }

// wait waits until all connections have ended, as they do with a client, and
// what went through them is counted. It is no WaitGroup, which must not be waited
// for while the first connection comes.
func (r *relay) wait() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.open > 0 {
		r.ended.Wait()
	}
}

// opened counts a connection more, or one less.
func (r *relay) opened(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open += n
	r.ended.Broadcast()
}

// take gives what was counted since the last time.
func (r *relay) take() traffic {
	r.mu.Lock()
	defer r.mu.Unlock()
	t := r.total
	r.total = traffic{}
	return t
}

func (r *relay) serve() {
	for {
		conn, err := r.listener.Accept()
		if err != nil {
			return
		}
		r.opened(1)
		go func() {
			defer r.opened(-1)
			r.pass(conn)
		}()
	}
}

// pass carries a connection to its end.
func (r *relay) pass(conn net.Conn) {
	defer conn.Close()
	server, err := new(net.Dialer).DialContext(context.Background(), "tcp", r.to)
	if err != nil {
		return
	}
	defer server.Close()
	var asked sync.WaitGroup
	read, write := io.Pipe()
	asked.Go(func() { r.note(read) })
	asked.Go(func() {
		_, _ = io.Copy(io.MultiWriter(counter{r, &r.total.sent}, server, write), conn)
		_ = write.Close()
		if half, ok := server.(*net.TCPConn); ok {
			_ = half.CloseWrite()
		}
	})
	_, _ = io.Copy(io.MultiWriter(counter{r, &r.total.received}, conn), server)
	_ = conn.Close() // where the server was the first to leave
	asked.Wait()
}

// note reads along what a client asks.
func (r *relay) note(requests io.Reader) {
	buffered := bufio.NewReader(requests)
	for {
		req, err := http.ReadRequest(buffered)
		if err != nil {
			_, _ = io.Copy(io.Discard, buffered) // what is no HTTP passes through all the same
			return
		}
		r.mu.Lock()
		r.total.requests = append(r.total.requests, req.Method+" "+req.URL.Path)
		r.mu.Unlock()
		_, _ = io.Copy(io.Discard, req.Body)
	}
}

// counter adds to one of the relay's numbers.
type counter struct {
	r *relay
	n *int64
}

func (c counter) Write(p []byte) (int, error) {
	c.r.mu.Lock()
	*c.n += int64(len(p))
	c.r.mu.Unlock()
	return len(p), nil
}
