package edit

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// labels are what a report is about.
func labels(changes []merge.Change) (all []string) {
	for _, c := range changes {
		all = append(all, c.Label)
	}
	return all
}

func TestLostUpdates(t *testing.T) {
	base := with(active(), func(i *model.Image) { i.MinRAM = 256 })
	after := with(base, func(i *model.Image) { rename(i); i.Tags = []string{"beefy", "fedora", "ours"} })
	type seen struct {
		change func(*model.Image)
		order  int
	}
	back := func(i *model.Image) { i.Name = base.Name }
	for name, c := range map[string]struct {
		before           []func(*model.Image) // snapshots from before the edit
		seen             []seen
		later            func(*model.Image) // an edit of this program after it
		lost, superseded string
		none             bool
	}{
		"nothing":                      {seen: []seen{{func(*model.Image) {}, 2}}, none: true},
		"another field":                {seen: []seen{{func(i *model.Image) { i.MinRAM = 512 }, 2}}, none: true},
		"what the server sets":         {seen: []seen{{func(i *model.Image) { i.Status = model.StatusDeactivated }, 2}}, none: true},
		"the value before":             {seen: []seen{{back, 2}}, lost: "[name]"},
		"an earlier value":             {before: []func(*model.Image){func(i *model.Image) { i.Name = model.Some("once") }}, seen: []seen{{func(i *model.Image) { i.Name = model.Some("once") }, 2}}, lost: "[name]"},
		"an unknown value":             {seen: []seen{{func(i *model.Image) { i.Name = model.Some("theirs") }, 2}}, superseded: "[name]"},
		"a tag":                        {seen: []seen{{func(i *model.Image) { i.Tags = base.Tags }, 2}}, lost: "[tags]"},
		"both":                         {seen: []seen{{func(i *model.Image) { i.Tags = base.Tags; i.Name = model.Some("theirs") }, 2}}, lost: "[tags]", superseded: "[name]"},
		"asked for before the edit":    {seen: []seen{{back, 0}}, none: true},
		"reported before":              {seen: []seen{{back, 2}, {back, 3}}, none: true},
		"superseded, and reported":     {seen: []seen{{func(i *model.Image) { i.Name = model.Some("theirs") }, 2}, {func(i *model.Image) { i.Name = model.Some("theirs") }, 3}}, none: true},
		"reported one by one":          {seen: []seen{{func(i *model.Image) { i.Tags = base.Tags }, 2}, {back, 3}, {func(i *model.Image) { back(i); i.Tags = base.Tags }, 4}}, none: true},
		"hidden":                       {seen: []seen{{func(i *model.Image) { i.Locations, i.LocationsShown, i.LocationsWithheld = nil, false, true }, 2}}, none: true},
		"an own later edit":            {later: back, seen: []seen{{back, 5}}, none: true},
		"an own later edit is lost":    {later: func(i *model.Image) { i.Name = model.Some("again") }, seen: []seen{{rename, 5}}, lost: "[name]"},
		"another image":                {seen: []seen{{func(i *model.Image) { back(i); i.ID = "another" }, 2}}, none: true},
		"another field after the loss": {seen: []seen{{back, 2}, {func(i *model.Image) { back(i); i.Tags = base.Tags }, 3}}, lost: "[tags]"},
	} {
		t.Run(name, func(t *testing.T) {
			var l LostUpdates
			for _, change := range c.before {
				l.Read(with(base, change))
			}
			l.Read(base)
			l.Accepted(base, after, 1, noon)
			made := after
			if c.later != nil {
				made = with(after, c.later)
				l.Accepted(after, made, 4, noon.Add(time.Minute))
			}
			var reports []LostUpdate
			for _, s := range c.seen {
				now := with(made, s.change)
				suspected := l.Suspect(now, s.order)
				reports = l.Report(now, s.order)
				if suspected != (len(reports) > 0) {
					t.Errorf("suspected %v, reported %+v", suspected, reports)
				}
			}
			if c.none || len(reports) != 1 {
				if !c.none || len(reports) > 0 {
					t.Errorf("%d reports: %+v", len(reports), reports)
				}
				return
			}
			r := reports[0]
			if got := fmt.Sprint(labels(r.Lost)); got != c.lost && len(r.Lost)+len(c.lost) > 0 {
				t.Errorf("lost %s, not %s", got, c.lost)
			}
			if got := fmt.Sprint(labels(r.Superseded)); got != c.superseded && len(r.Superseded)+len(c.superseded) > 0 {
				t.Errorf("superseded %s, not %s", got, c.superseded)
			}
			if missing := merge.Compare(r.Before, r.After, r.Wanted).NotApplied; len(missing) > 0 {
				t.Errorf("what would restore it lacks %v", missing)
			}
		})
	}
}

func TestLostUpdatesForgets(t *testing.T) {
	base := active()
	after := with(base, rename)
	var l LostUpdates
	l.Accepted(base, after, 1, noon)
	other := with(base, func(i *model.Image) { i.ID = "another" })
	l.Accepted(other, with(other, rename), 2, noon.Add(watched))
	if !l.Suspect(base, 3) {
		t.Error("forgotten too soon")
	}
	l.Accepted(other, with(other, rename), 4, noon.Add(watched+1))
	if l.Suspect(base, 5) || !l.Suspect(other, 5) {
		t.Error("not forgotten, or the wrong one")
	}
	for n := range 3 * mostWatched {
		l.Accepted(other, with(other, rename), 6+n, noon)
		l.Read(with(base, func(i *model.Image) { i.MinRAM = int64(n) }))
	}
	if len(l.edits) != mostWatched || len(l.snapshots) != mostHistory {
		t.Errorf("%d edits, %d snapshots", len(l.edits), len(l.snapshots))
	}
}

// What was reported by the screen of the edit is not reported again.
func TestLostUpdatesKnowsWhatWasReported(t *testing.T) {
	base := active()
	after := with(base, rename)
	var l LostUpdates
	l.Accepted(base, after, 1, noon)
	l.Reported(with(base, publish), base) // of another edit
	if !l.Suspect(base, 2) {
		t.Error("another edit was reported")
	}
	l.Reported(base, base)
	if l.Suspect(base, 2) {
		t.Error("suspected though reported")
	}
}

// Of a list only images that were read before are remembered: there are many.
func TestListedImagesAreNotRemembered(t *testing.T) {
	var l LostUpdates
	l.Listed(active())
	if len(l.snapshots) != 0 {
		t.Error("remembered")
	}
	l.Read(active())
	l.Listed(active())
	l.Listed(with(active(), func(i *model.Image) { i.Status = model.StatusDeactivated }))
	l.Listed(with(active(), rename))
	if len(l.snapshots) != 2 {
		t.Errorf("%d snapshots", len(l.snapshots))
	}
}

// Any accepted edit that a snapshot shows in full is no loss, and one that is
// back at its beginning is one, reported once.
func TestAnyEditIsWatched(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "image")
		base := modeltest.Image(seed)
		after := modeltest.Wanted(seed+1, base)
		var l LostUpdates
		l.Accepted(base, after, 1, noon)
		if l.Suspect(after, 2) {
			t.Fatal("suspected though all is there")
		}
		lost := merge.Compare(base, after, base).NotApplied
		reports := l.Report(base, 2)
		if (len(lost) > 0) != (len(reports) == 1) {
			t.Fatalf("%d of %v reported", len(reports), lost)
		}
		if l.Suspect(base, 3) || len(l.Report(base, 3)) > 0 {
			t.Fatal("reported twice")
		}
	})
}
