package client

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack"
	gcconfig "github.com/gophercloud/gophercloud/v2/openstack/config"
	tokens2 "github.com/gophercloud/gophercloud/v2/openstack/identity/v2/tokens"
	tokens3 "github.com/gophercloud/gophercloud/v2/openstack/identity/v3/tokens"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model/api"
)

// keystone is a login at an identity service. It holds gophercloud's provider
// in a closure: fmt never looks into one.
type keystone struct {
	provider  func() *gophercloud.ProviderClient
	cloud     config.Cloud
	origin    *url.URL // auth_url
	transport http.RoundTripper
	keep      *keeping
	secrets   *secrets
	needed    *api.SecretNeeded // what a new login would take, and nobody gave
	renewed   func()            // is told of each new token
}

// desk is where a login is made: how gophercloud is to ask, and whom.
func desk(cloud config.Cloud, o Options, transport http.RoundTripper, hidden *secrets) (ao gophercloud.AuthOptions, origin *url.URL, hc http.Client, err error) {
	if ao, err = cloud.Options(); err != nil {
		return ao, nil, hc, err
	}
	if origin, err = url.Parse(ao.IdentityEndpoint); err != nil {
		return ao, nil, hc, err // not with a checked configuration
	}
	hc = http.Client{
		Transport:     &identityTransport{next: transport, origin: origin, agent: userAgent(o), trace: o.Trace, secrets: hidden},
		CheckRedirect: followRedirect,
		Timeout:       o.waits().read,
	}
	return ao, origin, hc, nil
}

// resume goes on with a token of an earlier login, and sends nothing. When the
// token is refused, it logs in.
func resume(cloud config.Cloud, o Options, transport http.RoundTripper, token string) (*keystone, error) {
	hidden := newSecrets(cloud.Secrets()...)
	ao, origin, hc, err := desk(cloud, o, transport, hidden)
	if err != nil {
		return nil, err
	}
	provider, err := openstack.NewClient(ao.IdentityEndpoint)
	if err != nil {
		return nil, loginFailure(cloud, api.FailedConfigured, "auth_url is not a valid identity service URL.", "Check auth_url.", "", nil)
	}
	provider.HTTPClient = hc
	provider.SetToken(token)
	hidden.add(token)
	provider.ReauthFunc = func(ctx context.Context) error {
		fresh, err := gcconfig.NewProviderClient(ctx, ao, gcconfig.WithHTTPClient(hc))
		if err == nil {
			provider.CopyTokenFrom(fresh)
		}
		return err
	}
	return &keystone{provider: func() *gophercloud.ProviderClient { return provider }, cloud: cloud, origin: origin, transport: transport, secrets: hidden}, nil
}

// login gets a token. The error is a *api.Failure.
func login(ctx context.Context, cloud config.Cloud, o Options, transport http.RoundTripper) (*keystone, error) {
	hidden := newSecrets(cloud.Secrets()...)
	ao, origin, hc, err := desk(cloud, o, transport, hidden)
	if err != nil {
		return nil, err
	}
	provider, err := gcconfig.NewProviderClient(ctx, ao, gcconfig.WithHTTPClient(hc))
	if err != nil && ao.TokenID != "" && rescopeForbidden(err) {
		// A token that may not be exchanged for another is used as it is; it
		// must then be for the wanted project already.
		asked := ao.Scope
		ao.Scope = nil
		if provider, err = gcconfig.NewProviderClient(ctx, ao, gcconfig.WithHTTPClient(hc)); err == nil && !holds(provider, asked) {
			return nil, loginFailure(cloud, api.FailedAuth, "The token is for another project and cannot be rescoped.", "Get a token for the project with `openstack token issue`.", "", nil)
		}
	}
	if err != nil {
		return nil, explainLogin(ctx, cloud, origin, err)
	}
	if provider.Token() == "" {
		return nil, loginFailure(cloud, api.FailedConfigured, "The identity service returned no token.", "Check auth_url: a proxy may be removing headers.", "", nil)
	}
	hidden.add(provider.Token()) // of an old API it came in the body
	return &keystone{provider: func() *gophercloud.ProviderClient { return provider }, cloud: cloud, origin: origin, transport: transport, secrets: hidden}, nil
}

// rescopeForbidden is Keystone's answer where allow_rescope_scoped_token is
// off.
func rescopeForbidden(err error) bool {
	return gophercloud.ResponseCodeIs(err, http.StatusForbidden)
}

// holds is whether a login is for the project that was asked for.
func holds(provider *gophercloud.ProviderClient, asked *gophercloud.AuthScope) bool {
	who := readIdentity(provider.GetAuthResult())
	if asked == nil || asked.ProjectID == "" && asked.ProjectName == "" {
		return true
	}
	return asked.ProjectID != "" && asked.ProjectID == who.projectID || asked.ProjectName != "" && asked.ProjectName == who.project
}

func (k *keystone) token() string { return k.provider().Token() }

