package flow

import (
	"fmt"
	"os"
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
