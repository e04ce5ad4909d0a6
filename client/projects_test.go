package client

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// A list of projects without an end is not asked for without an end.
func TestEndlessListsOfProjects(t *testing.T) {
	for name, fresh := range map[string]bool{"always the same": false, "always others": true} {
		var asked atomic.Int32
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.Method == http.MethodPost:
				loggedIn(w, r)
			case strings.HasSuffix(r.URL.Path, "/projects"):
				n, id := asked.Add(1), "p"
				if fresh {
					id = fmt.Sprint("p", n)
				}
				answerJSON(w, 200, fmt.Sprintf(`{"projects":[{"id":%q,"name":"n"}],"links":{"next":"http://%s/v3/projects?marker=%d"}}`, id, r.Host, n))
			default:
				http.NotFound(w, r)
			}
		}))
		c, err := Connect(background(), passwordOptions(s.URL+"/v3"))
		if err != nil {
			t.Fatal(err)
		}
		names, err := c.Projects(background())
		if n := asked.Load(); err != nil || len(names) == 0 || n > mostProjectPages || !fresh && n > 2 {
			t.Errorf("%s: asked %d times, %d names, %v", name, n, len(names), err)
		}
		c.Close()
		s.Close()
	}
}
