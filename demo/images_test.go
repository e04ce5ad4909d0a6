package demo_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestCreateFillsIn(t *testing.T) {
	a := open(t, demo.Options{Empty: true}).admin()
	got := a.post("/v2/images", `{"name":"x","tags":["b","a","b"],"a/b":"c","kernel_id":null}`).want(http.StatusCreated)
	i := got.image()
	if i.Status != model.StatusQueued || i.Visibility != model.Shared || i.Name != model.Some("x") ||
		i.Size.Set || i.DiskFormat.Set || !i.LocationsShown || len(i.Locations) != 0 {
		t.Errorf("a new image is %+v", i)
	}
	wantStrings(t, "tags", i.Tags, []string{"a", "b"})
	if i.Properties["a/b"] != model.Some("c") || i.Properties["kernel_id"].Set {
		t.Errorf("properties %v", i.Properties)
	}
	if _, there := i.Properties["kernel_id"]; !there {
		t.Error("a property that is null is not shown")
	}
	header := got.header
	if header.Get("Location") != a.url+"/v2/images/"+i.ID ||
		header.Get("Openstack-Image-Import-Methods") != "glance-direct,web-download,copy-image" ||
		!strings.HasPrefix(header.Get("Openstack-Image-Store-Ids"), "local,web") {
		t.Errorf("headers %v", header)
	}
	if i.CreatedAt.IsZero() || i.CreatedAt.Nanosecond() != 0 || !i.UpdatedAt.Equal(i.CreatedAt) {
		t.Errorf("times %v %v", i.CreatedAt, i.UpdatedAt)
	}
	for name, want := range map[string]string{"self": "/v2/images/" + i.ID, "file": "/v2/images/" + i.ID + "/file", "schema": "/v2/schemas/image"} {
		if string(i.Extra[name]) != `"`+want+`"` {
			t.Errorf("%s is %s", name, i.Extra[name])
		}
	}
}

func TestCreateRefuses(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	admin, member := a.admin(), a.member()
	taken := admin.create(`{}`)
	for _, c := range []struct {
		by   apiClient
		body string
		code int
		says string
	}{
		{admin, ``, 400, "Body expected in request."},
		{admin, `nonsense`, 400, "Malformed JSON"},
		{admin, `5`, 400, "Unexpected body type"},
		{admin, `[]`, 500, ""},
		{admin, `{"name":5}`, 400, "5 is not of type 'null', 'string'"},
		{admin, `{"name":"` + strings.Repeat("x", 256) + `"}`, 400, "is too long"},
		{admin, `{"name":"` + "\U0001F600" + `"}`, 400, "4 byte unicode"},
		{admin, `{"status":"active"}`, 403, "Attribute 'status' is read-only."},
		{admin, `{"self":"x"}`, 403, "Attribute 'self' is read-only."},
		{admin, `{"stores":"x"}`, 403, "Attribute 'stores' is read-only."},
		{admin, `{"locations":[]}`, 403, "is reserved"},
		{admin, `{"os_glance_x":"y"}`, 403, "is reserved"},
		{admin, `{"foo":5}`, 400, "5 is not of type 'string'"},
		{admin, `{"id":"abc"}`, 400, "does not match"},
		{admin, `{"id":"` + taken + `"}`, 409, "already exists"},
		{admin, `{"min_disk":-5}`, 400, "negative"},
		{admin, `{"min_ram":99999999999}`, 400, "out of range"},
		{admin, `{"disk_format":"floppy"}`, 400, "is not one of"},
		{admin, `{"` + strings.Repeat("p", 256) + `":"y"}`, 400, "255 characters"},
		{member, `{"visibility":"public"}`, 403, "publicize_image"},
		{member, `{"owner":"x"}`, 403, "owned by 'x'"},
	} {
		c.by.post("/v2/images", c.body).want(c.code).says(c.says)
	}
	member.post("/v2/images", `{"visibility":"community"}`).want(201)
}

