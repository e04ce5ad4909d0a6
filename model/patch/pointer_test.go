package patch_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model/patch"
)

func TestEscapePointer(t *testing.T) {
	for name, token := range map[string]string{
		"": "", "name": "name", "a/b": "a~1b", "a~b": "a~0b", "~1": "~01", "/~/": "~1~0~1", "é/": "é~1",
	} {
		if got := patch.EscapePointer(name); got != token {
			t.Errorf("EscapePointer(%q) = %q, want %q", name, got, token)
		}
		if got := patch.UnescapePointer(token); got != name {
			t.Errorf("UnescapePointer(%q) = %q, want %q", token, got, name)
		}
	}
}

func TestPointerTokens(t *testing.T) {
	for pointer, want := range map[string][]string{
		"/name":           {"name"},
		"/":               {""},
		"//p4":            {"p4"},
		"/ sp ":           {"sp"},
		"/\tx\x1c":        {"x"},
		"/\u00a0x\u2028":  {"x"},
		"/a~1b":           {"a/b"},
		"/a~01":           {"a~1"},
		"/locations/-":    {"locations", "-"},
		"/ locations / 0": {"locations", "0"},
		"/a/~1":           {"a", "/"},
		"/%20":            {"%20"},
	} {
		got, fault := patch.PointerTokens(pointer)
		if fault != "" || !reflect.DeepEqual(got, want) {
			t.Errorf("%q gives %q (%s), want %q", pointer, got, fault, want)
		}
	}
}

func TestPointerFaults(t *testing.T) {
	for pointer, says := range map[string]string{
		"":      "does not start",
		"name":  "does not start",
		"//":    "end with",
		"/a//b": "adjacent",
		"/a/ /": "adjacent",
		"///x":  "adjacent",
		"/a/":   "end with",
		"// ":   "valid token",
		"/a~":   "escape sequence",
		"/a~2":  "escape sequence",
		"/~~0":  "escape sequence",
	} {
		if _, fault := patch.PointerTokens(pointer); !strings.Contains(fault, says) {
			t.Errorf("%q: says %q, want %q", pointer, fault, says)
		}
	}
}

func FuzzPointer(f *testing.F) {
	for _, name := range []string{"", "a/b", "~", "~01", " x ", "\x1f", "/", "//", "a\u2028", "é~1"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if got := patch.UnescapePointer(patch.EscapePointer(name)); got != name {
			t.Fatalf("%q comes back as %q", name, got)
		}
		tokens, fault := patch.PointerTokens("/" + patch.EscapePointer(name))
		if fault == "" && len(tokens) != 1 {
			t.Fatalf("%q is read as %q", name, tokens)
		}
		if fault == "" && tokens[0] != patch.TrimSpace(name) {
			t.Fatalf("%q is read as %q", name, tokens[0])
		}
		if _, fault := patch.PointerTokens(name); fault == "" && !strings.HasPrefix(name, "/") {
			t.Fatalf("%q was taken for a pointer", name)
		}
	})
}
