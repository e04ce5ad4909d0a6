package client

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model/patch"
)

// record is what a server saw: when requests came and when they were answered.
type record struct {
	mu     sync.Mutex
	events []event
	holds  map[string]*hold // by what event.what begins with
}

type event struct {
	what string // "GET page", "PATCH", …
	ends bool
}

// hold keeps the next request of a kind from being answered.
type hold struct{ came, goOn chan struct{} }

func newHold() *hold { return &hold{make(chan struct{}), make(chan struct{})} }

func (r *record) note(e event) *hold {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, e)
	h := r.holds[e.what]
	if e.ends {
		return nil
	}
	delete(r.holds, e.what)
	return h
}

func (r *record) stop(what string) *hold {
	r.mu.Lock()
	defer r.mu.Unlock()
	h := newHold()
	r.holds[what] = h
	return h
}

func (r *record) list() []event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.events)
}

// watched stands before a service and keeps the record.
func (r *record) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		what := req.Method
		if req.URL.Path == "/v2/images" {
			what = "GET page"
		}
		if h := r.note(event{what: what}); h != nil {
			close(h.came)
			<-h.goOn
		}
		next.ServeHTTP(w, req)
		r.note(event{what: what, ends: true})
	})
}

// pages are how many were asked for, and how many at once at most.
func pages(events []event) (all, most int) {
	now := 0
	for _, e := range events {
		switch {
		case e.what != "GET page":
		case e.ends:
			now--
		default:
			all, now = all+1, now+1
		}
		most = max(most, now)
	}
	return all, most
}

// walk reads page after page as the list does, until the context ends, and
// looks for changes beside it as the watch does.
func walk(ctx context.Context, t *testing.T, c *Client) (wait func()) {
	var both sync.WaitGroup
	both.Go(func() {
		for marker := ""; ; {
			p, err := c.Page(ctx, marker, 50, nil)
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				t.Error(err)
				return
			}
			marker = p.Marker
		}
	})
	both.Go(func() {
		for ctx.Err() == nil {
			if _, err := c.ChangedSince(ctx, time.Now(), 50, nil); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		}
	})
	return both.Wait
}

// TestAnEditGoesFirst walks through a long list and edits an image meanwhile.
// The server's own record shows that the edit's requests were there while a
// page was still unanswered, that no page began between the first and the last
// of them, and that there was never more than one page at once.
func TestAnEditGoesFirst(t *testing.T) {
	r := &record{holds: map[string]*hold{}}
	server := httptest.NewServer(r.watched(demo.New(demo.Options{Still: true, Images: 1000}).Handler()))
	defer server.Close()
	p := impatient
	p.moment, p.yield = time.Minute, time.Minute // the test's end, and no clock, ends these waits
	seen := new(exchanges)
	c := New(Options{Endpoint: server.URL, patience: &p, Trace: seen.add})
	defer c.Close()
	img := queued(t, c)
	seen.clear()

	page := r.stop("GET page")
	ctx, cancel := context.WithCancel(background())
	wait := walk(ctx, t, c)
	<-page.came
	patch := r.stop("PATCH")
	edited := make(chan error)
	go func() { edited <- renameWithCare(c, img.ID) }()
	<-patch.came // a page on its way holds nothing up
	close(page.goOn)
	until(t, "the page is there and the next one waits", func() bool { return len(seen.list()) == 2 && len(c.gate.turn) == 1 })
	close(patch.goOn)
	if err := <-edited; err != nil {
		t.Fatal(err)
	}
	cancel()
	wait()
	want := "GET page, GET page ends, GET page, GET, GET ends, PATCH, GET page ends, PATCH ends, GET, GET ends"
	if got := kinds(r.list()); got != want {
		t.Errorf("the server saw\n%s\nnot\n%s", got, want)
	}
	if c.gate.others != 0 || len(c.gate.turn) != 0 {
		t.Errorf("the gate is left with %d others, %d turns", c.gate.others, len(c.gate.turn))
	}
}

// TestPagesComeOneAtATime lets lists, the watch and edits loose on a service
// and counts.
func TestPagesComeOneAtATime(t *testing.T) {
	r := &record{holds: map[string]*hold{}}
	server := httptest.NewServer(r.watched(demo.New(demo.Options{Still: true, Images: 1000, Latency: time.Millisecond}).Handler()))
	defer server.Close()
	c := New(Options{Endpoint: server.URL, patience: &impatient})
	defer c.Close()
	img := queued(t, c)
	ctx, cancel := context.WithCancel(background())
	first, second := walk(ctx, t, c), walk(ctx, t, c)
	for range 20 {
		if err := renameWithCare(c, img.ID); err != nil {
			t.Error(err)
		}
		before, _ := pages(r.list())
		until(t, "lists go on after an edit", func() bool {
			all, _ := pages(r.list())
			return all > before+2
		})
	}
	cancel()
	first()
	second()
	all, most := pages(r.list())
	if most != 1 {
		t.Errorf("%d of %d pages at once", most, all)
	}
	if c.gate.others != 0 || len(c.gate.turn) != 0 {
		t.Errorf("the gate is left with %d others, %d turns", c.gate.others, len(c.gate.turn))
	}
}

// until waits for something that another goroutine brings about.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Minute); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// renameWithCare is an edit as the screens send it: read, sent, looked at.
func renameWithCare(c *Client, id string) error {
	if _, err := c.Get(background(), id); err != nil {
		return err
	}
	if _, _, err := c.Patch(background(), id, patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: "x"}}); err != nil {
		return err
	}
	_, err := c.Get(background(), id)
	return err
}

func kinds(events []event) string {
	var all []string
	for _, e := range events {
		if e.ends {
			e.what += " ends"
		}
		all = append(all, e.what)
	}
	return strings.Join(all, ", ")
}
