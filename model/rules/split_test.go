package rules_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// storedAt is an active image with locations of these URLs: "f1" is data in the
// file store, "w1" is on the web.
func storedAt(names ...string) model.Image {
	i := model.Image{ID: modeltest.FedoraID, Name: model.Some("x"), Status: model.StatusActive, Visibility: model.Private, LocationsShown: true,
		DiskFormat: model.Some("raw"), ContainerFormat: model.Some("bare"), Properties: map[string]model.Opt[string]{"p": model.Some("1")}}
	for _, n := range names {
		i.Locations = append(i.Locations, storedLocation(n))
	}
	return i
}

func storedLocation(name string) model.Location {
	if strings.HasPrefix(name, "f") {
		return model.Location{URL: "file:///" + name, Metadata: map[string]any{"store": "local"}}
	}
	return model.Location{URL: "http://web/" + name, Metadata: map[string]any{}}
}

// splitOp reads an operation from a line: "name x", "add - w1", "remove 0",
// "list w1 f1", "list".
func splitOp(line string) patch.Operation {
	verb, rest, _ := strings.Cut(line, " ")
	switch verb {
	case "add":
		at, name, _ := strings.Cut(rest, " ")
		return patch.Operation{Op: patch.OpAdd, Path: "/locations/" + at, Value: storedLocation(name)}
	case "remove":
		return patch.Operation{Op: patch.OpRemove, Path: "/locations/" + rest}
	case "list":
		return patch.Operation{Op: patch.OpReplace, Path: "/locations", Value: storedAt(strings.Fields(rest)...).Locations}
	}
	return patch.Operation{Op: patch.OpReplace, Path: "/name", Value: rest}
}

func splitPatch(lines string) patch.Patch {
	var p patch.Patch
	for line := range strings.SplitSeq(lines, ", ") {
		p = append(p, splitOp(line))
	}
	return p
}

