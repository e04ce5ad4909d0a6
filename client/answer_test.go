package client

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
)

func TestAnswersThatAreNoImages(t *testing.T) {
	tests := []struct {
		name, contentType, body string
		code                    int
		kind                    api.FailureKind
		means                   string
	}{
		{"a proxy's page", "text/html", "<html><body>Welcome to the portal", 200, api.FailedNotAnImage, "not JSON"},
		{"no type at all", "", imageJSON("a"), 200, api.FailedNotAnImage, "not JSON"},
		{"JSON of something else", "application/json", `{"server": {}}`, 200, api.FailedNotAnImage, "not one that an Image service sends"},
		{"an image, of a type with a suffix", "application/vnd.openstack+json", `{"id":"b"}`, 200, api.FailedNotAnImage, "a different image"},
		{"an image, of a type that is not well-formed", "Application/JSON ; charset", `{"id":"b"}`, 200, api.FailedNotAnImage, "a different image"},
		{"an image, of a type that only looks so", "text/x+json5", `{"id":"b"}`, 200, api.FailedNotAnImage, "not JSON"},
		{"nothing of no type", "", ``, 204, api.FailedNotAnImage, "sends here"},
		{"accepted for later", "application/json", `{}`, 202, api.FailedNotAnImage, "sends here"},
		{"moved for good", "text/html", ``, 301, api.FailedConfigured, "redirects to another address"},
		{"a list", "application/json", `[1]`, 200, api.FailedNotAnImage, "not one that an Image service sends"},
		{"no JSON", "application/json", `{"id" "a"}`, 200, api.FailedNotAnImage, "not one that an Image service sends"},
		{"nothing", "application/json", ``, 204, api.FailedNotAnImage, ""},
		{"versions", "application/json", `{"versions":[]}`, 300, api.FailedNotAnImage, "versions"},
		{"404 as HTML", "text/html", "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1>No image found with ID a<br /><br /></body></html>", 404, api.FailedNotFound, "image"},
		{"403", "application/json", `{"message": "You do not own this image", "code": "403 Forbidden", "title": "Forbidden"}`, 403, api.FailedForbidden, ""},
		{"plain http at an https port", "text/html", "<center>The plain HTTP request was sent to HTTPS port</center>", 400, api.FailedConfigured, "expects https"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := serve(t, Options{Token: secretToken}, func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Content-Type"] = []string{tt.contentType}
				w.Header().Set("X-Openstack-Request-Id", "req-of-the-server")
				w.WriteHeader(tt.code)
				if tt.code != 204 {
					fmt.Fprint(w, tt.body)
				}
			})
			_, err := c.Get(background(), "a")
			f := failureOf(t, err, tt.kind, tt.means)
			if f.Exchange.RequestID != "req-of-the-server" || f.Exchange.Code != tt.code || f.Exchange.Duration <= 0 {
				t.Errorf("exchange %+v", f.Exchange)
			}
		})
	}
}

// A proxy that echoes the request must not bring the token to the screen.
func TestEchoedTokensAreHidden(t *testing.T) {
	for _, code := range []int{200, 400, 500} {
		c := serve(t, Options{Token: secretToken}, func(w http.ResponseWriter, r *http.Request) {
			body := strings.TrimSuffix(imageJSON("a"), "}") + `,"message":"X-Auth-Token: ` + r.Header.Get("X-Auth-Token") + `"}`
			answerJSON(w, code, body)
		})
		_, ex, err := c.Patch(background(), "a", rename)
		if strings.Contains(string(ex.Response), secretToken) || !strings.Contains(string(ex.Response), "[hidden by glance-tui]") {
			t.Errorf("%d: %s", code, ex.Response)
		}
		if code != 200 {
			var f *api.Failure
			if !errors.As(err, &f) || !strings.Contains(f.Detail, "[hidden by glance-tui]") {
				t.Errorf("%d: %v", code, err)
			}
			noSecret(t, f)
		}
	}
}

func TestUnauthorizedWithoutRenewal(t *testing.T) {
	for token, means := range map[string]string{secretToken: "cannot be renewed", "": "requires a token"} {
		var asked atomic.Int32
		c := serve(t, Options{Token: token}, func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			answerJSON(w, 401, `{"error":{"code":401,"title":"Unauthorized","message":"The request you have made requires authentication."}}`)
		})
		_, _, err := c.Patch(background(), "a", rename)
		f := failureOf(t, err, api.FailedAuth, means)
		if !strings.Contains(f.Advice, map[bool]string{true: "Configure a login", false: "openstack token issue"}[token == ""]) {
			t.Errorf("advice %q", f.Advice)
		}
		if asked.Load() != 1 || f.Detail != "The request you have made requires authentication." || f.Doing != "send the edit" {
			t.Errorf("%d requests, %+v", asked.Load(), f)
		}
	}
}

// The token stays with the service: not at another host, not at another port,
// not back from https to http.
func TestRedirects(t *testing.T) {
	var stolen atomic.Value
	thief := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		stolen.Store(r.Header.Get("X-Auth-Token"))
		answerJSON(w, 200, imageJSON("a"))
	}))
	defer thief.Close()
	target := ""
	hops := 0
	c := serve(t, Options{Token: secretToken}, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/moved":
			if r.Header.Get("X-Auth-Token") != secretToken {
				t.Error("the token is missing within the service")
			}
			answerJSON(w, 200, imageJSON("a"))
		case target == "loop":
			hops++
			http.Redirect(w, r, "/loop", http.StatusFound)
		default:
			http.Redirect(w, r, target, http.StatusFound)
		}
	})
	target = "/moved"
	if _, err := c.Get(background(), "a"); err != nil {
		t.Errorf("within the service: %v", err)
	}
	for _, target = range []string{thief.URL + "/v2/images/a?token=" + secretToken, strings.Replace(thief.URL, "127.0.0.1", "localhost", 1), "http://example.invalid/"} {
		_, err := c.Get(background(), "a")
		failed(t, err, api.FailedConfigured, "redirects to http://")
	}
	if stolen.Load() != nil {
		t.Error("the other host was asked")
	}
	for _, target = range []string{"http://[bad", "http://%zz/", "http://a b/"} {
		_, err := c.Get(background(), "a")
		failed(t, err, api.FailedConfigured, "redirects to an address that is not a URL")
		_, _, err = c.Patch(background(), "a", rename)
		failed(t, err, api.FailedAnswerLost, "redirects to an address that is not a URL; the edit may")
	}
	target = "loop"
	_, err := c.Get(background(), "a")
	failed(t, err, api.FailedConfigured, "redirects")
	if hops > maxRedirects+1 {
		t.Errorf("%d hops", hops)
	}
}
