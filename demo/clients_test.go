package demo_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
)

// The command-line clients of OpenStack work against the service. They are
// run where they are installed; GLANCE_TUI_CLIENTS=required makes it a failure
// when they are not, GLANCE_TUI_OPENSTACK and GLANCE_TUI_GLANCE say where they
// are when not on PATH.
type client struct {
	t       *testing.T
	command string
	env     []string
}

func findClient(t *testing.T, name, variable string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("starts Python many times")
	}
	if given := os.Getenv(variable); given != "" {
		name = given
	}
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("GLANCE_TUI_CLIENTS") == "required" {
		t.Fatalf("the client %s is required: %v", name, err)
	}
	t.Skipf("the client %s is not installed", name)
	return ""
}

// run gives what the command printed; it fails the test when it fails.
func (c client) run(args ...string) string {
	c.t.Helper()
	out, err := c.try(args...)
	if err != nil {
		c.t.Fatalf("%s %s: %v\n%s", filepath.Base(c.command), strings.Join(args, " "), err, out)
	}
	return out
}

func (c client) try(args ...string) (string, error) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 2*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, c.command, args...)
	// A home of its own for each call: the glance client keeps schemas there
	// which a later call stumbles over. Standard input is the null device, or
	// the openstack client would take it for image data.
	command.Env = append([]string{"PATH=/usr/bin:/bin", "HOME=" + c.t.TempDir(), "LC_ALL=C.UTF-8"}, c.env...)
	var stderr strings.Builder
	command.Stderr = &stderr
	out, err := command.Output()
	if exit, failed := errors.AsType[*exec.ExitError](err); failed {
		return string(out) + stderr.String(), exit
	}
	return strings.TrimSpace(string(out)), err
}

func password(a api) []string {
	return []string{
		"OS_AUTH_URL=" + a.auth, "OS_USERNAME=" + demo.Username, "OS_PASSWORD=" + demo.Password,
		"OS_PROJECT_NAME=" + demo.Project, "OS_USER_DOMAIN_NAME=" + demo.Domain,
		"OS_PROJECT_DOMAIN_NAME=" + demo.Domain, "OS_IDENTITY_API_VERSION=3", "OS_REGION_NAME=" + demo.Region,
	}
}

