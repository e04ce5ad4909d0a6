package client

import (
	"context"
	"maps"
	"net/http"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/projects"
	"github.com/gophercloud/gophercloud/v2/pagination"

	"github.com/glance-tui/glance-tui/model/api"
)

// Projects asks Keystone for the names of projects, by id: of all of them
// where the user may list them, else of the user's own. Session tells them
// from then on. Without Keystone it gives nothing.
func (c *Client) Projects(ctx context.Context) (map[string]string, error) {
	k, ok := c.tokens.(*keystone)
	if !ok {
		return nil, nil
	}
	identity, err := openstack.NewIdentityV3(k.provider(), gophercloud.EndpointOpts{})
	if err != nil {
		return nil, explainProjects(ctx, k, err)
	}
	names, err := projectNames(ctx, projects.List(identity, projects.ListOpts{}))
	if gophercloud.ResponseCodeIs(err, http.StatusForbidden) {
		names, err = projectNames(ctx, projects.ListAvailable(identity))
	}
	if err != nil {
		return nil, explainProjects(ctx, k, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	// A new map each time: those that Session gave away are never written to,
	// so that a frame of the screen costs no copy of thousands of names.
	all := make(map[string]string, len(c.session.ProjectNames)+len(names))
	maps.Copy(all, c.session.ProjectNames)
	maps.Copy(all, names)
	c.session.ProjectNames = all
	return names, nil
}

// mostProjectPages bounds the list: a service that always has a next page would
// be asked without a pause.
const mostProjectPages = 100

// projectNames reads page after page, until the last or one that brings nothing
// new.
func projectNames(ctx context.Context, pages pagination.Pager) (map[string]string, error) {
	names, read := make(map[string]string), 0
	err := pages.EachPage(ctx, func(_ context.Context, page pagination.Page) (bool, error) {
		list, err := projects.ExtractProjects(page)
		before := len(names)
		for _, p := range list {
			names[p.ID] = p.Name
		}
		read++
		return len(names) > before && read < mostProjectPages, err
	})
	return names, err
}

func explainProjects(ctx context.Context, k *keystone, err error) *api.Failure {
	f := explainLogin(ctx, k.cloud, k.origin, err)
	f.Doing = "read the names of projects"
	return f
}
