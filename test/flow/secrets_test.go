package flow

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/hostile"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// gossip is between the program and the embedded service. It takes planted
// secrets for the real ones, notes every token that passes, answers edits as a
// debugging proxy does, with all that it was sent, and puts the token into each
// answer: into the request's id, and into each image, plainly and as escapes.
type gossip struct {
	url string

	mu      sync.Mutex
	swaps   *strings.Replacer
	secrets []string
}

const (
	plantedPassword   = "planted-password-5f0c1e"
	plantedCredential = "planted-credential-9ab27d"
	plantedCookie     = "planted-cookie-77e1b0"
	plantedUserinfo   = "planted-userinfo-1d44c8"
)

func newGossip(t *testing.T) *gossip {
	t.Helper()
	behind, err := url.Parse(start(t, demo.Options{Still: true}))
	if err != nil {
		t.Fatal(err)
	}
	g := &gossip{
		swaps:   strings.NewReplacer(plantedPassword, demo.Password, plantedCredential, demo.ApplicationCredentialSecret),
		secrets: []string{plantedPassword, plantedCredential, plantedCookie, plantedUserinfo},
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(behind) },
		ModifyResponse: func(res *http.Response) error {
			g.note(res.Header.Get("X-Subject-Token"))
			res.Header.Set("Set-Cookie", "session="+plantedCookie)
			return echo(res)
		},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.note(r.Header.Get("X-Auth-Token"))
		body, _ := io.ReadAll(r.Body)
		body = []byte(g.swaps.Replace(string(body)))
		if r.Method == http.MethodPatch {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Set-Cookie", "session="+plantedCookie)
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = fmt.Fprintf(w, `{"message": %q}`, fmt.Sprintf("debug: %s %s %v", r.Method, r.URL, r.Header))
			return
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	g.url = server.URL
	return g
}

// echo puts the token of a request into its answer.
func echo(res *http.Response) error {
	token := res.Request.Header.Get("X-Auth-Token")
	if token == "" || res.StatusCode != http.StatusOK {
		return nil
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	escaped := ""
	for _, c := range token {
		escaped += fmt.Sprintf(`\u%04x`, c)
	}
	body = eachImage.ReplaceAll(body, fmt.Appendf(nil, `"echo":"Bearer %s","%s":"escaped","hw_echo":"%s",$0`, token, token, escaped))
	res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	res.Header.Set("Content-Length", strconv.Itoa(len(body)))
	res.Header.Set("X-Openstack-Request-Id", "req-"+token)
	return nil
}

var eachImage = regexp.MustCompile(`"container_format":`)

func (g *gossip) note(secret string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if secret != "" && !slices.Contains(g.secrets, secret) {
		g.secrets = append(g.secrets, secret)
	}
}

// found are the secrets in a text, as they are or encoded.
func (g *gossip) found(text []byte) (out []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range g.secrets {
		for _, form := range []string{
			s, url.QueryEscape(s), url.PathEscape(s),
			// Base64 of it within something longer: the middle is the same
			// wherever it begins.
			base64.StdEncoding.EncodeToString([]byte(s))[4:20], base64.StdEncoding.EncodeToString([]byte("x" + s))[4:20],
			base64.StdEncoding.EncodeToString([]byte("xx" + s))[4:20],
		} {
			if bytes.Contains(text, []byte(form)) {
				out = append(out, form)
			}
		}
	}
	return out
}

// TestSecretsAreWrittenNowhere logs in on every way, does what can be done and
// what fails, and searches everything that the program wrote.
func TestSecretsAreWrittenNowhere(t *testing.T) {
	t.Parallel()
	g := newGossip(t)
	base := []string{"OS_AUTH_URL=" + g.url + "/identity/v3", "OS_IDENTITY_API_VERSION=3", "OS_IMAGE_ENDPOINT_OVERRIDE=" + g.url}
	project := []string{"OS_USERNAME=admin", "OS_PROJECT_NAME=" + demo.Project, "OS_USER_DOMAIN_NAME=Default", "OS_PROJECT_DOMAIN_NAME=Default"}
	searched := 0
	for _, way := range []struct {
		name string
		env  func() []string
		args []string
	}{
		{"password", func() []string { return slices.Concat(base, project, []string{"OS_PASSWORD=" + plantedPassword}) }, nil},
		{"password as a flag", func() []string { return slices.Concat(base, project) }, []string{"--os-password", plantedPassword}},
		{"wrong password", func() []string { return slices.Concat(base, project, []string{"OS_PASSWORD=" + plantedCookie}) }, nil},
		{"password that is asked for", func() []string { return slices.Concat(base, project) }, nil},
		{"application credential", func() []string {
			return append(base, "OS_AUTH_TYPE=v3applicationcredential", "OS_APPLICATION_CREDENTIAL_ID="+demo.ApplicationCredentialID,
				"OS_APPLICATION_CREDENTIAL_SECRET="+plantedCredential)
		}, nil},
		// A secret of its own: the token is on disk, in the one file for it.
		{"password, token kept", func() []string {
			return slices.Concat(base, project, []string{"OS_PASSWORD=" + plantedPassword, "GLANCE_TUI_KEEP_TOKEN=1"})
		}, nil},
		{"token", func() []string { return append(base, "OS_AUTH_TYPE=token", "OS_TOKEN="+g.token(t)) }, nil},
		{"stale token", func() []string { return append(base, "OS_AUTH_TYPE=token", "OS_TOKEN="+plantedCookie) }, nil},
		{"secret in the address", func() []string {
			return []string{"OS_AUTH_TYPE=none", "OS_ENDPOINT=" + strings.Replace(g.url, "://", "://user:"+plantedUserinfo+"@", 1)}
		}, nil},
		{"passcode and key", func() []string {
			return slices.Concat(base, project, []string{"OS_PASSWORD=" + plantedPassword, "OS_PASSCODE=" + plantedCookie, "OS_CACERT=/" + "no/such/file"})
		}, nil},
	} {
		t.Run(way.name, func(t *testing.T) {
			home := t.TempDir()
			env := append([]string{
				"HOME=" + home, "TMPDIR=" + home, "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME=" + home + "/state", "XDG_CONFIG_HOME=" + home + "/config",
				"GOTRACEBACK=all", "TEA_DEBUG=1", "DEBUG=1", "TEA_TRACE=" + home + "/trace",
			}, way.env()...)
			kept := 0
			search := func(what string, text []byte) {
				searched++
				for _, secret := range g.found(text) {
					t.Errorf("%s holds %s", what, secret)
				}
			}
			for _, c := range [][]string{{"list"}, {"list", "-f", "json", "--limit", "2"}, {"show", "Fedora 17"}, {"show", "no such image"}, {"list", "nosuch:term"}, {"history"}} {
				cmd := exec.Command(program, slices.Concat(way.args, c)...)
				cmd.Env, cmd.Dir = env, home
				out, _ := cmd.CombinedOutput() // some fail
				search(strings.Join(c, " "), out)
			}
			cmd := exec.Command(program, append(way.args, "--refresh", "0")...)
			cmd.Env, cmd.Dir = env, home
			m := terminal.Start(t, 120, 40, cmd)
			m.Until("to be connected or not", func(s string) bool {
				return strings.Contains(s, "VISIBILITY") || strings.Contains(s, "Could not") || strings.Contains(s, "clouds.yaml") || strings.Contains(s, "Password of")
			})
			if strings.Contains(m.Screen(), "Password of") {
				m.Type(plantedCookie)
				m.Press("enter")
				m.WaitFor("does not accept", "Password of")
				m.Type(plantedPassword)
				m.Press("enter")
				m.WaitFor("VISIBILITY")
			}
			if strings.Contains(m.Screen(), "VISIBILITY") {
				gossipAbout(m)
			}
			m.Press("?", "esc", "H", "tab", "enter", "esc", "esc")
			search("the terminal", m.Raw())
			for _, text := range hostile.Clipboard(m.Raw()) {
				search("the clipboard", []byte(text))
			}
			m.Press("q")
			if strings.Contains(m.Screen(), "Quit and") {
				m.Press("y")
			}
			m.Settle()
			err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				text, err := os.ReadFile(path)
				if filepath.Base(filepath.Dir(path)) == "logins" {
					kept++
					text = withoutToken(t, path, text)
				}
				search(path, append(text, path...))
				return err
			})
			if err != nil {
				t.Error(err)
			}
			if want := strings.Count(way.name, "kept"); kept != want {
				t.Errorf("%d logins are kept, want %d", kept, want)
			}
		})
	}
	for _, leak := range []string{"x" + plantedPassword, base64.StdEncoding.EncodeToString([]byte("user:" + plantedPassword)), url.QueryEscape(g.token(t))} {
		if len(g.found([]byte(leak))) == 0 {
			t.Errorf("%s would not be found", leak)
		}
	}
	if len(g.secrets) < 6 {
		t.Errorf("only %d secrets were about", len(g.secrets))
	}
	hostile.Summary(t, "%d secrets searched for in %d outputs, files and clipboards", len(g.secrets), searched)
}

