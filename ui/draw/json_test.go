package draw

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

var dark = theme.New(true, false)

func plain(lines []string) string { return ansi.Strip(strings.Join(lines, "\n")) }

func TestJSONKeepsItsLayout(t *testing.T) {
	src := "[\n  { \"op\": \"replace\", \"path\": \"/name\", \"value\": \"Fedora 17\" }\n]"
	if got := plain(JSON(dark, []byte(src), 80)); got != src {
		t.Errorf("got\n%s", got)
	}
}

func TestJSONColoursKeysStringsAndLiterals(t *testing.T) {
	got := strings.Join(JSON(dark, []byte(`{"min_disk": 12, "name": "a \" b", "owner": null}`), 80), "")
	for _, want := range []string{
		dark.JSONKey.Render(`"min_disk"`), dark.JSONOther.Render("12"), dark.JSONKey.Render(`"name"`),
		dark.JSONString.Render(`"a \" b"`), dark.JSONOther.Render("null"),
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}

func TestLongLinesOfJSONGoOnIndented(t *testing.T) {
	got := plain(JSON(dark, []byte(`  "url": "http://mirror.example/f17.qcow2"`), 24))
	want := "  \"url\": \"http://mirror.\n      example/f17.qcow2\""
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestJSONBreaksBetweenTokensWhereItCan(t *testing.T) {
	got := plain(JSON(dark, []byte(`  {"op": "replace", "path": "/name", "value": "Fedora 17 Server"},`), 44))
	want := "  {\"op\": \"replace\", \"path\": \"/name\", \n      \"value\": \"Fedora 17 Server\"},"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestIndentLeavesWhatIsNotJSON(t *testing.T) {
	if got := string(Indent([]byte(`{"a":[1,2]}`))); got != "{\n  \"a\": [\n    1,\n    2\n  ]\n}" {
		t.Error(got)
	}
	if got := string(Indent([]byte("<html>no</html>"))); got != "<html>no</html>" {
		t.Error(got)
	}
}

// Whatever comes, no line is wider than asked, nothing is lost but what does
// not fit at all, and no control character comes through.
func TestJSONOfAnythingIsSafeAndFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := rapid.String().Draw(t, "src")
		width := rapid.IntRange(1, 60).Draw(t, "width")
		lines := JSON(dark, []byte(src), width)
		for _, l := range lines {
			if w := safe.Width(l); w > width {
				t.Fatalf("%d columns in a width of %d: %q", w, width, l)
			}
			for _, r := range ansi.Strip(l) {
				if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
					t.Fatalf("%U comes through in %q", r, l)
				}
			}
		}
	})
}

// What takes more room laid out, or is larger than anyone reads, is bounded.
func TestHugeJSONIsBounded(t *testing.T) {
	deep := []byte(strings.Repeat(`{"a":[`, 4500) + strings.Repeat("]}", 4500))
	if got := Indent(deep); len(got) > 20*len(deep) {
		t.Errorf("%d bytes of deep JSON become %d", len(deep), len(got))
	}
	long := []byte(`{"a":"` + strings.Repeat("x", 8<<20) + `"}`)
	d := NewDocument(Indent(long))
	lines := d.Lines(dark, 80)
	if last := plain(lines[len(lines)-1:]); len(lines) > 10_000 || !strings.Contains(last, "8.0 MiB") && !strings.Contains(last, "8,388,") {
		t.Errorf("%d lines, the last %q", len(lines), last)
	}
	if len(d.Text()) < len(long) {
		t.Error("a copy has not all of it")
	}
	if small := []byte(`{"a":[1]}`); string(Indent(small)) == string(small) {
		t.Error("ordinary JSON is not laid out")
	}
}
