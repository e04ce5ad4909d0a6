package clients_test

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack"
	tokens3 "github.com/gophercloud/gophercloud/v2/openstack/identity/v3/tokens"
	"github.com/gophercloud/gophercloud/v2/openstack/image/v2/imagedata"
	"github.com/gophercloud/gophercloud/v2/openstack/image/v2/images"
	"github.com/gophercloud/gophercloud/v2/openstack/image/v2/members"

	"github.com/glance-tui/glance-tui/demo"
)

// gopher is gophercloud.
type gopher struct {
	t       *testing.T
	service *gophercloud.ServiceClient
}

func (a account) provider(t *testing.T) *gophercloud.ProviderClient {
	t.Helper()
	provider, err := openstack.AuthenticatedClient(t.Context(), gophercloud.AuthOptions{
		IdentityEndpoint: a.auth, Username: a.user, Password: demo.Password, DomainName: demo.Domain,
		Scope: &gophercloud.AuthScope{ProjectName: a.project, DomainName: demo.Domain},
	})
	if err != nil {
		t.Fatal(err)
	}
	return provider
}

// projectOf is the id of the project that someone logs in to.
func projectOf(t *testing.T, a account) string {
	t.Helper()
	token, ok := a.provider(t).GetAuthResult().(tokens3.CreateResult)
	if !ok {
		t.Fatal("no token of version 3")
	}
	project, err := token.ExtractProject()
	if err != nil {
		t.Fatal(err)
	}
	return project.ID
}

func newGophercloud(t *testing.T, a account) client {
	t.Helper()
	service, err := openstack.NewImageV2(a.provider(t), gophercloud.EndpointOpts{Region: demo.Region})
	if err != nil {
		t.Fatal(err)
	}
	return gopher{t, service}
}

func (c gopher) List(status string) (names []string, err error) {
	pages, err := images.List(c.service, images.ListOpts{Status: images.ImageStatus(status), Limit: 2}).AllPages(c.t.Context())
	if err != nil {
		return nil, err
	}
	all, err := images.ExtractImages(pages)
	for _, i := range all {
		names = append(names, i.Name)
	}
	return names, err
}

func (c gopher) Show(id string) (shown, error) {
	i, err := images.Get(c.t.Context(), c.service, id).Extract()
	if err != nil {
		return shown{}, err
	}
	return shown{i.Name, string(i.Status), i.SizeBytes}, nil
}

func (c gopher) Create(name, data, color string) (string, error) {
	i, err := images.Create(c.t.Context(), c.service, images.CreateOpts{Name: name, DiskFormat: "raw", ContainerFormat: "bare",
		Properties: map[string]string{"color": color}}).Extract()
	if err != nil {
		return "", err
	}
	return i.ID, imagedata.Upload(c.t.Context(), c.service, i.ID, strings.NewReader(data)).ExtractErr()
}

func (c gopher) Download(id string) (string, error) {
	body, err := imagedata.Download(c.t.Context(), c.service, id).Extract()
	if err != nil {
		return "", err
	}
	defer body.Close()
	got, err := io.ReadAll(body)
	return string(got), err
}

func (c gopher) update(id string, patches ...images.Patch) error {
	return images.Update(c.t.Context(), c.service, id, images.UpdateOpts(patches)).Err
}

func (c gopher) Set(id, name string, minDisk int, visibility, color string) error {
	return c.update(id, images.ReplaceImageName{NewName: name}, images.ReplaceImageMinDisk{NewMinDisk: minDisk},
		images.UpdateVisibility{Visibility: images.ImageVisibility(visibility)},
		images.UpdateImageProperty{Op: images.AddOp, Name: "color", Value: color})
}

func (c gopher) Unset(id, property string) error {
	return c.update(id, images.UpdateImageProperty{Op: images.RemoveOp, Name: property})
}

func (c gopher) Tag(id, tag string) error {
	return c.update(id, images.ReplaceImageTags{NewTags: []string{tag}})
}

// operation is one that gophercloud has no type for.
type operation map[string]any

// ToImagePatchMap gives it to gophercloud.
func (o operation) ToImagePatchMap() map[string]any { return o }

func (c gopher) AddLocation(id, url string) error {
	return c.update(id, operation{"op": "add", "path": "/locations/-", "value": map[string]any{"url": url, "metadata": map[string]any{}}})
}

func (c gopher) RemoveLocation(id, url string) error {
	var i struct{ Locations []struct{ URL string } }
	if err := images.Get(c.t.Context(), c.service, id).ExtractInto(&i); err != nil {
		return err
	}
	at := slices.IndexFunc(i.Locations, func(l struct{ URL string }) bool { return l.URL == url })
	return c.update(id, operation{"op": "remove", "path": "/locations/" + strconv.Itoa(at)})
}

func (c gopher) Share(id, project string) error {
	_, err := members.Create(c.t.Context(), c.service, id, project).Extract()
	return err
}

func (c gopher) Accept(id, project string) error {
	_, err := members.Update(c.t.Context(), c.service, id, project, members.UpdateOpts{Status: "accepted"}).Extract()
	return err
}

func (c gopher) Members(id string) (all []string, err error) {
	pages, err := members.List(c.service, id).AllPages(c.t.Context())
	if err != nil {
		return nil, err
	}
	list, err := members.ExtractMembers(pages)
	for _, m := range list {
		all = append(all, m.MemberID+" "+m.Status)
	}
	return all, err
}

// act calls an action; gophercloud has no function for them.
func (c gopher) act(id, verb string) error {
	answer, err := c.service.Post(c.t.Context(), c.service.ServiceURL("images", id, "actions", verb), nil, nil,
		&gophercloud.RequestOpts{OkCodes: []int{http.StatusNoContent}})
	_, _, err = gophercloud.ParseResponse(answer, err)
	return err
}

func (c gopher) Deactivate(id string) error { return c.act(id, "deactivate") }
func (c gopher) Reactivate(id string) error { return c.act(id, "reactivate") }

func (c gopher) Delete(id string) error {
	return images.Delete(c.t.Context(), c.service, id).ExtractErr()
}
