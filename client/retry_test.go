package client

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

func TestReadsAreRepeated(t *testing.T) {
	troubles := map[string]func(*testing.T, http.ResponseWriter){
		"connection dropped": func(t *testing.T, w http.ResponseWriter) { hangUp(t, w) },
		"502":                func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(502) },
		"503 with a time": func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(503)
		},
		"429": func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(429) },
		"cut in the middle": func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Content-Length", "5000")
			answerJSON(w, 200, imageJSON("a")[:20])
		},
		"ends in the middle": func(_ *testing.T, w http.ResponseWriter) { answerJSON(w, 200, imageJSON("a")[:20]) },
	}
	for name, trouble := range troubles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			var seen exchanges
			c := serve(t, Options{Trace: seen.add}, func(w http.ResponseWriter, _ *http.Request) {
				if asked.Add(1) < 3 {
					trouble(t, w)
					return
				}
				answerJSON(w, 200, imageJSON("a"))
			})
			img, err := c.Get(background(), "a")
			if err != nil || img.ID != "a" || asked.Load() != 3 {
				t.Fatalf("%v after %d requests", err, asked.Load())
			}
			list := seen.list()
			if len(list) != 3 || list[2].Code != 200 || list[0].RequestID == list[2].RequestID {
				t.Errorf("traced %+v", list)
			}
		})
	}
}

func TestReadsAreGivenUpInTheEnd(t *testing.T) {
	var asked atomic.Int32
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(503)
		fmt.Fprint(w, "<html><title>503</title><body><h1>503 Service Unavailable</h1>No server is available.</body></html>")
	})
	_, err := c.Page(background(), "", 10, nil)
	f := failureOf(t, err, api.FailedServer, "overloaded")
	if asked.Load() != 4 || f.Exchange.Code != 503 || f.Detail != "503 Service Unavailable No server is available." {
		t.Errorf("%d requests, %q", asked.Load(), f.Detail)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
			if asked.Add(1) == 1 {
				w.Header().Set("Retry-After", "1")
				w.WriteHeader(429)
				return
			}
			answerJSON(w, 200, pageJSON(""))
		})
		begin := time.Now()
		if _, err := c.Page(background(), "", 10, nil); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begin); took < time.Second || took > time.Second+c.patience.backoff {
			t.Errorf("asked again after %v", took)
		}
		asked.Store(0)
		c.patience.longest = 100 * time.Millisecond // now a second is too long
		_, err := c.Page(background(), "", 10, nil)
		f := failureOf(t, err, api.FailedBadRequest, "too many requests")
		if f.Wait != time.Second {
			t.Errorf("the failure says to wait %v", f.Wait)
		}
		if asked.Load() != 1 {
			t.Errorf("%d requests", asked.Load())
		}
	})
}

func TestRetryAfterForms(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "-1": 0, "soon": 0, "99999999999": mostAsked, "99999999999999999999": mostAsked, "-99999999999999999999": 0,
		"Fri, 31 Dec 9999 23:59:59 GMT": mostAsked, "Thu, 01 Jan 1970 00:00:00 GMT": 0, "Thu, 01 Jan 0001 00:00:00 GMT": 0,
		"Fri, 02 Jan 2026 03:04:15 GMT": 10 * time.Second, "Fri, 02 Jan 2026 03:04:00 GMT": 0,
	} {
		if got := retryAfter(text, now); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// A time to wait is said in words, whatever a server asks for.
func TestTimesToWaitInWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "a second", time.Second: "a second", 90*time.Second + 1: "91 seconds", 3 * time.Minute: "3 minutes", 5 * time.Hour: "5 hours",
		49 * time.Hour: "3 days", 2 * time.Minute: "120 seconds", 2*time.Minute + 1: "3 minutes", 2 * time.Hour: "120 minutes",
		2*time.Hour + 1: "3 hours", 48 * time.Hour: "48 hours", 48*time.Hour + 1: "3 days", 3*time.Minute + 1: "4 minutes", mostAsked - 1: "30 days",
		mostAsked: "30 days or more", time.Duration(math.MaxInt64): "30 days or more",
	} {
		if got := inWords(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")
		w.WriteHeader(503)
	})
	_, err := c.Get(background(), "a")
	if f := failureOf(t, err, api.FailedServer, ""); f.Advice != "Wait 30 days or more, as requested by the server, and try again." {
		t.Error(f.Advice)
	}
}

