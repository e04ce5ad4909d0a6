package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gophercloud/gophercloud/v2"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
)

// cloud is the embedded service on a free port, and how to connect to it.
type cloud struct {
	*demo.Running
	server *demo.Server
	seen   *exchanges
}

func startCloud(t *testing.T, o demo.Options) cloud {
	t.Helper()
	o.Still = true
	s := demo.New(o)
	r, err := s.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = r.Close(ctx)
	})
	return cloud{r, s, new(exchanges)}
}

// openrc are the variables of the administrator, with changes.
func (c cloud) openrc(changes ...string) map[string]string {
	env := map[string]string{
		"OS_AUTH_URL": c.AuthURL, "OS_USERNAME": demo.Username, "OS_PASSWORD": demo.Password,
		"OS_PROJECT_NAME": demo.Project, "OS_USER_DOMAIN_NAME": demo.Domain, "OS_PROJECT_DOMAIN_NAME": demo.Domain,
	}
	for i := 0; i+1 < len(changes); i += 2 {
		env[changes[i]] = changes[i+1]
	}
	return env
}

func (c cloud) options(env map[string]string) Options {
	return Options{
		Sources: config.Sources{Getenv: func(name string) string { return env[name] }, Dirs: []string{}},
		Trace:   c.seen.add, patience: &impatient,
	}
}

func (c cloud) connect(t *testing.T, env map[string]string) *Client {
	t.Helper()
	got, err := Connect(background(), c.options(env))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(got.Close)
	return got
}

// queued is the id of a queued image without locations in the data set.
func queued(t *testing.T, c *Client) model.Image {
	t.Helper()
	p, err := c.Page(background(), "", 100, url.Values{"status": {"queued"}})
	if err != nil || len(p.Images) == 0 {
		t.Fatalf("no queued image: %v", err)
	}
	return p.Images[0]
}

