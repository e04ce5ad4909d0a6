package client

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

// tokenJSON is Keystone's answer to a login in a project, with an Image
// service in two regions.
const tokenJSON = `{"token":{"expires_at":"2099-01-01T00:00:00.000000Z","user":{"id":"u1","name":"anna"},"project":{"id":"p1","name":"platform"},"roles":[{"name":"reader"}],
"catalog":[{"type":"compute","name":"nova","endpoints":[{"interface":"public","region_id":"R1","url":"http://127.0.0.1:1/nova"}]},
{"type":"image","name":"glance","endpoints":[
{"interface":"internal","region_id":"R1","url":"http://127.0.0.1:1/in/r1/"},{"interface":"public","region_id":"R1","url":"http://127.0.0.1:1/pub/r1/image/v2"},{"interface":"public","region_id":"R2","url":"http://127.0.0.1:1/pub/r2"},{"interface":"publicURL","region_id":"","region":"R3","url":"http://127.0.0.1:1/pub/r3"}]}]}}`

// identityServer answers logins and the list of versions, which names another
// host, as lists of versions often do.
func identityServer(t *testing.T, login http.HandlerFunc) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v3/auth/tokens", login)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		answerJSON(w, 300, `{"versions":{"values":[{"id":"v3.14","status":"stable","links":[{"rel":"self","href":"http://keystone.internal.invalid:5000/v3/"}]}]}}`)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func loggedIn(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("X-Subject-Token", secretToken)
	answerJSON(w, 201, tokenJSON)
}

func passwordOptions(authURL string, changes ...string) Options {
	flags := map[string]string{"os-auth-url": authURL, "os-username": "anna", "os-password": secretPassword, "os-project-name": "platform"}
	for i := 0; i+1 < len(changes); i += 2 {
		flags[changes[i]] = changes[i+1]
	}
	return Options{Flags: flags, Sources: nowhere}
}

func TestEndpointFromTheCatalogue(t *testing.T) {
	authURL := identityServer(t, loggedIn)
	tests := []struct {
		changes          []string
		endpoint, region string
		means, advice    string
	}{
		{nil, "http://127.0.0.1:1/pub/r1/image", "R1", "", ""},
		{[]string{"os-region-name", "R2"}, "http://127.0.0.1:1/pub/r2", "R2", "", ""},
		{[]string{"os-region-name", "R3"}, "http://127.0.0.1:1/pub/r3", "R3", "", ""},
		{[]string{"os-interface", "internal"}, "http://127.0.0.1:1/in/r1", "R1", "", ""},
		{[]string{"os-region-name", "R2", "os-interface", "internalURL"}, "", "", "no internal endpoint in region R2", "public"},
		{[]string{"os-interface", "admin"}, "", "", "no admin endpoint", "internal, public"},
		{[]string{"os-region-name", "r1"}, "", "", `no Image service in region "r1"`, "R1, R2, R3"},
		{[]string{"os-region-name", "r1"}, "", "", `no Image service in region "r1"`, "with --os-region-name: R1"},
		{[]string{"os-image-region-name", "r2", "os-region-name", "R1"}, "", "", `no Image service in region "r2"`, "with --os-image-region-name: R1"},
		{[]string{"os-image-interface", "admin", "os-interface", "public"}, "", "", "no admin endpoint", "with --os-image-interface: internal"},
		{[]string{"os-image-region-name", "R2", "os-region-name", "R1"}, "http://127.0.0.1:1/pub/r2", "R2", "", ""},
		{[]string{"os-image-endpoint-override", "http://127.0.0.1:1/mine/v2", "os-region-name", "R9"}, "http://127.0.0.1:1/mine", "R9", "", ""},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.changes), func(t *testing.T) {
			c, err := Connect(background(), passwordOptions(authURL, tt.changes...))
			if tt.means != "" {
				if f := failureOf(t, err, api.FailedConfigured, tt.means); !strings.Contains(f.Advice, tt.advice) {
					t.Errorf("advice %q", f.Advice)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if s := c.Session(); s.Endpoint != tt.endpoint || s.Region != tt.region || s.User != "anna" || s.IsAdmin || !s.RolesKnown {
				t.Errorf("%+v", s)
			}
		})
	}
	for catalog, means := range map[string]string{
		`[]`: "no service catalog", `[{"type":"compute"}]`: "lists no Image service", `[{"type":"image"}]`: "without any endpoint",
		`[{"type":"image","endpoints":[{"interface":"public","url":"$(undefined)s"}]}]`: "is not a URL",
	} {
		begin, end := strings.Index(tokenJSON, `"catalog":`), len(tokenJSON)-2
		authURL := identityServer(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Subject-Token", secretToken)
			answerJSON(w, 201, tokenJSON[:begin]+`"catalog":`+catalog+tokenJSON[end:])
		})
		_, err := Connect(background(), passwordOptions(authURL))
		failed(t, err, api.FailedConfigured, means)
	}
}

