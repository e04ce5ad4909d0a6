package clients_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
)

// Other ways to log in than with a name and a password, and none at all.
func TestLogins(t *testing.T) {
	for _, row := range []struct {
		name    string
		from    func(t *testing.T, c cloud) client
		refused string
	}{
		{name: "openstack with an application credential", from: func(t *testing.T, c cloud) client {
			return openStackWith(t, "OS_AUTH_TYPE=v3applicationcredential", "OS_AUTH_URL="+c.auth,
				"OS_APPLICATION_CREDENTIAL_ID="+demo.ApplicationCredentialID,
				"OS_APPLICATION_CREDENTIAL_SECRET="+demo.ApplicationCredentialSecret)
		}},
		{name: "openstack with a wrong password", refused: "401", from: func(t *testing.T, c cloud) client {
			return openStackWith(t, append(c.admin().environment(), "OS_PASSWORD=wrong")...)
		}},
		{name: "openstack without Keystone", from: func(t *testing.T, c cloud) client {
			return openStackWith(t, "OS_AUTH_TYPE=none", "OS_ENDPOINT="+c.url)
		}},
		// The glance command breaks on OS_AUTH_TYPE=none before it asks any server.
		// Without Keystone it wants a URL and some token; the service takes the
		// word that other clients send when there is none.
		{name: "glance without Keystone", from: func(t *testing.T, c cloud) client {
			return glance{command{t, find(t, "GLANCE_TUI_GLANCE", "glance"), []string{"OS_IMAGE_URL=" + c.url, "OS_AUTH_TOKEN=notused"}}}
		}},
		{name: "openstacksdk without Keystone", from: func(t *testing.T, c cloud) client {
			s := startSDK(t)
			s.must(t, "connect", with{"auth_type": "none", "endpoint": c.url})
			return s
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			c := open(t)
			who := row.from(t, c)
			got, err := who.Show(demo.FedoraID)
			if row.refused != "" {
				if err == nil || !strings.Contains(err.Error(), row.refused) {
					t.Errorf("%+v, %v; want a refusal with %s", got, err, row.refused)
				}
				return
			}
			if err == nil {
				err = who.Tag(demo.FedoraID, "lts")
			}
			tags := c.state(t, demo.FedoraID).Tags
			if err != nil || got.Name != "Fedora 17" || !slices.Contains(tags, "lts") {
				t.Errorf("%+v, tags %q, %v", got, tags, err)
			}
		})
	}
}

func openStackWith(t *testing.T, env ...string) client {
	t.Helper()
	return openStack{command{t, find(t, "GLANCE_TUI_OPENSTACK", "openstack"), env}}
}
