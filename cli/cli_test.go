package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/hostile"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// TestMain keeps the developer's own clouds and variables out of the tests.
func TestMain(m *testing.M) {
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "OS_") {
			_ = os.Unsetenv(name)
		}
	}
	home, err := os.MkdirTemp("", "glance-tui-cli")
	if err != nil {
		panic(err)
	}
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "USERPROFILE", "AppData"} {
		_ = os.Setenv(name, home)
	}
	_ = os.Setenv("LC_ALL", "C.UTF-8")
	status := m.Run()
	_ = os.RemoveAll(home)
	os.Exit(status)
}

// result is what a command line did.
type result struct {
	status   int
	out, err string
}

func run(stdin string, args ...string) result {
	var out, errs bytes.Buffer
	status := Run(args, strings.NewReader(stdin), &out, &errs)
	return result{status, out.String(), errs.String()}
}

func (r result) expect(t *testing.T, status int, out, errs string) {
	t.Helper()
	if r.status != status {
		t.Errorf("exit status %d, want %d", r.status, status)
	}
	for name, pair := range map[string][2]string{"output": {r.out, out}, "errors": {r.err, errs}} {
		if got, want := pair[0], pair[1]; want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("standard %s:\n%s\nwant something like:\n%s", name, got, want)
		}
	}
}

// service starts an embedded service in which nothing moves, and gives the
// flags that lead to it without a password.
func service(t *testing.T, o demo.Options) []string {
	t.Helper()
	o.Still = true
	running, err := demo.New(o).Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close(context.Background()) })
	return []string{"--os-auth-type", "none", "--os-endpoint", running.URL}
}

func TestHelp(t *testing.T) {
	for name, args := range map[string][]string{
		"root": {"--help"}, "list": {"list", "--help"}, "show": {"show", "--help"}, "diff": {"diff", "--help"},
		"demo-server": {"demo-server", "--help"}, "filters": {"help", "filters"}, "connecting": {"help", "connecting"},
		"faults": {"help", "faults"}, "edit": {"edit", "--help"}, "undo": {"undo", "--help"}, "changes": {"help", "changes"},
	} {
		r := run("", args...)
		if r.status != 0 || r.err != "" {
			t.Errorf("%s: %d %s", name, r.status, r.err)
		}
		uitest.Golden(t, "help-"+name, r.out)
		for _, line := range strings.Split(r.out, "\n") {
			if len(line) > helpWidth {
				t.Errorf("%s: a line of %d columns: %s", name, len(line), line)
			}
		}
	}
}

func TestVersion(t *testing.T) {
	for _, flag := range []string{"--version", "-v"} {
		run("", flag).expect(t, 0, "glance-tui ", "")
	}
	defer func(v, c, d string) { version, commit, date = v, c, d }(version, commit, date)
	version, commit, date = "1.2.3", "0123456789abcdef", "2026-11-23T14:00:00Z"
	run("", "--version").expect(t, 0, "glance-tui 1.2.3 (0123456, 2026-11-23), go1.", "")
}

func TestWrongUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"help", "nosuch"}, `Unknown help topic "nosuch"; run glance-tui help to see all.`},
		{[]string{"help", "list", "nosuch"}, `Unknown help topic "list nosuch"`},
		{[]string{"lst"}, `Unknown command "lst"; did you mean list?` + "\nSee glance-tui --help."},
		{[]string{"--no-such-flag"}, "Unknown flag: --no-such-flag.\nSee glance-tui --help."},
		{[]string{"list", "--format", "xml"}, "must be one of: table, json"},
		{[]string{"list", "--limit", "-1"}, "--limit must be 0 or greater: -1.\nSee glance-tui list --help."},
		{[]string{"list", "status:quued"}, "did you mean queued?\nSee glance-tui list --help."},
		{[]string{"list", "status:"}, "status:: say which, such as status:queued,killed"},
		{[]string{"show"}, "Missing argument: IMAGE.\nSee glance-tui show --help."},
		{[]string{"show", "a", "b"}, `Unexpected argument "b"`},
		{[]string{"diff", "x"}, "Missing argument: WANTED."},
		{[]string{"diff"}, "Missing argument: BEFORE and WANTED."},
		{[]string{"diff", "-", "-"}, "Only one of the two documents"},
		{[]string{"diff", "a", "b", "--release", "1999"}, "must be one of: current, 2015"},
		{[]string{"demo-server", "--listen", "nowhere"}, "such as 127.0.0.1:9292"},
		{[]string{"demo-server", "--images", "-1"}, "cannot be negative"},
		{[]string{"demo-server", "x"}, `unknown command "x"`},
		{[]string{"--theme", "pink"}, "must be one of: auto, dark, light"},
		{[]string{"--refresh", "10ms"}, "at least 1s"},
		{nil, "Standard input and output must be a terminal; over SSH use ssh -t HOST glance-tui"},
		{[]string{"--demo"}, "ssh -t"},
	} {
		r := run("", c.args...)
		if r.status != 2 || r.out != "" || !strings.Contains(strings.ToLower(r.err), strings.ToLower(c.says)) {
			t.Errorf("%q: exit status %d, %q, %q\nwant %q", c.args, r.status, r.out, r.err, c.says)
		}
	}
}

