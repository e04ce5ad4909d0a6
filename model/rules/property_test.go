package rules_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/model/rules/rulestest"
)

// IntN draws a number below n.

func TestDiffIsRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rulestest.DrawEdit(t)
		patch := rulestest.MustDiff(t, rules.Rules{}, before, after)
		got, err := rules.Rules{}.Apply(before, patch)
		if err != nil {
			t.Fatalf("refused: %v\n%s", err, patch.Pretty())
		}
		if difference := rulestest.Wishes(got) != rulestest.Wishes(after); difference {
			t.Fatalf("gives  %s\nwanted %s\n%s", rulestest.Wishes(got), rulestest.Wishes(after), patch.Pretty())
		}
		if rest := rulestest.MustDiff(t, rules.Rules{}, got, after); len(rest) > 0 {
			t.Fatalf("something is left to do: %s", rest.JSON())
		}
	})
}

func TestDiffIsTheSameOnTheWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rulestest.DrawEdit(t)
		p := rulestest.MustDiff(t, rules.Rules{}, before, after)
		for _, body := range [][]byte{p.JSON(), p.Pretty()} {
			parsed, err := rules.ParsePatch(patch.MediaTypeV21, body)
			if err != nil {
				t.Fatalf("refused: %v\n%s", err, body)
			}
			if !reflect.DeepEqual(plain(t, parsed.JSON()), plain(t, body)) {
				t.Fatalf("sent     %s\nreceived %s", body, parsed.JSON())
			}
			got, err := rules.Rules{}.Apply(before, parsed)
			if err != nil || rulestest.Wishes(got) != rulestest.Wishes(after) {
				t.Fatalf("gives  %s (%v)\nwanted %s", rulestest.Wishes(got), err, rulestest.Wishes(after))
			}
		}
	})
}

func TestDiffIsTheSameInTheOlderForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rulestest.DrawEdit(t)
		p := rulestest.MustDiff(t, rules.Rules{}, before, after)
		parsed, err := rules.ParsePatch(patch.MediaTypeV20, p.JSONv20())
		if err != nil {
			t.Fatalf("refused: %v\n%s", err, p.JSONv20())
		}
		got, err := rules.Rules{}.Apply(before, parsed)
		if err != nil || rulestest.Wishes(got) != rulestest.Wishes(after) {
			t.Fatalf("gives  %s (%v)\nwanted %s\n%s", rulestest.Wishes(got), err, rulestest.Wishes(after), p.JSONv20())
		}
	})
}

func TestDiffIsDeterministic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rulestest.DrawEdit(t)
		once := rulestest.MustDiff(t, rules.Rules{}, before, after).JSON()
		again := rulestest.MustDiff(t, rules.Rules{}, reread(t, before), reread(t, after)).JSON()
		if string(once) != string(again) {
			t.Fatalf("%s\n%s", once, again)
		}
	})
}

func TestDiffOfEqualImagesIsEmpty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, _ := rulestest.DrawEdit(t)
		if patch := rulestest.MustDiff(t, rules.Rules{}, before, reread(t, before)); len(patch) > 0 {
			t.Fatalf("%s", patch.JSON())
		}
	})
}

func TestDiffRemovesLocationsLast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rulestest.DrawEdit(t)
		p := rulestest.MustDiff(t, rules.Rules{}, before, after)
		removing := false
		for _, o := range p {
			removes := o.Op == patch.OpRemove && strings.HasPrefix(o.Path, "/locations/")
			if removing && !removes && len(before.Locations)+len(after.Locations) <= 10 {
				t.Fatalf("something follows a removal:\n%s", p.Pretty())
			}
			removing = removes
		}
	})
}

func TestDiffNeverRemovesWhatStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rulestest.DrawEdit(t)
		patch := rulestest.MustDiff(t, rules.Rules{}, before, after)
		for n := range patch {
			got, err := rules.Rules{}.ApplyResponse(before, patch[:n+1])
			if err != nil {
				t.Fatalf("refused after %d operations: %v", n+1, err)
			}
			have, keep := countURLs(got.Locations), countURLs(before.Locations)
			for url, wanted := range countURLs(after.Locations) {
				if have[url] < min(wanted, keep[url]) {
					t.Fatalf("%s is gone after %d operations:\n%s", url, n+1, patch.Pretty())
				}
			}
		}
	})
}

// TestDiffNamesNoPathTwice: two operations on one path would be one too many.
// Locations are the exception: each is added and removed by itself, and a list
// for a queued image comes twice where the server checks the first one alone.
func TestDiffNamesNoPathTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rulestest.DrawEdit(t)
		seen := map[string]bool{}
		patch := rulestest.MustDiff(t, rules.Rules{}, before, after)
		for n, o := range patch {
			filled := n > 0 && len(before.Locations) == 0 && n == len(patch)-1 && o.Path == "/locations" && patch[n-1].Path == o.Path
			if seen[o.Path] && !strings.HasPrefix(o.Path, "/locations/") && !filled {
				t.Fatalf("%s twice", o.Path)
			}
			seen[o.Path] = true
		}
	})
}

