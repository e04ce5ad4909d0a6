package input

import (
	"strings"
	"testing"
	"unicode"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

var dark = theme.New(true, false)

func focused(value string) *Field {
	f := New()
	f.SetValue(value)
	f.Focus()
	return f
}

func send(f *Field, msgs ...[]tea.Msg) *Field {
	for _, part := range msgs {
		for _, m := range part {
			f.Update(m)
		}
	}
	return f
}

func TestEditingKeys(t *testing.T) {
	for _, c := range []struct {
		name, value string
		keys        []tea.Msg
		want        string
		at          int
	}{
		{"typing goes in at the cursor", "ac", append(uitest.Keys("left"), uitest.Type("b")...), "abc", 2},
		{"backspace takes one character", "abc", uitest.Keys("backspace"), "ab", 2},
		{"delete takes the next", "abc", uitest.Keys("home", "delete"), "bc", 0},
		{"ends", "abc", append(uitest.Keys("ctrl+a"), append(uitest.Type("<"), append(uitest.Keys("ctrl+e"), uitest.Type(">")...)...)...), "<abc>", 5},
		{"back by words", "one two-three", uitest.Keys("alt+b", "ctrl+left", "backspace"), "onetwo-three", 3},
		{"forward by words", "one two three", uitest.Keys("home", "alt+f", "ctrl+right", "delete"), "one twothree", 7},
		{"ctrl+w takes a word", "http://mirror/f17", uitest.Keys("ctrl+w"), "http://mirror/", 14},
		{"alt+backspace too", "one two", uitest.Keys("alt+backspace"), "one ", 4},
		{"alt+d takes the word behind", "one two", uitest.Keys("home", "alt+d"), " two", 0},
		{"a wide letter is one step", "日本語", uitest.Keys("left", "backspace"), "日語", 1},
		{"a letter with its marks goes whole", "xe\u0301\u0302y", uitest.Keys("left", "backspace"), "xy", 1},
		{"an escape character goes alone", "a\x1b[2J", uitest.Keys("home", "right", "delete"), "a[2J", 1},
		{"invalid bytes go one by one", "a\xff\xfeb", uitest.Keys("left", "backspace"), "a\xffb", 2},
		{"nothing at the start", "a", uitest.Keys("home", "left", "backspace", "ctrl+w"), "a", 0},
		{"nothing at the end", "a", uitest.Keys("right", "delete", "alt+d", "alt+f"), "a", 1},
		{"the screens' keys do nothing", "abc", uitest.Keys("ctrl+k", "tab", "enter", "up", "ctrl+s"), "abc", 3},
		{"ctrl+u clears the line up to the cursor", "abc", uitest.Keys("left", "ctrl+u"), "c", 0},
		{"spaces are kept", " a ", uitest.Keys("space"), " a  ", 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := send(focused(c.value), c.keys)
			if f.Value() != c.want || f.Position() != c.at {
				t.Errorf("%q at %d, want %q at %d", f.Value(), f.Position(), c.want, c.at)
			}
		})
	}
}

func TestOtherKeysCanBeBound(t *testing.T) {
	f := focused("abc def")
	f.Keys.CutToEnd = key.NewBinding(key.WithKeys("ctrl+k"))
	if send(f, uitest.Keys("alt+b", "ctrl+u")); f.Value() != "def" {
		t.Errorf("ctrl+u left %q", f.Value())
	}
	if send(f, uitest.Keys("right", "ctrl+k")); f.Value() != "d" {
		t.Errorf("ctrl+k left %q", f.Value())
	}
}

func TestAValueThatNobodyTouchedStaysAsItCame(t *testing.T) {
	hostile := "evil\x1b[2J\u202e\xff\r\n\x00 \u200d"
	f := focused(hostile)
	for _, m := range uitest.Keys("home", "right", "right", "ctrl+right", "end", "left") {
		if f.Update(m) {
			t.Error("moving counts as a change")
		}
	}
	if f.View(dark, 12); f.Value() != hostile {
		t.Errorf("became %q", f.Value())
	}
}

func TestPasteKeepsBytesButNotLineBreaks(t *testing.T) {
	f := focused("<>")
	f.SetPosition(1)
	if !f.Update(uitest.Paste("a\tb\r\nc\nd\xff\n")) {
		t.Error("a paste is a change")
	}
	if f.Value() != "<a\tb c d\xff>" || f.Position() != 9 {
		t.Errorf("got %q at %d", f.Value(), f.Position())
	}
	if _, joined := OneLine("a\nb"); !joined {
		t.Error("joined lines were not told")
	}
	if _, joined := OneLine("a\n"); joined {
		t.Error("a last line break joins nothing")
	}
}

