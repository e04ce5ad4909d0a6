package client

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model/api"
)

func TestConnectByEveryWay(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	admin := demoCloud.connect(t, demoCloud.openrc())
	token := admin.tokens.token()
	tests := []struct {
		name string
		env  map[string]string
		want api.Session
	}{
		{"password", demoCloud.openrc(), api.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
		{"password of a member", demoCloud.openrc("OS_USERNAME", demo.MemberUsername, "OS_PROJECT_NAME", demo.MemberProject), api.Session{User: "demo", Project: "demo", RolesKnown: true, Region: "RegionOne"}},
		{"auth_url without a version", demoCloud.openrc("OS_AUTH_URL", demoCloud.URL+"/identity"), api.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
		{"application credential", map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_AUTH_TYPE": "v3applicationcredential", "OS_APPLICATION_CREDENTIAL_ID": demo.ApplicationCredentialID, "OS_APPLICATION_CREDENTIAL_SECRET": demo.ApplicationCredentialSecret},
			api.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
		{"token as it is", map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_AUTH_TYPE": "token", "OS_TOKEN": token}, api.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
		{"token for a project", map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_TOKEN": token, "OS_PROJECT_NAME": demo.Project, "OS_PROJECT_DOMAIN_ID": demo.DomainID}, api.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
		{"no-auth", map[string]string{"OS_AUTH_TYPE": "none", "OS_ENDPOINT": demoCloud.URL}, api.Session{}},
		{"no-auth with a version", map[string]string{"OS_AUTH_TYPE": "none", "OS_ENDPOINT": demoCloud.URL + "/v2/"}, api.Session{}},
		{"token and endpoint", map[string]string{"OS_TOKEN": token, "OS_ENDPOINT": demoCloud.URL}, api.Session{}},
		{"another endpoint than the catalogue's", demoCloud.openrc("OS_IMAGE_ENDPOINT_OVERRIDE", demoCloud.URL+"/v2"), api.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true}},
		{"the internal interface of a region", demoCloud.openrc("OS_INTERFACE", "internalURL", "OS_REGION_NAME", demo.Region), api.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := demoCloud.connect(t, tt.env)
			s := c.Session()
			if tt.want.Project != "" && (len(s.ProjectID) != 32 || s.ProjectNames[s.ProjectID] != tt.want.Project) {
				t.Errorf("project id %q, names %v", s.ProjectID, s.ProjectNames)
			}
			tt.want.Endpoint = demoCloud.URL
			s.ProjectID, s.ProjectNames, s.APIVersion = "", nil, ""
			if fmt.Sprintf("%+v", s) != fmt.Sprintf("%+v", tt.want) {
				t.Errorf("session\n%+v, want\n%+v", s, tt.want)
			}
			if p, err := c.Page(background(), "", 5, nil); err != nil || len(p.Images) != 5 {
				t.Errorf("%v %v", p, err)
			}
		})
	}
	text := fmt.Sprintf("%+v", demoCloud.seen.list())
	for _, secret := range []string{demo.Password, demo.ApplicationCredentialSecret, token} {
		if strings.Contains(text, secret) {
			t.Errorf("the trace holds %q", secret)
		}
	}
	if !strings.Contains(text, "/identity/v3/auth/tokens") {
		t.Error("the login was not traced")
	}
}

func TestConnectFromCloudsYAML(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("clouds.yaml", `
clouds:
  prod-eu:
    profile: embedded
    auth: {username: admin, project_name: platform, user_domain_name: Default, project_domain_name: Default}
  other:
    auth_type: none
    auth: {endpoint: http://127.0.0.1:1}
`)
	write("secure.yaml", "clouds: {prod-eu: {auth: {password: "+demo.Password+"}}}")
	write("clouds-public.yaml", "public-clouds: {embedded: {auth: {auth_url: '"+demoCloud.AuthURL+"'}}}")
	o := Options{Sources: config.Sources{Getenv: func(string) string { return "" }, Dirs: []string{dir}}}
	_, err := Connect(background(), o)
	var nothing *ErrNothingConfigured
	if !errors.As(err, &nothing) || !slices.Equal(nothing.Clouds, []string{"other", "prod-eu"}) {
		t.Fatalf("got %v", err)
	}
	list, err := config.List(o.sources())
	if err != nil || len(list) != 2 || list[1].Name != "prod-eu" || list[1].AuthURL != demoCloud.AuthURL || list[1].User != "admin" || list[1].Trouble != "" {
		t.Fatalf("%+v %v", list, err)
	}
	o.Cloud = "prod-eu"
	c, err := Connect(background(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if s := c.Session(); s.Cloud != "prod-eu" || s.User != "admin" {
		t.Errorf("%+v", s)
	}
}

func TestLoginFailures(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	tests := []struct {
		name          string
		env           map[string]string
		kind          api.FailureKind
		means, advice string
	}{
		{"wrong password", demoCloud.openrc("OS_PASSWORD", secretPassword), api.FailedAuth, "does not accept these credentials", "password"},
		{"unknown project", demoCloud.openrc("OS_PROJECT_NAME", "nobody"), api.FailedAuth, "credentials", "project"},
		{"wrong secret", map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_APPLICATION_CREDENTIAL_ID": demo.ApplicationCredentialID, "OS_APPLICATION_CREDENTIAL_SECRET": secretPassword}, api.FailedAuth, "credentials", "application credential"},
		{"foreign token", map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_TOKEN": secretToken}, api.FailedAuth, "token", "openstack token issue"},
		{"no project", demoCloud.openrc("OS_PROJECT_NAME", ""), api.FailedConfigured, "no project scope", "--os-project-name"},
		{"unknown region", demoCloud.openrc("OS_REGION_NAME", "Mars"), api.FailedConfigured, `no Image service in region "Mars"`, "RegionOne"},
		{"auth_url of the Image service", demoCloud.openrc("OS_AUTH_URL", demoCloud.URL+"/v3"), api.FailedConfigured, "", "auth_url"},
		{"auth_url leads nowhere", demoCloud.openrc("OS_AUTH_URL", demoCloud.URL+"/identity/nowhere/v3"), api.FailedConfigured, "no identity service", "auth_url"},
		{"nothing listens", demoCloud.openrc("OS_AUTH_URL", "http://127.0.0.1:1/v3"), api.FailedNetwork, "Connection to 127.0.0.1:1", "auth_url"},
		{"no such host", demoCloud.openrc("OS_AUTH_URL", "http://keystone.invalid/v3"), api.FailedNetwork, "keystone.invalid", ""},
		{"https where http is spoken", demoCloud.openrc("OS_AUTH_URL", strings.Replace(demoCloud.AuthURL, "http", "https", 1)), api.FailedConfigured, "speaks http, not https", "http://"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Connect(background(), demoCloud.options(tt.env))
			f := failureOf(t, err, tt.kind, tt.means)
			if !strings.Contains(f.Advice, tt.advice) {
				t.Errorf("advice %q, want %q in it", f.Advice, tt.advice)
			}
		})
	}
	ctx, cancel := context.WithCancel(background())
	cancel()
	_, err := Connect(ctx, demoCloud.options(demoCloud.openrc()))
	failed(t, err, api.FailedCancelled, "")
}
