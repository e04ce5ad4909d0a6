package model

import (
	"encoding/json"
	"fmt"
	"slices"

	"pgregory.net/rapid"
)

// livedImage is an image as a server may hold it, with few enough names that
// two of them collide now and then.
func livedImage() *rapid.Generator[Image] {
	return rapid.Custom(func(r *rapid.T) Image {
		i := Image{
			ID:              fedoraID,
			Name:            livedText().Draw(r, "name"),
			Status:          rapid.SampledFrom([]Status{StatusQueued, StatusActive, StatusActive, StatusDeactivated, StatusSaving}).Draw(r, "status"),
			Visibility:      rapid.SampledFrom(Visibilities).Draw(r, "visibility"),
			Owner:           Some("p1"),
			Protected:       rapid.Bool().Draw(r, "protected"),
			Hidden:          rapid.Bool().Draw(r, "hidden"),
			MinDisk:         rapid.SampledFrom([]int64{0, 1, 20}).Draw(r, "min_disk"),
			MinRAM:          rapid.SampledFrom([]int64{0, 512}).Draw(r, "min_ram"),
			DiskFormat:      Some("qcow2"),
			ContainerFormat: Some("bare"),
			Tags:            NormalTags(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d e"}), 0, 4).Draw(r, "tags")),
			LocationsShown:  true,
			Properties:      livedProperties().Draw(r, "properties"),
			Extra:           map[string]json.RawMessage{"self": json.RawMessage(`"/v2/images/x"`)},
		}
		if i.Status == StatusQueued {
			i.DiskFormat = rapid.SampledFrom([]Opt[string]{Null[string](), Some("raw"), Some("qcow2")}).Draw(r, "disk_format")
		} else {
			i.Locations = livedLocations(r, 1)
		}
		return i
	})
}

func livedText() *rapid.Generator[Opt[string]] {
	return rapid.SampledFrom([]Opt[string]{Null[string](), Some(""), Some("one"), Some("two words"), Some("名前"), Some("a/b~c")})
}

func livedProperties() *rapid.Generator[map[string]Opt[string]] {
	return rapid.Custom(func(r *rapid.T) map[string]Opt[string] {
		out := map[string]Opt[string]{}
		for _, name := range []string{"os_distro", "a/b", "x y", "~", "p"} {
			if rapid.Bool().Draw(r, "has "+name) {
				out[name] = Some(rapid.SampledFrom([]string{"", "1", "2", "it's"}).Draw(r, name))
			}
		}
		if rapid.Bool().Draw(r, "has kernel_id") {
			out["kernel_id"] = Null[string]()
		}
		return out
	})
}

// livedLocations draws a list without two equal locations.
func livedLocations(r *rapid.T, least int) []Location {
	var out []Location
	wanted := rapid.IntRange(least, 5).Draw(r, "locations")
	for len(out) < wanted {
		l := livedLocation(r)
		if !slices.ContainsFunc(out, func(o Location) bool { return sameLocation(o, l) }) {
			out = append(out, l)
		}
	}
	return out
}

func livedLocation(r *rapid.T) Location {
	scheme := rapid.SampledFrom([]string{"http", "https", "rbd", "swift"}).Draw(r, "scheme")
	l := Location{URL: fmt.Sprintf("%s://host/%d", scheme, rapid.IntRange(0, 3).Draw(r, "file")), Metadata: map[string]any{}}
	if rapid.Bool().Draw(r, "has metadata") {
		l.Metadata["k"] = rapid.SampledFrom([]string{"1", "2"}).Draw(r, "k")
	}
	return l
}

// livedEdit changes an image here and there, within what a server takes.
func livedEdit(r *rapid.T, before Image) Image {
	after := before.Clone()
	other := livedImage().Draw(r, "other")
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
		after.Owner = rapid.SampledFrom([]Opt[string]{Some("p1"), Some("p2"), Null[string]()}).Draw(r, "owner")
	}
	if some("tags?") {
		after.Tags = other.Tags
	}
	if some("properties?") {
		after.Properties = other.Properties
	}
	if before.Status == StatusQueued && some("format?") {
		after.DiskFormat = Some("raw")
	}
	open := before.Status == StatusActive || before.Status == StatusQueued && after.DiskFormat.Set
	if open && some("locations?") {
		after.Locations = livedLocationEdit(r, before.Locations)
	}
	return after
}

// livedLocationEdit drops, adds, changes and shuffles.
func livedLocationEdit(r *rapid.T, before []Location) []Location {
	out := slices.DeleteFunc(cloneLocations(before), func(Location) bool { return rapid.IntRange(0, 3).Draw(r, "drop") == 0 })
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
	var unique []Location
	for _, l := range out {
		if !slices.ContainsFunc(unique, func(o Location) bool { return sameLocation(o, l) }) {
			unique = append(unique, l)
		}
	}
	if len(unique) == 0 {
		return cloneLocations(before)
	}
	return unique
}
