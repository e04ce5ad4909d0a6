package draw

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/safe"
)

func TestChangesStandInColumns(t *testing.T) {
	got := plain(Changes(dark, []merge.Change{
		{Label: "name", Before: `"Fedora 17"`, After: `"Fedora 17 Server"`},
		{Label: "disk_format", Before: "null", After: `"qcow2"`},
	}, dark.Good, 60))
	want := "name         \"Fedora 17\"  → \"Fedora 17 Server\"\n" +
		"disk_format  null         → \"qcow2\""
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestALongChangeIsShownWhole(t *testing.T) {
	got := plain(Changes(dark, []merge.Change{
		{Label: "name", Before: "a", After: "b"},
		{Label: "locations", Before: "http://mirror.example/old.qcow2", After: "http://mirror.example/new.qcow2"},
	}, dark.Good, 40))
	want := "name       a  → b\n" +
		"locations  http://mirror.example/old.qco\n" +
		"           w2\n" +
		"           → http://mirror.example/new.q\n" +
		"             cow2"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAHugeValueIsCut(t *testing.T) {
	huge := strings.Repeat("x ", 5<<20)
	lines := Changes(dark, []merge.Change{{Label: huge, Before: huge, After: huge}}, dark.Good, 60)
	if len(lines) > 80 {
		t.Errorf("%d lines", len(lines))
	}
}

func TestChangesFitEveryWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String()
		c := merge.Change{Label: s.Draw(t, "label"), Before: s.Draw(t, "before"), After: s.Draw(t, "after")}
		width := rapid.IntRange(1, 100).Draw(t, "width")
		for _, l := range Changes(dark, []merge.Change{c, c}, dark.Good, width) {
			if w := safe.Width(l); w > width {
				t.Fatalf("%d columns in a width of %d: %q", w, width, l)
			}
		}
	})
}
