package words_test

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

const root = "../.."

// matcher is a rule whose expressions are compiled.
type matcher struct {
	rule
	expr  *regexp.Regexp
	right []*regexp.Regexp
}

func compile(r rule) matcher {
	m := matcher{rule: r, expr: whole(r.out)}
	for _, right := range r.right {
		m.right = append(m.right, whole(right))
	}
	return m
}

// whole makes an expression for whole words, whatever stands between them.
func whole(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:` + strings.ReplaceAll(words, " ", `\s+`) + `)\b`)
}

// find are the places in a text where the rule's words are out, as indices.
func (m matcher) find(text string) [][]int {
	found := m.expr.FindAllStringIndex(text, -1)
	for _, right := range m.right {
		for _, r := range right.FindAllStringIndex(text, -1) {
			found = slices.DeleteFunc(found, func(f []int) bool { return f[0] >= r[0] && f[1] <= r[1] })
		}
	}
	return found
}

// passage is a piece of a file: a text and the line that it begins on. Line
// breaks within a comment are kept, so that lines can be counted.
type passage struct {
	where where
	line  int
	text  string
}

func TestRetiredWords(t *testing.T) {
	var matchers []matcher
	outs := make([]string, len(rules))
	for n, r := range rules {
		matchers = append(matchers, compile(r))
		outs[n] = r.out
	}
	anyOut := whole(strings.Join(outs, "|")) // most texts have none
	clean := map[string]bool{}
	for _, dir := range notYet {
		clean[dir] = true
	}
	eachFile(t, func(path string, source []byte) {
		var found []string
		for _, p := range passages(t, path, source) {
			if !anyOut.MatchString(p.text) {
				continue
			}
			for _, m := range matchers {
				if m.in&p.where == 0 || excepted(path, p, m.rule) {
					continue
				}
				for _, at := range m.find(p.text) {
					line := p.line + strings.Count(p.text[:at[0]], "\n")
					found = append(found, fmt.Sprintf("%s:%d: %q is out: %s", path, line, p.text[at[0]:at[1]], m.use))
				}
			}
		}
		if len(found) == 0 {
			return
		}
		if n := slices.IndexFunc(notYet, func(dir string) bool { return covers(dir, path) }); n >= 0 {
			clean[notYet[n]] = false
			for _, f := range found {
				t.Log(f)
			}
			return
		}
		for _, f := range found {
			t.Error(f)
		}
	})
	for _, dir := range notYet {
		if clean[dir] {
			t.Logf("%s is clean: take it off the list notYet", dir)
		}
	}
}

// covers reports whether a file is in a directory of the list notYet.
func covers(dir, path string) bool {
	if above, below := strings.CutSuffix(dir, "/..."); below {
		return strings.HasPrefix(path, above+"/")
	}
	return filepath.ToSlash(filepath.Dir(path)) == dir
}

// TestRules keeps the rules themselves honest: each must find its sample.
func TestRules(t *testing.T) {
	for _, r := range rules {
		sample := cmp.Or(r.sample, r.out)
		if len(compile(r).find(inWords(sample))) == 0 {
			t.Errorf("the rule %q does not find %q", r.out, sample)
		}
	}
	for _, right := range []string{
		"understands", "it stands for a tag", "an edit can be undone", "there is room for one", "a promise", "surprised",
	} {
		for _, r := range rules {
			if len(compile(r).find(right)) > 0 {
				t.Errorf("the rule %q finds %q, which is right", r.out, right)
			}
		}
	}
}

func excepted(path string, p passage, r rule) bool {
	return slices.ContainsFunc(exceptions, func(e exception) bool {
		dir, alone := strings.CutSuffix(e.path, "/*")
		there := path == dir || strings.HasPrefix(path, dir+"/")
		if alone {
			there = filepath.ToSlash(filepath.Dir(path)) == dir
		}
		return there && (e.in == 0 || e.in&p.where != 0) && (e.out == "" || e.out == r.out)
	})
}

// passages are the pieces of a file that have words.
func passages(t *testing.T, path string, source []byte) []passage {
	if strings.HasSuffix(path, ".md") {
		return []passage{{docs, 1, withoutCode(string(source))}}
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	line := func(at token.Pos) int { return set.Position(at).Line }
	var all []passage
	for _, group := range file.Comments {
		all = append(all, passage{comments, line(group.Pos()), withoutMarkers(source[set.Position(group.Pos()).Offset:set.Position(group.End()).Offset])})
	}
	name := func(ids ...*ast.Ident) {
		for _, id := range ids {
			if id != nil {
				all = append(all, passage{names, line(id.Pos()), inWords(id.Name)})
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
				all = append(all, passage{texts, line(n.Pos()), text})
			}
		case *ast.FuncDecl:
			name(n.Name)
		case *ast.TypeSpec:
			name(n.Name)
		case *ast.ValueSpec:
			name(n.Names...)
		case *ast.Field:
			name(n.Names...)
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				if id, ok := left.(*ast.Ident); ok && n.Tok == token.DEFINE {
					name(id)
				}
			}
		}
		return true
	})
	return all
}

// inWords takes a name apart: wayBack is "way back".
func inWords(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for n, r := range runes {
		if n > 0 && unicode.IsUpper(r) && (!unicode.IsUpper(runes[n-1]) || n+1 < len(runes) && unicode.IsLower(runes[n+1])) {
			b.WriteByte(' ')
		}
		if r == '_' {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}

var (
	markers = regexp.MustCompile(`(?m)^[ \t]*//`)
	fences  = regexp.MustCompile("(?ms)^[ \t]*```.*?^[ \t]*```")
	spans   = regexp.MustCompile("`[^`]*`")
	links   = regexp.MustCompile(`\]\([^)]*\)`)
)

// withoutMarkers is a comment without its slashes, so that a phrase is found
// where a line breaks in it.
func withoutMarkers(comment []byte) string { return markers.ReplaceAllString(string(comment), "") }

// withoutCode is Markdown with blanks for code and for the targets of links.
func withoutCode(text string) string {
	for _, expr := range []*regexp.Regexp{fences, spans, links} {
		text = expr.ReplaceAllStringFunc(text, func(code string) string {
			return "·" + strings.Repeat("\n", strings.Count(code, "\n"))
		})
	}
	return text
}

// eachFile visits the Go files and the Markdown that are in the repository.
func eachFile(t *testing.T, visit func(path string, source []byte)) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", "ls-files", "-z", "*.go", "*.md")
	cmd.Dir = root
	listed, err := cmd.Output()
	if err != nil {
		t.Skipf("not a checkout with git: %v", err)
	}
	for path := range strings.SplitSeq(strings.TrimSuffix(string(listed), "\x00"), "\x00") {
		if strings.Contains(path, "/testdata/") || strings.HasPrefix(path, "test/words/") {
			continue
		}
		source, err := os.ReadFile(filepath.Join(root, path))
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed, and not yet from the index
		}
		if err != nil {
			t.Fatal(err)
		}
		visit(path, source)
	}
}