// splitLines is the inverse of splitPatch.
func splitLines(p patch.Patch) string {
	lines := make([]string, len(p))
	for n, o := range p {
		e := patch.Decode(o)
		at := strings.TrimPrefix(strings.TrimPrefix(o.Path, "/locations"), "/")
		switch {
		case e.Name == "name":
			lines[n] = "name " + o.Value.(string)
		case o.Op == patch.OpRemove:
			lines[n] = "remove " + at
		case o.Op == patch.OpAdd:
			l, _ := e.Location()
			lines[n] = "add " + at + " " + l.URL[strings.LastIndexByte(l.URL, '/')+1:]
		default:
			list, _ := e.Locations()
			lines[n] = "list"
			for _, l := range list {
				lines[n] += " " + l.URL[strings.LastIndexByte(l.URL, '/')+1:]
			}
		}
	}
	return strings.Join(lines, ", ")
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name, locations, patch string
		rules                  rules.Rules
		want                   []string
		together               string
	}{
		{name: "nothing is deleted", locations: "w0 w1", patch: "name y, remove 0"},
		{name: "a removal of data alone", locations: "f0 w1", patch: "remove 0"},
		{name: "two of them alone", locations: "f0 f1 w2", patch: "remove 1, remove 0"},
		{name: "a rename with it", locations: "f0 w1", patch: "name y, remove 0", want: []string{"name y", "remove 0"}},
		{name: "another location instead", locations: "f0", patch: "add - w1, remove 0", want: []string{"add - w1", "remove 0"}},
		{name: "with an order", locations: "f0 w1 w2", patch: "add - w3, list w3 w2 w1 f0, remove 3",
			want: []string{"add - w3, list w3 w2 w1 f0", "remove 3"}},
		{name: "what only forgets goes first", locations: "f0 w1 f2 w3", patch: "remove 3, remove 2, remove 1, remove 0, name y",
			together: rules.TogetherRefused}, // the last location
		{name: "what only forgets goes first, counted again", locations: "f0 w1 f2 w3 w4", patch: "remove 3, remove 2, remove 1, remove 0",
			want: []string{"remove 3, remove 1", "remove 1, remove 0"}},
		{name: "removals before what can fail", locations: "f0 w1 w2", patch: "remove 0, remove 0, name y",
			want: []string{"remove 1, name y", "remove 0"}},
		{name: "the end of the list", locations: "w0 w1 f2", patch: "remove -, remove -, name y", want: []string{"remove 1, name y", "remove 1"}},
		{name: "an addition at a place", locations: "f0 w1", patch: "remove 0, add 0 w2, remove 1",
			want: []string{"add 1 w2, remove 2", "remove 0"}},
		{name: "an addition at a place is stored last", locations: "w0 f1", patch: "add 0 w2, remove 2", want: []string{"add 0 w2", "remove 1"}},
		{name: "a removal that makes room", locations: "f0 w1", rules: rules.Rules{Limits: rules.Limits{Locations: 2}}, patch: "remove 0, add - w2", together: rules.TogetherFull},
		{name: "room is made by what only forgets", locations: "f0 w1", rules: rules.Rules{Limits: rules.Limits{Locations: 2}}, patch: "remove 1, add - w2, remove 0",
			want: []string{"remove 1, add - w2", "remove 0"}},
		{name: "a list of what is left", locations: "f0 w1 w2", patch: "remove 0, list w2 w1", together: rules.TogetherBuilt},
		{name: "all data of an old server", locations: "f0 w1", rules: rules.For(api.Release2015), patch: "name y, list", want: []string{"name y", "list"}},
		{name: "all data of an old server alone", locations: "f0 w1", rules: rules.For(api.Release2015), patch: "list"},
		{name: "the last of an old server", locations: "f0", rules: rules.For(api.Release2015), patch: "name y, remove 0", want: []string{"name y", "list"}},
		{name: "new data after all the old", locations: "f0", rules: rules.For(api.Release2015), patch: "list, add - w1", want: []string{"add - w1", "remove 0"}},
		{name: "a list that has no room", locations: "f0 w1 w2", rules: rules.Rules{Limits: rules.Limits{Locations: 2}}, patch: "remove 0, list w2 w1", together: rules.TogetherFull},
		{name: "what the server refuses", locations: "f0 w1", patch: "remove 0, remove 0", together: rules.TogetherRefused},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, p := storedAt(strings.Fields(c.locations)...), splitPatch(c.patch)
			requests, together := c.rules.Split(before, p)
			want := c.want
			if want == nil {
				want = []string{c.patch}
			}
			var got []string
			for _, r := range requests {
				got = append(got, splitLines(r))
			}
			if !slices.Equal(got, want) || together != c.together {
				t.Fatalf("gives %q (%s)\nwant  %q (%s)", got, together, want, c.together)
			}
			if c.together == "" {
				requireSameEnd(t, c.rules, before, p, requests)
			}
		})
	}
}

type fatal interface {
	Helper()
	Fatalf(string, ...any)
}

// requireSameEnd: sent one after another the requests make of the image what
// the whole patch does.
func requireSameEnd(t fatal, r rules.Rules, before model.Image, p patch.Patch, requests []patch.Patch) {
	t.Helper()
	want, err := r.Apply(before, p)
	if err != nil {
		t.Fatalf("%s: %v", p.JSON(), err)
	}
	got := before
	for _, one := range requests {
		if got, err = r.Apply(got, one); err != nil {
			t.Fatalf("%s of %s: %v", one.JSON(), p.JSON(), err)
		}
	}
	if string(jsontext.MustEncode(got)) != string(jsontext.MustEncode(want)) {
		t.Fatalf("%s\nin %d requests gives %s\nin one          %s", p.JSON(), len(requests), jsontext.MustEncode(got), jsontext.MustEncode(want))
	}
}

