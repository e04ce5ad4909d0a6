package client

import (
	"net/http"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/patch"
	harness "github.com/glance-tui/glance-tui/test/real"
)

func TestWithheldLocations(t *testing.T) {
	cloud := startCloud(t, demo.Options{RequireToken: true, Empty: true})
	connect := func(changes ...string) *Client {
		c, err := Connect(background(), cloud.options(cloud.openrc(changes...)))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.Close)
		return c
	}
	withheldLocations(t, connect(), connect("OS_USERNAME", demo.MemberUsername, "OS_PROJECT_NAME", demo.MemberProject), "http://mirror.example/f17.raw")
}

func TestRealWithheldLocations(t *testing.T) {
	s := harness.Find(t)
	withheldLocations(t, realClient(t, s, "admin"), realClient(t, s, "demo"), s.FileServerURL+"/f17.raw")
}

// withheldLocations looks at a member's image by every way of reading, while an
// administrator deactivates and reactivates it.
func withheldLocations(t *testing.T, admin, member *Client, url string) {
	id := newID()
	at := "/v2/images/" + id
	raw(t, member, http.MethodPost, member.endpoint.at("/v2/images", nil), `{"id":"`+id+`","name":"client test","disk_format":"raw","container_format":"bare"}`)
	t.Cleanup(func() { raw(t, member, http.MethodDelete, member.endpoint.at(at, nil), "") })
	add := patch.Patch{{Op: patch.OpAdd, Path: "/locations/-", Value: model.Location{URL: url, Metadata: map[string]any{}}}}

	// readings are the image as each way of reading gives it.
	readings := func(c *Client) map[string]model.Image {
		t.Helper()
		got, err := c.Get(background(), id)
		if err != nil {
			t.Fatal(err)
		}
		listed := map[string]model.Image{}
		page, err := c.Page(background(), "", 100, map[string][]string{"visibility": {"all"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range page.Images {
			listed["on a page"+i.ID] = i
		}
		if err := c.Each(background(), 100, nil, func(p api.Page) error {
			for _, i := range p.Images {
				listed["in the list"+i.ID] = i
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		changed, _, err := c.Patch(background(), id, patch.Patch{{Op: patch.OpReplace, Path: "/min_disk", Value: 1}})
		if err != nil {
			t.Fatal(err)
		}
		return map[string]model.Image{"alone": got, "on a page": listed["on a page"+id], "in the list": listed["in the list"+id], "as a PATCH answers": changed}
	}
	expect := func(when string, images map[string]model.Image, shown, withheld bool, count int) {
		t.Helper()
		for how, i := range images {
			if i.ID != id || i.LocationsShown != shown || i.LocationsWithheld != withheld || len(i.Locations) != count {
				t.Errorf("%s, %s: id %q, shown %t, withheld %t, %d locations", when, how, i.ID, i.LocationsShown, i.LocationsWithheld, len(i.Locations))
			}
		}
	}
	expect("queued", readings(member), true, false, 0)
	before, _, err := member.Patch(background(), id, add)
	if err != nil {
		t.Fatal(err)
	}
	expect("active", readings(member), true, false, 1)
	raw(t, admin, http.MethodPost, admin.endpoint.at(at+"/actions/deactivate", nil), "")
	hidden := readings(member)
	expect("deactivated", hidden, false, true, 0)
	for how, i := range hidden {
		for _, c := range merge.Changes(before, i) {
			if name := c.Field.Attr; name != "min_disk" && name != "status" && name != "updated_at" {
				t.Errorf("deactivated, %s: %s changed from %s to %s", how, name, c.Before, c.After)
			}
		}
	}
	raw(t, admin, http.MethodPost, admin.endpoint.at(at+"/actions/reactivate", nil), "")
	expect("active again", readings(member), true, false, 1)
	raw(t, member, http.MethodPost, member.endpoint.at(at+"/actions/deactivate", nil), "")
	got, err := admin.Get(background(), id)
	if err != nil {
		t.Fatal(err)
	}
	expect("deactivated, to an administrator", map[string]model.Image{"alone": got}, true, false, 1)
}
