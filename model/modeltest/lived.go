package modeltest

import (
	"encoding/json"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
)

// LivedImage is an image as a server may hold it, with few enough names that
// two of them collide now and then.
func LivedImage() *rapid.Generator[model.Image] {
	return rapid.Custom(func(r *rapid.T) model.Image {
		i := model.Image{
			ID:              FedoraID,
			Name:            livedText().Draw(r, "name"),
			Status:          rapid.SampledFrom([]model.Status{model.StatusQueued, model.StatusActive, model.StatusActive, model.StatusDeactivated, model.StatusSaving}).Draw(r, "status"),
			Visibility:      rapid.SampledFrom(model.Visibilities).Draw(r, "visibility"),
			Owner:           model.Some("p1"),
			Protected:       rapid.Bool().Draw(r, "protected"),
			Hidden:          rapid.Bool().Draw(r, "hidden"),
			MinDisk:         rapid.SampledFrom([]int64{0, 1, 20}).Draw(r, "min_disk"),
			MinRAM:          rapid.SampledFrom([]int64{0, 512}).Draw(r, "min_ram"),
			DiskFormat:      model.Some("qcow2"),
			ContainerFormat: model.Some("bare"),
			Tags:            model.NormalTags(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d e"}), 0, 4).Draw(r, "tags")),
			LocationsShown:  true,
			Properties:      livedProperties().Draw(r, "properties"),
			Extra:           map[string]json.RawMessage{"self": json.RawMessage(`"/v2/images/x"`)},
		}
		if i.Status == model.StatusQueued {
			i.DiskFormat = rapid.SampledFrom([]model.Opt[string]{model.Null[string](), model.Some("raw"), model.Some("qcow2")}).Draw(r, "disk_format")
		} else {
			i.Locations = livedLocations(r, 1)
		}
		return i
	})
}

func livedText() *rapid.Generator[model.Opt[string]] {
	return rapid.SampledFrom([]model.Opt[string]{model.Null[string](), model.Some(""), model.Some("one"), model.Some("two words"), model.Some("名前"), model.Some("a/b~c")})
}

func livedProperties() *rapid.Generator[map[string]model.Opt[string]] {
	return rapid.Custom(func(r *rapid.T) map[string]model.Opt[string] {
		out := map[string]model.Opt[string]{}
		for _, name := range []string{"os_distro", "a/b", "x y", "~", "p"} {
			if rapid.Bool().Draw(r, "has "+name) {
				out[name] = model.Some(rapid.SampledFrom([]string{"", "1", "2", "it's"}).Draw(r, name))
			}
		}
		if rapid.Bool().Draw(r, "has kernel_id") {
			out["kernel_id"] = model.Null[string]()
		}
		return out
	})
}

// livedLocations draws a list without two equal locations.
func livedLocations(r *rapid.T, least int) []model.Location {
	var out []model.Location
	wanted := rapid.IntRange(least, 5).Draw(r, "locations")
	for len(out) < wanted {
		l := livedLocation(r)
		if !slices.ContainsFunc(out, func(o model.Location) bool { return model.SameLocation(o, l) }) {
			out = append(out, l)
		}
	}
	return out
}

func livedLocation(r *rapid.T) model.Location {
	scheme := rapid.SampledFrom([]string{"http", "https", "rbd", "swift"}).Draw(r, "scheme")
	l := model.Location{URL: fmt.Sprintf("%s://host/%d", scheme, rapid.IntRange(0, 3).Draw(r, "file")), Metadata: map[string]any{}}
	if rapid.Bool().Draw(r, "has metadata") {
		l.Metadata["k"] = rapid.SampledFrom([]string{"1", "2"}).Draw(r, "k")
	}
	return l
}

// LivedEdit changes an image here and there, within what a server takes.
func LivedEdit(r *rapid.T, before model.Image) model.Image {
	after := before.Clone()
	other := LivedImage().Draw(r, "other")
	some := func(what string) bool { return rapid.IntRange(0, 2).Draw(r, what) == 0 }
	if some("name?") {
		after.Name = other.Name
	}
	if some("visibility?") {
		after.Visibility = other.Visibility
	}
	if some("protected?") {
		after.Protected = other.Protected
	}
	if some("hidden?") {
		after.Hidden = other.Hidden
	}
	if some("min_disk?") {
		after.MinDisk = other.MinDisk
	}
	if some("owner?") {
		after.Owner = rapid.SampledFrom([]model.Opt[string]{model.Some("p1"), model.Some("p2"), model.Null[string]()}).Draw(r, "owner")
	}
	if some("tags?") {
		after.Tags = other.Tags
	}
	if some("properties?") {
		after.Properties = other.Properties
	}
	if before.Status == model.StatusQueued && some("format?") {
		after.DiskFormat = model.Some("raw")
	}
	open := before.Status == model.StatusActive || before.Status == model.StatusQueued && after.DiskFormat.Set
	if open && some("locations?") {
		after.Locations = livedLocationEdit(r, before.Locations)
	}
	return after
}

// livedLocationEdit drops, adds, changes and shuffles.
func livedLocationEdit(r *rapid.T, before []model.Location) []model.Location {
	out := slices.DeleteFunc(model.CloneLocations(before), func(model.Location) bool { return rapid.IntRange(0, 3).Draw(r, "drop") == 0 })
	for _, l := range out {
		if rapid.IntRange(0, 3).Draw(r, "change") == 0 {
			l.Metadata["k"] = rapid.SampledFrom([]string{"3", "4"}).Draw(r, "new k")
		}
	}
	for range rapid.IntRange(0, 2).Draw(r, "add") {
		out = append(out, livedLocation(r))
	}
	if rapid.Bool().Draw(r, "shuffle") {
		out = rapid.Permutation(out).Draw(r, "order")
	}
	var unique []model.Location
	for _, l := range out {
		if !slices.ContainsFunc(unique, func(o model.Location) bool { return model.SameLocation(o, l) }) {
			unique = append(unique, l)
		}
	}
	if len(unique) == 0 {
		return model.CloneLocations(before)
	}
	return unique
}
