package clients_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
)

// sdk is openstacksdk in a Python of its own: sdk.py does what a line asks.
type sdk struct {
	in  io.Writer
	out *bufio.Reader
}

type with map[string]any

func newSDK(t *testing.T, a account) client {
	t.Helper()
	c := startSDK(t)
	c.must(t, "connect", with{"region_name": demo.Region, "auth": with{
		"auth_url": a.auth, "username": a.user, "password": demo.Password, "project_name": a.project,
		"user_domain_name": demo.Domain, "project_domain_name": demo.Domain,
	}})
	return c
}

func startSDK(t *testing.T) sdk {
	t.Helper()
	python := find(t, "GLANCE_TUI_PYTHON", "/usr/bin/python3")
	if out, err := exec.CommandContext(t.Context(), python, "-c", "import openstack").CombinedOutput(); err != nil {
		missing(t, "%s has no openstacksdk: %v\n%s", python, err, out)
	}
	run := exec.CommandContext(t.Context(), python, "sdk.py")
	run.Env = []string{"PATH=/usr/bin:/bin", "HOME=" + t.TempDir(), "LC_ALL=C.UTF-8"}
	var complaint strings.Builder
	run.Stderr = &complaint
	in, err := run.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close() // it ends by itself then, unless the test's end was faster
		_ = run.Wait()
		if t.Failed() && complaint.Len() > 0 {
			t.Log(complaint.String())
		}
	})
	return sdk{in, bufio.NewReader(out)}
}

// ask has one line done and decodes what it gives.
func (c sdk) ask(into any, do string, args with) error {
	line, err := json.Marshal(with{"do": do, "with": args})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(c.in, "%s\n", line); err != nil {
		return err
	}
	reply, err := c.out.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("%s: Python ended: %w", do, err)
	}
	var answer struct {
		Gives   json.RawMessage
		Refused string
	}
	if err := json.Unmarshal(reply, &answer); err != nil {
		return fmt.Errorf("%s: %w: %s", do, err, reply)
	}
	if answer.Refused != "" {
		return errors.New(answer.Refused)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer.Gives, into)
}

func (c sdk) must(t *testing.T, do string, args with) {
	t.Helper()
	if err := c.ask(nil, do, args); err != nil {
		t.Fatal(err)
	}
}

func (c sdk) List(status string) (names []string, err error) {
	return names, c.ask(&names, "list", with{"status": status})
}

func (c sdk) Show(id string) (s shown, err error) {
	return s, c.ask(&s, "show", with{"id": id})
}

func (c sdk) Create(name, data, color string) (id string, err error) {
	return id, c.ask(&id, "create", with{"name": name, "data": data, "color": color})
}

func (c sdk) Download(id string) (got string, err error) {
	return got, c.ask(&got, "download", with{"id": id})
}

func (c sdk) Set(id, name string, minDisk int, visibility, color string) error {
	return c.ask(nil, "set", with{"id": id, "name": name, "min_disk": minDisk, "visibility": visibility, "color": color})
}

func (c sdk) Unset(id, property string) error {
	return c.ask(nil, "unset", with{"id": id, "property": property})
}

func (c sdk) Tag(id, tag string) error { return c.ask(nil, "tag", with{"id": id, "tag": tag}) }

func (c sdk) AddLocation(id, url string) error {
	return c.ask(nil, "add_location", with{"id": id, "url": url})
}

func (c sdk) RemoveLocation(id, url string) error {
	return c.ask(nil, "remove_location", with{"id": id, "url": url})
}

func (c sdk) Share(id, project string) error {
	return c.ask(nil, "share", with{"id": id, "project": project})
}

func (c sdk) Accept(id, project string) error {
	return c.ask(nil, "accept", with{"id": id, "project": project})
}

func (c sdk) Members(id string) (all []string, err error) {
	return all, c.ask(&all, "members", with{"id": id})
}

func (c sdk) Deactivate(id string) error { return c.ask(nil, "deactivate", with{"id": id}) }
func (c sdk) Reactivate(id string) error { return c.ask(nil, "reactivate", with{"id": id}) }
func (c sdk) Delete(id string) error     { return c.ask(nil, "delete", with{"id": id}) }