// The zero value waits as long as the program does.
func TestWaits(t *testing.T) {
	if o := (Options{}); o.waits() != defaultPatience {
		t.Errorf("%+v", o.waits())
	}
	want := defaultPatience
	want.backoff = 1
	if o := (Options{Backoff: 1}); o.waits() != want {
		t.Errorf("%+v", o.waits())
	}
}

// Who stops waiting during a pause has stopped.
func TestPausesEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(background())
	defer cancel()
	long := impatient
	long.backoff = time.Hour
	asked := 0
	c := serve(t, Options{patience: &long, Trace: func(api.Exchange) { cancel() }}, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.WriteHeader(502)
	})
	_, err := c.Get(ctx, "a")
	failed(t, err, api.FailedCancelled, "")
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

// A page that was not read because something else went first is no empty page.
func TestAPageThatWasNotBegun(t *testing.T) {
	c := serve(t, Options{}, func(http.ResponseWriter, *http.Request) { t.Error("something was sent") })
	defer c.gate.first()()
	ctx, cancel := context.WithCancel(background())
	cancel()
	_, err := c.Page(ctx, "", 10, nil)
	failed(t, err, api.FailedCancelled, "")
}

// A write is waited for as long as writes may take, a read no longer than reads.
func TestHowLongAnAnswerMayTake(t *testing.T) {
	waits := impatient
	waits.retries = 0
	hold := make(chan struct{})
	c := serve(t, Options{patience: &waits}, func(w http.ResponseWriter, _ *http.Request) {
		<-hold
		answerJSON(w, 200, imageJSON("a"))
	})
	waits.read, waits.write = time.Nanosecond, time.Hour
	c.patience = waits
	done := make(chan error)
	go func() {
		_, _, err := c.Patch(background(), "a", rename)
		done <- err
	}()
	_, err := c.Get(background(), "a")
	failed(t, err, api.FailedNetwork, "no data for 1ns")
	close(hold)
	if err := <-done; err != nil {
		t.Errorf("a write that took longer than a read may: %v", err)
	}
	c.patience.write = time.Nanosecond
	_, _, err = c.Patch(background(), "a", rename)
	var f *api.Failure
	if !errors.As(err, &f) || f.Kind != api.FailedAnswerLost && f.Kind != api.FailedNetwork {
		t.Errorf("%v", err)
	}
}

// A request's id is one that OpenStack's services take over: a random UUID.
func TestRequestIDs(t *testing.T) {
	uuid := regexp.MustCompile(`^req-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen, sixth, eighth, alike := map[string]bool{}, map[string]bool{}, map[string]bool{}, 0
	for range 2000 {
		id := newRequestID()
		if !uuid.MatchString(id) || seen[id] {
			t.Fatal(id)
		}
		seen[id], sixth[id[18:20]], eighth[id[23:25]] = true, true, true
		if id[24:25] == id[26:27] {
			alike++
		}
	}
	if len(sixth) != 16 || len(eighth) != 64 || alike > 1000 {
		t.Errorf("not all chance: %d, %d, %d", len(sixth), len(eighth), alike)
	}
}

func TestUnfitTokens(t *testing.T) {
	for token, fit := range map[string]bool{"": true, "gAAAA": true, "a b\tc": true, "ü": true, "a\r": false, "\na": false, "a\x7f": false, "a\x1f": false, "\x00": false, "a~": true, "a\u0080": true} {
		if f := unfit(token, "try"); (f == nil) != fit {
			t.Errorf("%q: %v", token, f)
		}
	}
}
