package modeltest

import (
	"fmt"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Image makes an image as a server might show it: queued without locations or
// active with one or more.
func (g *Generator) Image() model.Image {
	i := model.Image{
		ID:             fmt.Sprintf("%08x-0000-4000-8000-000000000000", g.IntN(1<<30)),
		Status:         model.StatusQueued,
		Visibility:     g.visibility(),
		Owner:          model.Some("5ef70662f8b34079a6eddb8da9d75fe8"),
		Protected:      g.chance(4),
		Hidden:         g.chance(4),
		Tags:           g.tags(),
		Properties:     make(map[string]model.Opt[string]),
		LocationsShown: true,
	}
	for _, a := range minimums {
		a.Set(&i, g.minimum())
	}
	i.Name = g.name()
	for range g.IntN(5) {
		g.setProperty(&i)
	}
	if g.chance(2) {
		i.DiskFormat, i.ContainerFormat = g.format("disk_format"), g.format("container_format")
		return i
	}
	g.activate(&i)
	return i
}

// activate gives the image formats and locations.
func (g *Generator) activate(i *model.Image) {
	i.Status = model.StatusActive
	i.DiskFormat, i.ContainerFormat = model.Some("qcow2"), model.Some("bare")
	i.Size = model.Some[int64](2254249)
	for range 1 + g.IntN(4) {
		g.addLocation(i)
	}
}

func (g *Generator) name() model.Opt[string] {
	if g.chance(8) {
		return model.Null[string]()
	}
	return model.Some("image " + g.text())
}

func (g *Generator) visibility() model.Visibility {
	if g.Public {
		return pick(g, model.Visibilities)
	}
	return pick(g, []model.Visibility{model.Private, model.Shared, model.Community})
}

// minimums are the attributes that are a whole number.
var minimums = slices.DeleteFunc(slices.Clone(model.Settable()), func(a *model.Attribute) bool { return a.Kind != model.KindInteger })

func (g *Generator) minimum() int64 {
	return pick(g, []int64{0, 1, 20, 512, 1<<31 - 1})
}

// format is null or one of the first formats of the default schema.
func (g *Generator) format(attribute string) model.Opt[string] {
	if g.chance(3) {
		return model.Null[string]()
	}
	return model.Some(pick(g, rules.Rules{}.Choices(attribute)))
}

func (g *Generator) tags() []string {
	var tags []string
	for range g.IntN(5) {
		tags = append(tags, g.text())
	}
	return model.NormalTags(tags)
}

// setProperty adds or overwrites one property.
func (g *Generator) setProperty(i *model.Image) {
	switch {
	case g.chance(8):
		i.Properties[pick(g, []string{"kernel_id", "ramdisk_id"})] = pick(g, uuids)
	case g.chance(16):
		i.Properties["cinder_encryption_key_deletion_policy"] = model.Some(pick(g, []string{"do_not_delete", "on_image_deletion"}))
	default:
		i.Properties[g.propertyName()] = model.Some(g.text())
	}
}

// addLocation puts a location that the image has not yet at a random place.
func (g *Generator) addLocation(i *model.Image) {
	l := model.Location{URL: pick(g, g.URLs), Metadata: g.metadata(false)}
	for _, other := range i.Locations {
		// The same URL once more is legal with other metadata, but rare.
		if other.URL == l.URL && (!g.chance(4) || model.EqualMetadata(other.Metadata, l.Metadata)) {
			return
		}
	}
	at := len(i.Locations)
	if g.chance(3) {
		at = g.IntN(at + 1)
	}
	i.Locations = append(i.Locations[:at:at], append([]model.Location{l}, i.Locations[at:]...)...)
}

// metadata is mostly empty. Without "free" it holds nothing but texts.
func (g *Generator) metadata(free bool) map[string]any {
	metadata := map[string]any{}
	for range g.IntN(3) {
		metadata[pick(g, []string{"k", "region", "é", "a b"})] = g.metadataValue(free)
	}
	return metadata
}

func (g *Generator) metadataValue(free bool) any {
	switch {
	case free && g.chance(4):
		return pick(g, []any{int64(1), int64(-5), true, nil, []any{nil}})
	case g.chance(6):
		return []any{g.text(), map[string]any{"deep": g.text()}}
	}
	return g.text()
}
