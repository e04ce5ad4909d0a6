package rules_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/model/rules/rulestest"
)

// locs reads a list of locations in short: "a b{k:v}" is http://a without and
// http://b with metadata.
func locs(short string) []model.Location {
	var list []model.Location
	for _, word := range strings.Fields(short) {
		url, rest, found := strings.Cut(word, "{")
		l := model.Location{URL: "http://" + url, Metadata: map[string]any{}}
		if found {
			name, value, _ := strings.Cut(strings.TrimSuffix(rest, "}"), ":")
			l.Metadata[name] = value
			if value == "1" {
				l.Metadata[name] = json.Number(value)
			}
		}
		list = append(list, l)
	}
	return list
}

// short is the other way round, for an operation: "+c", "-1", "= b a".
func short(o patch.Operation) string {
	switch v := o.Value.(type) {
	case model.Location:
		return "+" + shortList([]model.Location{v})
	case []model.Location:
		return "= " + shortList(v)
	}
	return "-" + strings.TrimPrefix(o.Path, "/locations/")
}

func shortList(list []model.Location) string {
	var words []string
	for _, l := range list {
		word := strings.TrimPrefix(l.URL, "http://")
		for _, name := range jsontext.SortedKeys(l.Metadata) {
			word += fmt.Sprintf("{%s:%v}", name, l.Metadata[name])
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func TestDiffLocations(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"a b", "a b", ""},
		// One operation for each that comes or goes.
		{"a", "a b", "+b"},
		{"a", "a b c", "+b; +c"},
		{"a b c", "a c", "-1"},
		{"a b c", "b", "-2; -0"},
		{"a b c d", "b", "-3; -2; -0"},
		{"a", "b", "+b; -0"},
		{"a b", "c d", "+c; +d; -1; -0"},
		{"a b c", "a c d", "+d; -1"},
		// One more where the order is not what is left, then what is new.
		{"a b", "b a", "= b a"},
		{"a b c", "c a b", "= c a b"},
		{"a b", "a c b", "+c; = a c b"},
		{"a b", "c b", "+c; = c b a; -2"},
		{"a b c d", "d e a", "+e; = d e a b c; -4; -3"},
		// Metadata is put in place, never by removing and adding.
		{"a", "a{k:v}", "= a{k:v}"},
		{"a{k:v}", "a", "= a"},
		{"a{k:v} b", "a{k:w}", "= a{k:w} b; -1"},
		{"a b", "a{k:v} c", "+c; = a{k:v} c b; -2"},
		// The store is the server's: not compared, and sent as it was.
		{"a{store:x}", "a", ""},
		{"a{store:x}", "a{store:y}", ""},
		{"a{store:x} b{store:y}", "b a", "= b{store:y} a{store:x}"},
		{"a{store:x}", "a{k:v}", "= a{k:v}{store:x}"},
		// One URL with different metadata.
		{"a{k:v} a{k:w}", "a{k:w} a{k:v}", "= a{k:w} a{k:v}"},
		{"a{k:v} a{k:w}", "a{k:w}", "-0"},
		{"a{k:v} a{k:w}", "a{k:v}", "-1"},
		{"a{k:v}", "a{k:v} a{k:w}", "+a{k:w}"},
		{"a{k:v}", "a{k:w} a{k:v}", "+a{k:w}; = a{k:w} a{k:v}"},
		{"a{k:v} a{k:w}", "a{k:x}", "= a{k:x} a{k:w}; -1"},
		// A number is no text: it goes in with the whole list.
		{"a", "a b{n:1}", "+b; = a b{n:1}"},
		{"a b", "a{n:1} b", "= a{n:1} b"},
		{"a", "b{n:1}", "+b; = b{n:1} a; -1"},
		{"a", "a a{n:1}", "+a{stand-in:1}; = a a{n:1}"},
		{"a{k:v}", "a{k:v} a a{n:1}", "+a; +a{stand-in:1}; = a{k:v} a a{n:1}"},
		// From an empty list.
		{"", "a", "+a"},
		{"", "a{k:v}", "+a{k:v}"},
		{"", "a b", "= a b"},
		{"", "b{k:v} a c", "= b{k:v} a c"},
		{"", "a{n:1}", "+a; = a{n:1}"},
		{"", "a{k:v} b{n:1} a c", "= a{k:v} b a c; = a{k:v} b{n:1} a c"},
		{"", "a b{n:1}", "= a b; = a b{n:1}"},
		{"", "a{n:1} a{m:1}", "= a a{stand-in:1}; = a{n:1} a{m:1}"},
	} {
		t.Run(c.before+" to "+c.after, func(t *testing.T) {
			before := modeltest.ActiveImage(t)
			if c.before == "" {
				before = modeltest.QueuedImage(t)
			}
			before.Locations = locs(c.before)
			requireLocations(t, rules.Rules{}, before, locs(c.after), c.want)
		})
	}
}

// requireLocations asks for exactly these operations on locations.
func requireLocations(t *testing.T, r rules.Rules, before model.Image, wanted []model.Location, want string) {
	t.Helper()
	after := before.Clone()
	after.Locations = wanted
	p, err := r.Diff(before, after)
	if err != nil {
		t.Fatalf("refused: %v", err)
	}
	var words []string
	for _, o := range p {
		words = append(words, short(o))
	}
	if got := strings.Join(words, "; "); got != want {
		t.Fatalf("gives %q, want %q", got, want)
	}
	now, err := r.Apply(before, p)
	if err != nil {
		t.Fatalf("the server refuses: %v", err)
	}
	if !pairing.SameLocationLists(now.Locations, wanted) {
		t.Fatalf("ends as %q, want %q", shortList(now.Locations), shortList(wanted))
	}
}

// TestDiffLocationsAtTheQuota: where the list has no room, some removals must
// come first, but no more than needed and never the last location.
func TestDiffLocationsAtTheQuota(t *testing.T) {
	for _, c := range []struct {
		quota               int
		before, after, want string
	}{
		{3, "a b c", "a b d", "-2; +d"},
		{3, "a b c", "a d e", "-2; -1; +d; +e"},
		{3, "a b", "c d", "-1; +c; +d; -0"},
		{3, "a b c", "d b a", "-2; +d; = d b a"},
		{3, "a b", "c b", "+c; = c b a; -2"},
		{3, "a b c", "d e f", "-2; -1; +d; +e; -0; +f"},
		{3, "a b c", "d e{n:1} f", "-2; -1; +d; +e; -0; +f; = d e{n:1} f"},
		{2, "a b", "c d", "-1; +c; -0; +d"},
		// A list that is too long already.
		{3, "a b c d e", "e a", "-3; -2; = e a b; -2"},
		{3, "a b c d e", "a b c d", "-4"},
		{10, "0 1 2 3 4 5 6 7 8 9", "a b c d e f g h i j",
			"-9; -8; -7; -6; -5; -4; -3; -2; -1; +a; +b; +c; +d; +e; +f; +g; +h; +i; -0; +j"},
		{-1, "0 1 2 3 4 5 6 7 8 9", "0 1 2 3 4 5 6 7 8 a", "+a; -9"},
	} {
		t.Run(fmt.Sprintf("%d: %s to %s", c.quota, c.before, c.after), func(t *testing.T) {
			before := modeltest.ActiveImage(t)
			before.Locations = locs(c.before)
			requireLocations(t, rules.Rules{Limits: rules.Limits{Locations: c.quota}}, before, locs(c.after), c.want)
		})
	}
}

func TestDiffEmptiesLocationsOfAnOldServer(t *testing.T) {
	before := modeltest.ActiveImage(t, "http://a", "file:///1")
	requireLocations(t, rules.For(api.Release2015), before, nil, "= ")
	after := before.Clone()
	after.Locations = nil
	rulestest.RequireDiff(t, rules.For(api.Release2015), before, after, `{"op":"replace","path":"/locations","value":[]}`)
	now, err := rules.For(api.Release2015).Apply(before, patch.Patch{{Op: patch.OpReplace, Path: "/locations", Value: []model.Location{}}})
	if err != nil || now.Status != model.StatusQueued {
		t.Errorf("becomes %s, %v", now.Status, err)
	}
}

func TestDiffLeavesLocationsThatAreNotMentioned(t *testing.T) {
	before := modeltest.ActiveImage(t, "http://a")
	rulestest.RequireDiff(t, rules.Rules{}, before, hiding(before))
	rulestest.RequireDiff(t, rules.Rules{}, hiding(before), hiding(before))
	queued := modeltest.QueuedImage(t)
	rulestest.RequireDiff(t, rules.Rules{}, hiding(queued), queued) // shown empty, and empty anyway
}

func TestDiffSendsUntouchedMetadataAsItWas(t *testing.T) {
	before := modeltest.ActiveImage(t)
	before.Locations = []model.Location{
		{URL: "file:///1", Metadata: map[string]any{"store": "local", "n": json.Number("1.50"), "x": nil}},
		{URL: "http://a", Metadata: map[string]any{}},
	}
	after := edited(before, func(i *model.Image) {
		i.Locations[0], i.Locations[1] = i.Locations[1], i.Locations[0]
		i.Locations[1].Metadata = map[string]any{"n": 1.5, "x": nil}
	})
	rulestest.RequireDiff(t, rules.Rules{}, before, after, `{"op":"replace","path":"/locations","value":[{"url":"http://a","metadata":{}},`+
		`{"url":"file:///1","metadata":{"n":1.50,"store":"local","x":null}}]}`)
}

// TestDiffSharesNothing: the patch can be changed without changing the images.
func TestDiffSharesNothing(t *testing.T) {
	before := modeltest.ActiveImage(t, "http://a", "http://b")
	before.Locations[0].Metadata["k"] = map[string]any{"deep": "x"}
	after := edited(before, func(i *model.Image) {
		i.Locations = append(locs("c{k:v}"), i.Locations[1], i.Locations[0])
	})
	was := string(jsontext.MustEncode(before)) + string(jsontext.MustEncode(after))
	p, err := rules.Diff(before, after)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range p {
		switch v := o.Value.(type) {
		case model.Location:
			v.Metadata["k"] = "changed"
		case []model.Location:
			for _, l := range v {
				l.Metadata["new"] = "changed"
				if deep, ok := l.Metadata["k"].(map[string]any); ok {
					deep["deep"] = "changed"
				}
			}
		}
	}
	if now := string(jsontext.MustEncode(before)) + string(jsontext.MustEncode(after)); now != was {
		t.Errorf("the images changed with the patch:\n%s\n%s", was, now)
	}
}
