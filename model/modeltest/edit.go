package modeltest

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
)

// Wanted changes a few things about an image that a patch can change together.
// It may change nothing.
func (g *Generator) Wanted(base model.Image) model.Image {
	draft := base.Clone()
	if draft.Properties == nil {
		draft.Properties = make(map[string]model.Opt[string])
	}
	for range 1 + g.IntN(4) {
		g.editOne(&draft)
	}
	if base.Status == model.StatusQueued && len(draft.Locations) > 0 {
		draft.DiskFormat = model.Some(draft.DiskFormat.Or("raw"))
		draft.ContainerFormat = model.Some(draft.ContainerFormat.Or("bare"))
	}
	return draft
}

func (g *Generator) editOne(i *model.Image) {
	switch g.IntN(12) {
	case 0:
		i.Name = g.name()
	case 1, 2:
		g.editTags(i)
	case 3:
		i.Visibility = g.visibility()
	case 4:
		i.Protected = !i.Protected
	case 5:
		i.Hidden = !i.Hidden
	case 6, 7:
		pick(g, minimums).Set(i, g.minimum())
	case 8:
		g.editFormats(i)
	case 9:
		g.editProperties(i)
	default:
		g.editLocations(i)
	}
}

func (g *Generator) editTags(i *model.Image) {
	if len(i.Tags) > 0 && g.chance(2) {
		at := g.IntN(len(i.Tags))
		i.Tags = slices.Delete(slices.Clone(i.Tags), at, at+1)
		return
	}
	i.Tags = model.NormalTags(append(slices.Clone(i.Tags), g.text()))
}

func (g *Generator) editFormats(i *model.Image) {
	if i.Status != model.StatusQueued {
		return
	}
	i.DiskFormat, i.ContainerFormat = g.format("disk_format"), g.format("container_format")
}

func (g *Generator) editProperties(i *model.Image) {
	names := make([]string, 0, len(i.Properties))
	for name := range i.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) > 0 && g.chance(3) {
		delete(i.Properties, pick(g, names))
		return
	}
	g.setProperty(i)
}

// editLocations changes the list as far as the image's status allows.
func (g *Generator) editLocations(i *model.Image) {
	if i.Status != model.StatusQueued && i.Status != model.StatusActive || !i.LocationsShown {
		return
	}
	for range 1 + g.IntN(3) {
		switch at := g.IntN(len(i.Locations) + 1); {
		case at == len(i.Locations):
			if len(i.Locations) < 10 {
				g.addLocation(i)
			}
		case g.chance(2) && len(i.Locations) > 1 && i.Status == model.StatusActive:
			i.Locations = slices.Delete(slices.Clone(i.Locations), at, at+1)
		case g.chance(2):
			to := g.IntN(len(i.Locations))
			i.Locations[at], i.Locations[to] = i.Locations[to], i.Locations[at]
		default:
			g.editMetadata(i, at)
		}
	}
}

// editMetadata gives a location other metadata, unless another one would then
// be the same.
func (g *Generator) editMetadata(i *model.Image, at int) {
	metadata := g.metadata(true)
	for n, other := range i.Locations {
		if n != at && other.URL == i.Locations[at].URL && model.EqualMetadata(other.Metadata, metadata) {
			return
		}
	}
	i.Locations[at].Metadata = metadata
}
