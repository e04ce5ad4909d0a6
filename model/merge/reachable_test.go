package merge_test

import (
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/rules"
)

// TestReachableHasAnEnd: also for an image that contradicts itself, which has
// locations that are not shown.
func TestReachableHasAnEnd(t *testing.T) {
	queued := model.Image{ID: "x", Status: model.StatusQueued, Visibility: model.Private, Locations: []model.Location{{URL: "http://x/y"}}}
	now := queued.Clone()
	now.Status, now.DiskFormat, now.ContainerFormat = model.StatusActive, model.Some("raw"), model.Some("bare")
	for _, rules := range []rules.Rules{{}, {LocationCalls: true}} {
		if _, lost := merge.Reachable(rules, now, queued); len(lost) == 0 {
			t.Error("nothing is said of what cannot come back")
		}
	}
}
