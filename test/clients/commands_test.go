package clients_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
)

// command is one of the command-line clients, with the environment that tells
// it where the cloud is.
type command struct {
	t    *testing.T
	path string
	env  []string
}

// find gives the path of a program, or stops the test.
func find(t *testing.T, variable, usual string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("starts Python many times")
	}
	name := os.Getenv(variable)
	if name == "" {
		name = usual
	}
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, "%s is not installed: %v", name, err)
	}
	return path
}

// missing skips the test; where everything has to be there it fails.
func missing(t *testing.T, format string, a ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" || os.Getenv("GLANCE_TUI_CLIENTS") == "required" {
		t.Fatalf(format, a...)
	}
	t.Skipf(format, a...)
}

// environment is what an administrator's shell has after sourcing openrc.
func (a account) environment() []string {
	return []string{
		"OS_AUTH_URL=" + a.auth, "OS_USERNAME=" + a.user, "OS_PASSWORD=" + demo.Password,
		"OS_PROJECT_NAME=" + a.project, "OS_USER_DOMAIN_NAME=" + demo.Domain,
		"OS_PROJECT_DOMAIN_NAME=" + demo.Domain, "OS_IDENTITY_API_VERSION=3", "OS_REGION_NAME=" + demo.Region,
	}
}

// run gives what the command printed. Its errors hold what it complained of.
func (c command) run(args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), 2*time.Minute)
	defer cancel()
	run := exec.CommandContext(ctx, c.path, args...)
	// A home of its own for each call: the glance client keeps schemas there
	// which a later call stumbles over. Standard input is the null device, or
	// the openstack client would take it for image data.
	run.Env = append([]string{"PATH=/usr/bin:/bin", "HOME=" + c.t.TempDir(), "LC_ALL=C.UTF-8"}, c.env...)
	var complaint strings.Builder
	run.Stderr = &complaint
	out, err := run.Output()
	if err != nil {
		err = fmt.Errorf("%s %s: %w\n%s%s", filepath.Base(c.path), strings.Join(args, " "), err, out, complaint.String())
	}
	return strings.TrimSpace(string(out)), err
}

// do is run for commands that print nothing of interest.
func (c command) do(args ...string) error {
	_, err := c.run(args...)
	return err
}

// save downloads by a command that writes a file.
func (c command) save(args ...string) (string, error) {
	path := filepath.Join(c.t.TempDir(), "saved.img")
	if err := c.do(append(args, "--file", path)...); err != nil {
		return "", err
	}
	got, err := os.ReadFile(path)
	return string(got), err
}

// file is one with these data.
func (c command) file(data string) (path string, err error) {
	path = filepath.Join(c.t.TempDir(), "data.img")
	return path, os.WriteFile(path, []byte(data), 0o600)
}

// openStack is python-openstackclient. It can do nothing with locations.
type openStack struct{ command }

func newOpenStack(t *testing.T, a account) client {
	t.Helper()
	return openStack{command{t, find(t, "GLANCE_TUI_OPENSTACK", "openstack"), a.environment()}}
}

// read decodes what a command prints as JSON.
func (c openStack) read(into any, args ...string) error {
	out, err := c.run(append(args, "-f", "json")...)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(out), into)
}

func (c openStack) List(status string) (names []string, err error) {
	var list []struct{ Name string }
	err = c.read(&list, "image", "list", "--status", status)
	for _, i := range list {
		names = append(names, i.Name)
	}
	return names, err
}

func (c openStack) Show(id string) (s shown, err error) {
	return s, c.read(&s, "image", "show", id)
}

func (c openStack) Create(name, data, color string) (string, error) {
	path, err := c.file(data)
	if err != nil {
		return "", err
	}
	var made struct{ ID string }
	err = c.read(&made, "image", "create", name, "--disk-format", "raw", "--container-format", "bare",
		"--file", path, "--property", "color="+color)
	return made.ID, err
}

func (c openStack) Download(id string) (string, error) { return c.save("image", "save", id) }

func (c openStack) Set(id, name string, minDisk int, visibility, color string) error {
	return c.do("image", "set", id, "--name", name, "--min-disk", strconv.Itoa(minDisk), "--"+visibility, "--property", "color="+color)
}

func (c openStack) Unset(id, property string) error {
	return c.do("image", "unset", id, "--property", property)
}

func (c openStack) Tag(id, tag string) error { return c.do("image", "set", id, "--tag", tag) }

