package demo

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/glance-tui/glance-tui/demo/faults"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Server is the service. It is safe for concurrent use and holds no goroutine.
type Server struct {
	opts    Options
	started time.Time
	images  *store
	files   *warehouse
	tokens  *tokenService
	agenda  *agenda
	routes  []route
	mirrors mirrors
	faults  faults.Injector

	schemaText []byte        // as answered
	schema     *rules.Schema // what it says
}

// New makes a service with its images in place.
func New(opts Options) *Server {
	opts = opts.withDefaults()
	s := &Server{
		opts:    opts,
		files:   newWarehouse(),
		tokens:  newTokenService(opts.TokenLifetime),
		agenda:  &agenda{},
		mirrors: mirrors{extra: opts.Mirrors, oneWord: opts.OneStore},
	}
	s.setSchema(opts.Schema)
	s.started = s.now()
	s.images = newStore(synthesizer{seed: opts.Seed, start: s.started, oneStore: opts.OneStore})
	s.images.weights = opts.Weights
	if !opts.Empty {
		s.seed()
	}
	s.images.fill(opts.Images)
	if !opts.Still && !opts.Empty {
		s.startLife()
	}
	s.routes = s.imageRoutes()
	s.faults.Struck = opts.Struck
	s.faults.Set(opts.Faults...)
	return s
}

// now is the time that images get. Answers show whole seconds; the order of a
// list knows more, as it does where the database does.
func (s *Server) now() time.Time { return moment(s.opts.Now()) }

func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// rules are what PATCH goes by for a caller.
func (s *Server) rules(who caller) rules.Rules {
	r := rules.For(s.opts.Release)
	r.Limits, r.Schema = s.opts.Limits, s.schema
	r.RolesKnown, r.Admin = true, who.admin
	return r
}

// Handler serves both services: the token service under /identity, the Image
// service under everything else. The faults stand before both.
func (s *Server) Handler() http.Handler { return s.faults.Wrap(http.HandlerFunc(s.serve)) }

// Faults are what goes wrong on purpose, and the count of the requests.
func (s *Server) Faults() *faults.Injector { return &s.faults }

// Running is a server that listens.
type Running struct {
	// URL is the Image service's endpoint, without a slash at its end.
	URL string
	// AuthURL is the token service's, for clients' auth_url.
	AuthURL string

	http   *http.Server
	cancel context.CancelFunc
	done   chan struct{}
}

// Start listens on an address such as "127.0.0.1:9292" and serves until Close.
// Without a host it is 127.0.0.1, and port 0 takes a free one. The service
// asks nobody for a token: another address than loopback opens it to the
// network, which is the caller's decision.
func (s *Server) Start(addr string) (*Running, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", addr, err)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	url := "http://" + listener.Addr().String()
	r := &Running{
		URL:     url,
		AuthURL: url + identityPath + "/v3",
		http: &http.Server{
			Handler:           s.Handler(),
			ReadHeaderTimeout: 10 * time.Second,
			IdleTimeout:       2 * time.Minute,
			BaseContext:       func(net.Listener) context.Context { return ctx },
			// A client that goes away is no news, and the screen may be ours.
			ErrorLog: log.New(io.Discard, "", 0),
		},
		cancel: cancel,
		done:   make(chan struct{}),
	}
	go func() {
		defer close(r.done)
		_ = r.http.Serve(listener) // ends with http.ErrServerClosed
	}()
	return r, nil
}

// Close ends what is under way, stops listening and returns when nothing runs
// any more, or when the context ends.
func (r *Running) Close(ctx context.Context) error {
	r.cancel() // whoever only waits stops waiting
	err := r.http.Shutdown(ctx)
	if err != nil {
		_ = r.http.Close() // the context's end is the error to report
	}
	<-r.done
	return err
}
