package flow

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	realglance "github.com/glance-tui/glance-tui/test/real"
)

// TestReadmeStoryOnARealGlance is the same story on a real Glance and Keystone,
// found through a clouds.yaml as an administrator has it.
func TestReadmeStoryOnARealGlance(t *testing.T) {
	server := realglance.Find(t)
	api := server.Login(t, "admin")
	name := fmt.Sprintf("Fedora 17 of test %d", os.Getpid())
	id := api.Create(map[string]any{
		"name": name, "disk_format": "qcow2", "container_format": "bare",
		"tags": []string{"beefy"}, "os_distro": "fedora",
	})
	location := server.FileServerURL + "/f17.qcow2"

	m := run(t, 100, 30, []string{"OS_CLIENT_CONFIG_FILE=" + server.CloudsYAML}, "--os-cloud", "admin")
	story(t, m, name, location)

	image := api.Get(id)
	if image["name"] != name+" Server" || image["status"] != "active" {
		t.Errorf("the server has %v, %v", image["name"], image["status"])
	}
	var tags []string
	for _, tag := range image["tags"].([]any) {
		tags = append(tags, tag.(string))
	}
	slices.Sort(tags)
	if !slices.Equal(tags, []string{"beefy", "lts"}) {
		t.Errorf("tags %q", tags)
	}
	locations := image["locations"].([]any)
	if len(locations) != 1 || locations[0].(map[string]any)["url"] != location {
		t.Errorf("locations %v", locations)
	}
}

// TestCommandsOnARealGlance: edit changes an image and undo restores what it
// can, and a word is asked for data that is deleted.
func TestCommandsOnARealGlance(t *testing.T) {
	server := realglance.Find(t)
	api := server.Login(t, "admin")
	id := api.Create(map[string]any{
		"name": "commands", "disk_format": "qcow2", "container_format": "bare", "tags": []string{"beefy"}, "os_distro": "fedora",
	})
	home, env := t.TempDir(), []string{"OS_CLIENT_CONFIG_FILE=" + server.CloudsYAML, "OS_CLOUD=admin"}
	does := func(status int, says string, args ...string) {
		t.Helper()
		m := runIn(t, home, 160, 40, env, args...)
		m.WaitFor(says)
		exits(t, m, status)
	}
	location := server.FileServerURL + "/f17.qcow2"
	does(0, "5 operations applied", "edit", id, "name=by command", "tags+=lts", "unset:prop:os_distro", "min_ram=512", "location+="+location, "--yes")
	image := api.Get(id)
	if image["name"] != "by command" || image["status"] != "active" || image["os_distro"] != nil || image["min_ram"] != 512.0 {
		t.Errorf("the server has %v", image)
	}
	does(0, "already has these values", "edit", id, "name=by command", "tags+=lts", "location+="+location)
	does(1, "--allow public", "edit", id, "visibility=public", "--yes")
	does(0, "1 operation applied", "edit", id, "visibility=public", "--yes", "--allow", "public")

	all := api.Get(id)
	if all["visibility"] != "public" {
		t.Errorf("the server has %v", all["visibility"])
	}
	entries := exec.Command(program, "history", "--format", "json")
	entries.Env = []string{"HOME=" + home, "XDG_STATE_HOME=" + filepath.Join(home, "state")}
	out, err := entries.Output()
	if err != nil {
		t.Fatal(err)
	}
	var history []struct{ ID, Outcome string }
	if err := json.Unmarshal(out, &history); err != nil || len(history) != 2 || history[0].Outcome != "applied" || history[1].Outcome != "applied" {
		t.Fatalf("%v: %s", err, out)
	}
	does(0, "operations applied", "undo", history[1].ID, "--yes")
	image = api.Get(id)
	if image["name"] != "commands" || image["os_distro"] != "fedora" || image["min_ram"] != 0.0 || image["visibility"] != "public" {
		t.Errorf("the server has %v", image)
	}
	if locations := image["locations"].([]any); len(locations) != 1 {
		t.Errorf("an image keeps its last location: %v", locations)
	}
}
