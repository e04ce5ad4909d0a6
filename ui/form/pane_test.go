package form

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// TestPaneOfALongEdit: what the pane tells with every key has its bounds.
func TestPaneOfALongEdit(t *testing.T) {
	for _, c := range []struct {
		name   string
		length int // of each of the values that change
		values int
		wanted []string
		lines  int // at most
	}{
		{"short", 10, 3, []string{`"path": "/property_001"`, "bytes, v2.1"}, 60},
		{"one value of 64 kB", 64 << 10, 1, []string{"…", "bytes more; press ctrl+s to review all of it", "bytes, v2.1"}, 900},
		{"many of 64 kB", 64 << 10, 20, []string{"bytes: too large to preview. Press ctrl+s to review it."}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			image := uitest.WithProperties(uitest.Active(), 20)
			f := New(uitest.Context(fakeservice.New(image)), image)
			f.change(group{}, func(s *state) {
				for n := range c.values {
					s.properties[n].value = strings.Repeat("é", c.length/2)
				}
			})
			title, remark, lines := f.patchLines(60)
			all := ansi.Strip(strings.Join(lines, "\n"))
			for _, want := range c.wanted {
				if !strings.Contains(strings.ReplaceAll(all, "\n", " "), want) {
					t.Errorf("there is no %q in %d lines", want, len(lines))
				}
			}
			if len(lines) > c.lines || title != "Request preview" || !strings.HasSuffix(remark, "operations") && remark != "1 operation" {
				t.Errorf("%q, %q and %d lines", title, remark, len(lines))
			}
			if !utf8.ValidString(all) || strings.ContainsRune(all, utf8.RuneError) {
				t.Error("a character was cut in two")
			}
			if len(f.edit.patch) != c.values {
				t.Errorf("the patch has %d operations", len(f.edit.patch))
			}
		})
	}
}

func TestHeadOf(t *testing.T) {
	for text, want := range map[string]string{"": "", "abc": "abc", "abcd": "abc", "aé": "aé", "aéé": "aé", "日本": "日"} {
		if got := headOf(text, 3); got != want {
			t.Errorf("%q begins with %q", text, got)
		}
	}
}