func TestVisibilityById(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	admin, member := a.admin(), a.member()
	for visibility, code := range map[string]int{"private": 404, "shared": 404, "community": 200, "public": 200} {
		id := admin.create(`{"visibility":"` + visibility + `"}`)
		member.get("/v2/images/" + id).want(code)
	}
	nobodys := admin.create(`{"owner":null,"visibility":"private"}`)
	member.get("/v2/images/" + nobodys).want(200)
	own := member.create(`{"visibility":"private"}`)
	admin.get("/v2/images/" + own).want(200)
}

func TestDelete(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	admin, member := a.admin(), a.member()
	id := admin.create(`{"protected":true,"visibility":"public"}`)
	admin.delete("/v2/images/" + id).want(403).says("is protected and cannot be deleted")
	member.delete("/v2/images/" + id).want(403).says("You do not own this image")
	admin.patch(id, `[{"op":"replace","path":"/protected","value":false}]`).want(200)
	admin.delete("/v2/images/" + id).want(204)
	admin.get("/v2/images/" + id).want(404)
	admin.delete("/v2/images/" + id).want(404).says("Failed to find image " + id + " to delete")
	admin.post("/v2/images", `{"id":"`+id+`"}`).want(409)
}

func TestTags(t *testing.T) {
	a := open(t, demo.Options{Empty: true, Limits: rules.Limits{Tags: 3}})
	admin, member := a.admin(), a.member()
	id := admin.create(`{"visibility":"public","tags":["x"]}`)
	tag := "/v2/images/" + id + "/tags/"
	for _, c := range []struct {
		by           apiClient
		method, path string
		code         int
	}{
		{admin, "PUT", tag + "with%20space", 204},
		{admin, "PUT", tag + "with%20space", 204},
		{admin, "DELETE", tag + "nosuch", 404},
		{admin, "PUT", tag + "a%2Fb", 404},
		{admin, "PUT", tag, 404},
		{admin, "PUT", tag + strings.Repeat("t", 256), 400},
		{admin, "PUT", tag + strings.Repeat("t", 255), 204},
		{admin, "PUT", tag + "one-too-many", 413},
		{admin, "DELETE", tag + strings.Repeat("t", 255), 204},
		{admin, "PUT", "/v2/images/nosuch/tags/x", 404},
		{member, "PUT", tag + "x", 403},
		{member, "DELETE", tag + "x", 403},
	} {
		c.by.send(c.method, c.path, "").want(c.code)
	}
	wantStrings(t, "tags", admin.show(id).Tags, []string{"with space", "x"})
}

func TestActions(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	admin, member := a.admin(), a.member()
	id := member.ready("mine")
	act := func(by apiClient, verb string) answer { return by.send("POST", "/v2/images/"+id+"/actions/"+verb, "") }
	act(member, "deactivate").want(403).says("Not allowed to deactivate image in status 'queued'")
	member.upload(id, "data").want(204)
	for _, verb := range []string{"deactivate", "deactivate"} {
		act(member, verb).want(204)
		if s := admin.show(id).Status; s != model.StatusDeactivated {
			t.Errorf("after %s: %s", verb, s)
		}
	}
	if own := member.show(id); len(own.Locations) != 0 || own.Extra["stores"] != nil {
		t.Errorf("a member sees the locations of a deactivated image: %v", own.Locations)
	}
	if len(admin.show(id).Locations) != 1 {
		t.Error("an administrator does not see the locations of a deactivated image")
	}
	member.get("/v2/images/" + id + "/file").want(403).says("has been deactivated")
	admin.get("/v2/images/" + id + "/file").want(200)
	act(member, "reactivate").want(204)
	act(member, "reactivate").want(204)
	if s := admin.show(id).Status; s != model.StatusActive {
		t.Errorf("reactivated: %s", s)
	}
	public := admin.create(`{"visibility":"public"}`)
	member.send("POST", "/v2/images/"+public+"/actions/deactivate", "").want(403).says("You do not own")
}

func TestSchemas(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	schema, err := rules.ParseSchema(a.get("/v2/schemas/image").want(200).body)
	if err != nil {
		t.Fatal(err)
	}
	if !schema.AdditionalProperties || schema.Attributes["name"].MaxLength != 255 || schema.Attributes["kernel_id"].IsBase {
		t.Errorf("%+v", schema)
	}
	for path, name := range map[string]string{"images": "images", "member": "member", "members": "members"} {
		if got := a.get("/v2/schemas/" + path).want(200).object(); got["name"] != name || got["properties"] == nil {
			t.Errorf("%s: %v", path, got)
		}
	}
}

