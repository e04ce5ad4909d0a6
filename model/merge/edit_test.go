package merge_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// The way of an edit from end to end: whatever someone changes, the patch is
// explained operation by operation, does what it says, and can be undone.
func TestTheWayOfAnEdit(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rules := rules.For(rapid.SampledFrom([]api.Release{api.ReleaseCurrent, api.Release2015}).Draw(r, "release"))
		before := modeltest.LivedImage().Draw(r, "before")
		wanted := modeltest.LivedEdit(r, before)
		if rules.Release == api.Release2015 && rapid.IntRange(0, 4).Draw(r, "empty") == 0 && before.Status == model.StatusActive {
			wanted.Locations = nil
		}
		p, err := rules.Diff(before, wanted)
		if err != nil {
			r.Skip("no patch:", err)
		}
		after, err := rules.Apply(before, p)
		if err != nil {
			r.Fatalf("%s: %v", p.JSON(), err)
		}
		sameEdit(r, "the patch does what is wanted", wanted, after)

		steps := explain.Steps(rules, before, p)
		if len(steps) != len(p) {
			r.Fatalf("%d steps for %d operations", len(steps), len(p))
		}
		if got := rules.Predict(before, p); got != after.Status {
			r.Errorf("%s: predicted %s, became %s", p.JSON(), got, after.Status)
		}
		stepsAreReadable(r, steps)
		stepsNameWhatGoes(r, rules, before, p, steps)
		hazardsAreComplete(r, before, after, p, steps)

		if command, cannot := explain.OpenStack(before, p); len(p) > 0 && command == "" && len(cannot) == 0 {
			r.Errorf("%s: neither a command nor a reason", p.JSON())
		}
	})
}

func stepsAreReadable(r *rapid.T, steps []explain.Step) {
	r.Helper()
	for n, s := range steps {
		texts := append([]string{s.Verb, s.Text, s.Before, s.After, s.Note}, s.Added...)
		texts = append(texts, s.Removed...)
		for _, h := range s.Hazards {
			texts = append(texts, h.Text)
		}
		if s.Verb == "" || s.Text == "" || strings.HasSuffix(s.Text, ".") || strings.Contains(s.Note, "refuses") {
			r.Errorf("step %d: %+v", n, s)
		}
		for _, text := range texts {
			if strings.ContainsFunc(text, quote.Hidden) {
				r.Errorf("step %d: something does not show in %q", n, text)
			}
		}
	}
}

// stepsNameWhatGoes compares the location named by a removal with the one that
// the server really takes out of its list at that moment.
func stepsNameWhatGoes(r *rapid.T, rules rules.Rules, before model.Image, p patch.Patch, steps []explain.Step) {
	r.Helper()
	for n, o := range p {
		if o.Op != patch.OpRemove || !strings.HasPrefix(o.Path, "/locations/") {
			continue
		}
		was, err := rules.ApplyResponse(before, p[:n])
		if err != nil {
			r.Fatalf("%v", err)
		}
		is, err := rules.ApplyResponse(before, p[:n+1])
		if err != nil {
			r.Fatalf("%v", err)
		}
		gone := slices.DeleteFunc(modeltest.UrlsIn(was.Locations), func(url string) bool {
			return countOf(modeltest.UrlsIn(was.Locations), url) == countOf(modeltest.UrlsIn(is.Locations), url)
		})
		if len(steps[n].Removed) != 1 || !slices.Contains(gone, steps[n].Removed[0]) {
			r.Errorf("operation %d takes %v away, the step says %v", n, gone, steps[n].Removed)
		}
	}
}

func countOf(list []string, s string) (n int) {
	for _, other := range list {
		if other == s {
			n++
		}
	}
	return n
}

// hazardsAreComplete: nothing is published, deleted, dequeued or given away
// without a word to type.
func hazardsAreComplete(r *rapid.T, before, after model.Image, p patch.Patch, steps []explain.Step) {
	r.Helper()
	confirmed := map[explain.HazardKind]string{}
	for _, s := range steps {
		for _, h := range s.Hazards {
			confirmed[h.Kind] = h.Confirm
		}
	}
	expect := func(kind explain.HazardKind, confirm string, want bool) {
		r.Helper()
		got, found := confirmed[kind]
		if found != want || found && got != confirm {
			r.Errorf("%s: %s is %v with %q, want %v with %q", p.JSON(), kind, found, got, want, confirm)
		}
	}
	deletes := slices.ContainsFunc(before.Locations, func(l model.Location) bool {
		return l.HoldsData() && countOf(modeltest.UrlsIn(before.Locations), l.URL) > countOf(modeltest.UrlsIn(after.Locations), l.URL)
	})
	expect(explain.HazardDeletesData, "delete", deletes)
	expect(explain.HazardDequeues, "queued", before.Status == model.StatusActive && after.Status == model.StatusQueued)
	expect(explain.HazardActivates, "", before.Status == model.StatusQueued && after.Status == model.StatusActive)
	opened := after.Visibility == model.Public || after.Visibility == model.Community && before.Visibility != model.Public
	expect(explain.HazardPublishes, string(after.Visibility), opened && after.Visibility != before.Visibility)
	expect(explain.HazardUnprotects, "", before.Protected && !after.Protected)
	expect(explain.HazardLocks, "", !before.Protected && after.Protected)
	expect(explain.HazardGivesAway, "owner", before.Owner != after.Owner)
}
