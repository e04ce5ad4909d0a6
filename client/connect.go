package client

import (
	"context"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model"
)

// Connect finds the cloud, logs in and finds the Image service. The error is a
// *model.Failure, or *ErrNothingConfigured when there is nothing to connect to
// or several clouds to choose from. ctx bounds the login.
func Connect(ctx context.Context, o Options) (*Client, error) {
	cloud, err := config.Load(o.sources())
	if err != nil {
		return nil, err
	}
	conf, err := cloud.TLS()
	if err != nil {
		return nil, err
	}
	transport := newLanes(conf)
	var c *Client
	switch cloud.AuthType {
	case config.None, config.TokenEndpoint:
		c = newClient(o, transport, parseEndpoint(cloud.Endpoint), fixedToken(cloud.Token()))
		c.session.Region = cloud.Region
		c.advice = "check the endpoint of " + cloud.Title()
	default:
		k, err := login(ctx, cloud, o, transport)
		if err != nil {
			return nil, err
		}
		if c, err = atImageService(o, cloud, k); err != nil {
			return nil, err
		}
	}
	c.session.Cloud = cloud.Name
	c.session.Insecure = cloud.Insecure
	return c, nil
}

// atImageService makes the client for a login.
func atImageService(o Options, cloud config.Cloud, k *keystone) (*Client, error) {
	who := readIdentity(k.provider().GetAuthResult())
	url, region, advice := cloud.Endpoint, cloud.Region, "the address is image_endpoint_override of "+cloud.Title()
	if url == "" {
		var err error
		if url, region, err = imageEndpoint(cloud, who); err != nil {
			return nil, err
		}
		advice = "the address is the catalogue's " + cloud.Interface + " endpoint: --os-interface takes another, --os-image-endpoint-override replaces it"
	}
	e := parseEndpoint(url)
	if e.base == nil {
		return nil, &model.Failure{Doing: "find the Image service", Kind: model.FailedConfigured,
			Means: "The catalogue's endpoint of the Image service is no URL: " + clip(plainText(url), 200) + ".", Advice: "name the service by --os-image-endpoint-override"}
	}
	c := newClient(o, k.transport, e, k)
	c.advice = advice
	s := &c.session
	s.User, s.Project, s.ProjectID, s.Region = who.user, who.project, who.projectID, region
	s.IsAdmin, s.RolesKnown = who.admin, who.rolesKnown
	if who.projectID != "" {
		s.ProjectNames = map[string]string{who.projectID: who.project}
	}
	return c, nil
}
