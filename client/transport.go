package client

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"
)

// connectTime is how long a connection and its TLS handshake may take.
const connectTime = 10 * time.Second

// lanes carry reads over connections that are kept open, and each write over
// a connection of its own. A server or proxy may close a kept one at any
// moment, some even after every answer without saying so (uWSGI's http-socket,
// measured). net/http then repeats a read by itself, but a write would be left
// in doubt, although the server never saw it.
//
// A write is sent once. net/http repeats requests of any method by itself: over
// HTTP/2 after REFUSED_STREAM and GOAWAY, which a server may also send after it
// has carried the request out, and over HTTP/1.1 on a connection that was used
// before. Neither can happen on a new connection of HTTP/1.1; without GetBody
// there is also no second body to send. Logins go the same way.
type lanes struct{ reads, writes *http.Transport }

func newLanes(conf *tls.Config, dial dialFunc) lanes {
	l := lanes{newTransport(conf, dial), newTransport(conf, dial)}
	l.writes.DisableKeepAlives = true
	return l
}

func (l lanes) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method == http.MethodGet {
		return l.reads.RoundTrip(req)
	}
	once := req.WithContext(req.Context()) // a shallow copy: a RoundTripper must not change the request
	once.GetBody = nil
	return l.writes.RoundTrip(once)
}

// CloseIdleConnections passes http.Client's wish on.
func (l lanes) CloseIdleConnections() { l.reads.CloseIdleConnections() }

type dialFunc = func(ctx context.Context, network, address string) (net.Conn, error)

// newTransport makes connections, through the proxies of the environment. They
// speak HTTP/1.1 only: net/http's HTTP/2 repeats without limit, reads as well,
// what a server refuses or takes back.
func newTransport(conf *tls.Config, dial dialFunc) *http.Transport {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	conf = conf.Clone()
	conf.NextProtos = []string{"http/1.1"} // said in the handshake, a server that has none of it can say so
	if dial == nil {
		dial = (&net.Dialer{Timeout: connectTime, KeepAlive: 30 * time.Second}).DialContext
	}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dial,
		TLSClientConfig:       conf,
		TLSHandshakeTimeout:   connectTime,
		Protocols:             protocols,
		MaxIdleConns:          8,
		MaxIdleConnsPerHost:   4,
		IdleConnTimeout:       90 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
}

var (
	errReadOnly     = errors.New("read-only mode")
	errNotRenewable = errors.New("the token cannot be renewed")
)

// readOnly lets nothing but GET through: the last place before the network,
// so that no mistake above can write.
type readOnly struct{ next http.RoundTripper }

func (r readOnly) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method != http.MethodGet {
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, errReadOnly
	}
	return r.next.RoundTrip(req)
}

// CloseIdleConnections passes http.Client's wish on.
func (r readOnly) CloseIdleConnections() {
	if t, ok := r.next.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// maxRedirects is how often a read is sent on.
const maxRedirects = 5

// followRedirect follows for reads within the service alone. Everything else
// is handed back as the 3xx answer it is: a write must not turn into a GET (as
// net/http would have it for 301 and 302), and headers such as X-Auth-Token
// would go along to whatever host the answer names.
func followRedirect(req *http.Request, via []*http.Request) error {
	if via[0].Method != http.MethodGet || len(via) > maxRedirects || !sameService(via[len(via)-1], req) {
		return http.ErrUseLastResponse
	}
	return nil
}

// sameService is the same scheme, host and port, or the step from http to
// https on the same host.
func sameService(a, b *http.Request) bool {
	if a.URL.Scheme == "http" && b.URL.Scheme == "https" {
		return strings.EqualFold(a.URL.Hostname(), b.URL.Hostname())
	}
	return a.URL.Scheme == b.URL.Scheme && strings.EqualFold(a.URL.Host, b.URL.Host)
}
