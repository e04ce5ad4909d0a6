package cli

import (
	"context"
	"time"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/state"
)

// clientOptions are what a client of a cloud needs; name is a cloud of
// clouds.yaml, or "" for what the flags say.
func (o *options) clientOptions(name string) client.Options {
	if name == "" {
		name = o.cloud
	}
	opts := client.Options{
		Cloud: name, Flags: o.settings,
		ReadOnly: o.readOnly, Release: o.modelRelease(), UserAgent: "glance-tui/" + versionNumber(),
	}
	if o.logins != nil {
		opts.Logins, opts.KeepLogin = o.logins, o.keepToken
	}
	return opts
}

// connect gives a client of the cloud, or of an embedded service with --demo.
// The function ends what connect began, and notes what went wrong beside it.
func (o *options) connect(ctx context.Context, s *streams) (*client.Client, func(), error) {
	if o.demo {
		return o.connectDemo(ctx)
	}
	if err := o.settleKeeping(); err != nil {
		return nil, nil, err
	}
	store, err := state.Open(state.Options{})
	if err == nil {
		o.logins = &logins{store: store}
	} else if o.keepToken {
		s.note("Could not save the token: %v", err)
	}
	end := func() {
		if store != nil {
			_ = store.Close() // nothing but the login was written
			o.logins.tell(s)
		}
	}
	c, err := connectAsking(ctx, o.clientOptions(""), s)
	if err != nil {
		end()
		return nil, nil, err
	}
	for _, note := range c.Session().Notes {
		s.note("%s", note)
	}
	return c, func() { c.Close(); end() }, nil
}

// connectDemo starts the embedded service and connects to it as to any cloud,
// over HTTP and with a password.
func (o *options) connectDemo(ctx context.Context) (*client.Client, func(), error) {
	running, err := demo.New(demo.Options{Release: o.modelRelease()}).Start("127.0.0.1:0")
	if err != nil {
		return nil, nil, &api.Failure{
			Doing: "start the built-in service", Kind: api.FailedNetwork, Means: cause(err),
			Advice: "It needs a free port on 127.0.0.1.", Err: err,
		}
	}
	stop := func() { closeDemo(running) }
	opts := o.clientOptions("")
	opts.Demo, opts.Logins = true, nil
	opts.Cloud, opts.Flags = "", demoSettings(running)
	// The user's own clouds and variables must not lead the demo elsewhere.
	opts.Sources = config.Sources{Getenv: func(string) string { return "" }, Dirs: []string{}}
	c, err := client.Connect(ctx, opts)
	if err != nil {
		stop()
		return nil, nil, err
	}
	return c, func() { c.Close(); stop() }, nil
}

// demoSettings log in to the embedded service as its administrator.
func demoSettings(running *demo.Running) map[string]string {
	return map[string]string{
		"auth_type": "password", "auth_url": running.AuthURL,
		"username": demo.Username, "password": demo.Password, "project_name": demo.Project,
		"user_domain_name": demo.Domain, "project_domain_name": demo.Domain,
		"region_name": demo.Region,
	}
}

// closeDemo stops the service; requests in progress get a moment.
func closeDemo(running *demo.Running) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = running.Close(ctx) // what still hangs is a request of ours
}