// withoutToken is what else is in a login that is kept, whose file must be
// closed to others.
func withoutToken(t *testing.T, path string, text []byte) []byte {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s has mode %v (%v)", path, info.Mode(), err)
	}
	var kept struct{ Login struct{ Token string } }
	if err := json.Unmarshal(text, &kept); err != nil || kept.Login.Token == "" {
		t.Errorf("%s holds no token: %v", path, err)
	}
	return bytes.ReplaceAll(text, []byte(kept.Login.Token), nil)
}

// gossipAbout edits an image, copies all that can be copied, and has the edit
// refused with everything that was sent.
func gossipAbout(m *terminal.Terminal) {
	m.Press("/")
	m.Type("Fedora 17")
	m.WaitFor("1 of ")
	m.Press("enter", "enter")
	m.WaitFor("Overview")
	m.Press("tab", "tab")
	m.WaitFor("echo", "[hidden by glance-tui]") // the server's text, as the screen and the files have it
	m.Press("tab", "tab", "y", "e")
	m.WaitFor("Edit ")
	m.Type(" x")
	m.WaitFor("1 operation")
	m.Press("ctrl+s")
	m.WaitFor("Review", "rename")
	m.Press("y", "c", "o", "enter")
	m.WaitFor("500")
	m.Press("tab", "y")
	m.WaitFor("[hidden by glance-tui]") // in the place of what the server gave away
	m.Press("tab", "esc")
	m.WaitFor("Edit ")
	m.Press("esc")
	m.Settle()
}

// token is one that a login gave.
func (g *gossip) token(t *testing.T) string {
	t.Helper()
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range g.secrets {
		if !strings.HasPrefix(s, "planted-") {
			return s
		}
	}
	t.Fatal("no token was seen")
	return ""
}
