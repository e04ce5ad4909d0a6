package draw

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/safe"
)

var quarrel = []model.Conflict{
	{Label: "name", Base: `"Fedora 17"`, Theirs: `"Beefy"`, Mine: `"Fedora 17 Server"`},
	{Label: "min_disk", Base: "0 GB", Theirs: "5 GB", Mine: "10 GB"},
}

func TestConflictsStandSideBySide(t *testing.T) {
	got := plain(Conflicts(dark, quarrel, 60))
	want := "          WAS          SERVER NOW  YOURS\n" +
		"name      \"Fedora 17\"  \"Beefy\"     \"Fedora 17 Server\"\n" +
		"min_disk  0 GB         5 GB        10 GB"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestConflictsTooWideStandOneUnderAnother(t *testing.T) {
	got := plain(Conflicts(dark, quarrel[:1], 40))
	want := "name\n" +
		"  was         \"Fedora 17\"\n" +
		"  server now  \"Beefy\"\n" +
		"  yours       \"Fedora 17 Server\""
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestConflictsFitEveryWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String()
		c := model.Conflict{Label: s.Draw(t, "label"), Base: s.Draw(t, "base"), Mine: s.Draw(t, "mine"), Theirs: s.Draw(t, "theirs")}
		width := rapid.IntRange(1, 100).Draw(t, "width")
		for _, l := range Conflicts(dark, []model.Conflict{c, c}, width) {
			if w := safe.Width(l); w > width {
				t.Fatalf("%d columns in a width of %d: %q", w, width, l)
			}
		}
	})
}
