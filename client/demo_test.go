package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// cloud is the embedded service on a free port, and how to connect to it.
type cloud struct {
	*demo.Running
	server *demo.Server
	seen   *exchanges
}

func startCloud(t *testing.T, o demo.Options) cloud {
	t.Helper()
	o.Still = true
	s := demo.New(o)
	r, err := s.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = r.Close(ctx)
	})
	return cloud{r, s, new(exchanges)}
}

// openrc are the variables of the administrator, with changes.
func (c cloud) openrc(changes ...string) map[string]string {
	env := map[string]string{
		"OS_AUTH_URL": c.AuthURL, "OS_USERNAME": demo.Username, "OS_PASSWORD": demo.Password,
		"OS_PROJECT_NAME": demo.Project, "OS_USER_DOMAIN_NAME": demo.Domain, "OS_PROJECT_DOMAIN_NAME": demo.Domain,
	}
	for i := 0; i+1 < len(changes); i += 2 {
		env[changes[i]] = changes[i+1]
	}
	return env
}

func (c cloud) options(env map[string]string) Options {
	return Options{
		Sources: config.Sources{Getenv: func(name string) string { return env[name] }, Dirs: []string{}},
		Trace:   c.seen.add, patience: &impatient,
	}
}

func (c cloud) connect(t *testing.T, env map[string]string) *Client {
	t.Helper()
	got, err := Connect(background(), c.options(env))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(got.Close)
	return got
}

// queued is the id of a queued image without locations in the data set.
func queued(t *testing.T, c *Client) model.Image {
	t.Helper()
	p, err := c.Page(background(), "", 100, url.Values{"status": {"queued"}})
	if err != nil || len(p.Images) == 0 {
		t.Fatalf("no queued image: %v", err)
	}
	return p.Images[0]
}

func TestReadingTheDemo(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{Images: 1203})
	c := demoCloud.connect(t, demoCloud.openrc())
	var all []model.Image
	pages := 0
	err := c.Each(background(), 250, nil, func(p api.Page) error {
		pages++
		all = append(all, p.Images...)
		return nil
	})
	if err != nil || len(all) < 1150 || pages < 5 {
		t.Fatalf("%d images on %d pages: %v", len(all), pages, err)
	}
	if !slices.IsSortedFunc(all, func(a, b model.Image) int { return b.CreatedAt.Compare(a.CreatedAt) }) {
		t.Error("not the newest first")
	}
	whole := collect(t, c, 1000, nil)
	if len(whole) != len(all) {
		t.Errorf("%d by pages of 1000, %d by pages of 250", len(whole), len(all))
	}
	img, raw, err := c.GetRaw(background(), all[3].ID)
	if err != nil || img.ID != all[3].ID || !json.Valid(raw) {
		t.Errorf("%v", err)
	}
	if hidden := collect(t, c, 100, url.Values{"os_hidden": {"true"}}); len(hidden) == 0 || slices.Contains(whole, hidden[0]) {
		t.Errorf("hidden images: %v", hidden)
	}
	schema, err := c.Schema(background())
	if err != nil || schema.Attributes["disk_format"].Enum == nil {
		t.Errorf("%+v %v", schema, err)
	}
	if v, err := c.Versions(background()); err != nil || v != "v2.16" || c.Session().APIVersion != v || c.Session().Release != api.ReleaseCurrent {
		t.Errorf("%q %v", v, err)
	}
	_, err = c.Get(background(), "00000000-0000-4000-8000-ffffffffffff")
	if f := failureOf(t, err, api.FailedNotFound, ""); f.Detail == "" || f.Exchange.RequestID == "" {
		t.Errorf("%+v", f)
	}
}

func TestChangesAndMembersOfTheDemo(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	c := demoCloud.connect(t, demoCloud.openrc())
	img := queued(t, c)
	begin := time.Now().Add(-time.Second)
	if _, _, err := c.Patch(background(), img.ID, rename); err != nil {
		t.Fatal(err)
	}
	changed, err := c.ChangedSince(background(), begin, 10, nil)
	if err != nil || len(changed.Images) == 0 || changed.Images[len(changed.Images)-1].ID != img.ID {
		t.Errorf("%d changed: %v", len(changed.Images), err)
	}
	shared, err := c.Page(background(), "", 10, url.Values{"visibility": {"shared"}})
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, img := range shared.Images {
		members, err := c.Members(background(), img.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range members {
			found = true
			if m.ProjectID == "" || m.Status == "" || m.CreatedAt.IsZero() {
				t.Errorf("%+v", m)
			}
		}
	}
	if !found {
		t.Error("no shared image has a member")
	}
	private, err := c.Page(background(), "", 1, url.Values{"visibility": {"private"}})
	if err != nil || len(private.Images) == 0 {
		t.Fatal(err)
	}
	_, err = c.Members(background(), private.Images[0].ID)
	failed(t, err, api.FailedForbidden, "")
}

func TestProjectNames(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	admin := demoCloud.connect(t, demoCloud.openrc())
	all, err := admin.Projects(background())
	if err != nil || len(all) < 2 || admin.Session().ProjectNames[admin.Session().ProjectID] != demo.Project {
		t.Errorf("%v %v", all, err)
	}
	member := demoCloud.connect(t, demoCloud.openrc("OS_USERNAME", demo.MemberUsername, "OS_PROJECT_NAME", demo.MemberProject))
	own, err := member.Projects(background())
	if err != nil || len(own) == 0 || len(own) >= len(all) || own[member.Session().ProjectID] != demo.MemberProject {
		t.Errorf("%v %v", own, err)
	}
	demoCloud.server.ExpireTokens()
	if again, err := member.Projects(background()); err != nil || len(again) != len(own) {
		t.Errorf("%v %v", again, err)
	}
	plain := demoCloud.connect(t, map[string]string{"OS_ENDPOINT": demoCloud.URL})
	if none, err := plain.Projects(background()); err != nil || none != nil {
		t.Errorf("%v %v", none, err)
	}
}

// A password that is an ordinary word does not spoil the images' texts.
func TestPasswordsAreNotTakenOutOfImages(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	c := demoCloud.connect(t, demoCloud.openrc())
	img := queued(t, c)
	name := "made by " + demo.Password
	_, ex, err := c.Patch(background(), img.ID, patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: name}})
	if err != nil || !strings.Contains(string(ex.Response), name) {
		t.Errorf("%s %v", ex.Response, err)
	}
	if _, raw, err := c.GetRaw(background(), img.ID); err != nil || !strings.Contains(string(raw), name) {
		t.Errorf("%s %v", raw, err)
	}
}

