package flow

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
)

// recorder is the embedded service with a record of what it was asked.
type recorder struct {
	url    string
	server *demo.Server

	mu   sync.Mutex
	all  []string        // "GET /v2/images?limit=25"
	took []time.Duration // to answer each, as far as answered
}

func record(t testing.TB, o demo.Options) *recorder {
	t.Helper()
	r := &recorder{server: demo.New(o)}
	r.inFront(t, r.server.Handler())
	return r
}

// inFront puts the record before a service.
func (r *recorder) inFront(t testing.TB, next http.Handler) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		begun := time.Now()
		r.mu.Lock()
		n := len(r.all)
		r.all, r.took = append(r.all, req.Method+" "+req.URL.RequestURI()), append(r.took, 0)
		r.mu.Unlock()
		next.ServeHTTP(w, req)
		r.mu.Lock()
		r.took[n] = time.Since(begun)
		r.mu.Unlock()
	}))
	t.Cleanup(server.Close)
	r.url = server.URL
}

// served is what n requests took there, from one on.
func (r *recorder) served(from, n int) (sum time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, d := range r.took[from : from+n] {
		sum += d
	}
	return sum
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
