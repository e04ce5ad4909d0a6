package draw

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/ui/safe"
)

func TestRowsAlignTheirValues(t *testing.T) {
	rows := []Row{{"Name", []string{"Fedora 17"}}, {"Locations", []string{"http://a", "http://b"}}, {"Size", nil}}
	got := plain(Rows(dark, rows, LabelWidth(rows, 20), 40))
	want := "Name       Fedora 17\nLocations  http://a\n           http://b\nSize       "
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestChipsGoOnTheNextLine(t *testing.T) {
	got := plain(Chips(dark.Chip, []string{"beefy", "fedora", "lts"}, 16))
	if got != " beefy   fedora \n lts " {
		t.Errorf("got %q", got)
	}
	if Chips(dark.Chip, nil, 16) != nil {
		t.Error("chips of nothing")
	}
}

func TestBesidePutsTwoBlocksSideBySide(t *testing.T) {
	got := plain(Beside([]string{"a", "bb", "c"}, []string{"1", "2"}, 3, 2))
	if got != "a    1\nbb   2\nc" {
		t.Errorf("got\n%s", got)
	}
}

func TestValueOfNothingIsADash(t *testing.T) {
	if got := plain([]string{Value(dark, dark.Text, "", 9), Value(dark, dark.Text, "\x1b[2J and more", 9)}); got != "–\n␛[2J and…" {
		t.Errorf("got %q", got)
	}
}

func TestPiecesNeverExceedTheirWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		width := rapid.IntRange(1, 40).Draw(t, "width")
		all := slices.Concat(
			Para(dark.Text, text, width), []string{Value(dark, dark.Text, text, width), Heading(dark, text, text, width)},
			Chips(dark.Chip, []string{text, "lts", text}, width),
			Rows(dark, []Row{{text, []string{safe.Text(text)}}}, 8, width),
			strings.Split(Fit([]string{safe.Text(text), "x"}, width, 9), "\n"),
		)
		for _, l := range all {
			if w := safe.Width(l); w > width {
				t.Fatalf("%d columns in a width of %d: %q", w, width, l)
			}
		}
	})
}
