package draw

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/safe"
)

func TestAnImageWithoutNameIsCalledByItsID(t *testing.T) {
	img := model.Image{ID: "da3b75d9"}
	if got := Name(img); got != "da3b75d9" {
		t.Error(got)
	}
	img.Name = model.Some("Fedora\x07")
	if got := Name(img); got != "Fedora␇" {
		t.Error(got)
	}
}

func TestALongNameLeavesRoomForWhatHappened(t *testing.T) {
	long := model.Image{ID: "1", Name: model.Some(strings.Repeat("x", 100) + strings.Repeat("長", 100))}
	for _, width := range []int{48, 80, 160} {
		got := About(width, "the edit of ", long, " was accepted")
		if !strings.HasPrefix(got, "the edit of x") || !strings.HasSuffix(got, "長 was accepted") || safe.Width(got) > width-messageEdge {
			t.Errorf("%d: %d columns, %q", width, safe.Width(got), got)
		}
	}
	if got := About(1, "", long, " is gone"); safe.Width(got) != leastName+len(" is gone") {
		t.Error(got)
	}
	if got := About(80, "", model.Image{ID: "1", Name: model.Some("short")}, " is gone"); got != "short is gone" {
		t.Error(got)
	}
}

func TestProjectsAreShownByNameWhereItIsKnown(t *testing.T) {
	s := api.Session{Project: "platform", ProjectID: "02a7", ProjectNames: map[string]string{"77": "demo"}}
	if got := Project("02a7", s) + ", " + Project("77", s) + ", " + Project("88", s); got != "platform (02a7), demo (77), 88" {
		t.Error(got)
	}
}

func TestPairsAreSortedAndInWords(t *testing.T) {
	img := model.Image{
		Properties: map[string]model.Opt[string]{"b": model.Some(""), "a": model.Null[string](), "c": model.Some("x")},
		Extra:      map[string]json.RawMessage{"self": json.RawMessage(`"/v2/images/1"`), "n": json.RawMessage(`[1]`)},
	}
	if got := Properties(img); !slices.Equal(got, []Pair{{"a", "null"}, {"b", `""`}, {"c", "x"}}) {
		t.Errorf("%v", got)
	}
	if got := Extra(img); !slices.Equal(got, []Pair{{"n", "[1]"}, {"self", "/v2/images/1"}}) {
		t.Errorf("%v", got)
	}
	got := Metadata(map[string]any{"store": "web", "list": []any{"<a>", json.Number("1")}, "n": nil})
	if !slices.Equal(got, []Pair{{"list", `["<a>",1]`}, {"n", "null"}, {"store", "web"}}) {
		t.Errorf("%v", got)
	}
}

func TestClipCutsBetweenCharacters(t *testing.T) {
	if got := Clip(strings.Repeat("日", 100), 10); got != "日日日…" {
		t.Error(got)
	}
	if got := Clip("short", 10); got != "short" {
		t.Error(got)
	}
}

func TestTimeInWords(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 2, 7, 0, time.UTC)
	if got := Time(now.Add(-4*day), now); got != "2026-11-19 14:02:07 UTC, 4 days ago" {
		t.Error(got)
	}
	if got := Time(time.Time{}, now) + Clock(now); got != "14:02:07" {
		t.Error(got)
	}
}