// A password goes to the host that was configured, whatever the server's list
// of versions or a redirect says.
func TestThePasswordStaysAtItsHost(t *testing.T) {
	var stolen atomic.Int32
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { stolen.Add(1) }))
	defer thief.Close()
	for _, code := range []int{301, 302, 307, 308} {
		authURL := identityServer(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, thief.URL+"/v3/auth/tokens", code) })
		_, err := Connect(background(), passwordOptions(authURL))
		failed(t, err, api.FailedConfigured, "redirects to "+thief.URL)
	}
	if stolen.Load() != 0 {
		t.Error("the other host was asked")
	}
}

func TestLoginAnswersThatMakeNoSense(t *testing.T) {
	tests := []struct {
		name   string
		answer http.HandlerFunc
		kind   api.FailureKind
		means  string
	}{
		{"a page", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(201); fmt.Fprint(w, "<html>") }, api.FailedConfigured, "is not an identity service"},
		{"no JSON", func(w http.ResponseWriter, _ *http.Request) { answerJSON(w, 201, `<`) }, api.FailedConfigured, "failed"},
		{"no token", func(w http.ResponseWriter, _ *http.Request) { answerJSON(w, 201, tokenJSON) }, api.FailedConfigured, "returned no token"},
		{"an empty object", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Subject-Token", secretToken)
			answerJSON(w, 201, `{}`)
		}, api.FailedConfigured, ""},
		{"503", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, api.FailedServer, ""},
		{"500 with an echo", func(w http.ResponseWriter, _ *http.Request) {
			answerJSON(w, 500, `{"error":{"message":"`+secretPassword+`"}}`)
		}, api.FailedServer, ""},
		{"locked", func(w http.ResponseWriter, _ *http.Request) {
			answerJSON(w, 401, `{"error":{"code":401,"message":"The account is locked for user: anna","title":"Unauthorized"}}`)
		}, api.FailedAuth, ""},
		{"hung up", func(w http.ResponseWriter, _ *http.Request) { hangUp(t, w) }, api.FailedNetwork, "was lost"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Connect(background(), passwordOptions(identityServer(t, tt.answer)))
			failed(t, err, tt.kind, tt.means)
		})
	}
}

func TestAKeystoneThatNeverAnswers(t *testing.T) {
	authURL := identityServer(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	o := passwordOptions(authURL)
	o.patience = &patience{read: 50 * time.Millisecond}
	_, err := Connect(background(), o)
	failed(t, err, api.FailedNetwork, "did not respond in time")
	ctx, cancel := context.WithTimeout(background(), 50*time.Millisecond)
	defer cancel()
	_, err = Connect(ctx, passwordOptions(authURL))
	failed(t, err, api.FailedNetwork, "timed out")
}

// A token that may not be exchanged (allow_rescope_scoped_token = false) is
// used as it is, when it is for the project.
func TestATokenThatMayNotBeExchanged(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v3/auth/tokens", func(w http.ResponseWriter, _ *http.Request) {
		answerJSON(w, 403, `{"error":{"code":403,"title":"Forbidden","message":"rescope a scoped token"}}`)
	})
	mux.HandleFunc("GET /v3/auth/tokens", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Subject-Token", r.Header.Get("X-Subject-Token"))
		answerJSON(w, 200, tokenJSON)
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	connect := func(project string) (*Client, error) {
		return Connect(background(), Options{Sources: nowhere, Flags: map[string]string{"os-auth-url": s.URL + "/v3", "os-token": secretToken, "os-project-name": project}})
	}
	c, err := connect("platform")
	if err != nil || c.Session().Project != "platform" {
		t.Fatal(err)
	}
	c.Close()
	_, err = connect("other")
	failed(t, err, api.FailedAuth, "for another project")
}

