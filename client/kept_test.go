package client

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model/api"
	harness "github.com/glance-tui/glance-tui/test/real"
)

// memory keeps logins as state does, without a disk.
type memory struct {
	mu    sync.Mutex
	texts map[string]string
	kept  int
	until time.Time
	aside []string // what was said of others' logins
}

func newMemory() *memory { return &memory{texts: map[string]string{}} }

func (m *memory) Login(name string) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	if text, ok := m.texts[name]; ok {
		return []byte(text)
	}
	return nil
}

func (m *memory) KeepLogin(name string, expires time.Time, login []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.texts[name], m.until = string(login), expires
	m.kept++
}

func (m *memory) ForgetLogin(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.texts, name)
}

func (m *memory) SetAside(_, why string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.aside = append(m.aside, why)
}

// only is the one login that is kept.
func (m *memory) only(t *testing.T) (name string, l keptLogin) {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.texts) != 1 {
		t.Fatalf("%d logins are kept", len(m.texts))
	}
	for n, text := range m.texts {
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		name = n
	}
	return name, l
}

// change spoils what is kept.
func (m *memory) change(how func(*keptLogin)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name, text := range m.texts {
		var l keptLogin
		_ = json.Unmarshal([]byte(text), &l)
		how(&l)
		changed, _ := json.Marshal(l)
		m.texts[name] = string(changed)
	}
}

