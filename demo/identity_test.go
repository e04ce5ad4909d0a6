package demo_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/glance-tui/glance-tui/demo"
)

// keystone is a service as its token service shows it.
func keystone(t *testing.T, opts demo.Options) (identity, image apiClient) {
	image = open(t, opts)
	return apiClient{t: t, url: image.auth, web: image.web}, image
}

func (a answer) dig(path ...string) any {
	a.t.Helper()
	var at any = a.object()
	for _, name := range path {
		object, _ := at.(map[string]any)
		at = object[name]
	}
	return at
}

const (
	appCredential = `{"auth":{"identity":{"methods":["application_credential"],"application_credential":{"id":"` +
		demo.ApplicationCredentialID + `","secret":"` + demo.ApplicationCredentialSecret + `"}}}}`
	namedCredential = `{"auth":{"identity":{"methods":["application_credential"],"application_credential":{"name":"glance-tui",` +
		`"user":{"name":"demo","domain":{"name":"Default"}},"secret":"` + demo.ApplicationCredentialSecret + `"}}}}`
)

func TestLogins(t *testing.T) {
	identity, _ := keystone(t, demo.Options{Empty: true})
	for _, c := range []struct{ body, user, project, role string }{
		{passwordLogin("admin", demo.Password, "platform"), "admin", "platform", "admin"},
		{passwordLogin("demo", demo.Password, "demo"), "demo", "demo", "member"},
		{appCredential, "admin", "platform", "admin"},
		{namedCredential, "demo", "demo", "member"},
	} {
		got := identity.post("/auth/tokens", c.body).want(201)
		if got.header.Get("X-Subject-Token") == "" {
			t.Error("no token")
		}
		if got.dig("token", "user", "name") != c.user || got.dig("token", "project", "name") != c.project {
			t.Errorf("logged in as %v in %v", got.dig("token", "user"), got.dig("token", "project"))
		}
		if !strings.Contains(string(got.body), `"name":"`+c.role+`"`) {
			t.Errorf("%s has not the role %s", c.user, c.role)
		}
	}
	token := identity.post("/auth/tokens", appCredential)
	if token.dig("token", "application_credential", "id") != demo.ApplicationCredentialID {
		t.Errorf("%s", token.body)
	}
}

func TestLoginsThatFail(t *testing.T) {
	identity, _ := keystone(t, demo.Options{Empty: true})
	unauthorized := []string{
		passwordLogin("admin", "wrong", "platform"),
		passwordLogin("nobody", demo.Password, "platform"),
		passwordLogin("demo", demo.Password, "platform"), // no role there
		passwordLogin("admin", demo.Password, "nosuch"),
		strings.Replace(passwordLogin("admin", demo.Password, "platform"), `"Default"`, `"Elsewhere"`, 1),
		strings.Replace(appCredential, demo.ApplicationCredentialSecret, "wrong", 1),
		strings.Replace(appCredential, `}}}}`, `}},"scope":{"project":{"name":"demo","domain":{"id":"default"}}}}}`, 1),
		`{"auth":{"identity":{"methods":["totp"]}}}`,
	}
	for _, body := range unauthorized {
		got := identity.post("/auth/tokens", body).want(401)
		if got.dig("error", "code") != 401.0 || got.dig("error", "title") != "Unauthorized" || got.dig("error", "message") == "" {
			t.Errorf("%s", got.body)
		}
		if !strings.HasPrefix(got.header.Get("WWW-Authenticate"), "Keystone uri=") {
			t.Errorf("WWW-Authenticate %q", got.header.Get("WWW-Authenticate"))
		}
	}
	for _, body := range []string{``, `nonsense`, `{}`, `{"auth":{}}`} {
		identity.post("/auth/tokens", body).want(400)
	}
	identity.post("/auth/tokens", `{"auth":{"identity":{"methods":["token"],"token":{"id":"nonsense"}}}}`).want(404)
	identity.put("/auth/tokens", "{}").want(405)
}

func TestTheCatalogueFollowsTheHost(t *testing.T) {
	identity, image := keystone(t, demo.Options{Empty: true})
	got := identity.post("/auth/tokens", passwordLogin("admin", demo.Password, "platform"))
	urls := make(map[string]string)
	for _, s := range got.dig("token", "catalog").([]any) {
		service := s.(map[string]any)
		for _, e := range service["endpoints"].([]any) {
			endpoint := e.(map[string]any)
			if endpoint["interface"] == "public" {
				urls[service["type"].(string)] = endpoint["url"].(string)
			}
		}
	}
	if urls["image"] != image.url || urls["identity"] != image.url+"/identity/v3" {
		t.Errorf("%v", urls)
	}
}

