package flow

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	realglance "github.com/glance-tui/glance-tui/test/real"
)

// wire is between the program and a server without Keystone: it counts the
// edits that pass, and lets a test do something just before one arrives.
type wire struct {
	t      *testing.T
	url    string // for the program
	server string // behind the wire
	good   string // the beginning of URLs that the server takes as locations
	bad    string // a URL that it refuses

	mu      sync.Mutex
	edits   []string
	arrives func(n int) // before the nth edit, counted from 1
}

// onDemo is the embedded service.
func onDemo(t *testing.T) *wire {
	return newWire(t, start(t, demo.Options{Still: true}), "http://mirror.example.org", "http://nowhere.invalid/f1.raw")
}

// onGlance is a real one, with a file store.
func onGlance(t *testing.T) *wire {
	s := realglance.Find(t)
	server, runs := s.Glance["noauth"]
	if !runs {
		const how = "the Glance without Keystone does not run: test/real/glance.sh start --all"
		if os.Getenv("CI") == "true" {
			t.Fatal(how)
		}
		t.Skip(how)
	}
	return newWire(t, server, s.FileServerURL, s.FileServerURL+"/nosuch")
}

func newWire(t *testing.T, server, good, bad string) *wire {
	w := &wire{t: t, server: server, good: good, bad: bad, arrives: func(int) {}}
	target, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	forward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	front := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPatch {
			w.see(r)
		}
		forward.ServeHTTP(out, r)
	}))
	t.Cleanup(front.Close)
	w.url = front.URL
	return w
}

func (w *wire) see(r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.t.Error(err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	w.mu.Lock()
	w.edits = append(w.edits, string(body))
	n, arrives := len(w.edits), w.arrives
	w.mu.Unlock()
	arrives(n)
}

// seen are the edits so far.
func (w *wire) seen() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.edits
}

// send is a request to the server by someone else. It answers the body.
func (w *wire) send(method, path, media, body string, want int) string {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), method, w.server+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", media)
	req.Header.Set("Accept", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != want {
		w.t.Fatalf("%s %s: %s, want %d (%v): %s", method, path, resp.Status, want, err, answer)
	}
	return string(answer)
}