func dataFile(t *testing.T, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data.img")
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheOpenStackClient(t *testing.T) {
	t.Parallel()
	command := findClient(t, "openstack", "GLANCE_TUI_OPENSTACK")
	a := open(t, demo.Options{Still: true})
	c := client{t, command, password(a)}
	value := func(args ...string) string { t.Helper(); return c.run(append(args, "-f", "value")...) }

	if got := value("image", "show", "Fedora 17", "-c", "status"); got != "queued" {
		t.Errorf("Fedora 17 is %q", got)
	}
	if got := value("image", "list", "--status", "queued", "-c", "Name"); !strings.Contains(got, "Fedora 17") {
		t.Errorf("queued images:\n%s", got)
	}
	id := value("image", "create", "made", "--disk-format", "raw", "--container-format", "bare",
		"--file", dataFile(t, "some data"), "--property", "a=b", "-c", "id")
	if got := value("image", "show", id, "-c", "status", "-c", "size"); got != "9\nactive" {
		t.Errorf("after the upload: %q", got)
	}
	c.run("image", "set", id, "--name", "renamed", "--tag", "one", "--public", "--property", "c=d", "--min-disk", "3")
	c.run("image", "unset", id, "--property", "a")
	got := a.show(id)
	if got.Name.Value != "renamed" || got.Visibility != "public" || got.MinDisk != 3 || len(got.Tags) != 1 ||
		got.Properties["c"].Value != "d" || got.Properties["a"].Set {
		t.Errorf("after set and unset: %+v", got)
	}
	saved := filepath.Join(t.TempDir(), "saved.img")
	c.run("image", "save", id, "--file", saved)
	if data, err := os.ReadFile(saved); string(data) != "some data" {
		t.Errorf("saved %q, %v", data, err)
	}
	c.run("image", "set", id, "--shared")
	c.run("image", "add", "project", id, "demo")
	if got := value("image", "member", "list", id, "-c", "Status"); got != "pending" {
		t.Errorf("members: %q", got)
	}
	c.run("image", "set", id, "--deactivate")
	if got := value("image", "show", id, "-c", "status"); got != "deactivated" {
		t.Errorf("deactivated: %q", got)
	}
	c.run("image", "delete", id)
	if out, err := c.try("image", "show", id); err == nil {
		t.Errorf("a deleted image is shown:\n%s", out)
	}
	wrong := client{t, command, append(password(a), "OS_PASSWORD=wrong")}
	if out, err := wrong.try("image", "list"); err == nil || !strings.Contains(out, "401") {
		t.Errorf("with a wrong password: %v\n%s", err, out)
	}
	credential := client{t, command, []string{
		"OS_AUTH_TYPE=v3applicationcredential", "OS_AUTH_URL=" + a.auth,
		"OS_APPLICATION_CREDENTIAL_ID=" + demo.ApplicationCredentialID,
		"OS_APPLICATION_CREDENTIAL_SECRET=" + demo.ApplicationCredentialSecret,
	}}
	if got := credential.run("image", "show", demo.FedoraID, "-f", "value", "-c", "name"); got != "Fedora 17" {
		t.Errorf("with an application credential: %q", got)
	}
}

func TestTheOpenStackClientWithoutKeystone(t *testing.T) {
	t.Parallel()
	command := findClient(t, "openstack", "GLANCE_TUI_OPENSTACK")
	a := open(t, demo.Options{Still: true})
	c := client{t, command, []string{"OS_AUTH_TYPE=none", "OS_ENDPOINT=" + a.url}}
	c.run("image", "set", demo.FedoraID, "--name", "Fedora 17 Server", "--tag", "lts")
	if got := c.run("image", "show", demo.FedoraID, "-f", "value", "-c", "name"); got != "Fedora 17 Server" {
		t.Errorf("renamed: %q", got)
	}
	if got := c.run("image", "list", "--tag", "lts", "-f", "value", "-c", "ID"); !strings.Contains(got, demo.FedoraID) {
		t.Errorf("tagged:\n%s", got)
	}
}

func TestTheGlanceClient(t *testing.T) {
	t.Parallel()
	command := findClient(t, "glance", "GLANCE_TUI_GLANCE")
	a := open(t, demo.Options{Still: true})
	c := client{t, command, password(a)}
	field := func(out, name string) string {
		for line := range strings.SplitSeq(out, "\n") {
			if cells := strings.Split(line, "|"); len(cells) > 2 && strings.TrimSpace(cells[1]) == name {
				return strings.TrimSpace(cells[2])
			}
		}
		return ""
	}
	if got := c.run("image-list", "--limit", "3"); strings.Count(got, "\n") < 5 {
		t.Errorf("list:\n%s", got)
	}
	id := field(c.run("image-create", "--name", "made", "--disk-format", "raw", "--container-format", "bare",
		"--file", dataFile(t, "some data"), "--property", "a=b"), "id")
	got := c.run("image-show", id)
	if field(got, "status") != "active" || field(got, "size") != "9" || field(got, "a") != "b" {
		t.Errorf("show:\n%s", got)
	}
	c.run("image-update", id, "--name", "renamed", "--remove-property", "a")
	c.run("location-add", id, "--url", "http://mirror.example.org/f3.raw")
	c.run("image-tag-update", id, "one")
	shown := a.show(id)
	if shown.Name.Value != "renamed" || len(shown.Properties) != 0 || len(shown.Locations) != 2 || len(shown.Tags) != 1 {
		t.Errorf("%+v", shown)
	}
	c.run("location-delete", id, "--url", "http://mirror.example.org/f3.raw")
	saved := filepath.Join(t.TempDir(), "saved.img")
	c.run("image-download", id, "--file", saved)
	if data, err := os.ReadFile(saved); string(data) != "some data" {
		t.Errorf("saved %q, %v", data, err)
	}
	c.run("member-create", id, "some-project")
	if out := c.run("member-list", "--image-id", id); !strings.Contains(out, "some-project") {
		t.Errorf("members:\n%s", out)
	}
	c.run("image-deactivate", id)
	c.run("image-reactivate", id)
	c.run("image-delete", id)
	if out, err := c.try("image-show", id); err == nil {
		t.Errorf("a deleted image is shown:\n%s", out)
	}
	// Without Keystone it knows an endpoint and any token; the service takes
	// the word that other clients send when there is none.
	alone := client{t, command, nil}
	out := alone.run("--os-image-url", a.url, "--os-auth-token", "notused", "image-show", demo.FedoraID)
	if field(out, "name") != "Fedora 17" {
		t.Errorf("without Keystone:\n%s", out)
	}
}
