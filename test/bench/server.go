package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/rules"
)

// server is an Image service with its Identity service, and what talks to it.
type server struct {
	title    string
	image    string // URLs
	identity string
	user     string
	password string
	project  string
	region   string
	program  string            // glance-tui
	clients  map[string]string // curl, openstack, glance: paths of those that are there
	home     string            // a directory for what they keep
}

// environment is what every client is given: nothing of whoever measures. An
// Image service elsewhere than in the catalog is a relay before this one.
func (s *server) environment(image string) []string {
	env := []string{
		"HOME=" + s.home, "PATH=/usr/bin:/bin:" + os.Getenv("PATH"), "LANG=C.UTF-8", "NO_PROXY=127.0.0.1",
		"XDG_CONFIG_HOME=" + filepath.Join(s.home, "config"), "XDG_STATE_HOME=" + filepath.Join(s.home, "state"),
		"XDG_CACHE_HOME=" + filepath.Join(s.home, "cache"),
	}
	for name, value := range s.settings() {
		env = append(env, "OS_"+name+"="+value)
	}
	if image != s.image { // as ours, openstack and glance want to be told
		env = append(env, "OS_IMAGE_ENDPOINT_OVERRIDE="+image, "OS_CLIENT_CONFIG_FILE="+s.cloudsFile(image), "OS_IMAGE_URL="+image)
	}
	return env
}

// cloudsFile writes a clouds.yaml whose only cloud, relayed, has its Image
// service there.
func (s *server) cloudsFile(image string) string {
	auth, rest := "", ""
	for name, value := range s.settings() {
		line := fmt.Sprintf("%s: %q\n", strings.ToLower(name), value)
		switch name {
		case "AUTH_TYPE", "IDENTITY_API_VERSION", "REGION_NAME":
			rest += "    " + line
		default:
			auth += "      " + line
		}
	}
	path := filepath.Join(s.home, "clouds.yaml")
	text := "clouds:\n  relayed:\n    image_endpoint_override: " + image + "\n" + rest + "    auth:\n" + auth
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		panic(err) // a directory of our own
	}
	return path
}

func (s *server) settings() map[string]string {
	return map[string]string{
		"AUTH_TYPE": "password", "AUTH_URL": s.identity, "IDENTITY_API_VERSION": "3", "REGION_NAME": s.region,
		"USERNAME": s.user, "PASSWORD": s.password, "PROJECT_NAME": s.project,
		"USER_DOMAIN_NAME": "Default", "PROJECT_DOMAIN_NAME": "Default",
	}
}

// connect logs in as the program does.
func (s *server) connect(ctx context.Context) (*client.Client, error) {
	settings := s.settings()
	return client.Connect(ctx, client.Options{
		UserAgent: "glance-tui/bench",
		Sources: config.Sources{Dirs: []string{}, Getenv: func(name string) string {
			if len(name) > 3 && name[:3] == "OS_" {
				return settings[name[3:]]
			}
			return ""
		}},
	})
}

// listing is what is known of a server's images before anything is measured.
type listing struct {
	pages []string // paths with their queries
	names []string // of the first page
	ids   []string
	count int
}

// survey reads the whole list page by page.
func (s *server) survey(ctx context.Context, limit int) (listing, error) {
	var l listing
	c, err := s.connect(ctx)
	if err != nil {
		return l, err
	}
	defer c.Close()
	for marker, more := "", true; more; more = marker != "" {
		q := url.Values{"limit": {strconv.Itoa(limit)}, "sort_key": {"created_at"}, "sort_dir": {"desc"}}
		if marker != "" {
			q.Set("marker", marker)
		}
		l.pages = append(l.pages, "/v2/images?"+q.Encode())
		p, err := c.Page(ctx, marker, limit, nil)
		if err != nil {
			return l, err
		}
		if marker == "" {
			for _, i := range p.Images {
				l.names, l.ids = append(l.names, i.Name.Value), append(l.ids, i.ID)
			}
		}
		l.count += len(p.Images)
		marker = p.Marker
	}
	return l, nil
}

// rename does what the terminal UI does to change a name: it reads the image,
// sends the patch, and reads the image again.
func rename(ctx context.Context, id, name string) error {
	c, err := client.Connect(ctx, client.Options{UserAgent: "glance-tui/bench"})
	if err != nil {
		return err
	}
	defer c.Close()
	before, err := c.Get(ctx, id)
	if err != nil {
		return err
	}
	after := before.Clone()
	after.Name = model.Some(name)
	patch, err := rules.Diff(before, after)
	if err != nil {
		return err
	}
	if _, _, err := c.Patch(ctx, id, patch); err != nil {
		return err
	}
	got, err := c.Get(ctx, id)
	if err == nil && !merge.Compare(before, after, got).All() {
		err = fmt.Errorf("the name is %q", got.Name.Value)
	}
	return err
}
