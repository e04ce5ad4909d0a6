package config

import (
	"errors"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
)

// Whatever stands in clouds.yaml and secure.yaml, loading ends without a
// panic, with an error of the known kinds that is worth reading, and with
// settings that gophercloud takes without a panic.
func FuzzClouds(f *testing.F) {
	f.Add(twoClouds, "clouds: {prod-eu: {auth: {password: p}}}")
	f.Add("clouds: {a: {profile: v, auth: {username: u}, regions: [r, {name: s, values: {verify: no}}]}}", "clouds: {a: {auth: {password: p}}}")
	f.Add("clouds: &c\n  a: *c\n", "- x")
	f.Add("clouds:\n  a:\n    <<: [{auth_type: none}, {image_endpoint_override: 'http://h'}]\n", "\ufeff")
	f.Add("clouds: {a: {auth: {auth_url: 'http://h', token: t, domain_id: d}}}", "a: 'b")
	none := Sources{Getenv: func(string) string { return "" }, Dirs: []string{}}
	f.Fuzz(func(t *testing.T, text, secret string) {
		top, err := parse("clouds.yaml", []byte(text))
		if err != nil || !top.isMapping() {
			readable(t, err)
			return
		}
		clouds := &file{path: "clouds.yaml", top: top}
		entries, err := clouds.clouds()
		if err != nil {
			readable(t, err)
			return
		}
		for _, name := range entries.keys {
			l, err := none.named(clouds, name)
			if err != nil {
				readable(t, err)
				continue
			}
			if top, err := parse("secure.yaml", []byte(secret)); err == nil {
				if top, err := fromTree("secure.yaml", top.get("clouds").get(name)); err == nil {
					l.over(top)
				}
			}
			c, err := none.settle(Cloud{Name: name}, l)
			readable(t, err)
			if err == nil && c.AuthType != None && c.AuthType != TokenEndpoint && c.get("cacert")+c.get("cert")+c.get("key") == "" {
				ao, err := c.Options()
				readable(t, err)
				if _, err := ao.ToTokenV3CreateMap(nil); err != nil {
					t.Errorf("gophercloud does not take it: %v", err)
				}
			}
		}
	})
}

// readable expects nil, or a failure in one sentence with advice.
func readable(t *testing.T, err error) {
	t.Helper()
	var f *api.Failure
	switch {
	case err == nil:
	case !errors.As(err, &f):
		t.Errorf("unexpected error %v", err)
	case !strings.HasSuffix(f.Means, ".") || f.Advice == "":
		t.Errorf("poor failure: %q %q", f.Means, f.Advice)
	}
}
