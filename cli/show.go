package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/filter"
)

type showCommand struct {
	*options
	*streams
	format *choice
}

func newShow(o *options, s *streams) *cobra.Command {
	c := &showCommand{options: o, streams: s, format: newChoice("json", "json", "yaml")}
	cmd := &cobra.Command{
		Use:   "show IMAGE",
		Short: "Show an image",
		Long: `Show all attributes of an image as returned by the API. IMAGE is an ID or a
unique name.`,
		Example: `glance-tui show "Fedora 17" --format yaml
glance-tui show da3b75d9-3f4a-40e7-8a2c-bfab23927dea > before.json`,
		Args:              exactly("IMAGE"),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              runs(c.run),
	}
	cmd.Flags().VarP(c.format, "format", "f", "output format")
	_ = cmd.RegisterFlagCompletionFunc("format", c.format.complete)
	return cmd
}

func (c *showCommand) run(ctx context.Context, args []string) error {
	service, closeService, err := c.connect(ctx, c.streams)
	if err != nil {
		return err
	}
	defer closeService()
	_, raw, err := find(ctx, service, args[0])
	if err != nil {
		return err
	}
	write := toYAML
	if c.format.value == "json" {
		write = prettyJSON
	}
	text, err := write(raw)
	if err != nil {
		return fmt.Errorf("could not write the image: %w", err)
	}
	_, err = c.out.Write(text)
	return err
}

var imageID = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
})

// find reads the image of that id, or the only one of that name, as the
// server gives it.
func find(ctx context.Context, service *client.Client, name string) (model.Image, []byte, error) {
	if imageID().MatchString(name) {
		img, raw, err := service.GetRaw(ctx, name)
		var failure *api.Failure
		if err == nil || !errors.As(err, &failure) || failure.Kind != api.FailedNotFound {
			return img, raw, err
		}
		// An image may be named like an ID. If none is, the 404 is the answer.
		if id, byName := findName(ctx, service, name); byName == nil {
			img, raw, err = service.GetRaw(ctx, id)
		}
		return img, raw, err
	}
	id, err := findName(ctx, service, name)
	if err != nil {
		return model.Image{}, nil, err
	}
	return service.GetRaw(ctx, id)
}

// findName gives the id of the only image of a name. Hidden images and other
// projects' community images are looked for where no other has the name: the
// server's list leaves them out otherwise. What the list gives is held against
// the name: a server may take a part of it for an operator, or ignore the filter.
func findName(ctx context.Context, service *client.Client, name string) (string, error) {
	for _, among := range []url.Values{{}, {"os_hidden": {"true"}}, {"visibility": {"community"}}} {
		among.Set("name", filter.QueryText(name, service.Session().Release))
		var ids []string
		err := service.Each(ctx, pageSize, among, func(p api.Page) error {
			for _, img := range p.Images {
				if img.Name == model.Some(name) {
					ids = append(ids, img.ID)
				}
			}
			return nil
		})
		switch {
		case err != nil:
			return "", err
		case len(ids) == 1:
			return ids[0], nil
		case len(ids) > 1:
			return "", &api.Failure{
				Doing: "find the image", Kind: api.FailedBadRequest,
				Means:  fmt.Sprintf("%d images are named %q", len(ids), name),
				Advice: "Use an ID: " + strings.Join(ids[:min(len(ids), 5)], ", "),
			}
		}
	}
	return "", &api.Failure{
		Doing: "find the image", Kind: api.FailedNotFound,
		Means:  fmt.Sprintf("No image with the name or ID %q is visible to you", name),
		Advice: "Run glance-tui list to see all images.",
	}
}
