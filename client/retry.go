package client

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"
)

// repeatable judges an answer's status: what gateways say in passing troubles,
// with the time they ask to wait.
func repeatable(code int, h http.Header) again {
	switch code {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return again{worth: true, after: retryAfter(h.Get("Retry-After"), time.Now())}
	}
	return again{}
}

// retryAfter reads seconds or a date (RFC 9110, 10.2.3); 0 when it says
// nothing useful.
func retryAfter(text string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
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
