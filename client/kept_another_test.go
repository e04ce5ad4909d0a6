package client

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
)

// TestAKeptLoginOfAnother is not used, whatever made it lie there.
func TestAKeptLoginOfAnother(t *testing.T) {
	demoCloud, other := startCloud(t, demo.Options{}), startCloud(t, demo.Options{})
	admin := demoCloud.openrc()
	for name, c := range map[string]struct {
		from  map[string]string // whose login it is; "" is the same as the starter's
		spoil func(*keptLogin)
		says  []string
	}{
		"another user's": {demoCloud.openrc("OS_USERNAME", demo.MemberUsername, "OS_PROJECT_NAME", demo.MemberProject), nil,
			[]string{demo.MemberUsername, demo.MemberProject, "admin", demo.Project, "set aside"}},
		"another cloud's":            {other.openrc(), nil, []string{"other connection settings", "set aside"}},
		"that of another region":     {demoCloud.openrc("OS_REGION_NAME", demo.Region), nil, []string{"other connection settings"}},
		"one with another user":      {admin, func(l *keptLogin) { l.User = "mallory" }, []string{"mallory"}},
		"one with another project":   {admin, func(l *keptLogin) { l.Project = "elsewhere" }, []string{"elsewhere"}},
		"one that says not for what": {admin, func(l *keptLogin) { l.For = "" }, []string{"set aside"}},
	} {
		t.Run(name, func(t *testing.T) {
			ask := func(kept *memory, env map[string]string) Options {
				o := demoCloud.options(env)
				o.Logins, o.KeepLogin = kept, true
				return o
			}
			mine, theirs := newMemory(), newMemory()
			start(t, ask(mine, admin))
			start(t, ask(theirs, c.from))
			_, l := theirs.only(t)
			if c.spoil != nil {
				c.spoil(&l)
			}
			text, err := json.Marshal(l)
			if err != nil {
				t.Fatal(err)
			}
			at, _ := mine.only(t)
			mine.texts[at] = string(text)
			s, asked := start(t, ask(mine, admin))
			if got := paths(asked); got != "POST /identity/v3/auth/tokens, GET /v2/images" || s.User != "admin" || s.Project != demo.Project {
				t.Errorf("sent %s as %s in %s", got, s.User, s.Project)
			}
			if len(mine.aside) != 1 {
				t.Fatalf("said %q", mine.aside)
			}
			for _, part := range c.says {
				if !strings.Contains(mine.aside[0], part) || strings.Contains(mine.aside[0], l.Token) {
					t.Errorf("said %q", mine.aside[0])
				}
			}
			if _, asked := start(t, ask(mine, admin)); paths(asked) != "GET /v2/images" || len(mine.aside) != 1 {
				t.Errorf("the next start sent %s, said %q", paths(asked), mine.aside)
			}
		})
	}
	for name, env := range map[string]map[string]string{
		"by the project's id": demoCloud.openrc("OS_PROJECT_NAME", "", "OS_PROJECT_ID", projectOf(t, demoCloud)),
	} {
		kept := newMemory()
		o := demoCloud.options(env)
		o.Logins, o.KeepLogin = kept, true
		start(t, o)
		if _, asked := start(t, o); paths(asked) != "GET /v2/images" || len(kept.aside) > 0 {
			t.Errorf("%s: sent %s, said %q", name, paths(asked), kept.aside)
		}
	}
}

// projectOf is the id of the administrator's project.
func projectOf(t *testing.T, c cloud) string {
	t.Helper()
	return c.connect(t, c.openrc()).Session().ProjectID
}

// What was not written yet when the program ends is written then.
func TestCloseWaitsForTheLogin(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	kept := newMemory()
	o := demoCloud.options(demoCloud.openrc())
	o.Logins, o.KeepLogin = kept, true
	c, err := Connect(background(), o)
	if err != nil {
		t.Fatal(err)
	}
	keep := c.tokens.(*keystone).keep
	keep.wait()
	_, l := kept.only(t)
	l.User = "the last one"
	keep.mu.Lock()
	keep.unkept = &l // as put leaves it for the goroutine that it starts
	keep.mu.Unlock()
	c.Close()
	if _, l := kept.only(t); l.User != "the last one" {
		t.Errorf("kept the login of %q", l.User)
	}
}
