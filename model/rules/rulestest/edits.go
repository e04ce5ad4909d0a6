package rulestest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// RequireDiff asks for exactly these operations, and that the server takes
// them and ends where it should.
func RequireDiff(t *testing.T, r rules.Rules, before, after model.Image, want ...string) {
	t.Helper()
	p, err := r.Diff(before, after)
	if err != nil {
		t.Fatalf("refused: %v", err)
	}
	var lines []string
	for _, o := range p {
		lines = append(lines, string(jsontext.MustEncode(o)))
	}
	if got, want := strings.Join(lines, "\n"), strings.Join(want, "\n"); got != want {
		t.Fatalf("gives\n%s\nwant\n%s", got, want)
	}
	now, err := r.Apply(before, p)
	if err != nil {
		t.Fatalf("the server refuses: %v", err)
	}
	if rest, err := r.Diff(now, after); err != nil || len(rest) > 0 {
		t.Fatalf("still to do: %s %v", rest.JSON(), err)
	}
}

// PatchOf reads a patch as JSON.
func PatchOf(t testing.TB, body string) patch.Patch {
	t.Helper()
	p, err := rules.ParsePatch(patch.MediaTypeV21, []byte(body))
	if err != nil {
		t.Fatalf("parse %s: %v", body, err)
	}
	return p
}

// Drawn makes modeltest's choices with rapid, so that a failing case shrinks.
type Drawn struct{ T *rapid.T }

// IntN draws a number below n.
func (d Drawn) IntN(n int) int { return rapid.IntRange(0, n-1).Draw(d.T, "choice") }

// DrawEdit is a random image and a draft of it that some patch leads to.
func DrawEdit(t *rapid.T) (before, after model.Image) {
	g := &modeltest.Generator{Chooser: Drawn{T: t}, URLs: modeltest.URLs, Public: true}
	before = g.Image()
	return before, g.Wanted(before)
}

// MustDiff is the patch of an edit that must have one.
func MustDiff(t interface {
	Helper()
	Fatalf(string, ...any)
}, r rules.Rules, before, after model.Image) patch.Patch {
	t.Helper()
	patch, err := r.Diff(before, after)
	if err != nil {
		t.Fatalf("no patch from\n%s\nto\n%s\n%v", Wishes(before), Wishes(after), err)
	}
	return patch
}

// Wishes is all of an image that a client can set, as text to compare.
func Wishes(i model.Image) string {
	i = i.Clone()
	for n, l := range i.Locations {
		delete(l.Metadata, "store")
		if l.Metadata == nil {
			i.Locations[n].Metadata = map[string]any{}
		}
	}
	tags := model.NormalTags(i.Tags)
	return fmt.Sprintf("name=%s visibility=%s owner=%s protected=%t hidden=%t disk=%d ram=%d formats=%s,%s tags=%s properties=%s shown=%t locations=%s",
		AsJSON(i.Name), i.Visibility, AsJSON(i.Owner), i.Protected, i.Hidden, i.MinDisk, i.MinRAM,
		AsJSON(i.DiskFormat), AsJSON(i.ContainerFormat), AsJSON(tags), AsJSON(i.Properties), i.LocationsShown, AsJSON(i.Locations))
}

// AsJSON is a value as JSON.
func AsJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	if string(text) == "null" {
		return "[]" // no list and an empty one are the same here
	}
	return string(text)
}
