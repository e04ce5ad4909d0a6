package faults

import (
	"context"
	"io"
	"net/http"
	"time"
)

// These faults are the network's: the request or the answer is held back, cut
// or comes in pieces.

// wait holds a request back. It is false when the client went away.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// gone waits until the client goes away or the server ends.
func gone(r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // net/http looks out for the client's end behind the body
	<-r.Context().Done()
	cut()
}

func delay(f Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	if f.After {
		a := carryOut(next, r)
		wait(r.Context(), f.Time)
		a.give(w, a.body.Bytes())
		return
	}
	if !wait(r.Context(), f.Time) {
		cut()
	}
	next.ServeHTTP(w, r)
}

func hang(f Fault, next http.Handler, _ http.ResponseWriter, r *http.Request) {
	if f.After {
		carryOut(next, r)
	}
	gone(r)
}

func dropBefore(Fault, http.Handler, http.ResponseWriter, *http.Request) { cut() }

func dropAfter(_ Fault, next http.Handler, _ http.ResponseWriter, r *http.Request) {
	carryOut(next, r)
	cut()
}

func dropHead(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	a := carryOut(next, r)
	a.head(w, a.body.Len())
	flush(w)
	cut()
}

func dropDuring(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	a := carryOut(next, r)
	a.head(w, a.body.Len())
	_, _ = w.Write(a.half())
	flush(w)
	cut()
}

func dropLate(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	a := carryOut(next, r)
	a.give(w, a.body.Bytes())
	flush(w)
	cut()
}

func stall(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	a := carryOut(next, r)
	a.head(w, a.body.Len())
	_, _ = w.Write(a.half())
	flush(w)
	gone(r)
}

// pieces is in how many the body of a slow answer comes.
const pieces = 8

func slow(f Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	a := carryOut(next, r)
	body := a.body.Bytes()
	a.head(w, len(body))
	size := max(1, (len(body)+pieces-1)/pieces)
	for len(body) > 0 {
		n := min(size, len(body))
		if _, err := w.Write(body[:n]); err != nil {
			return
		}
		flush(w)
		if body = body[n:]; len(body) > 0 && !wait(r.Context(), f.Time) {
			cut()
		}
	}
}

func truncate(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	a := carryOut(next, r)
	a.give(w, a.half())
}

func garbage(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	a := carryOut(next, r)
	a.header.Set("Content-Type", "application/json")
	a.give(w, []byte(`{"id" <no: JSON>, `))
}

func mark(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	a := carryOut(next, r)
	a.give(w, append([]byte("\ufeff"), a.body.Bytes()...))
}

// ignore answers an edit with what a reading would give.
func ignore(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPatch {
		_, _ = io.Copy(io.Discard, r.Body)
		r = r.Clone(r.Context())
		r.Method, r.Body, r.ContentLength = http.MethodGet, http.NoBody, 0
	}
	next.ServeHTTP(w, r)
}

func empty(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	carryOut(next, r).give(w, nil)
}

func otherType(f Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	a := carryOut(next, r)
	a.header["Content-Type"] = []string{f.Text}
	if f.Text == noType {
		a.header["Content-Type"] = nil // so that net/http does not guess one
	}
	a.give(w, a.body.Bytes())
}