// requireSplit holds an edit's requests to all that Split promises.
func requireSplit(t fatal, r rules.Rules, before model.Image, p patch.Patch) (parted bool) {
	t.Helper()
	requests, together := r.Split(before, p)
	requireSameEnd(t, r, before, p, requests)
	deletes := r.DeletesData(before, p)
	mixed := slices.Contains(deletes, true) && slices.Contains(deletes, false)
	switch {
	case !mixed || together != "":
		if len(requests) != 1 || string(requests[0].JSON()) != string(p.JSON()) || !mixed && together != "" {
			t.Fatalf("%s becomes %d requests (%s)", p.JSON(), len(requests), together)
		}
		return false
	case len(requests) != 2 || len(requests[0]) == 0 || len(requests[1]) == 0:
		t.Fatalf("%s deletes data and does more, and becomes %d requests", p.JSON(), len(requests))
	}
	first, second := requests[0], requests[1]
	requireNoDataLost(t, r, before, first)
	between, _ := r.Apply(before, first)
	if slices.Contains(r.DeletesData(between, second), false) {
		t.Fatalf("%s does more than delete data", second.JSON())
	}
	if !r.MayFollow(before, first, between) {
		t.Fatalf("%s may not follow %s", second.JSON(), first.JSON())
	}
	return true
}

// requireNoDataLost refuses the patch at each of its operations in turn, and at
// the very end, as servers with other quotas do.
func requireNoDataLost(t fatal, r rules.Rules, before model.Image, first patch.Patch) {
	t.Helper()
	bad := patch.Operation{Op: patch.OpRemove, Path: "/no such property"}
	for n := range len(first) + 1 {
		var refused *patch.Rejection
		if _, err := r.Apply(before, slices.Insert(slices.Clone(first), n, bad)); !errors.As(err, &refused) || refused.Code != http.StatusConflict {
			t.Fatalf("%v", err)
		} else if len(refused.Kept) > 0 {
			t.Fatalf("refused at %d, %s deletes the data of %v", n, first.JSON(), refused.Kept)
		}
	}
}

// Whatever someone changes: no refusal of the first request costs data, and
// both together are the edit.
func TestSplitOfAnyEdit(t *testing.T) {
	parted := 0
	rapid.Check(t, func(t *rapid.T) {
		r := rules.For(rapid.SampledFrom([]api.Release{api.ReleaseCurrent, api.Release2015}).Draw(t, "release"))
		r.Limits.Locations = rapid.SampledFrom([]int{0, 4, 5}).Draw(t, "quota")
		before := modeltest.LivedImage().Draw(t, "before")
		wanted := modeltest.LivedEdit(t, before)
		if r.Release == api.Release2015 && before.Status == model.StatusActive && rapid.IntRange(0, 4).Draw(t, "empty") == 0 {
			wanted.Locations = nil
		}
		if n := slices.IndexFunc(wanted.Locations, model.Location.HoldsData); n >= 0 && len(wanted.Locations) > 1 && rapid.Bool().Draw(t, "drop data") {
			wanted.Locations = slices.Delete(wanted.Locations, n, n+1)
		}
		p, err := r.Diff(before, wanted)
		if err != nil {
			t.Skip("no patch:", err)
		}
		if requireSplit(t, r, before, p) {
			parted++
			requests, _ := r.Split(before, p)
			if len(requests[0])+len(requests[1]) != len(p) {
				t.Fatalf("%s and %s are not as many operations as %s", requests[0].JSON(), requests[1].JSON(), p.JSON())
			}
			return
		}
		// An edit of Diff's stays whole only where a removal makes room.
		if _, together := r.Split(before, p); together != "" && together != rules.TogetherFull {
			t.Fatalf("%s is not parted: %s", p.JSON(), together)
		}
	})
	if parted < 5 && !testing.Short() { // which tries few
		t.Errorf("only %d edits were parted", parted)
	}
}

// The same for patches that no one's Diff made: places at every index.
func TestSplitOfAnyPatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rules.For(rapid.SampledFrom([]api.Release{api.ReleaseCurrent, api.Release2015}).Draw(t, "release"))
		before := storedAt(rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"f0", "f1", "f2", "w3", "w4", "w5"}), 1, 5,
			func(s string) string { return s }).Draw(t, "locations")...)
		var p patch.Patch
		for n := range rapid.IntRange(1, 6).Draw(t, "operations") {
			o := drawOperation(t, n, r, before, p)
			if _, err := r.Apply(before, append(slices.Clone(p), o)); err == nil {
				p = append(p, o)
			}
		}
		if len(p) > 0 {
			requireSplit(t, r, before, p)
		}
	})
}

