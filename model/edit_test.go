package model

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The way of an edit from end to end: whatever somebody changes, the patch is
// explained operation by operation, does what it says, and can be taken back.
func TestTheWayOfAnEdit(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rules := RulesFor(rapid.SampledFrom([]Release{ReleaseCurrent, Release2015}).Draw(r, "release"))
		before := livedImage().Draw(r, "before")
		wanted := livedEdit(r, before)
		if rules.Release == Release2015 && rapid.IntRange(0, 4).Draw(r, "empty") == 0 && before.Status == StatusActive {
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

		steps := rules.Explain(before, p)
		if len(steps) != len(p) {
			r.Fatalf("%d steps for %d operations", len(steps), len(p))
		}
		if got := rules.Predict(before, p); got != after.Status {
			r.Errorf("%s: predicted %s, became %s", p.JSON(), got, after.Status)
		}
		stepsAreReadable(r, steps)
		stepsNameWhatGoes(r, rules, before, p, steps)
		hazardsAreComplete(r, before, after, p, steps)

		if command, cannot := OpenStack(before, p); len(p) > 0 && command == "" && len(cannot) == 0 {
			r.Errorf("%s: neither a command nor a reason", p.JSON())
		}
	})
}

func stepsAreReadable(r *rapid.T, steps []Step) {
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
			if strings.ContainsFunc(text, hidden) {
				r.Errorf("step %d: something does not show in %q", n, text)
			}
		}
	}
}

// stepsNameWhatGoes compares the location named by a removal with the one that
// the server really takes out of its list at that moment.
func stepsNameWhatGoes(r *rapid.T, rules Rules, before Image, p Patch, steps []Step) {
	r.Helper()
	for n, o := range p {
		if o.Op != OpRemove || !strings.HasPrefix(o.Path, "/locations/") {
			continue
		}
		was, err := rules.ApplyAnswer(before, p[:n])
		if err != nil {
			r.Fatalf("%v", err)
		}
		is, err := rules.ApplyAnswer(before, p[:n+1])
		if err != nil {
			r.Fatalf("%v", err)
		}
		gone := slices.DeleteFunc(urlsIn(was.Locations), func(url string) bool {
			return countOf(urlsIn(was.Locations), url) == countOf(urlsIn(is.Locations), url)
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
func hazardsAreComplete(r *rapid.T, before, after Image, p Patch, steps []Step) {
	r.Helper()
	confirmed := map[HazardKind]string{}
	for _, s := range steps {
		for _, h := range s.Hazards {
			confirmed[h.Kind] = h.Confirm
		}
	}
	expect := func(kind HazardKind, confirm string, want bool) {
		r.Helper()
		got, found := confirmed[kind]
		if found != want || found && got != confirm {
			r.Errorf("%s: %s is %v with %q, want %v with %q", p.JSON(), kind, found, got, want, confirm)
		}
	}
	deletes := slices.ContainsFunc(before.Locations, func(l Location) bool {
		return l.HoldsData() && countOf(urlsIn(before.Locations), l.URL) > countOf(urlsIn(after.Locations), l.URL)
	})
	expect(HazardDeletesData, "delete", deletes)
	expect(HazardDequeues, "queued", before.Status == StatusActive && after.Status == StatusQueued)
	expect(HazardActivates, "", before.Status == StatusQueued && after.Status == StatusActive)
	opened := after.Visibility == Public || after.Visibility == Community && before.Visibility != Public
	expect(HazardPublishes, string(after.Visibility), opened && after.Visibility != before.Visibility)
	expect(HazardUnprotects, "", before.Protected && !after.Protected)
	expect(HazardLocks, "", !before.Protected && after.Protected)
	expect(HazardGivesAway, "owner", before.Owner != after.Owner)
}
