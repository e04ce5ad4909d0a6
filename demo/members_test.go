package demo_test

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
)

func TestMembers(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	admin, member := a.admin(), a.member()
	project := member.show(member.create(`{}`)).Owner.Value
	shared := admin.create(`{"name":"shared","visibility":"shared"}`)
	private := admin.create(`{"visibility":"private"}`)
	path := "/v2/images/" + shared + "/members"
	ids := func(by apiClient) []string {
		var list struct{ Members []map[string]any }
		by.get(path).want(200).decode(&list)
		out := []string{}
		for _, m := range list.Members {
			out = append(out, m["member_id"].(string)+" "+m["status"].(string))
		}
		return out
	}
	steps := []struct {
		by                 apiClient
		method, path, body string
		code               int
		says               string
	}{
		{admin, "GET", "/v2/images/" + private + "/members", "", 403, "Only shared images have members"},
		{admin, "POST", "/v2/images/" + private + "/members", `{"member":"x"}`, 403, ""},
		{admin, "POST", path, `{"member":""}`, 400, "can't be empty"},
		{admin, "POST", path, `{}`, 400, "not specified"},
		{admin, "POST", path, `[]`, 400, "in the form"},
		{admin, "POST", path, `nonsense`, 400, "Malformed"},
		{member, "GET", path, "", 404, ""},
		{admin, "POST", path, `{"member":"` + project + `"}`, 200, ""},
		{admin, "POST", path, `{"member":"` + project + `"}`, 409, "is duplicated"},
		{admin, "POST", path, `{"member":"another"}`, 200, ""},
		{member, "POST", path, `{"member":"x"}`, 403, ""},
		{member, "PUT", path + "/" + project, `{"status":"perhaps"}`, 400, "Status must be"},
		{member, "PUT", path + "/" + project, `{}`, 400, "Status not specified"},
		{member, "PUT", path + "/another", `{"status":"accepted"}`, 404, ""},
		{member, "GET", path + "/another", "", 404, ""},
		{member, "DELETE", path + "/" + project, "", 403, ""},
		{member, "PUT", path + "/" + project, `{"status":"rejected"}`, 200, ""},
		{admin, "PUT", path + "/another", `{"status":"accepted"}`, 200, ""},
		{admin, "GET", path + "/nosuch", "", 404, "not found in the member list"},
	}
	for _, s := range steps {
		got := s.by.send(s.method, s.path, s.body).want(s.code)
		if s.says != "" {
			got.says(s.says)
		}
	}
	wantStrings(t, "the owner sees", ids(admin), []string{project + " rejected", "another accepted"})
	wantStrings(t, "a member sees", ids(member), []string{project + " rejected"})
	one := member.get(path + "/" + project).want(200).object()
	if one["image_id"] != shared || one["schema"] != "/v2/schemas/member" || !strings.HasSuffix(one["created_at"].(string), "Z") {
		t.Errorf("%v", one)
	}

	// Whoever leaves shared hides the members, but does not delete them.
	admin.patch(shared, `[{"op":"replace","path":"/visibility","value":"private"}]`).want(200)
	admin.get(path).want(403)
	admin.get(path + "/" + project).want(404)
	member.get("/v2/images/" + shared).want(404)
	admin.patch(shared, `[{"op":"replace","path":"/visibility","value":"shared"}]`).want(200)
	wantStrings(t, "shared again", ids(admin), []string{project + " rejected", "another accepted"})
	admin.delete(path + "/" + project).want(204)
	admin.delete(path + "/" + project).want(404)

	owned := member.create(`{"visibility":"shared"}`)
	member.post("/v2/images/"+owned+"/members", `{"member":"x"}`).want(200)
	member.put("/v2/images/"+owned+"/members/x", `{"status":"accepted"}`).want(403) // not in the member's place
}