func TestConnectByEveryWay(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	admin := demoCloud.connect(t, demoCloud.openrc())
	token := admin.tokens.token()
	tests := []struct {
		name string
		env  map[string]string
		want model.Session
	}{
		{"password", demoCloud.openrc(), model.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
		{"password of a member", demoCloud.openrc("OS_USERNAME", demo.MemberUsername, "OS_PROJECT_NAME", demo.MemberProject), model.Session{User: "demo", Project: "demo", RolesKnown: true, Region: "RegionOne"}},
		{"auth_url without a version", demoCloud.openrc("OS_AUTH_URL", demoCloud.URL+"/identity"), model.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
		{"application credential", map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_AUTH_TYPE": "v3applicationcredential", "OS_APPLICATION_CREDENTIAL_ID": demo.ApplicationCredentialID, "OS_APPLICATION_CREDENTIAL_SECRET": demo.ApplicationCredentialSecret},
			model.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
		{"token as it is", map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_AUTH_TYPE": "token", "OS_TOKEN": token}, model.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
		{"token for a project", map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_TOKEN": token, "OS_PROJECT_NAME": demo.Project, "OS_PROJECT_DOMAIN_ID": demo.DomainID}, model.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
		{"no-auth", map[string]string{"OS_AUTH_TYPE": "none", "OS_ENDPOINT": demoCloud.URL}, model.Session{}},
		{"no-auth with a version", map[string]string{"OS_AUTH_TYPE": "none", "OS_ENDPOINT": demoCloud.URL + "/v2/"}, model.Session{}},
		{"token and endpoint", map[string]string{"OS_TOKEN": token, "OS_ENDPOINT": demoCloud.URL}, model.Session{}},
		{"another endpoint than the catalogue's", demoCloud.openrc("OS_IMAGE_ENDPOINT_OVERRIDE", demoCloud.URL+"/v2"), model.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true}},
		{"the internal interface of a region", demoCloud.openrc("OS_INTERFACE", "internalURL", "OS_REGION_NAME", demo.Region), model.Session{User: "admin", Project: "platform", IsAdmin: true, RolesKnown: true, Region: "RegionOne"}},
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
	nothing, ok := err.(*ErrNothingConfigured)
	if !ok || !slices.Equal(nothing.Clouds, []string{"other", "prod-eu"}) {
		t.Fatalf("got %v", err)
	}
	list, err := Clouds(o)
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
		kind          model.FailureKind
		means, advice string
	}{
		{"wrong password", demoCloud.openrc("OS_PASSWORD", secretPassword), model.FailedAuth, "does not accept these credentials", "password"},
		{"unknown project", demoCloud.openrc("OS_PROJECT_NAME", "nobody"), model.FailedAuth, "credentials", "project"},
		{"wrong secret", map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_APPLICATION_CREDENTIAL_ID": demo.ApplicationCredentialID, "OS_APPLICATION_CREDENTIAL_SECRET": secretPassword}, model.FailedAuth, "credentials", "application credential"},
		{"foreign token", map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_TOKEN": secretToken}, model.FailedAuth, "token", "openstack token issue"},
		{"no project", demoCloud.openrc("OS_PROJECT_NAME", ""), model.FailedConfigured, "without a project", "--os-project-name"},
		{"unknown region", demoCloud.openrc("OS_REGION_NAME", "Mars"), model.FailedConfigured, `no Image service in region "Mars"`, "RegionOne"},
		{"auth_url of the Image service", demoCloud.openrc("OS_AUTH_URL", demoCloud.URL+"/v3"), model.FailedConfigured, "", "auth_url"},
		{"auth_url leads nowhere", demoCloud.openrc("OS_AUTH_URL", demoCloud.URL+"/identity/nowhere/v3"), model.FailedConfigured, "no identity service", "auth_url"},
		{"nothing listens", demoCloud.openrc("OS_AUTH_URL", "http://127.0.0.1:1/v3"), model.FailedNetwork, "Nothing listens at 127.0.0.1:1", "auth_url"},
		{"no such host", demoCloud.openrc("OS_AUTH_URL", "http://keystone.invalid/v3"), model.FailedNetwork, "keystone.invalid", ""},
		{"https where http is spoken", demoCloud.openrc("OS_AUTH_URL", strings.Replace(demoCloud.AuthURL, "http", "https", 1)), model.FailedConfigured, "expects http, not https", "scheme"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Connect(background(), demoCloud.options(tt.env))
			f := failed(t, err, tt.kind, tt.means)
			if !strings.Contains(f.Advice, tt.advice) {
				t.Errorf("advice %q, want %q in it", f.Advice, tt.advice)
			}
		})
	}
	ctx, cancel := context.WithCancel(background())
	cancel()
	_, err := Connect(ctx, demoCloud.options(demoCloud.openrc()))
	failed(t, err, model.FailedCancelled, "")
}

// The token expires in the middle of an edit: the edit goes through, with one
// login, also when many requests find out at once.
func TestTokensAreRenewed(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	for name, env := range map[string]map[string]string{
		"password":               demoCloud.openrc(),
		"application credential": {"OS_AUTH_URL": demoCloud.AuthURL, "OS_APPLICATION_CREDENTIAL_ID": demo.ApplicationCredentialID, "OS_APPLICATION_CREDENTIAL_SECRET": demo.ApplicationCredentialSecret},
	} {
		t.Run(name, func(t *testing.T) {
			c := demoCloud.connect(t, env)
			img := queued(t, c)
			old := c.tokens.token()
			demoCloud.server.ExpireTokens()
			before := logins(demoCloud.seen.list())
			after, ex, err := c.Patch(background(), img.ID, model.Patch{{Op: model.OpReplace, Path: "/name", Value: name}})
			if err != nil || after.Name.Value != name || ex.Code != 200 {
				t.Fatalf("%v %v", ex.Code, err)
			}
			if c.tokens.token() == old {
				t.Error("the token is still the old one")
			}
			demoCloud.server.ExpireTokens()
			var wg sync.WaitGroup
			for range 8 {
				wg.Go(func() {
					if _, err := c.Get(background(), img.ID); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if n := logins(demoCloud.seen.list()) - before; n != 2 {
				t.Errorf("%d logins, want 2", n)
			}
		})
	}
}

func logins(list []model.Exchange) int {
	n := 0
	for _, ex := range list {
		if ex.Method == "POST" && strings.HasSuffix(ex.Path, "/auth/tokens") {
			n++
		}
	}
	return n
}

func TestAPlainTokenIsNotRenewed(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	token := demoCloud.connect(t, demoCloud.openrc()).tokens.token()
	c := demoCloud.connect(t, map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_TOKEN": token})
	img := queued(t, c)
	demoCloud.server.ExpireTokens()
	_, _, err := c.Patch(background(), img.ID, rename)
	f := failed(t, err, model.FailedAuth, "cannot be renewed")
	if !strings.Contains(f.Advice, "openstack token issue") || f.Exchange.Code != 401 {
		t.Errorf("%+v", f)
	}
}

func TestRenewalThatFails(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	c := demoCloud.connect(t, demoCloud.openrc())
	img := queued(t, c)
	provider := c.tokens.(*keystone).provider()
	login := provider.ReauthFunc

	// Another request's login was given up: this one logs in itself.
	demoCloud.server.ExpireTokens()
	provider.ReauthFunc = func(ctx context.Context) error {
		provider.ReauthFunc = login
		return context.Canceled
	}
	if _, err := c.Get(background(), img.ID); err != nil {
		t.Error(err)
	}

	// The identity service is away, then it refuses.
	demoCloud.server.ExpireTokens()
	provider.ReauthFunc = func(context.Context) error {
		return &url.Error{Op: "Post", URL: demoCloud.AuthURL, Err: syscall.ECONNREFUSED}
	}
	_, err := c.Get(background(), img.ID)
	f := failed(t, err, model.FailedNetwork, "Nothing listens at")
	if f.Doing != "read the image" || f.Exchange.Code != 401 {
		t.Errorf("%+v", f)
	}
	provider.ReauthFunc = func(context.Context) error {
		return gophercloud.ErrUnexpectedResponseCode{Actual: 401, Method: "POST", Body: []byte(`{"error":{"message":"The password ` + demo.Password + ` is expired"}}`)}
	}
	_, err = c.Get(background(), img.ID)
	f = failed(t, err, model.FailedAuth, "")
	if f.Detail != "The password [hidden] is expired" {
		t.Error(f.Detail)
	}
}

func TestReadingTheDemo(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{Images: 1203})
	c := demoCloud.connect(t, demoCloud.openrc())
	var all []model.Image
	pages := 0
	err := c.Each(background(), 250, nil, func(p model.Page) error {
		pages++
		all = append(all, p.Images...)
		return nil
	})
	if err != nil || len(all) < 1150 || pages < 5 {
		t.Fatalf("%d images on %d pages: %v", len(all), pages, err)
	}
	if !slices.IsSortedFunc(all, func(a, b model.Image) int { return b.CreatedAt.Compare(a.CreatedAt) }) {
		t.Error("not the newest first")
	}
	whole := collect(t, c, 1000, nil)
	if len(whole) != len(all) {
		t.Errorf("%d by pages of 1000, %d by pages of 250", len(whole), len(all))
	}
	img, raw, err := c.GetRaw(background(), all[3].ID)
	if err != nil || img.ID != all[3].ID || !json.Valid(raw) {
		t.Errorf("%v", err)
	}
	if hidden := collect(t, c, 100, url.Values{"os_hidden": {"true"}}); len(hidden) == 0 || slices.Contains(whole, hidden[0]) {
		t.Errorf("hidden images: %v", hidden)
	}
	schema, err := c.Schema(background())
	if err != nil || schema.Attributes["disk_format"].Enum == nil {
		t.Errorf("%+v %v", schema, err)
	}
	if v, err := c.Versions(background()); err != nil || v != "v2.16" || c.Session().APIVersion != v || c.Session().Release != model.ReleaseCurrent {
		t.Errorf("%q %v", v, err)
	}
	_, err = c.Get(background(), "00000000-0000-4000-8000-ffffffffffff")
	if f := failed(t, err, model.FailedNotFound, ""); f.Detail == "" || f.Exchange.RequestID == "" {
		t.Errorf("%+v", f)
	}
}

func TestChangesAndMembersOfTheDemo(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	c := demoCloud.connect(t, demoCloud.openrc())
	img := queued(t, c)
	begin := time.Now().Add(-time.Second)
	if _, _, err := c.Patch(background(), img.ID, rename); err != nil {
		t.Fatal(err)
	}
	changed, err := c.ChangedSince(background(), begin, 10)
	if err != nil || len(changed) == 0 || changed[0].ID != img.ID {
		t.Errorf("%d changed: %v", len(changed), err)
	}
	shared, err := c.Page(background(), "", 10, url.Values{"visibility": {"shared"}})
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, img := range shared.Images {
		members, err := c.Members(background(), img.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range members {
			found = true
			if m.ProjectID == "" || m.Status == "" || m.CreatedAt.IsZero() {
				t.Errorf("%+v", m)
			}
		}
	}
	if !found {
		t.Error("no shared image has a member")
	}
	private, err := c.Page(background(), "", 1, url.Values{"visibility": {"private"}})
	if err != nil || len(private.Images) == 0 {
		t.Fatal(err)
	}
	_, err = c.Members(background(), private.Images[0].ID)
	failed(t, err, model.FailedForbidden, "")
}

func TestProjectNames(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	admin := demoCloud.connect(t, demoCloud.openrc())
	all, err := admin.Projects(background())
	if err != nil || len(all) < 2 || admin.Session().ProjectNames[admin.Session().ProjectID] != demo.Project {
		t.Errorf("%v %v", all, err)
	}
	member := demoCloud.connect(t, demoCloud.openrc("OS_USERNAME", demo.MemberUsername, "OS_PROJECT_NAME", demo.MemberProject))
	own, err := member.Projects(background())
	if err != nil || len(own) == 0 || len(own) >= len(all) || own[member.Session().ProjectID] != demo.MemberProject {
		t.Errorf("%v %v", own, err)
	}
	demoCloud.server.ExpireTokens()
	if again, err := member.Projects(background()); err != nil || len(again) != len(own) {
		t.Errorf("%v %v", again, err)
	}
	plain := demoCloud.connect(t, map[string]string{"OS_ENDPOINT": demoCloud.URL})
	if none, err := plain.Projects(background()); err != nil || none != nil {
		t.Errorf("%v %v", none, err)
	}
}

// Two edits of one image never run at once: each would undo the other.
func TestEditsOfOneImageTakeTurns(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{Latency: 30 * time.Millisecond})
	c := demoCloud.connect(t, demoCloud.openrc())
	img := queued(t, c)
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			p := model.Patch{{Op: model.OpAdd, Path: fmt.Sprintf("/p%d", i), Value: "x"}}
			if _, _, err := c.Patch(background(), img.ID, p); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	var edits []model.Exchange
	for _, ex := range demoCloud.seen.list() {
		if ex.Method == "PATCH" {
			edits = append(edits, ex)
		}
	}
	slices.SortFunc(edits, func(a, b model.Exchange) int { return a.Sent.Compare(b.Sent) })
	for i := 1; i < len(edits); i++ {
		if edits[i].Sent.Before(edits[i-1].Sent.Add(edits[i-1].Duration)) {
			t.Error("two edits overlap")
		}
	}
	now, err := c.Get(background(), img.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		if _, there := now.Properties[fmt.Sprintf("p%d", i)]; !there {
			t.Errorf("p%d is missing", i)
		}
	}
	ctx, cancel := context.WithCancel(background())
	done, err := c.writes.take(background(), img.ID)
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(20*time.Millisecond, cancel)
	_, _, err = c.Patch(ctx, img.ID, rename)
	failed(t, err, model.FailedCancelled, "nothing was changed")
	done()
	if len(c.writes.taken) != 0 {
		t.Error("a turn was not given back")
	}
}

func TestA2015ServerIsTaken(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{Release: model.Release2015})
	o := demoCloud.options(map[string]string{"OS_ENDPOINT": demoCloud.URL})
	o.Release = model.Release2015
	c, err := Connect(background(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if v, err := c.Versions(background()); err != nil || v != "v2.3" || c.Session().Release != model.Release2015 {
		t.Errorf("%q %v %+v", v, err, c.Session())
	}
	for v, want := range map[string]model.Release{"v2.2": model.Release2015, "v2.0": model.Release2015, "v2.3": model.ReleaseCurrent, "v2.16": model.ReleaseCurrent} {
		if got := releaseOf(v); got != want {
			t.Errorf("%s: %v", v, got)
		}
	}
}
