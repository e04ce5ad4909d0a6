package client

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
)

// An auth_url that leads to another service is told as such, whichever part of
// that service's address it is.
func TestAuthURLOfAnotherService(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	for _, path := range []string{"", "/", "/v2", "/v2/", "/v3", "/v3/", "/v2/images"} {
		_, err := Connect(background(), demoCloud.options(demoCloud.openrc("OS_AUTH_URL", demoCloud.URL+path)))
		f := failureOf(t, err, model.FailedConfigured, "What answers at "+demoCloud.URL)
		if !strings.Contains(f.Means, "is an Image service, not the identity service") || !strings.Contains(f.Advice, "--os-auth-type none") {
			t.Errorf("%q: %s %s", path, f.Means, f.Advice)
		}
	}
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
		failed(t, err, model.FailedConfigured, "is "+means+", not the identity service")
		s.Close()
	}
}
