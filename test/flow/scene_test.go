package flow

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// start runs an embedded service of this test's own and gives its address.
func start(t *testing.T, o demo.Options) string {
	t.Helper()
	running, err := demo.New(o).Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = running.Close(ctx)
	})
	return strings.TrimSuffix(running.URL, "/")
}

// open runs the program on a server without Keystone and picks an image.
func open(t *testing.T, server, image string) *terminal.Terminal {
	t.Helper()
	m := run(t, 80, 24, nil, "--os-auth-type", "none", "--os-endpoint", server)
	pick(m, image)
	return m
}

// pick filters the list for one image, so that the cursor is on it.
func pick(m *terminal.Terminal, image string) {
	m.WaitFor("NAME", "VISIBILITY")
	m.Press("/")
	m.Type(`name:"` + image + `"`)
	m.WaitFor("1 of ")
	m.Press("enter")
}

// erase deletes an image behind the program's back.
func erase(t *testing.T, server, name string) {
	t.Helper()
	id := find(t, server, name).ID
	req, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, server+"/v2/images/"+id, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusNoContent {
		t.Fatalf("delete: %s", resp.Status)
	}
}

// find reads an image by its name.
func find(t *testing.T, server, name string) model.Image {
	t.Helper()
	c := client.New(client.Options{Endpoint: server})
	defer c.Close()
	var found []model.Image
	err := c.Each(t.Context(), 100, nil, func(p api.Page) error {
		for _, i := range p.Images {
			if i.Name.Value == name {
				found = append(found, i)
			}
		}
		return nil
	})
	if err != nil || len(found) != 1 {
		t.Fatalf("%d images are called %q, %v", len(found), name, err)
	}
	return found[0]
}
