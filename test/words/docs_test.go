package words_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDecisions: each decision has the sections of the template, and the table
// in docs/decisions/README.md has all of them.
func TestDecisions(t *testing.T) {
	dir := filepath.Join(root, "docs", "decisions")
	table, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "0*.md"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	head := regexp.MustCompile(`\A# ([0-9]+)\. (.+)\n\nStatus: (accepted|superseded by .+), ([0-9]{4}-[0-9]{2}-[0-9]{2})\n`)
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(f)
		m := head.FindSubmatch(text)
		if m == nil {
			t.Errorf("%s does not begin with its number, title, status and date", name)
			continue
		}
		if number := fmt.Sprintf("%04s-", m[1]); !strings.HasPrefix(name, number) {
			t.Errorf("%s has the number %s", name, m[1])
		}
		if row := fmt.Appendf(nil, "| %s | [%s](%s) | %s | %s |\n", m[1], m[2], name, m[3], m[4]); !bytes.Contains(table, row) {
			t.Errorf("docs/decisions/README.md lacks the row\n%s", row)
		}
		rest := string(text)
		for _, section := range []string{"Context", "Decision", "Consequences", "Revisit when"} {
			_, after, found := strings.Cut(rest, "\n## "+section+"\n")
			if !found {
				t.Errorf("%s lacks the section %q, or has it in another order", name, section)
				break
			}
			rest = after
		}
	}
}

// TestLinks: what the documentation links to in the tree is there.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	eachFile(t, func(path string, source []byte) {
		if !strings.HasSuffix(path, ".md") {
			return
		}
		for _, m := range link.FindAllSubmatch(fences.ReplaceAll(source, nil), -1) {
			target := filepath.Join(root, filepath.Dir(path), string(m[1]))
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s, which is not there", path, m[1])
			}
		}
	})
}

// TestNamedTests: the tests that the documentation names exist. A name may end
// with an ellipsis.
func TestNamedTests(t *testing.T) {
	var tests []string
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w+)\(`)
	eachFile(t, func(path string, source []byte) {
		if strings.HasSuffix(path, "_test.go") {
			for _, m := range declared.FindAllSubmatch(source, -1) {
				tests = append(tests, string(m[1]))
			}
		}
	})
	named := regexp.MustCompile("`(…?)((?:Test|Fuzz)[A-Z]\\w+)(…?)`")
	eachFile(t, func(path string, source []byte) {
		if !strings.HasSuffix(path, ".md") {
			return
		}
		for _, m := range named.FindAllSubmatch(source, -1) {
			name, begins := string(m[2]), len(m[3]) > 0
			if !slices.ContainsFunc(tests, func(test string) bool { return test == name || begins && strings.HasPrefix(test, name) }) {
				t.Errorf("%s names %s, which no file declares", path, name)
			}
		}
	})
}
