package safe

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestTextMakesHarmless(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain text stays", "Fedora 17 (beefy)", "Fedora 17 (beefy)"},
		{"other scripts stay", "Übung 日本語 한국어 עברית नमस्ते", "Übung 日本語 한국어 עברית नमस्ते"},
		{"a colour sequence is shown", "\x1b[31mred", "␛[31mred"},
		{"a title sequence is shown", "\x1b]0;owned\x07", "␛]0;owned␇"},
		{"C1 CSI is shown", "\u009b31m", "‹U+009B›31m"},
		{"line breaks are shown", "a\r\nb\tc", "a␍␊b␉c"},
		{"DEL is shown", "a\x7f", "a␡"},
		{"bidirectional override is shown", "abc\u202egpj.exe", "abc‹U+202E›gpj.exe"},
		{"zero width is shown", "pay\u200bpal", "pay‹U+200B›pal"},
		{"invalid bytes become U+FFFD", "a\xff\xfeb", "a��b"},
		{"a real U+FFFD stays", "a�b", "a�b"},
		{"no-break space is shown", "a\u00a0b", "a‹U+00A0›b"},
		{"line separator is shown", "a\u2028b", "a‹U+2028›b"},
		{"a mark on its letter stays", "e\u0301", "e\u0301"},
		{"a mark on nothing is shown", "\u0301", "‹U+0301›"},
		{"a spacing mark on its letter stays", "\u0915\u0903", "\u0915\u0903"},
		{"a spacing mark on nothing is shown", "\t\u0903", "␉‹U+0903›"},
		{"a flood of marks is cut", "e" + strings.Repeat("\u0301", 50), "e" + strings.Repeat("\u0301", 4) + "‹U+0301›"},
		{"variation selectors are shown", "☁\ufe0f", "☁‹U+FE0F›"},
		{"tag characters are shown", "a\U000e0041", "a‹U+E0041›"},
		{"hangul filler is shown", "\u3164", "‹U+3164›"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Text(c.in); got != c.want {
				t.Errorf("Text(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}

func FuzzText(f *testing.F) {
	f.Add("\x1b[2J\u202e\u200d")
	f.Add("e\u0301\u0301\u0301\u0301\u0301\u0301")
	f.Fuzz(func(t *testing.T, s string) {
		out := Text(s)
		if !utf8.ValidString(out) {
			t.Fatalf("not UTF-8: %q", out)
		}
		for _, r := range out {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				t.Fatalf("%q lets %U through", s, r)
			}
		}
		if again := Text(out); again != out {
			t.Fatalf("not stable: %q then %q", out, again)
		}
		if w := Width(Pad(out, 12)); w != 12 {
			t.Fatalf("padded to 12, is %d wide: %q", w, Pad(out, 12))
		}
	})
}

func TestCutMiddleKeepsBothEnds(t *testing.T) {
	got := CutMiddle("http://mirror.example/very/long/path/f17.qcow2", 20)
	if Width(got) > 20 || !strings.HasPrefix(got, "http://m") || !strings.HasSuffix(got, ".qcow2") {
		t.Errorf("got %q", got)
	}
}

func TestTextOfPlainASCIIAllocatesNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { _ = Text("ubuntu-24.04-server") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