// Two edits of one image never run at once: each would undo the other.
func TestEditsOfOneImageTakeTurns(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{Latency: 30 * time.Millisecond})
	c := demoCloud.connect(t, demoCloud.openrc())
	img := queued(t, c)
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			p := patch.Patch{{Op: patch.OpAdd, Path: fmt.Sprintf("/p%d", i), Value: "x"}}
			if _, _, err := c.Patch(background(), img.ID, p); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	var edits []api.Exchange
	for _, ex := range demoCloud.seen.list() {
		if ex.Method == "PATCH" {
			edits = append(edits, ex)
		}
	}
	slices.SortFunc(edits, func(a, b api.Exchange) int { return a.Sent.Compare(b.Sent) })
	for i := 1; i < len(edits); i++ {
		if edits[i].Sent.Before(edits[i-1].Sent.Add(edits[i-1].Duration)) {
			t.Error("two edits overlap")
		}
	}
	now, err := c.Get(background(), img.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		if _, there := now.Properties[fmt.Sprintf("p%d", i)]; !there {
			t.Errorf("p%d is missing", i)
		}
	}
	ctx, cancel := context.WithCancel(background())
	done, err := c.writes.take(background(), img.ID)
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(20*time.Millisecond, cancel)
	_, _, err = c.Patch(ctx, img.ID, rename)
	failed(t, err, api.FailedCancelled, "nothing was changed")
	done()
	if len(c.writes.taken) != 0 {
		t.Error("a turn was not given back")
	}
}

func TestA2015ServerIsTaken(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{Release: api.Release2015})
	o := demoCloud.options(map[string]string{"OS_ENDPOINT": demoCloud.URL})
	o.Release = api.Release2015
	c, err := Connect(background(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if v, err := c.Versions(background()); err != nil || v != "v2.3" || c.Session().Release != api.Release2015 {
		t.Errorf("%q %v %+v", v, err, c.Session())
	}
	for v, want := range map[string]api.Release{"v2.2": api.Release2015, "v2.0": api.Release2015, "v2.3": api.ReleaseCurrent, "v2.16": api.ReleaseCurrent} {
		if got := releaseOf(v); got != want {
			t.Errorf("%s: %v", v, got)
		}
	}
}

// The deployment's schema, read from it, foretells what it takes and refuses.
func TestADeploymentsSchemaForetells(t *testing.T) {
	cloud := startCloud(t, demo.Options{Schema: []byte(`{"name": "image", "properties": {
		"name": {"type": ["null", "string"], "maxLength": 20},
		"disk_format": {"type": ["null", "string"], "enum": [null, "gpt"]},
		"tier": {"type": "string", "enum": ["gold", "silver"], "is_base": false}
	}, "additionalProperties": false}`)})
	c := cloud.connect(t, cloud.openrc())
	schema, err := c.Schema(background())
	if err != nil {
		t.Fatal(err)
	}
	r := rules.Rules{Schema: schema}
	before := queued(t, c)
	for name, edit := range map[string]func(*model.Image){
		"a declared property":   func(i *model.Image) { i.Properties["tier"] = model.Some("gold") },
		"another value of it":   func(i *model.Image) { i.Properties["tier"] = model.Some("lead") },
		"an undeclared one":     func(i *model.Image) { i.Properties["os_shape"] = model.Some("round") },
		"its own format":        func(i *model.Image) { i.DiskFormat = model.Some("gpt") },
		"a usual format":        func(i *model.Image) { i.DiskFormat = model.Some("vdi") },
		"a name that is longer": func(i *model.Image) { i.Name = model.Some("21 characters, no less") },
	} {
		after := before.Clone()
		edit(&after)
		_, refused := r.Diff(before, after)
		// The patch itself is made by rules that know no schema.
		p, err := rules.Rules{Schema: &rules.Schema{AdditionalProperties: true}}.Diff(before, after)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_, ex, err := c.Patch(background(), before.ID, p)
		if (err == nil) != (refused == nil) || err != nil && ex.Code != 400 {
			t.Errorf("%s: foretold %v, but %v", name, refused, err)
		}
		if before, err = c.Get(background(), before.ID); err != nil {
			t.Fatal(err)
		}
	}
}
