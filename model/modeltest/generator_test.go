package modeltest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestTheSameSeedGivesTheSame(t *testing.T) {
	for seed := range uint64(50) {
		a, b := modeltest.Image(seed), modeltest.Image(seed)
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatalf("seed %d:\n%v\n%v", seed, a, b)
		}
		if c, d := modeltest.Wanted(seed, a), modeltest.Wanted(seed, b); fmt.Sprint(c) != fmt.Sprint(d) {
			t.Fatalf("edit of seed %d:\n%v\n%v", seed, c, d)
		}
	}
}

// TestEditsReachEverything: each edit has a patch, the base stays as it was,
// and together they hold every kind of operation.
func TestEditsReachEverything(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(2000) {
		base := modeltest.Image(seed)
		was := fmt.Sprint(base)
		patch, err := rules.Diff(base, modeltest.Wanted(seed, base))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if now := fmt.Sprint(base); now != was {
			t.Fatalf("seed %d: the edit changed its base:\n%s\n%s", seed, was, now)
		}
		for _, o := range patch {
			seen[kind(o)]++
		}
		if base.Status == model.StatusQueued && len(patch) > 0 && strings.HasPrefix(patch[len(patch)-1].Path, "/locations") {
			seen["activation"]++
		}
	}
	for _, kind := range []string{
		"replace /name", "replace /tags", "replace /visibility", "replace /protected", "replace /os_hidden",
		"replace /min_disk", "replace /min_ram", "replace /disk_format", "replace /container_format",
		"add property", "replace property", "remove property",
		"add /locations/-", "replace /locations", "remove /locations/N", "activation",
	} {
		if seen[kind] == 0 {
			t.Errorf("no %s in 2000 edits", kind)
		}
	}
}

// kind names an operation without its value.
func kind(o patch.Operation) string {
	path := o.Path
	if a, found := model.AttributeNamed(strings.TrimPrefix(path, "/")); found && a.Base {
		return string(o.Op) + " " + path
	}
	switch {
	case path == "/locations/-":
	case strings.HasPrefix(path, "/locations/"):
		path = "/locations/N"
	default:
		path = "property"
	}
	return string(o.Op) + " " + path
}

func TestGivenURLsAreUsedAlone(t *testing.T) {
	const only = "http://127.0.0.1:8080/image"
	for seed := range uint64(100) {
		g := modeltest.New(seed, only)
		g.Public = false
		edited := g.Wanted(g.Image())
		for _, l := range edited.Locations {
			if l.URL != only {
				t.Fatalf("%s", l.URL)
			}
		}
		if edited.Visibility == model.Public {
			t.Fatal("public without being asked")
		}
	}
}
