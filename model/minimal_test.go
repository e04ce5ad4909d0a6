package model_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
)

// TestDiffIsMinimal searches for a shorter patch: breadth first over all
// operations with values from the two images, as Apply takes them.
func TestDiffIsMinimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := drawSmallEdit(t)
		requireMinimal(t, model.Rules{}, before, after)
	})
}

// TestDiffIsMinimalAtTheQuota is the same where the list has no room.
func TestDiffIsMinimalAtTheQuota(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := drawSmallEdit(t)
		quota := max(2, len(before.Locations), len(after.Locations))
		requireMinimal(t, model.Rules{Limits: model.Limits{Locations: quota}}, before, after)
	})
}

// TestDiffIsMinimalOnWeightedStores is the same where the server sorts: what it
// would not show is not searched for.
func TestDiffIsMinimalOnWeightedStores(t *testing.T) {
	rules := model.Rules{Stores: []model.Store{{ID: "a", Type: "rbd"}, {ID: "b", Type: "http", Weight: 1}}}
	shown := func(i model.Image) model.Image {
		for n, l := range i.Locations {
			if strings.HasSuffix(l.URL, "b") || strings.HasSuffix(l.URL, "d") {
				i.Locations[n].URL = "rbd://" + l.URL[len("http://"):]
			}
		}
		sorted, err := rules.Apply(i, model.Patch{{Op: model.OpReplace, Path: "/min_ram", Value: 1}})
		if err != nil {
			t.Fatal(err)
		}
		i.Locations = sorted.Locations
		return i
	}
	rapid.Check(t, func(t *rapid.T) {
		before, after := drawSmallEdit(t)
		requireMinimal(t, rules, shown(before), shown(after))
	})
}

// longestSearched bounds the search: there are up to a hundred thousand patches
// that are one operation shorter.
const longestSearched = 4

func requireMinimal(t *rapid.T, rules model.Rules, before, after model.Image) {
	patch, err := rules.Diff(before, after)
	if err != nil || len(patch) > longestSearched {
		t.Skip("refused, or too long to search")
	}
	if got, err := rules.Apply(before, patch); err != nil || wishes(got) != wishes(after) {
		t.Fatalf("wrong: %v\n%s", err, patch.Pretty())
	}
	s := search{rules: rules, before: before, after: after, wanted: state(after), seen: map[string]bool{}}
	if shorter := s.run(len(patch) - 1); shorter != nil {
		t.Fatalf("from %s\nto   %s\nDiff gives\n%s\nbut this does it, too:\n%s",
			wishes(before), wishes(after), patch.Pretty(), shorter.Pretty())
	}
}

// drawSmallEdit is an edit with few locations of few URLs, so that all that
// can go wrong with their order and their metadata happens often.
func drawSmallEdit(t *rapid.T) (before, after model.Image) {
	c := drawn{t}
	before = model.Image{Status: model.StatusActive, Visibility: model.Private, LocationsShown: true,
		DiskFormat: model.Some("raw"), ContainerFormat: model.Some("bare"),
		Properties: map[string]model.Opt[string]{"p": model.Some("1")}}
	before.Locations = drawLocations(c, 3, false)
	if len(before.Locations) == 0 {
		before.Status, before.DiskFormat = model.StatusQueued, model.Null[string]()
	}
	after = before.Clone()
	if c.IntN(3) > 0 {
		after.Locations = drawLocations(c, 3, true)
		after.DiskFormat = model.Some("raw")
	}
	switch c.IntN(5) {
	case 0:
		after.Properties = map[string]model.Opt[string]{"q": model.Some("1")}
	case 1:
		after.Properties["p"] = model.Some("2")
	case 2:
		after.Tags = []string{"a", "b"}
	case 3:
		after.Name, after.Protected = model.Some("x"), true
	}
	return before, after
}

// drawLocations is a list of distinct locations.
func drawLocations(c drawn, most int, numbers bool) []model.Location {
	metadata := []map[string]any{{}, {"k": "v"}}
	if numbers {
		metadata = append(metadata, map[string]any{"n": 1})
	}
	var list []model.Location
	for range c.IntN(most + 1) {
		l := model.Location{URL: pickOf(c, []string{"http://a", "http://b", "http://c", "http://d"}), Metadata: pickOf(c, metadata)}
		if !slices.ContainsFunc(list, func(other model.Location) bool { return asJSON(other) == asJSON(l) }) {
			list = append(list, l)
		}
	}
	return list
}