func TestListTable(t *testing.T) {
	flags := service(t, demo.Options{})
	r := run("", append(flags, "list", "status:queued")...)
	if r.status != 0 || r.err != "" {
		t.Fatalf("%d %s", r.status, r.err)
	}
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	if !strings.HasPrefix(lines[0], "ID      ") || len(lines) < 3 {
		t.Fatalf("%s", r.out)
	}
	for _, l := range lines[1:] {
		if !strings.Contains(l, "  queued  ") {
			t.Errorf("not queued: %s", l)
		}
	}
	if !strings.Contains(r.out, "da3b75d9-3f4a-40e7-8a2c-bfab23927dea  queued          Fedora 17 ") {
		t.Errorf("%s", r.out)
	}
	if said := hostile.Plain([]byte(r.out)); len(said) > 0 {
		t.Errorf("unsafe: %q", said)
	}
}

func TestListJSONIsOneArray(t *testing.T) {
	flags := service(t, demo.Options{Images: 1203})
	for args, want := range map[string]int{
		"--limit 1100":               1100, // three pages
		"--limit 7":                  7,
		"status:queued --limit 1":    1,
		"name:no-such-name":          0,
		`name:"Fedora 17"`:           1,
		"id:da3b75d9 status:queued":  1,
		"!id:~a !id:~b !id:~0 id:zz": 0,
	} {
		words := []string{"list", "--format", "json"}
		if strings.Contains(args, `"`) {
			words = append(words, args)
		} else {
			words = append(words, strings.Fields(args)...)
		}
		r := run("", append(slices.Clone(flags), words...)...)
		var images []map[string]any
		if err := json.Unmarshal([]byte(r.out), &images); err != nil || r.status != 0 || r.err != "" {
			t.Fatalf("%s: %v, %d %s", args, err, r.status, r.err)
		}
		if len(images) != want {
			t.Errorf("%s: %d images, want %d", args, len(images), want)
		}
		seen := map[any]bool{}
		for _, i := range images {
			if seen[i["id"]] || i["status"] == nil {
				t.Fatalf("%s: twice, or no image: %v", args, i)
			}
			seen[i["id"]] = true
		}
	}
}

func TestListOfAnEmptyCloud(t *testing.T) {
	flags := service(t, demo.Options{Empty: true})
	run("", append(flags, "list")...).expect(t, 0, "", "")
	r := run("", append(flags, "list", "-f", "json")...)
	if r.out != "[]\n" {
		t.Errorf("%q", r.out)
	}
}

func TestListFindsHiddenImages(t *testing.T) {
	r := run("", append(service(t, demo.Options{}), "list", "hidden:yes", "-f", "json")...)
	var images []struct {
		Hidden bool `json:"os_hidden"`
	}
	if err := json.Unmarshal([]byte(r.out), &images); err != nil || len(images) == 0 || !images[0].Hidden {
		t.Errorf("%v: %s", err, r.out)
	}
}

