package uitest

import (
	"fmt"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Clock is the time that Context's clock is at.
var Clock = time.Date(2026, 11, 23, 14, 2, 7, 0, time.UTC)

// Context is what a screen shares, for tests: dark theme, a memory of its own,
// a clock that is still, and nothing that moves by itself.
func Context(s screen.Service) *screen.Context {
	return &screen.Context{
		Service: s, Memory: &Memory{}, Theme: theme.New(true, false),
		Options: screen.Options{Still: true},
		Now:     func() time.Time { return Clock },
	}
}

// Fedora is the image of the README's story: queued, private, no formats, with
// two tags and no location; locations are shown.
func Fedora() model.Image {
	made := time.Date(2012, 8, 12, 11, 11, 33, 0, time.UTC)
	return model.Image{
		ID: "da3b75d9-3f4a-40e7-8a2c-bfab23927dea", Name: model.Some("Fedora 17"),
		Status: model.StatusQueued, Visibility: model.Private,
		Owner:     model.Some("02a7fb2dd4ef434c8a628c511dcbbeb6"),
		CreatedAt: made, UpdatedAt: made, Tags: []string{"beefy", "fedora"}, LocationsShown: true,
		Properties: map[string]model.Opt[string]{
			"hw_disk_bus": model.Some("virtio"), "os_distro": model.Some("fedora"), "os_version": model.Some("17"),
		},
	}
}

// Active is an image in use: active, qcow2, with two locations.
func Active() model.Image {
	i := Fedora()
	i.ID = "71c675ab-d94f-49cd-a114-e12490b328d9"
	i.Name = model.Some("ubuntu-24.04-server")
	i.Status = model.StatusActive
	i.DiskFormat, i.ContainerFormat = model.Some("qcow2"), model.Some("bare")
	i.Size = model.Some[int64](2254249)
	i.Checksum = model.Some("8a9e4b1ac5b5a7f2b3c4d5e6f7a8b9c0")
	i.Tags = []string{"lts", "ubuntu"}
	i.Locations = []model.Location{
		{URL: "file:///var/lib/glance/images/71c675ab-d94f-49cd-a114-e12490b328d9", Metadata: map[string]any{"store": "local"}},
		{URL: "http://mirror.example/ubuntu-24.04.qcow2", Metadata: map[string]any{"store": "web", "zone": "eu-1"}},
	}
	i.Properties = map[string]model.Opt[string]{"os_distro": model.Some("ubuntu"), "kernel_id": {}}
	return i
}

// Hostile is an image whose texts try to harm a terminal: sequences,
// reordering, invalid UTF-8, a flood of marks, wide letters.
func Hostile() model.Image {
	i := Active()
	i.ID = "00000000-bad0-4bad-8bad-000000000bad"
	i.Name = model.Some("evil\x1b[2J\x1b]0;owned\x07 \u202egpj.exe\xff\r\nroot#")
	i.Tags = []string{"\x1b[31mred", "日本語", "\u200b"}
	i.Properties = map[string]model.Opt[string]{
		"a\x1b[1m": model.Some("\u202eevil\xfe"), "名前": model.Some("한국어 값"), "lines": model.Some("one\ntwo\tthree"),
	}
	i.Locations[1].URL = "http://mirror.example/\x1b[2Jx"
	return i
}

// WithProperties gives an image n custom properties: property_001 and on.
func WithProperties(i model.Image, n int) model.Image {
	i.Properties = make(map[string]model.Opt[string], n)
	for k := range n {
		i.Properties[fmt.Sprintf("property_%03d", k+1)] = model.Some(fmt.Sprintf("value %d", k+1))
	}
	return i
}