func (k *keystone) hidden() *secrets { return k.secrets }

// renew logs in again, unless somebody else has done so since the token was
// refused.
func (k *keystone) renew(ctx context.Context, refused string) error {
	provider := k.provider()
	if provider.ReauthFunc == nil && k.cloud.Once() {
		return loginFailure(k.cloud, api.FailedAuth, "The login has expired, and its one-time code cannot be used again.", "Nothing was changed. Start again with a new code.", "", nil)
	}
	if provider.ReauthFunc == nil {
		return errNotRenewable
	}
	if k.needed != nil {
		k.keep.forget()
		return loginFailure(k.cloud, api.FailedAuth, "The saved login is no longer valid, and a new one needs the "+k.needed.What+".", "Start again; you will be asked for it.", "", nil)
	}
	// gophercloud gives all who wait the error of the one that logs in, also
	// when only that one's own context has ended: then it is our turn.
	var err error
	for range 3 {
		if k.token() != refused {
			return nil
		}
		if err = provider.Reauthenticate(ctx, refused); err == nil {
			k.secrets.add(k.token())
			k.renewed()
			return nil
		}
		if !errors.Is(err, context.Canceled) || ctx.Err() != nil {
			break
		}
	}
	return explainLogin(ctx, k.cloud, k.origin, err)
}

// identity is what a token says of its owner.
type identity struct {
	user, project, projectID string
	admin, rolesKnown        bool
	expires                  time.Time
	catalog                  []service
}

// service is an entry of the catalogue, whichever version of Keystone it is of.
type service struct {
	kind, name string
	endpoints  []serviceEndpoint
}

type serviceEndpoint struct{ region, regionName, iface, url string }

// readIdentity reads the answer to a login; what it does not say stays empty.
func readIdentity(result gophercloud.AuthResult) identity {
	switch r := result.(type) {
	case tokens3.CreateResult:
		who := identity3(r.ExtractUser, r.ExtractProject, r.ExtractRoles, r.ExtractServiceCatalog)
		if t, err := r.ExtractToken(); err == nil {
			who.expires = t.ExpiresAt
		}
		return who
	case tokens3.GetResult: // of a token that was given
		return identity3(r.ExtractUser, r.ExtractProject, r.ExtractRoles, r.ExtractServiceCatalog)
	case tokens2.CreateResult:
		return identity2(r)
	}
	return identity{}
}

func identity3(user func() (*tokens3.User, error), project func() (*tokens3.Project, error), roles func() ([]tokens3.Role, error), catalog func() (*tokens3.ServiceCatalog, error)) identity {
	var who identity
	if u, err := user(); err == nil && u != nil {
		who.user = firstOf(u.Name, u.ID, "")
	}
	if p, err := project(); err == nil && p != nil {
		who.project, who.projectID = firstOf(p.Name, p.ID, ""), p.ID
	}
	if list, err := roles(); err == nil && len(list) > 0 {
		who.rolesKnown = true
		for _, r := range list {
			who.admin = who.admin || r.Name == "admin"
		}
	}
	if c, err := catalog(); err == nil && c != nil {
		for _, entry := range c.Entries {
			s := service{kind: entry.Type, name: entry.Name}
			for _, e := range entry.Endpoints {
				s.endpoints = append(s.endpoints, serviceEndpoint{region: firstOf(e.RegionID, e.Region, ""), regionName: e.Region, iface: e.Interface, url: e.URL})
			}
			who.catalog = append(who.catalog, s)
		}
	}
	return who
}

// identity2 reads a login at Keystone's old API (before 2018).
func identity2(r tokens2.CreateResult) identity {
	var who identity
	if t, err := r.ExtractToken(); err == nil {
		who.project, who.projectID, who.expires = firstOf(t.Tenant.Name, t.Tenant.ID, ""), t.Tenant.ID, t.ExpiresAt
	}
	var body struct {
		Access struct {
			User struct {
				Name  string `json:"name"`
				Roles []struct {
					Name string `json:"name"`
				} `json:"roles"`
			} `json:"user"`
		} `json:"access"`
	}
	if r.ExtractInto(&body) == nil {
		who.user = body.Access.User.Name
		for _, role := range body.Access.User.Roles {
			who.rolesKnown = true
			who.admin = who.admin || role.Name == "admin"
		}
	}
	if c, err := r.ExtractServiceCatalog(); err == nil && c != nil {
		for _, entry := range c.Entries {
			s := service{kind: entry.Type, name: entry.Name}
			for _, e := range entry.Endpoints {
				for iface, u := range map[string]string{"public": e.PublicURL, "internal": e.InternalURL, "admin": e.AdminURL} {
					if u != "" {
						s.endpoints = append(s.endpoints, serviceEndpoint{region: e.Region, regionName: e.Region, iface: iface, url: u})
					}
				}
			}
			who.catalog = append(who.catalog, s)
		}
	}
	return who
}
