package safe_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/test/hostile"
	"github.com/glance-tui/glance-tui/test/terminal"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// What a real terminal draws, told by tmux.

// compare holds the widths of texts against tmux's, and says of no more than a
// few where they differ.
func compare(t *testing.T, texts []string) {
	t.Helper()
	faults := 0
	for n, got := range terminal.Columns(t, texts) {
		if want := safe.Width(texts[n]); got != want && faults < 20 {
			t.Errorf("tmux draws %d columns, we count %d: %q (%+q)", got, want, texts[n], texts[n])
			faults++
		}
	}
}

func TestTmuxDrawsEveryCharacterAsWide(t *testing.T) {
	var texts []string
	for r := rune(' '); r <= unicode.MaxRune; r++ {
		s := string(r)
		if unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) {
			s = "a" + s // a mark needs a letter
		}
		if safe.Text(s) == s { // else its replacement is drawn
			texts = append(texts, s)
		}
	}
	if len(texts) < 100_000 {
		t.Errorf("only %d characters are drawn as they are", len(texts))
	}
	compare(t, texts)
	hostile.Summary(t, "%d characters of Unicode, each as wide in tmux as counted", len(texts))
}

func TestTmuxDrawsTheCorpusAsWide(t *testing.T) {
	var texts []string
	for _, s := range hostile.Texts(nil) {
		texts = append(texts, safe.Text(s))
	}
	compare(t, texts)
}

// Characters that do something to their neighbors, in random order.
func TestTmuxDrawsMixturesAsWide(t *testing.T) {
	alphabet := []rune("a1 日é\u0301\u0323\u20dd\u200d\ufe0f\u202e\u0915\u094d\u093f\u0d15\u0d4d\u0e01\u0e33\u0e47\u1112\u1161\u11abㅎ\uff76\uff9e" +
		"\u0627\u0644\u05d0\u05b0\U0001f468\U0001f3fd\U0001f1e9\u2601\u231a\u3099か\u1b05\u1b35\u0600\u070f\u0d4e\U00011238\u00b1\u2026\ufffd")
	chance := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // chance for a test, which must repeat itself
	texts := make([]string, 3000)
	for n := range texts {
		var b strings.Builder
		for range 1 + chance.IntN(12) {
			b.WriteRune(alphabet[chance.IntN(len(alphabet))])
		}
		texts[n] = safe.Text(b.String())
	}
	compare(t, texts)
}

// TestNoTerminalDrawsWider: one that knows grapheme clusters may draw
// narrower, never wider, so no line runs over its end.
func TestNoTerminalDrawsWider(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := safe.Text(anyText().Draw(t, "text"))
		if clusters, columns := ansi.StringWidth(s), safe.Width(s); clusters > columns {
			t.Fatalf("%d columns by clusters, %d by characters: %q", clusters, columns, s)
		}
	})
}

// anyText is what rapid makes of texts, mixed with the corpus.
func anyText() *rapid.Generator[string] {
	piece := rapid.OneOf(rapid.String(), rapid.SampledFrom(hostile.Texts(nil)))
	return rapid.Map(rapid.SliceOfN(piece, 1, 4), func(pieces []string) string { return strings.Join(pieces, "") })
}
