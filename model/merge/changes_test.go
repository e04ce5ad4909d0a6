package merge_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

// row is a change as a screen would write it.
func row(c merge.Change) string {
	s := c.Field.String() + " | " + c.Label + " | " + c.Before + " → " + c.After
	if c.ByServer {
		s += " | by the server"
	}
	return s
}

func TestChanges(t *testing.T) {
	before := modeltest.Fedora(t)
	after := before.Clone()
	after.Name = model.Some("Fedora 17 Server")
	after.Tags = []string{"lts", "fedora", "beefy"}
	after.Status = model.StatusActive
	after.DiskFormat = model.Some("qcow2")
	after.Visibility = model.Public
	after.Protected = true
	after.MinDisk = 20
	after.MinRAM = 2048
	after.Size = model.Some[int64](2254249)
	after.UpdatedAt = time.Date(2026, 11, 23, 15, 2, 7, 0, time.FixedZone("CET", 3600))
	after.CreatedAt = time.Time{}
	after.Properties["os_distro"] = model.Some("fedora 17")
	after.Properties["new"] = model.Some("")
	delete(after.Properties, "kernel_id")
	after.Locations = []model.Location{{URL: "http://mirror/f17.qcow2"}}
	after.Extra["direct_url"] = json.RawMessage(`"http://mirror/f17.qcow2"`)
	after.Extra["self"] = json.RawMessage(` "/v2/images/da3b75d9-3f4a-40e7-8a2c-bfab23927dea"`)
	delete(after.Extra, "file")

	want := []string{
		`name | name | "Fedora 17" → "Fedora 17 Server"`,
		`tags | tags | beefy fedora → beefy fedora lts`,
		`visibility | visibility | private → public`,
		`protected | protected | false → true`,
		`min_disk | min_disk | 0 GB → 20 GB`,
		`min_ram | min_ram | 0 MB → 2,048 MB`,
		`disk_format | disk_format | null → "qcow2"`,
		`location 1 | locations | – → http://mirror/f17.qcow2`,
		`property kernel_id | kernel_id | null → –`,
		`property new | new | – → ""`,
		`property os_distro | os_distro | "fedora" → "fedora 17"`,
		`status | status | queued → active | by the server`,
		`size | size | null → 2,254,249 bytes | by the server`,
		`created_at | created_at | 2012-08-10T19:23:50Z → – | by the server`,
		`updated_at | updated_at | 2012-08-12T11:11:33Z → 2026-11-23T14:02:07Z | by the server`,
		`direct_url | direct_url | – → "http://mirror/f17.qcow2" | by the server`,
		`file | file | "/v2/images/da3b/file" → – | by the server`,
	}
	got := merge.Changes(before, after)
	for n, c := range got {
		if n >= len(want) || row(c) != want[n] {
			t.Errorf("change %d: %s", n, row(c))
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d changes, want %d", len(got), len(want))
	}
}

func TestChangesOfLocations(t *testing.T) {
	a := model.Location{URL: "http://a/x", Metadata: map[string]any{"store": "web"}}
	b := model.Location{URL: "http://b/x", Metadata: map[string]any{"k": "v"}}
	b2 := model.Location{URL: "http://b/x", Metadata: map[string]any{"k": json.Number("2")}}
	c := model.Location{URL: "http://c/x"}
	for _, k := range []struct {
		name          string
		before, after []model.Location
		want          []string
	}{
		{"the server's store does not count", []model.Location{a}, []model.Location{{URL: "http://a/x"}}, nil},
		{"gone and come", []model.Location{a, c}, []model.Location{c, b}, []string{
			`locations | locations | http://a/x → –`,
			`location 2 | locations | – → http://b/x {"k":"v"}`}},
		{"metadata", []model.Location{a, b}, []model.Location{a, b2}, []string{
			`location 2 | locations | http://b/x {"k":"v"} → http://b/x {"k":2}`}},
		{"one of the same URL goes", []model.Location{b, b2}, []model.Location{b2}, []string{
			`locations | locations | http://b/x {"k":"v"} → –`}},
		{"order", []model.Location{a, b, c}, []model.Location{c, a, b}, []string{
			`locations | locations | http://a/x, http://b/x, http://c/x → http://c/x, http://a/x, http://b/x`}},
		{"all gone", []model.Location{a}, nil, []string{`locations | locations | http://a/x → –`}},
	} {
		t.Run(k.name, func(t *testing.T) {
			got := merge.Changes(model.Image{LocationsShown: true, Locations: k.before}, model.Image{LocationsShown: true, Locations: k.after})
			if len(got) != len(k.want) {
				t.Fatalf("got %+v, want %q", got, k.want)
			}
			for n, c := range got {
				if row(c) != k.want[n] {
					t.Errorf("got %s\nwant %s", row(c), k.want[n])
				}
			}
		})
	}
	hiddenNow := merge.Changes(model.Image{LocationsShown: true, Locations: []model.Location{a}}, model.Image{})
	if len(hiddenNow) != 0 {
		t.Errorf("hidden locations did not change: %+v", hiddenNow)
	}
}

func TestChangesHaveNothingThatDoesNotShow(t *testing.T) {
	for _, s := range modeltest.Hostile {
		after := model.Image{Name: model.Some(s), Tags: []string{s}, Status: model.Status(s), Visibility: model.Visibility(s), LocationsShown: true,
			Locations:  []model.Location{{URL: s, Metadata: map[string]any{s: s}}},
			Properties: map[string]model.Opt[string]{"p": model.Some(s)},
			Extra:      map[string]json.RawMessage{"e": jsontext.MustEncode(s), "broken": json.RawMessage(s)}}
		for _, c := range merge.Changes(model.Image{LocationsShown: true}, after) {
			for _, text := range []string{c.Before, c.After} {
				for _, r := range text {
					if quote.Hidden(r) {
						t.Errorf("%q: %q is left in %q of %s", s, r, text, c.Label)
					}
				}
			}
		}
	}
}

func TestNothingChangesBetweenAnImageAndItself(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		i := modeltest.LivedImage().Draw(r, "image")
		if got := merge.Changes(i, i.Clone()); len(got) > 0 {
			r.Errorf("changes: %+v", got)
		}
	})
}

func ExampleChanges() {
	before := model.Image{Name: model.Some("Fedora 17"), Tags: []string{"fedora"}, Status: model.StatusQueued}
	after := model.Image{Name: model.Some("Fedora 17 Server"), Tags: []string{"fedora", "lts"}, Status: model.StatusActive, Size: model.Some[int64](2254249)}
	for _, c := range merge.Changes(before, after) {
		note := ""
		if c.ByServer {
			note = " (the server filled this in)"
		}
		fmt.Printf("%s: %s → %s%s\n", c.Label, c.Before, c.After, note)
	}
	// Output:
	// name: "Fedora 17" → "Fedora 17 Server"
	// tags: fedora → fedora lts
	// status: queued → active (the server filled this in)
	// size: null → 2,254,249 bytes (the server filled this in)
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 12345: "12,345", 2254249: "2,254,249",
		-1: "-1", -1000: "-1,000", -123456: "-123,456", 1 << 62: "4,611,686,018,427,387,904", -1 << 63: "-9,223,372,036,854,775,808"} {
		if got := quote.Grouped(n); got != want {
			t.Errorf("grouped(%d) = %s, want %s", n, got, want)
		}
	}
}
