package edit

import (
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// queued is an image without data.
func queued() model.Image {
	made := time.Date(2012, 8, 12, 11, 11, 33, 0, time.UTC)
	return model.Image{
		ID: "da3b75d9-3f4a-40e7-8a2c-bfab23927dea", Name: model.Some("Fedora 17"),
		Status: model.StatusQueued, Visibility: model.Private, Owner: model.Some("02a7fb2dd4ef434c8a628c511dcbbeb6"),
		CreatedAt: made, UpdatedAt: made, Tags: []string{"beefy", "fedora"}, LocationsShown: true,
		Properties: map[string]model.Opt[string]{"os_distro": model.Some("fedora")},
	}
}

// active is an image in use, with two locations.
func active() model.Image {
	i := queued()
	i.ID, i.Name, i.Status = "71c675ab-d94f-49cd-a114-e12490b328d9", model.Some("noble"), model.StatusActive
	i.DiskFormat, i.ContainerFormat = model.Some("qcow2"), model.Some("bare")
	i.Size = model.Some[int64](2254249)
	i.Locations = []model.Location{
		{URL: "file:///images/71c675ab", Metadata: map[string]any{"store": "local"}},
		{URL: "http://mirror.example/noble.qcow2", Metadata: map[string]any{}},
	}
	return i
}

// with is an image changed by a function.
func with(i model.Image, change func(*model.Image)) model.Image {
	out := i.Clone()
	change(&out)
	return out
}

func rename(i *model.Image)        { i.Name = model.Some("renamed") }
func publish(i *model.Image)       { i.Visibility = model.Public }
func dropFirstData(i *model.Image) { i.Locations = i.Locations[1:] }
