package together

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model/patch"
	realglance "github.com/glance-tui/glance-tui/test/real"
)

func TestWatchingTheEmbeddedService(t *testing.T) {
	t.Parallel()
	running := demotest.Start(t, demo.Options{Still: true, Images: 500})
	connect := func(t *testing.T) *client.Client {
		c := client.New(client.Options{Endpoint: running.URL})
		t.Cleanup(c.Close)
		return c
	}
	watching(t, connect, func(name string) string { return create(t, running.URL, name) }, func(id string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, running.URL+"/v2/images/"+id, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil || res.StatusCode != http.StatusNoContent {
			t.Fatalf("%v %v", res, err)
		}
		_ = res.Body.Close()
	})
}

func TestWatchingARealGlance(t *testing.T) {
	server := realglance.Find(t)
	api := server.Login(t, "admin")
	watching(t, connectTo(server), func(name string) string { return api.Create(map[string]any{"name": name}) }, api.Delete)
}

// watching holds that one program, whose user does nothing, comes to show what
// someone else does.
func watching(t *testing.T, connect func(*testing.T) *client.Client, create func(name string) string, erase func(id string)) {
	unique := fmt.Sprintf("watched-%d", os.Getpid())
	name := func(text string) string { return unique + "-" + text }
	first := create(name("first"))
	other := connect(t)
	set := func(id, attribute string, value any) {
		t.Helper()
		if _, _, err := other.Patch(context.Background(), id, patch.Patch{{Op: patch.OpReplace, Path: "/" + attribute, Value: value}}); err != nil {
			t.Fatal(err)
		}
	}
	p := launchEvery(t, "the program", connect(t), 200*time.Millisecond)
	shows := func(text string) {
		t.Helper()
		p.until(text, func() bool { return p.shows(text) })
	}
	shows("STATUS")
	p.press("/")
	for _, letter := range unique {
		p.post(tea.KeyPressMsg(tea.Key{Code: letter, Text: string(letter)}))
	}
	p.press("enter")
	shows(name("first"))

	second := create(name("second"))
	third := create(name("third"))
	shows(name("second"))
	shows(name("third"))
	set(first, "name", name("renamed"))
	shows(name("renamed"))
	// Two changes as fast as a client can make them: mostly within one second.
	set(second, "name", name("passing"))
	set(second, "name", name("lasting"))
	set(third, "name", name("third-too"))
	shows(name("lasting"))
	shows(name("third-too"))
	set(third, "os_hidden", true) // it is in another list from now on
	shows(name("third-too") + " hidden")
	set(third, "name", name("in-hiding"))
	shows(name("in-hiding") + " hidden")
	erase(first)
	erase(third)
	left := false // read while the program waits
	p.until("two images to be gone", func() bool {
		left = p.shows(name("lasting"))
		return p.shows(" 1 of ")
	})
	if !left {
		t.Error("an image is gone that no one deleted")
	}
	erase(second)
	p.until("the last one to be gone", func() bool { return p.shows("No matches", "No images") })
}
