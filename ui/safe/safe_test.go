package safe

import (
	"strings"
	"testing"
)

func TestTextMakesHarmless(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain text stays", "Fedora 17 (beefy)", "Fedora 17 (beefy)"},
		{"other scripts stay", "Übung 日本語 한국어 עברית नमस्ते", "Übung 日本語 한국어 עברית नमस्ते"},
		{"a color sequence is shown", "\x1b[31mred", "␛[31mred"},
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
		{"a flag, one or two columns wide, is shown", "🇩🇪", "‹U+1F1E9›‹U+1F1EA›"},
		{"jamo that combine are shown", "\u1112\u1161", "\u1112‹U+1161›"},
		{"a family is taken apart", "👨\u200d👩", "👨‹U+200D›👩"},
		{"what terminals do not know yet is shown", "\U0001f6dc", "‹U+1F6DC›"},
		{"a flood of spacing marks is cut", "क" + strings.Repeat("\u093e", 7), "क" + strings.Repeat("\u093e", 4) + "‹U+093E›"},
		{"an endless conjunct is taken apart", strings.Repeat("क\u094d", 9) + "ष", strings.Repeat("क‹U+094D›", 9) + "ष"},
		{"lone surrogates become U+FFFD", "\xed\xa0\x80", "���"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Text(c.in); got != c.want {
				t.Errorf("Text(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
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

func TestEscapeLeavesNothingOut(t *testing.T) {
	flood := "e" + strings.Repeat("\u0301", 9)
	var escaped []rune
	got := Escape("a\n\xff\u202e"+flood, func(b *strings.Builder, r rune) {
		escaped = append(escaped, r)
		b.WriteByte('?')
	})
	if got != "a???e"+strings.Repeat("\u0301", 4)+"?????" || string(escaped) != "\n\ufffd\u202e"+strings.Repeat("\u0301", 5) {
		t.Errorf("%q, escaped %q", got, string(escaped))
	}
}

func TestEscapeBytesIsEscape(t *testing.T) {
	mark := func(b *strings.Builder, _ rune) { b.WriteByte('?') }
	for _, text := range []string{"", "plain", "a\nb", "é\u202e", "\xff", "~\x7f"} {
		if got, want := string(EscapeBytes([]byte(text), mark)), Escape(text, mark); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
	}
	plain := []byte("ubuntu-24.04-server")
	if n := testing.AllocsPerRun(100, func() { _ = EscapeBytes(plain, mark) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
