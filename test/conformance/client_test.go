package conformance

import (
	"testing"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/client/config"
)

// connect logs someone in as the program does.
func (e *endpoint) connect(t testing.TB, who Who) *client.Client {
	t.Helper()
	user := e.auth.users[who]
	variables := map[string]string{
		"OS_AUTH_URL": e.auth.url, "OS_REGION_NAME": e.region,
		"OS_USERNAME": user.name, "OS_PASSWORD": user.password, "OS_PROJECT_NAME": user.project,
		"OS_USER_DOMAIN_NAME": "Default", "OS_PROJECT_DOMAIN_NAME": "Default",
	}
	c, err := client.Connect(t.Context(), client.Options{Sources: config.Sources{
		Getenv: func(name string) string { return variables[name] },
		Dirs:   []string{},
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}
