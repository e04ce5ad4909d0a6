package client

import (
	"fmt"
	"math"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
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
	f := failureOf(t, err, model.FailedServer, "overloaded")
	if asked.Load() != 4 || f.Exchange.Code != 503 || f.Detail != "503 Service Unavailable No server is available." {
		t.Errorf("%d requests, %q", asked.Load(), f.Detail)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
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
	if took := time.Since(begin); took < time.Second {
		t.Errorf("asked again after %v", took)
	}
	asked.Store(0)
	c.patience.longest = 100 * time.Millisecond // now a second is too long
	_, err := c.Page(background(), "", 10, nil)
	f := failureOf(t, err, model.FailedBadRequest, "too many requests")
	if f.Wait != time.Second {
		t.Errorf("the failure says to wait %v", f.Wait)
	}
	if asked.Load() != 1 {
		t.Errorf("%d requests", asked.Load())
	}
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
		49 * time.Hour: "3 days", mostAsked: "30 days or more", time.Duration(math.MaxInt64): "30 days or more",
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
	if f := failureOf(t, err, model.FailedServer, ""); f.Advice != "wait 30 days or more, as the server asks, and try again" {
		t.Error(f.Advice)
	}
}
