package client

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

// maxIdentityBody bounds an answer of Keystone; a catalogue of hundreds of
// endpoints has some 100 KiB.
const maxIdentityBody = 8 << 20

var errNotIdentity = errors.New("the answer is not JSON")

// identityTransport carries gophercloud's requests to Keystone. It keeps them
// at the host that the user configured, bounds the answers, names the program
// and reports the exchanges, without their bodies: passwords go in there and
// tokens come out. It learns the tokens, and takes all secrets out of the rest
// of the answers.
type identityTransport struct {
	next   http.RoundTripper
	origin *url.URL // auth_url
	agent  string
	trace  func(api.Exchange)

	secrets *secrets
}

// subjectToken is the header in which the identity service gives a token.
const subjectToken = "X-Subject-Token"

// cleaned takes the secrets out of an answer. An old API (2.0) gives the token
// in the body, where it must stay: it may give the same once more.
func (t *identityTransport) cleaned(req *http.Request, res *http.Response) io.Reader {
	t.secrets.add(res.Header.Get(subjectToken))
	t.secrets.hideHeader(res.Header)
	return t.secrets.reader(withoutMark(io.LimitReader(res.Body, maxIdentityBody)), !strings.HasSuffix(req.URL.Path, "/v2.0/tokens"))
}

func (t *identityTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	// Keystone's list of versions often names an internal host, or http behind
	// a proxy that speaks https. A password goes to the configured host alone.
	req.URL.Scheme, req.URL.Host, req.Host = t.origin.Scheme, t.origin.Host, ""
	id := newRequestID()
	req.Header.Set("X-Openstack-Request-Id", id)
	req.Header.Set("User-Agent", t.agent)
	ex := api.Exchange{Method: req.Method, Path: req.URL.Path, ContentType: req.Header.Get("Content-Type"), Sent: time.Now(), RequestID: id}
	res, err := t.next.RoundTrip(req)
	ex.Duration = time.Since(ex.Sent)
	var body io.Reader
	if err == nil {
		body = t.cleaned(req, res)
		ex.Code, ex.Reason = res.StatusCode, http.StatusText(res.StatusCode)
		if given := res.Header.Get("X-Openstack-Request-Id"); given != "" {
			ex.RequestID = given
		}
	}
	if t.trace != nil {
		t.trace(ex)
	}
	if err != nil {
		return nil, t.secrets.hideError(err)
	}
	if res.StatusCode < 300 && !jsonType(res.Header.Get("Content-Type")) {
		_ = res.Body.Close()
		return nil, errNotIdentity
	}
	if body, err = discovery(req, res, body); err != nil {
		_ = res.Body.Close()
		return nil, err
	}
	res.Body = struct {
		io.Reader
		io.Closer
	}{body, res.Body}
	return res, nil
}

// CloseIdleConnections passes http.Client's wish on.
func (t *identityTransport) CloseIdleConnections() {
	if n, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		n.CloseIdleConnections()
	}
}
