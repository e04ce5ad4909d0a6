package demo_test

import (
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
)

func TestWhoMayPatch(t *testing.T) {
	legacy := open(t, demo.Options{Empty: true})
	strict := open(t, demo.Options{Empty: true, StrictPolicy: true})
	const location = `{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f1.raw","metadata":{}}}`
	for _, c := range []struct {
		a          apiClient
		what, body string
		code       int
		says       string
	}{
		{legacy, "own", `[` + location + `]`, 200, ""},
		{legacy, "own", `[{"op":"remove","path":"/locations/1"}]`, 200, ""},
		{legacy, "own", `[{"op":"replace","path":"/visibility","value":"public"}]`, 403, "publicize_image"},
		{legacy, "own", `[{"op":"replace","path":"/owner","value":"x"}]`, 403, "Owner can't be updated"},
		{legacy, "others", `[]`, 200, ""},
		{legacy, "others", `[{"op":"replace","path":"/name","value":"x"}]`, 403, "You do not own this image"},
		{legacy, "others", `[{"op":"replace","path":"/visibility","value":"public"}]`, 403, "publicize_image"},
		{legacy, "others", `[` + location + `]`, 403, ""},
		{legacy, "hidden", `[]`, 404, ""},
		{strict, "own", `[` + location + `]`, 200, ""},
		{strict, "own", `[{"op":"remove","path":"/locations/1"}]`, 403, "delete_image_location"},
		{strict, "own", `[{"op":"remove","path":"/nosuch"},{"op":"remove","path":"/locations/1"}]`, 409, "does not exist"},
		{strict, "others", `[{"op":"replace","path":"/name","value":"x"}]`, 403, "modify_image"},
		{strict, "others", `[` + location + `]`, 403, "set_image_location"},
		{strict, "others", `[{"op":"remove","path":"/locations/0"}]`, 403, "delete_image_location"},
	} {
		admin, member := c.a.admin(), c.a.member()
		var id string
		switch c.what {
		case "own":
			id = member.ready("own")
			member.upload(id, "data").want(204)
			member.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f9.raw","metadata":{}}}]`).want(200)
		case "others":
			id = admin.create(`{"visibility":"public"}`)
		case "hidden":
			id = admin.create(`{"visibility":"private"}`)
		}
		got := member.patch(id, c.body).want(c.code)
		if c.says != "" {
			got.says(c.says)
		}
	}
}

// A Glance without Keystone takes everybody for an administrator, yet not for
// somebody with the role.
func TestWithoutATokenNobodyPublishes(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	a.post("/v2/images", `{"visibility":"public"}`).want(403).says("publicize_image")
	a.get("/v2/info/stores/detail").want(403)
	id := a.ready("one")
	a.upload(id, "data").want(204)
	a.patch(id, `[{"op":"replace","path":"/owner","value":"anybody"},{"op":"replace","path":"/visibility","value":"community"}]`).want(200)
	a.patch(id, `[{"op":"remove","path":"/nosuch"},{"op":"replace","path":"/visibility","value":"public"}]`).want(409)
	a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f1.raw","metadata":{}}},{"op":"remove","path":"/locations/0"},`+
		`{"op":"replace","path":"/visibility","value":"public"}]`).want(403).says("publicize_image")
	if got := a.show(id); got.Visibility != model.Community || len(got.Locations) != 0 {
		t.Errorf("%s, %q", got.Visibility, urls(got))
	}
}
