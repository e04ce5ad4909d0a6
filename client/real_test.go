package client

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/filter"
	"github.com/glance-tui/glance-tui/model/patch"
	harness "github.com/glance-tui/glance-tui/test/real"
)

// realOptions are for a cloud of the harness's clouds.yaml.
func realOptions(s *harness.Server, cloud string) Options {
	return Options{Cloud: cloud, Sources: config.Sources{
		Dirs:   []string{filepath.Dir(s.CloudsYAML)},
		Getenv: func(name string) string { return map[string]string{"OS_CLIENT_CONFIG_FILE": s.CloudsYAML}[name] },
	}}
}

func realClient(t *testing.T, s *harness.Server, cloud string) *Client {
	t.Helper()
	c, err := Connect(background(), realOptions(s, cloud))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// raw sends what the client itself has no method for.
func raw(t *testing.T, c *Client, method, target, body string, headers ...string) {
	t.Helper()
	req, err := http.NewRequestWithContext(background(), method, target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Auth-Token", c.tokens.token())
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if text, _ := io.ReadAll(res.Body); res.StatusCode >= 300 {
		t.Fatalf("%s %s: %s %s", method, target, res.Status, text)
	}
}

// create makes a queued image and removes it after the test.
func create(t *testing.T, c *Client, id string) {
	t.Helper()
	raw(t, c, "POST", c.endpoint.at("/v2/images", nil), fmt.Sprintf(`{"id":%q,"name":"client test","client_test":"yes"}`, id))
	t.Cleanup(func() { raw(t, c, "DELETE", c.endpoint.at("/v2/images/"+id, nil), "") })
}

// A real server takes what is behind eq: as it is.
func TestRealNamesAreAskedForAsTheyAre(t *testing.T) {
	s := harness.Find(t)
	c := realClient(t, s, "demo")
	for _, name := range []string{"2016-04-17T22:00", "Debian 8 2016-04-17T22:00", "eq:x", `in:"a",b`, `say "a": b, c`, `back\slash: x`, "é: ü"} {
		id := newID()
		create(t, c, id)
		if _, _, err := c.Patch(background(), id, patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: name}}); err != nil {
			t.Fatal(err)
		}
		page, err := c.Page(background(), "", 10, url.Values{"name": {filter.QueryText(name, api.ReleaseCurrent)}})
		if err != nil || !slices.ContainsFunc(page.Images, func(i model.Image) bool { return i.ID == id }) {
			t.Errorf("%q: %d images, %v", name, len(page.Images), err)
		}
	}
}

func newID() string { return strings.TrimPrefix(newRequestID(), "req-") }

