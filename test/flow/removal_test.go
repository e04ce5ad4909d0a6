package flow

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// An edit that takes a location out of a file store deletes its data at once.
// These stories are about edits that do so and are refused, on the embedded
// service and on a real Glance with a real file store.

const imageData = "these bytes must not be lost\n"

// scene is an image with data in the file store and the form open on it.
type scene struct {
	*wire
	*terminal.Terminal
	id, name string
}

func sceneOn(w *wire) scene {
	w.t.Helper()
	s := scene{wire: w, name: fmt.Sprintf("data of test %d", os.Getpid())}
	var made struct {
		ID string `json:"id"`
	}
	body := fmt.Sprintf(`{"name": %q, "disk_format": "raw", "container_format": "bare"}`, s.name)
	if err := json.Unmarshal([]byte(w.send(http.MethodPost, "/v2/images", "application/json", body, http.StatusCreated)), &made); err != nil {
		w.t.Fatal(err)
	}
	s.id = made.ID
	w.t.Cleanup(func() {
		req, err := http.NewRequest(http.MethodDelete, w.server+"/v2/images/"+s.id, nil)
		if err != nil {
			w.t.Fatal(err)
		}
		if resp, err := http.DefaultClient.Do(req); err == nil {
			_ = resp.Body.Close()
		}
	})
	w.send(http.MethodPut, "/v2/images/"+s.id+"/file", "application/octet-stream", imageData, http.StatusNoContent)

	s.Terminal = run(w.t, 120, 40, nil, "--os-auth-type", "none", "--os-endpoint", w.url)
	pick(s.Terminal, s.name)
	s.Press("e")
	s.WaitFor("Edit "+s.name, "No changes yet")
	return s
}

// replaceFile gives the image a location on the web instead of its file.
func (s scene) replaceFile(url string) {
	focusOn(s.Terminal, "file://")
	s.Press("ctrl+k")
	s.WaitFor("− file://")
	focusOn(s.Terminal, "add a location")
	s.Type(url)
}

// image is what the server has now.
func (s scene) image() model.Image {
	s.t.Helper()
	var i model.Image
	if err := json.Unmarshal([]byte(s.wire.send(http.MethodGet, "/v2/images/"+s.id, "", "", http.StatusOK)), &i); err != nil {
		s.t.Fatal(err)
	}
	return i
}

// data is what a download gives.
func (s scene) data() string {
	s.t.Helper()
	resp, err := http.Get(s.server + "/v2/images/" + s.id + "/file")
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.Status + " " + string(body)
}

// keepsAll: the image has its data, at its place, and its name.
func (s scene) keepsAll() {
	s.t.Helper()
	i := s.image()
	if i.Name.Value != s.name || len(i.Locations) != 1 || !strings.HasPrefix(i.Locations[0].URL, "file://") {
		s.t.Errorf("the image is %q at %v", i.Name.Value, i.Locations)
	}
	if got := s.data(); !strings.Contains(got, imageData) {
		s.t.Errorf("a download gives %s", got)
	}
}

func TestARefusedEditKeepsTheData(t *testing.T) {
	t.Run("demo", func(t *testing.T) { refusedLocation(sceneOn(onDemo(t))) })
	t.Run("glance", func(t *testing.T) { refusedLocation(sceneOn(onGlance(t))) })
}

// refusedLocation renames the image and moves it to an address that the server
// refuses, then to one that it takes.
func refusedLocation(s scene) {
	s.Type(" moved")
	s.replaceFile(s.bad)
	s.WaitFor("3 operations", "sent in two requests")
	s.Press("ctrl+s")
	s.WaitFor("Two requests: the second is sent only if the first succeeds.", "Request 2 of 2")
	s.Type("delete")
	s.Press("enter")
	s.WaitFor("Request 1 of 2: 400", "Nothing was deleted")
	if n := len(s.seen()); n != 1 {
		s.t.Fatalf("%d edits were sent", n)
	}
	s.keepsAll()

	s.Press("esc")
	s.WaitFor("Edit "+s.name, s.name+" moved", "3 operations")
	focusOn(s.Terminal, s.bad)
	s.Press("ctrl+k")
	focusOn(s.Terminal, "add a location")
	s.Type(s.good + "/f1.raw")
	s.WaitFor("3 operations")
	s.Press("ctrl+s")
	s.WaitFor("Two requests:")
	s.Type("delete")
	s.Press("enter")
	s.WaitFor("Request 2 of 2: 200 OK", "request 1", "request 2", "What changed")

	edits := s.seen()
	if len(edits) != 3 || strings.Contains(edits[1], "remove") || edits[2] != `[{"op":"remove","path":"/locations/0"}]` {
		s.t.Fatalf("sent %q", edits)
	}
	i := s.image()
	if i.Name.Value != s.name+" moved" || len(i.Locations) != 1 || i.Locations[0].URL != s.good+"/f1.raw" {
		s.t.Errorf("the image is %q at %v", i.Name.Value, i.Locations)
	}
	s.Press("esc")
	s.WaitFor("NAME", s.name+" moved")
}

func TestAQuotaThatIsCountedLastKeepsTheData(t *testing.T) {
	t.Run("demo", func(t *testing.T) { refusedQuota(sceneOn(onDemo(t))) })
	t.Run("glance", func(t *testing.T) { refusedQuota(sceneOn(onGlance(t))) })
}

// refusedQuota adds a property to an image that someone else fills with
// properties just before the edit arrives: the server counts them at the very
// end, after the data of a removed location is gone.
func refusedQuota(s scene) {
	s.fillUp()
	s.review()
	s.Type("delete")
	s.Press("enter")
	s.WaitFor("Request 1 of 2: 413", "Nothing was deleted")
	if n := len(s.seen()); n != 1 {
		s.t.Errorf("%d edits were sent", n)
	}
	s.keepsAll()
}

// In one request, which the user can ask for, the same edit costs the data:
// this is what the two are for.
func TestOneRequestCanCostTheData(t *testing.T) {
	t.Run("demo", func(t *testing.T) { lostInOne(sceneOn(onDemo(t))) })
	t.Run("glance", func(t *testing.T) { lostInOne(sceneOn(onGlance(t))) })
}

func lostInOne(s scene) {
	s.fillUp()
	s.review()
	s.Press("tab", "1")
	s.WaitFor("One request, as you chose")
	s.Press("tab")
	s.Type("delete")
	s.Press("enter")
	s.WaitFor("413", "partly applied", "the image no longer has any data")
	if len(s.image().Locations) != 0 || strings.Contains(s.data(), imageData) {
		s.t.Errorf("the server reverted it: locations %v; then two requests are no longer needed", s.image().Locations)
	}
}

// fillUp lets someone else add as many properties as an image may have, just
// before the next edit arrives.
func (s scene) fillUp() {
	s.arrives = func(n int) {
		if n > 1 {
			return
		}
		var full patch.Patch
		for n := range 128 {
			full = append(full, patch.Operation{Op: patch.OpAdd, Path: fmt.Sprintf("/theirs_%03d", n), Value: "x"})
		}
		s.wire.send(http.MethodPatch, "/v2/images/"+s.id, patch.MediaTypeV21, string(full.JSON()), http.StatusOK)
	}
}

func (s scene) review() {
	s.replaceFile(s.good + "/f1.raw")
	focusOn(s.Terminal, "add a property")
	s.Type("mine")
	s.Press("enter")
	s.Type("y")
	s.WaitFor("3 operations", "sent in two requests")
	s.Press("ctrl+s")
	s.WaitFor("Two requests:")
}