// start connects, does something, and ends as a command does.
func start(t *testing.T, o Options) (api.Session, []api.Exchange) {
	t.Helper()
	seen := new(exchanges)
	o.Trace = seen.add
	c, err := Connect(background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := c.Page(background(), "", 5, nil); err != nil || len(p.Images) == 0 {
		t.Fatalf("%d images, %v", len(p.Images), err)
	}
	c.Close()
	return c.Session(), seen.list()
}

// TestALoginIsKept starts twice: the second time nothing is asked of Keystone,
// and all is as the first time.
func TestALoginIsKept(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	for name, env := range map[string]map[string]string{
		"password":               demoCloud.openrc(),
		"of a member":            demoCloud.openrc("OS_USERNAME", demo.MemberUsername, "OS_PROJECT_NAME", demo.MemberProject),
		"without a version":      demoCloud.openrc("OS_AUTH_URL", demoCloud.URL+"/identity"),
		"another endpoint":       demoCloud.openrc("OS_IMAGE_ENDPOINT_OVERRIDE", demoCloud.URL+"/v2"),
		"application credential": {"OS_AUTH_URL": demoCloud.AuthURL, "OS_APPLICATION_CREDENTIAL_ID": demo.ApplicationCredentialID, "OS_APPLICATION_CREDENTIAL_SECRET": demo.ApplicationCredentialSecret},
	} {
		t.Run(name, func(t *testing.T) {
			kept := newMemory()
			o := demoCloud.options(env)
			o.Logins, o.KeepLogin = kept, true
			first, asked := start(t, o)
			if logins(asked) != 1 || kept.kept != 1 || time.Until(kept.until) < time.Hour {
				t.Errorf("%d logins, kept %d times, until %v", logins(asked), kept.kept, kept.until)
			}
			second, asked := start(t, o)
			if got := paths(asked); got != "GET /v2/images" {
				t.Errorf("the second start sent %s", got)
			}
			if fmt.Sprintf("%+v", first) != fmt.Sprintf("%+v", second) {
				t.Errorf("the session was\n%+v\nand is\n%+v", first, second)
			}
			if kept.kept != 1 {
				t.Error("it was kept again")
			}
			// Names of projects still come from Keystone.
			c, err := Connect(background(), o)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if names, err := c.Projects(background()); err != nil || len(names) == 0 {
				t.Errorf("projects %v, %v", names, err)
			}
		})
	}
}

// paths are requests in short.
func paths(list []api.Exchange) string {
	all := make([]string, len(list))
	for i, ex := range list {
		path, _, _ := strings.Cut(ex.Path, "?")
		all[i] = ex.Method + " " + path
	}
	return strings.Join(all, ", ")
}

// TestKeptLoginsThatAreNoUse are replaced by a login, which nobody notices.
func TestKeptLoginsThatAreNoUse(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	for name, c := range map[string]struct {
		spoil func(*memory)
		asked string
	}{
		"nothing":           {func(m *memory) { clear(m.texts) }, "POST /identity/v3/auth/tokens, GET /v2/images"},
		"expires at once":   {func(m *memory) { m.change(func(l *keptLogin) { l.Expires = time.Now().Add(30 * time.Second) }) }, "POST /identity/v3/auth/tokens, GET /v2/images"},
		"no expiry":         {func(m *memory) { m.change(func(l *keptLogin) { l.Expires = time.Time{} }) }, "POST /identity/v3/auth/tokens, GET /v2/images"},
		"no token":          {func(m *memory) { m.change(func(l *keptLogin) { l.Token = "" }) }, "POST /identity/v3/auth/tokens, GET /v2/images"},
		"no header's token": {func(m *memory) { m.change(func(l *keptLogin) { l.Token += "\r\nX: y" }) }, "POST /identity/v3/auth/tokens, GET /v2/images"},
		"no endpoint":       {func(m *memory) { m.change(func(l *keptLogin) { l.Endpoint = "ftp://x" }) }, "POST /identity/v3/auth/tokens, GET /v2/images"},
		"no JSON": {func(m *memory) {
			for name := range m.texts {
				m.texts[name] = `{"token":`
			}
		}, "POST /identity/v3/auth/tokens, GET /v2/images"},
		"revoked": {func(*memory) { demoCloud.server.ExpireTokens() }, "GET /v2/images, POST /identity/v3/auth/tokens, GET /v2/images"},
		"foreign": {func(m *memory) { m.change(func(l *keptLogin) { l.Token = secretToken }) }, "GET /v2/images, POST /identity/v3/auth/tokens, GET /v2/images"},
	} {
		t.Run(name, func(t *testing.T) {
			kept := newMemory()
			o := demoCloud.options(demoCloud.openrc())
			o.Logins, o.KeepLogin = kept, true
			first, _ := start(t, o)
			_, before := kept.only(t)
			c.spoil(kept)
			again, asked := start(t, o)
			if got := paths(asked); got != c.asked {
				t.Errorf("sent %s\nnot  %s", got, c.asked)
			}
			if fmt.Sprintf("%+v", first) != fmt.Sprintf("%+v", again) {
				t.Errorf("the session is\n%+v, not\n%+v", again, first)
			}
			if _, after := kept.only(t); after.Token == before.Token || !after.usable(time.Now()) {
				t.Error("no new login was kept")
			}
			if third, asked := start(t, o); paths(asked) != "GET /v2/images" || third.User != first.User {
				t.Errorf("the third start sent %s", paths(asked))
			}
		})
	}
}

// FuzzKeptLogin takes anything for what was kept: what counts as usable can be
// sent, and to an address.
func FuzzKeptLogin(f *testing.F) {
	f.Add(`{"for":"x","token":"gAAAAAx","expires":"2099-01-01T00:00:00Z","endpoint":"https://image.example.com"}`)
	f.Add(`{"for":"x","token":"a\r\nb","expires":"2099-01-01T00:00:00Z","endpoint":"http://[::1"}`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, text string) {
		kept := newMemory()
		kept.texts["x"] = text
		l, ok := (&keeping{logins: kept, name: "x"}).take(time.Now())
		if !ok {
			if l != (keptLogin{}) {
				t.Errorf("%q is no use, and gives %q", text, l.Endpoint)
			}
			return
		}
		req, err := http.NewRequestWithContext(background(), http.MethodGet, parseEndpoint(l.Endpoint).at("/v2/images", nil), nil)
		if err != nil {
			t.Fatalf("%q: %v", l.Endpoint, err)
		}
		req.Header.Set("X-Auth-Token", l.Token)
		if err := req.Write(io.Discard); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}

// A start that does not ask for it leaves no login behind, and looks at none.
func TestALoginIsForgotten(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	kept := newMemory()
	o := demoCloud.options(demoCloud.openrc())
	o.Logins, o.KeepLogin = kept, true
	start(t, o)
	member := demoCloud.options(demoCloud.openrc("OS_USERNAME", demo.MemberUsername, "OS_PROJECT_NAME", demo.MemberProject))
	member.Logins, member.KeepLogin = kept, true
	start(t, member)
	if len(kept.texts) != 2 {
		t.Fatalf("%d logins are kept", len(kept.texts))
	}
	o.KeepLogin = false
	if _, asked := start(t, o); logins(asked) != 1 {
		t.Errorf("sent %s", paths(asked))
	}
	if _, l := kept.only(t); l.User != demo.MemberUsername {
		t.Errorf("that of %s is left", l.User)
	}
	if kept.kept != 2 {
		t.Error("it was kept")
	}
}

// A token that the user gave is the user's to keep.
func TestAGivenTokenIsNotKept(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	token := demoCloud.connect(t, demoCloud.openrc()).tokens.token()
	for name, env := range map[string]map[string]string{
		"token":          {"OS_AUTH_URL": demoCloud.AuthURL, "OS_AUTH_TYPE": "token", "OS_TOKEN": token},
		"token rescoped": {"OS_AUTH_URL": demoCloud.AuthURL, "OS_TOKEN": token, "OS_PROJECT_NAME": demo.Project, "OS_PROJECT_DOMAIN_ID": demo.DomainID},
		"and endpoint":   {"OS_TOKEN": token, "OS_ENDPOINT": demoCloud.URL},
		"no-auth":        {"OS_AUTH_TYPE": "none", "OS_ENDPOINT": demoCloud.URL},
	} {
		kept := newMemory()
		o := demoCloud.options(env)
		o.Logins, o.KeepLogin = kept, true
		start(t, o)
		if kept.kept != 0 {
			t.Errorf("%s: it was kept", name)
		}
	}
}

// A login that fails, and one without an Image service, leave nothing.
func TestAFailedLoginIsNotKept(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	for name, env := range map[string]map[string]string{
		"wrong password": demoCloud.openrc("OS_PASSWORD", "wrong"),
		"no service":     demoCloud.openrc("OS_REGION_NAME", "Nowhere"),
	} {
		kept := newMemory()
		o := demoCloud.options(env)
		o.Logins, o.KeepLogin = kept, true
		if c, err := Connect(background(), o); err == nil {
			c.Close()
			t.Errorf("%s: connected", name)
		}
		if kept.kept != 0 {
			t.Errorf("%s: it was kept", name)
		}
	}
}

// Roles may have changed when a token is refused: the new login tells.
func TestANewLoginTellsTheRoles(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	kept := newMemory()
	o := demoCloud.options(demoCloud.openrc())
	o.Logins, o.KeepLogin = kept, true
	start(t, o)
	kept.change(func(l *keptLogin) { l.Admin, l.RolesKnown, l.Token = false, true, secretToken })
	if s, _ := start(t, o); !s.IsAdmin {
		t.Errorf("the session is still %+v", s)
	}
}

// Many requests find out at once that the token is refused: one login, kept
// once. What is kept has no secret but the token.
func TestOneLoginIsKeptForMany(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	kept := newMemory()
	o := demoCloud.options(demoCloud.openrc())
	o.Logins, o.KeepLogin = kept, true
	start(t, o)
	demoCloud.server.ExpireTokens()
	demoCloud.seen.clear()
	c, err := Connect(background(), o)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := c.Schema(background()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	c.Close()
	if n := logins(demoCloud.seen.list()); n != 1 || kept.kept != 2 {
		t.Errorf("%d logins, kept %d times", n, kept.kept)
	}
	name, l := kept.only(t)
	if l.Token != c.tokens.token() {
		t.Error("another token is kept than is used")
	}
	for _, secret := range []string{demo.Password, "password"} {
		if strings.Contains(kept.texts[name]+name, secret) {
			t.Errorf("%s is kept", secret)
		}
	}
}

// The kept address leads nowhere any more: the failure says how to get another.
func TestAKeptAddressThatIsGone(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	kept := newMemory()
	o := demoCloud.options(demoCloud.openrc())
	o.Logins, o.KeepLogin = kept, true
	start(t, o)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	kept.change(func(l *keptLogin) { l.Endpoint = gone.URL })
	c, err := Connect(background(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, err = c.Page(background(), "", 5, nil)
	if f := failureOf(t, err, api.FailedNetwork, ""); !strings.Contains(f.Advice, "start without --keep-token") {
		t.Errorf("the advice is %q", f.Advice)
	}
}

// TestRealLoginsAreKept starts on a real Keystone: with a kept token there is
// no login, and a revoked one is renewed without anybody noticing.
func TestRealLoginsAreKept(t *testing.T) {
	s := harness.Find(t)
	for _, cloud := range []string{"admin", "demo", "demo-appcred"} {
		t.Run(cloud, func(t *testing.T) {
			kept := newMemory()
			o := realOptions(s, cloud)
			o.Logins, o.KeepLogin = kept, true
			seen := new(exchanges)
			o.Trace = seen.add
			session := func(want string) api.Session {
				t.Helper()
				seen.clear()
				c, err := Connect(background(), o)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := c.Page(background(), "", 5, nil); err != nil {
					t.Fatal(err)
				}
				c.Close()
				if got := paths(seen.list()); got != want {
					t.Errorf("sent %s\nnot  %s", got, want)
				}
				return c.Session()
			}
			const page, login = "GET /v2/images", "POST /v3/auth/tokens"
			first, second := session(login+", "+page), session(page)
			if fmt.Sprintf("%+v", first) != fmt.Sprintf("%+v", second) {
				t.Errorf("the session was\n%+v\nand is\n%+v", first, second)
			}
			_, l := kept.only(t)
			if time.Until(l.Expires) < 10*time.Minute {
				t.Errorf("it expires at %v", l.Expires)
			}
			if cloud == "demo-appcred" {
				return // an application credential may not revoke its token
			}
			revoke(t, s, l.Token)
			old := maps.Clone(kept.texts)
			third := session(page + ", " + login + ", " + page)
			if fmt.Sprintf("%+v", first) != fmt.Sprintf("%+v", third) {
				t.Errorf("the session is\n%+v, not\n%+v", third, first)
			}
			if name, _ := kept.only(t); kept.texts[name] == old[name] {
				t.Error("the revoked token is still kept")
			}
			session(page)
		})
	}
}

// revoke ends a token, and waits until Glance has noticed.
func revoke(t *testing.T, s *harness.Server, token string) {
	t.Helper()
	req, err := http.NewRequestWithContext(background(), http.MethodDelete, s.KeystoneURL+"/auth/tokens", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Auth-Token", token)
	req.Header.Set("X-Subject-Token", token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusNoContent {
		t.Fatalf("not revoked: %s", res.Status)
	}
	c := New(Options{Endpoint: s.Glance["main"], Token: token})
	defer c.Close()
	for deadline := time.Now().Add(5 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if _, err := c.Page(background(), "", 1, nil); err != nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("Glance still takes it")
		}
	}
}

// A token may be renewed at the moment the program ends, and a disk may be slow:
// the newest login is the one that stays, whatever came between.
func TestTheNewestLoginIsKept(t *testing.T) {
	kept := newMemory()
	k := &keeping{logins: kept, name: "x"}
	login := func(n int) keptLogin {
		return keptLogin{Token: fmt.Sprint("token-", n), Expires: time.Now().Add(time.Hour), Endpoint: "http://192.0.2.1"}
	}
	var ends sync.WaitGroup
	for n := range 200 {
		k.put(login(n))
		ends.Go(k.wait)
	}
	k.wait()
	if _, l := kept.only(t); l.Token != login(199).Token {
		t.Errorf("%s is kept", l.Token)
	}
	ends.Wait()
	if _, l := kept.only(t); l.Token != login(199).Token {
		t.Errorf("%s is kept in the end", l.Token)
	}
}
