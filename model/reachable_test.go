package model

import "testing"

// TestReachableHasAnEnd: also for an image that contradicts itself, which has
// locations that are not shown.
func TestReachableHasAnEnd(t *testing.T) {
	queued := Image{ID: "x", Status: StatusQueued, Visibility: Private, Locations: []Location{{URL: "http://x/y"}}}
	now := queued.Clone()
	now.Status, now.DiskFormat, now.ContainerFormat = StatusActive, Some("raw"), Some("bare")
	for _, rules := range []Rules{{}, {LocationCalls: true}} {
		if _, lost := rules.Reachable(now, queued); len(lost) == 0 {
			t.Error("nothing is said of what cannot come back")
		}
	}
}