// Keystone's API before v3, as old clouds have it.
func TestOldKeystone(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v2.0/tokens", func(w http.ResponseWriter, _ *http.Request) {
		answerJSON(w, 200, `{"access":{"token":{"id":"`+secretToken+`","expires":"2099-01-01T00:00:00Z","tenant":{"id":"t1","name":"platform"}},
"user":{"id":"u1","name":"anna","roles":[{"name":"admin"}]},
"serviceCatalog":[{"type":"image","name":"glance","endpoints":[{"region":"R1","publicURL":"http://127.0.0.1:1/pub/v1","internalURL":"http://127.0.0.1:1/in","adminURL":"http://127.0.0.1:1/adm"}]}]}}`)
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	for iface, want := range map[string]string{"": "http://127.0.0.1:1/pub", "internal": "http://127.0.0.1:1/in", "adminURL": "http://127.0.0.1:1/adm"} {
		c, err := Connect(background(), passwordOptions(s.URL+"/v2.0", "os-interface", iface))
		if err != nil {
			t.Fatal(err)
		}
		c.Close()
		if got := c.Session(); got.Endpoint != want || got.User != "anna" || got.Project != "platform" || got.ProjectID != "t1" || !got.IsAdmin || got.Region != "R1" || c.tokens.token() != secretToken {
			t.Errorf("%+v", got)
		}
	}
}

func TestEndpoints(t *testing.T) {
	for text, want := range map[string]string{
		"http://h:9292": "http://h:9292", "http://h:9292/": "http://h:9292", "http://h/image/v2/": "http://h/image", " https://h/image/v2.16": "https://h/image",
		"http://h/v2/12345/": "http://h/v2/12345", "http://h/image/v2.1/a%2Fb": "http://h/image/v2.1/a%2Fb", "http://h/api/v1/image": "http://h/api/v1/image",
		"http://h/v1": "http://h", "http://h/a%20b/v2": "http://h/a%20b", "http://u:p@h/v2?x=y#z": "http://h", "http://[::1]:9292/v2": "http://[::1]:9292", "http://h/v2x": "http://h/v2x",
	} {
		e := parseEndpoint(text)
		if e.base == nil || e.String() != want || !strings.Contains(want, "/v2") && e.at("/v2/images", nil) != want+"/v2/images" || e.at("/v2/images", nil) != parseEndpoint(want).at("/v2/images", nil) {
			t.Errorf("%q is %q", text, e)
		}
	}
	for _, text := range []string{"", "h:9292", "ftp://h", "http://", "://", "http://h:port"} {
		if e := parseEndpoint(text); e.base != nil {
			t.Errorf("%q is %q", text, e)
		}
	}
	e := parseEndpoint("http://h/image")
	if got := e.at("/v2/images/a%2Fb", url.Values{"tag": {"x y"}}); got != "http://h/image/v2/images/a%2Fb?tag=x+y" {
		t.Error(got)
	}
}

// A service that has the project's account in every path: what is behind the
// version is the API, and nothing else is appended (the image, too).
func TestAnAccountInThePath(t *testing.T) {
	var asked []string
	c := serve(t, Options{Endpoint: "/v2/12345"}, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.URL.Path)
		switch r.URL.Path {
		case "/v2/12345/images":
			answerJSON(w, 200, pageJSON("", "a"))
		case "/v2/12345/images/a":
			answerJSON(w, 200, imageJSON("a"))
		case "/versions":
			answerJSON(w, 200, `{"versions":[{"id":"v2.9","status":"CURRENT"}]}`)
		default:
			answerJSON(w, 404, `{}`)
		}
	})
	_, listErr := c.Page(background(), "", 10, nil)
	_, _, patchErr := c.Patch(background(), "a", rename)
	_, versionErr := c.Versions(background())
	if listErr != nil || patchErr != nil || versionErr != nil || !strings.HasSuffix(c.Session().Endpoint, "/v2/12345") {
		t.Errorf("%v, %v, %v: %q", listErr, patchErr, versionErr, asked)
	}
}

// A service behind a path prefix, as DevStack has it, with and without version.
func TestPathPrefixes(t *testing.T) {
	for _, suffix := range []string{"/image", "/image/", "/image/v2", "/image/v2/"} {
		c := serve(t, Options{Endpoint: suffix}, func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/image/v2/images":
				answerJSON(w, 200, pageJSON("", "a"))
			case "/image/versions":
				answerJSON(w, 200, `{"versions":[{"id":"v2.9","status":"SUPPORTED"},{"id":"v2.15","status":"CURRENT"},{"id":"v2.2","status":"CURRENT"}]}`)
			default:
				t.Errorf("asked for %s", r.URL)
			}
		})
		if p, err := c.Page(background(), "", 1, nil); err != nil || len(p.Images) != 1 {
			t.Errorf("%s: %v", suffix, err)
		}
		if v, err := c.Versions(background()); err != nil || v != "v2.15" {
			t.Errorf("%s: %q %v", suffix, v, err)
		}
	}
}
