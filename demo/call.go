package demo

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// call is one request on its way.
type call struct {
	*Server
	w    http.ResponseWriter
	r    *http.Request
	who  caller
	vars map[string]string // the variable parts of the path
	id   string            // of the request
}

// maxBody is the longest body that is held in memory at once: a PATCH, an
// image to create. Glance has no limit of its own.
const maxBody = 64 << 20

// serve does what every request needs, then hands it on.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	c := &call{Server: s, w: w, r: r, id: requestID(r)}
	w.Header().Set("X-Openstack-Request-Id", c.id)
	w.Header().Set("Date", s.opts.Now().UTC().Format(http.TimeFormat)) // the clock of the images' times, too
	s.agenda.advance(s.opts.Now())
	if err := wait(r.Context(), s.opts.Latency); err != nil {
		return
	}
	var err error
	switch {
	case isIdentity(r.URL.Path):
		c.identity()
	default:
		err = c.image()
	}
	if err != nil {
		asFault(err).write(w, r)
	}
}

// wait holds a request back; it ends early when the client goes or the server
// closes.
func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// maxRequestID is how long a client's own request id may be (Glance's default).
const maxRequestID = 64

// requestID is the client's own id, which Glance takes over, or a new one.
func requestID(r *http.Request) string {
	id := r.Header.Get("X-Openstack-Request-Id")
	switch {
	case id == "" || len(id) > maxRequestID:
		return "req-" + randomUUID()
	case strings.HasPrefix(id, "req-"):
		return id
	}
	return "req-" + id
}

// randomUUID is a UUID of version 4.
func randomUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return uuidText(b)
}

func uuidText(b [16]byte) string {
	text := make([]byte, 0, 36)
	for n, end := range []int{4, 6, 8, 10, 16} {
		if n > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, b[(len(text)-n)/2:end])
	}
	return string(text)
}

// hasBody is whether Glance counts the request as one with a body.
func (c *call) hasBody() bool {
	if c.r.ContentLength > 0 {
		return true
	}
	chunked := c.r.ContentLength < 0
	return chunked && (c.r.Method == http.MethodPost || c.r.Method == http.MethodPut || c.r.Method == http.MethodPatch)
}

// body reads the request's body whole.
func (c *call) body() ([]byte, error) {
	data, err := io.ReadAll(http.MaxBytesReader(c.w, c.r.Body, maxBody))
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "The request's body could not be read: %v", err)
	}
	return data, nil
}

// json answers with a value.
func (c *call) json(code int, value any) { c.raw(code, mustJSON(value)) }

// raw answers with JSON that is already written.
func (c *call) raw(code int, body []byte) {
	c.w.Header().Set("Content-Type", mediaJSON)
	c.w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	c.w.WriteHeader(code)
	_, _ = c.w.Write(body) // a client that is gone needs no answer
}

// empty answers without a body.
func (c *call) empty(code int) {
	c.w.Header().Set("Content-Type", mediaHTML+"; charset=UTF-8")
	if code != http.StatusNoContent {
		c.w.Header().Set("Content-Length", "0")
	}
	c.w.WriteHeader(code)
}

// base is the URL by which the client reached the server.
func (c *call) base() string {
	scheme := "http"
	if c.r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + c.r.Host
}