// TestDiffRefusesOrIsRight draws drafts with all that can be wrong with one: a
// patch is either refused with a reason, or the server takes it.
func TestDiffRefusesOrIsRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rulestest.DrawEdit(t)
		c := rulestest.Drawn{T: t}
		spoilBase(c, &before)
		if c.IntN(2) == 0 {
			after = before.Clone()
		}
		spoilDraft(c, &after)
		rules := rules.For([]api.Release{api.ReleaseCurrent, api.Release2015}[c.IntN(2)])
		patch, err := rules.Diff(before, after)
		if blocked := blocking(rules.Check(before, after)); (err != nil) != (blocked > 0) {
			t.Fatalf("Diff says %v, but Check finds %d faults", err, blocked)
		}
		if err != nil {
			requireReason(t, err)
			return
		}
		got, err := rules.Apply(before, patch)
		if err != nil {
			t.Fatalf("refused: %v\n%s", err, patch.Pretty())
		}
		if !after.LocationsShown && len(after.Locations) == 0 || !before.LocationsShown {
			after.Locations = before.Locations
		}
		after.LocationsShown = before.LocationsShown
		if rulestest.Wishes(got) != rulestest.Wishes(after) {
			t.Fatalf("gives  %s\nwanted %s\n%s", rulestest.Wishes(got), rulestest.Wishes(after), patch.Pretty())
		}
	})
}

func blocking(faults []model.Problem) int {
	return len(slices.DeleteFunc(faults, func(f model.Problem) bool { return f.Warning }))
}

func requireReason(t *rapid.T, err error) {
	var refusal *model.Refusal
	if !errors.As(err, &refusal) || refusal.Error() == "" {
		t.Fatalf("no reason: %#v", err)
	}
	for _, f := range refusal.Problems {
		if f.Text == "" || f.Field.Attr == "" {
			t.Fatalf("a fault without words or place: %#v", f)
		}
	}
}

// spoilBase puts the image in states in which less can be changed.
func spoilBase(c rulestest.Drawn, i *model.Image) {
	i.Status = pickOf(c, append([]model.Status{model.StatusActive, model.StatusQueued}, model.Statuses...))
	if c.IntN(6) == 0 {
		i.Locations, i.LocationsShown = nil, false
	}
	if c.IntN(8) == 0 {
		i.Locations = nil
	}
}

// spoilDraft makes one or two changes of which most are impossible.
func spoilDraft(c rulestest.Drawn, i *model.Image) {
	long := strings.Repeat("é", 256)
	for range 1 + c.IntN(2) {
		text := pickOf(c, []string{"", " x", "x ", long, "😀", "a\xffb", "a/ b", "raw", "stores", "base", "os_glance_x", "os_glance", "context", "__class__",
			"deleted", "size", "name", "locations", "\x1f", "self", "kernel_id", "-", "\x00"})
		switch c.IntN(10) {
		case 0:
			i.Name = model.Some(text)
		case 1:
			i.Tags = append(i.Tags, text)
		case 2:
			i.Properties[text] = model.Some(text)
		case 3:
			i.Properties[text] = model.Null[string]()
		case 4:
			i.Visibility = pickOf(c, []model.Visibility{"", "everyone", model.Public})
		case 5:
			i.MinDisk, i.MinRAM = pickOf(c, []int64{-1, 0, 1 << 31, 1<<31 - 1}), pickOf(c, []int64{-1, 0, 1 << 31})
		case 6:
			i.DiskFormat, i.ContainerFormat = pickOf(c, []model.Opt[string]{{}, model.Some("raw"), model.Some(text)}), model.Some(text)
		case 7:
			i.Owner = pickOf(c, []model.Opt[string]{{}, model.Some(text)})
		case 8:
			i.LocationsShown = !i.LocationsShown
		default:
			spoilLocations(c, i, text)
		}
	}
}

func spoilLocations(c rulestest.Drawn, i *model.Image, text string) {
	l := model.Location{URL: pickOf(c, []string{text, "file:///etc/passwd", "HTTP://x/y", "http://x/y", modeltest.URLs[0],
		"http://x/" + strings.Repeat("y", 256), "swift+config://x", "http://x/😀"}),
		Metadata: pickOf(c, []map[string]any{nil, {}, {"k": "v"}, {"k": 1}, {"😀": "x"}, {"k": []any{nil, "\xff"}}, {"store": "other"}})}
	switch c.IntN(4) {
	case 0:
		i.Locations = nil
	case 1:
		i.Locations = append(i.Locations[:len(i.Locations):len(i.Locations)], i.Locations...)
	default:
		i.Locations = append(i.Locations[:len(i.Locations):len(i.Locations)], l)
	}
}

func pickOf[T any](c rulestest.Drawn, list []T) T { return list[c.IntN(len(list))] }

// MustDiff is the patch of an edit that must have one.

// reread is the image after a journey through JSON.
func reread(t *rapid.T, i model.Image) model.Image {
	text, err := json.Marshal(i)
	if err == nil {
		err = json.Unmarshal(text, &i)
	}
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// plain is JSON as plain Go values.
func plain(t *rapid.T, text []byte) (value any) {
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return value
}

// AsJSON is a value as JSON.

func countURLs(list []model.Location) map[string]int {
	count := map[string]int{}
	for _, l := range list {
		count[l.URL]++
	}
	return count
}