func TestShow(t *testing.T) {
	flags := service(t, demo.Options{})
	for _, name := range []string{"Fedora 17", "da3b75d9-3f4a-40e7-8a2c-bfab23927dea"} {
		r := run("", append(slices.Clone(flags), "show", name)...)
		var img map[string]any
		if err := json.Unmarshal([]byte(r.out), &img); err != nil || img["name"] != "Fedora 17" || r.status != 0 || r.err != "" {
			t.Errorf("%s: %v %d %s %s", name, err, r.status, r.out, r.err)
		}
	}
	yaml := run("", append(slices.Clone(flags), "show", "Fedora 17", "--format", "yaml")...)
	yaml.expect(t, 0, "name: Fedora 17\n", "")
	for name, says := range map[string]string{
		"web-frontend-golden":                  `2 images are named "web-frontend-golden".` + "\nUse an ID: ",
		"nothing\x1b[2J":                       `No image with the name or ID "nothing\x1b[2J" is visible to you.`,
		"00000000-0000-0000-0000-000000000000": "The image is not there, or you may not see it.",
	} {
		r := run("", append(slices.Clone(flags), "show", name)...)
		if r.status != 1 || r.out != "" || !strings.Contains(r.err, says) || strings.Contains(r.err, "\x1b") {
			t.Errorf("%q: %d %q %q", name, r.status, r.out, r.err)
		}
	}
}

func TestDemoFlagNeedsNoCloud(t *testing.T) {
	t.Setenv("OS_CLOUD", "nowhere")
	t.Setenv("OS_AUTH_URL", "http://127.0.0.1:1/v3")
	t.Setenv("OS_USER_DOMAIN_ID", "elsewhere")
	t.Setenv("OS_CACERT", "/nowhere.pem")
	run("", "--demo", "list", "--limit", "1").expect(t, 0, "\n", "")
}

func TestFailuresSayWhatToDo(t *testing.T) {
	for _, c := range []struct {
		args []string
		says []string
	}{
		{[]string{"list"}, []string{"No cloud is configured", "clouds.yaml", "--demo"}},
		{[]string{"list", "--os-cloud", "prod"}, []string{`"prod"`, "clouds.yaml"}},
		{[]string{"list", "--os-auth-type", "none", "--os-endpoint", "http://127.0.0.1:1"}, []string{"127.0.0.1:1", "Check"}},
		{[]string{"list", "--insecure=maybe", "--os-auth-type", "none", "--os-endpoint", "https://127.0.0.1:1"}, []string{"insecure is neither true nor false"}},
	} {
		r := run("", c.args...)
		if r.status != 1 || r.out != "" {
			t.Errorf("%q: %d %q %q", c.args, r.status, r.out, r.err)
		}
		for _, s := range c.says {
			if !strings.Contains(r.err, s) {
				t.Errorf("%q says %q, not %q", c.args, r.err, s)
			}
		}
		if n := strings.Count(r.err, "\n"); n > 2 {
			t.Errorf("%q says too much: %s", c.args, r.err)
		}
	}
}

func TestPasswordsAreNotRepeated(t *testing.T) {
	r := run("", "list", "--os-auth-url", "http://127.0.0.1:1/v3", "--os-username", "admin", "--os-password", "hunter2",
		"--os-project-name", "p", "--os-user-domain-name", "Default", "--os-project-domain-name", "Default")
	if r.status != 1 || strings.Contains(r.out+r.err, "hunter2") {
		t.Errorf("%d %s", r.status, r.err)
	}
}

func TestDemoServerServesUntilItIsStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var out, errs lockedBuffer
	root := newRoot(&streams{in: strings.NewReader(""), out: &out, err: &errs})
	root.SetArgs([]string{"demo-server", "--listen", "127.0.0.1:0", "--images", "70", "--release", "2015", "--still"})
	done := make(chan error, 1)
	go func() { done <- root.ExecuteContext(ctx) }()
	var endpoint string
	for deadline := time.Now().Add(5 * time.Minute); endpoint == "" && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if _, rest, ok := strings.Cut(out.String(), "OS_ENDPOINT="); ok {
			endpoint, _, _ = strings.Cut(rest, "\n")
		}
	}
	r := run("", "--os-auth-type", "none", "--os-endpoint", endpoint, "list", "-f", "json")
	var images []any
	if err := json.Unmarshal([]byte(r.out), &images); err != nil || len(images) < 60 {
		t.Errorf("%v, %d images, %s", err, len(images), r.err)
	}
	lines := map[string]string{}
	for _, l := range strings.Split(out.String(), "\n") {
		if words, ok := strings.CutPrefix(l, "export "); ok {
			for _, w := range strings.Fields(words) {
				name, value, _ := strings.Cut(w, "=")
				lines[name] = value
			}
		}
	}
	for name, value := range lines {
		t.Setenv(name, value)
	}
	run("", "show", "Fedora 17").expect(t, 0, `"name": "Fedora 17"`, "")
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if !strings.Contains(errs.String(), "Stopped.") {
		t.Errorf("%s", errs.String())
	}
}

