package faults

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// These faults are answers of a service, or of a proxy before it, that say no
// or lead elsewhere.

// status is a refusal by its number, with what Glance says (measured, where a
// Glance says it at all).
type status struct {
	code int
	says string
}

var statuses = []status{
	{http.StatusUnauthorized, "The request you have made requires authentication."},
	{http.StatusForbidden, "You are not authorized to complete this action."},
	{http.StatusNotFound, "The resource could not be found."},
	{http.StatusRequestTimeout, "The server has waited too long for the request to be sent by the client."},
	{http.StatusConflict, "There was a conflict when trying to complete your request."},
	{http.StatusRequestEntityTooLarge, "The body of your request was too large for this server."},
	{http.StatusTooManyRequests, "Too many requests."},
	{http.StatusInternalServerError, "The server has either erred or is incapable of performing the requested operation."},
	{http.StatusBadGateway, "The server received an invalid response from an upstream server."},
	{http.StatusServiceUnavailable, "The server is currently unavailable. Please try again at a later time."},
	{http.StatusGatewayTimeout, "The gateway has timed out."},
}

func (s status) name() string { return strconv.Itoa(s.code) }

func (s status) title() string { return s.name() + " " + http.StatusText(s.code) }

func (s status) strike(f Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	if f.After {
		carryOut(next, r)
	}
	if f.RetryAfter >= 0 {
		w.Header().Set("Retry-After", retryAfter(f))
	}
	if f.HTML {
		page(w, s.code, s.title(), s.says)
		return
	}
	body := map[string]any{"message": s.says + "<br /><br />\n\n\n", "code": s.title(), "title": http.StatusText(s.code)}
	if strings.Contains(r.URL.Path, "/v3/") { // so says Keystone
		body = map[string]any{"error": map[string]any{"message": s.says, "code": s.code, "title": http.StatusText(s.code)}}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(s.code)
	_ = json.NewEncoder(w).Encode(body) // a client that is gone needs no answer
}

// retryAfter writes the header: seconds, or a date.
func retryAfter(f Fault) string {
	if f.At {
		return time.Now().Add(f.RetryAfter).UTC().Format(http.TimeFormat)
	}
	return strconv.Itoa(int(f.RetryAfter / time.Second))
}

// page is what a proxy shows to people.
func page(w http.ResponseWriter, code int, title, text string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(code)
	fmt.Fprintf(w, "<!DOCTYPE html>\n<html><head><title>%s</title><style>body { color: #333 }</style></head>\n<body><h1>%s</h1>\n<p>%s</p>\n</body></html>\n", title, title, text)
}

func htmlPage(f Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	if f.After {
		carryOut(next, r)
	}
	page(w, http.StatusOK, "Welcome to the network", "Please accept the terms of use to go on.")
}

// movedPath is where the service lives as well, for those who are sent there.
const movedPath = "/moved"

// unmoved is a request as if it had come to the usual path.
func unmoved(r *http.Request) *http.Request {
	r = r.Clone(r.Context())
	r.URL.Path = strings.TrimPrefix(r.URL.Path, movedPath)
	r.URL.RawPath = strings.TrimPrefix(r.URL.RawPath, movedPath)
	return r
}

func redirect(f Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	if f.After {
		carryOut(next, r)
	}
	to := movedPath + r.URL.RequestURI()
	if f.Text != "" {
		to = strings.TrimRight(f.Text, "/") + r.URL.RequestURI()
	}
	sendOn(w, to)
}

func redirectLoop(_ Fault, _ http.Handler, w http.ResponseWriter, r *http.Request) {
	sendOn(w, r.URL.RequestURI())
}

func sendOn(w http.ResponseWriter, to string) {
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusFound)
}
