package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// checkOwner holds the owner that an image is to have against the projects that
// are known. The Image service takes any text for the id of a project, and an
// image of a project that does not exist is out of everyone's reach. A name of a
// project is no id: the error says which is. The remark is for the review.
func checkOwner(ctx context.Context, service *client.Client, changes edit.Changes, base model.Image) (remark string, err error) {
	owner := changes.Owner()
	if owner == "" || owner == base.Owner.Or("") || owner == service.Session().ProjectID {
		return "", nil
	}
	known, read := knownProjects(ctx, service)
	if _, is := known[owner]; is {
		return "", nil
	}
	var named []string
	for _, id := range slices.Sorted(maps.Keys(known)) {
		if known[id] == owner {
			named = append(named, id)
		}
	}
	switch {
	case len(named) == 1:
		return "", fmt.Errorf("owner=%s is the name of a project; use its ID: owner=%s", safe.Text(owner), safe.Text(named[0]))
	case len(named) > 1:
		return "", fmt.Errorf("owner=%s is the name of %d projects; use an ID: %s",
			safe.Text(owner), len(named), safe.Text(strings.Join(named[:min(len(named), 5)], ", ")))
	case !read || len(known) == 0:
		return fmt.Sprintf("The project %q could not be checked because the projects could not be read. Check the ID.", owner), nil
	}
	return fmt.Sprintf("No project with the ID %q is visible to you. Check the ID.", owner), nil
}

// knownProjects are the names of projects by their ids: the own one at least, by
// the token; read reports whether the identity service told of others.
func knownProjects(ctx context.Context, service *client.Client) (names map[string]string, read bool) {
	_, err := service.Projects(ctx)
	return service.Session().ProjectNames, err == nil
}
