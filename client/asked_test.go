package client

import (
	"errors"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model/api"
)

// TestASecretThatWasAskedFor logs in and is not asked for where the login was
// kept; once that is worth nothing, it is forgotten, and the secret needed again.
func TestASecretThatWasAskedFor(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	kept := newMemory()
	o := demoCloud.options(demoCloud.openrc("OS_PASSWORD", ""))
	o.Logins, o.KeepLogin = kept, true
	var needed *api.SecretNeeded
	if _, err := Connect(background(), o); !errors.As(err, &needed) || needed.Key != "password" {
		t.Fatalf("got %v", err)
	}
	asked := o
	asked.Answers = map[string]string{"password": "wrong"}
	_, err := Connect(background(), asked)
	var refused *api.Failure
	if !errors.As(err, &refused) || refused.Kind != api.FailedAuth || errors.As(err, &needed) || strings.Contains(err.Error(), "wrong") {
		t.Fatalf("with a wrong one: %v", err)
	}
	asked.Answers["password"] = demo.Password
	if _, sent := start(t, asked); logins(sent) != 1 {
		t.Errorf("%d logins", logins(sent))
	}
	if _, sent := start(t, o); paths(sent) != "GET /v2/images" {
		t.Errorf("the second start sent %s", paths(sent))
	}
	kept.change(func(l *keptLogin) { l.Token = "stale" })
	c, err := Connect(background(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Page(background(), "", 5, nil); !errors.As(err, &refused) || !strings.Contains(refused.Means, "a new one needs the password") {
		t.Errorf("with a stale token: %v", err)
	}
	if _, err := Connect(background(), o); !errors.As(err, &needed) {
		t.Errorf("after that: %v", err)
	}
}

// A login by a one-time code ends with its token, and that is said.
func TestALoginByAOneTimeCodeIsNotRenewed(t *testing.T) {
	authURL := identityServer(t, loggedIn)
	o := passwordOptions(authURL, "os-auth-type", "v3totp", "os-password", "")
	var needed *api.SecretNeeded
	if _, err := Connect(background(), o); !errors.As(err, &needed) || needed.Key != "passcode" {
		t.Fatalf("got %v", err)
	}
	o.Answers = map[string]string{"passcode": "654321"}
	c, err := Connect(background(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	err = c.tokens.renew(background(), c.tokens.token())
	if f := failureOf(t, err, api.FailedAuth, "one-time code cannot be used again"); !strings.Contains(f.Advice, "a new code") {
		t.Errorf("advice %q", f.Advice)
	}
}
