package explain_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

func TestShellQuote(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", `''`},
		{"plain-word_1.qcow2", `plain-word_1.qcow2`},
		{"http://host:80/a,b", `http://host:80/a,b`},
		{"os_distro=ubuntu", `os_distro=ubuntu`},
		{"=ls", `'=ls'`},
		{"Fedora 17", `'Fedora 17'`},
		{"it's", `'it'\''s'`},
		{"'", `\'`},
		{"a\nb", "'a\nb'"},
		{"$(touch x)", `'$(touch x)'`},
		{"名前", `'名前'`},
		{"a\x1b[0m", `'a'"$(printf '\033')"'[0m'`},
		{"\u202e", `"$(printf '\342\200\256')"`},
		{"a\x00b", `'ab'`},
		{"\x00", `''`},
	} {
		if got := explain.ShellQuote(c.text); got != c.want {
			t.Errorf("ShellQuote(%q) = %s, want %s", c.text, got, c.want)
		}
	}
}

func TestShellsReadQuotedTextByteForByte(t *testing.T) {
	for _, shell := range shells {
		shellReads(t, shell, modeltest.Hostile)
	}
}

func TestShellsReadAnyQuotedText(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		texts := rapid.SliceOfN(anyText(), 20, 40).Draw(r, "texts")
		shellReads(r, rapid.SampledFrom(shells).Draw(r, "shell"), texts)
	})
}

// anyText is text that is hard on a shell, without the character 0.
func anyText() *rapid.Generator[string] {
	special := rapid.SampledFrom([]rune("'\"\\$`!*?[]{}()<>|&;#~=%^-\n\t\r \x01\x1b\x7f\u0085\u00a0\u202e名é"))
	piece := rapid.OneOf(rapid.StringOfN(special, 0, 12, -1), rapid.String(), rapid.SampledFrom(modeltest.Hostile))
	return rapid.Map(rapid.SliceOfN(piece, 0, 3), func(pieces []string) string {
		return strings.ReplaceAll(strings.Join(pieces, ""), "\x00", "")
	})
}

func shellReads(t failer, shell string, texts []string) {
	t.Helper()
	quoted := make([]string, len(texts))
	for n, s := range texts {
		quoted[n] = explain.ShellQuote(s)
	}
	calls := runInShell(t, shell, "openstack "+strings.Join(quoted, " "), "openstack")
	if len(calls) != 1 || len(calls[0].arguments) != len(texts) {
		t.Fatalf("%s: %d texts became %+v", shell, len(texts), calls)
	}
	for n, got := range calls[0].arguments {
		if got != texts[n] {
			t.Errorf("%s reads %s as %q, want %q", shell, quoted[n], got, texts[n])
		}
	}
}

// FuzzShellQuote reads the result back with a reader of its own, which knows
// no more of a shell than ShellQuote may use.
func FuzzShellQuote(f *testing.F) {
	for _, s := range modeltest.Hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := explain.ShellQuote(s)
		if !utf8.ValidString(q) {
			t.Errorf("%q: the result is no text: %q", s, q)
		}
		for _, r := range q {
			if r != '\n' && !unicode.IsPrint(r) {
				t.Errorf("%q: %q is left in %s", s, r, q)
			}
		}
		want := strings.ReplaceAll(s, "\x00", "")
		if got, ok := unquote(q); !ok || got != want {
			t.Errorf("%s reads as %q (%v), want %q", q, got, ok, want)
		}
	})
}

// unquote reads plain words, '…', \' and "$(printf '…')".
func unquote(q string) (string, bool) {
	var b strings.Builder
	for q != "" {
		switch {
		case strings.HasPrefix(q, `\'`):
			b.WriteByte('\'')
			q = q[2:]
		case q[0] == '\'':
			text, rest, ok := strings.Cut(q[1:], "'")
			if !ok {
				return "", false
			}
			b.WriteString(text)
			q = rest
		case strings.HasPrefix(q, `"$(printf '`):
			text, rest, ok := strings.Cut(q[len(`"$(printf '`):], `')"`)
			if !ok || len(text)%4 != 0 {
				return "", false
			}
			for ; text != ""; text = text[4:] {
				if text[0] != '\\' {
					return "", false
				}
				b.WriteByte((text[1]-'0')<<6 | (text[2]-'0')<<3 | (text[3] - '0'))
			}
			q = rest
		case explain.PlainWord(q):
			b.WriteString(q)
			q = ""
		default:
			return "", false
		}
	}
	return b.String(), true
}
