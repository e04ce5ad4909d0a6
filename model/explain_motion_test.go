package model

import "testing"

func TestExplainWarnsWhileTheServerIsAtWork(t *testing.T) {
	p := Patch{{Op: OpReplace, Path: "/name", Value: "b"}, {Op: OpReplace, Path: "/min_disk", Value: int64(2)}}
	for _, s := range Statuses {
		warned := 0
		for _, step := range (Rules{}).Explain(Image{Name: Some("a"), Status: s}, p) {
			for _, h := range step.Hazards {
				if h.Kind == HazardUndone && h.Confirm == "" {
					warned++
				}
			}
		}
		if want := map[bool]int{true: 1}[s.InMotion()]; warned != want {
			t.Errorf("%s: %d warnings, want %d", s, warned, want)
		}
	}
}