func TestWithoutTheFocusNothingIsTaken(t *testing.T) {
	f := New()
	if f.Update(uitest.Key("a")) || f.Update(uitest.Paste("b")) || f.Takes(uitest.Key("a")) {
		t.Error("a key was taken")
	}
	f.Focus()
	if !f.Takes(uitest.Key("a")) || !f.Takes(uitest.Key("left")) || f.Takes(uitest.Key("ctrl+s")) {
		t.Error("Takes is wrong")
	}
}

func TestDrawing(t *testing.T) {
	for _, c := range []struct {
		name, value string
		keys        []tea.Msg
		width       int
		want        string
		x           int
	}{
		{"short text is filled up", "abc", nil, 6, "abc   ", 3},
		{"the end is visible", "abcdefgh", nil, 6, "…efgh ", 5},
		{"text as wide as the field leaves room for the cursor", "abcdef", nil, 6, "…cdef ", 5},
		{"one step back needs no scrolling", "abcdefgh", uitest.Keys("left"), 6, "…efgh ", 4},
		{"at the start", "abcdefgh", uitest.Keys("home"), 6, "abcde…", 0},
		{"in the middle both edges show", "abcdefghij", uitest.Keys("home", "right", "right", "right", "right", "right", "right"), 6, "…defg…", 4},
		{"a wide letter is never cut", "日本語テ", uitest.Keys("home"), 6, "日本… ", 0},
		{"control characters stand in", "a\x1bb", nil, 8, "a␛b     ", 3},
		{"a long stand-in has its columns", "a\u202eb", nil, 12, "a‹U+202E›b  ", 10},
		{"nothing fits in nothing", "abc", nil, 0, "", 0},
		{"one column", "abc", nil, 1, "…", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := focused(c.value)
			for _, k := range c.keys {
				f.View(dark, c.width)
				f.Update(k)
			}
			if got := ansi.Strip(f.View(dark, c.width)); got != c.want {
				t.Errorf("drawn %q, want %q", got, c.want)
			}
			if x := f.CursorX(c.width); x != c.x {
				t.Errorf("cursor at %d, want %d", x, c.x)
			}
		})
	}
}

func TestBlurredTextShowsItsBeginning(t *testing.T) {
	f := focused("abcdefgh")
	f.Blur()
	if got := ansi.Strip(f.View(dark, 6)); got != "abcde…" {
		t.Errorf("drawn %q", got)
	}
	empty := New()
	empty.Placeholder = "add a tag"
	if got := ansi.Strip(empty.View(dark, 6)); got != "add a…" {
		t.Errorf("placeholder drawn %q", got)
	}
}

func TestCharactersAreCountedAsAServerDoes(t *testing.T) {
	if n := focused("e\u0301日\xff").Characters(); n != 4 {
		t.Errorf("counted %d", n)
	}
}

// Whatever is typed and however narrow the field: the view has its width, holds
// no control character, and the character under the cursor is drawn there.
func TestAnyTextAtAnyWidth(t *testing.T) {
	names := []string{
		"left", "right", "home", "end", "alt+b", "alt+f", "backspace", "delete", "ctrl+w", "alt+d", "space", "x", "日", "é",
	}
	rapid.Check(t, func(r *rapid.T) {
		f := focused(rapid.String().Draw(r, "value") + string(rapid.SliceOfN(rapid.Byte(), 0, 8).Draw(r, "bytes")))
		for _, n := range rapid.SliceOfN(rapid.SampledFrom(names), 0, 30).Draw(r, "keys") {
			f.Update(uitest.Key(n))
			width := rapid.IntRange(0, 30).Draw(r, "width")
			view := ansi.Strip(f.View(dark, width))
			if w := safe.Width(view); w != width {
				r.Fatalf("%q is %d columns wide, not %d: %q", f.Value(), w, width, view)
			}
			if strings.ContainsFunc(view, unicode.IsControl) {
				r.Fatalf("a control character is drawn: %q", view)
			}
			x := f.CursorX(width)
			if x < 0 || x > max(0, width-1) {
				r.Fatalf("the cursor is at %d of %d", x, width)
			}
			if cells := f.all(); f.at < len(cells) && cells[f.at].width+2 <= width {
				if rest := behind(view, x); !strings.HasPrefix(rest, cells[f.at].drawn) {
					r.Fatalf("%q: under the cursor at %d is %q, not %q in %q", f.Value(), x, rest, cells[f.at].drawn, view)
				}
			}
		}
	})
}

// behind is what of a plain view is at column x and to its right.
func behind(view string, x int) string {
	at := 0
	each(view, func(c cell) bool {
		if x > 0 {
			x -= c.width
			at = c.end
		}
		return x > 0
	})
	return view[at:]
}

func BenchmarkKeyInALongText(b *testing.B) {
	f := focused(strings.Repeat("metadata of an image, ", 100))
	k := uitest.Key("x")
	for b.Loop() {
		f.Update(k)
		_ = f.View(dark, 60)
		_ = f.CursorX(60)
		f.Update(uitest.Key("backspace"))
	}
}
