package rules_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestWhoMayNotEdit(t *testing.T) {
	member := api.Session{RolesKnown: true, ProjectID: "mine", ProjectNames: map[string]string{"theirs": "their project"}}
	admin, unknown, unscoped := member, member, member
	admin.IsAdmin, unknown.RolesKnown, unscoped.ProjectID = true, false, ""
	mine, theirs, strange, nobodys := model.Image{Owner: model.Some("mine")}, model.Image{Owner: model.Some("theirs")}, model.Image{Owner: model.Some("strange")}, model.Image{}
	odd := model.Image{Unread: map[string]json.RawMessage{"owner": json.RawMessage("5")}}
	for _, c := range []struct {
		name string
		who  api.Session
		of   model.Image
		want string // "" for no claim
	}{
		{"own", member, mine, ""},
		{"another project's", member, theirs, "belongs to the project their project"},
		{"an unknown project's", member, strange, "belongs to the project strange"},
		{"of no project", member, nobodys, "belongs to no project"},
		{"an owner that is not understood", member, odd, ""},
		{"another project's, as an administrator", admin, theirs, ""},
		{"of no project, as an administrator", admin, nobodys, ""},
		{"another project's, with unknown roles", unknown, theirs, ""},
		{"another project's, with an unknown project", unscoped, theirs, ""},
	} {
		if got := c.who.WhyNotEdit(c.of); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestWhatNeedsAnAdministrator(t *testing.T) {
	member := rules.Rules{RolesKnown: true}
	for _, c := range []struct {
		rules     rules.Rules
		attribute string
		value     any
		want      bool
	}{
		{member, "visibility", "public", true},
		{member, "visibility", "community", false},
		{member, "owner", "x", true},
		{member, "name", "public", false},
		{rules.Rules{RolesKnown: true, Admin: true}, "visibility", "public", false},
		{rules.Rules{}, "visibility", "public", false},
	} {
		if got := c.rules.NeedsAdmin(c.attribute, c.value); got != c.want {
			t.Errorf("%+v: %s %v: %t", c.rules, c.attribute, c.value, got)
		}
	}
}