func TestDemoServerSaysWhenThePortIsTaken(t *testing.T) {
	flags := service(t, demo.Options{Empty: true})
	address := strings.TrimPrefix(flags[len(flags)-1], "http://")
	run("", "demo-server", "--listen", address).expect(t, 1, "", "Could not listen on "+address+".")
}

func TestManPage(t *testing.T) {
	r := run("", "man")
	for _, want := range []string{".TH GLANCE-TUI 1", `.SH "EXIT STATUS"`, `\-\-os\-cloud`, `\fB\-\-os\-auth\-url`[:4], "glance\\-tui diff before.json"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, l := range strings.Split(r.out, "\n") {
		if strings.HasPrefix(l, "'") {
			t.Errorf("taken for a request: %s", l)
		}
	}
}

func TestCompletion(t *testing.T) {
	dir := t.TempDir()
	config := dir + "/clouds.yaml"
	if err := os.WriteFile(config, []byte("clouds:\n  prod-eu: {auth: {auth_url: 'https://eu.example', project_name: ops}}\n  lab: {auth: {auth_url: 'https://lab.example'}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("OS_CLIENT_CONFIG_FILE", config)
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"--os-cloud", ""}, []string{"prod-eu\tops at https://eu.example", "lab\thttps://lab.example"}},
		{[]string{"--release", ""}, []string{"current", "2015"}},
		{[]string{"list", "--format", ""}, []string{"table", "json"}},
		{[]string{"list", ""}, []string{"status:\t", "prop:\t"}},
		{[]string{"list", "!vis"}, []string{"!visibility:\t"}},
		{[]string{"list", "status:q"}, []string{"status:queued"}},
		{[]string{"--os-interface", ""}, []string{"public", "internal"}},
		{[]string{"help", ""}, []string{"filters\tFilter syntax", "list\tList images"}},
		{[]string{"list", "--lim"}, []string{"--limit\tlist at most NUMBER images"}},
	} {
		r := run("", append([]string{"__complete"}, c.args...)...)
		for _, w := range c.want {
			if !strings.Contains(r.out, w) {
				t.Errorf("%q offers %q, not %q", c.args, r.out, w)
			}
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		run("", "completion", shell).expect(t, 0, "glance-tui", "")
	}
}

// TestIgnoredVariablesAreSaidBesideTheResult: the result stays what it was, and
// where the login is refused the sentence is beside the advice.
func TestIgnoredVariablesAreSaidBesideTheResult(t *testing.T) {
	running, err := demo.New(demo.Options{Still: true}).Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close(context.Background()) })
	path := filepath.Join(t.TempDir(), "clouds.yaml")
	text := fmt.Sprintf("clouds:\n  lab:\n    auth: {auth_url: %q, username: %s, password: %s, project_name: %s, user_domain_name: %s, project_domain_name: %s}\n",
		running.AuthURL, demo.Username, demo.Password, demo.Project, demo.Domain, demo.Domain)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("OS_CLIENT_CONFIG_FILE", path)
	t.Setenv("OS_CLOUD", "lab")
	if r := run("", "list", "--limit", "1"); r.status != 0 || r.err != "" {
		t.Errorf("without other variables: %+v", r)
	}
	t.Setenv("OS_USERNAME", "demo")
	t.Setenv("OS_PROJECT_NAME", "demo")
	const says = "Ignored beside cloud lab: OS_USERNAME, OS_PROJECT_NAME."
	run("", "list", "--limit", "1").expect(t, 0, "STATUS", says)
	run("", "list", "--os-password", "wrong").expect(t, 1, "", says)
}

// TestAnEmptyNameIsWrongUsage: it is a variable of the shell that is not set, and
// the images without a name are not meant.
func TestAnEmptyNameIsWrongUsage(t *testing.T) {
	c := newCloud(t)
	c.patch(`[{"op":"replace","path":"/name","value":""}]`)
	for _, args := range [][]string{{"edit", "", "name=x"}, {"show", ""}, {"history", ""}} {
		c.run(args...).expect(t, 2, "", "glance-tui: IMAGE is empty.")
	}
	c.run("undo", "").expect(t, 2, "", "glance-tui: ENTRY is empty.")
	c.run("diff", "", "x").expect(t, 2, "", "glance-tui: BEFORE is empty.")
	if name := c.image().Name; name.Or("?") != "" {
		t.Errorf("the image without a name was edited: %v", name)
	}
}
