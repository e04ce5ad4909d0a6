package hostile

import (
	"slices"
	"strings"
	"testing"
)

func TestTheCorpusIsWhatItSays(t *testing.T) {
	names, texts := map[string]bool{}, map[string]bool{}
	kinds := map[Kind]int{}
	for _, a := range Attacks() {
		if names[a.Name] || texts[a.Text] {
			t.Errorf("%s is there twice", a.Name)
		}
		names[a.Name], texts[a.Text] = true, true
		kinds[a.Kind]++
		if (a.Kind == Encoding) == a.Valid() && a.Name != "replacement character" {
			t.Errorf("%s: valid is %v", a.Name, a.Valid())
		}
		if slices.Contains([]Kind{Controls, Sequences, Order, Encoding}, a.Kind) && a.Valid() &&
			a.Name != "replacement character" && len(Plain([]byte(a.Text))) == 0 && !strings.Contains(a.Text, "\n") {
			t.Errorf("%s is not seen", a.Name)
		}
	}
	if len(kinds) != 8 || len(names) < 150 {
		t.Errorf("%d attacks of %v", len(names), kinds)
	}
	t.Logf("%d attacks: %v", len(names), kinds)
}

// What the judges let through and what they do not: they must bite.
func TestStreamKnowsOursFromTheirs(t *testing.T) {
	for _, ours := range []string{
		"plain, Übung, 日本語 and नमस्ते", "\x1b[H\x1b[2J\x1b[1;38;2;90;209;196mglance-tui\x1b[m", "\x1b[22;39m", "\x1b[48;5;233m",
		"\x1b[?1049h\x1b[?1004h\x1b[?25l\x1b[?2004h\x1b[?2026$p", "\x1b[12;40H\x1b[K\r\n\b", "\x1b]2;glance-tui: Fedora 17\a", "\x1b]11;?\a",
		"\x1b]52;c;YQ==\a", "e\u0301",
	} {
		if got := Stream([]byte(ours)); len(got) > 0 {
			t.Errorf("%q: %q", ours, got)
		}
	}
	for _, theirs := range []string{
		"\x1b[31m", "\x1b[5m", "\x1b[8m", "\x1b[1;8m", "\x1b[38;2;1;2;3;5m", "\x1b[21t", "\x1b[?1003h", "\x1bc", "\x1b(0", "\x1b]0;owned\a", "\x1b]2;glance-tui: a\u202eb\a",
		"\x1b]8;;http://x\x1b\\", "\x1b]52;c;?\a", "\x1bP+q544e\x1b\\", "\x1b_Gx\x1b\\", "\x1b^x\x1b\\", "\x1bXx\x1b\\", "\x1b[6n",
		"\x1b[", "\x1b]2;open", "x\x1b", "\u009b31m", "\x9b31m", "\a", "\x0e", "\v", "\u202e", "\u200b", "\u00a0", "\u2028", "☁\ufe0f", "\ue000",
		"z" + strings.Repeat("\u0301", 9), "\x1b[4h", "\x1b[!p", "\x1b#8",
	} {
		if got := Stream([]byte(theirs)); len(got) == 0 {
			t.Errorf("%q is let through", theirs)
		}
	}
	if got := Plain([]byte("\x1b[m")); len(got) == 0 {
		t.Error("a style in plain output is let through")
	}
	if got := Styled("\x1b[2J"); len(got) == 0 {
		t.Error("a movement in a view is let through")
	}
	if got := Clipboard([]byte("a\x1b]52;c;YQ==\ab\x1b]52;c;Yg==\x1b\\")); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("on the clipboard: %q", got)
	}
	if got := Obeyed([]byte("x\x1b[6ny")); len(got) != 1 || got[0].Name != "cursor report" {
		t.Errorf("obeyed: %v", got)
	}
}
