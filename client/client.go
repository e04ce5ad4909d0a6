package client

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// Client speaks to one Image service as one user.
type Client struct {
	http     *resty.Client
	endpoint endpoint
	tokens   tokens
	trace    func(api.Exchange)
	advice   string // what to try when the endpoint cannot be reached
	patience patience
	gate     *gate       // lists go last, and one page at a time
	writes   turns       // one write per image at a time
	older    atomic.Bool // the server takes patches of v2.0 only
	most     int         // images of a list

	mu      sync.Mutex
	session api.Session
	viewer  model.Viewer
	release api.Release // as the user said
}

// patience is how long the client waits for what.
type patience struct {
	read    time.Duration // without a byte, for an answer to a read
	write   time.Duration // the same for a write: the server may fetch a location's URL first
	backoff time.Duration // before the first repetition; doubles
	retries int           // repetitions of a read
	longest time.Duration // the longest Retry-After worth waiting for
	moment  time.Duration // from another request to the next page of a list
	yield   time.Duration // a page's wait for other requests, at most
}

var defaultPatience = patience{
	read: time.Minute, write: 10 * time.Minute,
	backoff: 250 * time.Millisecond, retries: 3, longest: 20 * time.Second,
	moment: 50 * time.Millisecond, yield: 5 * time.Second,
}

func (o Options) waits() patience {
	if o.patience != nil {
		return *o.patience
	}
	p := defaultPatience
	if o.Backoff > 0 {
		p.backoff = o.Backoff
	}
	return p
}

// New is a client of a plain endpoint: a service without Keystone (no-auth),
// or one that takes a token that is already there. It sends nothing yet; with
// an Endpoint that is no URL every request fails and says so.
func New(o Options) *Client {
	conf := o.TLS
	if conf == nil {
		conf = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	c := newClient(o, newLanes(conf, o.Dial), parseEndpoint(o.Endpoint), fixedToken(o.Token))
	c.session.Insecure = conf.InsecureSkipVerify
	c.advice = "Check the endpoint."
	return c
}

func newClient(o Options, transport http.RoundTripper, e endpoint, t tokens) *Client {
	p := o.waits()
	return &Client{
		http: newResty(o, transport), endpoint: e, tokens: t, trace: o.Trace,
		patience: p, gate: newGate(p), release: o.Release, most: api.MostListed,
		session: api.Session{Endpoint: e.String(), ReadOnly: o.ReadOnly, Release: o.Release, Demo: o.Demo},
	}
}

// newResty makes the HTTP client proper: headers, redirects and the read-only
// guard. Retries are ours: resty's would repeat writes too.
func newResty(o Options, transport http.RoundTripper) *resty.Client {
	if o.ReadOnly {
		transport = readOnly{transport}
	}
	r := resty.NewWithClient(&http.Client{Transport: transport})
	r.SetLogger(silence{})
	r.SetRedirectPolicy(resty.RedirectPolicyFunc(followRedirect))
	r.SetHeader("Accept", "application/json")
	r.SetHeader("User-Agent", userAgent(o))
	return r
}

func userAgent(o Options) string {
	if o.UserAgent == "" {
		return "glance-tui"
	}
	return o.UserAgent
}

// Session is whom and what the client is connected to, as far as known now:
// Versions adds the API version, Projects the names of projects.
func (c *Client) Session() api.Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session
}

// asShown reads an image as a server showed it to this session.
func (c *Client) asShown(raw []byte, img *model.Image) error {
	if err := img.UnmarshalShown(raw); err != nil {
		return err
	}
	img.Bound(len(raw))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.viewer.Admin = c.session.IsAdmin
	c.viewer.Read(img)
	return nil
}

// Close drops the idle connections, and waits until the login is kept where it
// is to be. Requests under way are not touched.
func (c *Client) Close() {
	c.http.GetClient().CloseIdleConnections()
	if k, ok := c.tokens.(*keystone); ok {
		k.keep.wait()
	}
}

// Format prints the endpoint, whatever the verb: a client holds secrets.
func (c *Client) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "client.Client("+c.endpoint.String()+")")
}

// silence keeps resty from writing to the terminal.
type silence struct{}

func (silence) Errorf(string, ...any) {}
func (silence) Warnf(string, ...any)  {}
func (silence) Debugf(string, ...any) {}

// turns lets one caller at a time do something with a name.
type turns struct {
	mu    sync.Mutex
	taken map[string]chan struct{} // closed when free again
}

// take waits for the name to be free; done gives it back. Without a turn
// before the context ends, done is nil.
func (t *turns) take(ctx context.Context, name string) (done func(), err error) {
	for {
		t.mu.Lock()
		busy, taken := t.taken[name]
		if !taken {
			if t.taken == nil {
				t.taken = make(map[string]chan struct{})
			}
			mine := make(chan struct{})
			t.taken[name] = mine
			t.mu.Unlock()
			return func() {
				t.mu.Lock()
				delete(t.taken, name)
				t.mu.Unlock()
				close(mine)
			}, nil
		}
		t.mu.Unlock()
		select {
		case <-busy:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}
