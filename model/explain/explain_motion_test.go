package explain_test

import (
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestExplainWarnsWhileTheServerIsAtWork(t *testing.T) {
	p := patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: "b"}, {Op: patch.OpReplace, Path: "/min_disk", Value: int64(2)}}
	for _, s := range model.Statuses {
		warned := 0
		for _, step := range explain.Steps((rules.Rules{}), model.Image{Name: model.Some("a"), Status: s}, p) {
			for _, h := range step.Hazards {
				if h.Kind == explain.HazardOverwritten && h.Confirm == "" {
					warned++
				}
			}
		}
		if want := map[bool]int{true: 1}[s.Transitional()]; warned != want {
			t.Errorf("%s: %d warnings, want %d", s, warned, want)
		}
	}
}