func TestRealLogins(t *testing.T) {
	s := harness.Find(t)
	list, err := config.List(realOptions(s, "").sources())
	if err != nil || len(list) < 3 {
		t.Fatalf("%v %v", list, err)
	}
	for _, entry := range list {
		t.Run(entry.Name, func(t *testing.T) {
			c := realClient(t, s, entry.Name)
			if _, err := c.Page(background(), "", 3, nil); err != nil {
				t.Fatal(err)
			}
			if _, err := c.Schema(background()); err != nil {
				t.Error(err)
			}
			if v, err := c.Versions(background()); err != nil || api.MinorVersion(v) < 15 {
				t.Errorf("%q %v", v, err)
			}
			names, err := c.Projects(background())
			if err != nil {
				t.Error(err)
			}
			got := c.Session()
			if got.Project != "" && names[got.ProjectID] != got.Project {
				t.Errorf("names of projects: %v", names)
			}
			user, known := s.Users[strings.SplitN(entry.Name, "-", 2)[0]]
			if known && (got.User != user.Name || got.Project != user.Project || got.ProjectID != user.ProjectID || got.IsAdmin != slices.Contains(user.Roles, "admin")) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestRealLoginFailures(t *testing.T) {
	s := harness.Find(t)
	with := func(flags map[string]string) error {
		o := realOptions(s, "demo")
		o.Flags = flags
		c, err := Connect(background(), o)
		if err == nil {
			c.Close()
		}
		return err
	}
	failed(t, with(map[string]string{"os-password": secretPassword}), api.FailedAuth, "does not accept these credentials")
	failed(t, with(map[string]string{"os-project-name": "admin"}), api.FailedAuth, "")
	failed(t, with(map[string]string{"os-region-name": "Mars"}), api.FailedConfigured, "Mars")
	failed(t, with(map[string]string{"os-auth-url": s.Glance["main"] + "/v2.0"}), api.FailedConfigured, "is another service, not the identity service")
	failed(t, with(map[string]string{"os-auth-url": s.Glance["main"] + "/v3"}), api.FailedConfigured, "is an Image service, not the identity service")
	failed(t, with(map[string]string{"os-token": secretToken}), api.FailedAuth, "token")
	failed(t, with(map[string]string{"os-application-credential-id": "x", "os-application-credential-secret": secretPassword}), api.FailedAuth, "")
	if err := with(map[string]string{"os-auth-url": strings.TrimSuffix(s.KeystoneURL, "/v3")}); err != nil {
		t.Error("auth_url without a version:", err)
	}
}

// A token that was given, as it is and exchanged.
func TestRealTokens(t *testing.T) {
	s := harness.Find(t)
	token := realClient(t, s, "demo").tokens.token()
	for _, project := range []string{"", "demo"} {
		flags := map[string]string{"os-auth-url": s.KeystoneURL, "os-token": token, "os-project-name": project, "os-project-domain-name": s.Users["demo"].ProjectDomain, "os-region-name": s.Regions["main"]}
		c, err := Connect(background(), Options{Flags: flags, Sources: nowhere})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Page(background(), "", 1, nil); err != nil || c.Session().User != "demo" {
			t.Errorf("%+v %v", c.Session(), err)
		}
		c.Close()
	}
}

// The token is revoked in the middle of an edit.
func TestRealRenewal(t *testing.T) {
	s := harness.Find(t)
	for _, cloud := range []string{"demo", "demo-appcred"} {
		t.Run(cloud, func(t *testing.T) {
			c := realClient(t, s, cloud)
			id := newID()
			create(t, c, id)
			old := c.tokens.token()
			raw(t, c, "DELETE", s.KeystoneURL+"/auth/tokens", "", "X-Subject-Token", old)
			time.Sleep(1500 * time.Millisecond) // Glance remembers for a second that a token was good
			img, ex, err := c.Patch(background(), id, rename)
			if err != nil || img.Name.Value != "x" || c.tokens.token() == old || ex.Code != 200 {
				t.Errorf("%+v %v", ex, err)
			}
		})
	}
}

func TestRealListAndEdits(t *testing.T) {
	s := harness.Find(t)
	c := realClient(t, s, "admin")
	begin := time.Now().Add(-2 * time.Second)
	var ids []string
	for range 7 {
		id := newID()
		create(t, c, id)
		ids = append(ids, id)
	}
	mine := url.Values{"client_test": {"yes"}}
	got := collect(t, c, 3, mine)
	for _, id := range ids {
		if !slices.Contains(got, id) {
			t.Errorf("%s is not in the list", id)
		}
	}
	changed, err := c.ChangedSince(background(), begin, 100, nil)
	if err != nil || len(changed.Images) < len(ids) {
		t.Errorf("%d changed: %v", len(changed.Images), err)
	}
	_, ex, err := c.Patch(background(), ids[0], patch.Patch{{Op: patch.OpReplace, Path: "/visibility", Value: "nonsense"}})
	f := failureOf(t, err, api.FailedBadRequest, "")
	if f.Detail == "" || ex.RequestID == "" || ex.Code != 400 {
		t.Errorf("%+v", f)
	}
	_, _, err = c.Patch(background(), newID(), rename)
	failed(t, err, api.FailedNotFound, "")
	o := realOptions(s, "admin")
	o.ReadOnly = true
	reader, err := Connect(background(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	_, _, err = reader.Patch(background(), ids[0], rename)
	failed(t, err, api.FailedReadOnlyMode, "nothing was sent")
	ctx, cancel := context.WithTimeout(background(), time.Millisecond)
	defer cancel()
	_, err = c.Page(ctx, "", 100, nil)
	failed(t, err, api.FailedNetwork, "timed out")
	_, err = c.Page(background(), newID(), 10, nil) // an unknown marker
	failed(t, err, api.FailedBadRequest, "")
}

func TestRealSpeed(t *testing.T) {
	s := harness.Find(t)
	if os.Getenv("GLANCE_TUI_BENCH") == "" {
		t.Skip("measures; set GLANCE_TUI_BENCH=1")
	}
	begin := time.Now()
	c := realClient(t, s, "admin")
	login := time.Since(begin)
	p, err := c.Page(background(), "", 100, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("login %v, first page of %d %v", login, len(p.Images), time.Since(begin)-login)
	begin = time.Now()
	t.Logf("whole list: %d in %v", len(collect(t, c, 1000, nil)), time.Since(begin))
}
