package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
)

// secretToken is planted in tests and must never be seen in what comes back.
const secretToken = "gAAAAAsecret-token-0123456789"

// serve starts a server for one fault, on a network in memory, and gives a client
// of it that soon tries again.
func serve(t *testing.T, o Options, h http.HandlerFunc) *Client {
	t.Helper()
	o.Endpoint, o.Dial = "http://127.0.0.1:9292"+o.Endpoint, demotest.Serve(t, h)
	if o.patience == nil {
		o.patience = &impatient
	}
	c := New(o)
	t.Cleanup(c.Close)
	return c
}

var impatient = patience{
	read: time.Minute, write: time.Minute, backoff: time.Millisecond, retries: 3, longest: 2 * time.Second,
	moment: time.Millisecond, yield: 5 * time.Second,
}

func answerJSON(w http.ResponseWriter, code int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write([]byte(body))
}

func imageJSON(id string) string {
	return fmt.Sprintf(`{"id":%q,"name":"n","status":"queued","visibility":"private","tags":[],"created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:05Z"}`, id)
}

func pageJSON(next string, ids ...string) string {
	var images []string
	for _, id := range ids {
		images = append(images, imageJSON(id))
	}
	if next != "" {
		next = fmt.Sprintf(`,"next":%q`, next)
	}
	return `{"first":"/v2/images","images":[` + strings.Join(images, ",") + `],"schema":"/v2/schemas/images"` + next + `}`
}

var rename = patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: "x"}}

// failed expects a failure of a kind, complete and without secrets.
func failed(t *testing.T, err error, kind api.FailureKind, means string) {
	t.Helper()
	_ = failureOf(t, err, kind, means)
}

// failureOf is failed for a closer look at the failure.
func failureOf(t *testing.T, err error, kind api.FailureKind, means string) *api.Failure {
	t.Helper()
	var f *api.Failure
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a failure of kind %q", err, kind)
	}
	if f.Kind != kind || !strings.Contains(f.Means, means) {
		t.Fatalf("got %q: %s (%s; %v)\nwant %q: %s", f.Kind, f.Means, f.Detail, f.Err, kind, means)
	}
	if f.Doing == "" || f.Means == "" || f.Advice == "" || !strings.HasSuffix(f.Means, ".") {
		t.Errorf("poor failure: doing %q, means %q, advice %q", f.Doing, f.Means, f.Advice)
	}
	noSecret(t, f)
	return f
}

// noSecret looks for the planted token in everything a failure holds.
func noSecret(t *testing.T, f *api.Failure) {
	t.Helper()
	all := fmt.Sprintf("%v %+v %#v %s %s", f, *f, *f, f.Exchange.Request, f.Exchange.Response)
	for err := error(f); err != nil; err = errors.Unwrap(err) {
		all += fmt.Sprintf("%v %+v %#v", err, err, err)
	}
	for _, secret := range []string{secretToken, secretPassword} {
		if strings.Contains(all, secret) {
			t.Errorf("a secret shows: %s", all)
		}
	}
}

const secretPassword = "hunter2-secret-password"

// log collects exchanges.
type exchanges struct {
	mu  sync.Mutex
	all []api.Exchange
}

func (l *exchanges) add(ex api.Exchange) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, ex)
}

func (l *exchanges) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = nil
}

func (l *exchanges) list() []api.Exchange {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]api.Exchange(nil), l.all...)
}

func background() context.Context { return context.Background() }

// hangUp ends the connection without an answer.
func hangUp(t *testing.T, w http.ResponseWriter) {
	t.Helper()
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	_ = conn.Close()
}
