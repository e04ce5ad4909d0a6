package flow

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
)

// recorder is the embedded service with a record of what it was asked.
type recorder struct {
	url    string
	server *demo.Server

	mu  sync.Mutex
	all []string // "GET /v2/images?limit=25"
}

func record(t testing.TB, o demo.Options) *recorder {
	t.Helper()
	r := &recorder{server: demo.New(o)}
	next := r.server.Handler()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.mu.Lock()
		r.all = append(r.all, req.Method+" "+req.URL.RequestURI())
		r.mu.Unlock()
		next.ServeHTTP(w, req)
	}))
	t.Cleanup(server.Close)
	r.url = server.URL
	return r
}

// requests are all so far.
func (r *recorder) requests() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.all)
}

// env logs in as the administrator.
func (r *recorder) env() []string {
	return []string{
		"OS_AUTH_URL=" + r.url + "/identity/v3", "OS_USERNAME=" + demo.Username, "OS_PASSWORD=" + demo.Password, "OS_PROJECT_NAME=" + demo.Project,
		"OS_USER_DOMAIN_NAME=" + demo.Domain, "OS_PROJECT_DOMAIN_NAME=" + demo.Domain,
	}
}