// search is a breadth-first search for a patch.
type search struct {
	rules         model.Rules
	before, after model.Image
	wanted        string
	seen          map[string]bool
}

// run finds a patch of at most "depth" operations that does it.
func (s *search) run(depth int) model.Patch {
	front := []model.Patch{nil}
	for range depth {
		var next []model.Patch
		for _, p := range front {
			shown, err := s.rules.ApplyAnswer(s.before, p)
			if err != nil {
				continue // cannot be: only accepted ones are kept
			}
			for _, o := range s.operations(shown) {
				longer := append(p[:len(p):len(p)], o)
				if !s.visit(longer) {
					continue
				}
				if stored, _ := s.rules.Apply(s.before, longer); state(stored) == s.wanted {
					return longer
				}
				next = append(next, longer)
			}
		}
		front = next
	}
	return nil
}

// visit is whether the patch is accepted, takes nothing away that stays, and
// leads to where no shorter one did.
func (s *search) visit(p model.Patch) bool {
	answer, err := s.rules.ApplyAnswer(s.before, p)
	if err != nil {
		return false
	}
	have, had := countURLs(answer.Locations), countURLs(s.before.Locations)
	for url, wanted := range countURLs(s.after.Locations) {
		if have[url] < min(wanted, had[url]) {
			return false
		}
	}
	stored, _ := s.rules.Apply(s.before, p)
	ordered := slices.ContainsFunc(p, func(o model.Operation) bool { return o.Op == model.OpReplace && o.Path == "/locations" })
	key := state(answer) + state(stored) + strconv.FormatBool(ordered)
	if s.seen[key] {
		return false
	}
	s.seen[key] = true
	return true
}

// state is what the search changes about an image, as text to compare.
func state(i model.Image) string {
	return fmt.Sprint(i.Name, i.Protected, i.Tags, i.Properties, i.DiskFormat, i.Locations)
}

// operations is every operation that changes something about the image as it
// stands, with values from the wanted one.
func (s *search) operations(now model.Image) []model.Operation {
	var out []model.Operation
	set := func(path string, value any, differs bool) {
		if differs {
			out = append(out, model.Operation{Op: model.OpReplace, Path: path, Value: value})
		}
	}
	set("/name", s.after.Name.Or(""), now.Name != s.after.Name)
	set("/protected", s.after.Protected, now.Protected != s.after.Protected)
	set("/tags", s.after.Tags, !model.SameTags(now.Tags, s.after.Tags))
	set("/disk_format", "raw", now.DiskFormat != s.after.DiskFormat)
	for _, name := range []string{"p", "q"} {
		value, wanted := s.after.Properties[name]
		if old, found := now.Properties[name]; found && !wanted {
			out = append(out, model.Operation{Op: model.OpRemove, Path: "/" + name})
		} else if wanted && old != value {
			out = append(out, model.Operation{Op: model.OpAdd, Path: "/" + name, Value: value.Value})
		}
	}
	return append(out, s.locationOperations(now.Locations)...)
}

func (s *search) locationOperations(now []model.Location) []model.Operation {
	var out []model.Operation
	for n := range now {
		out = append(out, model.Operation{Op: model.OpRemove, Path: "/locations/" + strconv.Itoa(n)})
	}
	for n := range len(now) + 1 {
		for _, l := range s.after.Locations {
			out = append(out, model.Operation{Op: model.OpAdd, Path: "/locations/" + strconv.Itoa(n), Value: l})
			if len(l.Metadata) > 0 {
				l.Metadata = nil
				out = append(out, model.Operation{Op: model.OpAdd, Path: "/locations/" + strconv.Itoa(n), Value: l})
			}
		}
	}
	source := now
	if len(now) == 0 {
		source = s.after.Locations
	}
	for _, list := range s.arrangements(source) {
		out = append(out, model.Operation{Op: model.OpReplace, Path: "/locations", Value: list})
	}
	return out
}

// arrangements is every order of the locations, each as it is or with metadata
// that is wanted for its URL.
func (s *search) arrangements(list []model.Location) [][]model.Location {
	if len(list) == 0 {
		return [][]model.Location{nil}
	}
	var out [][]model.Location
	for n, l := range list {
		variants := []model.Location{l}
		for _, w := range s.after.Locations {
			if w.URL == l.URL && asJSON(w) != asJSON(l) {
				variants = append(variants, w)
			}
		}
		rest := slices.Delete(slices.Clone(list), n, n+1)
		for _, tail := range s.arrangements(rest) {
			for _, v := range variants {
				out = append(out, append([]model.Location{v}, tail...))
			}
		}
	}
	return out
}
