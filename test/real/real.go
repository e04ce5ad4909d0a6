// Package realglance tells tests where the real Glance and Keystone are that
// glance.sh runs.
package realglance

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gofrs/flock"
)

// Variable names the file that glance.sh writes, server.json.
const Variable = "GLANCE_TUI_REAL"

// Server is what server.json says.
type Server struct {
	Dir     string `json:"dir"`
	Release struct {
		Glance   string `json:"glance"` // "25.1.0"
		Keystone string `json:"keystone"`
	} `json:"release"`
	KeystoneURL string `json:"keystone_url"` // with /v3
	// Glance holds the Image services' URLs by variant: main, hidden, strict,
	// noauth, own, required; those that run.
	Glance        map[string]string `json:"glance"`
	Regions       map[string]string `json:"regions"` // by variant
	FileServerURL string            `json:"file_server_url"`
	Users         map[string]User   `json:"users"` // admin and demo
	CloudsYAML    string            `json:"clouds_yaml"`
	Clients       map[string]string `json:"clients"` // openstack, glance: paths
}

// User is someone who can log in.
type User struct {
	Name          string   `json:"name"`
	ID            string   `json:"id"`
	Password      string   `json:"password"`
	Domain        string   `json:"domain"`
	Project       string   `json:"project"`
	ProjectID     string   `json:"project_id"`
	ProjectDomain string   `json:"project_domain"`
	Roles         []string `json:"roles"`
}

// Major is the number of the Glance release: "25".
func (s *Server) Major() string {
	major, _, _ := strings.Cut(s.Release.Glance, ".")
	return major
}

// Find reads server.json and keeps the tests of other packages away from the
// servers until the test is over. Without one the test is skipped, saying how to
// get it; in CI (CI=true) that is a failure, so that no run passes by not running.
// With -short, which asks for nothing that has to be installed, it is skipped.
func Find(t testing.TB) *Server {
	t.Helper()
	if testing.Short() {
		t.Skip("needs a real Glance")
	}
	path := os.Getenv(Variable)
	if path == "" {
		const how = "no real Glance: " + Variable + " is not set. Run test/real/glance.sh install debian, " +
			"test/real/glance.sh start --all, then eval \"$(test/real/glance.sh env)\""
		if os.Getenv("CI") == "true" {
			t.Fatal(how)
		}
		t.Skip(how)
	}
	s, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	reserve(t, s)
	return s
}

// reserved is this process's hold on the servers, and how many tests have it.
var reserved struct {
	sync.Mutex
	tests int
	lock  *flock.Flock
}

// reserve waits until no other process tests on the servers: their SQLite takes no
// crowd (a locked database shows as a 500, or as an image deleted twice).
func reserve(t testing.TB, s *Server) {
	t.Helper()
	reserved.Lock()
	defer reserved.Unlock()
	if reserved.tests == 0 {
		reserved.lock = flock.New(filepath.Join(s.Dir, "tests.lock"))
		if err := reserved.lock.Lock(); err != nil {
			t.Fatal(err)
		}
	}
	reserved.tests++
	t.Cleanup(func() {
		reserved.Lock()
		defer reserved.Unlock()
		if reserved.tests--; reserved.tests == 0 {
			if err := reserved.lock.Unlock(); err != nil {
				t.Error(err)
			}
		}
	})
}

// Read reads a server.json.
func Read(path string) (*Server, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the real Glance does not run (%s): %w", Variable, err)
	}
	s := new(Server)
	if err := json.Unmarshal(text, s); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}
