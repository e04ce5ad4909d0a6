package client

import (
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
type lanes struct{ reads, writes *http.Transport }

func newLanes(conf *tls.Config) lanes {
	l := lanes{newTransport(conf), newTransport(conf)}
	l.writes.DisableKeepAlives = true
	return l
}

func (l lanes) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method == http.MethodGet {
		return l.reads.RoundTrip(req)
	}
	return l.writes.RoundTrip(req)
}

// CloseIdleConnections passes http.Client's wish on.
func (l lanes) CloseIdleConnections() { l.reads.CloseIdleConnections() }

// newTransport makes connections, through the proxies of the environment.
func newTransport(conf *tls.Config) *http.Transport {
	dialer := &net.Dialer{Timeout: connectTime, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dialer.DialContext,
		TLSClientConfig:       conf.Clone(), // net/http writes into it
		TLSHandshakeTimeout:   connectTime,
		ForceAttemptHTTP2:     true,
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