// A deployment with formats and properties of its own: its schema is answered,
// and held against every edit and every new image.
func TestADeploymentsOwnSchema(t *testing.T) {
	document := `{"name":"image","properties":{"name":{"type":["null","string"],"maxLength":5},
		"disk_format":{"type":["null","string"],"enum":[null,"gpt"]},"tier":{"type":"string","enum":["gold","silver"],"is_base":false}},
		"additionalProperties":false}`
	a := open(t, demo.Options{Empty: true, Schema: []byte(document)})
	if got := a.get("/v2/schemas/image").want(200).body; string(got) != document {
		t.Errorf("answers %s", got)
	}
	if got := a.get("/v2/schemas/images").want(200).body; !strings.Contains(string(got), `"enum":["gold","silver"]`) {
		t.Errorf("a page is described as %s", got)
	}
	id := a.create(`{"name":"five5","disk_format":"gpt","tier":"gold"}`)
	a.patch(id, `[{"op":"replace","path":"/tier","value":"silver"}]`).want(200)
	for operation, says := range map[string]string{
		`{"op":"replace","path":"/tier","value":"lead"}`:         "'lead' is not one of ['gold', 'silver']",
		`{"op":"replace","path":"/name","value":"sixsix"}`:       "'sixsix' is too long",
		`{"op":"replace","path":"/disk_format","value":"qcow2"}`: "'qcow2' is not one of [None, 'gpt']",
		`{"op":"add","path":"/os_distro","value":"x"}`:           "('os_distro' was unexpected)",
	} {
		a.patch(id, "["+operation+"]").want(400).says(says)
	}
	a.post("/v2/images", `{"name":"x","tier":"lead"}`).want(400).says("'lead' is not one of")
	a.post("/v2/images", `{"name":"x","mine":"y"}`).want(400).says("unexpected")
}

// A required name must be in a new image, and in each operation of an edit.
func TestASchemaThatRequires(t *testing.T) {
	a := open(t, demo.Options{Empty: true, Schema: []byte(`{"properties":{"name":{"type":"string"}},"required":["team"],"additionalProperties":{"type":"string"}}`)})
	a.post("/v2/images", `{"name":"x"}`).want(400).says("'team' is a required property")
	id := a.create(`{"name":"x","team":"a"}`)
	a.patch(id, `[{"op":"replace","path":"/team","value":"b"}]`).want(200)
	a.patch(id, `[{"op":"replace","path":"/name","value":"y"}]`).want(400).says("'team' is a required property")
}

func TestStores(t *testing.T) {
	a := open(t, demo.Options{Empty: true, Mirrors: []string{"files"}})
	admin, member := a.admin(), a.member()
	var info struct {
		Stores []map[string]any
	}
	member.get("/v2/info/stores").want(200).decode(&info)
	if len(info.Stores) != 2 || info.Stores[0]["default"] != "true" || info.Stores[1]["read-only"] != "true" {
		t.Errorf("%v", info.Stores)
	}
	member.get("/v2/info/stores/detail").want(403).says("stores_info_detail")
	admin.get("/v2/info/stores/detail").want(200)
	open(t, demo.Options{Empty: true, OneStore: true}).get("/v2/info/stores").want(404)

	id := admin.ready("copies")
	admin.delete("/v2/stores/local/" + id).want(409)
	admin.upload(id, "data").want(204)
	admin.delete("/v2/stores/local/" + id).want(403).says("only store containing it")
	admin.delete("/v2/stores/nosuch/" + id).want(409)
	admin.delete("/v2/stores/web/nosuch").want(404)
	admin.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://files/f5.raw","metadata":{}}}]`).want(200)
	member.delete("/v2/stores/local/" + id).want(404)
	admin.delete("/v2/stores/local/" + id).want(204)
	if left := admin.show(id); len(left.Locations) != 1 || left.Locations[0].URL != "http://files/f5.raw" || left.Size != model.Some(int64(4)) {
		t.Errorf("%+v", left)
	}
}
