package client

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model/api"
)

// Connect finds the cloud, logs in and finds the Image service. The error is a
// *api.Failure, or *ErrNothingConfigured when there is nothing to connect to
// or several clouds to choose from. ctx bounds the login.
func Connect(ctx context.Context, o Options) (*Client, error) {
	cloud, err := config.Load(o.sources())
	var c *Client
	var needed *api.SecretNeeded // but not where a login was kept
	if err == nil || errors.As(err, &needed) {
		c, err = connect(ctx, cloud, o, needed)
	}
	if err != nil {
		return nil, noted(err, cloud.Notes())
	}
	c.session.Cloud = cloud.Name
	c.session.Insecure = cloud.Insecure
	c.session.Notes = cloud.Notes()
	return c, nil
}

// noted adds to a failure what the user should know of the configuration: a
// variable without effect may be why.
func noted(err error, notes []string) error {
	var f *api.Failure
	if len(notes) > 0 && errors.As(err, &f) {
		said := strings.Join(notes, " ")
		if f.Advice != "" {
			said = strings.TrimRight(f.Advice, ".") + ". " + said
		}
		f.Advice = said
	}
	return err
}

// connect makes the client of a cloud whose settings are known.
func connect(ctx context.Context, cloud config.Cloud, o Options, needed *api.SecretNeeded) (*Client, error) {
	if f := unfit(cloud.Token(), logIn); f != nil {
		return nil, f
	}
	conf, err := cloud.TLS()
	if err != nil {
		return nil, err
	}
	switch cloud.AuthType {
	case config.None, config.TokenEndpoint:
		o.Endpoint, o.Token, o.TLS = cloud.Endpoint, cloud.Token(), conf
		c := New(o)
		c.session.Region = cloud.Region
		c.advice = "Check the endpoint of " + cloud.Title() + "."
		return c, nil
	}
	return signIn(ctx, cloud, o, newLanes(conf, o.Dial), needed)
}

// signIn makes the client of a cloud with Keystone: by the login that was kept
// from an earlier start, or by a new one, for which a secret may be needed.
func signIn(ctx context.Context, cloud config.Cloud, o Options, transport http.RoundTripper, needed *api.SecretNeeded) (*Client, error) {
	keep := o.keeping(cloud)
	if l, ok := keep.take(time.Now()); ok {
		k, err := resume(cloud, o, transport, l.Token)
		if err != nil {
			return nil, err
		}
		k.keep, k.needed = keep, needed
		return asSignedIn(o, k, l, "The address was saved with the token; start without --keep-token to read the catalog again."), nil
	}
	if needed != nil {
		return nil, needed
	}
	k, err := login(ctx, cloud, o, transport)
	if err != nil {
		return nil, err
	}
	k.keep = keep
	l, err := k.signedIn()
	if err != nil {
		return nil, err
	}
	keep.put(l)
	advice := "The address comes from image_endpoint_override of " + cloud.Title() + "."
	if cloud.Endpoint == "" {
		advice = "The address is the catalog's " + cloud.Interface + " endpoint; choose another with " + cloud.InterfaceFlag() + ", or replace it with --os-image-endpoint-override."
	}
	return asSignedIn(o, k, l, advice), nil
}

// signedIn is what the last login gave, and where the Image service is.
func (k *keystone) signedIn() (keptLogin, error) {
	who := readIdentity(k.provider().GetAuthResult())
	who.user, who.project = k.secrets.hide(who.user), k.secrets.hide(who.project)
	url, region := k.cloud.Endpoint, k.cloud.Region
	if url == "" {
		var err error
		if url, region, err = imageEndpoint(k.cloud, who); err != nil {
			return keptLogin{}, err
		}
	}
	if parseEndpoint(url).base == nil {
		return keptLogin{}, &api.Failure{Doing: "find the Image service", Kind: api.FailedConfigured,
			Means: "The catalog's endpoint of the Image service is not a URL: " + clip(plainText(url), 200) + ".", Advice: "Set the Image service URL with --os-image-endpoint-override."}
	}
	return keptLogin{
		Token: k.token(), Expires: who.expires, Endpoint: url, Region: region,
		User: who.user, Project: who.project, ProjectID: who.projectID, Admin: who.admin, RolesKnown: who.rolesKnown,
	}, nil
}

// asSignedIn makes the client for a login, new or kept.
func asSignedIn(o Options, k *keystone, l keptLogin, advice string) *Client {
	c := newClient(o, k.transport, parseEndpoint(l.Endpoint), k)
	c.advice = advice
	s := &c.session
	s.User, s.Project, s.ProjectID, s.Region = l.User, l.Project, l.ProjectID, l.Region
	s.IsAdmin, s.RolesKnown = l.Admin, l.RolesKnown
	if l.ProjectID != "" {
		s.ProjectNames = map[string]string{l.ProjectID: l.Project}
	}
	k.renewed = func() {
		if l, err := k.signedIn(); err == nil {
			k.keep.put(l)
			c.mu.Lock()
			defer c.mu.Unlock()
			c.session.IsAdmin, c.session.RolesKnown = l.Admin, l.RolesKnown
		}
	}
	return c
}