func TestDiscovery(t *testing.T) {
	identity, image := keystone(t, demo.Options{Empty: true})
	image.get("/identity").want(300)
	image.get("/identity/").want(300)
	got := identity.get("").want(200)
	if got.dig("version", "id") != "v3.14" {
		t.Errorf("%s", got.body)
	}
	identity.get("/nosuch").want(401)
}

func TestTokens(t *testing.T) {
	identity, image := keystone(t, demo.Options{Empty: true})
	first := image.admin().token
	other := image.member().token

	// A token can be exchanged for one of another project, with the same end.
	rescope := `{"auth":{"identity":{"methods":["token"],"token":{"id":"` + first +
		`"}},"scope":{"project":{"name":"demo","domain":{"id":"default"}}}}}`
	second := identity.post("/auth/tokens", rescope).want(201)
	if second.dig("token", "project", "name") != "demo" {
		t.Errorf("%s", second.body)
	}
	unscoped := identity.post("/auth/tokens", `{"auth":{"identity":{"methods":["token"],"token":{"id":"`+first+`"}}}}`).want(201)
	if unscoped.dig("token", "catalog") != nil || unscoped.dig("token", "project") != nil {
		t.Errorf("%s", unscoped.body)
	}

	bare := image
	bare.token = unscoped.header.Get("X-Subject-Token")
	private := image.admin().create(`{"visibility":"private"}`)
	bare.get("/v2/images").want(200)
	bare.get("/v2/images/" + private).want(404)

	inspect := func(method, asking, subject string) answer {
		return identity.send(method, "/auth/tokens", "", "X-Auth-Token", asking, "X-Subject-Token", subject)
	}
	told := inspect("GET", first, first).want(200)
	if told.dig("token", "expires_at") != second.dig("token", "expires_at") {
		t.Error("an exchanged token lasts longer than the one that it came from")
	}
	inspect("HEAD", first, first).want(200)
	inspect("GET", first, "nonsense").want(404)
	inspect("GET", "nonsense", first).want(401)
	inspect("GET", other, first).want(403)
	inspect("GET", first, other).want(200)
	inspect("DELETE", first, other).want(204)
	inspect("GET", first, other).want(404)
	member := image
	member.token = other
	member.get("/v2/images").want(401)
}

func TestTheImageServiceAsksForGoodTokens(t *testing.T) {
	_, image := keystone(t, demo.Options{Empty: true})
	for token, code := range map[string]int{"": 200, "notused": 200, "notoken": 200, "nonsense": 401} {
		a := image
		a.token = token
		got := a.get("/v2/images").want(code)
		if code == 401 && !strings.HasPrefix(got.header.Get("WWW-Authenticate"), "Keystone uri=") {
			t.Errorf("%v", got.header)
		}
	}
	_, guarded := keystone(t, demo.Options{Empty: true, RequireToken: true})
	guarded.get("/v2/images").want(401)
	guarded.admin().get("/v2/images").want(200)
}

func TestTokensExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, image := keystone(t, demo.Options{Empty: true, TokenLifetime: time.Hour})
		a := image.admin()
		a.get("/v2/images").want(200)
		time.Sleep(time.Hour)
		a.get("/v2/images").want(401)
		image.admin().get("/v2/images").want(200)
	})
}

func TestNames(t *testing.T) {
	identity, image := keystone(t, demo.Options{Empty: true})
	as := func(token string) apiClient { identity.token = token; return identity }
	admin, member := as(image.admin().token), as(image.member().token)
	count := func(a answer, kind string) int {
		list, _ := a.want(http.StatusOK).dig(kind).([]any)
		return len(list)
	}
	for path, want := range map[string]int{
		"projects": 3, "projects?name=demo": 1, "projects?name=nosuch": 0, "users": 3, "users?name=demo": 1, "domains": 1,
	} {
		if got := count(admin.get("/"+path), strings.SplitN(path, "?", 2)[0]); got != want {
			t.Errorf("%s: %d", path, got)
		}
		member.get("/" + path).want(403)
	}
	if got := count(admin.get("/auth/projects"), "projects"); got != 2 {
		t.Errorf("the administrator has %d projects", got)
	}
	if got := count(member.get("/auth/projects"), "projects"); got != 1 {
		t.Errorf("the member has %d projects", got)
	}
	own := member.get("/auth/projects").dig("projects").([]any)[0].(map[string]any)["id"].(string)
	if got := member.get("/projects/"+own).want(200).dig("project", "name"); got != "demo" {
		t.Errorf("the own project is called %v", got)
	}
	admin.get("/projects/nosuch").want(404)
	member.get("/projects/nosuch").want(403)
	admin.get("/domains/default").want(200)
	admin.get("/auth/catalog").want(200)
	admin.get("/roles").want(404)
	as("").get("/projects").want(401)
}
