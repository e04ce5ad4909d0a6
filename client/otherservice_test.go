package client

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model/api"
)

// An auth_url that leads to another service is told as such, whichever part of
// that service's address it is.
func TestAuthURLOfAnotherService(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	for _, path := range []string{"", "/", "/v2", "/v2/", "/v3", "/v3/", "/v2/images"} {
		_, err := Connect(background(), demoCloud.options(demoCloud.openrc("OS_AUTH_URL", demoCloud.URL+path)))
		f := failureOf(t, err, api.FailedConfigured, ""+demoCloud.URL)
		if !strings.Contains(f.Means, "is an Image service, not the identity service") || !strings.Contains(f.Advice, "--os-auth-type none") {
			t.Errorf("%q: %s %s", path, f.Means, f.Advice)
		}
	}
	// One that requires a token for whatever it is asked, as Glance at /v2.0 does.
	guard := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("WWW-Authenticate", `Keystone uri="http://keystone.example:5000"`)
		answerJSON(w, 401, `{"message":"This server could not verify that you are authorized.<br /><br />\n\n\n","code":"401 Unauthorized","title":"Unauthorized"}`)
	}))
	defer guard.Close()
	for _, path := range []string{"/v2.0", "/v3"} {
		_, err := Connect(background(), passwordOptions(guard.URL+path))
		f := failureOf(t, err, api.FailedConfigured, "is another service, not the identity service")
		if !strings.Contains(f.Advice, "names http://keystone.example:5000") {
			t.Errorf("advice %q", f.Advice)
		}
	}
	// Keystone itself names its address as well.
	authURL := identityServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("WWW-Authenticate", `Keystone uri="https://public.example/identity/v3"`)
		answerJSON(w, 401, `{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}`)
	})
	_, err := Connect(background(), passwordOptions(authURL))
	failed(t, err, api.FailedAuth, "does not accept these credentials")
	for body, means := range map[string]string{
		`{"versions":[{"id":"v2.0","status":"SUPPORTED","version":"","min_version":""},{"id":"v2.1","status":"CURRENT","version":"2.96","min_version":"2.1"}]}`: "another service",
		`{"versions":[{"id":"v3.0","status":"CURRENT","version":"3.70","min_version":"3.0"}]}`:                                                                  "another service",
		`{"versions":[{"id":"v2.0","status":"CURRENT"}]}`:                                                                                                       "another service",
		`{"versions":[]}`: "another service",
		`{"versions":[{"id":"v2.9","status":"CURRENT"}]}`:                "an Image service",
		`{"name":"my object store","tagline":"You know, for searching"}`: "another service",
		`[1,2]`:             "another service",
		`{"versions":null}`: "another service",
		`{"versions":"v3"}`: "another service",
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answerJSON(w, 300, body) }))
		_, err := Connect(background(), passwordOptions(s.URL))
		failed(t, err, api.FailedConfigured, "is "+means+", not the identity service")
		s.Close()
	}
}
