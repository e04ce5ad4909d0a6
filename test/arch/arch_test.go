// Package arch_test holds the rules of the repository that a program can check: which room
// may import which, and that untrusted text is made safe where it is drawn.
package arch_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/glance-tui/glance-tui"

// root is the top of the source tree, from this package's directory.
const root = "../.."

// listed is what `go list` says of a package.
type listed struct {
	ImportPath   string
	Standard     bool
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func (p listed) room() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
}

// allPackages are those of this module, for every system the program is built
// for: a file for Windows alone must keep the rules as well.
func allPackages(t *testing.T) []listed {
	t.Helper()
	var all []listed
	for _, system := range []string{"linux", "windows"} {
		cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Standard,Imports,TestImports,XTestImports", "./...")
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var p listed
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			all = append(all, p)
		}
	}
	if len(all) < 2 {
		t.Fatalf("go list found %d packages", len(all))
	}
	return all
}

// within reports whether a package path is a directory or is in it.
func within(path, directory string) bool {
	return path == directory || strings.HasPrefix(path, directory+"/")
}

func TestImportsGoDownward(t *testing.T) {
	for _, p := range allPackages(t) {
		for _, imported := range p.Imports {
			if why := forbidden(p.room(), imported); why != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, imported, why)
			}
		}
	}
}

func TestModelTestsArePureToo(t *testing.T) {
	for _, p := range allPackages(t) {
		if !within(p.room(), "model") {
			continue
		}
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			if within(imported, module) && !within(imported, module+"/model") {
				t.Errorf("a test of %s imports %s: test it from test/ or from the other room", p.ImportPath, imported)
			}
		}
	}
}

// The codes of HTTP are part of the API's rules; its clients and servers are not.
func TestModelTakesOnlyCodesFromHTTP(t *testing.T) {
	eachGoFile(t, func(path string, source []byte) {
		if !within(path, "model") {
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			use, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := use.X.(*ast.Ident); ok && pkg.Name == "http" && pkg.Obj == nil && !strings.HasPrefix(use.Sel.Name, "Status") {
				t.Errorf("%s uses http.%s: model does no I/O", path, use.Sel.Name)
			}
			return true
		})
	})
}

// TestRulesForbid keeps the rules themselves honest: each line is an import
// that must, or must not, be caught.
func TestRulesForbid(t *testing.T) {
	for _, c := range []struct {
		room, imported string
		forbidden      bool
	}{
		{"", module + "/cli", false},
		{"", module + "/ui", true},
		{"cli", module + "/ui", false},
		{"cli", module + "/client", false},
		{"cli", module, true},
		{"edit", module + "/model", false},
		{"edit", module + "/client", true},
		{"edit", module + "/state", true},
		{"edit", module + "/ui/screen", true},
		{"edit", "net/http", true},
		{"edit", "os", true},
		{"edit", "charm.land/bubbletea/v2", true},
		{"ui/list", module + "/edit", false},
		{"watch", module + "/model", false},
		{"watch", module + "/model/packed", false},
		{"watch", module + "/edit", true},
		{"watch", module + "/ui/screen", true},
		{"watch", "net/http", true},
		{"watch", "charm.land/bubbletea/v2", true},
		{"ui/list", module + "/watch", false},
		{"ui/screen", module + "/watch", false},
		{"client", module + "/watch", true},
		{"model", module + "/watch", true},
		{"cli", module + "/edit", false},
		{"client", module + "/edit", true},
		{"demo", module + "/edit", true},
		{"state", module + "/edit", true},
		{"model", module + "/edit", true},
		{"ui", module + "/model", false},
		{"ui", module + "/ui/list", false},
		{"ui", module + "/client", true},
		{"ui", module + "/client/config", true},
		{"ui", module + "/cli", true},
		{"ui", "net/http", true},
		{"ui/list", "net/http", true},
		{"ui/list", "net/url", false},
		{"ui/list", "os", true},
		{"ui/list", "github.com/go-resty/resty/v2", true},
		{"ui/list", module + "/ui/screen", false},
		{"ui/list", module + "/ui/safe", false},
		{"ui/list", module + "/ui/form", true},
		{"ui/list", module + "/ui/detail", false},
		{"ui/detail", module + "/ui/list", true},
		{"ui/list", module + "/ui/uitest", true},
		{"ui/list", module + "/ui", true},
		{"ui/form", module + "/ui/form/location", false},
		{"ui/form/location", module + "/ui/list", true},
		{"ui/theme", module + "/ui/screen", true},
		{"ui/safe", module + "/model", true},
		{"client", module + "/model", false},
		{"client", module + "/client/config", false},
		{"client", module + "/ui/safe", true},
		{"client", module + "/demo", true},
		{"client", "charm.land/bubbletea/v2", true},
		{"client", "github.com/spf13/cobra", true},
		{"demo", module + "/model", false},
		{"demo", module + "/client", true},
		{"demo", "net/http", false},
		{"demo", "github.com/go-resty/resty/v2", true},
		{"demo/demotest", module + "/client", true},
		{"state", module + "/model", false},
		{"state", module + "/client", true},
		{"state", module + "/ui/screen", true},
		{"state", module + "/demo", true},
		{"state", "os", false},
		{"state", "os/exec", true},
		{"state", "net/http", true},
		{"state", "github.com/gofrs/flock", false},
		{"state", "github.com/adrg/xdg", false},
		{"state", "charm.land/bubbletea/v2", true},
		{"state", "github.com/go-resty/resty/v2", true},
		{"ui/list", module + "/state", true},
		{"cli", module + "/state", false},
		{"client", module + "/state", true},
		{"demo", module + "/state", true},
		{"model", "encoding/json", false},
		{"model", "net/http/httptest", true},
		{"model", "os", true},
		{"model", "os/exec", true},
		{"model", "github.com/spf13/cobra", true},
		{"model", module + "/client", true},
		{"model", module + "/model/rules", true},
		{"model", module + "/model/internal/quote", false},
		{"model/patch", module + "/model", false},
		{"model/patch", module + "/model/rules", true},
		{"model/rules", module + "/model/patch", false},
		{"model/rules", module + "/model/explain", true},
		{"model/explain", module + "/model/merge", true},
		{"model/explain", module + "/model/rules", false},
		{"model/merge", module + "/model/explain", false},
		{"model/filter", module + "/model/rules", true},
		{"model/merge", module + "/model/modeltest", true},
		{"cli", module + "/model/modeltest", true},
		{"model/another", module + "/model", true},
		{"test/real", module + "/client", false},
	} {
		if got := forbidden(c.room, c.imported) != ""; got != c.forbidden {
			t.Errorf("%q importing %s: forbidden is %v", c.room, c.imported, got)
		}
	}
}

// longFile is how many lines a file may have. One that needs more most likely holds
// a second subject. Tests may have more: a table of cases is one subject.
const longFile, longTest = 450, 600

func TestFilesStayShort(t *testing.T) {
	eachGoFile(t, func(path string, source []byte) {
		most := longFile
		if strings.HasSuffix(path, "_test.go") {
			most = longTest
		}
		if n := bytes.Count(source, []byte("\n")); n > most {
			t.Errorf("%s has %d lines, more than %d: what second subject lives there?", path, n, most)
		}
	})
}

func eachGoFile(t *testing.T, visit func(path string, source []byte)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "dist"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go"):
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		visit(filepath.ToSlash(rel), source)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
