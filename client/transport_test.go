package client

import (
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
)

// Each write has a connection of its own: on one that was used before, a server
// may close while the write is under way.
func TestWritesShareNoConnection(t *testing.T) {
	var mu sync.Mutex
	used := map[string][]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		used[r.RemoteAddr] = append(used[r.RemoteAddr], r.Method)
		answerJSON(w, 200, imageJSON("a"))
	}))
	defer server.Close()
	c := New(Options{Endpoint: server.URL})
	defer c.Close()
	for range 3 {
		if _, _, err := c.Patch(background(), "a", rename); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Get(background(), "a"); err != nil {
			t.Fatal(err)
		}
	}
	reads := 0
	for from, methods := range used {
		if methods[0] == http.MethodGet {
			reads++
		} else if len(methods) > 1 {
			t.Errorf("%s carried %v", from, methods)
		}
	}
	if reads != 1 {
		t.Errorf("reads took %d connections", reads)
	}
}

// spy sees a request in the place of the network.
type spy struct{ seen *http.Request }

func (s *spy) RoundTrip(r *http.Request) (*http.Response, error) {
	s.seen = r
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: r}, nil
}

// A write has no second body to send, whatever a transport would like to do with
// one; the request that was given stays as it is.
func TestWritesHaveOneBody(t *testing.T) {
	conf := &tls.Config{MinVersion: tls.VersionTLS12}
	l := newLanes(conf, nil)
	reads, writes := new(spy), new(spy)
	l.reads.RegisterProtocol("spy", reads)
	l.writes.RegisterProtocol("spy", writes)
	for _, method := range []string{"PATCH", "POST", "PUT", "DELETE", "GET"} {
		req, err := http.NewRequestWithContext(background(), method, "spy://host/", strings.NewReader("body"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.RoundTrip(req); err != nil {
			t.Fatal(err)
		}
		lane := writes
		if method == "GET" {
			lane = reads
		}
		if lane.seen == nil || lane.seen.Method != method || (lane.seen.GetBody == nil) != (lane == writes) || req.GetBody == nil {
			t.Errorf("%s went as %+v", method, lane.seen)
		}
		*reads, *writes = spy{}, spy{}
	}
	for _, one := range []*http.Transport{l.reads, l.writes} {
		if p := one.Protocols; !p.HTTP1() || p.HTTP2() || p.UnencryptedHTTP2() || len(one.TLSClientConfig.NextProtos) != 1 {
			t.Errorf("speaks %v", p)
		}
	}
	if conf.NextProtos != nil {
		t.Error("the configuration that was given was changed")
	}
}

// closing is a body that says when it was closed.
type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func TestReadOnlyClosesTheBody(t *testing.T) {
	body := &closing{Reader: strings.NewReader("x")}
	next := new(spy)
	for _, r := range []*http.Request{{Method: "PATCH", Body: body}, {Method: "DELETE"}} {
		if _, err := (readOnly{next}).RoundTrip(r); !errors.Is(err, errReadOnly) {
			t.Error(err)
		}
	}
	if !body.closed || next.seen != nil {
		t.Errorf("closed %t, sent %v", body.closed, next.seen)
	}
}

func TestSameService(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		want     bool
	}{
		{"http://h:1/a", "http://h:1/b", true},
		{"http://h:1/a", "http://H:1/b", true},
		{"http://h:1/a", "http://h:2/a", false},
		{"http://h/a", "http://other/a", false},
		{"http://h:1/a", "https://h:2/a", true}, // to the same host with TLS
		{"http://h/a", "https://H/a", true},
		{"http://h/a", "https://other/a", false},
		{"https://h/a", "https://h/b", true},
		{"https://h:1/a", "https://h:2/a", false},
		{"https://h/a", "http://h/a", false}, // and never without it
		{"ftp://h/a", "https://h/a", false},
		{"http://h/a", "ftp://h/a", false},
	} {
		request := func(text string) *http.Request {
			u, err := url.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			return &http.Request{URL: u}
		}
		if got := sameService(request(tt.from), request(tt.to)); got != tt.want {
			t.Errorf("from %s to %s: %t", tt.from, tt.to, got)
		}
	}
}

// A session says that certificates are not verified, however it was made.
func TestInsecureIsSaid(t *testing.T) {
	for _, insecure := range []bool{true, false} {
		c := New(Options{Endpoint: "https://h", TLS: &tls.Config{InsecureSkipVerify: insecure}})
		if c.Session().Insecure != insecure {
			t.Errorf("insecure %t: %+v", insecure, c.Session())
		}
	}
}

// No header goes out empty, and no secret where none is needed.
func TestHeadersThatAreNotSent(t *testing.T) {
	var got http.Header
	h := func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Clone()
		if strings.HasSuffix(r.URL.Path, "/versions") || r.URL.Path == "/" {
			answerJSON(w, 300, `{"versions":[{"id":"v2.15","status":"CURRENT"}]}`)
			return
		}
		answerJSON(w, 200, imageJSON("a"))
	}
	c := serve(t, Options{}, h)
	if _, err := c.Get(background(), "a"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"X-Auth-Token", "Content-Type"} {
		if _, sent := got[name]; sent {
			t.Errorf("a read without a token has the header %s", name)
		}
	}
	if agent := got.Get("User-Agent"); agent != "glance-tui" {
		t.Errorf("the program calls itself %q", agent)
	}
	c = serve(t, Options{Token: secretToken}, h)
	if _, err := c.Versions(background()); err != nil {
		t.Fatal(err)
	}
	if _, sent := got["X-Auth-Token"]; sent {
		t.Error("the token went along where none is needed")
	}
}

// A service that requires a token even for its versions is not asked twice.
func TestPublicCallsAreNotRenewed(t *testing.T) {
	asked := 0
	c := serve(t, Options{Token: secretToken}, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		answerJSON(w, 401, `{"message":"no"}`)
	})
	_, err := c.Versions(background())
	f := failureOf(t, err, api.FailedAuth, "")
	if asked != 1 || strings.Contains(f.Means, "renewed") {
		t.Errorf("asked %d times: %s", asked, f.Means)
	}
}
