package client

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/gophercloud/gophercloud/v2"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
)

// The token expires in the middle of an edit: the edit goes through, with one
// login, also when many requests find out at once.
func TestTokensAreRenewed(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	for name, env := range map[string]map[string]string{
		"password":               demoCloud.openrc(),
		"application credential": {"OS_AUTH_URL": demoCloud.AuthURL, "OS_APPLICATION_CREDENTIAL_ID": demo.ApplicationCredentialID, "OS_APPLICATION_CREDENTIAL_SECRET": demo.ApplicationCredentialSecret},
	} {
		t.Run(name, func(t *testing.T) {
			c := demoCloud.connect(t, env)
			img := queued(t, c)
			old := c.tokens.token()
			demoCloud.server.ExpireTokens()
			before := logins(demoCloud.seen.list())
			after, ex, err := c.Patch(background(), img.ID, patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: name}})
			if err != nil || after.Name.Value != name || ex.Code != 200 {
				t.Fatalf("%v %v", ex.Code, err)
			}
			if c.tokens.token() == old {
				t.Error("the token is still the old one")
			}
			demoCloud.server.ExpireTokens()
			var wg sync.WaitGroup
			for range 8 {
				wg.Go(func() {
					if _, err := c.Get(background(), img.ID); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if n := logins(demoCloud.seen.list()) - before; n != 2 {
				t.Errorf("%d logins, want 2", n)
			}
		})
	}
}

func logins(list []api.Exchange) int {
	n := 0
	for _, ex := range list {
		if ex.Method == "POST" && strings.HasSuffix(ex.Path, "/auth/tokens") {
			n++
		}
	}
	return n
}

func TestAPlainTokenIsNotRenewed(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	token := demoCloud.connect(t, demoCloud.openrc()).tokens.token()
	c := demoCloud.connect(t, map[string]string{"OS_AUTH_URL": demoCloud.AuthURL, "OS_TOKEN": token})
	img := queued(t, c)
	demoCloud.server.ExpireTokens()
	_, _, err := c.Patch(background(), img.ID, rename)
	f := failureOf(t, err, api.FailedAuth, "cannot be renewed")
	if !strings.Contains(f.Advice, "openstack token issue") || f.Exchange.Code != 401 {
		t.Errorf("%+v", f)
	}
}

func TestRenewalThatFails(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	c := demoCloud.connect(t, demoCloud.openrc())
	img := queued(t, c)
	provider := c.tokens.(*keystone).provider()
	login := provider.ReauthFunc

	// Another request's login was given up: this one logs in itself.
	demoCloud.server.ExpireTokens()
	provider.ReauthFunc = func(context.Context) error {
		provider.ReauthFunc = login
		return context.Canceled
	}
	if _, err := c.Get(background(), img.ID); err != nil {
		t.Error(err)
	}

	// The identity service is away, then it refuses.
	demoCloud.server.ExpireTokens()
	provider.ReauthFunc = func(context.Context) error {
		return &url.Error{Op: "Post", URL: demoCloud.AuthURL, Err: syscall.ECONNREFUSED}
	}
	_, err := c.Get(background(), img.ID)
	f := failureOf(t, err, api.FailedNetwork, "Connection to")
	if f.Doing != "read the image" || f.Exchange.Code != 401 {
		t.Errorf("%+v", f)
	}
	provider.ReauthFunc = func(context.Context) error {
		return gophercloud.ErrUnexpectedResponseCode{Actual: 401, Method: "POST", Body: []byte(`{"error":{"message":"The password ` + demo.Password + ` is expired"}}`)}
	}
	_, err = c.Get(background(), img.ID)
	f = failureOf(t, err, api.FailedAuth, "")
	if f.Detail != "The password [hidden by glance-tui] is expired" {
		t.Error(f.Detail)
	}
}