func drawOperation(t *rapid.T, n int, r rules.Rules, before model.Image, p patch.Patch) patch.Operation {
	now, _ := r.ApplyResponse(before, p)
	at := "-"
	if i := rapid.IntRange(-1, len(now.Locations)).Draw(t, "at"); i >= 0 {
		at = strconv.Itoa(i)
	}
	switch rapid.IntRange(0, 5).Draw(t, "verb") {
	case 0:
		return splitOp(fmt.Sprintf("name %d", n))
	case 1:
		return splitOp(fmt.Sprintf("add %s w%d", at, 10+n))
	case 2:
		return patch.Operation{Op: patch.OpReplace, Path: "/locations", Value: rapid.Permutation(now.Locations).Draw(t, "order")}
	case 3:
		if rapid.IntRange(0, 3).Draw(t, "all") == 0 {
			return splitOp("list")
		}
	}
	return splitOp("remove " + at)
}

func TestMayFollow(t *testing.T) {
	before, first := storedAt("f0", "w1"), splitPatch("name y, add - w2")
	for _, c := range []struct {
		name string
		now  func(*model.Image)
		want bool
	}{
		{"as predicted", func(*model.Image) {}, true},
		{"the store is the server's", func(i *model.Image) { i.Locations[2].Metadata["store"] = "web" }, true},
		{"other attributes do not count", func(i *model.Image) { i.Name, i.Status = model.Some("z"), model.StatusDeactivated }, true},
		{"not there", func(i *model.Image) { i.Locations = i.Locations[:2] }, false},
		{"another one", func(i *model.Image) { i.Locations = append(i.Locations, storedLocation("w3")) }, false},
		{"in another order", func(i *model.Image) { slices.Reverse(i.Locations) }, false},
		{"other metadata", func(i *model.Image) { i.Locations[1].Metadata["k"] = "v" }, false},
		{"hidden", func(i *model.Image) { i.LocationsShown, i.Locations = false, nil }, false},
	} {
		now, err := rules.Rules{}.Apply(before, first)
		if err != nil {
			t.Fatal(err)
		}
		now = now.Clone()
		c.now(&now)
		if got := (rules.Rules{}).MayFollow(before, first, now); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// What only others know must not keep an edit whole: who may publish, and
// whether a host answers.
func TestSplitAsksNoOne(t *testing.T) {
	asked := false
	r := rules.Rules{RolesKnown: true, CheckLocation: func(string) (int64, *patch.Rejection) {
		asked = true
		return 0, patch.Reject(http.StatusBadRequest, "Invalid location")
	}}
	p := append(patch.Patch{{Op: patch.OpReplace, Path: "/visibility", Value: "public"}}, splitPatch("add - w1, remove 0")...)
	if requests, together := r.Split(storedAt("f0"), p); len(requests) != 2 || asked {
		t.Errorf("%d requests (%s), asked: %v", len(requests), together, asked)
	}
}

func ExampleRules_Split() {
	before := model.Image{Status: model.StatusActive, LocationsShown: true,
		Locations: []model.Location{{URL: "file:///images/a"}, {URL: "http://mirror/a"}}}
	requests, _ := rules.Rules{}.Split(before, patch.Patch{
		{Op: patch.OpReplace, Path: "/name", Value: "a"},
		{Op: patch.OpRemove, Path: "/locations/0"},
	})
	for _, p := range requests {
		fmt.Println(string(p.JSON()))
	}
	// Output:
	// [{"op":"replace","path":"/name","value":"a"}]
	// [{"op":"remove","path":"/locations/0"}]
}

func TestStages(t *testing.T) {
	requests := []patch.Patch{splitPatch("add - w1"), splitPatch("remove 5"), splitPatch("remove 0"), splitPatch("name y")}
	var got []string
	for _, i := range (rules.Rules{}).Stages(storedAt("f0"), requests) {
		got = append(got, fmt.Sprint(i.Name.Value, " ", modeltest.UrlsIn(i.Locations)))
	}
	want := []string{"x [file:///f0]", "x [file:///f0 http://web/w1]", "x [file:///f0 http://web/w1]", "x [http://web/w1]"}
	if !slices.Equal(got, want) {
		t.Errorf("the requests find %q, want %q", got, want)
	}
}
