package flow

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// keeper is the program with a home and a cloud, and the record of what the
// cloud is asked.
type keeper struct {
	home  string
	env   []string
	cloud *recorder
}

func newKeeper(t *testing.T) keeper {
	t.Helper()
	k := keeper{home: t.TempDir(), cloud: record(t, demo.Options{Still: true})}
	k.env = append([]string{
		"HOME=" + k.home, "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME=" + k.home, "XDG_CONFIG_HOME=" + k.home,
	}, k.cloud.env()...)
	return k
}

func (k keeper) command(args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.Env, cmd.Dir = append([]string{}, k.env...), k.home
	return cmd
}

// list runs a command and gives what it said on standard error, and how often
// it logged in.
func (k keeper) list(t *testing.T, args ...string) (said string, logins int) {
	t.Helper()
	from := len(k.cloud.requests())
	cmd := k.command(append([]string{"list", "--limit", "1", "-f", "json"}, args...)...)
	var errors strings.Builder
	cmd.Stderr = &errors
	if out, err := cmd.Output(); err != nil || !strings.Contains(string(out), `"id"`) {
		t.Fatalf("%v: %s%s", err, out, &errors)
	}
	return errors.String(), strings.Count(strings.Join(k.cloud.requests()[from:], "\n"), "POST /identity/v3/auth/tokens")
}

func (k keeper) files(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(k.home, "glance-tui", "logins", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestATokenIsKeptForWhoAsks starts the UI twice with --keep-token, commands
// between, and once without.
func TestATokenIsKeptForWhoAsks(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	ui := func(args ...string) []string {
		t.Helper()
		from := len(k.cloud.requests())
		m := terminal.Start(t, 100, 30, k.command(append(args, "--refresh", "0")...))
		m.WaitFor("NAME", "Fedora 17")
		m.Press("q")
		m.WaitExit()
		return k.cloud.requests()[from:]
	}
	const login = "POST /identity/v3/auth/tokens"
	if got := ui("--keep-token"); got[0] != login {
		t.Errorf("the first start began with %s", got[0])
	}
	if got := k.files(t); len(got) != 1 {
		t.Fatalf("kept: %q", got)
	}
	if got := ui("--keep-token"); got[0] != "GET /v2/images?limit=25&sort_dir=desc&sort_key=created_at&visibility=all" || strings.Contains(strings.Join(got, "\n"), login) {
		t.Errorf("the second start sent\n%s", strings.Join(got, "\n"))
	}
	if said, logins := k.list(t, "--keep-token"); logins != 0 || said != "" {
		t.Errorf("%d logins; %s", logins, said)
	}
	k.cloud.server.ExpireTokens()
	if said, logins := k.list(t, "--keep-token"); logins != 1 || said != "" {
		t.Errorf("%d logins for a token that was revoked; %s", logins, said)
	}
	if _, logins := k.list(t, "--keep-token"); logins != 0 {
		t.Errorf("%d logins after it was renewed", logins)
	}
	if _, logins := k.list(t); logins != 1 || len(k.files(t)) != 0 {
		t.Errorf("%d logins without the flag, and kept: %q", logins, k.files(t))
	}
}
