package together

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	realglance "github.com/glance-tui/glance-tui/test/real"
	"github.com/glance-tui/glance-tui/ui/screen"
)

func TestDeactivatedMeanwhileOnTheEmbeddedService(t *testing.T) {
	t.Parallel()
	running := demotest.Start(t, demo.Options{Empty: true, RequireToken: true})
	user := func(name, project string) realglance.User {
		return realglance.User{Name: name, Password: demo.Password, Domain: demo.Domain, Project: project, ProjectDomain: demo.Domain}
	}
	deactivatedMeanwhile(t, &realglance.Server{
		KeystoneURL: running.AuthURL, Glance: map[string]string{"main": running.URL}, FileServerURL: "http://mirror.example",
		Regions: map[string]string{"main": demo.Region},
		Users:   map[string]realglance.User{"admin": user(demo.Username, demo.Project), "demo": user(demo.MemberUsername, demo.MemberProject)},
	})
}

func TestDeactivatedMeanwhileOnARealGlance(t *testing.T) {
	deactivatedMeanwhile(t, realglance.Find(t))
}

// connectAs logs a user in by the variables of the openstack client.
func connectAs(t *testing.T, s *realglance.Server, user string) *client.Client {
	t.Helper()
	u := s.Users[user]
	env := map[string]string{
		"OS_AUTH_URL": s.KeystoneURL, "OS_USERNAME": u.Name, "OS_PASSWORD": u.Password, "OS_PROJECT_NAME": u.Project,
		"OS_USER_DOMAIN_NAME": u.Domain, "OS_PROJECT_DOMAIN_NAME": u.ProjectDomain, "OS_REGION_NAME": s.Regions["main"],
	}
	c, err := client.Connect(context.Background(), client.Options{Sources: config.Sources{
		Getenv: func(name string) string { return env[name] }, Dirs: []string{},
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// deactivatedMeanwhile is the story of a member whose image an administrator
// deactivates again and again: its locations are hidden from the member then,
// and no one may call that a change or a loss.
func deactivatedMeanwhile(t *testing.T, s *realglance.Server) {
	admin := s.Login(t, "admin")
	id := s.Login(t, "demo").Create(map[string]any{
		"name": fmt.Sprintf("withheld %d", os.Getpid()), "disk_format": "raw", "container_format": "bare",
	})
	c := connectAs(t, s, "demo")
	file := func(n int) model.Location {
		return model.Location{URL: fmt.Sprintf("%s/f%d.raw", s.FileServerURL, n), Metadata: map[string]any{}}
	}
	image, _, err := c.Patch(context.Background(), id, patch.Patch{{Op: patch.OpAdd, Path: "/locations/-", Value: file(17)}})
	if err != nil {
		t.Fatal(err)
	}
	p := launch(t, "the member's program", connectAs(t, s, "demo"))
	p.until("the list", func() bool { return p.shows("newest first") })
	noAlarm := func(when string) {
		t.Helper()
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, alarm := range []string{"overwritten", "not by this edit", "overwrote", "any data", "kept as a draft", "→ –"} {
			if strings.Contains(p.view, alarm) {
				t.Errorf("%s: %q is on the screen: %s", when, alarm, p.view)
			}
		}
		if len(p.overwritten) > 0 {
			t.Errorf("%s: a loss is reported: %+v", when, p.overwritten)
		}
	}
	edit := func(change func(*model.Image)) {
		t.Helper()
		base, err := c.Get(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		wanted := base.Clone()
		change(&wanted)
		p.post(screen.Review{Base: base, Wanted: wanted})
		p.until("the review", func() bool { return p.shows("enter: send") })
	}
	enter := func(what, shows string) {
		t.Helper()
		p.press("enter")
		p.until(what, func() bool { return p.shows(shows) })
	}
	looks := func() {
		t.Helper()
		p.until("the looks after it", func() bool { return p.seen >= p.seenAtSend+3 })
	}

	// An edit of a location waits until the image is active again.
	edit(func(i *model.Image) { i.Name, i.Locations = model.Some("renamed"), append(i.Locations, file(5)) })
	admin.Act(id, "deactivate")
	enter("the reason", "hidden from you while the image is deactivated")
	noAlarm("reviewed")
	admin.Act(id, "reactivate")
	enter("the review of the same edit", "rebased on these changes")
	enter("the answer", "200 OK")
	looks()
	noAlarm("sent")

	// The image is deactivated after the edit, and edited so.
	admin.Act(id, "deactivate")
	p.press("ctrl+r")
	p.until("the status", func() bool { return p.shows("◍ deactivated") })
	noAlarm("deactivated after the edit")
	p.leave()
	edit(func(i *model.Image) { i.Name = model.Some("renamed again") })
	enter("the answer", "200 OK")
	looks()
	noAlarm("edited while deactivated")
	p.leave()
	admin.Act(id, "reactivate")
	p.until("the status in the list", func() bool { return p.shows("● active renamed again") })
	noAlarm("active again")

	last, err := c.Get(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	if len(last.Locations) != len(image.Locations)+1 || last.Name.Value != "renamed again" {
		t.Errorf("in the end the image is %q with %d locations", last.Name.Value, len(last.Locations))
	}
}