func (openStack) AddLocation(string, string) error    { return errCannot }
func (openStack) RemoveLocation(string, string) error { return errCannot }

func (c openStack) Share(id, project string) error {
	return c.do("image", "add", "project", id, project)
}

func (c openStack) Accept(id, _ string) error { return c.do("image", "set", id, "--accept") }

func (c openStack) Members(id string) (all []string, err error) {
	var list []struct {
		Project string `json:"Member ID"`
		Status  string
	}
	err = c.read(&list, "image", "member", "list", id)
	for _, m := range list {
		all = append(all, m.Project+" "+m.Status)
	}
	return all, err
}

func (c openStack) Deactivate(id string) error { return c.do("image", "set", id, "--deactivate") }
func (c openStack) Reactivate(id string) error { return c.do("image", "set", id, "--activate") }
func (c openStack) Delete(id string) error     { return c.do("image", "delete", id) }

// glance is python-glanceclient, which prints tables for users.
type glance struct{ command }

func newGlance(t *testing.T, a account) client {
	t.Helper()
	return glance{command{t, find(t, "GLANCE_TUI_GLANCE", "glance"), a.environment()}}
}

// rows are the cells of a table, its heading first.
func rows(table string) (all [][]string) {
	for line := range strings.Lines(table) {
		if !strings.HasPrefix(line, "|") {
			continue
		}
		var row []string
		for cell := range strings.SplitSeq(strings.Trim(strings.TrimSpace(line), "|"), "|") {
			row = append(row, strings.TrimSpace(cell))
		}
		all = append(all, row)
	}
	return all
}

// table runs a command and gives the rows under the heading.
func (c glance) table(args ...string) ([][]string, error) {
	out, err := c.run(args...)
	if err != nil {
		return nil, err
	}
	all := rows(out)
	if len(all) == 0 {
		return nil, errors.New("no table: " + out)
	}
	return all[1:], nil
}

// fields is a table of names and values.
func (c glance) fields(args ...string) (map[string]string, error) {
	list, err := c.table(args...)
	fields := map[string]string{}
	for _, row := range list {
		if len(row) == 2 {
			fields[row[0]] = row[1]
		}
	}
	return fields, err
}

func (c glance) List(status string) (names []string, err error) {
	list, err := c.table("image-list", "--property-filter", "status="+status)
	for _, row := range list {
		names = append(names, row[1])
	}
	return names, err
}

func (c glance) Show(id string) (shown, error) {
	f, err := c.fields("image-show", id)
	if err != nil {
		return shown{}, err
	}
	size := 0
	if f["size"] != "None" {
		size, err = strconv.Atoi(f["size"])
	}
	return shown{f["name"], f["status"], int64(size)}, err
}

func (c glance) Create(name, data, color string) (string, error) {
	path, err := c.file(data)
	if err != nil {
		return "", err
	}
	f, err := c.fields("image-create", "--name", name, "--disk-format", "raw", "--container-format", "bare",
		"--file", path, "--property", "color="+color)
	return f["id"], err
}

func (c glance) Download(id string) (string, error) { return c.save("image-download", id) }

func (c glance) Set(id, name string, minDisk int, visibility, color string) error {
	return c.do("image-update", id, "--name", name, "--min-disk", strconv.Itoa(minDisk), "--visibility", visibility, "--property", "color="+color)
}

func (c glance) Unset(id, property string) error {
	return c.do("image-update", id, "--remove-property", property)
}

func (c glance) Tag(id, tag string) error { return c.do("image-tag-update", id, tag) }

func (c glance) AddLocation(id, url string) error { return c.do("location-add", id, "--url", url) }

func (c glance) RemoveLocation(id, url string) error {
	return c.do("location-delete", id, "--url", url)
}

func (c glance) Share(id, project string) error { return c.do("member-create", id, project) }

func (c glance) Accept(id, project string) error {
	return c.do("member-update", id, project, "accepted")
}

func (c glance) Members(id string) (all []string, err error) {
	list, err := c.table("member-list", "--image-id", id)
	for _, row := range list {
		all = append(all, row[1]+" "+row[2])
	}
	return all, err
}

func (c glance) Deactivate(id string) error { return c.do("image-deactivate", id) }
func (c glance) Reactivate(id string) error { return c.do("image-reactivate", id) }
func (c glance) Delete(id string) error     { return c.do("image-delete", id) }
