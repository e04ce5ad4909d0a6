package client

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

// pause is how long to wait before the repetition that follows so many: what
// the server asks for, or twice as long each time. Chance moves it, so that
// many programs that were cut off at once do not come back at once.
func (p patience) pause(tries int, asked time.Duration) time.Duration {
	some := func(d time.Duration) time.Duration { return mathrand.N(d + 1) }
	if asked > 0 {
		return asked + some(p.backoff)
	}
	whole := p.backoff << tries
	return whole/2 + some(whole/2)
}

// toldToWait puts what the server asks for into a refusal, and into the advice
// of one that nothing but time cures.
func toldToWait(f *api.Failure, asked time.Duration) *api.Failure {
	f.Wait = asked
	switch f.Exchange.Code {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		if asked > 0 {
			f.Advice = "Wait " + inWords(asked) + ", as requested by the server, and try again."
		}
	}
	return f
}

// inWords is a time to wait, rounded up.
func inWords(d time.Duration) string {
	switch {
	case d <= time.Second:
		return "a second"
	case d <= 2*time.Minute:
		return fmt.Sprintf("%d seconds", (d+time.Second-1)/time.Second)
	case d <= 2*time.Hour:
		return fmt.Sprintf("%d minutes", (d+time.Minute-1)/time.Minute)
	case d <= 2*day:
		return fmt.Sprintf("%d hours", (d+time.Hour-1)/time.Hour)
	case d < mostAsked:
		return fmt.Sprintf("%d days", (d+day-1)/day)
	}
	return fmt.Sprintf("%d days or more", mostAsked/day)
}

const (
	day = 24 * time.Hour
	// mostAsked is the longest time to wait that is told apart from longer ones.
	mostAsked = 30 * day
)

// repeatable judges an answer's status: what servers and the gateways before
// them say in passing troubles, with the time they ask to wait.
func repeatable(code int, h http.Header) again {
	switch code {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return again{worth: true, after: retryAfter(h.Get("Retry-After"), time.Now())}
	}
	return again{}
}

// retryAfter reads seconds or a date (RFC 9110, 10.2.3), mostAsked at most; 0
// when it says nothing useful.
func retryAfter(text string, now time.Time) time.Duration {
	seconds, err := strconv.ParseUint(text, 10, 64)
	switch {
	case err == nil:
		return time.Duration(min(seconds, uint64(mostAsked/time.Second))) * time.Second
	case errors.Is(err, strconv.ErrRange):
		return mostAsked
	}
	at, _ := http.ParseTime(text) // long ago where it is no date
	return min(max(at.Sub(now), 0), mostAsked)
}

// newRequestID is an id as OpenStack services make them; the server takes it
// over (measured), so that its log can be searched even when no answer came.
func newRequestID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80 // a random UUID (RFC 9562)
	h := hex.EncodeToString(b[:])
	return "req-" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
